"""The first start: three short screens in one card, so that going back loses nothing."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from fichaat.application.passphrase import Strength
from fichaat.gui.gate.first_start_presenter import (
    COORDINADOR,
    ESPECIALISTA,
    PASSPHRASE,
    PLACE,
    PROVINCIAL,
    WHO,
    FirstStartPresenter,
    Made,
)
from fichaat.gui.gate.gate import Panel
from fichaat.gui.gate.panels import FormPanel, foot
from fichaat.gui.gate.passphrase_fields import PassphraseFields
from fichaat.gui.gate.pick_box import PickBox
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import Segmented, button
from fichaat.gui.widgets.field import Field
from fichaat.gui.widgets.flow import FlowRow

if TYPE_CHECKING:
    from fichaat.application.program import Program

_HEADINGS = {WHO: "entrada.who", PLACE: "entrada.place", PASSPHRASE: "entrada.passphrase_title"}
_ROLES = (ESPECIALISTA, PROVINCIAL, COORDINADOR)


class FirstStartPanel(FormPanel):
    """See `FirstStartPresenter`."""

    def __init__(
        self,
        program: "Program",
        folder: Path,
        tasks: Tasks,
        made: Made,
        *,
        practice: bool,
        on_practise: Callable[[], object],
        on_leave: Callable[[], object],
    ) -> None:
        super().__init__(say("entrada.who"))
        self._practice = practice
        self._on_leave = on_leave
        self._busy = False
        self._presenter = FirstStartPresenter(self, program, folder, tasks, made, practice=practice)
        self._step_words = labels.hint()
        self.card.column.insertWidget(0, self._step_words)
        self._fields: dict[str, Field] = {}
        self._steps = {WHO: self._who(), PLACE: self._place(), PASSPHRASE: self._secret()}
        for step in self._steps.values():
            self.card.add(step)
        self._back = button(say("entrada.back"), self._on_back, icon="atras")
        self.go_button = button(
            say("entrada.go_on"), self._presenter.go_on, role="primary", icon="siguiente"
        )
        self.go_button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.card.add(foot(self._back, primary=self.go_button))
        self._offer = _Offer(on_practise)
        self.column.addWidget(self._offer)

    def begin(self) -> None:
        self._presenter.begin()

    def may_close(self, close: Callable[[], object]) -> bool:
        """While the profile is made its words were not shown yet: the window waits for them."""
        del close
        return not self._busy

    # what the presenter says

    def show_step(self, step: int) -> None:
        for number, widget in self._steps.items():
            widget.setVisible(number == step)
        self._back.setVisible(step != WHO or self._practice)
        self._offer.setVisible(step == WHO and not self._practice)
        heading = say(_HEADINGS[step])
        self._step_words.setText(
            say("entrada.practice") if self._practice else say("entrada.step", paso=step)
        )
        self.card.heading.setText(heading)
        self.setAccessibleName(f"{self._step_words.text()}. {heading}")
        what = "" if step == PLACE else say(_WHAT[step, self._practice])
        self.what.setText(what)
        self.what.setVisible(bool(what))
        self._show_verb()
        self._first_control(step).setFocus()

    def show_regions(self, names: Sequence[tuple[str, str]]) -> None:
        self._region.set_options(names)

    def show_provincias(self, names: Sequence[tuple[str, str]] | None) -> None:
        self._fields["provincia"].setVisible(names is not None)
        self._provincia.set_options(names or ())

    def propose_entidad(self, name: str) -> None:
        self._entidad.setText(name)
        self._entidad.setCursorPosition(0)

    def show_error(self, field: str, sentence: str | None) -> None:
        if field in self._fields:
            self._fields[field].show_error(sentence)

    def show_trouble(self, sentence: str | None) -> None:
        self._heading = say("entrada.not_done")
        super().show_trouble(sentence)

    def focus(self, field: str) -> None:
        if field in ("first", "second"):
            self._new.focus(field)
        else:
            self._fields[field].control.setFocus()

    def set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        for widget in (*self._steps.values(), self._back, self.go_button):
            widget.setEnabled(not busy)
        self._show_verb()

    def show_strength(self, found: Strength | None) -> None:
        self._new.show_strength(found)

    def show_passphrase_error(self, sentence: str | None) -> None:
        self._new.show_passphrase_error(sentence)

    def show_repeat_error(self, sentence: str | None) -> None:
        self._new.show_repeat_error(sentence)

    # the screens

    def _who(self) -> QWidget:
        step = Panel()
        step.column.setSpacing(4)
        for name in ("nombre", "cargo"):
            step.column.addWidget(self._line(name))
        return step

    def _place(self) -> QWidget:
        step = Panel()
        step.column.setSpacing(4)
        self._region = self._pick("region", say("entrada.region_hint"))
        self._rol = Segmented(
            say("entrada.rol"), [(value, say(f"entrada.rol_{value}")) for value in _ROLES]
        )
        self._rol.choose(ESPECIALISTA)
        self._rol.chosen.connect(lambda value: self._presenter.typed("rol", value))
        self._fields["rol"] = Field(say("entrada.rol"), self._rol)
        self._provincia = self._pick("provincia", "")
        entidad = self._line("entidad", say("entrada.entidad_hint"))
        assert isinstance(entidad.control, QLineEdit)  # `_line` made it
        self._entidad = entidad.control
        for name in ("region", "rol", "provincia", "entidad"):
            step.column.addWidget(self._fields[name])
        self._fields["provincia"].hide()
        return step

    def _secret(self) -> QWidget:
        self._new = PassphraseFields(self._presenter.new, self._presenter.go_on)
        return self._new

    def _line(self, name: str, hint: str = "") -> Field:
        box = QLineEdit()
        box.textChanged.connect(lambda text: self._presenter.typed(name, text))
        box.editingFinished.connect(lambda: self._presenter.left(name))
        box.returnPressed.connect(lambda: self._presenter.entered(name))
        self._fields[name] = Field(say(f"entrada.{name}"), box, hint)
        return self._fields[name]

    def _pick(self, name: str, hint: str) -> PickBox:
        box = PickBox(say(f"entrada.{name}"))
        box.picked.connect(lambda value: self._presenter.typed(name, value))
        box.left.connect(lambda: self._presenter.left_pick(name, box.text()))
        box.returnPressed.connect(lambda: self._presenter.entered(name))
        self._fields[name] = Field(say(f"entrada.{name}"), box, hint)
        return box

    def _first_control(self, step: int) -> QWidget:
        if step == PASSPHRASE:
            return self._new.first
        return self._fields["nombre" if step == WHO else "region"].control

    def _show_verb(self) -> None:
        last = self._presenter.step == PASSPHRASE
        verb = "entrada.creating" if self._busy else "entrada.create"
        self.go_button.setText(say(verb if last else "entrada.go_on"))

    def _on_back(self) -> None:
        if self._practice:
            self._on_leave()
        else:
            self._presenter.back()


_WHAT = {
    (WHO, False): "entrada.who_what",
    (PASSPHRASE, False): "entrada.passphrase_what",
    (PASSPHRASE, True): "entrada.practice_what",
}


class _Offer(QWidget):
    """Practice, apart from the card: it is another thing."""

    def __init__(self, on_practise: Callable[[], object]) -> None:
        super().__init__()
        row = FlowRow(spacing=4)
        words = labels.hint(say("entrada.practice_offer"))
        words.setWordWrap(False)
        words.setMinimumHeight(36)
        row.add(words)
        row.add(button(say("entrada.practise"), on_practise, role="link"))
        self.setLayout(row)
