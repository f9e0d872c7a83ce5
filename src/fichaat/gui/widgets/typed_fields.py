"""Inputs that tell every keystroke, never change under the wheel, and leave undo to the page.

Each has `typed(str)` at every change made by the person, `left()` when the focus moves on (not
when a menu or another window takes it for a moment), and `show_text`, which tells nothing and,
while the person is inside, does not take away a blank that was just typed.
"""

import math
from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from fichaat.domain.text import clean
from fichaat.domain.typed_text import (
    parse_date,
    parse_hour,
    parse_number,
    show_date,
    show_hour,
    show_number,
)
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.style import restyle, set_role
from fichaat.gui.theme.theme import theme
from fichaat.gui.theme.tokens import HEIGHT, RADIUS_SMALL
from fichaat.gui.widgets.icons import SMALL
from fichaat.gui.widgets.scrolling import keep_in_sight

_Reason = Qt.FocusReason
_PASSING: Final = frozenset(
    {_Reason.PopupFocusReason, _Reason.ActiveWindowFocusReason, _Reason.MenuBarFocusReason}
)
_TEXT_EDGES: Final = (4, 2, 4, 2)
"""What stands between the padding and the text, as in a line edit."""
_FEW: Final = 60
"""Blocks of a text that are measured one by one."""
_Control = Qt.KeyboardModifier.ControlModifier
_Shift = Qt.KeyboardModifier.ShiftModifier


def is_passing(event: QFocusEvent) -> bool:
    """Whether the focus comes back by itself: a menu was opened, another window looked at."""
    return event.reason() in _PASSING


def is_undo(event: QKeyEvent) -> bool:
    """Whether these keys ask for undo or redo, which belong to the page."""
    if event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo):
        return True
    pressed = event.modifiers() & ~_Shift
    return pressed == _Control and event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y)


def same_typed(typed: str, told: str) -> bool:
    """Whether a told text is what is typed, but for the blanks that a record drops."""
    return typed == told or clean(typed, multiline=True) == clean(told, multiline=True)


