"""Tab goes from field to field as they stand on the paper, also to those that came later."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def chain(content: QWidget) -> None:
    """Give the controls inside the order in which they are laid out."""
    for before, after in pairwise(_controls(content)):
        QWidget.setTabOrder(before, after)


def _controls(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
        return
    layout = widget.layout()
    if layout is not None:
        yield from _laid(layout)


def _laid(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if item is None:
            continue
        inner, inside = item.widget(), item.layout()
        if inner is not None:
            yield from _controls(inner)
        elif inside is not None:
            yield from _laid(inside)
