"""Which fichas stand in a repository, in which version, with which records."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from fichaat.application.papers import Late
from fichaat.application.ports.store import Reader
from fichaat.domain.authority import BELIEVED, Authority, Standing
from fichaat.domain.cobertura import Visita
from fichaat.domain.ficha import Ficha
from fichaat.domain.firma import ClaseAdjunto, Evidencia, TipoFirma
from fichaat.domain.lineage import Estado, Lineage, history
from fichaat.domain.record import SealedRecord
from fichaat.domain.revision import Veredicto
from fichaat.domain.subjects import ficha_id

BATCH: Final = 100
"""Fichas that are held in memory together."""


class Wanted(Struct, frozen=True):
    """What a person asks for."""

    desde: date | None = None
    hasta: date | None = None
    todas: bool = False
    """Also what the region has not approved."""


class Chosen(Struct, frozen=True):
    """One ficha to be in the repository."""

    version: SealedRecord
    """Whose paper it is."""
    late: Late
    escaneos: tuple[str, ...]
    """Blobs of the signed paper, in the order in which they came."""
    aprobada: bool
    registros: tuple[SealedRecord, ...]
    """Everything that is believed about it."""

    @property
    def ficha(self) -> Ficha:
        content = self.version.record.content
        assert isinstance(content, Ficha)  # `_pick` takes versions of fichas only
        return content


def candidates(reader: Reader, wanted: Wanted, held: Collection[str]) -> list[str]:
    """Ids of fichas that may stand in a repository, by day and code.

    Args:
        reader: where they are.
        wanted: what is asked for.
        held: ids of what stands there already: they stay whatever days are asked for.
    """
    visits = [
        item for item in reader.visitas() if _may_stand(item) and _in_time(item, wanted, held)
    ]
    visits.sort(key=lambda item: (item.fecha or date.min, item.codigo, item.id))
    return list(dict.fromkeys(item.id for item in visits))


def choose(reader: Reader, ids: Sequence[str], wanted: Wanted) -> Iterator[list[Chosen]]:
    """Some of the candidates at a time, those aside of which no version may stand."""
    for start in range(0, len(ids), BATCH):
        yield _chosen(reader, ids[start : start + BATCH], wanted)


def records_of(reader: Reader, ids: Collection[str]) -> list[SealedRecord]:
    """Everything that is believed about fichas that are not in the repository any more."""
    return [
        item
        for lines, _ in _histories(reader, sorted(ids)).values()
        for line in lines
        for item in _records(line)
    ]


def _may_stand(visita: Visita) -> bool:
    """Neither annulled nor contested nor rejected nor sealed without the right to."""
    return (
        visita.estado is Estado.SELLADA
        and not visita.disputada
        and visita.aprobacion in BELIEVED
        and visita.revision is not Veredicto.RECHAZADA
        and visita.fecha is not None
        and bool(visita.distritos)
    )


def _in_time(visita: Visita, wanted: Wanted, held: Collection[str]) -> bool:
    day = visita.fecha
    assert day is not None  # `_may_stand` asked
    since = wanted.desde is None or day >= wanted.desde
    return visita.id in held or (since and (wanted.hasta is None or day <= wanted.hasta))


def _chosen(reader: Reader, ids: Sequence[str], wanted: Wanted) -> list[Chosen]:
    found = _histories(reader, ids)
    chosen = []
    for id_ in ids:
        lines, authority = found[id_]
        living = [
            line
            for line in lines
            if line.estado is Estado.SELLADA and not line.disputed and line.aprobacion in BELIEVED
        ]
        for line in living[:1]:
            picked = _pick(line, authority, todas=wanted.todas)
            if picked is not None:
                chosen.append(picked)
    return chosen


def _histories(
    reader: Reader, ids: Sequence[str]
) -> dict[str, tuple[tuple[Lineage, ...], Authority]]:
    by_id: dict[str, list[SealedRecord]] = defaultdict(list)
    records = reader.records_about(ids)
    for item in records:
        about = ficha_id(item.record)
        if about is not None:
            by_id[about].append(item)
    authority = reader.authority(records)
    return {id_: (history(by_id[id_], authority).lineages, authority) for id_ in ids}


def _pick(line: Lineage, authority: Authority, *, todas: bool) -> Chosen | None:
    """The newest version, or the newest that the region approved: a correction that waits does
    not take away the paper that it corrects.
    """
    approved = next(_approved(line, authority), None)
    version = line.head if todas else approved
    if version is None:
        return None
    late = [item for item in line.evidencias if _subject(item) == version.sha256]
    return Chosen(
        version=version,
        late=Late(late, (), None),
        escaneos=_scans(version, late),
        aprobada=approved is not None and approved.sha256 == version.sha256,
        registros=tuple(_records(line)),
    )


def _approved(line: Lineage, authority: Authority) -> Iterator[SealedRecord]:
    """Versions that the region approved, the newest first; each as it stood before the next."""
    if line.revision is Veredicto.APROBADA and line.aprobacion is Standing.APROBADO:
        yield line.head
    if len(line.versions) == 1:
        return
    records = [*line.versions, *line.evidencias, *line.revisiones]
    for number in sorted({item.record.version for item in line.versions}, reverse=True)[1:]:
        until = [
            item
            for item in records
            if not isinstance(item.record.content, Ficha) or item.record.version <= number
        ]
        for past in history(until, authority).lineages:
            approved = past.revision is Veredicto.APROBADA and past.estado is Estado.SELLADA
            if past.origin == line.origin and approved and past.aprobacion is Standing.APROBADO:
                yield past.head


def _records(line: Lineage) -> Iterator[SealedRecord]:
    yield from line.versions
    yield from line.evidencias
    yield from line.anulaciones
    yield from line.revisiones


def _scans(version: SealedRecord, late: Sequence[SealedRecord]) -> tuple[str, ...]:
    """Of signatures on paper, and of the whole paper once it was signed."""
    found: list[str] = []
    for item in (version, *late):
        content = item.record.content
        if isinstance(content, Ficha | Evidencia):
            found += [
                firma.blob
                for firma in content.firmas
                if firma.tipo is TipoFirma.PAPEL and firma.blob is not None
            ]
            found += [
                adjunto.sha256
                for adjunto in content.adjuntos
                if adjunto.clase is ClaseAdjunto.FICHA_FIRMADA
            ]
    return tuple(dict.fromkeys(found))


def _subject(item: SealedRecord) -> str | None:
    sujeto = getattr(item.record.content, "sujeto", None)
    return None if sujeto is None else str(sujeto.sha256)
