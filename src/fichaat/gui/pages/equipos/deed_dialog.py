"""Asks for the reason and the key before something is said of a device."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from fichaat.gui.pages.equipos.presenter import RELIEVE, RENEW, REVOKE, Deed, Said
from fichaat.gui.text import say
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.combo_box import NoWheelComboBox
from fichaat.gui.widgets.field import Field
from fichaat.gui.widgets.form_dialog import FormDialog
from fichaat.gui.widgets.key_fields import KeyFields
from fichaat.gui.widgets.words_view import WordsView


class DeedDialog(FormDialog):
    """Renew, revoke or relieve one device."""

    def __init__(
        self, parent: QWidget, deed: Deed, path: Path | None, on_said: Callable[[Said], object]
    ) -> None:
        super().__init__(
            parent,
            say(f"equipos.title_{deed.what}", nombre=deed.row.nombre),
            say(f"equipos.what_{deed.what}"),
            say(f"equipos.do_{deed.what}"),
            self._on_yes,
            danger=deed.what == REVOKE,
        )
        self._deed = deed
        self._on_said = on_said
        self.add(labels.second(deed.row.detalle))
        self.add(WordsView(deed.row.palabras))
        self.successor = NoWheelComboBox(say("equipos.successor"), deed.successors)
        self._successor = Field(say("equipos.successor"), self.successor)
        self._successor.setVisible(False)
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(4 * self.reason.fontMetrics().lineSpacing())
        self._reason = Field(say("equipos.reason"), self.reason, say("equipos.reason_hint"))
        self.key = KeyFields(path)
        self.add(self._successor)
        self.add(self._reason)
        self.add(self.key)
        self.finish()
        self._successor.setVisible(deed.what == RELIEVE)
        self._reason.setVisible(deed.what != RENEW)
        first = {RENEW: self.key.choose, REVOKE: self.reason, RELIEVE: self.successor}
        first[deed.what].setFocus()

    def _on_yes(self) -> None:
        motivo = self.reason.toPlainText().strip()
        if self._deed.what != RENEW and not motivo:
            self._reason.show_error(say("equipos.reason_missing"))
            self.reason.setFocus()
            return
        self._reason.show_error(None)
        if self._deed.what == RELIEVE and not self.successor.value:
            self._successor.show_error(say("equipos.successor_none"))
            return
        key = self.key.read()
        if key is None:
            return
        self.show_error("")
        self.set_busy(busy=True)
        self._on_said(Said(self._deed, motivo, self.successor.value, key))
