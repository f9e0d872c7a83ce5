"""How the line of a pen is drawn: without corners, from the points it went through."""

from itertools import pairwise

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath


def _middle(a: QPointF, b: QPointF) -> QPointF:
    return (a + b) / 2


def next_piece(points: list[QPointF], *, begins: bool) -> QPainterPath:
    """From the middle of the step before to the middle of the last one, without a corner."""
    path = QPainterPath()
    if begins:
        path.moveTo(points[0])
        path.lineTo(_middle(points[0], points[1]))
    else:
        path.moveTo(_middle(points[0], points[1]))
        path.quadTo(points[1], _middle(points[1], points[2]))
    return path


def tail(points: list[QPointF]) -> QPainterPath:
    """From the middle of the last step to where the pen is; a tap is a dot."""
    path = QPainterPath()
    path.moveTo(points[0] if len(points) == 1 else _middle(points[0], points[1]))
    # A line of no length is drawn by its round ends; Qt draws nothing for a bare point.
    path.lineTo(points[-1] + QPointF(0.01, 0) if len(points) == 1 else points[-1])
    return path


def all_but_tail(points: list[QPointF]) -> QPainterPath:
    """A line but for its tail."""
    path = QPainterPath()
    if len(points) < 2:
        return path
    path.moveTo(points[0])
    path.lineTo(_middle(points[0], points[1]))
    for before, after in pairwise(points[1:]):
        path.quadTo(before, _middle(before, after))
    return path
