"""The cards of *Ajustes*."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from fichaat.application.passphrase import Strength
from fichaat.gui.gate.new_passphrase import NewPassphrase
from fichaat.gui.gate.panels import foot
from fichaat.gui.gate.passphrase_fields import PassphraseFields
from fichaat.gui.pages.ajustes.presenter import MINUTES, BackupRow, ProfileFacts
from fichaat.gui.text import say
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import Segmented, button
from fichaat.gui.widgets.field import Field
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.secret import secret_box
from fichaat.gui.widgets.surfaces import Banner, Card, Chip

Action = Callable[[], object]


class ResultCard(Card):
    """A card that says at its foot what became of what was asked."""

    def __init__(self, heading: str) -> None:
        super().__init__(heading)
        self.result = Banner("ok")
        self.result.hide()

    def show_result(self, sentence: str | None, *, done: bool) -> None:
        self.result.setVisible(sentence is not None)
        if sentence is not None:
            self.result.say(sentence, tone="ok" if done else "error")


class Facts(QWidget):
    """Labels and values in two columns; values may wrap, and can be copied."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for row, (name, value) in enumerate(facts):
            left = labels.hint(name)
            left.setWordWrap(False)
            right = labels.body(value)
            right.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            right.setAccessibleName(f"{name}: {value}")
            self._grid.addWidget(left, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(right, row, 1)


class ProfileCard(Card):
    """Who works here."""

    def __init__(self) -> None:
        super().__init__(say("ajustes.profile"))
        self._practice = Chip(say("ajustes.practice"), "warn", "aviso")
        self._practice.hide()
        self.head.addWidget(self._practice)
        self._facts = Facts()
        self.add(self._facts)
        self.add(labels.hint(say("ajustes.profile_hint")))

    def show_profile(self, found: ProfileFacts) -> None:
        self._facts.show_facts(found.facts)
        self._practice.setVisible(found.practice)


class DeviceCard(ResultCard):
    """Which device this is, and how the region comes to approve it."""

    def __init__(self, on_request: Action) -> None:
        super().__init__(say("ajustes.device"))
        self._facts = Facts()
        self.add(self._facts)
        self._hint = labels.hint(say("ajustes.device_hint"))
        self.add(self._hint)
        self.add(self.result)
        row = QWidget()
        inside = FlowRow()
        inside.add(button(say("ajustes.request"), on_request, icon="confianza"))
        row.setLayout(inside)
        self.add(row)

    def show_profile(self, found: ProfileFacts) -> None:
        self._facts.show_facts(
            (
                (say("ajustes.device_id"), found.device),
                (say("ajustes.device_words"), " · ".join(found.words)),
            )
        )

    def show_approval(self, approved: bool) -> None:  # noqa: FBT001  # the one thing it hears
        """What there is to do depends on whether it was done."""
        self._hint.setText(say("ajustes.device_approved" if approved else "ajustes.device_hint"))


class HelpCard(Card):
    """For who coordinates: others forget their passphrase."""

    def __init__(self, on_answer: Action) -> None:
        super().__init__(say("ajustes.help_others"))
        self.add(labels.second(say("ajustes.help_others_what")))
        row = QWidget()
        inside = FlowRow()
        self.answer = button(say("ajustes.help_answer"), on_answer, icon="frase")
        inside.add(self.answer)
        row.setLayout(inside)
        self.add(row)


class PassphraseCard(ResultCard):
    """Changes the passphrase; the fields show when they are asked for."""

    def __init__(self, new: NewPassphrase, on_change: Callable[[str], object]) -> None:
        super().__init__(say("ajustes.passphrase"))
        self._on_change = on_change
        self.add(labels.second(say("ajustes.passphrase_what")))
        self._help = labels.hint()
        self.add(self._help)
        self.add(self.result)
        self.current = secret_box()
        self._current_field = Field(say("ajustes.current"), self.current)
        self.fields = PassphraseFields(new, self._on_entered)
        self.change_button = button(say("ajustes.change_now"), self._on_entered)
        self._cancel = button(say("ventana.cancel"), self.fold, role="ghost")
        self._form = QWidget()
        column = QVBoxLayout(self._form)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (
            self._current_field,
            self.fields,
            foot(self._cancel, primary=self.change_button),
        ):
            column.addWidget(widget)
        self.open_button = button(say("ajustes.change"), self.unfold, icon="frase")
        self._closed = QWidget()
        row = FlowRow()
        row.add(self.open_button)
        self._closed.setLayout(row)
        self.add(self._form)
        self.add(self._closed)
        self._form.hide()
        self.current.returnPressed.connect(self.fields.first.setFocus)

    def show_help(self, sentence: str) -> None:
        self._help.setText(sentence)

    def unfold(self) -> None:
        """Ask for the three lines."""
        self.show_result(None, done=False)
        self._form.show()
        self._closed.hide()
        self.current.setFocus()

    def fold(self) -> None:
        """Forget them."""
        for box in (self.current, self.fields.first, self.fields.second):
            box.clear()
        self.show_current_error(None)
        self.fields.show_passphrase_error(None)
        self.fields.show_repeat_error(None)
        self._form.hide()
        self._closed.show()

    def show_current_error(self, sentence: str | None) -> None:
        self._current_field.show_error(sentence)

    def show_strength(self, found: Strength | None) -> None:
        self.fields.show_strength(found)

    def set_busy(self, *, busy: bool) -> None:
        self._form.setEnabled(not busy)
        self.change_button.setText(say("ajustes.changing" if busy else "ajustes.change_now"))

    def focus(self, field: str) -> None:
        if field == "current":
            self.current.setFocus()
            self.current.selectAll()
        else:
            self.fields.focus(field)

    def _on_entered(self) -> None:
        self._on_change(self.current.text())


class LockCard(ResultCard):
    """After how many minutes the window locks itself."""

    def __init__(self, on_minutes: Callable[[int], object], on_lock: Action) -> None:
        super().__init__(say("ajustes.lock"))
        self.add(labels.second(say("ajustes.lock_what")))
        words = {n: say("ajustes.minutes_some", cantidad=n) for n in MINUTES if n}
        words[0] = say("ajustes.minutes_never")
        self.minutes = Segmented(
            say("ajustes.minutes"), [(str(number), words[number]) for number in MINUTES]
        )
        self.minutes.chosen.connect(lambda value: on_minutes(int(value)))
        self.add(Field(say("ajustes.minutes"), self.minutes))
        self.add(self.result)
        row = QWidget()
        inside = FlowRow(centred=True)
        inside.add(button(say("ajustes.lock_now"), on_lock, icon="bloquear"))
        inside.add(labels.keycap("Ctrl+L"))
        row.setLayout(inside)
        self.add(row)

    def show_minutes(self, minutes: int) -> None:
        self.minutes.choose(str(minutes))


class BackupCard(ResultCard):
    """The last backups, and one more now."""

    def __init__(self, on_now: Action, on_usb: Action, on_open: Action) -> None:
        super().__init__(say("ajustes.backups"))
        self._last = labels.body(bold=True)
        self.add(self._last)
        self._rows = Facts()
        self.add(self._rows)
        self._more = labels.hint()
        self._more.hide()
        self.add(self._more)
        self.add(self.result)
        self.now_button = button(say("ajustes.back_up"), on_now, role="primary", icon="respaldo")
        self._folder = button(say("ajustes.open_folder"), on_open, role="link", icon="carpeta")
        row = QWidget()
        inside = FlowRow()
        for widget in (
            self.now_button,
            button(say("ajustes.back_up_to"), on_usb, icon="usb"),
            self._folder,
        ):
            inside.add(widget)
        row.setLayout(inside)
        self.add(row)
        restore = labels.hint(say("ajustes.restore"))
        restore.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.add(restore)

    def show_backups(self, last: str, rows: Sequence[BackupRow], more: int) -> None:
        self._last.setText(last)
        self._rows.setVisible(bool(rows))
        self._rows.show_facts([(row.when, f"{row.name} · {row.size}") for row in rows])
        self._more.setVisible(bool(more))
        self._more.setText(say("ajustes.more_backups", cantidad=more))
        self._folder.setVisible(bool(rows))
