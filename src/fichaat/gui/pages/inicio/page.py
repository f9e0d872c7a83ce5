"""What is unfinished, what is due, what to hand over."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fichaat.application.changes import Changes
from fichaat.domain.rol import Rol
from fichaat.gui.desk import Desk
from fichaat.gui.pages.inicio.cards import BackupCard, DeliveryCard, ListCard
from fichaat.gui.pages.inicio.presenter import (
    AcuerdoRow,
    DraftRow,
    InicioPresenter,
    InicioSources,
)
from fichaat.gui.pages.inicio.region_cards import ObservedCards, RegionStateCard
from fichaat.gui.pages.inicio.region_presenter import (
    InicioRegionPresenter,
    InicioRegionSources,
    ObservedWords,
    RegionNote,
)
from fichaat.gui.pages.page import Page
from fichaat.gui.region_words import RegionWords
from fichaat.gui.routes import Acuerdos, Papelera, Route
from fichaat.gui.text import say, thousands
from fichaat.gui.theme.style import set_role
from fichaat.gui.theme.tokens import GAP, HEIGHT_BIG, MARGIN, MARGIN_NARROW
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.columns import place_columns
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.icons import SMALL, IconLabel
from fichaat.gui.widgets.rows import Row, RowButton, named, two_lines
from fichaat.gui.widgets.surfaces import Card, Chip, PageHeader, PageScroll, Status
from fichaat.gui.widgets.words_dialog import ask_words

if TYPE_CHECKING:
    from fichaat.application.program import BackupInfo

_TWO_COLUMNS = 44
"""Lines of text that fit in the width of the page where two columns are comfortable."""


class InicioPage(Page):
    place = "inicio"
    foot = True
    help_topic = "inicio"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        session, program = desk.session, desk.program
        self._presenter = InicioPresenter(
            self,
            self.tasks,
            desk.go,
            InicioSources(
                session.here.profile,
                session.here.territorio,
                session.here.clock,
                session.panorama,
                lambda: _newest(program.backups(program.backup_folder(session.folder))),
                lambda progress: session.backup(None, progress),
            ),
        )
        self._header = PageHeader()
        self._new_visit = self._lay_new_visit()
        self._drafts = ListCard(say("inicio.drafts"))
        self._drafts.add_action(
            button(say("inicio.bin"), lambda: desk.go.go(Papelera()), role="link", icon="papelera")
        )
        self._acuerdos = ListCard(say("inicio.acuerdos"))
        self._acuerdos.add_action(
            button(say("inicio.acuerdos_all"), lambda: desk.go.go(Acuerdos()), role="link")
        )
        self._delivery = DeliveryCard(self._presenter.export)
        words = RegionWords(self, self.tasks, desk.go, session.read_region, session.accept_region)
        self.of_region = InicioRegionPresenter(
            self,
            self.tasks,
            desk.go,
            words,
            InicioRegionSources(
                session.here.territorio,
                session.here.profile.rol is Rol.COORDINADOR,
                session.read_region,
                session.observed,
                session.observed.correct,
            ),
        )
        self.region = RegionStateCard(self.of_region.act)
        self.observed = ObservedCards(self.of_region.correct)
        self._backup = BackupCard(self._presenter.back_up)
        self._lay()

    # Page

    def arrive(self, route: Route) -> None:
        """The button that begins most days has the focus."""
        del route
        self._presenter.arrived()
        self.of_region.arrived()
        self._new_button.setFocus()

    def changed(self, changes: Changes) -> None:
        self._presenter.changed(changes)
        self.of_region.changed(changes)

    def adapt(self, *, narrow: bool, short: bool) -> None:
        del short
        side = MARGIN_NARROW if narrow else MARGIN
        self._columns.setContentsMargins(side, 18, side, side)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """One column where two would squeeze the words."""
        super().resizeEvent(event)
        two = place_columns(self, self._columns, _TWO_COLUMNS)
        self._keycap.setVisible(two)
        # One line at the foot: the card of the backup says the same.
        self._foot_right.setVisible(two)

    # what the presenters show

    def greet(self, title: str, context: str) -> None:
        self._header.say(title, context)

    def show_drafts(self, rows: Sequence[DraftRow], total: int) -> None:
        self._drafts.show_rows([self._draft_row(row) for row in rows])
        count = thousands(total)
        self._drafts.show_note(say("inicio.drafts_count", cantidad=count))
        more = total > len(rows)
        self._drafts.show_link(
            say("inicio.drafts_all", cantidad=count) if more else "", self._presenter.all_drafts
        )

    def show_no_drafts(self, sentence: str) -> None:
        self._drafts.show_empty("ficha", sentence)
        self._drafts.show_note("")
        self._drafts.show_link("", self._presenter.all_drafts)

    def show_acuerdos(self, rows: Sequence[AcuerdoRow], notes: Sequence[str]) -> None:
        made: list[QWidget] = [self._acuerdo_row(row) for row in rows]
        self._acuerdos.show_rows(made)
        self._acuerdos.show_notes(notes)

    def show_no_acuerdos(self, sentence: str) -> None:
        self._acuerdos.show_empty("bien", sentence)
        self._acuerdos.show_notes(())

    def show_open(self, text: str) -> None:
        self._acuerdos.show_note(text)

    def show_delivery(self, figure: str, what: str, hint: str) -> None:
        self._delivery.show_waiting(figure, what, hint)

    def show_delivered(self, sentence: str, *, done: bool) -> None:
        self._delivery.show_nothing(sentence, done=done)

    def show_backup(self, sentence: str, *, late: bool) -> None:
        self._backup.show_state(sentence, late=late)

    def show_backup_error(self, sentence: str) -> None:
        self._backup.show_error(sentence)

    def show_region(self, note: RegionNote) -> None:
        self.region.show_note(note)

    def show_observed(self, rows: Sequence[ObservedWords], more: str) -> None:
        self.observed.show_observed(rows, more)

    def ask_words(
        self,
        title: str,
        sentence: str,
        words: Sequence[str],
        on_answer: Callable[[bool], object],
    ) -> None:
        ask_words(self, title, sentence, words, on_answer)

    def show_foot(self, saved: str, backup: str) -> None:
        self._foot_saved.setText(saved)
        self._foot_backup.setText(backup)

    # inside

    def _lay(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, cards in (
            (left, (self._new_visit, self.observed, self._drafts, self._acuerdos)),
            (right, (self._delivery, self.region, self._backup)),
        ):
            column.setSpacing(GAP + 2)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
        inside = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns.setSpacing(16)
        self._columns.addLayout(left, 23)
        self._columns.addLayout(right, 10)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._header)
        page.addWidget(PageScroll(inside), 1)
        page.addWidget(self._lay_foot())

    def _lay_new_visit(self) -> Card:
        card = Card()
        card.column.setContentsMargins(20, 16, 20, 16)
        self._new_button = button(
            say("inicio.new"), self._presenter.new_visit, role="big", icon="mas"
        )
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(8, 0, 8, 0)
        column.setSpacing(2)
        column.addWidget(labels.card_title(say("inicio.new_title")))
        column.addWidget(labels.second(say("inicio.new_what")))
        column.addStretch(1)
        flow = FlowRow(spacing=GAP)
        flow.add(self._new_button)
        flow.add(words, 1)
        self._keycap = _level(labels.keycap("Ctrl+N"), HEIGHT_BIG)
        flow.add(self._keycap)
        card.column.addLayout(flow)
        return card

    def _lay_foot(self) -> QFrame:
        foot = QFrame()
        set_role(foot, "foot")
        flow = FlowRow(spacing=18)
        self._foot_saved, saved = _foot_part("guardado", "ok", "")
        _, encrypted = _foot_part("cifrado", "text2", say("inicio.foot_encrypted"))
        self._foot_backup, self._foot_right = _foot_part("respaldo", "text2", "")
        gap = QWidget()
        flow.add(saved)
        flow.add(encrypted)
        flow.add(gap, 1)
        flow.add(self._foot_right)
        column = QVBoxLayout(foot)
        column.setContentsMargins(MARGIN, 5, MARGIN, 6)
        column.addLayout(flow)
        return foot

    def _draft_row(self, row: DraftRow) -> QWidget:
        status = Status(*row.estado)
        go_on = button(say("inicio.continue"), lambda: self._presenter.go_on(row.codigo))
        place = " ".join(part for part in (row.nombre, row.resto) if part)
        go_on.setAccessibleName(say("inicio.continue_name", lugar=place))
        words = two_lines(named(row.nombre, row.resto), row.detalle)
        return Row("ficha", words, status, go_on)

    def _acuerdo_row(self, row: AcuerdoRow) -> QWidget:
        name = say(
            "inicio.acuerdo_open",
            descripcion=row.descripcion.rstrip("."),
            lugar=row.detalle,
            plazo=row.estado.text,
        )
        words = two_lines(labels.body(row.descripcion, bold=True), row.detalle)
        chip = Chip(*row.estado)
        return RowButton(name, lambda: self._presenter.open_ficha(row.codigo), words, chip)


def _newest(backups: "Sequence[BackupInfo]") -> datetime | None:
    return backups[0].instant if backups else None


def _level(widget: QWidget, height: int) -> QWidget:
    """In the middle of a height."""
    made = QWidget()
    made.setMinimumHeight(height)
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    return made


def _foot_part(icon: str, color: str, text: str) -> tuple[QLabel, QWidget]:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    words = labels.hint(text)
    words.setWordWrap(False)
    row.addWidget(IconLabel(icon, color, SMALL - 2))
    row.addWidget(words)
    return words, made
