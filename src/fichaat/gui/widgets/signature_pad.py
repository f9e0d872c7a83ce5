"""A white pad to sign on, with a pen, a finger or the mouse.

Only where the line went is kept: neither when nor how hard (that would be biometric data).
"""

from typing import Final, cast

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from fichaat.domain.firma import Trazo
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.theme import theme
from fichaat.gui.theme.tokens import LIGHT, PAPER, RADIUS, SMALL_PT
from fichaat.gui.widgets.stroke_ink import all_but_tail, next_piece, tail
from fichaat.gui.widgets.stroke_sheet import Point, StrokeSheet

_INK: Final = "#12233B"
_PEN: Final = 3.6 / 960
"""Width of the ink, of the width of what it was first drawn on."""
_LINE_AT: Final = 0.68
"""How far down the line is on which one signs."""
_MARGIN: Final = 26
_ACCIDENT: Final = 14
"""A second finger this soon (pixels of line) means that nobody was signing."""

_MOUSE, _PEN_TIP = "mouse", "pen"
_TOUCHES = (
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TouchEnd,
    QEvent.Type.TouchCancel,
)


class SignaturePad(QWidget):
    """What is drawn stays through resizing, hiding and moving to another screen."""

    drawn = Signal()
    """What `trazo` gives is another: a line goes on, was cleared or came back."""
    line_ended = Signal()
    accepted = Signal()
    """Enter, while something is drawn."""
    became_full = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._sheet = StrokeSheet()
        self._ink: QPixmap | None = None
        """The finished part of every line, at the resolution of the screen."""
        self._held_by: str | int | None = None
        """What draws the present line: mouse, pen, or the number of a finger."""
        self._pen_near = False
        self._ignored_touch = False
        self._touched = False
        self._locked = False
        self._frozen = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)  # a move without a button tells of a release that was lost
        self.setCursor(Qt.CursorShape.CrossCursor)
        theme().changed.connect(self.update)
        self.show_signer("")

    # what the page asks

    def show_signer(self, name: str) -> None:
        """Whose signature it is: a screen reader says it."""
        self.setAccessibleName(say("firmas.pad_name", nombre=name))
        self._describe()

    def load(self, trazo: Trazo | None, *, locked: bool = False) -> None:
        """Show what was drawn before, or an empty pad; `locked` shows it only."""
        self._held_by = None
        self._locked = locked
        self._sheet.load(trazo)
        self.setCursor(Qt.CursorShape.ArrowCursor if locked else Qt.CursorShape.CrossCursor)
        self._redraw()

    def freeze(self, *, frozen: bool) -> None:
        """While what is drawn is written nothing is added to it."""
        self._frozen = frozen

    def trazo(self) -> Trazo | None:
        """What is drawn so far, the line under way included; None while nothing is."""
        return self._sheet.trazo()

    @property
    def empty(self) -> bool:
        return self._sheet.empty

    @property
    def can_restore(self) -> bool:
        """Whether `restore` brings something back."""
        return self._sheet.can_restore

    def clear(self) -> None:
        """Begin anew; `restore` takes it back."""
        self._held_by = None
        self._sheet.clear()
        self._redraw()
        self.drawn.emit()

    def restore(self) -> None:
        """What was cleared last."""
        self._sheet.restore()
        self._redraw()
        self.drawn.emit()

    # pen, finger, mouse

    def event(self, event: QEvent) -> bool:
        """Fingers, and a screen of another scale."""
        if event.type() in _TOUCHES:
            self._on_touch(cast(QTouchEvent, event))
            event.accept()
            return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._redraw()
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """A line begins."""
        if event.button() == Qt.MouseButton.LeftButton and not self._is_echo(event):
            self._begin(_MOUSE, event.position())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """It goes on, unless the button was let go where nobody told."""
        if self._held_by == _MOUSE:
            if event.buttons() & Qt.MouseButton.LeftButton:
                self._extend(event.position())
            else:
                self._end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton and self._held_by == _MOUSE:
            self._extend(event.position())
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:  # noqa: N802
        """A pen; its other end draws nothing. A hand resting on the glass is not a finger."""
        event.accept()
        kind = event.type()
        if event.pointerType() == QPointingDevice.PointerType.Eraser:
            return
        if kind == QEvent.Type.TabletPress and event.button() == Qt.MouseButton.LeftButton:
            if isinstance(self._held_by, int):
                self._drop()
            self._pen_near = True
            self._begin(_PEN_TIP, event.position())
        elif kind == QEvent.Type.TabletMove and self._held_by == _PEN_TIP:
            self._extend(event.position())
        elif kind == QEvent.Type.TabletRelease:
            self._pen_near = False
            if self._held_by == _PEN_TIP:
                self._extend(event.position())
                self._end()

    def _is_echo(self, event: QMouseEvent) -> bool:
        """A mouse event that only repeats a touch or a pen that was already heard."""
        kind = event.pointingDevice().type()
        if kind == QPointingDevice.DeviceType.TouchScreen:
            return self._touched
        return kind == QPointingDevice.DeviceType.Stylus and self._held_by is not None

    def _on_touch(self, event: QTouchEvent) -> None:
        """One finger draws; two never do."""
        self._touched = True
        points = event.points()
        kind = event.type()
        if kind == QEvent.Type.TouchBegin:
            self._ignored_touch = len(points) > 1 or self._pen_near
            if not self._ignored_touch:
                self._begin(points[0].id(), points[0].position())
            return
        if kind == QEvent.Type.TouchUpdate and len(points) > 1:
            self._on_second_finger()
        for point in points:
            if point.id() == self._held_by:
                self._extend(point.position())
                if point.state().name == "Released":
                    self._end()
        if kind in (QEvent.Type.TouchEnd, QEvent.Type.TouchCancel):
            self._ignored_touch = False
            if isinstance(self._held_by, int):
                self._end()

    def _on_second_finger(self) -> None:
        """Right after the first it is a gesture, whose trace goes; later it is a resting hand."""
        if isinstance(self._held_by, int) and self._length() < _ACCIDENT:
            self._drop()

    def _length(self) -> float:
        line = [self._sheet.to_pad(point) for point in self._sheet.lines[-1]]
        xs, ys = [x for x, _ in line], [y for _, y in line]
        return max(max(xs) - min(xs), max(ys) - min(ys))

    # lines

    def _begin(self, holder: str | int, at: QPointF) -> None:
        fingers = isinstance(holder, int) and isinstance(self._held_by, int)
        if fingers or self._held_by == holder:
            self._end()  # nobody told that the line before had ended
        if self._locked or self._frozen or self._held_by is not None:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if not self._sheet.begin(at.x(), at.y()):
            self.became_full.emit()
            return
        self._held_by = holder
        self.update()
        self.drawn.emit()

    def _extend(self, at: QPointF) -> None:
        self._inked()  # made before the piece that is added to it
        if not self._sheet.extend(at.x(), at.y()):
            return
        points = self._pad_points(self._sheet.lines[-1][-3:])
        self._ink_on(next_piece(points, begins=len(self._sheet.lines[-1]) == 2))
        self._update_around(points)
        self.drawn.emit()

    def _end(self) -> None:
        self._held_by = None
        points = self._pad_points(self._sheet.lines[-1][-2:])
        self._ink_on(tail(points))
        self._update_around(points)
        self._describe()
        self.drawn.emit()
        self.line_ended.emit()
        if self._sheet.full:
            self.became_full.emit()

    def _drop(self) -> None:
        """The line under way was an accident."""
        self._held_by = None
        self._sheet.drop_line()
        self._redraw()
        self.drawn.emit()

    def _pad_points(self, line: list[Point]) -> list[QPointF]:
        return [QPointF(*self._sheet.to_pad(point)) for point in line]

    # painting

    def _pen(self) -> QPen:
        width = min(5.0, max(1.8, self._sheet.first_on_pad.width * _PEN))
        made = QPen(QColor(_INK), width)
        made.setCapStyle(Qt.PenCapStyle.RoundCap)
        made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return made

    def _ink_on(self, path: QPainterPath) -> None:
        ink = self._inked()
        painter = QPainter(ink)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._pen())
        painter.drawPath(path)
        painter.end()

    def _inked(self) -> QPixmap:
        """The finished part of every line, drawn anew only where the screen asks for it."""
        ratio = self.devicePixelRatioF()
        if self._ink is not None and self._ink.devicePixelRatio() == ratio:
            return self._ink
        self._ink = QPixmap((self.size().toSizeF() * ratio).toSize().expandedTo(QSize(1, 1)))
        self._ink.setDevicePixelRatio(ratio)
        self._ink.fill(Qt.GlobalColor.transparent)
        path = QPainterPath()
        for number, line in enumerate(self._sheet.lines):
            points = self._pad_points(line)
            path.addPath(all_but_tail(points))
            under_way = self._held_by is not None and number == len(self._sheet.lines) - 1
            if not under_way:
                path.addPath(tail(points[-2:]))
        self._ink_on(path)
        return self._ink

    def _redraw(self) -> None:
        self._ink = None
        self._describe()
        self.update()

    def _update_around(self, points: list[QPointF]) -> None:
        xs, ys = [p.x() for p in points], [p.y() for p in points]
        box = QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
        self.update(box.adjusted(-8, -8, 8, 8).toAlignedRect())

    def _describe(self) -> None:
        lines = len(self._sheet.lines)
        code = "firmas.pad_empty" if lines == 0 else "firmas.pad_drawn"
        self.setAccessibleDescription(say(code, cantidad=lines))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """White in the dark too: it is the paper."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_edge(painter)
        if not self._locked:
            self._paint_guides(painter)
        painter.drawPixmap(QPointF(0, 0), self._inked())
        if self._held_by is not None:
            painter.setPen(self._pen())
            painter.drawPath(tail(self._pad_points(self._sheet.lines[-1][-2:])))
        painter.end()

    def _paint_edge(self, painter: QPainter) -> None:
        tokens = theme().tokens
        thick = 3.0 if self.hasFocus() else 1.5
        painter.setPen(QPen(QColor(tokens.primary if self.hasFocus() else tokens.strong), thick))
        painter.setBrush(QColor(PAPER))
        inside = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.drawRoundedRect(inside, RADIUS, RADIUS)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_guides(self, painter: QPainter) -> None:
        """The hint, and the line that stays where it was under what is drawn."""
        painter.setFont(font(SMALL_PT))
        painter.setPen(QColor(LIGHT.text3))
        room = self.rect().adjusted(_MARGIN, 18, -_MARGIN, -18)
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
        painter.drawText(room, int(wrap), say("firmas.pad_hint"))
        first = self._sheet.first_on_pad
        y = first.y + first.height * _LINE_AT
        left, right = first.x + _MARGIN + 44, first.x + first.width - _MARGIN - 44
        painter.setPen(QPen(QColor(LIGHT.strong), 1.2, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(left, y), QPointF(right, y))
        painter.setPen(QPen(QColor(LIGHT.strong), 1.6))
        cross = QPointF(left - 18, y - 12)
        for step in (QPointF(5, 5), QPointF(5, -5)):
            painter.drawLine(cross - step, cross + step)

    # the rest of Qt

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """What is drawn keeps its shape, also in the middle of a line."""
        super().resizeEvent(event)
        self._sheet.fit(self.width(), self.height())
        self._redraw()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """A line whose end nobody will tell ends here."""
        super().hideEvent(event)
        if self._held_by is not None:
            self._end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter accepts what is drawn, Ctrl+Z takes back what was cleared."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.empty:
            self.accepted.emit()
        elif event.matches(QKeySequence.StandardKey.Undo) and self.can_restore:
            self.restore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(640, 360)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(220, 110)
