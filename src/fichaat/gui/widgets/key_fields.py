"""Which file the region key is in, and its passphrase."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from fichaat.gui.key_file import KeyFile
from fichaat.gui.text import say
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.field import Field
from fichaat.gui.widgets.path_label import PathLabel
from fichaat.gui.widgets.secret import secret_box, show_check


class KeyFields(QWidget):
    """A file that is chosen, and a secret line."""

    def __init__(self, path: Path | None = None) -> None:
        super().__init__()
        self._path: Path | None = None
        self._shown = PathLabel("")
        self.choose = button(say("recepcion.key_choose"), self._ask, icon="usb")
        self.choose.setAccessibleName(say("recepcion.key_file"))
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._shown, 1)
        row.addWidget(self.choose)
        self._file = Field(say("recepcion.key_file"), line)
        self.passphrase = secret_box()
        self._secret = Field(say("recepcion.key_passphrase"), self.passphrase)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self._file, self._secret, show_check(self.passphrase)):
            column.addWidget(widget)
        self.take(path)

    @property
    def path(self) -> Path | None:
        """The file that was chosen."""
        return self._path

    def take(self, path: Path | None) -> None:
        """This file."""
        self._path = path
        self._shown.show_path(say("recepcion.key_none") if path is None else path)
        if path is not None:
            self._file.show_error(None)

    def read(self) -> KeyFile | None:
        """What was given; None where something is missing, which is then said."""
        self._file.show_error(say("recepcion.key_missing") if self._path is None else None)
        typed = self.passphrase.text()
        self._secret.show_error(None if typed else say("recepcion.key_passphrase_missing"))
        if self._path is None:
            self.choose.setFocus()
            return None
        if not typed:
            self.passphrase.setFocus()
            return None
        return KeyFile(self._path, typed)

    def _ask(self) -> None:
        start = "" if self._path is None else str(self._path.parent)
        dialog = QFileDialog(self, say("recepcion.key_ask"), start)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.take(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
