"""Texts offered under a field while it is written: accents and case do not matter.

The field keeps the focus and its keys. Down goes into the list, Enter or Tab takes what was chosen
there, Esc only closes the list; who ignores it writes on as if it were not there.
"""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from fichaat.domain.text import fold
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.style import set_role
from fichaat.gui.widgets.scrolling import page_of
from fichaat.gui.widgets.text_box import PlainTextBox
from fichaat.gui.widgets.typed_fields import LineBox

MOST: Final = 6
LEAST_LETTERS: Final = 2
_WIDE: Final = 280
_Key = Qt.Key
_KEYS: Final = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)


class Suggest(QObject):
    """Offers, under a field, what begins with or holds what is typed in it."""

    def __init__(self, box: LineBox | PlainTextBox, source: Callable[[], Sequence[str]]) -> None:
        super().__init__(box)
        self._box = box
        self._source = source
        self._list: QListWidget | None = None
        self._taking = False
        box.typed.connect(self._on_typed)
        box.left.connect(self.close)
        box.installEventFilter(self)

    @property
    def offered(self) -> list[str]:
        """What is shown now."""
        shown = self._list
        if shown is None or not shown.isVisible():
            return []
        return [str(shown.item(n).data(_FULL)) for n in range(shown.count())]

    def close(self) -> None:
        """Offer nothing more until something else is typed."""
        if self._list is not None:
            self._list.hide()
            self._box.setAccessibleDescription("")

    def eventFilter(self, box: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        shown = self._list
        if shown is None or not shown.isVisible():
            return super().eventFilter(box, event)
        if event.type() == QEvent.Type.Hide:
            self.close()
        if event.type() not in _KEYS or not isinstance(event, QKeyEvent):
            return super().eventFilter(box, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(event.key() == _Key.Key_Escape)
            return event.isAccepted()
        return self._press(event.key(), shown)

    def _press(self, key: int, shown: QListWidget) -> bool:
        row = shown.currentRow()
        if key == _Key.Key_Down:
            shown.setCurrentRow(min(row + 1, shown.count() - 1))
        elif key == _Key.Key_Up and row >= 0:
            shown.setCurrentRow(row - 1)
        elif key == _Key.Key_Escape:
            self.close()
        elif key in (_Key.Key_Return, _Key.Key_Enter) and row >= 0:
            self._take(shown.item(row))
        elif key == _Key.Key_Tab and row >= 0:
            self._take(shown.item(row))
            return False  # and on to the next field
        else:
            return False
        return True

    def _on_typed(self, text: str) -> None:
        found = [] if self._taking else matches(text, self._source())
        if not found:
            self.close()
            return
        shown = self._made()
        shown.clear()
        for full in found:
            item = QListWidgetItem(" ".join(full.split()))
            item.setData(_FULL, full)
            shown.addItem(item)
        shown.setCurrentRow(-1)
        self._box.setAccessibleDescription(say("editor.field_suggestions", cantidad=len(found)))
        shown.show()
        shown.raise_()
        self._place()

    def _take(self, item: QListWidgetItem) -> None:
        self._taking = True
        self._box.replace_text(str(item.data(_FULL)))
        self._taking = False
        self.close()

    def _made(self) -> QListWidget:
        if self._list is not None:
            return self._list
        made = QListWidget(self._box.window())
        made.setFont(font())
        set_role(made, "offer")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setAccessibleName(self._box.accessibleName())
        made.setTextElideMode(Qt.TextElideMode.ElideRight)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.itemClicked.connect(self._take)
        self._box.destroyed.connect(made.deleteLater)
        page = page_of(self._box)
        if page is not None:
            page.verticalScrollBar().valueChanged.connect(self._place)
        self._list = made
        return made

    def _place(self) -> None:
        """Under the field, or above it where the window ends."""
        shown = self._list
        if shown is None or not shown.isVisible():
            return
        window = self._box.window()
        tall = shown.sizeHintForRow(0) * shown.count() + 2 * shown.frameWidth() + 2
        wide = min(max(self._box.width(), _WIDE), window.width())
        at = self._box.mapTo(window, QPoint(0, self._box.height() + 2))
        if at.y() + tall > window.height():
            at.setY(self._box.mapTo(window, QPoint(0, -2)).y() - tall)
        at.setX(max(0, min(at.x(), window.width() - wide)))
        shown.setGeometry(QRect(at.x(), at.y(), wide, tall))


def matches(typed: str, known: Sequence[str]) -> list[str]:
    """Those that begin with what is typed, then those that hold it; none that is just that."""
    wanted = fold(typed.strip())
    if len(wanted) < LEAST_LETTERS:
        return []
    folded = [(fold(text), text) for text in known]
    first = [text for plain, text in folded if plain.startswith(wanted) and plain != wanted]
    rest = [text for plain, text in folded if wanted in plain and not plain.startswith(wanted)]
    return list(dict.fromkeys(first + rest))[:MOST]


_FULL: Final = Qt.ItemDataRole.UserRole
