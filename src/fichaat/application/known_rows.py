"""The rows of an import, and which of them say what is another's already: a code, or the id of an
agreement.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from fichaat.application.acuerdo_bearers import sealed_bearers
from fichaat.application.ports.store import Reader
from fichaat.application.read_fichas_sheets import SheetFicha
from fichaat.domain.errors import Param
from fichaat.domain.ficha import Ficha
from fichaat.domain.problems import Problem, Severity

UNBORN = "00-0000-000000-0000"
"""Stands for a code until one is reserved: no real code has region 00."""


class Row(Struct, frozen=True):
    """One line, or one ficha of a workbook, as far as it could be read."""

    fila: int
    ficha: Ficha | None
    blobs: Sequence[str] = ()
    """Those the person gave; their bytes are read again when they are kept."""
    acuerdos: frozenset[str] = frozenset()
    """Ids of agreements that the row itself says."""
    refusals: tuple[Problem, ...] = ()
    celdas: tuple[str, ...] = ()
    """Of the refusals."""
    hoja: str = ""
    source: SheetFicha | None = None

    @property
    def is_unborn(self) -> bool:
        """Whether its code has yet to be given."""
        return self.ficha is not None and self.ficha.codigo == UNBORN


def refuse_known(reader: Reader, rows: Sequence[Row]) -> list[Row]:
    """The rows, those refused whose code, or an agreement's id, a draft (in the bin too), a sealed
    ficha or an earlier row of the file has.
    """
    return _refuse_acuerdos(reader, _refuse_codes(reader, rows))


def _refuse_codes(reader: Reader, rows: Sequence[Row]) -> list[Row]:
    seen: set[str] = set()
    taken = reader.taken_codigos([row.ficha.codigo for row in rows if row.ficha is not None])
    checked = []
    for row in rows:
        codigo = None if row.ficha is None else row.ficha.codigo
        if codigo is None or codigo == UNBORN:
            checked.append(row)
            continue
        known = codigo in seen or codigo in taken
        seen.add(codigo)
        problem = Problem("ficha.codigo_known", Severity.REFUSED, "/codigo", {"codigo": codigo})
        checked.append(_refused(row, [problem]) if known else row)
    return checked


def _refuse_acuerdos(reader: Reader, rows: Sequence[Row]) -> list[Row]:
    """An earlier row keeps its ids also where it is refused for them."""
    given = frozenset(id_ for row in rows if row.ficha is not None for id_ in row.acuerdos)
    if not given:
        return list(rows)
    held = {**reader.drafted_acuerdos(given), **sealed_bearers(reader, given)}
    seen: dict[str, int] = {}
    checked = []
    for row in rows:
        problems = list(_known_acuerdos(row, held, seen))
        checked.append(_refused(row, problems) if problems else row)
        if row.ficha is not None:
            for id_ in row.acuerdos:
                seen.setdefault(id_, row.fila)
    return checked


def _known_acuerdos(
    row: Row, held: Mapping[str, str], seen: Mapping[str, int]
) -> Iterator[Problem]:
    if row.ficha is None:
        return
    for number, acuerdo in enumerate(row.ficha.acuerdos):
        if acuerdo.id not in row.acuerdos:
            continue
        path = f"/acuerdos/{number}/id"
        fila = number + 1
        if acuerdo.id in held:
            other: dict[str, Param] = {"fila": fila, "codigo": held[acuerdo.id]}
            yield Problem("ficha.acuerdo_known", Severity.REFUSED, path, other)
        elif acuerdo.id in seen:
            earlier: dict[str, Param] = {"fila": fila, "otra": seen[acuerdo.id]}
            yield Problem("ficha.acuerdo_repeated", Severity.REFUSED, path, earlier)


def _refused(row: Row, problems: Sequence[Problem]) -> Row:
    source = row.source
    celdas = () if source is None else tuple(source.celda(item.path) for item in problems)
    return replace(row, ficha=None, refusals=tuple(problems), celdas=celdas)
