"""Everything that would happen, before one press makes it happen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fichaat.gui.pages.catalogo.summary import show_groups
from fichaat.gui.pages.catalogo.view import Asked
from fichaat.gui.pages.catalogo.words import MOST_LINES
from fichaat.gui.pages.ficha.board import Line, count_words
from fichaat.gui.text import say, thousands
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.form_dialog import FormDialog
from fichaat.gui.widgets.icons import IconLabel


class AllDialog(FormDialog):
    """What is wrong first, then what changes. Without a verb it is only read."""

    def __init__(self, parent: QWidget, asked: Asked) -> None:
        super().__init__(
            parent, asked.title, asked.sentence, asked.verb or say("catalogar.close"), self._on_yes
        )
        self._asked = asked
        if asked.problems:
            self.add(labels.card_title(count_words(asked.problems)))
            for line in asked.problems[:MOST_LINES]:
                self.add(_problem(line))
            if len(asked.problems) > MOST_LINES:
                more = thousands(len(asked.problems) - MOST_LINES)
                self.add(labels.second(say("catalogar.problems_more", cantidad=more)))
        holder = QWidget()
        groups = QVBoxLayout(holder)
        groups.setContentsMargins(0, 0, 0, 0)
        groups.setSpacing(12)
        show_groups(groups, asked.changes)
        self.add(holder)
        self.finish()
        self.no.setVisible(bool(asked.verb))
        (self.no if asked.verb else self.yes).setFocus()

    def _on_yes(self) -> None:
        self.accept()
        if self._asked.verb:
            self._asked.on_yes()


def _problem(line: Line) -> QWidget:
    words = QWidget()
    column = QVBoxLayout(words)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    column.addWidget(labels.field_label(line.place))
    column.addWidget(labels.body(line.sentence))
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    icon = IconLabel("error" if line.tone == "error" else "aviso", line.tone)
    row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(words, 1)
    return made