class LineBox(QLineEdit):
    """One line of text."""

    typed = Signal(str)
    left = Signal()

    def __init__(self, name: str, placeholder: str = "") -> None:
        super().__init__()
        self._showing = False
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setFont(font())
        self.textChanged.connect(self._on_text_changed)

    def show_text(self, text: str) -> None:
        """What the owner holds; the cursor stays where it was."""
        if text == self.text() or (self.hasFocus() and same_typed(self.text(), text)):
            return
        self._showing = True
        place = self.cursorPosition()
        self.setText(text)
        self.setCursorPosition(min(place, len(text)) if self.hasFocus() else 0)
        self._showing = False

    def replace_text(self, text: str) -> None:
        """As if the person had written this."""
        self.setText(text)

    def event(self, event: QEvent) -> bool:
        """Keys of undo are the page's, though a line edit would take them."""
        if event.type() == QEvent.Type.ShortcutOverride and _is_undo_event(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        if is_undo(event):
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        if not is_passing(event):
            self.settle()
            self.left.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        menu = self.createStandardContextMenu()
        without_undo(menu)
        menu.exec(event.globalPos())

    def sizeHint(self) -> QSize:  # noqa: N802
        """A field made for a short text asks for no more than it needs."""
        hint = super().sizeHint()
        return QSize(self.minimumWidth() or hint.width(), hint.height())

    def settle(self) -> None:
        """Write a readable text in its full form; nothing for a plain line."""

    def _on_text_changed(self, text: str) -> None:
        if not self._showing:
            self.typed.emit(text)


class HourField(LineBox):
    """«930», «9.30», «2:30 pm»; on leaving, 09:30."""

    def __init__(self, name: str) -> None:
        super().__init__(name, say("editor.field_hour"))
        _wide_enough(self, "00:00 pm")

    @property
    def value(self) -> str | None:
        """HH:MM, or None for what cannot be read."""
        return parse_hour(self.text())

    def settle(self) -> None:
        if self.value is not None:
            self.show_text(show_hour(self.value))


class DateField(LineBox):
    """«20/11», «20-11-26»; on leaving, 20/11/2026. Alt+Down or the button opens a calendar."""

    def __init__(self, name: str, today: date, *, ahead: bool = False) -> None:
        """`ahead`: a day without a year is the next one, as in a deadline."""
        super().__init__(name, say("editor.field_date"))
        self._today, self._ahead = today, ahead
        _wide_enough(self, "00/00/0000", SMALL + 10)
        self._open = QAction(say("editor.field_calendar"), self)
        self._open.triggered.connect(self.open_calendar)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        theme().changed.connect(self._draw_icon)
        self._draw_icon()

    @property
    def value(self) -> str | None:
        """YYYY-MM-DD, or None for what cannot be read."""
        return parse_date(self.text(), self._today, ahead=self._ahead)

    def settle(self) -> None:
        if self.value is not None:
            self.show_text(show_date(self.value))

    def open_calendar(self) -> None:
        """A month to choose a day from, below the field."""
        from fichaat.gui.widgets.calendar import CalendarPopup

        chosen = date.fromisoformat(self.value) if self.value else self._today
        popup = CalendarPopup(self, chosen, self._today)
        popup.day_chosen.connect(self._on_day_chosen)
        popup.open_below(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and event.key() == Qt.Key.Key_Down:
            self.open_calendar()
            return
        super().keyPressEvent(event)

    def _on_day_chosen(self, iso: str) -> None:
        self.setText(show_date(iso))
        self.setFocus(_Reason.OtherFocusReason)

    def _draw_icon(self) -> None:
        self._open.setIcon(theme().icon("fecha", "text2"))


class NumberField(LineBox):
    """A whole number, at the right."""

    def __init__(self, name: str, placeholder: str = "") -> None:
        super().__init__(name, placeholder)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    @property
    def value(self) -> int | None:
        """The number, or None for what cannot be read."""
        return parse_number(self.text())

    def settle(self) -> None:
        if self.value is not None:
            self.show_text(show_number(self.value))


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
        if event.type() == QEvent.Type.ShortcutOverride and _is_undo_event(event):
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


class NoWheelComboBox(QComboBox):
    """A choice from a list; the wheel scrolls the page, never the choice."""

    chosen = Signal(str)

    def __init__(self, name: str, options: Sequence[tuple[str, str]] = ()) -> None:
        """One line for each (value, words)."""
        super().__init__()
        self.setAccessibleName(name)
        self.setFont(font())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        set_role(self, "choice")
        self._widest: int | None = None
        self.activated.connect(lambda: self.chosen.emit(self.value))
        self.set_options(options)

    @property
    def value(self) -> str:
        """What is chosen; "" for nothing."""
        return str(self.currentData() or "")

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Other lines; the choice stays if it is still among them."""
        held = self.value
        if [(self.itemData(row), self.itemText(row)) for row in range(self.count())] == [*options]:
            return
        self.clear()
        for value, words in options:
            self.addItem(words, value)
        self._widest = None
        self.show_value(held)

    def show_value(self, value: str | None) -> None:
        """Show a choice without telling."""
        self.setCurrentIndex(self.findData(value or ""))

    def set_error(self, *, wrong: bool) -> None:
        """Show that the choice is missing or wrong."""
        restyle(self, state="error" if wrong else "")

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._widest = None

    def sizeHint(self) -> QSize:  # noqa: N802
        # A layout asks many times; there may be two hundred lines.
        if self._widest is None:
            metrics = self.fontMetrics()
            texts = map(self.itemText, range(self.count()))
            self._widest = max(map(metrics.horizontalAdvance, texts), default=0)
        return QSize(self._widest + SMALL + 34, max(HEIGHT, self.fontMetrics().lineSpacing() + 14))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(SMALL + 60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Drawn by hand: a combo box under a style sheet loses its arrow."""
        del event
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        tokens = theme().tokens
        enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        edge, wide = (tokens.strong if enabled else tokens.border), 1
        if option.state & QStyle.StateFlag.State_HasFocus:
            edge, wide = tokens.primary, 2
        elif self.property("state") == "error":
            edge, wide = tokens.error, 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(edge), wide))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        half = wide / 2
        painter.drawRoundedRect(
            self.rect().toRectF().adjusted(half, half, -half, -half), RADIUS_SMALL, RADIUS_SMALL
        )
        inside = self.rect().adjusted(12, 0, -(SMALL + 14), 0)
        painter.setPen(tokens.text if enabled else tokens.text3)
        words = self.currentText() or self.placeholderText()
        if not self.currentText():
            painter.setPen(tokens.text3)
        words = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        arrow = QRect(self.width() - SMALL - 10, (self.height() - SMALL) // 2, SMALL, SMALL)
        theme().icon("abajo", "text2" if enabled else "text3").paint(painter, arrow)
        painter.end()


def without_undo(menu: QMenu) -> None:
    """Take from a text's own menu what the page does for the whole ficha."""
    for action in menu.actions():
        if action.objectName() in ("edit-undo", "edit-redo"):
            menu.removeAction(action)
    first = menu.actions()[0] if menu.actions() else None
    if first is not None and first.isSeparator():
        menu.removeAction(first)


def _is_undo_event(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and is_undo(event)


def _wide_enough(box: QWidget, sample: str, more: int = 0) -> None:
    """A short field never cuts what it is made for, however large the letters."""
    box.ensurePolished()
    box.setMinimumWidth(box.fontMetrics().horizontalAdvance(sample) + 30 + more)
