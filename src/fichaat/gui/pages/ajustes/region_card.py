"""The card of the region in *Ajustes*, and what it asks."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from fichaat.gui.gate.new_passphrase import NewPassphrase
from fichaat.gui.gate.passphrase_fields import PassphraseFields, ShowsNewPassphrase
from fichaat.gui.key_file import KeyFile
from fichaat.gui.pages.ajustes.cards import Facts, ResultCard
from fichaat.gui.pages.ajustes.region_presenter import RegionFacts, RegionPresenter, RootLine
from fichaat.gui.text import say
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.field import Field
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.form_dialog import FormDialog
from fichaat.gui.widgets.key_fields import KeyFields
from fichaat.gui.widgets.path_label import PathLabel
from fichaat.gui.widgets.surfaces import clear_layout
from fichaat.gui.widgets.words_view import WordsView


class RegionCard(ResultCard):
    """Which region is believed here, and whether it approved this device."""

    def __init__(self, on_approval: Callable[[bool], object]) -> None:
        """`on_approval` hears whether the region approved this device."""
        super().__init__(say("ajustes.region_card"))
        self._on_approval = on_approval
        self.presenter: RegionPresenter | None = None
        self.dialog: FormDialog | None = None
        self._facts = Facts()
        self._roots = QWidget()
        self._root_rows = QVBoxLayout(self._roots)
        self._root_rows.setContentsMargins(0, 0, 0, 0)
        self.create_button = button(
            say("ajustes.region_create"), self._ask_create, icon="confianza"
        )
        self.open_button = button(say("ajustes.region_open"), self._ask_open, icon="usb")
        self._makes = QWidget()
        flow = FlowRow()
        flow.add(self.create_button)
        flow.add(self.open_button)
        self._makes.setLayout(flow)
        self._makes_hint = labels.hint(say("ajustes.region_make_hint"))
        for widget in (self._facts, self._roots, self.result, self._makes_hint, self._makes):
            self.add(widget)
        for hidden in (self._roots, self._makes_hint, self._makes):
            hidden.hide()

    # what the presenter says

    def show_region(self, found: RegionFacts) -> None:
        self._facts.show_facts(found.facts)
        clear_layout(self._root_rows)
        for line in found.roots:
            self._root_rows.addWidget(self._root_row(line))
        self._roots.setVisible(bool(found.roots))
        self._makes.setVisible(found.makes)
        hint = "ajustes.region_make_hint" if found.makes else "ajustes.region_waits"
        self._makes_hint.setText(say(hint))
        self._makes_hint.setVisible(found.makes or found.waits)
        self._on_approval(found.approved)

    def show_key_error(self, sentence: str) -> None:
        if self.dialog is not None and isValid(self.dialog):
            self.dialog.show_error(sentence)

    def close_key(self) -> None:
        if self.dialog is not None and isValid(self.dialog):
            self.dialog.accept()
        self.dialog = None

    # inside

    def _root_row(self, line: RootLine) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(labels.second(say("ajustes.root_arrived")))
        column.addWidget(WordsView(line.palabras))
        row = FlowRow()
        row.add(button(say("ajustes.root_compare"), partial(self._compare, line)))
        column.addLayout(row)
        return made

    def _compare(self, line: RootLine) -> None:
        if self.presenter is not None:
            self.presenter.compare(line.root)

    def _ask_create(self) -> None:
        self.dialog = CreateDialog(self, self._create)
        self.dialog.open()

    def _ask_open(self) -> None:
        self.dialog = OpenDialog(self, self._open)
        self.dialog.open()

    def _create(self, path: Path, passphrase: str) -> None:
        if self.presenter is not None:
            self.presenter.create(path, passphrase)

    def _open(self, file: KeyFile) -> None:
        if self.presenter is not None:
            self.presenter.open(file)


class OpenDialog(FormDialog):
    """Which file, and its passphrase."""

    def __init__(self, parent: QWidget, on_open: Callable[[KeyFile], object]) -> None:
        super().__init__(
            parent,
            say("ajustes.region_open_title"),
            say("ajustes.region_open_what"),
            say("ajustes.region_open_do"),
            self._on_yes,
        )
        self._on_open = on_open
        self.key = KeyFields()
        self.add(self.key)
        self.finish()
        self.key.choose.setFocus()
        self.resize(self.width(), 420)

    def _on_yes(self) -> None:
        file = self.key.read()
        if file is not None:
            self.show_error("")
            self.set_busy(busy=True)
            self._on_open(file)


class CreateDialog(ShowsNewPassphrase, FormDialog):
    """Where the new file goes, and the passphrase that is only its own."""

    def __init__(self, parent: QWidget, on_create: Callable[[Path, str], object]) -> None:
        super().__init__(
            parent,
            say("ajustes.region_create_title"),
            say("ajustes.region_create_what"),
            say("ajustes.region_create_do"),
            self._on_yes,
        )
        self._on_create = on_create
        self._path: Path | None = None
        self._shown = PathLabel(say("recepcion.key_none"))
        self.choose = button(say("recepcion.key_choose"), self._ask, icon="usb")
        self.choose.setAccessibleName(say("recepcion.key_file"))
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._shown, 1)
        row.addWidget(self.choose)
        self._file = Field(say("recepcion.key_file"), line, say("ajustes.region_copies"))
        self._new = NewPassphrase(self)
        self.fields = PassphraseFields(self._new, self._on_yes)
        self.add(self._file)
        self.add(self.fields)
        self.finish()
        self.choose.setFocus()

    def take(self, path: Path) -> None:
        """This file."""
        self._path = path
        self._shown.show_path(path)
        self._file.show_error(None)

    def _on_yes(self) -> None:
        if self._path is None:
            self._file.show_error(say("ajustes.region_no_file"))
            self.choose.setFocus()
            return
        wrong = self._new.check()
        if wrong is not None:
            self.fields.focus(wrong)
            return
        self.show_error("")
        self.set_busy(busy=True)
        self._on_create(self._path, self._new.first)

    def _ask(self) -> None:
        dialog = QFileDialog(self, say("ajustes.region_file_ask"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setDefaultSuffix("llave")
        dialog.selectFile(say("ajustes.region_file"))
        dialog.fileSelected.connect(lambda name: self.take(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
