"""A new passphrase, typed twice, with a hint about how good it is."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit

from fichaat.application.passphrase import Strength
from fichaat.gui.gate.gate import Panel
from fichaat.gui.gate.new_passphrase import NewPassphrase
from fichaat.gui.text import say
from fichaat.gui.widgets.field import Field
from fichaat.gui.widgets.secret import secret_box, show_check
from fichaat.gui.widgets.surfaces import Status

_LOOK = {
    Strength.SHORT: ("neutral", "vacio"),
    Strength.WEAK: ("warn", "aviso"),
    Strength.FAIR: ("info", "nota"),
    Strength.GOOD: ("ok", "bien"),
}


class PassphraseFields(Panel):
    """Two secret lines; Enter in the first goes to the second, in the second it goes on."""

    def __init__(self, presenter: NewPassphrase, on_entered: Callable[[], object]) -> None:
        super().__init__()
        self.column.setSpacing(4)
        self._presenter = presenter
        self.first, self.second = secret_box(), secret_box()
        self._fields = {
            "first": Field(
                say("entrada.new_passphrase"), self.first, say("entrada.passphrase_hint")
            ),
            "second": Field(say("entrada.repeat"), self.second),
        }
        self._strength = Status()
        # Its room is kept, so that nothing jumps with the first letter.
        policy = self._strength.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._strength.setSizePolicy(policy)
        self._strength.hide()
        self.column.addWidget(self._fields["first"])
        self.column.addWidget(self._strength)
        self.column.addWidget(self._fields["second"])
        self.column.addWidget(show_check(self.first, self.second))
        for box in (self.first, self.second):
            box.textChanged.connect(self._on_typed)
        self.first.editingFinished.connect(presenter.left_first)
        self.second.editingFinished.connect(presenter.left_second)
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(lambda: on_entered())

    def focus(self, field: str) -> None:
        """Go to "first" or "second"."""
        box: QLineEdit = self.first if field == "first" else self.second
        box.setFocus()
        box.selectAll()

    def show_strength(self, found: Strength | None) -> None:
        self._strength.setVisible(found is not None)
        if found is not None:
            self._strength.show_state(say(f"entrada.strength_{found.value}"), *_LOOK[found])
            self.first.setAccessibleDescription(self._strength.text)

    def show_passphrase_error(self, sentence: str | None) -> None:
        self._fields["first"].show_error(sentence)

    def show_repeat_error(self, sentence: str | None) -> None:
        self._fields["second"].show_error(sentence)

    def _on_typed(self) -> None:
        self._presenter.typed(self.first.text(), self.second.text())


class ShowsNewPassphrase:
    """The part of a `NewPassphraseView` that its fields answer."""

    fields: PassphraseFields

    def show_strength(self, found: Strength | None) -> None:
        self.fields.show_strength(found)

    def show_passphrase_error(self, sentence: str | None) -> None:
        self.fields.show_passphrase_error(sentence)

    def show_repeat_error(self, sentence: str | None) -> None:
        self.fields.show_repeat_error(sentence)
