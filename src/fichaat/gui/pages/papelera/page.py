"""The bin: what was discarded in the last thirty days."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fichaat.application.changes import Changes
from fichaat.gui.desk import Desk
from fichaat.gui.pages.page import Page
from fichaat.gui.pages.papelera.presenter import BinRow, PapeleraPresenter, PapeleraSources
from fichaat.gui.routes import Route
from fichaat.gui.text import say
from fichaat.gui.theme.style import restyle
from fichaat.gui.theme.tokens import CARD_PAD, MARGIN, MARGIN_NARROW
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.rows import EDGE, Row, between, named, two_lines
from fichaat.gui.widgets.surfaces import Card, EmptyState, PageHeader, PageScroll


class PapeleraPage(Page):
    place = "fichas"
    help_topic = "papelera"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        here = desk.session.here
        self._presenter = PapeleraPresenter(
            self,
            self.tasks,
            desk.go,
            PapeleraSources(desk.session.restore_draft, here.territorio, here.clock),
        )
        self._header = PageHeader(
            say("inicio.bin_title"), say("inicio.bin_what"), self._presenter.back
        )
        self._error = labels.hint()
        restyle(self._error, state="error")
        self._error.hide()
        self._card = Card()
        self._card.column.setContentsMargins(CARD_PAD - EDGE, 4, CARD_PAD - EDGE, 4)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._card.column.addLayout(self._rows)
        self._empty = EmptyState(
            "papelera",
            say("inicio.bin_none"),
            button(say("inicio.bin_to_fichas"), self._presenter.fichas),
        )
        self._note = labels.hint()
        self._lay()

    def arrive(self, route: Route) -> None:
        del route
        self._presenter.arrived()

    def changed(self, changes: Changes) -> None:
        self._presenter.changed(changes)

    def adapt(self, *, narrow: bool, short: bool) -> None:
        del short
        side = MARGIN_NARROW if narrow else MARGIN
        self._column.setContentsMargins(side, 18, side, side)

    # what the presenter shows

    def show_rows(self, rows: Sequence[BinRow], count: str, note: str) -> None:
        self._header.say(say("inicio.bin_title"), f"{count}. {say('inicio.bin_what')}")
        self._show(empty=False)
        for number, row in enumerate(rows):
            if number:
                self._rows.addWidget(between())
            self._rows.addWidget(self._row(row))
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def show_empty(self, sentence: str) -> None:
        self._header.say(say("inicio.bin_title"), say("inicio.bin_what"))
        self._show(empty=True)
        self._empty.say(sentence)
        self._note.hide()

    def show_error(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.show()

    # inside

    def _show(self, *, empty: bool) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._error.hide()
        self._card.setVisible(not empty)
        self._empty.setVisible(empty)

    def _row(self, row: BinRow) -> QWidget:
        take = button(say("inicio.bin_restore"), lambda: self._presenter.restore(row.codigo))
        place = " ".join(part for part in (row.nombre, row.resto) if part)
        take.setAccessibleName(say("inicio.bin_restore_name", lugar=place))
        words = two_lines(named(row.nombre, row.resto), row.detalle)
        until = labels.hint(row.hasta)
        until.setWordWrap(False)
        return Row("papelera", words, until, take)

    def _lay(self) -> None:
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setSpacing(12)
        for widget in (self._error, self._card, self._empty, self._note):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._header)
        page.addWidget(PageScroll(inside), 1)
