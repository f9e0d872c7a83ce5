"""Fields of one line that tell every keystroke and leave undo to the page.

Each has `typed(str)` at every change made by the person, `left()` when the focus moves on (not
when a menu or another window takes it for a moment), and `show_text`, which tells nothing and,
while the person is inside, does not take away a blank that was just typed.
"""

from datetime import date

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

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
from fichaat.gui.theme.theme import theme
from fichaat.gui.widgets.icons import SMALL
from fichaat.gui.widgets.typing_rules import (
    is_passing,
    is_undo,
    is_undo_event,
    same_typed,
    without_undo,
)


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
        if event.type() == QEvent.Type.ShortcutOverride and is_undo_event(event):
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
        self.setFocus(Qt.FocusReason.OtherFocusReason)

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


def _wide_enough(box: QWidget, sample: str, more: int = 0) -> None:
    """A short field never cuts what it is made for, however large the letters."""
    box.ensurePolished()
    box.setMinimumWidth(box.fontMetrics().horizontalAdvance(sample) + 30 + more)
