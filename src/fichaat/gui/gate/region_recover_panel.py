"""The region's help for who forgot the passphrase: a request, an answer, twelve words."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from fichaat.gui.gate.panels import FormPanel, foot, words_box
from fichaat.gui.gate.passphrase_fields import PassphraseFields, ShowsNewPassphrase
from fichaat.gui.gate.region_recover_presenter import RegionHelp, RegionRecoverPresenter
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.field import Field
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.path_label import PathLabel
from fichaat.gui.widgets.surfaces import Banner


class RegionRecoverPanel(ShowsNewPassphrase, FormPanel):
    """See `RegionRecoverPresenter`."""

    def __init__(
        self,
        tasks: Tasks,
        region: RegionHelp,
        recovered: Callable[[str], None],
        on_back: Callable[[], object],
    ) -> None:
        super().__init__(say("entrada.region_help"), say("entrada.region_what"))
        self._heading = say("entrada.not_done")
        self._presenter = RegionRecoverPresenter(self, tasks, region, recovered)
        self.save_button = button(say("entrada.region_request"), self._on_save, icon="confianza")
        self.saved = Banner("ok")
        self.saved.hide()
        self.words = labels.body("", bold=True)
        self.words.hide()
        self.choose_button = button(say("entrada.region_answer"), self._on_choose, icon="carpeta")
        self._name = PathLabel("")
        self._answer_field = Field(say("entrada.region_answer_label"), _row(self.choose_button))
        self.code = words_box()
        self._code_field = Field(say("entrada.region_code"), self.code)
        self.fields = PassphraseFields(self._presenter.new, self._on_asked)
        self._back = button(say("entrada.back"), on_back, icon="atras")
        self.go_button = button(say("entrada.recover_button"), self._on_asked, role="primary")
        self._lay()

    def begin(self) -> None:
        self.save_button.setFocus()

    # what the presenter says

    def set_busy(self, *, busy: bool) -> None:
        for widget in (
            self.save_button,
            self.choose_button,
            self.code,
            self.fields,
            self._back,
            self.go_button,
        ):
            widget.setEnabled(not busy)

    def show_request(self, sentence: str, words: str) -> None:
        self.saved.say(sentence)
        self.saved.show()
        self.words.setText(words)
        self.words.show()

    def show_answer(self, name: str) -> None:
        self._name.show_path(name)
        self._name.show()

    def show_answer_error(self, sentence: str | None) -> None:
        self._answer_field.show_error(sentence)

    def show_code_error(self, sentence: str | None) -> None:
        self._code_field.show_error(sentence)

    def focus(self, field: str) -> None:
        if field == "answer":
            self.choose_button.setFocus()
        elif field == "code":
            self.code.setFocus()
        else:
            self.fields.focus(field)

    # inside

    def _lay(self) -> None:
        self._name.hide()
        for widget in (
            _row(self.save_button),
            self.saved,
            self.words,
            self._answer_field,
            self._name,
            self._code_field,
            self.fields,
            foot(self._back, primary=self.go_button),
        ):
            self.card.add(widget)

    def _on_asked(self) -> None:
        self._presenter.asked(self.code.toPlainText())

    def _on_save(self) -> None:
        dialog = QFileDialog(self, say("entrada.region_request_title"))
        dialog.setObjectName("save-request")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(say("entrada.region_files"))
        dialog.setDefaultSuffix("json")
        dialog.selectFile(say("entrada.region_request_file"))
        dialog.fileSelected.connect(lambda name: self._presenter.save_request(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_choose(self) -> None:
        dialog = QFileDialog(self, say("entrada.region_answer_title"))
        dialog.setObjectName("choose-answer")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(say("entrada.region_files"))
        dialog.fileSelected.connect(lambda name: self._presenter.choose_answer(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _row(*widgets: QWidget) -> QWidget:
    """Buttons as wide as their words."""
    made = QWidget()
    inside = FlowRow()
    for widget in widgets:
        inside.add(widget)
    made.setLayout(inside)
    return made
