"""The card with which a coordinator makes what is uploaded to the FED."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from fichaat.gui.desk import Desk
from fichaat.gui.pages.page import Page
from fichaat.gui.pages.paquetes.repository import (
    PARTS,
    RepositoryPresenter,
    RepositorySources,
    uploads,
)
from fichaat.gui.text import say
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import Segmented, button
from fichaat.gui.widgets.icons import MEDIUM, SMALL, IconLabel
from fichaat.gui.widgets.surfaces import Banner, Card


class RepositoryCard(Card):
    """What to take, in parts of which size; then the folder is asked for."""

    def __init__(self, desk: Desk, page: Page, documents: Callable[[], Path]) -> None:
        super().__init__()
        self._folder = Path()
        session = desk.session
        self.presenter = RepositoryPresenter(
            self,
            desk.runner,
            desk.go,
            RepositorySources(lambda: session.build_repository, documents),
            there=lambda: not page.gone,
        )
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel("paquetes", "primary", MEDIUM), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(labels.card_title(say("repositorio.card")), 1)
        self.column.addLayout(head)
        self.everything = QCheckBox(say("repositorio.card_all"))
        self.everything.toggled.connect(lambda on: self.presenter.take_all(everything=on))
        self.part = Segmented(
            say("repositorio.card_part"),
            [(value, say(f"repositorio.card_part_{value}")) for value in PARTS],
        )
        self.part.choose(PARTS[0])
        self.part.chosen.connect(self.presenter.split)
        self.go = button(say("repositorio.card_do"), self.presenter.choose_folder, icon="carpeta")
        self.refusal = Banner("error")
        self.refusal.hide()
        self.told = self._lay_told()
        self.add(labels.second(say("repositorio.card_hint")))
        self.add(labels.field_label(say("repositorio.card_part")))
        for widget in (self.part, self.everything, self.refusal, self.told, self.go):
            self.add(widget)
        if not uploads(session.here.profile):
            self.hide()

    # what the presenter shows

    def show_busy(self, *, busy: bool) -> None:
        for widget in (self.everything, self.part, self.go):
            widget.setEnabled(not busy)
        self.go.setText(say("repositorio.card_doing" if busy else "repositorio.card_do"))

    def show_told(self, sentence: str, details: str, folder: Path | None) -> None:
        self.told.setVisible(bool(sentence))
        self.sentence.setText(sentence)
        self.details.setText(details)
        if folder is not None:
            self._folder = folder
            self.open.setFocus()

    def show_refusal(self, sentence: str) -> None:
        self.refusal.setVisible(bool(sentence))
        self.refusal.say(sentence)

    def ask_folder(self, start: Path) -> None:
        """In the system's own window."""
        dialog = QFileDialog(self, say("repositorio.card_ask"), str(start))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self.presenter.build(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_folder(self, folder: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    # inside

    def _lay_told(self) -> QWidget:
        """What a run left, and the way to it."""
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.sentence = labels.body()
        row.addWidget(IconLabel("bien", "ok", SMALL), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.sentence, 1)
        self.details = labels.hint()
        self.open = button(
            say("repositorio.card_open"),
            lambda: self.presenter.open_folder(self._folder),
            icon="carpeta",
        )
        column.addLayout(row)
        column.addWidget(self.details)
        column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        made.hide()
        return made
