"""Asks what there is to decide before a device is approved."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from fichaat.domain.rol import Rol
from fichaat.gui.pages.recepcion.approving import YEARS, Decision, Question
from fichaat.gui.text import say
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import Segmented
from fichaat.gui.widgets.combo_box import NoWheelComboBox
from fichaat.gui.widgets.field import Field
from fichaat.gui.widgets.form_dialog import FormDialog
from fichaat.gui.widgets.key_fields import KeyFields
from fichaat.gui.widgets.words_view import WordsView


class ApproveDialog(FormDialog):
    """The words first: nothing else matters while they were not compared."""

    def __init__(
        self,
        parent: QWidget,
        question: Question,
        path: Path | None,
        on_decided: Callable[[Decision], object],
    ) -> None:
        super().__init__(
            parent,
            say("recepcion.approve_title", nombre=question.nombre),
            say("recepcion.approve_what"),
            say("recepcion.approve_do"),
            self._on_yes,
        )
        self._device = question.device
        self._on_decided = on_decided
        self.words = WordsView(question.palabras)
        self.heard = QCheckBox(say("recepcion.approve_heard"))
        self.rol = Segmented(
            say("recepcion.approve_rol"),
            [(rol.value, say(f"recepcion.rol_{rol.value}")) for rol in Rol],
        )
        self.rol.choose(question.rol)
        self.rol.chosen.connect(self._on_rol)
        self.provincia = NoWheelComboBox(say("recepcion.approve_provincia"), question.provincias)
        self.provincia.show_value(question.provincia)
        self._place = Field(say("recepcion.approve_provincia"), self.provincia, tight=True)
        self.years = Segmented(
            say("recepcion.approve_valid"),
            [(str(count), say(f"recepcion.years_{count}")) for count in YEARS],
        )
        self.years.choose(str(YEARS[-1]))
        self.key = KeyFields(path)
        self.add(labels.second(question.detalle))
        self.add(self.words)
        self.add(self.heard)
        self.add(Field(say("recepcion.approve_rol"), self.rol, tight=True))
        self.add(self._place)
        self.add(Field(say("recepcion.approve_valid"), self.years, tight=True))
        self.add(self.key)
        self.finish()
        self._rol = question.rol
        self._on_rol(question.rol)
        self.heard.setFocus()

    def _on_rol(self, rol: str) -> None:
        self._rol = rol
        self._place.setVisible(rol == Rol.PROVINCIAL)

    def _on_yes(self) -> None:
        if not self.heard.isChecked():
            self.show_error(say("recepcion.not_heard"))
            self.heard.setFocus()
            return
        key = self.key.read()
        if key is None:
            return
        self.show_error("")
        self.set_busy(busy=True)
        years = int(self.years.value or YEARS[-1])
        province = self.provincia.value
        self._on_decided(Decision(self._device, self._rol, province, years, key))
