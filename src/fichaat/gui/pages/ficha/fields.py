"""Controls that are bound to a member of the ficha by its pointer."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Protocol

from PySide6.QtWidgets import QWidget

from fichaat.gui.pages.ficha.board import Note
from fichaat.gui.pages.ficha.form import Form, shown
from fichaat.gui.text import say
from fichaat.gui.widgets.buttons import Segmented
from fichaat.gui.widgets.combo_box import NoWheelComboBox
from fichaat.gui.widgets.field import Field
from fichaat.gui.widgets.text_box import PlainTextBox
from fichaat.gui.widgets.typed_fields import DateField, HourField, LineBox, NumberField

Control = LineBox | PlainTextBox | NoWheelComboBox | Segmented
_NARROW = (HourField, DateField, NumberField, NoWheelComboBox, Segmented)


class Hands(Protocol):
    """Who hears of what the person does in a field."""

    def edit(self, path: str, text: str) -> None: ...
    def left(self, path: str) -> None: ...
    def choose(self, path: str, value: str) -> None: ...


class Fields:
    """Some fields of the form: shows them, tells of them, finds them by pointer."""

    def __init__(self, hands: Hands, prefix: str = "") -> None:
        self._hands = hands
        self._prefix = prefix
        self._controls: dict[str, Control] = {}
        self._fields: dict[str, Field] = {}

    def line(self, member: str, label: str, placeholder: str = "") -> Field:
        return self._bind(member, label, LineBox(label, placeholder))

    def own(self, member: str, label: str, control: Control) -> Field:
        """A control that the card made itself."""
        return self._bind(member, label, control)

    def text(self, member: str, label: str, lines: int = 2, placeholder: str = "") -> Field:
        return self._bind(member, label, PlainTextBox(label, placeholder, lines))

    def hour(self, member: str, label: str, hint: str = "") -> Field:
        return self._bind(member, label, HourField(label), hint)

    def day(self, member: str, label: str, today: date, *, ahead: bool = False) -> Field:
        return self._bind(member, label, DateField(label, today, ahead=ahead))

    def number(self, member: str, label: str) -> Field:
        return self._bind(member, label, NumberField(label))

    def choice(self, member: str, label: str, options: Sequence[tuple[str, str]]) -> Field:
        """One of a list; nothing is chosen until somebody chooses."""
        control = NoWheelComboBox(label, options)
        control.setPlaceholderText(say("editor.choose"))
        return self._bind(member, label, control)

    def segments(self, member: str, label: str, options: Sequence[tuple[str, str]]) -> Field:
        """One of a few that are all seen."""
        return self._bind(member, label, Segmented(label, options))

    def show(self, form: Form) -> None:
        """What stands in every field."""
        for path in self._controls:
            self.show_field(path, shown(form, path))

    def show_field(self, path: str, text: str) -> bool:
        """One of them; False if it is not one of these."""
        control = self._controls.get(path)
        if isinstance(control, Segmented):
            control.choose(text or None)
        elif isinstance(control, NoWheelComboBox):
            control.show_value(text)
        elif control is not None:
            control.show_text(text)
        return control is not None

    def show_notes(self, notes: Mapping[str, Note]) -> None:
        """What is wrong with each."""
        for path, field in self._fields.items():
            note = notes.get(path)
            if note is None:
                field.show_note("", "")
            else:
                narrow = isinstance(self._controls[path], _NARROW)
                field.show_note(note.tone, note.brief if narrow else note.sentence)

    def control_at(self, path: str) -> QWidget | None:
        """The control of a pointer."""
        return self._controls.get(path)

    def field(self, member: str) -> Field:
        return self._fields[self._prefix + member]

    def _bind(self, member: str, label: str, control: Control, hint: str = "") -> Field:
        path = self._prefix + member
        if isinstance(control, LineBox | PlainTextBox):
            control.typed.connect(lambda text: self._hands.edit(path, text))
            control.left.connect(lambda: self._hands.left(path))
        else:
            control.chosen.connect(lambda value: self._hands.choose(path, value))
        self._controls[path] = control
        tight = not isinstance(control, HourField | DateField | Segmented)
        self._fields[path] = Field(label, control, hint, tight=tight, steady=True)
        return self._fields[path]


def options_of(values: Sequence[str], word: Callable[[str], str] = str) -> list[tuple[str, str]]:
    """Choices whose words are under the code of their value."""
    return [(value, say(f"editor.{word(value)}")) for value in values]
