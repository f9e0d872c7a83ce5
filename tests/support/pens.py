"""Signing with a mouse, a pen or fingers: the events that Qt itself delivers."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QInputDevice,
    QMouseEvent,
    QPointingDevice,
    QPointingDeviceUniqueId,
    QTabletEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

Place = tuple[float, float]
NO_KEY = Qt.KeyboardModifier.NoModifier
NONE, LEFT = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
SIGNATURE: tuple[Place, ...] = ((0.2, 0.6), (0.3, 0.3), (0.4, 0.7), (0.55, 0.35), (0.8, 0.6))
"""As parts of the pad."""


def places(pad: QWidget, parts: Sequence[Place] = SIGNATURE) -> list[Place]:
    return [(x * pad.width(), y * pad.height()) for x, y in parts]


def mouse(
    pad: QWidget, kind: QEvent.Type, at: Place, *, button: Qt.MouseButton, held: Qt.MouseButton
) -> None:
    point = QPointF(*at)
    event = QMouseEvent(kind, point, pad.mapToGlobal(point), button, held, NO_KEY)
    QApplication.sendEvent(pad, event)


def press(pad: QWidget, at: Place) -> None:
    mouse(pad, QEvent.Type.MouseButtonPress, at, button=LEFT, held=LEFT)


def move(pad: QWidget, at: Place) -> None:
    mouse(pad, QEvent.Type.MouseMove, at, button=NONE, held=LEFT)


def release(pad: QWidget, at: Place) -> None:
    mouse(pad, QEvent.Type.MouseButtonRelease, at, button=LEFT, held=NONE)


def sign(pad: QWidget, parts: Sequence[Place] = SIGNATURE) -> None:
    """One line with the mouse."""
    at = places(pad, parts)
    press(pad, at[0])
    for place in at[1:]:
        move(pad, place)
    release(pad, at[-1])


STYLUS = QPointingDevice(
    "lápiz",
    77,
    QInputDevice.DeviceType.Stylus,
    QPointingDevice.PointerType.Pen,
    QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
    1,
    2,
    "",
    QPointingDeviceUniqueId.fromNumericId(5),
)
ERASER = QPointingDevice(
    "goma",
    78,
    QInputDevice.DeviceType.Stylus,
    QPointingDevice.PointerType.Eraser,
    QInputDevice.Capability.Position,
    1,
    2,
    "",
    QPointingDeviceUniqueId.fromNumericId(6),
)


def pen(
    pad: QWidget, kind: QEvent.Type, at: Place, device: QPointingDevice = STYLUS
) -> QTabletEvent:
    """One event of a pen; whether the pad took it is in the event."""
    point = QPointF(*at)
    down = kind != QEvent.Type.TabletRelease
    moving = kind == QEvent.Type.TabletMove
    event = QTabletEvent(
        kind,
        device,
        point,
        pad.mapToGlobal(point),
        0.5 if down else 0.0,
        10,
        -10,
        0.0,
        0.0,
        0.0,
        NO_KEY,
        NONE if moving else LEFT,
        LEFT if down else NONE,
    )
    QApplication.sendEvent(pad, event)
    return event


def sign_with_pen(pad: QWidget, parts: Sequence[Place] = SIGNATURE) -> None:
    at = places(pad, parts)
    pen(pad, QEvent.Type.TabletPress, at[0])
    for place in at[1:]:
        pen(pad, QEvent.Type.TabletMove, place)
    pen(pad, QEvent.Type.TabletRelease, at[-1])


class Fingers:
    """A touch screen; `down`, `to` and `up` each are one event with every finger on it."""

    def __init__(self, pad: QWidget) -> None:
        self._pad = pad
        self._device = QTest.createTouchDevice()

    def down(self, *fingers: Place) -> None:
        touch = QTest.touchEvent(self._pad, self._device, False)
        for number, at in enumerate(fingers):
            touch.press(number, _pixel(at), self._pad)
        touch.commit()

    def join(self, first: Place, second: Place) -> None:
        """A second finger comes down while the first rests."""
        touch = QTest.touchEvent(self._pad, self._device, False)
        touch.move(0, _pixel(first), self._pad)
        touch.press(1, _pixel(second), self._pad)
        touch.commit()

    def to(self, *fingers: Place) -> None:
        touch = QTest.touchEvent(self._pad, self._device, False)
        for number, at in enumerate(fingers):
            touch.move(number, _pixel(at), self._pad)
        touch.commit()

    def up(self, *fingers: Place) -> None:
        touch = QTest.touchEvent(self._pad, self._device, False)
        for number, at in enumerate(fingers):
            touch.release(number, _pixel(at), self._pad)
        touch.commit()

    def sign(self, parts: Sequence[Place] = SIGNATURE) -> None:
        at = places(self._pad, parts)
        self.down(at[0])
        for place in at[1:]:
            self.to(place)
        self.up(at[-1])


def _pixel(at: Place) -> QPoint:
    return QPoint(round(at[0]), round(at[1]))
