"""Carrying work out, and taking in what others bring."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QVBoxLayout, QWidget

from fichaat.application.changes import Changes
from fichaat.gui import disks
from fichaat.gui.desk import Desk
from fichaat.gui.pages.page import Page
from fichaat.gui.pages.paquetes.cards import ExportCard, ImportCard, PastCard, ResultCard
from fichaat.gui.pages.paquetes.places import Target
from fichaat.gui.pages.paquetes.presenter import PaquetesPresenter, PaquetesSources
from fichaat.gui.pages.paquetes.repository_card import RepositoryCard
from fichaat.gui.pages.paquetes.words import Choices, FileLine, Result, Secrecy
from fichaat.gui.routes import Route
from fichaat.gui.text import say
from fichaat.gui.theme.tokens import GAP, MARGIN, MARGIN_NARROW
from fichaat.gui.widgets.bundle_dialog import ask_bundles
from fichaat.gui.widgets.columns import place_columns
from fichaat.gui.widgets.surfaces import PageHeader, PageScroll

_TWO_COLUMNS = 44
"""Lines of text that fit in the width of the page where two columns are comfortable."""

STICKS_MS = 3_000
"""How often it is looked whether a stick was plugged in, while the page is seen."""


class PaquetesPage(Page):
    place = "paquetes"
    help_topic = "paquetes"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        delivery = desk.session.delivery
        self.presenter = PaquetesPresenter(
            self,
            self.tasks,
            desk.go,
            PaquetesSources(
                delivery,
                delivery.remember_folder,
                desk.session.export,
                disks.sticks,
                disks.disk_of,
                disks.is_folder,
                disks.documents,
            ),
            lasting=desk.runner,
            there=lambda: not self.gone,
        )
        self.export = ExportCard(self.presenter)
        self.result = ResultCard(self.presenter.open_folder)
        self.past = PastCard()
        self.receive = ImportCard(self.presenter.choose_bundles)
        self.repository = RepositoryCard(desk, self, disks.documents)
        self._timer = QTimer(self)
        self._timer.setInterval(STICKS_MS)
        self._timer.timeout.connect(self.presenter.look_for_sticks)
        self._lay()

    # Page

    def arrive(self, route: Route) -> None:
        """What most people come for has the focus."""
        del route
        self.presenter.arrived()
        self.export.go.setFocus()

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

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Sticks are looked for only while somebody looks."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        self._timer.stop()

    # what the presenter shows

    def show_choices(self, choices: Choices | None) -> None:
        self.export.show_choices(choices)
        self._order_tabs()
        if choices is None and self.focusWidget() is self.export.go:
            self.receive.choose.setFocus()  # there is still what others bring

    def show_state(self, sentence: str, *, done: bool) -> None:
        self.export.state.say(sentence, "bien" if done else "nota", "ok" if done else "info")

    def show_targets(self, targets: Sequence[Target], chosen: Path, note: str) -> None:
        self.export.show_targets(targets, chosen, note)
        self._order_tabs()

    def show_secrecy(self, secrecy: Secrecy | None) -> None:
        self.export.show_secrecy(secrecy)

    def show_space(self, sentence: str) -> None:
        self.export.space.say(sentence, "aviso", "warn")

    def show_past(self, lines: Sequence[FileLine]) -> None:
        self.past.show_past(lines)

    def show_busy(self, *, busy: bool) -> None:
        self.export.show_busy(busy=busy)

    def show_result(self, result: Result | None) -> None:
        self.result.show_result(result)
        if result is not None:
            self.result.open.setFocus()

    def show_refusal(self, sentence: str) -> None:
        self.export.show_refusal(sentence)

    def ask_folder(self, start: Path) -> None:
        """Another place, in the system's own window."""
        dialog = QFileDialog(self, say("paquetes.target_ask"), str(start))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self.presenter.pick(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_bundles(self, start: Path) -> None:
        """Packages, in the system's own window."""
        ask_bundles(self, start, self.presenter.preview)

    def open_folder(self, folder: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    # inside

    def _order_tabs(self) -> None:
        """Rows that were made later stand where they are seen."""
        for before, after in pairwise([self.result.open, *self.export.stops, self.receive.choose]):
            self.setTabOrder(before, after)

    def _lay(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        cards: tuple[tuple[QVBoxLayout, tuple[QWidget, ...]], ...] = (
            (left, (self.result, self.export)),
            (right, (self.receive, self.repository, self.past)),
        )
        for column, widgets in cards:
            column.setSpacing(GAP + 2)
            for widget in widgets:
                column.addWidget(widget)
            column.addStretch(1)
        inside = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns.setSpacing(16)
        self._columns.addLayout(left, 23)
        self._columns.addLayout(right, 12)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(PageHeader(say("paquetes.title"), say("paquetes.context")))
        page.addWidget(PageScroll(inside), 1)
