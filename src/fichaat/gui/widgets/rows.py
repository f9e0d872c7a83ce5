"""Rows inside a card: a name before the data, what state it is in, what can be done."""

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QLayout,
    QSizePolicy,
    QStyle,
    QStyleOption,
    QVBoxLayout,
    QWidget,
)

from fichaat.gui.theme.style import set_role
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.icons import LARGE, IconLabel

EDGE = 8
"""Room at both sides of a row, for its edge when it has the focus."""


def named(name: str, rest: str = "") -> QLabel:
    """A bold name with what belongs to it: **Quinua** (Huamanga)."""
    made = labels.body()
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setText(f"<b>{escape(name)}</b> {escape(rest)}".strip())
    return made


def between() -> QWidget:
    """A thin line between two rows."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(EDGE, 0, EDGE, 0)
    row.addWidget(labels.line())
    return made


def two_lines(first: QLabel, detail: str) -> QWidget:
    """A name and, below, the data."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    column.addWidget(first)
    column.addWidget(labels.hint(detail))
    return made


def fill_row(
    layout: QHBoxLayout,
    icon: str | None,
    words: QWidget,
    *right: QWidget,
    beside: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter,
) -> None:
    """An icon, words that take the room, and what stands at the right while there is room."""
    layout.setContentsMargins(EDGE, 7, EDGE, 7)
    layout.setSpacing(10)
    if icon is not None:
        layout.addWidget(IconLabel(icon, "primary", LARGE), 0, beside)
    flow = FlowRow(spacing=12)
    flow.add(words, 1)
    if right:
        flow.add(_beside(right))
    layout.addLayout(flow, 1)


def _beside(widgets: tuple[QWidget, ...]) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    made.setMinimumHeight(2 * made.fontMetrics().lineSpacing())  # level with two lines of words
    for widget in widgets:
        row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    return made


class Row(QWidget):
    """One thing of a list in a card."""

    def __init__(
        self, icon: str | None, words: QWidget, *right: QWidget, tall: bool = False
    ) -> None:
        """`tall`: with more than two lines of words, the icon stands beside the first."""
        super().__init__()
        align = Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag.AlignVCenter
        fill_row(QHBoxLayout(self), icon, words, *right, beside=align)


class RowButton(QAbstractButton):
    """A row that opens something, by click, Enter or Space."""

    def __init__(
        self, name: str, on_click: Callable[[], object], words: QWidget, *right: QWidget
    ) -> None:
        super().__init__()
        set_role(self, "rowbutton")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        fill_row(QHBoxLayout(self), None, words, *right)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(lambda: on_click())

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return self._inside().sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return self._inside().minimumSize()

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        return self._inside().heightForWidth(width)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Only what the style sheet says of a row: hover and focus."""
        del event
        option = QStyleOption()
        option.initFrom(self)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter does what Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def _inside(self) -> QLayout:
        found = self.layout()
        assert found is not None  # made with it
        return found
