"""The rows of a table that is edited in place, as Qt wants them.

Wide, a record is one row and each column a column; stacked, for a narrow table or large letters,
a record is as many rows as it has columns, each with its title before it.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Literal, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from fichaat.gui.text import say

Kind = Literal["text", "line", "date", "choice", "number", "fixed"]
Options = Sequence[tuple[str, str]]
Index = QModelIndex | QPersistentModelIndex
Cell = tuple[int, str]
"""A record's number and a column's key."""
Problem = tuple[str, str]
"""A tone, "error" or "warn", and its sentence."""

_Role = Qt.ItemDataRole
_Flag = Qt.ItemFlag
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in one column."""

    key: str
    title: str
    kind: Kind = "text"
    """text: several lines; line, date, number: one; choice: among `options`; fixed: only read."""
    weight: int = 1
    """Its share of the width."""
    options: Options | Callable[[], Options] = ()
    """Of a choice: (value, words)."""
    placeholder: str = ""
    """Shown in an empty cell."""
    suggestions: Callable[[], Sequence[str]] | None = None
    """Texts offered while typing."""
    hint: str = ""
    """What a screen reader adds, and the tooltip of the head."""

    def choices(self) -> Options:
        """The options as they are now."""
        return self.options() if callable(self.options) else self.options


class Part(Enum):
    """What a place of the grid is for."""

    NUMBER = auto()
    LABEL = auto()
    CELL = auto()
    REMOVE = auto()


class Spot(NamedTuple):
    """A place of the grid in the words of the owner."""

    row: int
    part: Part
    column: Column | None

    @property
    def key(self) -> str:
        return self.column.key if self.column is not None else ""


