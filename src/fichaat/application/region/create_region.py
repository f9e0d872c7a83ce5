"""Use case: a coordinator makes the region: its key, the first credential, the first catalogue."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from msgspec.structs import replace as changed

from fichaat.application.changes import Changes, Kind
from fichaat.application.installation import Installation
from fichaat.application.ports.keys import RegionKey, RegionKeys, Trust
from fichaat.application.ports.store import Transaction
from fichaat.application.profiles import AGE_RECIPIENT_SETTING, keep_region_identity
from fichaat.application.recorder import Recorder, ToSeal, forget_region_chain
from fichaat.application.region.keyed import (
    COORDINATOR_YEARS,
    demand_coordinator,
    seal_by_region,
    since,
    whole_second,
    years_later,
)
from fichaat.application.region.reissue import reissue
from fichaat.domain.authority import Authority
from fichaat.domain.catalogo import Catalogo
from fichaat.domain.credencial import Credencial
from fichaat.domain.errors import UserFacingError
from fichaat.domain.record import Kind as RecordKind
from fichaat.domain.rol import Rol

WriteFile = Callable[[Path, bytes], None]

_BEGUN_SETTING: Final = "region_begun"
"""The region key whose file was made here, as long as nothing was sealed with it."""

_MAX_KEY_FILE: Final = 1_000_000


class CreateRegion:
    def __init__(
        self, here: Installation, trust: Trust, keys: RegionKeys, write_file: WriteFile
    ) -> None:
        self._here = here
        self._trust = trust
        self._keys = keys
        self._write_file = write_file

    def __call__(
        self, target: Path, passphrase: str, *, replace: bool = False
    ) -> tuple[RegionKey, Changes]:
        """Make the key file, approve this device, publish a catalogue; believe the new key here.

        Args:
            target: the file of the key; it must not exist, unless an interrupted attempt left it.
            passphrase: of that file alone.
            replace: another key may be believed here: what it said is sealed anew by the new one,
                and the catalogue gets its next version.

        Raises:
            UserFacingError: "region.coordinator_only", "region.exists", "region.key_exists",
                "region.device_revoked" (this one), "system.*" (the file), "storage.*": nothing
                was made.
        """
        demand_coordinator(self._here.profile)
        key = self._key_in(target, passphrase, replace=replace)
        drawn = False
        try:
            with self._here.store.write() as tx:
                self._found(tx, key, replace=replace)
                drawn = True
        except BaseException:
            # Once everything is drawn nobody knows whether it was kept: a region whose key is gone
            # would be worse than a key without a region, which the next attempt takes up.
            if not drawn:
                with suppress(OSError):
                    target.unlink()
            raise
        return key, Changes.of(Kind.FICHA, Kind.DEVICE, Kind.CATALOGUE)

    def _key_in(self, target: Path, passphrase: str, *, replace: bool) -> RegionKey:
        """A new key in its file; or that of an attempt of this installation that was interrupted
        before anything was sealed with it.
        """
        if target.exists() or target.is_symlink():
            return self._begun(target, passphrase)
        now = whole_second(self._here.clock.now())
        data, key = self._keys.create(self._here.profile.region, passphrase, now)
        with self._here.store.write() as tx:
            self._demand_none(tx.authority(), replace=replace)
            tx.set_setting(_BEGUN_SETTING, key.device)
        self._write_file(target, data)
        return key

    def _begun(self, target: Path, passphrase: str) -> RegionKey:
        with self._here.store.read() as reader:
            begun = reader.setting(_BEGUN_SETTING)
        with suppress(OSError, UserFacingError):
            if begun and target.stat().st_size <= _MAX_KEY_FILE:
                key = self._keys.open(target.read_bytes(), passphrase)
                if key.device == begun:
                    return key
        raise UserFacingError("region.key_exists", archivo=target.name)

    def _demand_none(self, before: Authority, *, replace: bool) -> None:
        if before.root is not None and not replace:
            raise UserFacingError("region.exists")
        if self._here.key.device in before.revoked:
            raise UserFacingError("region.device_revoked")

    def _found(self, tx: Transaction, key: RegionKey, *, replace: bool) -> None:
        before = tx.authority()
        self._demand_none(before, replace=replace)
        now = whole_second(self._here.clock.now())
        catalogo = self._next_catalogo(tx, key)
        forget_region_chain(tx)
        reissue(self._here, key, tx, before)
        if not _publishes(before, self._here.key.device, now):
            credencial = self._own_credencial(tx, key, now)
            seal_by_region(self._here, key, tx, [(RecordKind.CREDENCIAL, credencial)])
        recorder = Recorder(self._here)
        item = ToSeal(RecordKind.CATALOGO, catalogo, recorder.new_id())
        tx.add_records(recorder.seal(tx, [item]), recorder.certificates())
        keep_region_identity(tx, key.age_identity)
        tx.set_root(key.device)
        tx.set_setting(_BEGUN_SETTING, "")

    def _next_catalogo(self, tx: Transaction, key: RegionKey) -> Catalogo:
        in_force = tx.catalogo()
        if in_force is not None:
            return changed(
                in_force[0],
                version=in_force[0].version + 1,
                certificado=key.certificate_der64,
                age=key.age_recipient,
            )
        region = self._here.profile.region
        return Catalogo(
            version=1,
            gobierno_regional=region,
            certificado=key.certificate_der64,
            age=key.age_recipient,
            provincias=tuple(sorted(self._here.territorio.provincias(region))),
        )

    def _own_credencial(self, tx: Transaction, key: RegionKey, now: datetime) -> Credencial:
        profile, own = self._here.profile, self._here.key
        desde = since(self._trust.not_before(own.certificate_pem), now)
        hasta = years_later(now, COORDINATOR_YEARS)
        return Credencial(
            device=own.device,
            certificado=key.issue(own.certificate_pem, desde, hasta),
            nombre=profile.nombre,
            cargo=profile.cargo,
            entidad=profile.entidad,
            rol=Rol.COORDINADOR,
            ambito=profile.region,
            desde=desde,
            hasta=hasta,
            age=tx.setting(AGE_RECIPIENT_SETTING),
            emisor=True,
        )


def _publishes(before: Authority, device: str, now: datetime) -> bool:
    """Whether a device already had, and keeps, the right to publish the catalogue."""
    grant = before.grant(device)
    return grant is not None and grant.emisor and grant.covers(now)
