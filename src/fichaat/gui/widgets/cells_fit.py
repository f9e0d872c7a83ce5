"""The sizes of a table that is edited in place: widths by weight, heights by content."""

from collections.abc import Callable
from typing import Final

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTableView

from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.tokens import SMALL_PT
from fichaat.gui.widgets.cell_editor import PAD_H, PAD_V, CellEditor
from fichaat.gui.widgets.cells_delegate import least_width
from fichaat.gui.widgets.cells_head import number_width
from fichaat.gui.widgets.cells_layout import share
from fichaat.gui.widgets.cells_model import CellsModel, Index, Part, Spot

_REMOVE_WIDTH: Final = 34
_LABEL_SHARE: Final = 0.36
"""Of a stacked record, at most."""


class Fit:
    """Gives the columns and rows of a grid their sizes."""

    def __init__(
        self, grid: QTableView, cells: CellsModel, cell_height: Callable[[Spot, int], int]
    ) -> None:
        self._grid = grid
        self._cells = cells
        self._cell_height = cell_height
        self._widths: list[int] = []
        self.tall = 0
        """Of the whole grid, its edges included."""

    def wants_stack(self) -> bool:
        """Whether the columns side by side would be too narrow to write in."""
        least = sum(least_width(column) for column in self._cells.columns)
        return least + self._number + self._remove > self._free

    def all(self) -> None:
        """Every width and height anew."""
        self._share_width()
        below = self._grid.verticalHeader()
        for line in range(self._cells.rowCount()):
            below.resizeSection(line, self._line_height(line, None))
        self._follow_height()

    def line(self, index: Index, editor: CellEditor | None) -> bool:
        """The height of one line, where an editor may be open; whether it changed."""
        if not index.isValid() or not self._widths:
            return False
        tall = self._line_height(index.row(), editor)
        if tall == self._grid.rowHeight(index.row()):
            return False
        self._grid.verticalHeader().resizeSection(index.row(), tall)
        self._follow_height()
        return True

    @property
    def _free(self) -> int:
        return self._grid.viewport().width() + 1  # the last line falls under the frame

    @property
    def _number(self) -> int:
        return number_width() if self._cells.numbered else 0

    @property
    def _remove(self) -> int:
        return 0 if self._cells.fixed_rows else _REMOVE_WIDTH

    @property
    def _label(self) -> int:
        metrics = QFontMetrics(font(SMALL_PT, bold=True))
        titles = (metrics.horizontalAdvance(f"00. {c.title}") for c in self._cells.columns)
        return min(max(titles, default=0) + 2 * PAD_H, int(self._free * _LABEL_SHARE))

    def _share_width(self) -> None:
        narrow = {Part.NUMBER: self._number, Part.LABEL: self._label, Part.REMOVE: self._remove}
        parts = self._cells.parts
        room = self._free - sum(narrow.get(part, 0) for part in parts)
        if self._cells.stacked:
            cells = iter([room])
        else:
            columns = self._cells.columns
            weights, least = [c.weight for c in columns], [least_width(c) for c in columns]
            cells = iter(share(room, weights, least))
        self._widths = [next(cells) if part is Part.CELL else narrow[part] for part in parts]
        for column, width in enumerate(self._widths):
            self._grid.setColumnWidth(column, width)

    def _line_height(self, line: int, editor: CellEditor | None) -> int:
        tall = 0
        for column, width in enumerate(self._widths):
            index = self._cells.index(line, column)
            if editor is not None and index == self._grid.currentIndex():
                tall = max(tall, editor.wanted_height() + 2 * PAD_V)
            else:
                tall = max(tall, self._cell_height(self._cells.spot(index), width - 1))
        return tall + 1

    def _follow_height(self) -> None:
        head = self._grid.horizontalHeader()
        above = 0 if head.isHidden() else head.sizeHint().height()
        tall = above + self._grid.verticalHeader().length() + 2 * self._grid.frameWidth() - 1
        if tall != self.tall:
            self.tall = tall
            self._grid.updateGeometry()
