"""A coordinator whose region approves the sender: what a reception is judged by."""

import shutil
from collections.abc import Sequence
from dataclasses import replace

from msgspec.structs import replace as changed

from bench.places import KEY, PROFILE, Workshop, database_of
from fichaat.application.installation import Installation
from fichaat.application.ports.rows import Profile
from fichaat.application.region.approve_devices import ApproveDevices
from fichaat.application.region.create_region import CreateRegion
from fichaat.application.region.requests import Asked
from fichaat.domain.paquete import Solicitud
from fichaat.domain.rol import Rol
from fichaat.storage.store import SqlStore
from fichaat.system.atomic import atomic_write
from fichaat.trust.age_key import create_age_identity
from fichaat.trust.region_key import LocalRegionKeys
from fichaat.trust.service import TrustService

_PASSPHRASE = "una llave para medir"  # of nobody


class Coordinator:
    """As many installations as are asked for, each at the moment before anything is received."""

    def __init__(self, work: Workshop, senders: Sequence[Installation]) -> None:
        self._work = work
        made = work.installation()
        self._first = replace(made, profile=_with_role(Rol.COORDINADOR))
        trust, keys = TrustService(), LocalRegionKeys()
        target = work.new_path(".llave")
        create = CreateRegion(self._first, trust, keys, atomic_write)
        region, _ = create(target, _PASSPHRASE)
        ApproveDevices(self._first, trust)(region, [_asked(sender) for sender in senders])
        made.store.close()

    def installation(self) -> Installation:
        """One that has received nothing."""
        path = self._work.new_path()
        shutil.copy(database_of(self._first), path)
        return replace(self._first, store=SqlStore(path, KEY))


def _with_role(rol: Rol) -> Profile:
    return changed(PROFILE, rol=rol)


def _asked(sender: Installation) -> Asked:
    profile = sender.profile
    asked = Solicitud(
        nombre=profile.nombre,
        cargo=profile.cargo,
        entidad=profile.entidad,
        rol=profile.rol,
        ambito=profile.region,
        age=create_age_identity()[1],
    )
    return Asked(sender.key.device, sender.key.certificate_pem, asked)
