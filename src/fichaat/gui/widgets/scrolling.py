"""What is being written stays in sight, whatever grows above or below it."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

_ROOM = 12


def keep_in_sight(widget: QWidget, part: Callable[[], QRect]) -> None:
    """Scroll the page until this part of the widget is seen, once its new height is laid out."""
    QTimer.singleShot(0, widget, lambda: show_part(widget, part()))


def show_part(widget: QWidget, rect: QRect) -> None:
    """Scroll the page, no further than needed, until this part of the widget is seen."""
    area = page_of(widget)
    content = None if area is None else area.widget()
    if area is None or content is None:
        return
    # The page has its new height only once the layouts that wait have been done.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    bar, tall = area.verticalScrollBar(), area.viewport().height()
    top = widget.mapTo(content, rect.topLeft()).y() - _ROOM
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
