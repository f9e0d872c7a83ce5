"""Wrapped text in a cell: how tall it is, and its drawing. What was laid out once is kept."""

import math
from collections import OrderedDict
from collections.abc import Hashable
from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout, QTextOption

_LAYOUTS: Final = 128
_HEIGHTS: Final = 2048


class CellText:
    """Lays out wrapped texts of a few fonts."""

    def __init__(self) -> None:
        self._layouts: OrderedDict[Hashable, QTextLayout] = OrderedDict()
        self._heights: OrderedDict[Hashable, int] = OrderedDict()

    def height(self, text: str, font: QFont, width: int) -> int:
        """Of the text broken at this width."""
        key = (text, font.key(), width)
        found = self._heights.get(key)
        if found is None:
            found = _lay_out(text, font, width)[1]
            self._heights[key] = found
            if len(self._heights) > _HEIGHTS:
                self._heights.popitem(last=False)
        return found

    def draw(
        self, painter: QPainter, at: QPointF, text: str, font: QFont, width: int, *, color: str
    ) -> None:
        """The text broken at this width, its upper left corner at a point."""
        key = (text, font.key(), width)
        layout = self._layouts.pop(key, None)
        if layout is None:
            layout = _lay_out(text, font, width)[0]
        self._layouts[key] = layout
        if len(self._layouts) > _LAYOUTS:
            self._layouts.popitem(last=False)
        painter.setPen(QColor(color))
        layout.draw(painter, at)


def _lay_out(text: str, font: QFont, width: int) -> tuple[QTextLayout, int]:
    layout = QTextLayout(text.replace("\n", "\N{LINE SEPARATOR}"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        line.setPosition(QPointF(0, top))
        top += line.height()
    layout.endLayout()
    return layout, math.ceil(top)
