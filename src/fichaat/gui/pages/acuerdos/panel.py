"""The chosen agreement: what it is, what contradicts, how it goes now, what happened before."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fichaat.gui.pages.acuerdos.form import EventForm
from fichaat.gui.pages.acuerdos.view import Typed
from fichaat.gui.pages.acuerdos.words import DetailWords, StepWords
from fichaat.gui.text import say
from fichaat.gui.theme.tokens import GAP
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.icons import IconLabel
from fichaat.gui.widgets.surfaces import Banner, Card, Chip, clear_layout

_ICON = 18
_SHORT = 3
"""Of the data, those that stand beside each other."""


class AcuerdoPanel(QWidget):
    """Cards one below the other."""

    def __init__(
        self,
        today: date,
        on_register: Callable[[Typed], object],
        on_ficha: Callable[[str], object],
    ) -> None:
        super().__init__()
        self._on_ficha = on_ficha
        self._shown = ""
        self.form = EventForm(today, on_register)
        self.what = Card()
        self._what = QVBoxLayout()
        self._what.setSpacing(8)
        self.what.column.addLayout(self._what)
        self.clash = Banner("warn")
        self.clash.set_action(button(say("acuerdos.resolve"), self.form.estado.setFocus))
        self.sides = Card(say("acuerdos.sides"))
        self._sides = QVBoxLayout()
        self._sides.setSpacing(10)
        self.sides.column.addLayout(self._sides)
        self.now = Card(say("acuerdos.now"))
        self.now.add(self.form)
        self.history = Card(say("acuerdos.history"))
        self._history = QVBoxLayout()
        self._history.setSpacing(10)
        self.history.column.addLayout(self._history)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for card in (self.what, self.clash, self.sides, self.now, self.history):
            column.addWidget(card)
        column.addStretch(1)

    def show_detail(self, detail: DetailWords) -> None:
        """Another agreement, or more about the same: what is being typed of that stays."""
        if detail.id != self._shown:
            self._shown = detail.id
            self.form.clear()
        self._show_what(detail)
        self._show_sides(detail.lados)
        clear_layout(self._history)
        for step in detail.historia:
            self._history.addWidget(self._step(step))

    def registered(self) -> None:
        """What was typed is sealed."""
        self.form.clear()

    def _show_what(self, detail: DetailWords) -> None:
        clear_layout(self._what)
        head = QWidget()
        row = FlowRow(spacing=8, centred=True)
        row.add(labels.card_title(detail.lugar), 1)
        row.add(Chip(detail.due.words, detail.due.tone, detail.due.icon))
        head.setLayout(row)
        self._what.addWidget(head)
        self._what.addWidget(labels.body(detail.acuerdo))
        short, long = detail.datos[:_SHORT], detail.datos[_SHORT:]
        facts = QWidget()
        beside = FlowRow(spacing=16)
        for name, value in short:
            beside.add(_pair(name, value), 1)
        facts.setLayout(beside)
        self._what.addWidget(facts)
        for name, value in long:
            self._what.addWidget(_pair(name, value))
        link = button(
            say("acuerdos.see_ficha", codigo=detail.codigo),
            partial(self._on_ficha, detail.codigo),
            role="link",
            icon="ficha",
        )
        foot = QWidget()
        line = FlowRow()
        line.add(link)
        foot.setLayout(line)
        self._what.addWidget(foot)

    def _show_sides(self, sides: Sequence[StepWords]) -> None:
        clear_layout(self._sides)
        self.clash.setVisible(bool(sides))
        self.sides.setVisible(bool(sides))
        if not sides:
            return
        self.clash.say(
            say("acuerdos.clash", cantidad=len(sides)), say("acuerdos.clash_what"), "warn"
        )
        for step in sides:
            made = self._step(step)
            take = button(
                say("acuerdos.take"), partial(self.form.take, step), role="link", icon="aceptar"
            )
            take.setAccessibleDescription(f"{step.que}. {step.quien}")
            foot = FlowRow()
            foot.add(take)
            side = QVBoxLayout()
            side.setSpacing(0)
            side.addWidget(made)
            side.addLayout(foot)
            whole = QWidget()
            side.setContentsMargins(0, 0, 0, 0)
            whole.setLayout(side)
            self._sides.addWidget(whole)

    def _step(self, step: StepWords) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QWidget()
        row = FlowRow(spacing=6, centred=True)
        row.add(IconLabel(step.icon, step.tone, _ICON))
        row.add(labels.body(step.que, bold=True), 1)
        head.setLayout(row)
        column.addWidget(head)
        column.addWidget(labels.hint(step.quien))
        if step.detalle:
            column.addWidget(labels.body(step.detalle))
        if step.codigo:
            place = QWidget()
            line = FlowRow()
            link = button(
                say("acuerdos.in_ficha", codigo=step.codigo),
                partial(self._on_ficha, step.codigo),
                role="link",
            )
            line.add(link)
            place.setLayout(line)
            column.addWidget(place)
        return made


def _pair(name: str, value: str) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(labels.field_label(name))
    column.addWidget(labels.body(value))
    return made
