"""A coordinator answers the request of somebody who forgot the passphrase."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from fichaat.gui.pages.ajustes.recovery_presenter import (
    Asked,
    RecoveryPresenter,
    RecoverySources,
)
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.field import Field
from fichaat.gui.widgets.form_dialog import FormDialog
from fichaat.gui.widgets.key_fields import KeyFields
from fichaat.gui.widgets.path_label import PathLabel
from fichaat.gui.widgets.words_view import WordsView


class RecoveryDialog(FormDialog):
    """First the request and the key; then who asks; then the twelve words, once."""

    def __init__(self, parent: QWidget, tasks: Tasks, sources: RecoverySources) -> None:
        super().__init__(
            parent,
            say("ajustes.help_title"),
            say("ajustes.help_what"),
            say("ajustes.help_open"),
            self._on_yes,
        )
        self._presenter = RecoveryPresenter(self, tasks, sources)
        self._request: Path | None = None
        self._name = PathLabel("")
        self.choose = button(say("ajustes.help_choose"), self._ask_request, icon="carpeta")
        self._request_field = Field(say("ajustes.help_request"), _line(self._name, self.choose))
        self.key = KeyFields()
        self._step = QWidget()
        self._inside = QVBoxLayout(self._step)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._asked = self._answered = False
        for widget in (self._request_field, self.key, self._step):
            self.add(widget)
        self._step.hide()
        self.finish()
        self.choose.setFocus()

    def take_request(self, path: Path) -> None:
        """The file that the person handed in."""
        self._request = path
        self._name.show_path(path.name)
        self._request_field.show_error(None)

    def save(self, path: Path) -> None:
        """The words agree: write the answer there."""
        self._presenter.save(path)

    # what the presenter says

    def show_asked(self, asked: Asked) -> None:
        self._asked = True
        self._request_field.hide()
        self.key.hide()
        self._show(
            labels.body(asked.who, bold=True),
            labels.hint(asked.when),
            labels.field_label(say("ajustes.asked_request")),
            WordsView(asked.request_words),
            labels.field_label(say("ajustes.asked_device")),
            WordsView(asked.device_words),
            labels.second(say("ajustes.asked_compare")),
        )
        self.yes.setText(say("ajustes.help_save"))
        self.yes.setFocus()

    def show_answered(self, sentence: str, codigo: Sequence[str]) -> None:
        self._answered = True
        self._show(
            labels.body(sentence),
            labels.body(say("ajustes.answered_words")),
            WordsView(codigo),
        )
        self.no.hide()
        self.yes.setText(say("ajustes.help_close"))
        self.yes.setFocus()

    # inside

    def _show(self, *widgets: QWidget) -> None:
        while (item := self._inside.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for widget in widgets:
            self._inside.addWidget(widget)
        self._step.show()

    def _on_yes(self) -> None:
        if self._answered:
            self.accept()
        elif self._asked:
            self._ask_target()
        else:
            self._open()

    def _open(self) -> None:
        missing = self._request is None
        self._request_field.show_error(say("ajustes.help_request_missing") if missing else None)
        key = None if self._request is None else self.key.read()
        if self._request is not None and key is not None:
            self._presenter.open(self._request, key)

    def _ask_request(self) -> None:
        dialog = QFileDialog(self, say("ajustes.help_choose"))
        dialog.setObjectName("choose-request")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(say("entrada.region_files"))
        dialog.fileSelected.connect(lambda name: self.take_request(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_target(self) -> None:
        dialog = QFileDialog(self, say("ajustes.help_save"))
        dialog.setObjectName("save-answer")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(say("entrada.region_files"))
        dialog.setDefaultSuffix("json")
        dialog.selectFile(self._presenter.answer_name)
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _line(shown: QWidget, chooser: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(shown, 1)
    row.addWidget(chooser)
    return made
