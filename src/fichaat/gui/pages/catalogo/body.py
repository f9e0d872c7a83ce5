"""The parts of the catalogue: a list at the left or a choice above, and the part that is shown."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from fichaat.gui.pages.catalogo.panels import ProvincePanel, TablePanel
from fichaat.gui.pages.catalogo.presenter import CatalogoPresenter
from fichaat.gui.pages.catalogo.sections import SectionBox, SectionList
from fichaat.gui.pages.catalogo.summary import (
    FilesCard,
    ForceCard,
    PendingCard,
    ProblemCard,
    Summary,
    UbigeoCard,
)
from fichaat.gui.pages.catalogo.tables import PROVINCIAS, RESUMEN, TABLES
from fichaat.gui.pages.catalogo.view import Pending, TableShown
from fichaat.gui.pages.catalogo.words import Entry
from fichaat.gui.widgets.surfaces import PageScroll

Action = Callable[[], object]


class Deeds(NamedTuple):
    """What buttons of the summary do."""

    load: Action
    save: Action
    template: Action
    load_ubigeo: Action
    restore_ubigeo: Action


class Body:
    """`parts`, `box` and `stack` are laid out by the page; what stands in the stack is made once it
    is known whether anything may be changed.
    """

    def __init__(self, today: date, deeds: Deeds) -> None:
        self._today = today
        self._deeds = deeds
        self.presenter: CatalogoPresenter | None = None
        self.editable: bool | None = None
        """None while nothing is shown."""
        self.parts, self.box = SectionList(), SectionBox()
        self.parts.chosen.connect(self.show_section)
        self.box.chosen.connect(self.show_section)
        self.stack = QStackedWidget()
        self.list_alone = UbigeoCard(deeds.load_ubigeo, deeds.restore_ubigeo)
        """The list of districts where there is no catalogue to stand beside."""
        self.panels: dict[str, TablePanel] = {}
        self._scrolls: dict[str, PageScroll] = {}
        self._insides: list[QVBoxLayout] = []

    def lay(self, presenter: CatalogoPresenter, *, editable: bool) -> None:
        """Every part anew."""
        self.presenter, self.editable = presenter, editable
        for old in self._scrolls.values():
            self.stack.removeWidget(old)
            old.deleteLater()
        for name, spec in TABLES.items():
            panel = TablePanel(
                spec,
                editable=editable,
                options=presenter.editing.options,
                distritos=lambda: presenter.reader.distritos,
            )
            self.panels[name] = panel
            _connect(presenter, name, panel)
        self.provincias = ProvincePanel()
        self.provincias.chosen.connect(
            lambda code, on: presenter.general.choose_provincia(code, on=on)
        )
        shown: dict[str, QWidget] = {RESUMEN: self._make_summary(presenter, editable=editable)}
        shown |= {PROVINCIAS: self.provincias, **self.panels}
        self._insides, self._scrolls = [], {}
        for name, part in shown.items():
            inside = QWidget()
            column = QVBoxLayout(inside)
            column.addWidget(part, 1)
            self._insides.append(column)
            self._scrolls[name] = PageScroll(inside)
            self.stack.addWidget(self._scrolls[name])
        self.show_section(RESUMEN)

    def place(self, page: QWidget, side: int, gap: int) -> None:
        """Margins, and the columns of the summary, for the size of the page."""
        for column in self._insides:
            column.setContentsMargins(side, gap, side, gap)
        if self.editable is not None:
            self.summary.adapt(page)

    def focus_parts(self) -> None:
        """Where work begins."""
        (self.box if self.parts.isHidden() else self.parts.current).setFocus()

    # what the presenter shows

    def show_facts(self, facts: Sequence[tuple[str, str]], inicio_plan: str) -> None:
        self.force.show_facts(facts, inicio_plan)

    def show_inicio_error(self, sentence: str) -> None:
        self.force.field.show_error(sentence or None)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        self.parts.show_entries(entries)
        self.box.show_entries(entries)

    def show_table(self, shown: TableShown) -> None:
        self.panels[shown.section].show_rows(shown)

    def show_cell(self, section: str, row: int, key: str, text: str) -> None:
        self.panels[section].table.show_cell(row, key, text)

    def show_problems(
        self, section: str, problems: Mapping[tuple[int, str], tuple[str, str]]
    ) -> None:
        self.panels[section].table.set_problems(problems)

    def show_provincias(self, rows: Sequence[tuple[str, str, bool]]) -> None:
        self.provincias.show_provincias(rows, editable=bool(self.editable))

    def show_pending(self, pending: Pending) -> None:
        if self.editable:
            self.pending.show_pending(pending)
            self.pending.show()
            self.problems.show_pending(pending)

    def show_ubigeo(self, sentence: str, *, can_restore: bool) -> None:
        self.list_alone.show_ubigeo(sentence, can_restore=can_restore)
        if self.editable is not None:
            self.districts.show_ubigeo(sentence, can_restore=can_restore)

    def clear_search(self, section: str) -> None:
        self.panels[section].clear_search()

    def go_to(self, section: str, row: int, key: str) -> None:
        self.show_section(section)
        if section == RESUMEN:
            self.force.inicio.setFocus(Qt.FocusReason.OtherFocusReason)
        elif section == PROVINCIAS:
            self.provincias.go_to()
        else:
            self.panels[section].go_to(row, key)

    def show_section(self, name: str) -> None:
        """One part of the catalogue."""
        self.parts.mark(name)
        self.box.show_value(name)
        self.stack.setCurrentWidget(self._scrolls[name])
        if self.presenter is not None:
            self.presenter.section_shown()

    # inside

    def _make_summary(self, presenter: CatalogoPresenter, *, editable: bool) -> Summary:
        deeds = self._deeds
        self.force = ForceCard(self._today, editable=editable)
        self.force.inicio_typed.connect(presenter.general.type_inicio)
        self.pending = PendingCard(presenter.discard)
        self.problems = ProblemCard()
        self.problems.list.chosen.connect(presenter.jump)
        self.file_card = FilesCard(deeds.load, deeds.save, deeds.template, editable=editable)
        self.districts = UbigeoCard(deeds.load_ubigeo, deeds.restore_ubigeo)
        for made in (self.pending, self.problems):
            made.hide()
        left = (self.problems, self.force, self.pending)  # what needs a person comes first
        self.summary = Summary(left, (self.file_card, self.districts))
        return self.summary


def _connect(presenter: CatalogoPresenter, name: str, panel: TablePanel) -> None:
    editing, table = presenter.editing, panel.table
    panel.searched.connect(lambda text: editing.search(name, text))
    panel.add_asked.connect(lambda: editing.add(name))
    table.cell_edited.connect(lambda row, key, text: editing.edit(name, row, key, text))
    table.cell_left.connect(lambda row, key: editing.left(name, row, key))
    table.row_removed.connect(lambda row: editing.remove(name, row))
    table.pasted.connect(lambda row, key, lines: editing.paste(name, row, key, lines))
