"""One choice among a few, each with what it means below it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from fichaat.gui.theme.fonts import font
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.icons import SMALL, set_icon

_INDENT = 26
"""Where the words of a radio button begin."""


class Option(QWidget):
    """A radio button; the whole row is its target."""

    def __init__(self, name: str, detail: QWidget, icon: str | None = None) -> None:
        """`detail` stands below the name; a screen reader says it after it."""
        super().__init__()
        self.radio = QRadioButton(name)
        self.radio.setFont(font())
        self.detail = detail
        if icon is not None:
            set_icon(self.radio, icon, "text2", SMALL)
        below = QHBoxLayout()
        below.setContentsMargins(_INDENT, 0, 0, 0)
        below.addWidget(detail)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 3, 0, 3)
        column.setSpacing(1)
        column.addWidget(self.radio)
        column.addLayout(below)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """A click beside the circle means the circle."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.radio.click()
            self.radio.setFocus()


class Options(QWidget):
    """Rows of which one is chosen; arrows move the choice."""

    def __init__(self, name: str, on_chosen: Callable[[int], object]) -> None:
        super().__init__()
        self._name = name
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(lambda number: on_chosen(number))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setAccessibleName(name)
        self.rows: list[Option] = []

    def show_options(self, rows: Sequence[Option], chosen: int) -> None:
        """These instead of what was there; the focus stays where it was."""
        focused = next((n for n, row in enumerate(self.rows) if row.radio.hasFocus()), None)
        for row in self.rows:
            self._group.removeButton(row.radio)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = list(rows)
        for number, row in enumerate(rows):
            row.radio.setAccessibleName(f"{self._name}: {row.radio.text()}")
            self._group.addButton(row.radio, number)
            self._column.addWidget(row)
        self.rows[chosen].radio.setChecked(True)
        if focused is not None:
            self.rows[min(focused, len(rows) - 1)].radio.setFocus()


def words(text: str) -> QWidget:
    """A detail in words, which wraps."""
    return labels.hint(text)
