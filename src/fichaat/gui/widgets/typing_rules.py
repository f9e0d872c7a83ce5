"""What every input that is typed into leaves to others, and what it does not tell twice.

Undo belongs to the page; a focus that comes back by itself has not left.
"""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu

from fichaat.domain.text import clean

_Reason = Qt.FocusReason
_PASSING: Final = frozenset(
    {_Reason.PopupFocusReason, _Reason.ActiveWindowFocusReason, _Reason.MenuBarFocusReason}
)
_Control = Qt.KeyboardModifier.ControlModifier
_Shift = Qt.KeyboardModifier.ShiftModifier


def is_passing(event: QFocusEvent) -> bool:
    """Whether the focus comes back by itself: a menu was opened, another window looked at."""
    return event.reason() in _PASSING


def is_undo(event: QKeyEvent) -> bool:
    """Whether these keys ask for undo or redo, which belong to the page."""
    if event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo):
        return True
    pressed = event.modifiers() & ~_Shift
    return pressed == _Control and event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y)


def is_undo_event(event: QEvent) -> bool:
    """The same of any event: Qt asks before it sends the keys."""
    return isinstance(event, QKeyEvent) and is_undo(event)


def without_undo(menu: QMenu) -> None:
    """Take from a text's own menu what the page does for the whole ficha."""
    for action in menu.actions():
        if action.objectName() in ("edit-undo", "edit-redo"):
            menu.removeAction(action)
    first = menu.actions()[0] if menu.actions() else None
    if first is not None and first.isSeparator():
        menu.removeAction(first)


def same_typed(typed: str, told: str) -> bool:
    """Whether a told text is what is typed, but for the blanks that a record drops."""
    return typed == told or clean(typed, multiline=True) == clean(told, multiline=True)
