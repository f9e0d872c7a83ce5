"""The municipalities as Qt sees them: one line each."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from fichaat.gui.pages.municipalidades.lines import GLColumn, Line
from fichaat.gui.text import say

Index = QModelIndex | QPersistentModelIndex

COLUMNS: Final = tuple(GLColumn)
NEED_ROLE: Final = Qt.ItemDataRole.UserRole
"""Tone and icon of what is lacking, for whoever draws it."""

_Role = Qt.ItemDataRole
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class GLTable(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[Line] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Others, or in another order."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line(self, row: int) -> Line:
        return self._lines[row]

    def row_of(self, ubigeo: str) -> int | None:
        """Where a municipality stands."""
        rows = (row for row, line in enumerate(self._lines) if line.ubigeo == ubigeo)
        return next(rows, None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802  # Qt's
        """How many lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """How many columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:  # noqa: ANN401  # what the role says
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == _Role.DisplayRole:
            return say(f"municipalidades.column_{COLUMNS[section].value}")
        if role == _Role.TextAlignmentRole:
            return _RIGHT if COLUMNS[section] is GLColumn.OTRAS else _LEFT
        return None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:  # noqa: ANN401
        if not index.isValid() or not 0 <= index.row() < len(self._lines):
            return None
        column, line = COLUMNS[index.column()], self._lines[index.row()]
        if role == _Role.TextAlignmentRole:
            return _RIGHT if column is GLColumn.OTRAS else _LEFT
        if role == NEED_ROLE:
            is_need = column is GLColumn.FALTA
            return (line.need.tone, line.need.icon) if is_need else None
        if role == _Role.DisplayRole:
            return line.words(column)
        if role == _Role.ToolTipRole and column in (GLColumn.NOMBRE, GLColumn.FALTA):
            return line.words(column)
        if role == _Role.AccessibleTextRole:
            return f"{say(f'municipalidades.column_{column.value}')}: {line.words(column)}"
        return None
