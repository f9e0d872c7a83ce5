"""One of a few known names, found by typing a part of it."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit

from fichaat.domain.text import fold


class PickBox(QLineEdit):
    """A line whose text is one of the options, or nothing yet. Accents and case do not matter."""

    picked = Signal(str)
    """The value of the option that now stands in the line; "" for none."""
    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._options: list[tuple[str, str]] = []
        self._value = ""
        self._model = QStringListModel(self)
        self._list = QCompleter(self._model, self)
        self._list.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._list.setWidget(self)
        self._list.setMaxVisibleItems(8)
        self._list.activated.connect(self._on_activated)
        self.textEdited.connect(self._on_edited)

    @property
    def value(self) -> str:
        """Of the option in the line; "" for none."""
        return self._value

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """(value, name) in the order of the list; what no longer is an option goes."""
        self._options = list(options)
        if self._value and self._value not in dict(options):
            self.clear()
            self._settle("")

    def found(self, text: str) -> list[tuple[str, str]]:
        """The options a text may mean, those that begin with it first."""
        typed = fold(text).strip()
        named = [(fold(name), value, name) for value, name in self._options]
        begins = [(value, name) for folded, value, name in named if folded.startswith(typed)]
        holds = [
            (value, name)
            for folded, value, name in named
            if typed in folded and not folded.startswith(typed)
        ]
        return begins + holds

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Down opens the whole list; Enter takes the first that fits."""
        if event.key() == Qt.Key.Key_Down and not self._shown():
            self._open("" if self._value else self.text())
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take_first()
        super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001, N802  # Qt's names
        """Tab takes the first that fits, too: an open list would keep the focus for itself."""
        self._take_first()
        return super().focusNextPrevChild(next)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """What is typed becomes the option it means."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._take_first()
            self.left.emit()

    def _on_edited(self, text: str) -> None:
        exact = [value for value, name in self._options if fold(name) == fold(text).strip()]
        self._settle(exact[0] if exact else "")
        self._open(text)

    def _open(self, text: str) -> None:
        names = [name for _, name in self.found(text)]
        self._model.setStringList(names)
        popup = self._list.popup()
        if names and popup is not None:
            popup.setFocusProxy(self)
            self._list.complete()
        else:
            self._hide()

    def _shown(self) -> bool:
        popup = self._list.popup()
        return popup is not None and popup.isVisible()

    def _hide(self) -> None:
        popup = self._list.popup()
        if popup is not None:
            popup.hide()
            # The system may tell of a list that is gone: it must not call the focus back here.
            popup.setFocusProxy(None)  # type: ignore[arg-type]  # the stubs know no None

    def _on_activated(self, name: str) -> None:
        self._take(next(value for value, known in self._options if known == name), name)

    def _take_first(self) -> None:
        self._hide()
        found = self.found(self.text()) if self.text().strip() else []
        if found and not self._value:
            self._take(*found[0])

    def _take(self, value: str, name: str) -> None:
        self.setText(name)
        self._settle(value)

    def _settle(self, value: str) -> None:
        if value != self._value:
            self._value = value
            self.picked.emit(value)
