"""Who may seal what (the authority table of data-model.md), applied on import and in projections.

Role, scope and revocation are records sealed by the region key; X.509 says nothing about them here.
Everything follows from the records and from the one region key that the person accepted: the same
records and the same key give the same answers on every installation, whatever came first.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from fichaat.domain.credencial import Credencial, LugarConocido, Relevo, Revocacion
from fichaat.domain.ficha import Ficha, Nivel
from fichaat.domain.record import REGION_KEY_KINDS, Kind, Record, SealedRecord
from fichaat.domain.revision import Revision, Veredicto
from fichaat.domain.rol import Rol

TOLERANCE: Final = timedelta(days=3)
"""Field clocks are wrong: a validity that was missed by less is held to be kept, and shown."""


class Grant(Struct, frozen=True):
    """What the region says of one device, from one credential."""

    device: str
    nombre: str
    cargo: str
    entidad: str
    rol: Rol
    ambito: str
    """The region's two digits, or the province's four for a provincial device."""
    desde: datetime
    hasta: datetime
    emisor: bool
    age: str | None
    sha256: str
    """Of the credential's record."""
    knew: frozenset[str] = frozenset()
    """Records of the earlier credentials of this device whose place it takes."""

    def covers(self, moment: datetime, tolerance: timedelta = timedelta()) -> bool:
        """Whether it was valid at a moment."""
        if self.desde <= moment <= self.hasta:
            return True
        return self.desde - tolerance <= moment <= self.hasta + tolerance


class Standing(StrEnum):
    """What the authority table says of one record; `authority.py` is its only author."""

    APROBADO = "aprobado"
    POR_APROBAR = "por_aprobar"  # its device has no credential: a state with a button, not an error
    FUERA_DE_AMBITO = "fuera_de_ambito"
    FUERA_DE_VIGENCIA = "fuera_de_vigencia"  # received while no credential of its device was valid
    REVOCADO = "revocado"  # received after its device was revoked, or never
    SIN_DERECHO = "sin_derecho"  # this device may not seal this kind about this subject


BELIEVED: Final = (Standing.APROBADO, Standing.POR_APROBAR)
"""The best first; whatever else a record's standing is, it is kept apart."""


class Reception(Struct, frozen=True):
    """That a device says to have received a record."""

    sha256: str
    """The record received."""
    device: str
    """Who says so."""
    en: datetime
    por: str
    """Hash of the record in which it says so."""


class Authority(Struct, frozen=True):
    """Everything the accepted region key has said about devices."""

    root: str | None = None
    """The region key that the person accepted; None: nobody is believed yet."""
    grants: Mapping[str, tuple[Grant, ...]] = {}
    """By device; none knew one that stands behind it."""
    revoked: Mapping[str, datetime] = {}
    """By device, the earliest instant from which it is no longer believed."""
    conocidos: Mapping[str, tuple[LugarConocido, ...]] = {}
    """Of revoked devices: the last places of their chains that the region held by then."""
    relevos: Mapping[str, frozenset[str]] = {}
    """Old device -> the devices that took over from it."""
    moments: Mapping[str, datetime] = {}
    """When a coordinator first received a record, for the records that are being judged."""
    vouched: frozenset[str] = frozenset()
    """Records of revoked devices that the region held when it revoked them, likewise."""

    def grant(self, device: str, moment: datetime | None = None) -> Grant | None:
        """What governs a device: its newest credential that was valid at a moment; the newest of
        all where no moment is known. None where there is none.
        """
        grants = self.grants.get(device, ())
        if moment is None:
            return _newest(grants)
        valid = [grant for grant in grants if grant.covers(moment)]
        return _newest(valid or [grant for grant in grants if grant.covers(moment, TOLERANCE)])

    def is_indifferent(self, device: str, moment: datetime) -> bool:
        """Whether knowing that moment changes nothing about what a device sealed."""
        if device in self.revoked:
            return False
        unknown, known = self.grant(device), self.grant(device, moment)
        if unknown is None or known is None:
            return unknown is known
        return (unknown.rol, unknown.ambito, unknown.emisor) == (
            known.rol,
            known.ambito,
            known.emisor,
        )

    def changed_devices(self, other: "Authority") -> set[str]:
        """The devices of which the other says something else."""
        devices = {*self.grants, *other.grants, *self.revoked, *other.revoked}
        if self.root != other.root:
            roots = {root for root in (self.root, other.root) if root is not None}
            return devices | roots | _relieved(self, other)
        found = {device for device in devices if self.said_of(device) != other.said_of(device)}
        for old in self.relevos.keys() | other.relevos.keys():
            if self.relevos.get(old) != other.relevos.get(old):
                # Whoever took over in a further step may now reach fichas begun before this one.
                found |= successors(old, self) | successors(old, other)
        return found

    def said_of(self, device: str) -> tuple[object, ...]:
        """Credentials and revocation of one device, to be compared."""
        return (
            self.grants.get(device),
            self.revoked.get(device),
            self.conocidos.get(device),
        )


