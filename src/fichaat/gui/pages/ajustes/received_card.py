"""The files that were received, and the button that empties their folder."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from fichaat.gui.pages.ajustes.cards import ResultCard
from fichaat.gui.text import say
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.dialogs import ask
from fichaat.gui.widgets.flow import FlowRow


class ReceivedCard(ResultCard):
    """Hidden where nothing was ever received."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(say("ajustes.received"))
        self.setParent(page)
        self._page = page
        self._held = labels.body()
        self.add(self._held)
        self.add(labels.hint(say("ajustes.received_what")))
        self.add(self.result)
        self._row = QWidget()
        inside = FlowRow()
        self.empty = button(say("ajustes.received_empty"), icon="papelera")
        inside.add(self.empty)
        self._row.setLayout(inside)
        self.add(self._row)
        self.hide()

    def show_received(self, sentence: str, *, removable: bool) -> None:
        self._held.setText(sentence)
        self._held.setVisible(bool(sentence))
        self._row.setVisible(removable)
        self.setVisible(bool(sentence) or not self.result.isHidden())

    def show_received_result(self, sentence: str, *, done: bool) -> None:
        self.show_result(sentence, done=done)
        self.show()

    def ask_empty(self, sentence: str, on_yes: Callable[[], object]) -> None:
        title, verb = say("ajustes.received_title"), say("ajustes.received_yes")
        ask(self._page, title, sentence, verb, on_yes, danger=True)
