"""A month to choose a day from, opened by a date field."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout, QWidget

from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.style import set_role
from fichaat.gui.theme.theme import theme


class CalendarPopup(QFrame):
    """Arrows and Enter or a click choose a day; Esc closes it and changes nothing."""

    day_chosen = Signal(str)
    """The day as YYYY-MM-DD."""

    def __init__(self, parent: QWidget, chosen: date, today: date) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_role(self, "inset")
        self._days = QCalendarWidget()
        self._days.setFont(font())
        self._days.setAccessibleName(say("editor.field_calendar"))
        self._days.setLocale(QLocale(QLocale.Language.Spanish, QLocale.Country.Peru))
        self._days.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self._days.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        plain = QTextCharFormat()
        plain.setForeground(QColor(theme().tokens.text))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self._days.setWeekdayTextFormat(day, plain)
        now = QTextCharFormat()
        now.setFontUnderline(True)
        self._days.setDateTextFormat(QDate(today.year, today.month, today.day), now)
        self._days.setSelectedDate(QDate(chosen.year, chosen.month, chosen.day))
        self._days.activated.connect(self._on_activated)
        self._days.clicked.connect(self._on_activated)
        for name, icon in (("prevmonth", "atras"), ("nextmonth", "siguiente")):
            turn = self._days.findChild(QToolButton, f"qt_calendar_{name}")
            if turn is not None:
                turn.setIcon(theme().icon(icon, "onprimary"))
        # The view's own hint leaves no room for the edge of focus and cuts the last week.
        line = self._days.fontMetrics().lineSpacing()
        self._days.setMinimumSize(7 * 3 * line, 8 * (line + 12))
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self._days)

    def open_below(self, field: QWidget) -> None:
        """Under the field, or above it where the screen ends."""
        self.adjustSize()
        below = field.mapToGlobal(QPoint(0, field.height() + 2))
        screen = field.screen().availableGeometry()
        if below.y() + self.height() > screen.bottom():
            below.setY(field.mapToGlobal(QPoint(0, -2)).y() - self.height())
        below.setX(max(screen.left(), min(below.x(), screen.right() - self.width())))
        self.move(below)
        self.show()
        self._days.setFocus()

    def _on_activated(self, day: QDate) -> None:
        # A click is told as a click and then as a choice: one is enough.
        self._days.blockSignals(True)
        self.day_chosen.emit(date(day.year(), day.month(), day.day()).isoformat())
        self.close()
