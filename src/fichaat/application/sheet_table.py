"""Reads a table out of a sheet that people filled in: its titles, its rows, and what is wrong with
each cell. Nothing is guessed: what cannot be read is told with the address of its cell.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from fichaat.application.sheet_values import NotReadError, blank, read_value, shown
from fichaat.application.sheets import Column, RawSheet, RawValue, Value
from fichaat.domain.errors import Param
from fichaat.domain.text import fold

HEADER_ROWS: Final = 10
"""The titles stand in one of the first rows."""

MAX_PROBLEMS: Final = 1_000
"""Of one sheet; what comes after them is only said to exist."""

MISSHAPEN: Final = frozenset(
    {
        "hoja.missing",
        "hoja.repeated",
        "hoja.no_header",
        "hoja.column_missing",
        "hoja.column_unknown",
        "hoja.column_repeated",
    }
)
"""Problems of the sheets of a book and of their titles: its rows were not read."""


class CellProblem(Struct, frozen=True):
    """Why a cell is refused. `texts.message(code, params)` is its Spanish sentence."""

    hoja: str
    celda: str
    """Its address as the sheet names it: "B7"."""
    code: str
    params: dict[str, Param] = {}


class TableRow(Struct, frozen=True):
    """One filled row."""

    number: int
    """In the sheet, from 1."""
    cells: Mapping[str, Value]
    """By the title of every column; None where the cell is blank, or refused."""
    sound: bool = True
    """Whether no cell of it is refused."""


class SheetTable(Struct, frozen=True):
    """What a sheet says."""

    name: str
    """As the file names it."""
    rows: tuple[TableRow, ...]
    problems: tuple[CellProblem, ...]
    structural: tuple[CellProblem, ...] = ()
    """Those of the titles, or that there are too many: where there is one, the rows say nothing
    certain.
    """
    columns: Mapping[str, int] = {}
    """Title -> its column, from 0; a title that the sheet lacks is not here."""

    def problem(self, row: int, title: str, code: str, **params: Param) -> CellProblem:
        """What a use case finds wrong with the cell below `title` of a row."""
        return CellProblem(self.name, address(row, self.columns.get(title, 0)), code, params)


def address(row: int, column: int) -> str:
    """A cell as sheets name it.

    Args:
        row: from 1.
        column: from 0.
    """
    letters, left = "", column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def find_sheet(sheets: Iterable[RawSheet], name: str) -> RawSheet | CellProblem:
    """The sheet of that name, whatever its accents and capitals; a problem "hoja.missing" or
    "hoja.repeated" where there is not exactly one.
    """
    found = [sheet for sheet in sheets if _key(sheet.name) == _key(name)]
    if len(found) == 1:
        return found[0]
    code = "hoja.repeated" if found else "hoja.missing"
    return CellProblem(name, "A1", code, {"hoja": name})


def read_table(raw: RawSheet, columns: Sequence[Column]) -> SheetTable:
    """The rows of a sheet below its titles, which stand in one of the first ten rows.

    A column that is not `required` may be missing; a title that is none of `columns` is a problem.
    """
    return _Reading(raw, columns).table()


class _Reading:
    def __init__(self, raw: RawSheet, columns: Sequence[Column]) -> None:
        self._raw = raw
        self._wanted = {_key(column.title): column for column in columns}
        self._columns = columns
        self._at: dict[str, int] = {}
        self._titled: set[int] = set()
        self._problems: list[CellProblem] = []
        self._structural: list[CellProblem] = []

    def table(self) -> SheetTable:
        header = self._header()
        if header is None:
            self._tell(1, 0, "hoja.no_header", hoja=self._raw.name)
            self._structural += self._problems
            return self._table(())
        self._read_titles(header)
        missing = [c for c in self._columns if c.required and c.title not in self._at]
        for column in missing:
            self._tell(
                header + 1, 0, "hoja.column_missing", columna=column.title, hoja=self._raw.name
            )
        self._structural += self._problems
        return self._table(() if missing else tuple(self._rows(header + 1)))

    def _table(self, rows: tuple[TableRow, ...]) -> SheetTable:
        told, structural = tuple(self._problems), tuple(self._structural)
        return SheetTable(self._raw.name, rows, told, structural, self._at)

    def _tell(self, row: int, column: int, code: str, **params: Param) -> None:
        if len(self._problems) > MAX_PROBLEMS:
            return
        if len(self._problems) == MAX_PROBLEMS:
            code, params = "hoja.too_many_problems", {"maximo": MAX_PROBLEMS}
        problem = CellProblem(self._raw.name, address(row, column), code, params)
        self._problems.append(problem)
        if code == "hoja.too_many_problems":
            self._structural.append(problem)

    def _header(self) -> int | None:
        """The row, from 0, that names most of the columns."""
        best, most = None, 0
        for number, row in enumerate(self._raw.rows[:HEADER_ROWS]):
            known = len({key for cell in row if (key := _key(cell)) in self._wanted})
            if known > most:
                best, most = number, known
        return best

    def _read_titles(self, header: int) -> None:
        for number, cell in enumerate(self._raw.rows[header]):
            key = _key(cell)
            column = self._wanted.get(key)
            if not key:
                continue
            self._titled.add(number)
            if column is None:
                self._tell(header + 1, number, "hoja.column_unknown", columna=shown(cell))
            elif column.title in self._at:
                self._tell(header + 1, number, "hoja.column_repeated", columna=column.title)
            else:
                self._at[column.title] = number

    def _rows(self, first: int) -> Iterator[TableRow]:
        for number, row in enumerate(self._raw.rows[first:], first + 1):
            if not all(map(blank, row)):
                yield self._row(number, row)

    def _row(self, number: int, row: Sequence[RawValue]) -> TableRow:
        sound = True
        cells: dict[str, Value] = {}
        for column in self._columns:
            place = self._at.get(column.title, len(row))
            cell = row[place] if place < len(row) else None
            cells[column.title] = None
            try:
                cells[column.title] = read_value(cell, column)
            except NotReadError as error:
                sound = False
                self._tell(number, place, error.code, **error.params)
        for place, cell in enumerate(row):
            if place not in self._titled and not blank(cell):
                sound = False
                self._tell(number, place, "hoja.cell_outside")
        return TableRow(number, cells, sound)


def _key(cell: RawValue) -> str:
    """A title or a name as it is compared."""
    return "" if blank(cell) else fold(" ".join(shown(cell).split()))
