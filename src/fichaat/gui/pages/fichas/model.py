"""The list of fichas as Qt sees it: as long as the list, holding only what is looked at."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from fichaat.application.ports.rows import ListColumn, ListRow
from fichaat.domain.territorio import Territorio
from fichaat.gui.ficha_words import estado_words, places_words, sesion_words, short_people
from fichaat.gui.pages.fichas.pages import PAGE, Pages
from fichaat.gui.text import say, short_date

Index = QModelIndex | QPersistentModelIndex

COLUMNS: Final = tuple(ListColumn)
ESTADO_ROLE: Final = Qt.ItemDataRole.UserRole
"""The state itself, for whoever draws it."""

_Role = Qt.ItemDataRole
_NUMBERS: Final = frozenset({ListColumn.ACUERDOS, ListColumn.VERSION})
_ANSWERED: Final = frozenset(
    {
        _Role.DisplayRole.value,
        _Role.TextAlignmentRole.value,
        _Role.ToolTipRole.value,
        _Role.AccessibleTextRole.value,
        ESTADO_ROLE.value,
    }
)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class FichaTable(QAbstractTableModel):
    """Lines by `Pages`; a page that is not held is asked for, and shown when it comes."""

    page_lacked = Signal(int)

    def __init__(self, territorio: Territorio) -> None:
        super().__init__()
        self._pages: Pages | None = None
        self._words: dict[ListColumn, Callable[[ListRow], str]] = {
            ListColumn.ESTADO: lambda row: estado_words(row.estado),
            ListColumn.CODIGO: lambda row: row.codigo,
            ListColumn.FECHA: lambda row: short_date(row.fecha) if row.fecha else "",
            ListColumn.DISTRITO: lambda row: places_words(row.distrito.split(), territorio),
            ListColumn.SESION: lambda row: sesion_words(row.sesion.split()),
            ListColumn.MODALIDAD: lambda row: (
                say(f"lista.{row.modalidad}") if row.modalidad else ""
            ),
            ListColumn.RESPONSABLE: lambda row: short_people(row.responsable),
            ListColumn.ACUERDOS: lambda row: str(row.acuerdos),
            ListColumn.VERSION: lambda row: str(row.version),
        }

    def show_pages(self, pages: Pages) -> None:
        """Another list."""
        self.beginResetModel()
        self._pages = pages
        self.endResetModel()

    def show_rows(self, places: range) -> None:
        """These lines have come."""
        if places:
            last = self.index(places[-1], len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(places[0], 0), last)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802  # Qt's
        """How many lines."""
        return 0 if parent.isValid() or self._pages is None else len(self._pages)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """How many columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:  # noqa: ANN401  # what the role says
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == _Role.DisplayRole:
            return say(f"lista.column_{COLUMNS[section].value}")
        if role == _Role.TextAlignmentRole:
            return _RIGHT if COLUMNS[section] in _NUMBERS else _LEFT
        return None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:  # noqa: ANN401
        """Most roles that are asked for mean nothing here: they are answered first."""
        if role not in _ANSWERED or self._pages is None or not index.isValid():
            return None
        column = COLUMNS[index.column()]
        if role == _Role.TextAlignmentRole:
            return _RIGHT if column in _NUMBERS else _LEFT
        row = self._pages.row(index.row())
        if row is None:
            self.page_lacked.emit(index.row() // PAGE)
            return None
        if role == ESTADO_ROLE:
            return row.estado if column is ListColumn.ESTADO else None
        if role == _Role.ToolTipRole and column is ListColumn.RESPONSABLE:
            return row.responsable
        words = self._words[column](row)
        if role == _Role.AccessibleTextRole:
            return f"{say(f'lista.column_{column.value}')}: {words}"
        return words
