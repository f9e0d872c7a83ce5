"""The form that says how an agreement goes: it asks only what the chosen state needs."""

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fichaat.domain.acuerdo import EstadoAcuerdo
from fichaat.gui.pages.acuerdos.view import Typed
from fichaat.gui.pages.acuerdos.words import StepWords, estado_options
from fichaat.gui.text import say, short_date
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.combo_box import NoWheelComboBox
from fichaat.gui.widgets.field import Field
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.surfaces import Banner
from fichaat.gui.widgets.text_box import PlainTextBox
from fichaat.gui.widgets.typed_fields import DateField, NumberField

_ASKED: Final = {
    "": (),
    EstadoAcuerdo.PENDIENTE: (),
    EstadoAcuerdo.EN_PROCESO: ("avance",),
    EstadoAcuerdo.CUMPLIDO: ("cumplido_el",),
    EstadoAcuerdo.NO_CUMPLIDO: ("motivo",),
    EstadoAcuerdo.REPROGRAMADO: ("nuevo_plazo", "avance", "motivo"),
}


class EventForm(QWidget):
    """Fields one below the other; the two short ones share a line."""

    def __init__(self, today: date, on_register: Callable[[Typed], object]) -> None:
        super().__init__()
        self._on_register = on_register
        self.estado = NoWheelComboBox(
            say("acuerdos.field_estado"), [("", say("acuerdos.choose")), *estado_options()]
        )
        self.avance = NumberField(say("acuerdos.field_avance"))
        self.cumplido_el = DateField(say("acuerdos.field_cumplido_el"), today)
        self.nuevo_plazo = DateField(say("acuerdos.field_nuevo_plazo"), today, ahead=True)
        self.motivo = PlainTextBox(say("acuerdos.field_motivo"))
        self.comentario = PlainTextBox(say("acuerdos.field_comentario"))
        self.error = Banner("error")
        self.error.hide()
        self.register = button(say("acuerdos.register"), self._send, role="primary", icon="aceptar")
        self._fields = {
            name: Field(say(f"acuerdos.field_{name}"), control, tight=True)
            for name, control in (
                ("estado", self.estado),
                ("avance", self.avance),
                ("cumplido_el", self.cumplido_el),
                ("nuevo_plazo", self.nuevo_plazo),
                ("motivo", self.motivo),
                ("comentario", self.comentario),
            )
        }
        self._lay()
        self.estado.chosen.connect(self._on_estado)
        self._show_asked()

    def clear(self) -> None:
        """For another agreement: nothing is said of it yet."""
        self.estado.show_value("")
        for box in (self.avance, self.cumplido_el, self.nuevo_plazo, self.motivo, self.comentario):
            box.replace_text("")
        self._show_asked()

    def take(self, step: StepWords) -> None:
        """As one side of a contradiction says; the person adds why."""
        self.estado.show_value(step.estado)
        self.cumplido_el.replace_text(short_date(step.cumplido_el) if step.cumplido_el else "")
        self.nuevo_plazo.replace_text(short_date(step.nuevo_plazo) if step.nuevo_plazo else "")
        self._show_asked()
        self.comentario.setFocus()

    def show_error(self, field: str, sentence: str) -> None:
        """Under the field it is about; above the button where it is about none."""
        self._forget_errors()
        found = self._fields.get(field)
        if found is None:
            self.error.say(sentence)
            self.error.show()
            return
        found.show_error(sentence)
        found.control.setFocus()

    def typed(self) -> Typed:
        return Typed(
            self.estado.value,
            self.avance.text().strip(),
            _day(self.cumplido_el),
            _day(self.nuevo_plazo),
            self.motivo.toPlainText(),
            self.comentario.toPlainText(),
        )

    def _lay(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        first = FlowRow(spacing=12)
        first.add(self._fields["estado"], 1)
        first.add(self._fields["nuevo_plazo"], 1)
        first.add(self._fields["cumplido_el"], 1)
        first.add(self._fields["avance"])
        column.addLayout(first)
        column.addWidget(self._fields["motivo"])
        column.addWidget(self._fields["comentario"])
        column.addWidget(self.error)
        foot = FlowRow()
        foot.add(self.register)
        column.addLayout(foot)

    def _send(self) -> None:
        self._forget_errors()
        self._on_register(self.typed())

    def _on_estado(self, value: str) -> None:
        del value
        self._show_asked()

    def _show_asked(self) -> None:
        self._forget_errors()
        asked = _ASKED[self.estado.value]
        for name in ("avance", "cumplido_el", "nuevo_plazo", "motivo"):
            self._fields[name].setVisible(name in asked)

    def _forget_errors(self) -> None:
        self.error.hide()
        for field in self._fields.values():
            field.show_error(None)


def _day(field: DateField) -> str | None:
    """ISO; "" for nothing, None for what cannot be read."""
    return field.value if field.text().strip() else ""
