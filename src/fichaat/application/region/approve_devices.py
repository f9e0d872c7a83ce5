"""Use case: the region approves devices, each with its role, its scope and its time."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from fichaat.application.changes import Changes, Kind
from fichaat.application.installation import Installation
from fichaat.application.ports.keys import RegionKey, Trust
from fichaat.application.region.keyed import (
    VALID_YEARS,
    demand_key,
    seal_by_region,
    since,
    whole_second,
    years_later,
)
from fichaat.application.region.requests import Asked
from fichaat.domain.authority import Authority, Grant
from fichaat.domain.content_checks import LAST_YEAR
from fichaat.domain.credencial import Credencial
from fichaat.domain.errors import UserFacingError
from fichaat.domain.record import Kind as RecordKind
from fichaat.domain.record import SealedRecord
from fichaat.domain.rol import Rol
from fichaat.domain.text import normalise

APPROVED = Changes.of(Kind.FICHA, Kind.ACUERDO, Kind.DEVICE)


class Terms(Struct, frozen=True):
    """What the coordinator decides otherwise than asked; None leaves it as it was asked."""

    rol: Rol | None = None
    ambito: str | None = None
    hasta: datetime | None = None
    """None: some years from now."""
    emisor: bool = False
    """It publishes the catalogue as well."""


class Approval(Struct, frozen=True):
    """What became of one device."""

    credencial: Credencial
    sealed: SealedRecord | None
    """None where the region had said exactly that already."""


AS_ASKED = Terms()


class ApproveDevices:
    def __init__(self, here: Installation, trust: Trust) -> None:
        self._here = here
        self._trust = trust

    def __call__(
        self, key: RegionKey, asked: Sequence[Asked], terms: Terms = AS_ASKED
    ) -> tuple[list[Approval], Changes]:
        """Seal a credential for each device: all of them or none.

        Args:
            key: of the region that is believed here.
            asked: requests, whose words were compared with who sent them.
            terms: for all of these.

        Raises:
            UserFacingError: "region.*" (the key, the role of who works here),
                "credencial.revoked", "credencial.other_region", "credencial.province_required",
                "credencial.province_unknown", "credencial.scope_region",
                "credencial.name_required", "credencial.issuer_role", "credencial.hasta_past",
                "credencial.hasta_far",
                "credencial.asked_twice".
            SchemaError: a text that no record may hold.
        """
        with self._here.store.write() as tx:
            demand_key(self._here, tx, key)
            authority = tx.authority()
            now = whole_second(self._here.clock.now())
            wanted = [self._credencial(key, authority, item, terms, now) for item in _once(asked)]
            fresh = [item for item in wanted if not _is_said(authority, item, terms)]
            items = [(RecordKind.CREDENCIAL, item) for item in fresh]
            sealed = seal_by_region(self._here, key, tx, items)
        by_device = {item.device: record for item, record in zip(fresh, sealed, strict=True)}
        approvals = [Approval(item, by_device.get(item.device)) for item in wanted]
        return approvals, APPROVED if sealed else Changes()

    def _credencial(
        self, key: RegionKey, authority: Authority, asked: Asked, terms: Terms, now: datetime
    ) -> Credencial:
        if asked.device in authority.revoked:
            raise UserFacingError("credencial.revoked", nombre=asked.solicitud.nombre)
        solicitud = asked.solicitud
        nombre = normalise(solicitud.nombre)
        if not nombre:
            raise UserFacingError("credencial.name_required", equipo=asked.device[:8])
        rol = terms.rol or solicitud.rol
        if terms.emisor and rol is not Rol.COORDINADOR:
            raise UserFacingError("credencial.issuer_role", nombre=nombre)
        grant = authority.grant(asked.device)
        begun = self._trust.not_before(asked.certificate_pem)
        desde = since(begun, now) if grant is None else now
        hasta = until(terms.hasta, now)
        return Credencial(
            device=asked.device,
            certificado=key.issue(asked.certificate_pem, desde, hasta),
            nombre=nombre,
            cargo=solicitud.cargo,
            entidad=solicitud.entidad,
            rol=rol,
            ambito=self._ambito(asked, rol, terms.ambito),
            desde=desde,
            hasta=hasta,
            age=solicitud.age,
            emisor=terms.emisor or (grant is not None and grant.emisor and rol is grant.rol),
        )

    def _ambito(self, asked: Asked, rol: Rol, chosen: str | None) -> str:
        """The scope that fits a role in this region."""
        region, solicitud = self._here.profile.region, asked.solicitud
        if solicitud.ambito[:2] != region:
            raise UserFacingError(
                "credencial.other_region", nombre=solicitud.nombre, region=solicitud.ambito[:2]
            )
        ambito = chosen or solicitud.ambito
        if rol is not Rol.PROVINCIAL:
            if chosen is not None and chosen != region:
                raise UserFacingError("credencial.scope_region", rol=rol.value, region=region)
            return region
        if len(ambito) == 2:
            raise UserFacingError("credencial.province_required", nombre=solicitud.nombre)
        if ambito not in self._here.territorio.provincias(region):
            raise UserFacingError("credencial.province_unknown", provincia=ambito, region=region)
        return ambito


def until(chosen: datetime | None, now: datetime) -> datetime:
    """The last moment of a validity that begins now.

    Raises:
        UserFacingError: "credencial.hasta_past", "credencial.hasta_far".
    """
    if chosen is None:
        return years_later(now, VALID_YEARS)
    if chosen.year > LAST_YEAR:
        raise UserFacingError("credencial.hasta_far", ultimo=LAST_YEAR)
    if chosen <= now:
        raise UserFacingError("credencial.hasta_past", fecha=chosen.date().isoformat())
    return whole_second(chosen)


def _once(asked: Sequence[Asked]) -> list[Asked]:
    """The same request given twice is one; two that differ are a contradiction."""
    found: dict[str, Asked] = {}
    for item in asked:
        known = found.setdefault(item.device, item)
        if known.solicitud != item.solicitud:
            raise UserFacingError("credencial.asked_twice", nombre=item.solicitud.nombre)
    return list(found.values())


def _is_said(authority: Authority, wanted: Credencial, terms: Terms) -> bool:
    """Whether the newest credential of the device says the same, and is valid yet."""
    grant = authority.grant(wanted.device)
    if grant is None or _said(grant) != _said(wanted) or not grant.covers(wanted.desde):
        return False
    return terms.hasta is None or grant.hasta == wanted.hasta


def _said(item: Grant | Credencial) -> tuple[object, ...]:
    return (
        item.nombre,
        item.cargo,
        item.entidad,
        item.rol,
        item.ambito,
        item.age,
        item.emisor,
    )
