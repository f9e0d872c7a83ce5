"""What changed between two versions, field by field."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fichaat.gui.diff_words import ChangeLine
from fichaat.gui.text import say
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.surfaces import Card, clear_layout

_SHOWN = 40
_LETTERS = 400
"""Of a long text: the paper beside it has all of it."""


class ChangesCard(Card):
    """A line for each field: its name, what it said, what it says."""

    def __init__(self, heading: str) -> None:
        super().__init__(heading)
        self._context = labels.hint()
        self.add(self._context)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.column.addLayout(self._lines)

    def show_changes(self, context: str, lines: Sequence[ChangeLine]) -> None:
        """Replace what is shown."""
        clear_layout(self._lines)
        self._context.setText(context)
        self._context.setVisible(bool(context))
        for line in lines[:_SHOWN]:
            self._lines.addWidget(_line(line))
        more = len(lines) - _SHOWN
        if more > 0:
            self._lines.addWidget(labels.hint(say("sellar.changes_more", cantidad=more)))


def _line(line: ChangeLine) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    column.addWidget(labels.field_label(line.name))
    before, after = _short(line.before), _short(line.after)
    words = f"{before} → {after}" if before else after
    shown = labels.body(words)
    shown.setAccessibleName(
        say("sellar.change_line", campo=line.name, antes=before or "—", despues=after)
    )
    column.addWidget(shown)
    return made


def _short(text: str) -> str:
    return text if len(text) <= _LETTERS else f"{text[:_LETTERS].rstrip()}…"
