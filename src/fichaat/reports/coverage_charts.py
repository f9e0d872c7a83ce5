"""The two charts of a report of coverage, as vectors. A black and white print still tells them
apart: what is approved is solid, what waits is hatched or dashed.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from fichaat.application.coverage import Avance, CoverageView, needed
from fichaat.domain.cobertura import Cifra
from fichaat.domain.evolucion import Mes
from fichaat.reports.fonts import Face
from fichaat.reports.sheet import (
    HAIR,
    INK,
    LEFT,
    RIGHT,
    SOFT,
    Colour,
    Fill,
    Path,
    Rule,
    Sheet,
    hex_colour,
)
from fichaat.reports.table_canvas import Flow
from fichaat.reports.text_layout import Measure, Span
from fichaat.texts import message
from fichaat.texts.cobertura_names import MESES
from fichaat.texts.cobertura_words import goal_words

BRAND: Final = hex_colour("#0B5C6B")
WHITE: Final = (1.0, 1.0, 1.0)
TRACK: Final = hex_colour("#E7EAEC")
SMALL: Final = 8.0
NAMES: Final = 8.4
"""Size of provinces and of their figures."""
MAX_LABELS: Final = 13
"""Months of the evolution that have room for their figures."""

_BAR: Final = 9.0
_PITCH: Final = 15.5
_NAMES_ROOM: Final = 108.0
_FIGURES: Final = 128.0
_HATCH: Final = 3.2
_DASH: Final = (4.0, 2.5)
_GOAL_ROOM: Final = 14.0

_PLOT_HEIGHT: Final = 112.0
_PLOT_LEFT: Final = LEFT + 22
_PLOT_RIGHT: Final = RIGHT - 46
_MONTH_ROOM: Final = 24.0
_DOT: Final = 2.1
_STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)
_LINES: Final = 6
"""Level lines of the plot, at most."""


class Key(NamedTuple):
    """An entry of a legend."""

    words: str
    look: str
    """"solid", "hatched", "dashed" or "goal"."""


def bars_height(provinces: Sequence[Avance]) -> float:
    """Room that `draw_bars` takes."""
    return len(provinces) * _PITCH + _GOAL_ROOM


def draw_bars(flow: Flow, view: CoverageView, named: Sequence[tuple[str, Avance]]) -> None:
    """A bar for each province by its name: its share of signatories."""
    sheet, measure = flow.sheet, flow.measure
    left, right = LEFT + _NAMES_ROOM, RIGHT - _FIGURES
    top = flow.y
    for name, item in named:
        flow.skip(_PITCH)
        y = flow.y + (_PITCH - _BAR) / 2
        base = y + 1.5
        line = measure.one_line([Span(name)], NAMES)
        sheet.line(line, left - 6 - line.width, base, NAMES)
        wide = (right - left) / item.firmantes
        approved, received = item.estricta.aprobadas, item.estricta.recibidas
        sheet.fills.append(Fill(left, y, right - left, _BAR, TRACK))
        if approved:
            sheet.fills.append(Fill(left, y, approved * wide, _BAR, BRAND))
        if received > approved:
            _hatch(sheet, left + approved * wide, y, (received - approved) * wide)
        _figures(sheet, measure, item, right + 8, base)
    if view.meta is not None and view.faltan is not None:
        x = left + (right - left) * float(view.meta) / 100
        _goal(sheet, ((x, top), (x, flow.y - 2)))
        words = message("cobertura.goal_word", {"meta": goal_words(view.meta)})
        line = measure.one_line([Span(words, Face.BOLD)], SMALL)
        sheet.line(line, min(x - line.width / 2, right - line.width), flow.y - 10, SMALL)
    flow.skip(_GOAL_ROOM)


def draw_evolution(flow: Flow, view: CoverageView) -> None:
    """How many had received assistance by the end of each month."""
    plot = _Plot(flow, view)
    plot.grid()
    months = view.evolucion
    received = [month.cifra.recibidas for month in months]
    approved = [month.cifra.aprobadas for month in months]
    plot.line(received, dash=_DASH)
    plot.line(approved)
    plot.label(months)
    flow.skip(_PLOT_HEIGHT + _MONTH_ROOM)


def evolution_height() -> float:
    """Room that `draw_evolution` takes."""
    return _PLOT_HEIGHT + _MONTH_ROOM


def draw_legend(flow: Flow, keys: Sequence[Key]) -> None:
    """At the right of the line that was written last."""
    sheet, measure = flow.sheet, flow.measure
    x = RIGHT
    for key in reversed(keys):
        line = measure.one_line([Span(key.words)], SMALL)
        x -= line.width
        sheet.line(line, x, flow.y, SMALL, SOFT)
        x -= 22
        _sample(sheet, key.look, x, flow.y - 0.5)
        x -= 12


class _Plot:
    """A frame in which a number of municipalities rises with the months."""

    def __init__(self, flow: Flow, view: CoverageView) -> None:
        self._sheet, self._measure, self._view = flow.sheet, flow.measure, view
        self._floor = flow.y - _PLOT_HEIGHT
        self._count = len(view.evolucion)
        self._step = next(n for n in _STEPS if view.firmantes / n <= _LINES or n == _STEPS[-1])
        self._top = max(view.firmantes, 1)
        goal = None if view.faltan is None else view.meta
        self._goal = None if goal is None else self._y(needed(goal, view.firmantes))

    def grid(self) -> None:
        """Level lines with their numbers, and the goal."""
        even = range(0, self._top - self._step // 2, self._step)
        for value in (*even, self._top):
            y = self._y(value)
            self._sheet.rules.append(Rule(_PLOT_LEFT, y, _PLOT_RIGHT, y, HAIR, 0.4))
            line = self._measure.one_line([Span(str(value))], SMALL)
            self._sheet.line(line, _PLOT_LEFT - 5 - line.width, y - 2.8, SMALL, SOFT)
        view = self._view
        if view.meta is not None and self._goal is not None:
            y = self._goal
            ends = ((_PLOT_LEFT, y), (_PLOT_RIGHT, y))
            _goal(self._sheet, ends)
            words = message("cobertura.goal_word", {"meta": goal_words(view.meta)})
            line = self._measure.one_line([Span(words, Face.BOLD)], SMALL)
            self._sheet.line(line, _PLOT_RIGHT + 5, y - 2.8, SMALL)

    def line(self, values: Sequence[int], dash: tuple[float, ...] = ()) -> None:
        """One figure over the months."""
        points = tuple((self._x(place), self._y(value)) for place, value in enumerate(values))
        if len(points) > 1:
            self._sheet.paths.append(Path(points, BRAND, 0.9 if dash else 1.6, dash))
        for x, y in points if len(points) <= 5 * MAX_LABELS else ():
            dot = ((x - _DOT, y), (x, y + _DOT), (x + _DOT, y), (x, y - _DOT))
            if dash:
                self._sheet.paths.append(Path((*dot, dot[0]), BRAND, 0.7))
            else:
                self._sheet.paths.append(Path(dot, BRAND, 0))

    def label(self, months: Sequence[Mes]) -> None:
        """The months, and how many it were; of how many, where some signed later."""
        grew = len({month.firmantes for month in months}) > 1
        every = -(-self._count // MAX_LABELS)
        year = None
        for place, (end, figure, whole) in enumerate(months):
            if (self._count - 1 - place) % every:
                continue
            x = self._x(place)
            month, below = MESES[end.month - 1], "" if end.year == year else str(end.year)
            if grew:
                month = f"{month} {below}".strip()
                below = message("cobertura.of_signatories", {"total": whole})
            year = end.year
            self._middle(month, x, self._floor - 10, SOFT)
            if below:
                self._middle(below, x, self._floor - 19, SOFT)
            self._tell(figure, x)

    def _tell(self, figure: Cifra, x: float) -> None:
        """What is approved under its point, what waits over its own, or over the goal where that
        is in the way.
        """
        approved, received = self._y(figure.aprobadas), self._y(figure.recibidas)
        waits = figure.recibidas > figure.aprobadas
        if approved - self._floor > 12:
            self._middle(str(figure.aprobadas), x, approved - 10, INK)
        elif not waits:
            self._middle(str(figure.aprobadas), x, approved + 4, INK)
        else:
            self._middle(str(figure.aprobadas), x + 9, approved + 1, INK)
        if waits:
            hidden = self._goal is not None and 0 <= self._goal - received < 13
            over = self._goal if hidden and self._goal is not None else received
            self._middle(str(figure.recibidas), x, over + 4, SOFT)

    def _middle(self, text: str, x: float, y: float, colour: Colour) -> None:
        face = Face.BOLD if colour == INK else Face.REGULAR
        line = self._measure.one_line([Span(text, face)], SMALL)
        self._sheet.line(line, x - line.width / 2, y, SMALL, colour)

    def _x(self, place: int) -> float:
        if self._count == 1:
            return (_PLOT_LEFT + _PLOT_RIGHT) / 2
        inner = _PLOT_RIGHT - _PLOT_LEFT - 32
        return _PLOT_LEFT + 16 + inner * place / (self._count - 1)

    def _y(self, value: int) -> float:
        return self._floor + (_PLOT_HEIGHT - 12) * value / self._top


def _goal(sheet: Sheet, ends: tuple[tuple[float, float], ...]) -> None:
    """Dashed, and legible over what is dark."""
    sheet.paths.append(Path(ends, WHITE, 2.6))
    sheet.paths.append(Path(ends, INK, 1.1, _DASH))


def _hatch(sheet: Sheet, x: float, y: float, width: float) -> None:
    """Slanting lines in a frame."""
    start = x - _BAR
    while start < x + width:
        low = max(0.0, x - start)
        high = min(_BAR, x + width - start)
        if high > low:
            ends = ((start + low, y + low), (start + high, y + high))
            sheet.paths.append(Path(ends, BRAND, 0.6))
        start += _HATCH
    corners = ((x, y), (x + width, y), (x + width, y + _BAR), (x, y + _BAR), (x, y))
    sheet.paths.append(Path(corners, BRAND, 0.6))


def _figures(sheet: Sheet, measure: Measure, item: Avance, x: float, y: float) -> None:
    """«11 de 14», and how many it would be with those that wait."""
    approved, received = item.estricta.aprobadas, item.estricta.recibidas
    words = message("cobertura.of", {"parte": approved, "total": item.firmantes})
    line = measure.one_line([Span(words, Face.BOLD)], NAMES)
    sheet.line(line, x, y, NAMES)
    if received > approved:
        more = message("cobertura.with_received", {"cantidad": received})
        other = measure.one_line([Span(more)], SMALL)
        sheet.line(other, x + line.width + 5, y, SMALL, SOFT)


def _sample(sheet: Sheet, look: str, x: float, y: float) -> None:
    """Eighteen points of what a legend explains."""
    middle = y + 3
    if look == "solid":
        sheet.paths.append(Path(((x, y), (x + 18, y), (x + 18, y + 6), (x, y + 6)), BRAND, 0))
    elif look == "hatched":
        for start in (-3.0, 0.2, 3.4, 6.6, 9.8, 13.0):
            low, high = max(0.0, -start), min(6.0, 18 - start)
            ends = ((x + start + low, y + low), (x + start + high, y + high))
            sheet.paths.append(Path(ends, BRAND, 0.6))
        corners = ((x, y), (x + 18, y), (x + 18, y + 6), (x, y + 6), (x, y))
        sheet.paths.append(Path(corners, BRAND, 0.6))
    else:
        dashed = look == "dashed"
        ends = ((x, middle), (x + 18, middle))
        dash = _DASH if dashed else ()
        sheet.paths.append(Path(ends, BRAND, 0.9 if dashed else 1.6, dash))
