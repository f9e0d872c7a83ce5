"""What a page must have whatever it shows: names for all controls, whole words, no sideways way."""

from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QToolButton,
    QWidget,
)

from fichaat.gui.pages.firmas.people import PeopleStrip

_CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)


def _inside(page: QWidget) -> Iterator[QWidget]:
    for widget in page.findChildren(QWidget):
        if widget.isVisibleTo(page.window()) and not widget.objectName().startswith("qt_"):
            yield widget


_LOOKS = 100
"""What was shown last is laid out when events are handled: so many moments are allowed."""


def untidy(page: QWidget) -> list[str]:
    """Everything wrong with a page, once what came last is laid out."""
    cut, aside = clipped(page), sideways(page)
    for _ in range(_LOOKS):
        if not cut and not aside:
            break
        QTest.qWait(10)
        cut, aside = clipped(page), sideways(page)
    return [
        *(f"sin nombre: {item}" for item in unnamed(page)),
        *(f"cortado: {item}" for item in cut),
        *(f"de lado: {item}" for item in aside),
    ]


def unnamed(page: QWidget) -> list[str]:
    """Controls of which a screen reader could say nothing."""
    return [
        f"{type(widget).__name__} at {widget.mapTo(page, widget.rect().topLeft())}"
        for widget in _inside(page)
        if isinstance(widget, _CONTROLS)
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
    ]


def clipped(page: QWidget) -> list[str]:
    """Words that do not fit in the place they were given."""
    return [
        f"{type(widget).__name__} {_words(widget)!r}"
        for widget in _inside(page)
        if _words(widget) and (_is_clipped(widget) or _is_cut_off(widget, page))
    ]


def sideways(page: QWidget) -> list[str]:
    """Areas that could only be read by scrolling sideways."""
    found = []
    for widget in _inside(page):
        if isinstance(widget, QScrollArea):
            content = widget.widget()
            if content is not None and content.width() > widget.viewport().width():
                found.append(f"QScrollArea around {type(content).__name__}")
        if isinstance(widget, QAbstractScrollArea):
            bar: QScrollBar = widget.horizontalScrollBar()
            if bar.isVisible() and bar.maximum() > 0:
                found.append(f"{type(widget).__name__} {widget.accessibleName()}")
    return found


def _words(widget: QWidget) -> str:
    if isinstance(widget, QToolButton) and not widget.icon().isNull():
        return ""  # only its picture is shown
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    return ""


def _is_clipped(widget: QWidget) -> bool:
    if isinstance(widget, QLabel):
        if widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            longest = max(
                (widget.fontMetrics().horizontalAdvance(word) for word in widget.text().split()),
                default=0,
            )
            return needed > widget.height() or longest > widget.contentsRect().width()
        hint = widget.sizeHint()
        return hint.width() > widget.width() or hint.height() > widget.height()
    if isinstance(widget, QAbstractButton) and widget.isChecked():
        # What is chosen may be bold by the style sheet, of which no hint of size knows.
        bold = QFont(widget.font())
        bold.setBold(True)
        if QFontMetrics(bold).horizontalAdvance(widget.text()) > widget.width() - _icon(widget):
            return True
    # A frame of focus takes a pixel from the padding, never from the words.
    hint = widget.minimumSizeHint() if isinstance(widget, QAbstractButton) else widget.sizeHint()
    return hint.width() > widget.width() + 2 or hint.height() > widget.height() + 2


def _icon(widget: QAbstractButton) -> int:
    return 0 if widget.icon().isNull() else widget.iconSize().width()


def _is_cut_off(widget: QWidget, page: QWidget) -> bool:
    """Whether it stands out of what it stands in, where nobody can scroll to it."""
    inside = widget
    while inside is not page:
        around = inside.parentWidget()
        if around is None or isinstance(around.parentWidget(), QAbstractScrollArea | PeopleStrip):
            return False
        place = QRect(widget.mapTo(around, widget.rect().topLeft()), widget.size())
        if not around.rect().contains(place):
            return True
        inside = around
    return False
