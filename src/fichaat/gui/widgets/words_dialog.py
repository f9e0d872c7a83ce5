"""Shows the eight words of a region's key, and asks whether they are the same."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from fichaat.gui.text import say
from fichaat.gui.widgets.form_dialog import FormDialog
from fichaat.gui.widgets.words_view import WordsView


class WordsDialog(FormDialog):
    """Esc decides nothing: it is asked again another day."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        sentence: str,
        words: Sequence[str],
        on_answer: Callable[[bool], object],
    ) -> None:
        super().__init__(parent, title, sentence, say("ajustes.root_same"), self._on_yes)
        self._on_answer = on_answer
        self.words = WordsView(words)
        self.add(self.words)
        self.finish()
        self.no.setText(say("ajustes.root_other"))
        self.no.clicked.connect(self._on_no)
        # Nothing is accepted by an Enter that was meant for something else.
        self.no.setFocus()
        self.resize(self.width(), _TALL)

    def _on_yes(self) -> None:
        self.accept()
        self._on_answer(True)

    def _on_no(self) -> None:
        self._on_answer(False)


_TALL = 320


def ask_words(
    parent: QWidget,
    title: str,
    sentence: str,
    words: Sequence[str],
    on_answer: Callable[[bool], object],
) -> WordsDialog:
    """Open the question; nothing waits for its answer."""
    dialog = WordsDialog(parent, title, sentence, words, on_answer)
    dialog.open()
    return dialog