class CellsModel(QAbstractTableModel):
    """Texts by record and key; a change made through `setData` is told by `cell_edited`."""

    cell_edited = Signal(int, str, str)

    def __init__(self, columns: Sequence[Column], *, numbered: bool, fixed_rows: bool) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self._shown = self._columns
        self._numbered = numbered
        self._fixed_rows = fixed_rows
        self._rows: list[dict[str, str]] = []
        self._fixed: frozenset[Cell] = frozenset()
        self._problems: dict[Cell, Problem] = {}
        self._stacked = False

    # What the owner asks

    @property
    def records(self) -> int:
        return len(self._rows)

    @property
    def stacked(self) -> bool:
        return self._stacked

    @property
    def columns(self) -> tuple[Column, ...]:
        """Those that are shown."""
        return self._shown

    @property
    def numbered(self) -> bool:
        return self._numbered

    @property
    def fixed_rows(self) -> bool:
        """Whether records neither come nor go by the person's hand."""
        return self._fixed_rows

    @property
    def parts(self) -> list[Part]:
        """What each column of the grid is, from left to right."""
        first = [Part.LABEL, Part.CELL] if self._stacked else [Part.CELL] * len(self._shown)
        number = [Part.NUMBER] if self._numbered and not self._stacked else []
        return number + first + ([] if self._fixed_rows else [Part.REMOVE])

    def records_now(self) -> list[dict[str, str]]:
        """The records as they are shown."""
        return [dict(record) for record in self._rows]

    def text(self, row: int, key: str) -> str:
        return self._rows[row].get(key, "")

    def words(self, row: int, column: Column) -> str:
        """What the cell shows."""
        held = self.text(row, column.key)
        if column.kind != "choice":
            return held
        return next((words for value, words in column.choices() if value == held), held)

    def label(self, spot: Spot) -> str:
        """What stands before a cell of a stacked record: the number of the record at its first."""
        title = spot.column.title if spot.column is not None else ""
        first = self._numbered and spot.column == self._shown[0]
        return f"{spot.row + 1}. {title}" if first else title

    def problem(self, row: int, key: str) -> Problem | None:
        return self._problems.get((row, key))

    def is_editable(self, row: int, column: Column) -> bool:
        return column.kind != "fixed" and (row, column.key) not in self._fixed

    def is_blank(self, row: int) -> bool:
        """Whether nothing was written in any cell that can be."""
        return not any(
            self.text(row, column.key).strip()
            for column in self._columns
            if self.is_editable(row, column)
        )

    def editable_cells(self) -> Iterator[Cell]:
        """In the order of the paper."""
        for row in range(self.records):
            for column in self._shown:
                if self.is_editable(row, column):
                    yield row, column.key

    def spot(self, index: Index) -> Spot:
        """What is at a place of the grid."""
        part = self.parts[index.column()]
        if not self._stacked:
            number = index.column() - int(self._numbered)
            return Spot(index.row(), part, self._shown[number] if part is Part.CELL else None)
        row, number = divmod(index.row(), len(self._shown))
        return Spot(row, part, None if part is Part.REMOVE else self._shown[number])

    def is_first_line(self, index: Index) -> bool:
        """Whether a record begins here; a stacked one is removed at its first line."""
        return index.row() % self._tall == 0

    def place(self, row: int, key: str) -> QModelIndex:
        """Where a cell is; nowhere if it is not shown."""
        keys = [column.key for column in self._shown]
        if key not in keys or not 0 <= row < self.records:
            return QModelIndex()
        if self._stacked:
            return self.index(row * len(keys) + keys.index(key), 1)
        return self.index(row, keys.index(key) + int(self._numbered))

    # What the owner changes

    def show_rows(self, rows: Sequence[Mapping[str, str]], fixed: Collection[Cell]) -> None:
        """Other texts; rows come and go where they differ, so that the cursor keeps its place."""
        fresh = [dict(row) for row in rows]
        same = 0
        while same < min(len(fresh), self.records) and fresh[same] == self._rows[same]:
            same += 1
        more = len(fresh) - self.records
        if more > 0:
            self.insert(same, fresh[same : same + more])
        elif more < 0:
            self.remove(same, -more)
        self._fixed = frozenset(fixed)
        for row in range(same, len(fresh)):
            held = self._rows[row]
            self._rows[row] = fresh[row]
            for column in self._shown:
                if held.get(column.key, "") != fresh[row].get(column.key, ""):
                    self._tell(row, column.key)

    def insert(self, row: int, fresh: Sequence[dict[str, str]]) -> None:
        """Records before the given one."""
        tall = self._tall
        first = row * tall
        self.beginInsertRows(QModelIndex(), first, first + len(fresh) * tall - 1)
        self._rows[row:row] = [dict(record) for record in fresh]
        self._shift(row, len(fresh))
        self.endInsertRows()

    def remove(self, row: int, count: int = 1) -> None:
        """Records from the given one on."""
        tall = self._tall
        self.beginRemoveRows(QModelIndex(), row * tall, (row + count) * tall - 1)
        del self._rows[row : row + count]
        self._shift(row, -count)
        self.endRemoveRows()

    def set_problems(self, problems: Mapping[Cell, Problem]) -> None:
        """What is wrong, by cell."""
        old, self._problems = self._problems, dict(problems)
        for row, key in sorted(old.keys() | self._problems.keys()):
            if old.get((row, key)) != self._problems.get((row, key)):
                self._tell(row, key)

    def known(self, keys: Collection[str]) -> list[str]:
        """Of these keys, those of its columns, from left to right."""
        return [column.key for column in self._columns if column.key in keys]

    def show_columns(self, keys: Collection[str]) -> None:
        """Only those columns."""
        self.beginResetModel()
        self._shown = tuple(column for column in self._columns if column.key in keys)
        self.endResetModel()

    def stack(self, *, stacked: bool) -> None:
        """Records as blocks of lines, or as rows."""
        self.beginResetModel()
        self._stacked = stacked
        self.endResetModel()

    # What Qt asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802  # Qt's name
        return 0 if parent.isValid() else self.records * self._tall

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self.parts)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return _Flag.NoItemFlags
        spot = self.spot(index)
        blank = spot.part is Part.REMOVE and not self.is_first_line(index)
        if blank or spot.part in (Part.NUMBER, Part.LABEL):
            return _Flag.ItemNeverHasChildren
        flags = _Flag.ItemIsEnabled | _Flag.ItemIsSelectable | _Flag.ItemNeverHasChildren
        if spot.column is not None and self.is_editable(spot.row, spot.column):
            flags |= _Flag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        spot = self.spot(index)
        if role == _Role.EditRole and spot.part is Part.CELL:
            return self.text(spot.row, spot.key)
        if role == _Role.DisplayRole:
            return self._display(spot)
        if role == _Role.AccessibleTextRole:
            return self._spoken(spot)
        if role == _Role.AccessibleDescriptionRole and spot.part is Part.CELL:
            problem = self.problem(spot.row, spot.key)
            hint = spot.column.hint if spot.column is not None else ""
            return problem[1] if problem is not None else hint
        return None

    def setData(self, index: Index, value: object, role: int = _Role.EditRole) -> bool:  # noqa: N802
        if not index.isValid() or role != _Role.EditRole:
            return False
        spot = self.spot(index)
        text = str(value)
        if spot.part is not Part.CELL or not self.flags(index) & _Flag.ItemIsEditable:
            return False
        if text != self.text(spot.row, spot.key):
            self._rows[spot.row][spot.key] = text
            self._tell(spot.row, spot.key)
            self.cell_edited.emit(spot.row, spot.key, text)
        return True

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.parts):
            return None
        part = self.parts[section]
        if part is Part.REMOVE:
            return say("editor.table_remove") if role == _Role.AccessibleTextRole else None
        if role not in (_Role.DisplayRole, _Role.AccessibleTextRole, _Role.ToolTipRole):
            return None
        if part is Part.NUMBER:
            return say("editor.table_number") if role != _Role.ToolTipRole else None
        if self._stacked:
            return None
        column = self._shown[section - int(self._numbered)]
        return (column.hint or None) if role == _Role.ToolTipRole else column.title

    @property
    def _tall(self) -> int:
        """How many rows of the grid a record takes."""
        return len(self._shown) if self._stacked else 1

    def _display(self, spot: Spot) -> str | None:
        # Numbers are no data: they change when rows come and go above them.
        if spot.column is None:
            return None
        return spot.column.title if spot.part is Part.LABEL else self.words(spot.row, spot.column)

    def _spoken(self, spot: Spot) -> str | None:
        if spot.part is Part.REMOVE:
            return say("editor.table_remove_row", fila=spot.row + 1)
        if spot.part is Part.NUMBER:
            return str(spot.row + 1)
        if spot.part is not Part.CELL or spot.column is None:
            return self.label(spot)
        where = say("editor.table_cell", columna=spot.column.title, fila=spot.row + 1)
        return f"{where}: {self.words(spot.row, spot.column) or say('editor.table_empty')}"

    def _shift(self, row: int, by: int) -> None:
        """What is said of a record goes with it."""
        gone = range(row, row - by)

        def moved(at: int) -> int:
            return at if at < row else at + by

        self._problems = {
            (moved(at), key): problem
            for (at, key), problem in self._problems.items()
            if at not in gone
        }
        self._fixed = frozenset((moved(at), key) for at, key in self._fixed if at not in gone)

    def _tell(self, row: int, key: str) -> None:
        index = self.place(row, key)
        if index.isValid():
            self.dataChanged.emit(index, index)
