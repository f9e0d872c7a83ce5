"""What is rarely done, under «⋯»."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget

from fichaat.gui.widgets.buttons import icon_button


class MoreMenu(QWidget):
    """A button that opens a menu, above it where there is no room below."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.button: QToolButton = icon_button("menu", name, self._open)
        self.menu = QMenu(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.button)

    def add(self, words: str, on_chosen: Callable[[], object]) -> QAction:
        """One more line."""
        made = QAction(words, self.menu)
        made.triggered.connect(lambda: on_chosen())
        self.menu.addAction(made)
        return made

    def _open(self) -> None:
        below = self.button.mapToGlobal(self.button.rect().bottomLeft())
        screen = self.button.screen().availableGeometry()
        size = self.menu.sizeHint()
        if below.y() + size.height() > screen.bottom():
            above = self.button.mapToGlobal(QPoint(0, 0))
            self.menu.popup(QPoint(above.x(), above.y() - size.height()))
        else:
            self.menu.popup(below)
