"""A table of thousands of rows that is edited in place.

As `table_editor`, for lists that are too long to stand in a page: it has a height of its own and
scrolls inside, rows have one height but where a text does not fit, and Tab leaves it at the end of
a row: otherwise it would take thousands of keys to come to what stands below.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QTableView, QVBoxLayout, QWidget

from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.tokens import HEIGHT_ROW
from fichaat.gui.widgets.cell_editor import PAD_V, CellEditor
from fichaat.gui.widgets.cells_fit import Fit
from fichaat.gui.widgets.cells_grid import Grid
from fichaat.gui.widgets.cells_model import Cell, CellsModel, Column, Index, Problem

_ROWS_SEEN: Final = 4
"""However small the window is."""
_PAGES: Final = frozenset({Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class LongModel(CellsModel):
    """Rows that come all at once."""

    def show_all(self, rows: Sequence[Mapping[str, str]]) -> None:
        """These instead: nobody is told of each cell."""
        self.beginResetModel()
        self._rows = [dict(row) for row in rows]
        self._problems = {}
        self.endResetModel()

    def put(self, row: int, key: str, text: str) -> None:
        """Another text in one cell, told to nobody but who draws it."""
        if self.text(row, key) != text:
            self._rows[row][key] = text
            self._tell(row, key)


class LongFit(Fit):
    """One height for all rows; those that are seen get what their texts need."""

    def __init__(self, grid: "LongGrid", cells: CellsModel, *, stacked: bool) -> None:
        super().__init__(grid, cells, grid.delegate.cell_height)
        self._stacked = stacked
        self._fitted: set[int] = set()
        self._fitting = False

    def wants_stack(self) -> bool:
        """Also where the columns are too many for any window."""
        return self._stacked or super().wants_stack()

    def forget(self) -> None:
        """The rows are others: all have the usual height again."""
        self._fitted.clear()

    def all(self) -> None:
        """Widths anew, and the heights of the rows that are seen."""
        self._share_width()
        below = self._grid.verticalHeader()
        usual = max(HEIGHT_ROW, QFontMetrics(font()).height() + 2 * PAD_V) + 1
        if below.defaultSectionSize() != usual:
            below.setDefaultSectionSize(usual)
        self._fitted.clear()
        self.seen()

    def seen(self) -> None:
        """The rows in sight as tall as their texts."""
        if self._fitting or not self._widths:
            return
        self._fitting = True  # a height that changes moves the bar, which asks again
        below, lines = self._grid.verticalHeader(), self._cells.rowCount()
        line = max(0, self._grid.rowAt(0))
        while line < lines and below.sectionViewportPosition(line) < self._grid.height():
            if line not in self._fitted:
                self._fitted.add(line)
                below.resizeSection(line, self._line_height(line, None))
            line += 1
        self._fitting = False
        self._follow_height()

    def line(self, index: Index, editor: CellEditor | None) -> bool:
        """As in a short table; a row that nobody sees waits until somebody does."""
        if not index.isValid() or index.row() >= self._cells.rowCount():
            return False
        if editor is None and index.row() not in self._fitted:
            return False
        return super().line(index, editor)

    def _follow_height(self) -> None:
        """It scrolls: its height is the page's to give, but no more than its rows need."""
        head = self._grid.horizontalHeader()
        above = 0 if head.isHidden() else head.sizeHint().height()
        tall = above + self._grid.verticalHeader().length() + 2 * self._grid.frameWidth()
        if tall != self._grid.maximumHeight():
            self._grid.setMaximumHeight(tall)


