"""Typing as a person does: `QTest.keyClicks` ends the process at «ñ» on PySide6 6.12."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

_Key = Qt.Key
_NONE = Qt.KeyboardModifier.NoModifier
_NAMED = {"\n": _Key.Key_Return, "\t": _Key.Key_Tab}


def press(
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier = _NONE,
    text: str = "",
    *,
    to: QWidget | None = None,
) -> None:
    """A key goes down and up where the focus is."""
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        target = to or QApplication.focusWidget()
        assert target is not None, "nothing has the focus"
        QApplication.sendEvent(target, QKeyEvent(kind, key.value, modifiers, text))


def type_text(text: str, *, to: QWidget | None = None) -> None:
    """Letters, one by one, where the focus is at that moment."""
    for letter in text:
        if letter in _NAMED:
            press(_NAMED[letter], to=to)
            continue
        key = Qt.Key(ord(letter.upper())) if letter.isascii() else _Key.Key_unknown
        press(key, text=letter, to=to)


def compose(committed: str, preedit: str = "") -> None:
    """What a dead key or an input method hands over."""
    target = QApplication.focusWidget()
    assert target is not None
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(committed)
    QApplication.sendEvent(target, event)


def wheel(widget: QWidget, notches: int = -1) -> bool:
    """Turn the wheel over a widget; whether it kept the turn for itself."""
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        widget.mapToGlobal(middle),
        QPoint(0, 0),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        _NONE,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()
