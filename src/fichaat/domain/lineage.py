"""Which version of a ficha holds, from the set of records about its id (data-model.md, "Record").

A *lineage* is what one device began with version 1 and it, or its `relevo`, continued. A stranger
who copies an id begins another lineage: the copy never uncounts the original. Nothing here depends
on the order of arrival, on clocks or on whose installation asks.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from fichaat.domain.authority import Authority, Standing, continues, standing
from fichaat.domain.ficha import Ficha
from fichaat.domain.firma import Anulacion, Evidencia
from fichaat.domain.record import SealedRecord


class Estado(StrEnum):
    """Where a sealed lineage stands."""

    SELLADA = "sellada"
    ANULADA = "anulada"
    CONFLICTO = "conflicto"  # two valid copies of one version: neither counts until decided
    CUARENTENA = "cuarentena"  # kept apart: another lineage of this id has the right


class Lineage(Struct, frozen=True):
    """One lineage of a ficha id."""

    id: str
    origin: str
    """Device of version 1 (of the earliest version held, while version 1 is missing)."""
    head: SealedRecord
    """The newest version; of several in conflict, the one with the smallest hash."""
    estado: Estado
    aprobacion: Standing
    disputed: bool
    """Another lineage of the same id exists and none has the right: shown, decided by approval."""
    versions: tuple[SealedRecord, ...]
    evidencias: tuple[SealedRecord, ...] = ()
    anulaciones: tuple[SealedRecord, ...] = ()

    @property
    def ficha(self) -> Ficha:
        content = self.head.record.content
        assert isinstance(content, Ficha)  # `versions` holds nothing else
        return content


class History(Struct, frozen=True):
    """Everything known about one ficha id."""

    lineages: tuple[Lineage, ...]
    refused: tuple[SealedRecord, ...]
    """Records whose signer may not touch any lineage held here: kept, shown, without effect."""


def history(records: Iterable[SealedRecord], authority: Authority) -> History:
    """The lineages of one ficha id, by origin device. `records` are all those about that id."""
    ordered = sorted({item.sha256: item for item in records}.values(), key=_by_version)
    fichas = [item for item in ordered if isinstance(item.record.content, Ficha)]
    versions, refused = _assign_versions(fichas, authority)
    drawn = []
    for origin in sorted(versions):
        hashes = {item.sha256 for item in versions[origin]}
        proofs = _about(ordered, Evidencia, hashes, origin, authority)
        annulments = _about(ordered, Anulacion, hashes, origin, authority)
        drawn.append(_draw(origin, versions[origin], proofs, annulments, authority))
    lineages = tuple(_settle(drawn))
    used = {item.sha256 for line in lineages for item in (*line.evidencias, *line.anulaciones)}
    lost = [
        item
        for item in ordered
        if not isinstance(item.record.content, Ficha) and item.sha256 not in used
    ]
    return History(lineages, tuple(sorted([*refused, *lost], key=_by_version)))


def _by_version(item: SealedRecord) -> tuple[int, str]:
    return item.record.version, item.sha256


def _assign_versions(
    fichas: Sequence[SealedRecord], authority: Authority
) -> tuple[dict[str, list[SealedRecord]], list[SealedRecord]]:
    """Version 1 begins a lineage; a later version joins the one it supersedes, else any that its
    device may continue; while no version 1 of its device is here it stands for its own lineage.
    """
    lineages: dict[str, list[SealedRecord]] = defaultdict(list)
    home: dict[str, str] = {}  # hash of a version -> origin of its lineage
    refused = []
    for item in fichas:
        origin = _origin(item, lineages, home, authority)
        if origin is None:
            refused.append(item)
        else:
            home[item.sha256] = origin
            lineages[origin].append(item)
    return lineages, refused


def _origin(
    item: SealedRecord,
    lineages: dict[str, list[SealedRecord]],
    home: dict[str, str],
    authority: Authority,
) -> str | None:
    device = item.record.device
    replaced = item.record.supersedes
    if replaced is None:
        return device
    known = home.get(replaced.sha256)
    if known is not None:
        return known if continues(device, known, authority) else None
    for origin in sorted(lineages):
        if continues(device, origin, authority):
            return origin
    return device


def _about(
    records: Sequence[SealedRecord],
    kind: type[Evidencia] | type[Anulacion],
    hashes: set[str],
    origin: str,
    authority: Authority,
) -> tuple[SealedRecord, ...]:
    """Records of a kind about a version of this lineage whose signer had the right."""
    return tuple(
        item
        for item in records
        if isinstance(item.record.content, kind)
        and item.record.content.sujeto.sha256 in hashes
        and standing(item.record, authority, origin) is not Standing.SIN_DERECHO
    )


def _draw(
    origin: str,
    versions: Sequence[SealedRecord],
    proofs: tuple[SealedRecord, ...],
    annulments: tuple[SealedRecord, ...],
    authority: Authority,
) -> Lineage:
    newest = versions[-1].record.version
    heads = [item for item in versions if item.record.version == newest]
    estado = Estado.SELLADA
    if len(heads) > 1:
        estado = Estado.CONFLICTO
    elif annulments:
        estado = Estado.ANULADA
    return Lineage(
        id=heads[0].record.id,
        origin=origin,
        head=heads[0],
        estado=estado,
        aprobacion=standing(heads[0].record, authority, origin),
        disputed=False,
        versions=tuple(versions),
        evidencias=proofs,
        anulaciones=annulments,
    )


def _settle(lineages: Sequence[Lineage]) -> Iterable[Lineage]:
    """Of several lineages of one id the approved one counts; two approved are a conflict."""
    if len(lineages) < 2:
        return lineages
    approved = [line for line in lineages if line.aprobacion is Standing.APROBADO]
    if not approved:
        return [_replace(line, disputed=True) for line in lineages]
    if len(approved) == 1:
        return [
            line if line is approved[0] else _replace(line, estado=Estado.CUARENTENA)
            for line in lineages
        ]
    return [
        _replace(line, estado=Estado.CONFLICTO if line in approved else Estado.CUARENTENA)
        for line in lineages
    ]


def _replace(
    line: Lineage, *, estado: Estado | None = None, disputed: bool | None = None
) -> Lineage:
    return replace(
        line,
        estado=line.estado if estado is None else estado,
        disputed=line.disputed if disputed is None else disputed,
    )
