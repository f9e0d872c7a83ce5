"""The cards of *Inicio*: each holds one thing, and says what to do when it holds nothing."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fichaat.gui.text import say
from fichaat.gui.theme.style import restyle
from fichaat.gui.theme.tokens import CARD_PAD, GAP
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.icons import MEDIUM, IconLabel
from fichaat.gui.widgets.rows import EDGE, between
from fichaat.gui.widgets.surfaces import Card


class ListCard(Card):
    """A few rows with a line between them; below, what more there is."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.column.setSpacing(2)
        self.column.setContentsMargins(CARD_PAD - EDGE, GAP, CARD_PAD - EDGE, GAP)
        self._note = labels.hint()
        self._note.setWordWrap(False)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(EDGE, 0, EDGE, 0)
        self._head.addWidget(labels.card_title(heading), 1)
        self._head.addWidget(self._note)
        self.column.addLayout(self._head)
        self._body = QVBoxLayout()
        self._body.setSpacing(0)
        self.column.addLayout(self._body)
        self._below = QVBoxLayout()
        self._below.setSpacing(4)
        self._below.setContentsMargins(EDGE, 0, EDGE, 0)
        self.column.addLayout(self._below)

    def add_action(self, action: QPushButton) -> None:
        """At the right of the title."""
        self._head.addWidget(action)

    def show_rows(self, rows: Sequence[QWidget]) -> None:
        """These rows instead of what was there."""
        _clear(self._body)
        for number, row in enumerate(rows):
            if number:
                self._body.addWidget(between())
            self._body.addWidget(row)

    def show_empty(self, icon: str, sentence: str) -> None:
        """Nothing, in words."""
        _clear(self._body)
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(EDGE, 8, EDGE, 6)
        inside.setSpacing(10)
        inside.addWidget(IconLabel(icon, "text3", MEDIUM), 0, Qt.AlignmentFlag.AlignTop)
        inside.addWidget(labels.second(sentence), 1)
        self._body.addWidget(row)

    def show_note(self, text: str) -> None:
        """At the right of the title: how many there are."""
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def show_notes(self, notes: Sequence[str]) -> None:
        """Below the rows."""
        _clear(self._below)
        for note in notes:
            self._below.addWidget(labels.hint(note))

    def show_link(self, text: str, on_click: Callable[[], object]) -> None:
        """Below the rows, to all the others; none for no text."""
        _clear(self._below)
        if text:
            made = button(text, on_click, role="link")
            self._below.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)


class IconCard(Card):
    """A small card: icon and title, words, a button as wide as the card."""

    def __init__(self, icon: str, heading: str) -> None:
        super().__init__()
        row = QHBoxLayout()
        row.setSpacing(8)
        self._icon_name = icon
        self._icon = IconLabel(icon, "primary", MEDIUM)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(labels.card_title(heading), 1)
        self.column.addLayout(row)

    def tint(self, color: str) -> None:
        """Another colour for the icon."""
        self._icon.show_icon(self._icon_name, color)


class DeliveryCard(IconCard):
    """How many fichas nobody has acknowledged, and how to take them there."""

    def __init__(self, on_export: Callable[[], object]) -> None:
        super().__init__("paquetes", say("inicio.deliver"))
        self._figure = labels.figure()
        self._what = labels.second()
        counted = QWidget()
        row = QHBoxLayout(counted)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._figure)
        row.addWidget(self._what, 1)
        self._counted = counted
        self._sentence = labels.second()
        self._hint = labels.hint()
        self._export = button(say("inicio.deliver_export"), on_export, icon="usb")
        for widget in (counted, self._sentence, self._hint, self._export):
            self.add(widget)
            widget.hide()

    def show_waiting(self, figure: str, what: str, hint: str) -> None:
        """Some wait."""
        self._figure.setText(figure)
        self._what.setText(what)
        self._hint.setText(hint)
        self._counted.show()
        self._hint.setVisible(bool(hint))
        self._export.show()
        self._sentence.hide()
        self.tint("primary")

    def show_nothing(self, sentence: str, *, done: bool) -> None:
        """None waits: all are acknowledged, or there is none yet."""
        self._sentence.setText(sentence)
        self._sentence.show()
        for widget in (self._counted, self._hint, self._export):
            widget.hide()
        self.tint("ok" if done else "text3")


class BackupCard(IconCard):
    """How old the last backup is, and the button that makes another."""

    def __init__(self, on_backup: Callable[[], object]) -> None:
        super().__init__("respaldo", say("inicio.backup"))
        self._sentence = labels.second()
        self._error = labels.hint()
        restyle(self._error, state="error")
        self._error.hide()
        self.add(self._sentence)
        self.add(self._error)
        self.add(button(say("inicio.backup_now"), on_backup))

    def show_state(self, sentence: str, *, late: bool) -> None:
        """What is known of the last one; a late one asks for a person."""
        self._sentence.setText(sentence)
        self._error.hide()
        self.tint("warn" if late else "primary")

    def show_error(self, sentence: str) -> None:
        """Why there is none."""
        self._error.setText(sentence)
        self._error.show()
        self.tint("error")


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
