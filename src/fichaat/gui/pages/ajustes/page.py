"""Profile, device, passphrase, lock and backups."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from fichaat.application.changes import Changes, Kind
from fichaat.application.passphrase import Strength
from fichaat.application.region_recovery import RecoveryAnswer
from fichaat.domain.rol import Rol
from fichaat.gui.desk import Desk
from fichaat.gui.key_file import KeyFile, open_key
from fichaat.gui.pages.ajustes.cards import (
    BackupCard,
    DeviceCard,
    HelpCard,
    LockCard,
    PassphraseCard,
    ProfileCard,
)
from fichaat.gui.pages.ajustes.presenter import AjustesPresenter, BackupRow, ProfileFacts
from fichaat.gui.pages.ajustes.received_card import ReceivedCard
from fichaat.gui.pages.ajustes.received_presenter import ReceivedPresenter, ReceivedSources
from fichaat.gui.pages.ajustes.recovery_dialog import RecoveryDialog
from fichaat.gui.pages.ajustes.recovery_presenter import RecoverySources
from fichaat.gui.pages.ajustes.region_card import RegionCard
from fichaat.gui.pages.ajustes.region_presenter import RegionPresenter, RegionSources
from fichaat.gui.pages.page import Page
from fichaat.gui.recovery_files import read_request_file
from fichaat.gui.region_words import RegionWords
from fichaat.gui.routes import Ajustes, Route
from fichaat.gui.text import say
from fichaat.gui.theme.tokens import MARGIN, MARGIN_NARROW
from fichaat.gui.widgets.surfaces import PageHeader, PageScroll, column_of
from fichaat.gui.widgets.words_dialog import ask_words

_TWO_COLUMNS = 110
"""Letters that fit in the width of the page where two columns are comfortable."""


class AjustesPage(Page):
    """See `AjustesPresenter`."""

    place = "ajustes"
    help_topic = "ajustes"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._presenter = AjustesPresenter(
            self, desk.program, desk.session, self.tasks, desk.watch_idle
        )
        self.profile = ProfileCard()
        self.device = DeviceCard(self._on_request)
        self.passphrase = PassphraseCard(self._presenter.new, self._presenter.change_passphrase)
        self.lock = LockCard(self._presenter.set_minutes, desk.lock)
        self.backups = BackupCard(self._presenter.back_up, self._on_usb, self._on_open_folder)
        self.received = ReceivedCard(self)
        self._received = ReceivedPresenter(self.received, self.tasks, _received_sources(desk))
        self.received.empty.clicked.connect(self._received.empty)
        self.others = HelpCard(self._on_help)
        if desk.session.here.profile.rol is not Rol.COORDINADOR:
            self.others.hide()  # shown before it has a place it would be a window of its own
        self.region = RegionCard(self.device.show_approval)
        words = RegionWords(
            self, self.tasks, desk.go, desk.session.read_region, desk.session.accept_region
        )
        self._region = RegionPresenter(self.region, self.tasks, words, _region_sources(desk))
        self.region.presenter = self._region
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        context = say("ajustes.context", version=desk.program.version)
        column.addWidget(PageHeader(say("ajustes.title"), context))
        inside = QWidget()
        self._columns = QHBoxLayout(inside)
        left = column_of(self.profile, self.device, self.region, self.passphrase)
        right = column_of(self.backups, self.received, self.lock, self.others)
        for side in (left, right):
            side.addStretch(1)
            self._columns.addLayout(side, 1)
        column.addWidget(PageScroll(inside), 1)

    def takes(self, route: Route) -> bool:
        return isinstance(route, Ajustes)

    def arrive(self, route: Route) -> None:
        del route
        self._presenter.begin()
        self._region.begin()
        self._received.begin()
        self.backups.now_button.setFocus()

    def changed(self, changes: Changes) -> None:
        if changes & Changes.of(Kind.DEVICE):
            self._region.begin()

    def adapt(self, *, narrow: bool, short: bool) -> None:
        del short
        margin = MARGIN_NARROW if narrow else MARGIN
        self._columns.setContentsMargins(margin, MARGIN_NARROW, margin, margin)
        letters = self.width() // max(1, self.fontMetrics().averageCharWidth())
        beside = QHBoxLayout.Direction.LeftToRight
        below = QHBoxLayout.Direction.TopToBottom
        self._columns.setDirection(beside if letters >= _TWO_COLUMNS else below)
        self._columns.setSpacing(MARGIN_NARROW)

    # what the presenters say

    def ask_words(
        self,
        title: str,
        sentence: str,
        words: Sequence[str],
        on_answer: Callable[[bool], object],
    ) -> None:
        ask_words(self, title, sentence, words, on_answer)

    def show_profile(self, found: ProfileFacts) -> None:
        self.profile.show_profile(found)
        self.device.show_profile(found)

    def show_request(self, sentence: str, *, done: bool) -> None:
        self.device.show_result(sentence, done=done)

    def show_current_error(self, sentence: str | None) -> None:
        self.passphrase.show_current_error(sentence)

    def show_change(self, sentence: str | None, *, done: bool) -> None:
        if done:
            self.passphrase.fold()
        self.passphrase.show_result(sentence, done=done)

    def show_help(self, sentence: str) -> None:
        self.passphrase.show_help(sentence)

    def set_changing(self, *, busy: bool) -> None:
        self.passphrase.set_busy(busy=busy)

    def show_strength(self, found: Strength | None) -> None:
        self.passphrase.show_strength(found)

    def show_passphrase_error(self, sentence: str | None) -> None:
        self.passphrase.fields.show_passphrase_error(sentence)

    def show_repeat_error(self, sentence: str | None) -> None:
        self.passphrase.fields.show_repeat_error(sentence)

    def focus(self, field: str) -> None:
        self.passphrase.focus(field)

    def show_minutes(self, minutes: int) -> None:
        self.lock.show_minutes(minutes)

    def show_lock_error(self, sentence: str | None) -> None:
        self.lock.show_result(sentence, done=False)

    def show_backups(
        self, last: str, rows: Sequence[BackupRow], more: int, *, folder: Path
    ) -> None:
        self.backups.show_backups(last, rows, more)
        self.backups.setToolTip(str(folder))

    def show_backup_result(self, sentence: str, *, done: bool) -> None:
        self.backups.show_result(sentence, done=done)
        self._received.begin()  # what came before a new one may go

    # what the person does

    def _on_help(self) -> None:
        program = self.desk.program

        def answer(data: bytes, file: KeyFile) -> RecoveryAnswer:
            return program.answer_recovery(data, open_key(program, file))

        sources = RecoverySources(
            read_request_file, answer, program.fingerprint_words, program.write_file
        )
        RecoveryDialog(self, self.tasks, sources).open()

    def _on_request(self) -> None:
        dialog = QFileDialog(self, say("ajustes.request_title"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(say("ajustes.request_files"))
        dialog.setDefaultSuffix("fichaat")
        dialog.selectFile(self._presenter.request_name)
        dialog.fileSelected.connect(lambda name: self._presenter.request(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_usb(self) -> None:
        dialog = QFileDialog(self, say("ajustes.back_up_title"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self._presenter.back_up(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._presenter.backup_folder)))


def _received_sources(desk: Desk) -> ReceivedSources:
    program, session = desk.program, desk.session

    def last_backup() -> datetime | None:
        found = program.backups(program.backup_folder(session.folder))
        return found[0].instant if found else None

    files = session.received_files
    return ReceivedSources(files.held, files.remove, last_backup)


def _region_sources(desk: Desk) -> RegionSources:
    session = desk.session
    return RegionSources(
        session.here.profile.rol is Rol.COORDINADOR,
        session.read_region,
        session.create_region,
        lambda file: session.open_region(open_key(desk.program, file)),
    )
