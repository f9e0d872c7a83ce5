"""What the region says, as cards of *Inicio*."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fichaat.gui.pages.inicio.cards import IconCard
from fichaat.gui.pages.inicio.region_presenter import ObservedWords, RegionNote
from fichaat.gui.text import say
from fichaat.gui.theme.tokens import GAP
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.surfaces import Card, Chip, clear_layout


class RegionStateCard(IconCard):
    """Whether the region approved this device."""

    def __init__(self, on_act: Callable[[], object]) -> None:
        super().__init__("confianza", say("inicio.region"))
        self._sentence = labels.second()
        self.act = button("", on_act)
        self.act.hide()
        self.add(self._sentence)
        self.add(self.act)

    @property
    def text(self) -> str:
        return self._sentence.text()

    def show_note(self, note: RegionNote) -> None:
        self._sentence.setText(note.sentence)
        self.act.setText(note.verb)
        self.act.setVisible(bool(note.verb))
        self.tint(note.tone)


class ObservedCard(Card):
    """One ficha to correct: why, until when, and the one button."""

    def __init__(self, row: ObservedWords, on_correct: Callable[[str], object]) -> None:
        super().__init__()
        head = FlowRow(spacing=GAP, centred=True)
        head.add(Chip(say("lista.estado_observada"), "warn", "observada"))
        room = QWidget()
        head.add(room, 1)
        if row.plazo:
            until = labels.hint(row.plazo)
            until.setWordWrap(False)
            head.add(until)
        self.column.addLayout(head)
        self.add(labels.body(row.lugar, bold=True))
        self.add(labels.body(row.motivo))
        if row.quien:
            self.add(labels.hint(row.quien))
        self.correct = button(row.verb, partial(on_correct, row.codigo), icon="corregir")
        self.correct.setAccessibleDescription(row.codigo)
        self.column.addWidget(self.correct, 0, Qt.AlignmentFlag.AlignLeft)


class ObservedCards(QWidget):
    """One card for each."""

    def __init__(self, on_correct: Callable[[str], object]) -> None:
        super().__init__()
        self._on_correct = on_correct
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP + 2)
        self.hide()

    def show_observed(self, rows: Sequence[ObservedWords], more: str) -> None:
        clear_layout(self._column)
        for row in rows:
            self._column.addWidget(ObservedCard(row, self._on_correct))
        if more:
            self._column.addWidget(labels.hint(more), 0, Qt.AlignmentFlag.AlignLeft)
        self.setVisible(bool(rows))
