"""Icons inside widgets that follow the theme."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from fichaat.gui.theme.theme import theme

SMALL = 18
MEDIUM = 22
LARGE = 26


class IconLabel(QLabel):
    """A picture that only repeats what the words beside it say."""

    def __init__(self, meaning: str, color: str = "text2", size: int = SMALL) -> None:
        super().__init__()
        self._meaning, self._color, self._size = meaning, color, size
        self.setFixedSize(size, size)
        theme().changed.connect(self._draw)
        self._draw()

    def show_icon(self, meaning: str, color: str) -> None:
        """Another picture."""
        self._meaning, self._color = meaning, color
        self._draw()

    def _draw(self) -> None:
        drawn = theme().icon(self._meaning, self._color)
        self.setPixmap(drawn.pixmap(QSize(self._size, self._size), self.devicePixelRatio()))


def set_icon(button: QAbstractButton, meaning: str, color: str = "text", size: int = SMALL) -> None:
    """Give a button an icon that follows the theme; a second call replaces the first."""
    button.setProperty("icon_meaning", meaning)
    button.setProperty("icon_color", color)
    button.setIconSize(QSize(size, size))
    if not button.property("icon_follows"):
        button.setProperty("icon_follows", True)
        theme().changed.connect(_Redraw(button))
    button.setIcon(_icon_of(button))


def _icon_of(button: QWidget) -> QIcon:
    return theme().icon(str(button.property("icon_meaning")), str(button.property("icon_color")))


class _Redraw:
    """Draws a button's icon again; forgets buttons that are gone."""

    def __init__(self, button: QAbstractButton) -> None:
        self._button = button

    def __call__(self) -> None:
        from shiboken6 import isValid

        if isValid(self._button):
            self._button.setIcon(_icon_of(self._button))
