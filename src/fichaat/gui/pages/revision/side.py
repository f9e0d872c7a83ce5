"""The right of *Revisión*: history of the municipality, agreements, proofs."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fichaat.gui.pages.revision.side_words import PlaceWords, SideLine, SideWords
from fichaat.gui.text import say
from fichaat.gui.theme.style import restyle
from fichaat.gui.theme.tokens import GAP
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.combo_box import NoWheelComboBox
from fichaat.gui.widgets.icons import SMALL, IconLabel
from fichaat.gui.widgets.rows import RowButton
from fichaat.gui.widgets.surfaces import Card, clear_layout

_TIGHT = 3


class SideColumn(QWidget):
    """Three cards, one below the other."""

    def __init__(self, on_open: Callable[[str], object]) -> None:
        super().__init__()
        self._on_open = on_open
        self.history = HistoryCard(on_open)
        self.agreements, self._agreements = _list_card(say("revisar.agreements_title"))
        self.checks, self._checks = _list_card(say("revisar.checks"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP + 2)
        for card in (self.history, self.agreements, self.checks):
            column.addWidget(card)
        column.addStretch(1)

    def show_side(self, side: SideWords) -> None:
        """Replace what is shown."""
        self.history.show_places(side.places, side.others)
        _fill(self._agreements, side.agreements, self._on_open)
        if not side.agreements:
            self._agreements.addWidget(labels.second(say("revisar.agreements_none")))
        _fill(self._checks, side.checks, self._on_open)


class HistoryCard(Card):
    """What happened in one municipality of the ficha, and what its approval would change."""

    def __init__(self, on_open: Callable[[str], object]) -> None:
        super().__init__(" ")
        self._on_open = on_open
        self._places: tuple[PlaceWords, ...] = ()
        self.which = NoWheelComboBox(say("revisar.which_place"))
        self.which.chosen.connect(self._on_chosen)
        self._context = labels.hint()
        self._lines = _lines()
        self._more = labels.hint()
        self.counts = labels.toned("", "ok", points=9.75)
        self._others = labels.hint()
        self.add(self.which)
        self.add(self._context)
        self.column.addLayout(self._lines)
        self.add(self._more)
        self.add(labels.line())
        self.add(self.counts)
        self.add(self._others)

    def show_places(self, places: Sequence[PlaceWords], others: str) -> None:
        """The first of them; another is chosen where there are several."""
        self._places = tuple(places)
        self.setVisible(bool(places))
        self.which.set_options([(place.ubigeo, place.name) for place in places])
        self.which.setVisible(len(places) > 1)
        self._others.setText(others)
        self._others.setVisible(bool(others))
        if places:
            held = next((place for place in places if place.ubigeo == self.which.value), places[0])
            self._show(held)

    def _show(self, place: PlaceWords) -> None:
        self.which.show_value(place.ubigeo)
        self.heading.setText(place.heading)
        self._context.setText(place.context)
        self._more.setText(place.more)
        self._more.setVisible(bool(place.more))
        self.counts.setText(place.counts)
        restyle(self.counts, tone=place.tone)
        _fill(self._lines, place.lines, self._on_open)

    def _on_chosen(self, ubigeo: str) -> None:
        self._show(next(place for place in self._places if place.ubigeo == ubigeo))


def _lines() -> QVBoxLayout:
    made = QVBoxLayout()
    made.setSpacing(2)
    return made


def _list_card(heading: str) -> tuple[Card, QVBoxLayout]:
    card, lines = Card(heading), _lines()
    card.column.addLayout(lines)
    return card, lines


def _fill(lines: QVBoxLayout, wanted: Sequence[SideLine], on_open: Callable[[str], object]) -> None:
    clear_layout(lines)
    for line in wanted:
        row: QWidget = _line(line)
        if line.codigo:
            name = f"{line.name}. {line.detail} {say('revisar.see', codigo=line.codigo)}"
            row = RowButton(name, partial(on_open, line.codigo), row)
        inside = row.layout()
        assert inside is not None  # made with it
        inside.setContentsMargins(_TIGHT, _TIGHT, _TIGHT, _TIGHT)
        lines.addWidget(row)


def _line(line: SideLine) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    words = QVBoxLayout()
    words.setSpacing(1)
    words.addWidget(labels.body(line.name, bold=True))
    if line.detail:
        words.addWidget(labels.hint(line.detail))
    row.addWidget(IconLabel(line.icon, line.tone, SMALL), 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    return made
