"""Use cases: a sheet with the open agreements for people to say how they go, and reading it back.

All or nothing: one wrong cell and no event is sealed. Rows in which nothing was written are passed
over. A row also says what its writer was shown: where something newer arrived since, it is refused.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Final

from msgspec import Struct

from fichaat.application.acuerdo_line import AcuerdoFilter, AcuerdoLine, Segmento
from fichaat.application.acuerdos.add_evento import AddEvento, Evento, Moved
from fichaat.application.acuerdos.list_acuerdos import ListAcuerdos
from fichaat.application.acuerdos.matrix import ESTADOS, day, estado_word
from fichaat.application.changes import Changes
from fichaat.application.installation import Installation
from fichaat.application.ports.papers import Workbooks
from fichaat.application.ports.store import Reader
from fichaat.application.sheet_table import (
    CellProblem,
    SheetTable,
    TableRow,
    find_sheet,
    read_table,
)
from fichaat.application.sheets import CellKind, Column, Sheet, Value, Workbook
from fichaat.domain.errors import UserFacingError

SHEET: Final = "Acuerdos"
ESTADO: Final = "Estado"
AVANCE: Final = "Avance"
CUMPLIDO_EL: Final = "Cumplido el"
NUEVO_PLAZO: Final = "Nuevo plazo"
MOTIVO: Final = "Motivo"
COMENTARIO: Final = "Comentario"
IDENTIFICADOR: Final = "Identificador"

_TYPED: Final = (ESTADO, AVANCE, CUMPLIDO_EL, NUEVO_PLAZO, MOTIVO, COMENTARIO)
COLUMNS: Final = (
    Column("Municipalidad", note="Solo para leer. No cambia nada."),
    Column("Provincia"),
    Column("Ficha"),
    Column("Acuerdo", CellKind.TEXTO_LARGO),
    Column("Responsable"),
    Column("Plazo vigente", CellKind.FECHA),
    Column("Estado actual"),
    Column(
        ESTADO,
        choices=tuple(ESTADOS.values()),
        note="Elija uno. Deje la fila sin llenar si no hay novedad.",
    ),
    Column(AVANCE, CellKind.PORCENTAJE, note="De 0 a 100. Puede quedar vacío."),
    Column(CUMPLIDO_EL, CellKind.FECHA, note="Solo si está cumplido: el día en que se cumplió."),
    Column(NUEVO_PLAZO, CellKind.FECHA, note="Solo si se reprogramó: el plazo nuevo."),
    Column(MOTIVO, CellKind.TEXTO_LARGO, note="Si se reprogramó o no se cumplió: por qué."),
    Column(COMENTARIO, CellKind.TEXTO_LARGO, note="Lo que convenga recordar."),
    Column(IDENTIFICADOR, note="No lo cambie: dice de qué acuerdo es la fila.", required=True),
)
_CELL_OF: Final = {
    "acuerdo.avance_range": AVANCE,
    "acuerdo.avance_not_full": AVANCE,
    "acuerdo.cumplido_el_required": CUMPLIDO_EL,
    "acuerdo.cumplido_el_unexpected": CUMPLIDO_EL,
    "acuerdo.cumplido_el_future": CUMPLIDO_EL,
    "acuerdo.cumplido_el_before_visit": CUMPLIDO_EL,
    "acuerdo.nuevo_plazo_required": NUEVO_PLAZO,
    "acuerdo.nuevo_plazo_unexpected": NUEVO_PLAZO,
    "acuerdo.nuevo_plazo_past": NUEVO_PLAZO,
    "acuerdo.motivo_required": MOTIVO,
    "acuerdo.motivo_no_cumplido": MOTIVO,
}
"""Where what is wrong with an event stands; anything else is told at the identifier."""

_MARK: Final = 8
"""Letters of the mark behind an id."""


class ReadEvents(Struct, frozen=True):
    """What a file would bring."""

    eventos: tuple[Evento, ...]
    lines: tuple[AcuerdoLine, ...]
    """Their agreements, in the same order."""
    sin_cambio: int
    """Rows in which nothing was written."""
    problems: tuple[CellProblem, ...]


class Imported(Struct, frozen=True):
    """What an import did; with problems, nothing."""

    read: ReadEvents
    moved: tuple[Moved, ...]


class EventSheet:
    def __init__(
        self, here: Installation, lines: ListAcuerdos, add: AddEvento, workbooks: Workbooks
    ) -> None:
        self._here = here
        self._lines = lines
        self._add = add
        self._workbooks = workbooks

    def template(self, wanted: AcuerdoFilter | None = None) -> Workbook:
        """The open agreements, one a row, the next due first."""
        listing = self._lines(wanted or AcuerdoFilter(Segmento.ABIERTOS))
        rows = tuple(self._row(line) for line in listing.lines)
        return Workbook("Novedades de acuerdos", (Sheet(SHEET, COLUMNS, rows),), template=True)

    def read(self, data: bytes) -> ReadEvents:
        """What the file says; nothing is written.

        Raises:
            UserFacingError: "hoja.unreadable", "hoja.too_large".
        """
        raw = find_sheet(self._workbooks.read(data), SHEET)
        if isinstance(raw, CellProblem):
            return ReadEvents((), (), 0, (raw,))
        table = read_table(raw, COLUMNS)
        with self._here.store.read() as reader:
            return self._judge(reader, table)

    def __call__(self, data: bytes) -> tuple[Imported, Changes]:
        """Seal every event of the file, or none.

        Raises:
            UserFacingError: "hoja.unreadable", "hoja.too_large"; "acuerdo.nothing_to_import": no
                row says anything; "acuerdo.moved": something arrived meanwhile.
        """
        found = self.read(data)
        if found.problems:
            return Imported(found, ()), Changes()
        if not found.eventos:
            raise UserFacingError("acuerdo.nothing_to_import")
        moved, changes = self._add.many(found.eventos)
        return Imported(found, tuple(moved)), changes

    def _row(self, line: AcuerdoLine) -> Sequence[Value]:
        found = [self._here.territorio.known(ubigeo) for ubigeo in line.distritos]
        places = [place for place in found if place is not None]
        return (
            ", ".join(place.distrito for place in places) or " ".join(line.distritos),
            ", ".join(dict.fromkeys(place.provincia for place in places)),
            line.codigo,
            line.descripcion,
            line.responsable,
            day(line.plazo),
            estado_word(line),
            *(None for _ in _TYPED),
            f"{line.id}/{_mark(line.heads)}",
        )

    def _judge(self, reader: Reader, table: SheetTable) -> ReadEvents:
        by_id = {line.id: line for line in reader.acuerdo_lines()}
        problems = list(table.problems)
        eventos: dict[str, Evento] = {}
        unchanged = 0
        for row in table.rows:
            if all(row.cells[title] is None for title in _TYPED):
                unchanged += row.sound
                continue
            if not row.sound:
                continue
            try:
                evento = _evento(row, by_id)
                if evento.acuerdo in eventos:
                    raise UserFacingError("acuerdo.repeated_row")
                self._add.check(reader, evento)
            except _NoStateError:
                problems.append(table.problem(row.number, ESTADO, "acuerdo.estado_required"))
            except UserFacingError as error:
                title = _CELL_OF.get(error.code, IDENTIFICADOR)
                found = table.problem(row.number, title, error.code, **error.params)
                problems.append(found)
            else:
                eventos[evento.acuerdo] = evento
        problems.sort(key=_cell_order)
        lines = tuple(by_id[id_] for id_ in eventos)
        return ReadEvents(tuple(eventos.values()), lines, unchanged, tuple(problems))


def _cell_order(problem: CellProblem) -> tuple[int, int, str]:
    """By row, then by column."""
    letters = problem.celda.rstrip("0123456789")
    return int(problem.celda[len(letters) :] or 0), len(letters), letters


class _NoStateError(Exception):
    """Something is written in the row, but not how the agreement stands."""


def _mark(heads: Sequence[str]) -> str:
    """Names what the writer of a row was shown."""
    return sha256(" ".join(heads).encode()).hexdigest()[:_MARK]


def _evento(row: TableRow, by_id: Mapping[str, AcuerdoLine]) -> Evento:
    cells = row.cells
    id_, _, mark = str(cells[IDENTIFICADOR] or "").partition("/")
    line = by_id.get(id_)
    if line is None:
        raise UserFacingError("acuerdo.unknown", acuerdo=id_)
    if mark != _mark(line.heads):
        raise UserFacingError("acuerdo.moved")
    words = {word: estado for estado, word in ESTADOS.items()}
    estado = words.get(str(cells[ESTADO]))
    if estado is None:
        raise _NoStateError
    return Evento(
        id_,
        estado,
        _whole(cells[AVANCE]),
        _day(cells[CUMPLIDO_EL]),
        str(cells[COMENTARIO] or ""),
        _day(cells[NUEVO_PLAZO]),
        str(cells[MOTIVO] or ""),
        line.heads,
    )


def _whole(value: Value) -> int | None:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        if value != int(value):
            raise UserFacingError("acuerdo.avance_range")
        return int(value)
    return None


def _day(value: Value) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
