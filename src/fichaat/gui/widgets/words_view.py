"""The eight words of a key, large enough to be read aloud over the phone."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.tokens import CARD_TITLE_PT
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.flow import FlowRow

_SPACING = 14
_TOGETHER = 4
"""Words that go to the next line together: two lines of four are read without losing the place."""


class WordsView(QWidget):
    """Numbered words that wrap; a screen reader says them in one sentence."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        self.words = tuple(words)
        flow = FlowRow(spacing=_SPACING)
        numbered = list(enumerate(words, 1))
        for start in range(0, len(numbered), _TOGETHER):
            flow.add(_some(numbered[start : start + _TOGETHER]))
        self.setLayout(flow)
        self.setAccessibleName(say("recepcion.words_of", palabras=" ".join(words)))


def _some(numbered: Sequence[tuple[int, str]]) -> QWidget:
    made = QWidget()
    flow = FlowRow(spacing=_SPACING)
    for number, word in numbered:
        flow.add(_word(number, word))
    made.setLayout(flow)
    return made


def _word(number: int, word: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(5)
    count = labels.hint(str(number))
    count.setWordWrap(False)
    said = labels.body(word, bold=True)
    said.setFont(font(CARD_TITLE_PT, bold=True))
    said.setWordWrap(False)
    row.addWidget(count)
    row.addWidget(said)
    return made
