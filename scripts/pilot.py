"""Drives the real window as a person does: keys, clicks and strokes, through Qt's own events.

Used by scripts/tour.py and by the end-to-end tests. An *action* is a click, a shortcut or a menu
choice; typing, Tab, Enter, Space, arrows and strokes are not (that is how the work of one ficha is
counted).
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QDeadlineTimer, QEvent, QKeyCombination, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QWidget

W = TypeVar("W", bound=QWidget)

_STEP_MS = 10
_PATIENCE_MS = 20_000


class LostError(AssertionError):
    """What a person would look for is not in the window."""


class Pilot:
    """Hands and eyes over one window.

    Attributes:
        actions: what counts as an action, in order, by its name.
    """

    def __init__(self, window: QWidget, *, keyboard_only: bool = False) -> None:
        self._window = window
        self._keyboard_only = keyboard_only
        self.actions: list[str] = []
        self._activate(window)

    # eyes

    def until(self, seen: Callable[[], object], what: str) -> None:
        """Let the window work until something is so.

        Raises:
            LostError: it never was.
        """
        deadline = QDeadlineTimer(_PATIENCE_MS)
        while not seen():
            if deadline.hasExpired():
                raise LostError(f"never: {what}\n{self.screen_text()}")
            QTest.qWait(_STEP_MS)

    def find(self, name: str) -> QWidget | None:
        """The control that is called so (words on it, or its name for screen readers)."""
        for top in self._tops():
            for widget in top.findChildren(QWidget):
                if widget.isVisible() and widget.isEnabled() and name in _names(widget):
                    return widget
        return None

    def control(self, name: str) -> QWidget:
        """`find`, waiting for it.

        Raises:
            LostError: it never came.
        """
        self.until(lambda: self.find(name) is not None, f"a control called {name!r}")
        found = self.find(name)
        assert found is not None
        return found

    def shown(self, kind: type[W]) -> W:
        """The one widget of a kind that is seen, waiting for it.

        Raises:
            LostError: none came.
        """

        def seen() -> list[W]:
            return [w for top in self._tops() for w in top.findChildren(kind) if w.isVisible()]

        self.until(seen, f"a {kind.__name__}")
        return seen()[0]

    def reads(self, words: str) -> bool:
        """Whether these words stand somewhere in the window."""
        return words in self.screen_text()

    def wait_for(self, words: str) -> None:
        """Raises:
        LostError: the words never appeared.
        """
        self.until(lambda: self.reads(words), f"the words {words!r}")

    def screen_text(self) -> str:
        """Every word that labels and buttons show."""
        shown = (
            widget.text()
            for top in self._tops()
            for widget in top.findChildren(QWidget)
            if isinstance(widget, QLabel | QAbstractButton) and widget.isVisible()
        )
        return "\n".join(text for text in shown if text)

    def picture(self, path: Path) -> None:
        """A picture of the window as it is now."""
        QTest.qWait(50)
        path.parent.mkdir(parents=True, exist_ok=True)
        self._window.grab().save(str(path))

    # hands

    def click(self, name: str) -> None:
        """Press a control with the pointer (an action)."""
        widget = self.control(name)
        if self._keyboard_only:
            raise LostError(f"{name!r} was to be clicked, and only keys may be used")
        self.actions.append(f"clic: {name}")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center())

    def do(self, name: str, keys: str = "") -> None:
        """Press a control the way this pilot works: with the pointer, or with its keys, or going
        there with Tab and pressing Space.
        """
        if not self._keyboard_only:
            self.click(name)
        elif keys:
            self.shortcut(keys)
        else:
            self.tab_to(name)
            self.press(Qt.Key.Key_Space)

    def shortcut(self, keys: str) -> None:
        """Press a combination of keys (an action)."""
        self.actions.append(f"atajo: {keys}")
        combination: QKeyCombination = QKeySequence(keys)[0]  # type: ignore[index]  # not in stubs
        QTest.keyClick(self._focus(), combination.key(), combination.keyboardModifiers())
        QTest.qWait(_STEP_MS)

    def press(self, *keys: Qt.Key, shift: bool = False) -> None:
        """Tab, Enter, Space, arrows, Esc: they do not count."""
        modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        for key in keys:
            QTest.keyClick(self._focus(), key, modifier)
            QTest.qWait(_STEP_MS)

    def choose(self, words: str) -> None:
        """Take an entry of the menu that is open (an action).

        Raises:
            LostError: no menu is open, or it has no such entry.
        """
        self.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu), "an open menu")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        entry = next((a for a in menu.actions() if a.text().replace("&", "") == words), None)
        if entry is None:
            raise LostError(f"the menu has no {words!r}: {[a.text() for a in menu.actions()]}")
        self.actions.append(f"menú: {words}")
        menu.setActiveAction(entry)
        QTest.keyClick(menu, Qt.Key.Key_Return)
        QTest.qWait(_STEP_MS)

    def dialog_is(self, title: str) -> bool:
        """Whether a dialog with this title has the floor."""
        dialog = QApplication.activeModalWidget()
        return dialog is not None and title in dialog.windowTitle()

    def type(self, text: str) -> None:
        """Type into what has the focus, letter by letter."""
        for char in text:
            # QTest.keyClicks aborts on letters outside ASCII.
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, char)
                QApplication.sendEvent(self._focus(), event)
        QTest.qWait(_STEP_MS)

    def focus_is(self, name: str) -> bool:
        """Whether the focus is on the control that is called so."""
        widget = QApplication.focusWidget()
        return widget is not None and name in _names(widget)

    def tab_to(self, name: str, *, at_most: int = 60) -> None:
        """Go to a control with Tab alone.

        Raises:
            LostError: Tab does not lead there.
        """
        for _ in range(at_most):
            if self.focus_is(name):
                return
            self.press(Qt.Key.Key_Tab)
        raise LostError(f"Tab never reached {name!r}; it is at {_names(self._focus())}")

    def stroke(self, pad: QWidget, points: Sequence[tuple[float, float]]) -> None:
        """Draw with the pointer; points are parts of the pad's width and height."""
        places = [QPoint(round(x * pad.width()), round(y * pad.height())) for x, y in points]
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=places[0])
        for place in places[1:]:
            QTest.mouseMove(pad, place)
            _move(pad, place)
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=places[-1])

    def _focus(self) -> QWidget:
        if QApplication.focusWidget() is None:
            self._activate(self._tops()[-1])
        return QApplication.focusWidget() or self._window

    def _activate(self, top: QWidget) -> None:
        # A virtual screen has no window manager to give the keyboard to a window.
        top.activateWindow()
        QTest.qWaitForWindowActive(top)

    def _tops(self) -> list[QWidget]:
        """A dialog stands before the window, a menu or a list of suggestions before both."""
        popup = QApplication.activePopupWidget()
        top = QApplication.activeModalWidget() or self._window
        return [top] if popup is None else [popup, top]


def _move(pad: QWidget, place: QPoint) -> None:
    """A move with the button held: `QTest.mouseMove` tells of none."""
    from PySide6.QtGui import QMouseEvent

    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        pad.mapToGlobal(QPointF(place)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(pad, event)


def _names(widget: QWidget) -> set[str]:
    names = {widget.accessibleName()}
    if isinstance(widget, QAbstractButton):
        names.add(widget.text().strip())
    return {name for name in names if name}
