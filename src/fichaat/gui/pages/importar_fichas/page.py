"""The preview of a workbook of fichas: what is wrong in which cell, or how many can come in."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from fichaat.gui import files
from fichaat.gui.desk import Desk
from fichaat.gui.pages.importar_fichas.presenter import (
    ImportarFichasPresenter,
    ImportarFichasSources,
    Shown,
)
from fichaat.gui.pages.page import Page
from fichaat.gui.routes import ImportarFichas, Route
from fichaat.gui.text import beginning, say
from fichaat.gui.theme.style import set_role
from fichaat.gui.theme.tokens import GAP, MARGIN, MARGIN_NARROW
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.cells_model import Column
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.long_table import LongTable
from fichaat.gui.widgets.open_dialog import ask_open
from fichaat.gui.widgets.save_dialog import ask_save
from fichaat.gui.widgets.surfaces import Banner, PageHeader, PageScroll

_WEIGHTS: Final = {"hoja": 3, "celda": 2, "motivo": 12}
"""Of the columns of the table."""


class ImportarFichasPage(Page):
    place = "fichas"
    help_topic = "hojas"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        session = desk.session

        def save_template(path: Path) -> None:
            desk.program.write_file(path, session.fichas_book.template())

        self.presenter = ImportarFichasPresenter(
            self,
            self.tasks,
            desk.go,
            ImportarFichasSources(
                files.read_book,
                lambda data, how: session.fichas_book(data, how),
                lambda codigos: session.discard.many(codigos),
                save_template,
            ),
            lasting=desk.runner,
            there=lambda: not self.gone,
        )
        presenter = self.presenter
        self._header = PageHeader(
            say("importar.title"), say("importar.context"), on_back=presenter.cancel
        )
        self.another = button(say("importar.another"), presenter.another, icon="carpeta")
        self.again = button(say("importar.again"), presenter.again)
        self.template = button(say("importar.template"), presenter.template, icon="xlsx")
        self.banner = Banner("info")
        self._heading = labels.card_title("")
        columns = [
            Column(key, say(f"importar.column_{key}"), "fixed", weight)
            for key, weight in _WEIGHTS.items()
        ]
        self.table = LongTable(say("importar.title"), columns, fixed_rows=True)
        self._below = QWidget()
        """Takes the room of the table that is not shown."""
        self.cancel = button(say("importar.cancel"), presenter.cancel, role="ghost", shortcut="Esc")
        self.act = button("", presenter.act, role="primary", icon="recepcion", size="action")
        self._lay()

    # Page

    def takes(self, route: Route) -> bool:
        """Another workbook is shown here."""
        return isinstance(route, ImportarFichas)

    def arrive(self, route: Route) -> None:
        """The main button is never under a stray key: what is read has the focus."""
        assert isinstance(route, ImportarFichas)
        self.presenter.arrived(route.archivo)
        self.another.setFocus()

    def leave(self) -> None:
        self.presenter.left()

    def adapt(self, *, narrow: bool, short: bool) -> None:
        side = MARGIN_NARROW if narrow else MARGIN
        self._column.setContentsMargins(side, 6 if short else 14, side, GAP)

    # what the presenter shows

    def show_file(self, name: str, path: Path) -> None:
        self._header.say(say("importar.title"), beginning(name))
        self._header.setToolTip(str(path))

    def show_state(self, shown: Shown) -> None:
        self.banner.say(shown.sentence, shown.what, shown.tone)
        self._heading.setText(shown.heading)
        self._heading.setVisible(bool(shown.heading))
        self.table.show_rows([row._asdict() for row in shown.rows])
        self.table.setVisible(bool(shown.rows))
        self._below.setVisible(not shown.rows)
        self.template.setVisible(shown.template)
        self.act.setText(shown.action)
        held = self.act.hasFocus()
        self.act.setVisible(bool(shown.action))
        if held and not shown.action:
            self.another.setFocus()

    def ask_file(self) -> None:
        ask_open(
            self,
            say("importar.ask"),
            say("importar.filter"),
            ".xlsx",
            self.presenter.choose,
        )

    def ask_where(self, name: str, on_chosen: Callable[[Path], object]) -> None:
        ask_save(self, say("importar.template"), say("importar.filter"), name, on_chosen)

    # inside

    def _lay(self) -> None:
        for widget in (self.template, self.again, self.another):
            self._header.add(widget)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setSpacing(GAP)
        self._column.addWidget(self.banner)
        self._column.addWidget(self._heading)
        self._column.addWidget(self.table, 1)
        self._column.addWidget(self._below, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._header)
        page.addWidget(PageScroll(inside), 1)
        page.addWidget(self._make_foot())

    def _make_foot(self) -> QFrame:
        foot = QFrame()
        set_role(foot, "foot")
        flow = FlowRow(spacing=GAP, centred=True)
        flow.add(QWidget(), 1)
        flow.add(self.cancel)
        flow.add(self.act)
        column = QVBoxLayout(foot)
        column.setContentsMargins(MARGIN, 8, MARGIN, 8)
        column.addLayout(flow)
        return foot
