"""A choice from a closed list, drawn in the colours of the theme."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox

from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.style import restyle, set_role
from fichaat.gui.theme.theme import theme
from fichaat.gui.theme.tokens import HEIGHT, RADIUS_SMALL
from fichaat.gui.widgets.icons import SMALL


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
