"""Use cases: what the region says later of a device: renewed, no longer believed, taken over."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from fichaat.application.changes import Changes
from fichaat.application.installation import Installation
from fichaat.application.ports.keys import RegionKey
from fichaat.application.ports.store import Reader
from fichaat.application.region.approve_devices import APPROVED, Approval, until
from fichaat.application.region.keyed import demand_key, seal_by_region, whole_second
from fichaat.domain.credencial import Credencial, LugarConocido, Relevo, Revocacion
from fichaat.domain.errors import UserFacingError
from fichaat.domain.record import Kind as RecordKind
from fichaat.domain.record import SealedRecord
from fichaat.domain.rol import Rol
from fichaat.domain.text import normalise


class RenewCredential:
    def __init__(self, here: Installation) -> None:
        self._here = here

    def __call__(
        self,
        key: RegionKey,
        devices: Sequence[str],
        hasta: datetime | None = None,
        *,
        emisor: bool = False,
    ) -> tuple[list[Approval], Changes]:
        """Seal again what the newest credential of each device says, valid from now on: all of
        them or none.

        Args:
            key: of the region that is believed here.
            devices: approved before; it does not matter whether they still are.
            hasta: last moment; None for some years from now, never earlier than it was.
            emisor: from now on they publish the catalogue as well.

        Raises:
            UserFacingError: "region.*", "credencial.not_approved", "credencial.revoked",
                "credencial.hasta_past", "credencial.hasta_far", "credencial.hasta_shorter",
                "credencial.issuer_role".
        """
        with self._here.store.write() as tx:
            demand_key(self._here, tx, key)
            now = whole_second(self._here.clock.now())
            wanted = [
                _renewed(tx, key, device, now, hasta, emisor=emisor)
                for device in dict.fromkeys(devices)
            ]
            items = [(RecordKind.CREDENCIAL, item) for item in wanted]
            sealed = seal_by_region(self._here, key, tx, items)
        approvals = [Approval(*pair) for pair in zip(wanted, sealed, strict=True)]
        return approvals, APPROVED


class RevokeDevice:
    def __init__(self, here: Installation) -> None:
        self._here = here

    def __call__(
        self, key: RegionKey, device: str, motivo: str, desde: datetime | None = None
    ) -> tuple[SealedRecord | None, Changes]:
        """A device is no longer believed; nothing ever takes that back.

        Args:
            key: of the region that is believed here.
            device: any that is known here but this one.
            motivo: why; it travels in the record.
            desde: since when; now where None.

        Returns:
            The record; None where it was revoked since then already.

        Raises:
            UserFacingError: "region.*", "credencial.motivo_required", "credencial.own_device",
                "credencial.region_key", "credencial.desde_future".
        """
        reason = _reason(motivo)
        if device == self._here.key.device:
            raise UserFacingError("credencial.own_device")
        if device == key.device:
            raise UserFacingError("credencial.region_key")
        with self._here.store.write() as tx:
            demand_key(self._here, tx, key)
            now = whole_second(self._here.clock.now())
            since = whole_second(desde or now)
            if since > now:
                raise UserFacingError("credencial.desde_future")
            revoked = tx.authority().revoked.get(device)
            if revoked is not None and revoked <= since:
                return None, Changes()
            # What came since then is the thief's word about itself: nobody vouches for it.
            until = tx.received_until(self._here.key.device, since) if since < now else None
            held = _held_of(tx, device, until)
            content = Revocacion(device, since, reason, held)
            sealed = seal_by_region(self._here, key, tx, [(RecordKind.REVOCACION, content)])
        return sealed[0], APPROVED


class RelieveDevice:
    def __init__(self, here: Installation) -> None:
        self._here = here

    def __call__(
        self, key: RegionKey, anterior: str, nuevo: str, motivo: str
    ) -> tuple[SealedRecord | None, Changes]:
        """A device continues the fichas that another began.

        Args:
            key: of the region that is believed here.
            anterior: who began them: approved once; it need not be revoked.
            nuevo: who continues them: an approved device.
            motivo: why; it travels in the record.

        Returns:
            The record; None where the region had said so already.

        Raises:
            UserFacingError: "region.*", "credencial.motivo_required", "credencial.same_device",
                "credencial.not_approved", "credencial.revoked" (the new one),
                "credencial.never_approved" (the old one).
        """
        reason = _reason(motivo)
        if anterior == nuevo:
            raise UserFacingError("credencial.same_device")
        with self._here.store.write() as tx:
            demand_key(self._here, tx, key)
            _newest(tx, nuevo)
            if anterior not in tx.authority().grants:
                raise UserFacingError("credencial.never_approved", equipo=anterior[:8])
            if nuevo in tx.authority().relevos.get(anterior, ()):
                return None, Changes()
            content = Relevo(anterior, nuevo, reason)
            sealed = seal_by_region(self._here, key, tx, [(RecordKind.RELEVO, content)])
        return sealed[0], APPROVED


def _renewed(
    reader: Reader,
    key: RegionKey,
    device: str,
    now: datetime,
    chosen: datetime | None,
    *,
    emisor: bool,
) -> Credencial:
    newest = _newest(reader, device)
    if emisor and newest.rol is not Rol.COORDINADOR:
        raise UserFacingError("credencial.issuer_role", nombre=newest.nombre)
    hasta = until(chosen, now)
    # An earlier credential goes on until its own end: a shorter one would take nothing away.
    longest = max(grant.hasta for grant in reader.authority().grants[device])
    if chosen is None:
        hasta = max(hasta, longest)
    elif hasta < longest:
        raise UserFacingError(
            "credencial.hasta_shorter", nombre=newest.nombre, fecha=longest.date().isoformat()
        )
    return replace(
        newest,
        certificado=key.reissue(newest.certificado, now, hasta),
        desde=now,
        hasta=hasta,
        emisor=newest.emisor or emisor,
    )


def _newest(reader: Reader, device: str) -> Credencial:
    """What the region said last of a device that it has not revoked."""
    authority = reader.authority()
    grant = authority.grant(device)
    if grant is None:
        raise UserFacingError("credencial.not_approved", equipo=device[:8])
    if device in authority.revoked:
        raise UserFacingError("credencial.revoked", nombre=grant.nombre)
    sealed = reader.record(grant.sha256)
    content = None if sealed is None else sealed.record.content
    assert isinstance(content, Credencial)  # the grant was drawn from it
    return content


def _held_of(reader: Reader, device: str, until: int | None) -> tuple[LugarConocido, ...]:
    """The last place of every chain of a device, as far as it is here (and has a number below
    `until`); of a fork there, all.
    """
    last: dict[str, set[LugarConocido]] = {}
    for place in reader.places():  # by device, chain, sequence
        if place.device == device and (until is None or place.n < until):
            lugar = LugarConocido(place.chain, place.sequence, place.sha256)
            held = last.setdefault(place.chain, set())
            if any(other.sequence < place.sequence for other in held):
                held.clear()
            held.add(lugar)
    return tuple(
        lugar for chain in sorted(last) for lugar in sorted(last[chain], key=lambda p: p.sha256)
    )


def _reason(motivo: str) -> str:
    reason = normalise(motivo)
    if not reason:
        raise UserFacingError("credencial.motivo_required")
    return reason
