"""What is open over a cell while it is written, live at every keystroke."""

from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame

from fichaat.gui.theme.style import set_role
from fichaat.gui.widgets.text_box import PlainTextBox

PAD_H: Final = 10
PAD_V: Final = 7
EDGE: Final = 2
"""Of the cell: its text stands where the editor's stands."""

_Key = Qt.Key


class Way(Enum):
    """How an editor is left by keyboard."""

    STAY = auto()  # Esc: what was typed is kept
    NEXT = auto()  # Tab
    BACK = auto()  # Shift+Tab
    ENTER = auto()  # the next cell, or a new row at the end


class CellEditor(PlainTextBox):
    """A text in its cell; Enter goes on, Shift+Enter breaks the line."""

    going = Signal(Way)

    def __init__(self, name: str, placeholder: str, *, one_line: bool) -> None:
        super().__init__(name, placeholder, lines=1)
        self._one_line = one_line
        set_role(self, "cell")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewportMargins(PAD_H - EDGE, PAD_V - EDGE, PAD_H - EDGE, PAD_V - EDGE)

    def event(self, event: QEvent) -> bool:
        """Esc only closes the editor: no shortcut of the page hears it."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == _Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001, N802  # Qt's names
        """Tab follows the paper, cell by cell."""
        self.going.emit(Way.NEXT if next else Way.BACK)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key = event.key()
        if key == _Key.Key_Escape:
            self.going.emit(Way.STAY)
        elif key in (_Key.Key_Return, _Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not self._one_line:
                self.insertPlainText("\n")
            else:
                self.going.emit(Way.ENTER)
        elif key in (_Key.Key_PageUp, _Key.Key_PageDown):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        """Pasted lines become one where the cell holds one."""
        text = source.text()
        if self._one_line:
            text = " ".join(text.split())
        self.insertPlainText(text)
