"""The summary: what is in force, what waits to be published, files, the list of districts."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from fichaat.gui.pages.ajustes.cards import Facts
from fichaat.gui.pages.catalogo.view import Pending
from fichaat.gui.pages.catalogo.words import Changed
from fichaat.gui.pages.ficha.index import ProblemList
from fichaat.gui.text import say
from fichaat.gui.theme.tokens import GAP
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.columns import place_columns
from fichaat.gui.widgets.field import Field
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.surfaces import Card, clear_layout, column_of
from fichaat.gui.widgets.typed_fields import DateField

_TWO_COLUMNS = 42
"""Lines of text that fit in the width where two columns are comfortable."""

Action = Callable[[], object]


class ForceCard(Card):
    """The version in force, and when the plan begins."""

    inicio_typed = Signal(str)

    def __init__(self, today: date, *, editable: bool) -> None:
        super().__init__(say("catalogar.in_force"))
        self._editable = editable
        self._facts = Facts()
        self.add(self._facts)
        self.inicio = DateField(say("catalogar.column_inicio_plan"), today)
        self.inicio.typed.connect(self.inicio_typed)
        self.field = Field(say("catalogar.column_inicio_plan"), self.inicio, tight=True)
        row = FlowRow()
        row.add(self.field)
        self.column.addLayout(row)
        self._hint = labels.hint(say("catalogar.inicio_hint"))
        self.add(self._hint)
        self._hint.setVisible(editable)
        self.field.setVisible(editable)

    def show_facts(self, facts: Sequence[tuple[str, str]], inicio_plan: str) -> None:
        words = inicio_plan or say("catalogar.inicio_none")
        more = () if self._editable else ((say("catalogar.column_inicio_plan"), words),)
        self._facts.show_facts([*facts, *more])
        self.inicio.show_text(inicio_plan)


class PendingCard(Card):
    """What would be published, and what is wrong with it."""

    def __init__(self, on_discard: Action) -> None:
        super().__init__(say("catalogar.changes"))
        self._count = labels.second()
        self.add(self._count)
        self._groups = QVBoxLayout()
        self._groups.setSpacing(8)
        self.column.addLayout(self._groups)
        self.discard = button(say("catalogar.discard"), on_discard, icon="deshacer")
        row = FlowRow()
        row.add(self.discard)
        self.column.addLayout(row)

    def show_pending(self, pending: Pending) -> None:
        self._count.setText(pending.count)
        self.discard.setVisible(pending.anything)
        show_groups(self._groups, pending.changes)


class ProblemCard(Card):
    """What is wrong; each line leads there."""

    def __init__(self) -> None:
        super().__init__(say("catalogar.problems"))
        self.list = ProblemList()
        self.add(self.list)

    def show_pending(self, pending: Pending) -> None:
        self.list.show_lines(pending.problems, pending.problem_count)
        self.setVisible(bool(pending.problems))


class FilesCard(Card):
    """To and from a workbook."""

    def __init__(
        self, on_load: Action, on_save: Action, on_template: Action, *, editable: bool
    ) -> None:
        super().__init__(say("catalogar.files"))
        what = "catalogar.files_what" if editable else "catalogar.files_read"
        self.add(labels.second(say(what)))
        self.load = button(say("catalogar.load_file"), on_load, icon="abrir")
        self.save = button(say("catalogar.save_file"), on_save, icon="xlsx")
        self.template = button(say("catalogar.save_template"), on_template, icon="hoja")
        row = FlowRow()
        for made in (self.load, self.save, self.template):
            row.add(made)
        self.column.addLayout(row)
        self.load.setVisible(editable)
        self.template.setVisible(editable)


class UbigeoCard(Card):
    """Which list of districts is used here."""

    def __init__(self, on_load: Action, on_restore: Action) -> None:
        super().__init__(say("catalogar.ubigeo"))
        self._words = labels.second()
        self.add(self._words)
        self.load = button(say("catalogar.ubigeo_load"), on_load, icon="abrir")
        self.restore = button(say("catalogar.ubigeo_back"), on_restore, icon="respaldo")
        row = FlowRow()
        row.add(self.load)
        row.add(self.restore)
        self.column.addLayout(row)
        self.restore.hide()

    def show_ubigeo(self, sentence: str, *, can_restore: bool) -> None:
        self._words.setText(sentence)
        self.restore.setVisible(can_restore)


class Summary(QWidget):
    """Two columns where there is room."""

    def __init__(self, left: Sequence[Card], right: Sequence[Card]) -> None:
        super().__init__()
        self._columns: QBoxLayout = QHBoxLayout(self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(GAP)
        for cards, share in ((left, 3), (right, 2)):
            side = column_of(*cards)
            side.addStretch(1)
            self._columns.addLayout(side, share)

    def adapt(self, page: QWidget) -> None:
        place_columns(page, self._columns, _TWO_COLUMNS)


def show_groups(column: QVBoxLayout, groups: Sequence[Changed]) -> None:
    """Titles and lines instead of what was there."""
    clear_layout(column)
    for group in groups:
        made = QWidget()
        inside = QVBoxLayout(made)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(2)
        inside.addWidget(labels.field_label(group.title))
        for line in group.lines:
            inside.addWidget(labels.body(line))
        column.addWidget(made)
