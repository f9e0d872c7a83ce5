"""The twelve words of the recovery code, once: to be kept on paper before the work begins."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame, QHBoxLayout, QWidget

from fichaat.gui.gate.panels import FormPanel, foot
from fichaat.gui.gate.words_presenter import WordsPresenter
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.gui.theme.style import set_role
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.surfaces import Banner

if TYPE_CHECKING:
    from fichaat.application.profiles import NewProfile
    from fichaat.application.program import Program
    from fichaat.application.session import Session


class WordsPanel(FormPanel):
    """See `WordsPresenter`. Neither the window nor the panel goes away by accident."""

    def __init__(
        self,
        program: "Program",
        tasks: Tasks,
        folder: Path,
        made: "tuple[NewProfile, str, tuple[str, ...]]",
        *,
        entered: "Callable[[Session], None]",
    ) -> None:
        super().__init__(say("entrada.words"), say("entrada.words_what"))
        self._heading = say("entrada.sheet_trouble")
        self.presenter = WordsPresenter(self, program, tasks, folder, made, entered=entered)
        self._leaving = False
        self.card.add(_Words(self.presenter.words))
        papers = QWidget()
        row = FlowRow()
        self.save_button = button(say("entrada.save_sheet"), self._on_save, icon="pdf")
        row.add(self.save_button)
        self.print_button = button(
            say("entrada.print_sheet"), self.presenter.print_sheet, icon="imprimir"
        )
        row.add(self.print_button)
        papers.setLayout(row)
        self.card.add(papers)
        self._saved = Banner("ok")
        self._saved.hide()
        self.card.add(self._saved)
        self.kept = QCheckBox(say("entrada.kept"))
        self.kept.toggled.connect(lambda kept: self.presenter.set_kept(kept=kept))
        self.begin_button = button(
            say("entrada.begin"), self.presenter.begin_work, role="primary", icon="siguiente"
        )
        self.begin_button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.begin_button.setEnabled(False)
        self.card.add(self.kept)
        self.card.add(foot(primary=self.begin_button))

    def begin(self) -> None:
        self.save_button.setFocus()

    def may_close(self, close: Callable[[], object]) -> bool:
        """Only once the words are kept, or the person says twice that they need not be."""
        if self._leaving or self.presenter.kept:
            return True
        from fichaat.gui.widgets.dialogs import ask

        def leave() -> None:
            self._leaving = True
            close()

        question = ask(
            self,
            say("entrada.close"),
            say("entrada.close_what"),
            say("entrada.close_yes"),
            leave,
            danger=True,
        )
        question.no.setText(say("entrada.close_no"))
        return False

    # what the presenter says

    def show_saved(self, sentence: str, path: Path) -> None:
        self._saved.say(sentence)
        self._saved.set_action(
            button(
                say("entrada.sheet_open"),
                lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
                role="link",
            )
        )
        self._saved.show()
        self.kept.setFocus()

    def print_sheet(self, pdf: bytes) -> None:
        from fichaat.gui.paper_actions import Paper
        from fichaat.gui.printing import PrintDialog

        PrintDialog(self, [Paper(say("entrada.hoja_title"), pdf)]).open()

    def set_can_begin(self, *, can: bool) -> None:
        self.begin_button.setEnabled(can)

    def set_busy(self, *, busy: bool) -> None:
        self.begin_button.setEnabled(not busy and self.presenter.kept)

    def _on_save(self) -> None:
        dialog = QFileDialog(self, say("entrada.words"))
        dialog.setObjectName("save-sheet")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(say("entrada.sheet_files"))
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(say("entrada.sheet_file"))
        dialog.fileSelected.connect(lambda name: self.presenter.save_sheet(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class _Words(QWidget):
    """As many beside each other as there is room for; read by their numbers."""

    def __init__(self, words: tuple[str, ...]) -> None:
        super().__init__()
        flow = FlowRow(spacing=8)
        cells = [_Word(number, word) for number, word in enumerate(words, 1)]
        widest = max(cell.sizeHint().width() for cell in cells)
        for cell in cells:
            cell.setFixedWidth(widest)
            flow.add(cell)
        self.setLayout(flow)


class _Word(QFrame):
    def __init__(self, number: int, word: str) -> None:
        super().__init__()
        set_role(self, "inset")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 12, 6)
        row.setSpacing(6)
        place = labels.hint(f"{number}.")
        place.setWordWrap(False)
        text = labels.body(word, bold=True)
        text.setWordWrap(False)
        row.addWidget(place)
        row.addWidget(text, 1)
        self.setAccessibleName(say("entrada.word", numero=number, palabra=word))
