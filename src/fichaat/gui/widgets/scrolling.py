"""What is being written stays in sight, whatever grows above or below it."""

from PySide6.QtCore import QRect, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

_ROOM = 12


def keep_in_sight(widget: QWidget, rect: QRect) -> None:
    """Scroll the page until this part of the widget is seen, once its new height is laid out."""
    QTimer.singleShot(0, widget, lambda: show_part(widget, rect))


def show_part(widget: QWidget, rect: QRect) -> None:
    """Scroll the page, no further than needed, until this part of the widget is seen."""
    area = page_of(widget)
    if area is None:
        return
    bar, tall = area.verticalScrollBar(), area.viewport().height()
    top = widget.mapTo(area.widget(), rect.topLeft()).y() - _ROOM
    bottom = top + rect.height() + 2 * _ROOM
    if top < bar.value() or bottom - top > tall:
        bar.setValue(top)
    elif bottom > bar.value() + tall:
        bar.setValue(bottom - tall)


def page_of(widget: QWidget) -> QScrollArea | None:
    """The scrolled page that holds a widget."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above
