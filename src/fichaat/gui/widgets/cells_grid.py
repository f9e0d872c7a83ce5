"""The grid of a table that is edited in place: its keys, its focus, and its editor."""

from collections.abc import Callable, Collection
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
)

from fichaat.gui.widgets.cell_editor import CellEditor, Way
from fichaat.gui.widgets.cells_layout import lines_of
from fichaat.gui.widgets.cells_model import CellsModel, Column, Index, Part, Spot
from fichaat.gui.widgets.cells_view import CellsView
from fichaat.gui.widgets.choice_menu import ChoiceMenu
from fichaat.gui.widgets.typing_rules import is_passing, is_undo

_Key = Qt.Key
_Trigger = QAbstractItemView.EditTrigger


class Grid(CellsView):
    """Cells by keyboard, in the order of the paper."""

    cell_left = Signal(int, str)
    add_asked = Signal()
    """Enter at the end of the last record."""
    remove_asked = Signal(int)
    pasted = Signal(object)
    """Lines of cells, from the current cell on."""
    going_out = Signal(bool)
    """Tab at an end of the table: forwards or back."""

    _visited: tuple[QPersistentModelIndex, str] | None = None
    """The cell that is to be told as left. Qt changes the current cell while it is made."""

    def __init__(self, name: str, model: CellsModel) -> None:
        super().__init__(name, model)
        self._again = False
        self.delegate.going.connect(self._on_editor_going)
        self.delegate.left.connect(self._close)
        self.width_changed.connect(self.fit)
        self.clicked.connect(self._on_clicked)

    def go(self, row: int, key: str) -> bool:
        """Make a cell the current one, with the focus; False if there is none such."""
        index = self.cells.place(row, key)
        if not index.isValid():
            return False
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setCurrentIndex(index)
        return True

    def move_by(self, step: int) -> bool:
        """To the next cell that can be written, or back; False at the ends."""
        cells = list(self.cells.editable_cells())
        index = self.currentIndex()
        if not cells or not index.isValid():
            return False
        places = [(place.row(), place.column()) for place in (self.cells.place(*c) for c in cells)]
        now = (index.row(), index.column())
        if step > 0:
            found = next((n for n, place in enumerate(places) if place > now), None)
        else:
            found = next((n for n in reversed(range(len(places))) if places[n] < now), None)
        return found is not None and self.go(*cells[found])

    # Editing

    def edit(  # type: ignore[override]
        self, index: Index, trigger: QAbstractItemView.EditTrigger, event: QEvent | None
    ) -> bool:
        """Open a cell; by a typed key, to replace what it holds."""
        if not index.isValid() or not self.cells.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        column = self.cells.spot(index).column
        if column is not None and column.kind == "choice":
            # Coming to a cell asks for nothing yet.
            if trigger != _Trigger.CurrentChanged:
                self._choose(index, column)
            return False
        self.delegate.replacing = trigger == _Trigger.AnyKeyPressed
        opened = super().edit(index, trigger, event)  # type: ignore[arg-type]
        if opened:
            self._visit(index)
        return opened

    def finish(self) -> None:
        """Close what is open; what was typed is kept."""
        if self.editor is not None:
            self._close(self.editor)

    def _open(self, index: Index) -> None:
        self.edit(index, _Trigger.EditKeyPressed, None)

    def _close(self, editor: CellEditor) -> None:
        if self.editor is not editor:
            return  # it is being closed, and lost the focus by that
        self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self._leave()
        self.fit_line(self.currentIndex())

    def _on_editor_going(self, editor: CellEditor, way: Way) -> None:
        self._close(editor)
        match way:
            case Way.NEXT:
                self._tab(forwards=True)
            case Way.BACK:
                self._tab(forwards=False)
            case Way.ENTER:
                self._enter()
            case Way.STAY:
                pass

    def _tab(self, *, forwards: bool) -> None:
        if not self.move_by(1 if forwards else -1):
            self.going_out.emit(forwards)

    def _enter(self) -> None:
        """On to the next cell; at the end of the last record, a new one unless it is blank."""
        if not self.move_by(1) and not self.cells.is_blank(self.cells.records - 1):
            self.add_asked.emit()

    def _choose(self, index: Index, column: Column) -> None:
        kept = QPersistentModelIndex(index)
        menu = ChoiceMenu(self, column, self.cells.text(self.cells.spot(index).row, column.key))
        menu.triggered.connect(
            lambda action: self.cells.setData(kept, action.data(), Qt.ItemDataRole.EditRole)
        )
        below = self.visualRect(index)
        menu.setMinimumWidth(below.width())
        menu.open_below(self.viewport(), below.left(), below.bottom() + 1)

    # Leaving a cell

    def _visit(self, index: Index) -> None:
        spot = self.cells.spot(index) if index.isValid() else None
        if spot is not None and spot.part is Part.CELL:
            self._visited = (QPersistentModelIndex(index), spot.key)

    def _leave(self) -> None:
        visited, self._visited = self._visited, None
        if visited is not None and visited[0].isValid():
            self.cell_left.emit(self.cells.spot(visited[0]).row, visited[1])

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802  # Qt's name
        super().currentChanged(current, previous)
        self._leave()
        if current.isValid() and self.hasFocus():
            self._visit(current)
        self.viewport().update()
        if current.isValid() and (self.hasFocus() or self.editor is not None):
            self.keep_current_in_sight()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Tab comes in at the first cell, Shift+Tab at the last."""
        super().focusInEvent(event)
        cells = list(self.cells.editable_cells())
        if cells and event.reason() == Qt.FocusReason.TabFocusReason:
            self.setCurrentIndex(self.cells.place(*cells[0]))
        elif cells and event.reason() == Qt.FocusReason.BacktabFocusReason:
            self.setCurrentIndex(self.cells.place(*cells[-1]))
        index = self.currentIndex()
        if index.isValid():
            self._visit(index)
            if not is_passing(event):
                self.keep_current_in_sight()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        self.viewport().update()
        now = QApplication.focusWidget()
        inside = now is not None and self.isAncestorOf(now)
        if not inside and not is_passing(event):
            self._leave()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001, N802
        """Tab goes through the cells and then out."""
        return self.move_by(1 if next else -1) or super().focusNextPrevChild(next)

    def leave(self, *, forwards: bool) -> None:
        """Out of the table, as Tab does."""
        super().focusNextPrevChild(forwards)

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        index = self.currentIndex()
        if not index.isValid() or is_undo(event) or not self._press(event, index):
            event.ignore()

    def _press(self, event: QKeyEvent, index: QModelIndex) -> bool:
        """Whether these keys mean something in this place."""
        spot, key = self.cells.spot(index), event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(str(index.data() or ""))
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._paste(spot, index, event)
        elif key in (_Key.Key_Return, _Key.Key_Enter, _Key.Key_F2):
            self._act(spot, index, adding=key != _Key.Key_F2)
        elif key == _Key.Key_Space and (spot.part is Part.REMOVE or _is_choice(spot)):
            self._act(spot, index, adding=False)
        elif key == _Key.Key_Delete and not event.modifiers():
            self._delete(spot, index)
        elif key == _Key.Key_Backspace and not event.modifiers():
            self._clear(spot, index)
        elif key in _ARROWS:
            super().keyPressEvent(event)
        elif _is_typing(event):
            return self.edit(index, _Trigger.AnyKeyPressed, event) or _is_choice(spot)
        else:
            return False
        return True

    def _act(self, spot: Spot, index: QModelIndex, *, adding: bool) -> None:
        cells = list(self.cells.editable_cells())
        last = bool(cells) and cells[-1] == (spot.row, spot.key)
        if spot.part is Part.REMOVE:
            self.remove_asked.emit(spot.row)
        elif adding and last and self._is_written(spot):
            self._enter()
        else:
            self._open(index)

    def _is_written(self, spot: Spot) -> bool:
        """Whether Enter means that this row is done; a choice at its end may stay empty."""
        if not _is_choice(spot):
            return bool(self.cells.text(spot.row, spot.key).strip())
        typed = (column.key for column in self.cells.columns if column.kind in _TYPED)
        return any(self.cells.text(spot.row, key).strip() for key in typed)

    def _delete(self, spot: Spot, index: QModelIndex) -> None:
        if not self.cells.fixed_rows:
            self.remove_asked.emit(spot.row)
        else:
            self._clear(spot, index)

    def _clear(self, spot: Spot, index: QModelIndex) -> None:
        if not _is_choice(spot):
            self.cells.setData(index, "", Qt.ItemDataRole.EditRole)

    def _paste(self, spot: Spot, index: QModelIndex, event: QKeyEvent) -> None:
        lines = lines_of(QGuiApplication.clipboard().text())
        if len(lines) > 1 or any(len(cells) > 1 for cells in lines) or _is_choice(spot):
            self.pasted.emit(lines)
        else:
            # The editor opens, hears the same keys and pastes over its chosen text.
            self.edit(index, _Trigger.AnyKeyPressed, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._again = (
            self.hasFocus() and self.indexAt(event.position().toPoint()) == self.currentIndex()
        )
        super().mousePressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        spot = self.cells.spot(index)
        if spot.part is Part.REMOVE and self.cells.flags(index) & Qt.ItemFlag.ItemIsEnabled:
            self.remove_asked.emit(spot.row)
        elif _is_choice(spot) or self._again:
            at = self.viewport().mapFromGlobal(self.cursor().pos())
            self._open(index)
            self._put_cursor(at)

    def _put_cursor(self, at: QPoint) -> None:
        editor = self.editor
        if editor is not None and editor.geometry().contains(at):
            inside = editor.viewport().mapFrom(self.viewport(), at)
            editor.setTextCursor(editor.cursorForPosition(inside))

    # Size

    def fit(self) -> None:
        """Side by side or stacked, widths by weight, every row as tall as its text."""
        if self.sizes.wants_stack() != self.cells.stacked:
            stacked = not self.cells.stacked
            self._relay(lambda: self.cells.stack(stacked=stacked))
            self.horizontalHeader().setVisible(not stacked)
        self.fit_rows()

    def show_columns(self, keys: Collection[str]) -> None:
        """Only those columns; what is open stays where none comes or goes."""
        if [column.key for column in self.cells.columns] != self.cells.known(keys):
            self._relay(lambda: self.cells.show_columns(keys))
            self.fit()

    def _relay(self, change: Callable[[], None]) -> None:
        """Change what the grid is made of; the current cell stays the current one."""
        here, cell = self.here, self.editor
        cursor = cell.textCursor().position() if cell is not None else 0
        self.finish()
        change()
        index = self.cells.place(*here) if here is not None else QModelIndex()
        if not index.isValid():
            return
        self.setCurrentIndex(index)
        if cell is not None:
            self._open(index)
            if self.editor is not None:
                self.editor.put_cursor(cursor)


_TYPED: Final = ("text", "line", "date", "number")
_ARROWS: Final = frozenset(
    {_Key.Key_Up, _Key.Key_Down, _Key.Key_Left, _Key.Key_Right, _Key.Key_Home, _Key.Key_End}
)
_ALT_GR: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_COMMANDS: Final = _ALT_GR | Qt.KeyboardModifier.MetaModifier


def _is_choice(spot: Spot) -> bool:
    return spot.column is not None and spot.column.kind == "choice" and spot.part is Part.CELL


def _is_typing(event: QKeyEvent) -> bool:
    """Whether a key writes something; AltGr arrives as Ctrl+Alt on some systems."""
    text = event.text()
    held = event.modifiers() & _COMMANDS
    return bool(text) and text.isprintable() and (not held or held == _ALT_GR)
