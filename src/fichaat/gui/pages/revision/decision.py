"""The decision bar: a reason, a deadline, and the verdicts; always in the same place."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from fichaat.domain.text import MAX_LONG
from fichaat.gui.pages.revision.words import Deeds
from fichaat.gui.text import say, short_date
from fichaat.gui.theme.fonts import font
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.field import Field
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.surfaces import Card
from fichaat.gui.widgets.typed_fields import DateField


class Answers(NamedTuple):
    """What the buttons do."""

    approve: Callable[[], object]
    observe: Callable[[str | None, str], object]
    reject: Callable[[], object]
    retract: Callable[[], object]
    typed: Callable[[str], object]


class DecisionCard(Card):
    """See the module."""

    def __init__(self, today: date, answers: Answers) -> None:
        super().__init__()
        self._answers = answers
        self._tight = False
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(12)
        self._title = labels.card_title(say("revisar.decision"))
        self._title.setWordWrap(False)
        self.hint = labels.hint()
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._title)
        head.addWidget(self.hint, 1)
        self.add(self._head)
        self.motive = QLineEdit()
        self.motive.setFont(font())
        self.motive.setMaxLength(MAX_LONG)
        self.motive.setPlaceholderText(say("revisar.motive_example"))
        self.motive.textEdited.connect(answers.typed)
        self.motive.setMinimumWidth(22 * self.fontMetrics().averageCharWidth())
        self._motive = Field(say("revisar.motive"), self.motive, tight=True)
        self.plazo = DateField(say("revisar.plazo"), today, ahead=True)
        self._plazo = Field(say("revisar.plazo"), self.plazo, tight=True)
        fields = FlowRow(spacing=12)
        fields.add(self._motive, 1)
        fields.add(self._plazo)
        self.column.addLayout(fields)
        self.column.addLayout(self._make_buttons())

    @property
    def main(self) -> QPushButton:
        """The one that stands first."""
        return self._main

    def show_deeds(self, deeds: Deeds, motivo: str, plazo: date | None) -> None:
        """What may be said, and what was typed before; the deadline stays where None is given."""
        self.hint.setText(deeds.hint)
        self._keys.setText(deeds.keys)
        self._main.setVisible(deeds.main is not None)
        if deeds.main is not None:
            self._main.setText(say(f"revisar.main_{deeds.main.value}"))
        self._observe.setVisible(deeds.observe)
        self._reject.setVisible(deeds.reject)
        self._retract.setVisible(bool(deeds.retract))
        self._retract.setText(deeds.retract or say("revisar.retract_aprobada"))
        asks = deeds.observe or deeds.reject or bool(deeds.retract)
        self._motive.setVisible(asks)
        self._plazo.setVisible(deeds.observe)
        self._tight_or_not()
        self._motive.set_label(say("revisar.motive_retract" if deeds.retract else "revisar.motive"))
        if self.motive.text() != motivo:
            self.motive.setText(motivo)
        if plazo is not None:
            self.show_motive_error("")
            self.show_plazo_error("")
            self.plazo.setText(short_date(plazo))

    def tighten(self, *, tight: bool) -> None:
        """In a low window only what is pressed and typed, so that more is seen of the ficha."""
        self._tight = tight
        self._tight_or_not()

    def show_motive_error(self, sentence: str) -> None:
        """What is wrong with the reason; "" for nothing."""
        self._motive.show_error(sentence or None)
        if sentence:
            self.motive.setFocus()

    def show_plazo_error(self, sentence: str) -> None:
        """What is wrong with the deadline, likewise."""
        self._plazo.show_error(sentence or None)
        if sentence:
            self.plazo.setFocus()

    def _make_buttons(self) -> FlowRow:
        answers = self._answers
        self._main = button(
            say("revisar.main_aprobada"),
            answers.approve,
            role="primary",
            icon="aceptar",
            size="action",
        )
        self._observe = button(say("revisar.observe"), self._on_observe, icon="observada")
        self._reject = button(
            say("revisar.reject"), answers.reject, role="danger", icon="rechazada"
        )
        self._retract = button(say("revisar.retract_aprobada"), answers.retract, icon="deshacer")
        self._keys = labels.hint()
        row = FlowRow(spacing=10, centred=True)
        for widget in (self._main, self._observe, self._reject, self._retract):
            row.add(widget)
        row.add(self._keys, 1)
        return row

    def _tight_or_not(self) -> None:
        asks = not self._main.isHidden() or not self._motive.isHidden()
        self._head.setVisible(not (self._tight and asks))
        self._keys.setVisible(bool(self._keys.text()) and not self._tight)

    def _on_observe(self) -> None:
        self._answers.observe(self.plazo.value, self.plazo.text())
