"""What the screens of the gate are made of, and the one that asks for the passphrase."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from fichaat.gui.gate.gate import Panel
from fichaat.gui.text import say
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.field import Field
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.secret import secret_box, show_check
from fichaat.gui.widgets.surfaces import Banner, Card

Action = Callable[[], object]


def words_box() -> QPlainTextEdit:
    """Where twelve words are typed or pasted; Tab goes on."""
    box = QPlainTextEdit()
    box.setTabChangesFocus(True)
    box.setMaximumHeight(box.fontMetrics().lineSpacing() * 4)
    return box


def foot(*left: QWidget, primary: QPushButton) -> QWidget:
    """The row under a form: what is rarely needed at the left, what comes next at the right."""
    row = QWidget()
    inside = FlowRow()
    for widget in left:
        inside.add(widget)
    gap = QWidget()
    inside.add(gap, 1)
    inside.add(primary)
    row.setLayout(inside)
    return row


class FormPanel(Panel):
    """A card under the place where trouble is told."""

    def __init__(self, heading: str, what: str = "") -> None:
        super().__init__()
        self.trouble = Banner("error")
        self.trouble.hide()
        self.card = Card(heading)
        self.what = labels.second(what)
        self.card.add(self.what)
        self.what.setVisible(bool(what))  # not before: it would be a window of its own
        self.column.addWidget(self.trouble)
        self.column.addWidget(self.card)
        self._heading = say("entrada.trouble")

    def show_trouble(self, sentence: str | None) -> None:
        """What keeps the data from opening or being made; None for nothing."""
        self.trouble.setVisible(sentence is not None)
        if sentence is not None:
            self.trouble.say(self._heading, sentence)


class UnlockPanel(FormPanel):
    """Asks for the passphrase: to open data, or to go on where the window was locked."""

    def __init__(self, heading: str, what: str, verb: str, on_try: Callable[[str], object]) -> None:
        super().__init__(heading, what)
        self._verb = verb
        self._on_try = on_try
        self.box = secret_box()
        self.box.returnPressed.connect(self._on_returned)
        self._field = Field(say("entrada.passphrase"), self.box)
        self._check = show_check(self.box)
        self.card.add(self._field)
        self.card.add(self._check)
        self.open_button = button(verb, self._on_returned, role="primary")
        self._links: list[QPushButton] = []
        self.trouble.set_action(button(say("entrada.retry"), self._on_returned))

    def say_where(self, path: Path) -> None:
        """Which data are opened, where that is not the usual folder."""
        from fichaat.gui.widgets.path_label import PathLabel

        self.card.column.insertWidget(2, PathLabel(path))

    def say_who(self, words: str) -> None:
        """Whose passphrase is asked."""
        self.card.column.insertWidget(2, labels.body(words, bold=True))

    def finish(self, *links: tuple[str, Action]) -> None:
        """Add the ways for those who cannot come in like this."""
        self._links = [button(words, action, role="link") for words, action in links]
        self.card.add(foot(*self._links, primary=self.open_button))

    def begin(self) -> None:
        self.box.setFocus()

    def set_busy(self, *, busy: bool) -> None:
        for widget in (self.box, self._check, self.open_button, *self._links):
            widget.setEnabled(not busy)
        if self.trouble.action is not None:
            self.trouble.action.setEnabled(not busy)
        self.open_button.setText(say("entrada.opening_button") if busy else self._verb)
        if not busy:
            self.box.setFocus()
            self.box.selectAll()

    def show_error(self, sentence: str | None) -> None:
        self._field.show_error(sentence)

    def _on_returned(self) -> None:
        self._on_try(self.box.text())