class LongGrid(Grid):
    """Cells by keyboard, in sight by scrolling inside."""

    def __init__(self, name: str, model: LongModel, *, stacked: bool) -> None:
        super().__init__(name, model)
        self.sizes = self._long = LongFit(self, model, stacked=stacked)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        model.modelReset.connect(self._on_reset)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._fit_seen())

    def go(self, row: int, key: str) -> bool:
        """Also where the cell is the current one already: it may have been scrolled away."""
        found = super().go(row, key)
        if found:
            self.keep_current_in_sight()
        return found

    def move_by(self, step: int) -> bool:
        """To the next cell that can be written, without looking at all of them."""
        here = self.here
        columns = self.cells.columns
        if here is None:
            return False
        keys = [column.key for column in columns]
        at = here[0] * len(keys) + keys.index(here[1])
        last = self.cells.records * len(keys)
        while 0 <= (at := at + step) < last:
            row, place = divmod(at, len(keys))
            if self.cells.is_editable(row, columns[place]):
                return self.go(row, keys[place])
        return False

    def keep_current_in_sight(self) -> None:
        """Scroll inside, also once what was shown just now is laid out; and then the page."""
        self._scroll_there()
        QTimer.singleShot(0, self, self._scroll_there)
        super().keep_current_in_sight()

    def _scroll_there(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            QTableView.scrollTo(self, index)
            self._fit_seen()
            QTableView.scrollTo(self, index)  # rows above it may have grown

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """A few rows: it takes whatever height there is, and the page need not scroll besides."""
        head = self.horizontalHeader()
        above = 0 if head.isHidden() else head.sizeHint().height()
        lines = min(self.cells.rowCount(), _ROWS_SEEN)
        tall = self.verticalHeader().defaultSectionSize()
        return QSize(200, above + lines * tall + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(120, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in _PAGES and self.currentIndex().isValid():
            QTableView.keyPressEvent(self, event)
            QTableView.scrollTo(self, self.currentIndex())
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """The wheel scrolls the table, and at its ends the page."""
        QTableView.wheelEvent(self, event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The cell that was the current one still is; else the first."""
        before = self.here
        super().focusInEvent(event)
        if before is None and not self.currentIndex().isValid() and self.cells.records:
            before = (0, self.cells.columns[0].key)
        if before is not None:
            self.setCurrentIndex(self.cells.place(*before))

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001, N802
        """Tab goes to the end of the row and then out."""
        here = self.here
        if here is not None and self._within_row(here, 1 if next else -1):
            return True
        return QTableView.focusNextPrevChild(self, next)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit_seen()
        if self.hasFocus():
            self._scroll_there()

    def _fit_seen(self) -> None:
        self._long.seen()

    def _on_reset(self) -> None:
        self._long.forget()
        self.fit_rows()

    def _within_row(self, here: Cell, step: int) -> bool:
        columns = self.cells.columns
        keys = [column.key for column in columns]
        place = keys.index(here[1])
        while 0 <= (place := place + step) < len(keys):
            if self.cells.is_editable(here[0], columns[place]):
                return self.go(here[0], keys[place])
        return False


class LongTable(QWidget):
    """Rows of texts. The owner holds the records and shows those that it wants to."""

    cell_edited = Signal(int, str, str)
    """Row, key, text: at every keystroke."""
    cell_left = Signal(int, str)
    row_wanted = Signal()
    """One more at the end."""
    row_removed = Signal(int)
    pasted = Signal(int, str, object)
    """Row, key, lines of cells."""

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        *,
        fixed_rows: bool = False,
        stacked: bool = False,
    ) -> None:
        """A table without rows.

        Args:
            name: what a screen reader says of it.
            columns: from left to right.
            fixed_rows: nothing can be changed: all columns should be fixed, too.
            stacked: its columns always stand below each other.
        """
        super().__init__()
        self.model = LongModel(columns, numbered=False, fixed_rows=fixed_rows)
        self.grid = LongGrid(name, self.model, stacked=stacked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid, 1000)
        column.addStretch(1)  # what few rows leave
        self.model.cell_edited.connect(self.cell_edited)
        self.grid.cell_left.connect(self.cell_left)
        self.grid.add_asked.connect(self.row_wanted)
        self.grid.remove_asked.connect(self._on_remove)
        self.grid.pasted.connect(self._on_pasted)
        self.grid.going_out.connect(lambda forwards: self.grid.leave(forwards=forwards))

    @property
    def rows(self) -> list[dict[str, str]]:
        """What is shown now."""
        return self.model.records_now()

    def show_rows(self, rows: Sequence[Mapping[str, str]]) -> None:
        """What the owner holds; the current cell stays where there still is one."""
        here, focused = self.grid.here, self.grid.hasFocus()
        self.grid.finish()
        self.model.show_all(rows)
        if here is not None and here[0] < len(rows):
            self.grid.setCurrentIndex(self.model.place(*here))
            if focused:
                self.grid.keep_current_in_sight()

    def show_cell(self, row: int, key: str, text: str) -> None:
        """Another text in one cell."""
        self.model.put(row, key, text)

    def set_problems(self, problems: Mapping[Cell, Problem]) -> None:
        """What is wrong: (row, key) -> (tone, sentence)."""
        self.model.set_problems(problems)

    def focus_cell(self, row: int, key: str) -> bool:
        """Put the focus in a cell and bring it in sight; False if there is none such."""
        return self.grid.go(row, key)

    def _on_remove(self, row: int) -> None:
        self.grid.finish()
        self.row_removed.emit(row)

    def _on_pasted(self, lines: list[list[str]]) -> None:
        here = self.grid.here
        if here is not None and not self.model.fixed_rows:
            self.pasted.emit(here[0], here[1], lines)