def draw_authority(root: str | None, records: Iterable[SealedRecord]) -> Authority:
    """What one region key has said, from its records (what other keys say is passed over).

    Args:
        root: the accepted region key.
        records: all records of kind credencial, revocacion and relevo.
    """
    if root is None:
        return Authority()
    said = {item.sha256: item for item in records if item.record.device == root}
    revoked: dict[str, datetime] = {}
    revocations: dict[str, list[SealedRecord]] = {}
    relevos: dict[str, set[str]] = {}
    credentials: dict[str, list[SealedRecord]] = {}
    for item in said.values():
        content = item.record.content
        if isinstance(content, Credencial):
            credentials.setdefault(content.device, []).append(item)
        elif isinstance(content, Revocacion):
            known = revoked.get(content.device, content.desde)
            revoked[content.device] = min(known, content.desde)
            revocations.setdefault(content.device, []).append(item)
        elif isinstance(content, Relevo):
            relevos.setdefault(content.anterior, set()).add(content.nuevo)
    return Authority(
        root=root,
        grants={
            device: _in_causal_order(items, said) for device, items in sorted(credentials.items())
        },
        revoked=revoked,
        conocidos={device: _held_then(items, said) for device, items in revocations.items()},
        relevos={old: frozenset(new) for old, new in relevos.items()},
    )


def standing(
    item: SealedRecord, authority: Authority, origin_device: str | None = None
) -> Standing:
    """Whether the signer of a record had the right to seal it.

    Args:
        item: the record; its content decides the scope where it is a ficha.
        authority: what the region says, with the moment of this record where it is known.
        origin_device: device of version 1 of the subject, where the record has a subject.
    """
    record = item.record
    if authority.root is not None and (record.kind in REGION_KEY_KINDS) != (
        record.device == authority.root
    ):
        return Standing.SIN_DERECHO
    if record.device == authority.root:
        return Standing.APROBADO
    moment = authority.moments.get(item.sha256)
    if not _may_touch(record, authority, origin_device, moment):
        return Standing.SIN_DERECHO
    if _is_revoked(item, authority, moment):
        return Standing.REVOCADO
    if record.device not in authority.grants:
        return Standing.POR_APROBAR
    grant = authority.grant(record.device, moment)
    if grant is None:
        return Standing.FUERA_DE_VIGENCIA
    if not _may_seal_kind(record, grant):
        return Standing.SIN_DERECHO
    return Standing.APROBADO if _in_scope(record, grant) else Standing.FUERA_DE_AMBITO


def continues(device: str, origin_device: str, authority: Authority) -> bool:
    """Whether a device is the author's, or took over from it, directly or in several steps."""
    return device == origin_device or device in successors(origin_device, authority)


def successors(device: str, authority: Authority) -> set[str]:
    """A device and all that took over from it, directly or in several steps."""
    seen: set[str] = set()
    waiting = [device]
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            waiting.extend(authority.relevos.get(current, ()))
    return seen


def fixes_moment(reception: Reception, authority: Authority) -> bool:
    """Whether a reception says when the region first received a record: only a coordinator's who
    was valid then; of a revoked one only what the region held when it revoked it.

    Args:
        reception: of one record.
        authority: of what a revoked device says, with the moment in which a coordinator who is
            not revoked received that.
    """
    grant = authority.grant(reception.device, reception.en)
    if grant is None or grant.rol is not Rol.COORDINADOR:
        return False
    since = authority.revoked.get(reception.device)
    if since is None:
        return True
    arrived = authority.moments.get(reception.por, since)
    return reception.en <= since and arrived <= since and reception.por in authority.vouched


def is_provinces(reception: Reception, authority: Authority) -> bool:
    """Whether a reception is that of a provincial device of this region."""
    grant = authority.grant(reception.device, reception.en)
    return (
        grant is not None
        and grant.rol is Rol.PROVINCIAL
        and reception.device not in authority.revoked
    )


def first_moments(receptions: Iterable[Reception], authority: Authority) -> dict[str, datetime]:
    """When each record was first received by the region, as far as these receptions say."""
    firm: list[Reception] = []
    doubtful: list[Reception] = []
    for reception in receptions:
        (doubtful if reception.device in authority.revoked else firm).append(reception)
    found = _earliest(firm, authority, {})
    return _earliest(doubtful, replace(authority, moments=dict(found)), found)


def _earliest(
    receptions: Iterable[Reception], authority: Authority, known: Mapping[str, datetime]
) -> dict[str, datetime]:
    found = dict(known)
    for reception in receptions:
        if fixes_moment(reception, authority):
            earlier = found.get(reception.sha256, reception.en)
            found[reception.sha256] = min(earlier, reception.en)
    return found


