"""Use case: the file with which a device asks its region to approve it."""

from collections.abc import Callable
from pathlib import Path

from fichaat.application.installation import Installation
from fichaat.application.ports.bundles import BundleFile, BundleMember, BundleNames, BundleWriter
from fichaat.application.profiles import AGE_RECIPIENT_SETTING
from fichaat.domain.codec import encode
from fichaat.domain.errors import UserFacingError
from fichaat.domain.paquete import FORMATO, PaqueteInfo, Solicitud
from fichaat.domain.recepcion import Remitente


class RequestCredential:
    def __init__(
        self,
        here: Installation,
        writer: BundleWriter,
        names: BundleNames,
        demand_place: Callable[[Path], None],
    ) -> None:
        """Args:
        here: what asks.
        writer: writes the bundle.
        names: of its members.
        demand_place: refuses a place where no bundle may be written.
        """
        self._here = here
        self._writer = writer
        self._names = names
        self._demand_place = demand_place

    def __call__(self, target: Path) -> BundleFile:
        """Write a bundle without records whose `paquete.json` holds the request.

        Raises:
            UserFacingError: "perfil.missing", "system.*".
        """
        self._demand_place(target)
        profile = self._here.profile
        now = self._here.clock.now().replace(microsecond=0)
        with self._here.store.read() as reader:
            recipient = reader.setting(AGE_RECIPIENT_SETTING)
        if recipient is None:
            raise UserFacingError("perfil.missing")
        info = PaqueteInfo(
            formato=FORMATO,
            id=self._here.ids.new_id(),
            region=profile.region,
            exportador=Remitente(self._here.key.device, profile.nombre, profile.entidad),
            creado=now,
            volumen=(1, 1),
            registros=0,
            practice=profile.practice,
            solicitud=Solicitud(
                nombre=profile.nombre,
                cargo=profile.cargo,
                entidad=profile.entidad,
                rol=profile.rol,
                ambito=profile.provincia or profile.region,
                age=recipient,
            ),
        )
        members = [
            BundleMember("paquete.json", encode(info)),
            BundleMember(
                self._names.certificate_name(self._here.key.device), self._here.key.certificate_pem
            ),
        ]
        return self._writer.write(target, members, self._here.key, now)
