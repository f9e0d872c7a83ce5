"""What one installation holds and makes of it, in figures."""

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from fichaat.application.ports.rows import ListFilter
from fichaat.application.ports.store import Reader
from fichaat.application.session import Session
from fichaat.domain.lineage import Estado

_ALL = 1_000_000


class GapFigure(Struct, frozen=True):
    """Records that miss in a chain."""

    device: str
    chain: str
    desde: int
    hasta: int


class ForkFigure(Struct, frozen=True):
    """One place of a chain that several records hold."""

    device: str
    chain: str
    secuencia: int


class ConflictFigure(Struct, frozen=True):
    """A ficha of which two valid copies of one version exist."""

    ficha: str
    device: str
    version: int


class ApartFigure(Struct, frozen=True):
    """A record without effect, and why."""

    ficha: str
    clase: str
    sha256: str
    motivo: str


class Figures(Struct, frozen=True):
    """Everything that the same records show everywhere."""

    registros: int
    registros_por_clase: dict[str, int]
    fichas: int
    fichas_por_estado: dict[str, int]
    equipos_por_estado: dict[str, int]
    huecos: tuple[GapFigure, ...]
    bifurcaciones: tuple[ForkFigure, ...]
    conflictos: tuple[ConflictFigure, ...]
    cuarentena: tuple[ApartFigure, ...]
    cuarentena_por_motivo: dict[str, int]


def tally(session: Session) -> Figures:
    """The figures of one open data folder; its own fichas count as handed in or not."""
    listing = session.list_fichas(ListFilter())
    rows = session.list_fichas.rows(listing.numbers).values()
    devices = session.devices()
    with session.here.store.read() as reader:
        kinds = Counter(item.record.kind for item in reader.records())
        apart = _apart(reader)
        return Figures(
            registros=reader.record_count(),
            registros_por_clase=_counted(kinds.elements()),
            fichas=len(rows),
            fichas_por_estado=_counted(row.estado for row in rows),
            equipos_por_estado=_counted(row.aprobacion.value for row in devices),
            huecos=_gaps(reader),
            bifurcaciones=tuple(ForkFigure(*fork) for fork in reader.forks()),
            conflictos=_conflicts(reader),
            cuarentena=apart,
            cuarentena_por_motivo=_counted(item.motivo for item in apart),
        )


def _gaps(reader: Reader) -> tuple[GapFigure, ...]:
    return tuple(
        GapFigure(row.device, row.gap.chain, row.gap.desde, row.gap.hasta) for row in reader.gaps()
    )


def _conflicts(reader: Reader) -> tuple[ConflictFigure, ...]:
    contested, _ = reader.contested(_ALL)
    return tuple(
        ConflictFigure(row.id, row.origin, row.version)
        for id_ in sorted(contested)
        for row in reader.fichas_with_id(id_)
        if row.estado == Estado.CONFLICTO
    )


def _apart(reader: Reader) -> tuple[ApartFigure, ...]:
    rows, _ = reader.apart(_ALL)
    found = (ApartFigure(row.ficha, row.kind, row.sha256, row.motivo) for row in rows)
    return tuple(sorted(found, key=lambda item: (item.motivo, item.ficha, item.sha256)))


def _counted(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))
