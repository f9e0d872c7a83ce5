"""A table that is edited in place: what the page puts in its cards.

The owner holds the records. The table shows them (`show_rows`) and tells every keystroke; a row
comes or goes only when the owner, asked by `row_added` or `row_removed`, shows its rows again.

To whoever builds the page: `head` holds the link *Añadir …* and may be moved beside the card's
title (`card.head.addWidget(table.head)`); the table becomes a stack of labelled lines by itself
where it is too narrow for its columns, so nobody has to tell it; `columns_visible(keys)` takes the
keys that are shown; `fixed` of `show_rows` names single cells that are only read.
`burst_began`/`burst_ended` surround the many edits of one paste, for one step of undo.
"""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fichaat.domain.text import fold
from fichaat.gui.text import say
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.cells_grid import Grid
from fichaat.gui.widgets.cells_model import Cell, CellsModel, Column, Problem

__all__ = ["Column", "TableEditor"]

_HINT_SHARE = 5
"""The hint beside the link is left out where it would take more than this part of the width."""


class TableEditor(QWidget):
    """Rows of texts; as tall as what they hold."""

    cell_edited = Signal(int, str, str)
    """Row, key, text: at every keystroke."""
    cell_left = Signal(int, str)
    """The cursor went elsewhere."""
    row_added = Signal(int)
    """A row is wanted there; once the owner shows it, its first cell has the focus."""
    row_removed = Signal(int)
    """This row is to go; the focus then goes to the one that follows."""
    burst_began = Signal()
    burst_ended = Signal()

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        add_words: str = "",
        *,
        numbered: bool = False,
        fixed_rows: bool = False,
        empty_words: str = "",
    ) -> None:
        """A table without rows.

        Args:
            name: what a screen reader says of the table.
            columns: from left to right.
            add_words: of the link that adds a row.
            numbered: whether a first column counts the rows.
            fixed_rows: whether rows neither come nor go by hand.
            empty_words: shown in place of the rows while there are none.
        """
        super().__init__()
        self._model = CellsModel(columns, numbered=numbered, fixed_rows=fixed_rows)
        self.grid = Grid(name, self._model)
        self.add_link = button(add_words, self.add_row, role="link", icon="mas")
        self.head = QWidget()
        row = QHBoxLayout(self.head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        self._hint = labels.hint(say("editor.table_enter"))
        row.addWidget(self._hint)
        row.addWidget(self.add_link)
        self._empty = labels.second(empty_words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(self._empty)
        column.addWidget(self.grid)
        self.head.setVisible(not fixed_rows)
        self._model.cell_edited.connect(self.cell_edited)
        self.grid.cell_left.connect(self.cell_left)
        self.grid.add_asked.connect(self.add_row)
        self.grid.remove_asked.connect(self.remove_row)
        self.grid.pasted.connect(self._on_pasted)
        self.grid.going_out.connect(self._on_going_out)
        self._show_empty()

    @property
    def rows(self) -> list[dict[str, str]]:
        """What is shown now."""
        return self._model.records_now()

    @property
    def here(self) -> Cell | None:
        """The current cell: (row, key)."""
        return self.grid.here

    def show_rows(
        self, rows: Sequence[Mapping[str, str]], *, fixed: Collection[Cell] = frozenset()
    ) -> None:
        """What the owner holds; the current cell, its cursor and an open editor stay."""
        self._model.show_rows(rows, fixed)
        self._show_empty()

    def set_problems(self, problems: Mapping[Cell, Problem]) -> None:
        """What is wrong: (row, key) -> (tone, sentence)."""
        self._model.set_problems(problems)

    def columns_visible(self, keys: Collection[str]) -> None:
        """Only these columns are shown."""
        self.grid.show_columns(keys)

    def focus_cell(self, row: int, key: str) -> bool:
        """Put the focus in a cell and bring it in sight; False if there is none such."""
        return self.grid.go(row, key)

    def add_row(self) -> None:
        """Ask for a row at the end, and put the focus in its first cell."""
        at = self._model.records
        self.row_added.emit(at)
        first = next((cell for cell in self._model.editable_cells() if cell[0] == at), None)
        if first is not None:
            self.grid.go(*first)

    def remove_row(self, row: int) -> None:
        """Ask to take a row away; the focus goes to the one that follows."""
        here, before = self.here, self._model.records
        self.grid.finish()
        self.row_removed.emit(row)
        left = self._model.records
        if left == before:
            return
        if not left:
            self.add_link.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            key = here[1] if here is not None else self._model.columns[0].key
            self.grid.go(min(row, left - 1), key)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        hint = self._hint.fontMetrics().horizontalAdvance(self._hint.text())
        self._hint.setVisible(self.width() > _HINT_SHARE * hint)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        if self.grid.window() is self.add_link.window():
            QWidget.setTabOrder(self.grid, self.add_link)

    def _show_empty(self) -> None:
        some = self._model.records > 0
        self.grid.setVisible(some)
        self._empty.setVisible(not some and bool(self._empty.text()))

    def _on_going_out(self, forwards: bool) -> None:  # noqa: FBT001  # a signal's argument
        self.grid.leave(forwards=forwards)

    def _on_pasted(self, lines: list[list[str]]) -> None:
        here = self.here
        if here is None:
            return
        self.burst_began.emit()
        columns = [column.key for column in self._model.columns]
        row, first = here[0], columns.index(here[1])
        for at, cells in enumerate(lines, start=row):
            if at >= self._model.records:
                if not self._model.fixed_rows:
                    self.row_added.emit(at)
                if at >= self._model.records:
                    break
            for column, text in zip(self._model.columns[first:], cells, strict=False):
                self._put(at, column, text)
        self.grid.go(*here)
        self.burst_ended.emit()

    def _put(self, row: int, column: Column, text: str) -> None:
        """One pasted cell; a choice is found by its words, and what is not one is left out."""
        if column.kind == "choice":
            wanted = fold(text.strip())
            found = (v for v, words in column.choices() if wanted in (fold(words), fold(v)))
            chosen = next(found, None)
            if chosen is None:
                return
            text = chosen
        elif column.kind != "text":
            text = " ".join(text.split())
        self._model.setData(self._model.place(row, column.key), text)
