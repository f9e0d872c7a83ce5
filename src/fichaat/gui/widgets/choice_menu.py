"""A choice opened over a cell."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from fichaat.gui.widgets.cells_model import Column

_LETTERS: Final = 80
"""Of a line; the cell then shows all of them."""


class ChoiceMenu(QMenu):
    """The options of a column; `triggered` gives an action whose data is the value."""

    def __init__(self, parent: QWidget, column: Column, held: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(column.title)
        self._group = QActionGroup(self)
        metrics = self.fontMetrics()
        room = metrics.averageCharWidth() * _LETTERS
        for value, words in column.choices():
            line = " ".join(words.split()).replace("&", "&&")
            action = self.addAction(metrics.elidedText(line, Qt.TextElideMode.ElideRight, room))
            action.setData(value)
            action.setCheckable(True)
            action.setChecked(value == held)
            self._group.addAction(action)

    def open_below(self, widget: QWidget, left: int, bottom: int) -> None:
        """At a place of the widget, what is chosen marked."""
        place = widget.mapToGlobal(widget.rect().topLeft())
        place.setX(place.x() + left)
        place.setY(place.y() + bottom)
        self.popup(place)
        chosen = self._group.checkedAction()
        if chosen is not None:
            self.setActiveAction(chosen)
