"""The preview of packages: nothing is applied before the person says so."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.preview_bundle import BundlePreview
from fichaat.domain.rol import Rol
from fichaat.gui import disks
from fichaat.gui.desk import Desk
from fichaat.gui.pages.importar.foot import Foot
from fichaat.gui.pages.importar.parts import FileList, FootBar, VerdictBox
from fichaat.gui.pages.importar.presenter import ImportarPresenter, ImportarSources
from fichaat.gui.pages.importar.record_words import ChipWords, RowWords
from fichaat.gui.pages.importar.table import RecordsTable
from fichaat.gui.pages.importar.words import Box, FileRow
from fichaat.gui.pages.page import Page
from fichaat.gui.region_words import RegionWords
from fichaat.gui.routes import ImportarPaquetes, Route
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.style import restyle
from fichaat.gui.theme.tokens import BODY_PT, GAP, MARGIN, MARGIN_NARROW
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.bundle_dialog import ask_bundles
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.dialogs import ask
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.icons import LARGE, IconLabel
from fichaat.gui.widgets.path_label import PathLabel
from fichaat.gui.widgets.surfaces import Banner, Chip, EmptyState, PageHeader, PageScroll
from fichaat.gui.widgets.words_dialog import ask_words

_BESIDE = 56
"""Lines of text that fit in the width of the page where the list of files stands at the left."""

_ABREAST = 36
"""As many where the three verdicts stand side by side."""


class ImportarPage(Page):
    place = "paquetes"
    help_topic = "paquetes"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        session = desk.session

        def preview(path: Path, progress: Progress, cancel: CancelToken) -> BundlePreview:
            return session.preview_bundle(path, progress, cancel)

        self.presenter = ImportarPresenter(
            self,
            self.tasks,
            desk.go,
            ImportarSources(
                session.here.key.device,
                session.here.territorio,
                session.here.clock,
                preview,
                session.import_bundle,
                disks.file_size,
                disks.disk_of,
                session.here.profile.rol is not Rol.ESPECIALISTA,
                session.here.profile.rol is Rol.COORDINADOR,
                lambda: self._words.ask_if_new(),
            ),
            lasting=desk.runner,
            there=lambda: not self.gone,
        )
        self._words = RegionWords(
            self, self.tasks, desk.go, session.read_region, session.accept_region
        )
        self._pressed = False
        self._header = PageHeader(say("paquetes.preview"), say("paquetes.preview_hint"))
        self._files = FileList(self.presenter.choose)
        self._name = PathLabel("")
        self._name.setFont(font(BODY_PT, bold=True))
        restyle(self._name, role="title")
        self._detail = labels.hint()
        self.another = button(say("paquetes.another"), self.presenter.another, icon="carpeta")
        self.boxes = (VerdictBox(), VerdictBox(), VerdictBox())
        self.banner = Banner("info")
        self.banner.hide()
        self._copy = button(say("paquetes.gap_copy"), self.presenter.copy_request)
        self.banner.set_action(self._copy)
        self._heading = labels.card_title(say("paquetes.content"))
        self._chips = FlowRow(spacing=8)
        self.table = RecordsTable()
        self._empty = EmptyState("paquetes", "")
        self.footer = FootBar(self.presenter.cancel, self.presenter.act)
        self._lay()

    # Page

    def takes(self, route: Route) -> bool:
        """Other packages are shown here; those that are being imported come first."""
        return isinstance(route, ImportarPaquetes)

    def arrive(self, route: Route) -> None:
        """The records have the focus: the main button is one Tab away, never under a stray key."""
        assert isinstance(route, ImportarPaquetes)
        self.presenter.arrived(route.archivos)
        self.table.setFocus()

    def leave(self) -> None:
        self.presenter.left()

    def adapt(self, *, narrow: bool, short: bool) -> None:
        del short
        side = MARGIN_NARROW if narrow else MARGIN
        self._columns.setContentsMargins(side, 12, side, GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The list of files stands above the preview where there is no room beside it."""
        super().resizeEvent(event)
        self._place_files()

    # what the presenter shows

    def show_title(self, title: str) -> None:
        self._header.say(title, say("paquetes.preview_hint"))

    def show_files(self, rows: Sequence[FileRow], chosen: int) -> None:
        self._files.show_files(rows, chosen)
        self._files.setVisible(bool(rows))
        stops = (self.another, self._copy, self.table, self.footer.cancel, self.footer.act)
        for before, after in pairwise([*self._files.buttons, *stops]):
            self.setTabOrder(before, after)
        self._place_files()

    def show_head(self, name: str, detail: str) -> None:
        self._name.show_path(name)
        self._detail.setText(detail)

    def show_boxes(self, boxes: Sequence[Box]) -> None:
        for shown, box in zip(self.boxes, boxes, strict=True):
            shown.show_box(box)

    def show_banner(self, sentence: str, what: str, tone: str) -> None:
        self.banner.setVisible(bool(sentence))
        self.banner.say(sentence, what, tone)

    def offer_copy(self, *, offered: bool) -> None:
        self._copy.setVisible(offered)

    def show_records(
        self, rows: Sequence[RowWords], counts: Sequence[ChipWords], empty: str
    ) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for count in counts:
            self._chips.add(Chip(*count))
        self._chips.invalidate()
        self._content.setVisible(bool(rows))
        self.table.show_rows(rows)
        self._empty.say(empty)
        self._empty.setVisible(bool(empty))
        self._below.setVisible(not rows and not empty)
        if self.focusWidget() in (self.table, self.another):
            # Where there is nothing to read, what is left to do.
            (self.table if rows else self.another).setFocus()

    def show_foot(self, foot: Foot) -> None:
        """Who pressed the main button finds the focus on the next one when that is over."""
        act = self.footer.act
        self._pressed = self._pressed or (act.hasFocus() and not foot.action)
        self.footer.show_foot(foot)
        if not self._pressed:
            return
        if foot.over and foot.action:
            self._pressed = False
            act.setFocus()
        elif not foot.action:
            (self.table if self.table.isVisible() else self.another).setFocus()

    def ask_bundles(self, start: Path) -> None:
        ask_bundles(self, start, self.presenter.preview)

    def ask_clock(self, sentence: str, on_yes: Callable[[], object]) -> None:
        ask(self, say("reloj.ask_title"), sentence, say("reloj.ask_yes"), on_yes, danger=True)

    def ask_words(
        self,
        title: str,
        sentence: str,
        words: Sequence[str],
        on_answer: Callable[[bool], object],
    ) -> None:
        ask_words(self, title, sentence, words, on_answer)

    def copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    # inside

    def _lay(self) -> None:
        told = QVBoxLayout()
        told.setSpacing(1)
        told.addWidget(self._name)
        told.addWidget(self._detail)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(IconLabel("paquetes", "primary", LARGE))
        head.addLayout(told, 1)
        head.addWidget(self.another)
        self._verdicts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._verdicts.setSpacing(GAP)
        for box in self.boxes:
            self._verdicts.addWidget(box, 1)
        self._content = QWidget()
        counted = FlowRow(spacing=GAP, centred=True)
        counted.add(self._heading, 1)
        chips = QWidget()
        chips.setLayout(self._chips)
        counted.add(chips)
        content = QVBoxLayout(self._content)
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(8)
        content.addLayout(counted)
        content.addWidget(self.table, 1)
        self._below = QWidget()
        preview = QWidget()
        column = QVBoxLayout(preview)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addLayout(self._verdicts)
        column.addWidget(self.banner)
        column.addWidget(self._content, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(self._below, 1)
        inside = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns.setSpacing(16)
        self._columns.addWidget(self._files, 10)
        self._columns.addWidget(preview, 33)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._header)
        page.addWidget(PageScroll(inside), 1)
        page.addWidget(self.footer)
        self._files.hide()

    def _place_files(self) -> None:
        beside = self.width() > _BESIDE * self.fontMetrics().lineSpacing()
        self._columns.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )
        self._columns.setStretch(0, 10 if beside else 0)
        self._files.lay(beside=beside)
        rows = self.width() < _ABREAST * self.fontMetrics().lineSpacing()
        self._verdicts.setDirection(
            QBoxLayout.Direction.TopToBottom if rows else QBoxLayout.Direction.LeftToRight
        )
