"""The inbox of who receives: what arrives, what is wrong with it, who waits for an answer."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QVBoxLayout, QWidget
from shiboken6 import isValid

from fichaat.application.changes import Changes
from fichaat.application.region.approve_devices import Approval, Terms
from fichaat.application.region.requests import Asked
from fichaat.domain.rol import Rol
from fichaat.gui import disks
from fichaat.gui.desk import Desk
from fichaat.gui.key_file import KeyFile, open_key
from fichaat.gui.pages.page import Page
from fichaat.gui.pages.recepcion import words
from fichaat.gui.pages.recepcion.approve_dialog import ApproveDialog
from fichaat.gui.pages.recepcion.approving import Question
from fichaat.gui.pages.recepcion.presenter import RecepcionPresenter, RecepcionSources
from fichaat.gui.pages.recepcion.sections import (
    AnswersCard,
    ApartCard,
    ClashCard,
    ClashDeeds,
    DevicesCard,
    FineCard,
    GapsCard,
    ReceiveCard,
    ReceivedCard,
)
from fichaat.gui.routes import Recepcion, Route
from fichaat.gui.text import say
from fichaat.gui.theme.tokens import GAP, MARGIN, MARGIN_NARROW
from fichaat.gui.widgets.bundle_dialog import ask_bundles
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.columns import place_columns
from fichaat.gui.widgets.dialogs import ask
from fichaat.gui.widgets.surfaces import Banner, PageHeader, PageScroll
from fichaat.system.bundle_files import bundle_files

_TWO_COLUMNS = 50
"""Lines of text that fit in the width of the page where two columns are comfortable."""


class RecepcionPage(Page):
    place = "recepcion"
    help_topic = "recepcion"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = RecepcionPresenter(self, self.tasks, desk.go, _sources(desk))
        self.banner = Banner("warn")
        coordinates = desk.session.here.profile.rol is Rol.COORDINADOR
        what = "recepcion.no_region_what" if coordinates else "recepcion.no_region_ask"
        self.banner.say(say("recepcion.no_region"), say(what))
        self.banner.set_action(button(say("recepcion.no_region_do"), self.presenter.settings))
        self.banner.hide()
        self.receive = ReceiveCard(self.presenter.choose_files, self.presenter.choose_folder)
        self.devices = DevicesCard(self.presenter.approve)
        self.apart = ApartCard(self.presenter.see)
        deeds = ClashDeeds(
            self.presenter.see_copy,
            self.presenter.choose,
            self.presenter.beside.set_aside,
            self.presenter.beside.toggle_clashes,
        )
        self.clashes = ClashCard(say("recepcion.clashes"), deeds)
        again = deeds._replace(toggle_aside=self.presenter.beside.toggle_twice)
        self.twice = ClashCard(say("recepcion.twice"), again)
        self.gaps = GapsCard(self.presenter.request)
        self.fine = FineCard()
        self.answers = AnswersCard(self.presenter.answer)
        self.received = ReceivedCard()
        self.dialog: ApproveDialog | None = None
        self._key_path: Path | None = None
        self._lay()

    # Page

    def takes(self, route: Route) -> bool:
        return isinstance(route, Recepcion)

    def arrive(self, route: Route) -> None:
        """What most people come for has the focus."""
        del route
        self.presenter.arrived()
        self.receive.files.setFocus()

    def changed(self, changes: Changes) -> None:
        self.presenter.changed(changes)

    def adapt(self, *, narrow: bool, short: bool) -> None:
        del short
        side = MARGIN_NARROW if narrow else MARGIN
        self._columns.setContentsMargins(side, 16, side, side)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """One column where two would squeeze the words."""
        super().resizeEvent(event)
        place_columns(self, self._columns, _TWO_COLUMNS)

    # what the presenter shows

    def show_today(self, sentence: str) -> None:
        self.receive.show_today(sentence)

    def show_no_region(self, *, missing: bool) -> None:
        self.banner.setVisible(missing)

    def show_devices(self, rows: Sequence[words.DeviceWords], *, approves: bool) -> None:
        self.devices.show_devices(rows, approves=approves)

    def show_apart(self, rows: Sequence[words.ApartWords], more: int) -> None:
        self.apart.show_apart(rows, more)

    def show_clashes(
        self, rows: Sequence[words.ClashWords], more: int, aside: words.AsideWords
    ) -> None:
        self.clashes.show_clashes(rows, aside, more)

    def show_gaps(self, rows: Sequence[words.GapsWords], notes: Sequence[str]) -> None:
        self.gaps.show_gaps(rows, notes)

    def show_twice(self, rows: Sequence[words.ClashWords], aside: words.AsideWords) -> None:
        self.twice.show_clashes(rows, aside)

    def show_fine(self, *, fine: bool) -> None:
        self.fine.setVisible(fine)

    def show_answers(self, rows: Sequence[words.LineWords]) -> None:
        self.answers.show_answers(rows)

    def show_received(self, rows: Sequence[words.LineWords], more: int) -> None:
        self.received.show_received(rows, more)

    def ask_bundles(self, start: Path) -> None:
        ask_bundles(self, start, self.presenter.receive)

    def ask_bundle_folder(self, start: Path) -> None:
        self._ask_folder(
            say("recepcion.folder_ask"), start, lambda path: self.presenter.receive([path])
        )

    def ask_answer_folder(self, start: Path, on_chosen: Callable[[Path], object]) -> None:
        self._ask_folder(say("recepcion.answer_ask"), start, on_chosen)

    def ask_approval(self, question: Question) -> None:
        self.dialog = ApproveDialog(self, question, self._key_path, self.presenter.decided)
        self.dialog.open()

    def show_approval_error(self, sentence: str) -> None:
        if self.dialog is not None and isValid(self.dialog):
            self.dialog.show_error(sentence)

    def close_approval(self) -> None:
        if self.dialog is not None and isValid(self.dialog):
            self._key_path = self.dialog.key.path
            self.dialog.accept()
        self.dialog = None

    def ask(self, title: str, sentence: str, verb: str, on_yes: Callable[[], object]) -> None:
        ask(self, title, sentence, verb, on_yes)

    def copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    # inside

    def _ask_folder(self, title: str, start: Path, on_chosen: Callable[[Path], object]) -> None:
        dialog = QFileDialog(self, title, str(start))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: on_chosen(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _lay(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        cards: tuple[tuple[QVBoxLayout, tuple[QWidget, ...]], ...] = (
            (
                left,
                (
                    self.banner,
                    self.receive,
                    self.devices,
                    self.apart,
                    self.clashes,
                    self.gaps,
                    self.twice,
                ),
            ),
            (right, (self.answers, self.fine, self.received)),
        )
        inside = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns.setSpacing(16)
        for (column, widgets), weight in zip(cards, (23, 12), strict=True):
            column.setSpacing(GAP + 2)
            for widget in widgets:
                column.addWidget(widget)
            column.addStretch(1)
            self._columns.addLayout(column, weight)
        for hidden in (self.apart, self.clashes, self.gaps, self.twice, self.fine):
            hidden.hide()
        header = PageHeader(say("recepcion.title"), say("recepcion.context"))
        header.add(button(say("recepcion.devices"), self.presenter.devices, icon="equipo"))
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(header)
        page.addWidget(PageScroll(inside), 1)


def _sources(desk: Desk) -> RecepcionSources:
    session = desk.session

    def approve(file: KeyFile, asked: Asked, terms: Terms) -> tuple[list[Approval], Changes]:
        return session.approve_devices(open_key(desk.program, file), [asked], terms)

    def start() -> Path:
        sticks = disks.sticks()
        return sticks[0].path if sticks else disks.documents()

    here = session.here
    return RecepcionSources(
        here.profile,
        here.territorio,
        here.clock,
        session.reception,
        session.read_request.kept,
        approve,
        session.review,
        lambda folder, devices, progress, cancel: session.answer_senders(
            folder, devices, progress, cancel
        ),
        bundle_files,
        start,
        lambda case: session.set_aside([case.matter]),
        lambda case: session.set_aside.again([case.matter]),
    )
