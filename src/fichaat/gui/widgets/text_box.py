"""A box for several lines, with the signals of the typed fields (`typed_fields`)."""

import math
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QResizeEvent,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.tokens import HEIGHT
from fichaat.gui.widgets.scrolling import keep_in_sight
from fichaat.gui.widgets.typing_rules import (
    is_passing,
    is_undo,
    is_undo_event,
    same_typed,
    without_undo,
)

_TEXT_EDGES: Final = (4, 2, 4, 2)
"""What stands between the padding and the text, as in a line edit."""
_FEW: Final = 60
"""Blocks of a text that are measured one by one."""


class PlainTextBox(QPlainTextEdit):
    """Several lines; as tall as what it holds, so the page scrolls and never the box."""

    typed = Signal(str)
    left = Signal()

    def __init__(self, name: str, placeholder: str = "", lines: int = 2) -> None:
        """`lines`: how many are shown while it holds fewer."""
        super().__init__()
        self._told = ""
        self._showing = False
        self._lines = lines
        self._tall = 0
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setFont(font())
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.document().setDocumentMargin(0)
        self.setViewportMargins(*_TEXT_EDGES)
        self.textChanged.connect(self._on_text_changed)
        self.cursorPositionChanged.connect(self._on_cursor_moved)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(lambda: bar.setValue(0))

    def show_text(self, text: str) -> None:
        """What the owner holds; the cursor stays where it was."""
        if text == self._told or (self.hasFocus() and same_typed(self._told, text)):
            return
        self._told = text
        place = self.textCursor().position()
        self._showing = True
        self.setPlainText(text)
        self._showing = False
        self.put_cursor(place)

    def put_cursor(self, place: int) -> None:
        """Before this letter, or at the end."""
        cursor = self.textCursor()
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def replace_text(self, text: str) -> None:
        """As if the person had written this."""
        self.selectAll()
        self.insertPlainText(text)

    def wanted_height(self) -> int:
        """What its text needs at its width, without the edges."""
        document, layout = self.document(), self.document().documentLayout()
        first = layout.blockBoundingRect(document.firstBlock()).height()
        line = first / max(1, document.firstBlock().lineCount())
        tall = document.size().height() * line  # a plain text document counts in lines
        if document.blockCount() <= _FEW:
            # Exact, for letters of other fonts are taller.
            tall, block = first, document.firstBlock().next()
            while block.isValid():
                tall += layout.blockBoundingRect(block).height()
                block = block.next()
        return math.ceil(max(self._lines * line, tall))

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        edges = self.height() - self.viewport().height() if self.isVisible() else 18
        return QSize(200, max(HEIGHT, self.wanted_height() + edges))

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """As tall as at its present width: it asks again once it has another."""
        del width
        return self.sizeHint().height()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(80, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Keys of undo are the page's, though a text edit would take them."""
        if event.type() == QEvent.Type.ShortcutOverride and is_undo_event(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if is_undo(event):
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        if not is_passing(event):
            self.left.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        menu = self.createStandardContextMenu()
        without_undo(menu)
        menu.exec(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """The wheel scrolls the page."""
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._follow_height()

    def _on_text_changed(self) -> None:
        text = self.toPlainText()
        self._follow_height()
        # The document also changes while an input method composes, and its text does not.
        if text != self._told and not self._showing:
            self._told = text
            self.typed.emit(text)

    def _on_cursor_moved(self) -> None:
        if self.hasFocus():
            keep_in_sight(self, self.cursorRect)

    def _follow_height(self) -> None:
        tall = self.wanted_height()
        if tall != self._tall:
            self._tall = tall
            self.updateGeometry()
