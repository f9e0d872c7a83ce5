"""Going through a page with Tab alone: everything is reached, nothing keeps the focus."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QButtonGroup,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

_AT_MOST = 600
_STOPS = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit)

Place = tuple[int, tuple[int, int]]


def focus_trouble(page: QWidget, *, in_sight: bool) -> list[str]:
    """What is wrong with where the focus is when a page was just opened; `in_sight`: without
    scrolling.
    """
    here = QApplication.focusWidget()
    if here is None:
        return ["nothing has the focus"]
    if here is not page and not page.isAncestorOf(here):
        return [f"the focus is outside, on {_name(here)}"]
    if not here.isVisible() or not here.isEnabled():
        return [f"the focus is on something unseen, {_name(here)}"]
    if in_sight and here.visibleRegion().isEmpty():
        return [f"what has the focus is out of sight, {_name(here)}"]
    return []


def walk(page: QWidget, each: Callable[[QWidget], None] = lambda _: None) -> list[str]:
    """Press Tab until the walk begins anew; what is wrong with it.

    `each` is called wherever the focus comes to.
    """
    window = page.window()
    first = _control(QApplication.focusWidget())
    met: list[QWidget] = []
    here = first
    for _ in range(_AT_MOST):
        before = _place()
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        if here is None:
            return ["Tab leads nowhere"]
        if _place() == before:
            return [f"Tab does not leave {_name(here)}"]
        if _control(here) is first and met and _control(met[-1]) is not first:
            return _unreached(page, [*met, here])
        if here not in met:
            met.append(here)
            each(here)
    return [f"the walk never comes back to {_name(first)}; it is at {_name(here)}"]


def _place() -> Place:
    """The control that has the focus, and in a table its cell."""
    control = _control(QApplication.focusWidget())
    if isinstance(control, QAbstractItemView):
        index = control.currentIndex()
        return id(control), (index.row(), index.column())
    return id(control), (-1, -1)


def _control(widget: QWidget | None) -> QWidget | None:
    """The table, for the editor of one of its cells."""
    around = widget
    while around is not None:
        if isinstance(around, QAbstractItemView):
            return around
        around = around.parentWidget()
    return widget


def _unreached(page: QWidget, met: list[QWidget]) -> list[str]:
    return [
        f"Tab never reaches {_name(widget)}"
        for widget in page.findChildren(QWidget)
        if isinstance(widget, _STOPS) and _wants_tab(widget) and widget not in met
    ]


def _wants_tab(widget: QWidget) -> bool:
    if not widget.isVisible() or not widget.isEnabled() or widget.focusProxy() is not None:
        return False
    if isinstance(widget, QAbstractButton):
        group: QButtonGroup | None = widget.group()
        # Of those that exclude one another Tab reaches one, and arrows the others.
        if (group is not None and group.exclusive()) or isinstance(widget, QRadioButton):
            return False
    return _takes_tab(widget) and _control(widget) is widget


def _name(widget: QWidget | None) -> str:
    words = widget.text() if isinstance(widget, QAbstractButton) else ""
    return f"{type(widget).__name__} {'' if widget is None else widget.accessibleName() or words!r}"


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
