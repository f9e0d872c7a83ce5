"""The devices of the region."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QToolButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from fichaat.application.changes import Changes
from fichaat.application.region.approve_devices import Approval, Terms
from fichaat.application.region.requests import Asked
from fichaat.domain.rol import Rol
from fichaat.gui.desk import Desk
from fichaat.gui.key_file import KeyFile, open_key
from fichaat.gui.pages.equipos.deed_dialog import DeedDialog
from fichaat.gui.pages.equipos.presenter import (
    RELIEVE,
    RENEW,
    REVOKE,
    Deed,
    EquiposPresenter,
    EquiposSources,
)
from fichaat.gui.pages.equipos.words import EquipoWords
from fichaat.gui.pages.inicio.cards import ListCard
from fichaat.gui.pages.page import Page
from fichaat.gui.pages.recepcion.approve_dialog import ApproveDialog
from fichaat.gui.pages.recepcion.approving import ApprovingSources, Question
from fichaat.gui.routes import Equipos, Route
from fichaat.gui.text import say, thousands
from fichaat.gui.theme.tokens import MARGIN, MARGIN_NARROW
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.rows import Row, named
from fichaat.gui.widgets.surfaces import Chip, PageHeader, PageScroll
from fichaat.gui.widgets.words_view import WordsView


class EquiposPage(Page):
    place = "recepcion"
    help_topic = "recepcion"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = EquiposPresenter(self, self.tasks, desk.go, _sources(desk))
        self._header = PageHeader(
            say("equipos.title"), say("equipos.context"), on_back=desk.go.back
        )
        self.list = ListCard(say("equipos.list"))
        self.dialog: DeedDialog | ApproveDialog | None = None
        self._key_path: Path | None = None
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.addWidget(self.list)
        self._column.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._header)
        page.addWidget(PageScroll(inside), 1)

    # Page

    def takes(self, route: Route) -> bool:
        return isinstance(route, Equipos)

    def arrive(self, route: Route) -> None:
        """The way back has the focus: nothing here is pressed by a stray key."""
        del route
        self.presenter.arrived()
        back = self._header.findChild(QToolButton)
        if back is not None:
            back.setFocus()

    def changed(self, changes: Changes) -> None:
        self.presenter.changed(changes)

    def adapt(self, *, narrow: bool, short: bool) -> None:
        del short
        side = MARGIN_NARROW if narrow else MARGIN
        self._column.setContentsMargins(side, 16, side, side)

    # what the presenter shows

    def show_devices(self, rows: Sequence[EquipoWords], *, coordinates: bool) -> None:
        self.list.show_rows([self._row(row, coordinates=coordinates) for row in rows])
        self.list.show_note(thousands(len(rows)))

    def ask_deed(self, deed: Deed) -> None:
        self.dialog = DeedDialog(self, deed, self._key_path, self.presenter.decided)
        self.dialog.open()

    def show_deed_error(self, sentence: str) -> None:
        if self.dialog is not None and isValid(self.dialog):
            self.dialog.show_error(sentence)

    def close_deed(self) -> None:
        if self.dialog is not None and isValid(self.dialog):
            self._key_path = self.dialog.key.path
            self.dialog.accept()
        self.dialog = None

    def ask_approval(self, question: Question) -> None:
        self.dialog = ApproveDialog(self, question, self._key_path, self.presenter.approved)
        self.dialog.open()

    def show_approval_error(self, sentence: str) -> None:
        self.show_deed_error(sentence)

    def close_approval(self) -> None:
        self.close_deed()

    # inside

    def _row(self, row: EquipoWords, *, coordinates: bool) -> QWidget:
        told = QWidget()
        column = QVBoxLayout(told)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(named(row.nombre))
        column.addWidget(labels.hint(row.detalle))
        column.addWidget(WordsView(row.palabras))
        if coordinates:
            actions = FlowRow(spacing=14)
            for made in self._buttons(row):
                actions.add(made)
            column.addLayout(actions)
        return Row("equipo", told, Chip(row.estado, row.tone, row.icon), tall=True)

    def _buttons(self, row: EquipoWords) -> list[QPushButton]:
        offered = ((RENEW, row.renewable), (REVOKE, row.revocable), (RELIEVE, row.relievable))
        made = []
        if row.approvable:
            approve = button(say("recepcion.approve"), partial(self.presenter.approve, row.device))
            approve.setAccessibleDescription(row.nombre)
            made.append(approve)
        if row.aside is not None:
            words = say("equipos.aside_take" if row.aside else "equipos.aside_put")
            put = button(words, partial(self.presenter.set_aside, row.device), role="link")
            put.setAccessibleDescription(row.nombre)
            made.append(put)
        for what, can in offered:
            if can:
                words = say(f"equipos.{what}")
                link = button(words, partial(self.presenter.ask, what, row.device), role="link")
                link.setAccessibleDescription(row.nombre)
                made.append(link)
        return made


def _sources(desk: Desk) -> EquiposSources:
    session, program = desk.session, desk.program
    here = session.here

    def approve(file: KeyFile, asked: Asked, terms: Terms) -> tuple[list[Approval], Changes]:
        return session.approve_devices(open_key(program, file), [asked], terms)

    return EquiposSources(
        here.territorio,
        here.profile.rol is Rol.COORDINADOR,
        session.devices,
        lambda file, device: session.renew_credential(open_key(program, file), [device]),
        lambda file, device, motivo: session.revoke_device(open_key(program, file), device, motivo),
        lambda file, old, new, motivo: session.relieve_device(
            open_key(program, file), old, new, motivo
        ),
        lambda row: session.set_aside([row.matter]),
        lambda row: session.set_aside.again([row.matter]),
        ApprovingSources(
            here.profile, here.territorio, here.clock, session.read_request.kept, approve
        ),
    )