def may_visar(grant: Grant, ficha: Ficha) -> bool:
    """Whether a provincial device may mark a ficha as seen: all its districts are its own."""
    return grant.rol is Rol.PROVINCIAL and all(
        item.ubigeo.startswith(grant.ambito) for item in ficha.distritos
    )


_COORDINATOR_ONLY = frozenset({Kind.CATALOGO.value, "plan_at", "acta_iar", "purga"})
_ISSUER_ONLY = frozenset({Kind.CATALOGO.value, "purga"})
_RANK = {Rol.COORDINADOR: 0, Rol.PROVINCIAL: 1, Rol.ESPECIALISTA: 2}
"""Of two credentials that did not know each other the one that allows less governs."""


def _relieved(*authorities: Authority) -> set[str]:
    return {
        device
        for authority in authorities
        for old, new in authority.relevos.items()
        for device in (old, *new)
    }


def _newest(grants: Sequence[Grant]) -> Grant | None:
    """The one whose place none of the others takes; of several the one that allows less."""
    if len(grants) < 2:
        return grants[0] if grants else None
    replaced = frozenset().union(*(grant.knew for grant in grants))
    return max(
        (grant for grant in grants if grant.sha256 not in replaced),
        key=lambda grant: (_RANK[grant.rol], grant.sha256),
    )


def _in_causal_order(
    items: Sequence[SealedRecord], said: Mapping[str, SealedRecord]
) -> tuple[Grant, ...]:
    """The credentials of one device: whoever knew another, directly or through anything else that
    the region key said, stands behind it.
    """
    hashes = {item.sha256 for item in items}
    grants = []
    for item in items:
        content = item.record.content
        assert isinstance(content, Credencial)  # the caller picks this kind
        knew = _known_to(item, said) & hashes if len(items) > 1 else frozenset()
        grants.append(
            Grant(
                content.device,
                content.nombre,
                content.cargo,
                content.entidad,
                content.rol,
                content.ambito,
                content.desde,
                content.hasta,
                content.emisor,
                content.age,
                item.sha256,
                knew,
            )
        )
    return tuple(sorted(grants, key=lambda g: (len(g.knew), _RANK[g.rol], g.sha256)))


def _held_then(
    items: Sequence[SealedRecord], said: Mapping[str, SealedRecord]
) -> tuple[LugarConocido, ...]:
    """What the region held of a device when it first revoked it: what came afterwards, and is held
    when it revokes it once more, is not vouched for.
    """
    hashes = {item.sha256 for item in items}
    found: set[LugarConocido] = set()
    for item in items:
        content = item.record.content
        assert isinstance(content, Revocacion)  # the caller picks this kind
        if not (_known_to(item, said) & hashes):
            found.update(content.conocidos)
    return tuple(sorted(found, key=lambda place: (place.chain, place.sha256)))


def _known_to(item: SealedRecord, said: Mapping[str, SealedRecord]) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(item.record.after)
    while waiting:
        digest = waiting.pop()
        if digest in said and digest not in found:
            found.add(digest)
            waiting.extend(said[digest].record.after)
    return frozenset(found)


def _is_revoked(item: SealedRecord, authority: Authority, moment: datetime | None) -> bool:
    since = authority.revoked.get(item.record.device)
    if since is None:
        return False
    return item.sha256 not in authority.vouched if moment is None else moment > since


def _may_touch(
    record: Record[object],
    authority: Authority,
    origin_device: str | None,
    moment: datetime | None,
) -> bool:
    if origin_device is None or origin_device == record.device:
        return True
    if record.kind not in (Kind.FICHA, Kind.EVIDENCIA, Kind.ANULACION):
        return True
    if continues(record.device, origin_device, authority):
        return True
    if record.kind == Kind.FICHA:
        return record.version == 1
    grant = authority.grant(record.device, moment)
    return grant is not None and grant.rol is Rol.COORDINADOR


def _may_seal_kind(record: Record[object], grant: Grant) -> bool:
    if record.kind in _ISSUER_ONLY:
        return grant.emisor
    if record.kind in _COORDINATOR_ONLY:
        return grant.rol is Rol.COORDINADOR
    content = record.content
    if isinstance(content, Revision):
        is_visa = content.veredicto is Veredicto.VISADA
        return grant.rol is (Rol.PROVINCIAL if is_visa else Rol.COORDINADOR)
    return True


def _in_scope(record: Record[object], grant: Grant) -> bool:
    """Districts of its region; a provincial device only its province."""
    if record.region != grant.ambito[:2]:
        return False
    content = record.content
    if not isinstance(content, Ficha):
        return True
    if grant.rol is Rol.PROVINCIAL and content.ejecutor.nivel is not Nivel.PROVINCIAL:
        return False
    return all(item.ubigeo.startswith(grant.ambito) for item in content.distritos)
