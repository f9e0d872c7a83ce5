"""The twelve figures of a coverage as a little table: both readings in both windows, each by what
the region approved, with what waits for its review, and with all that is sealed.
"""

from collections.abc import Sequence
from typing import Final

from fichaat.application.coverage import CoverageView
from fichaat.domain.cobertura import Cifra, Ventana
from fichaat.reports.fonts import Face
from fichaat.reports.sheet import HAIR, INK, RIGHT, SOFT, Colour, Rule
from fichaat.reports.table_canvas import Flow
from fichaat.reports.text_layout import Span
from fichaat.texts import message
from fichaat.texts.cobertura_words import figure_of, no_since_words

Windows = Sequence[tuple[str, Sequence[tuple[str, Cifra]]]]
"""Words of a window, and its readings; none where nothing says since when."""

FIGURES: Final = 9.2
"""Size of the figures."""

_NAMES: Final = 8.4
_SMALL: Final = 8.0
_STEPS: Final = ("approved", "received", "all")
_HEAD: Final = 23.0
_WINDOW: Final = 14.5
_ROW: Final = 15.0
_GAP: Final = 7.0
"""Between two columns of figures."""
_COLUMN: Final = 54.0
"""The narrowest."""
_LEADING: Final = 9.6


def readings(view: CoverageView) -> Windows:
    """Those of the period and, where the catalogue says since when, those that accumulate."""
    since = view.cobertura.acumulada
    told = [(_say("window_period"), _readings(view.cobertura.periodo))]
    if since is None or since.desde is None:
        return [*told, (no_since_words(view), [])]
    words = message("cobertura.since", {"dia": since.desde.isoformat()})
    return [*told, (words, _readings(since))]


def readings_height(windows: Windows) -> float:
    """Room that `draw_readings` takes."""
    return _HEAD + sum(_WINDOW + _ROW * len(rows) for _, rows in windows)


def draw_readings(flow: Flow, view: CoverageView, windows: Windows, left: float) -> None:
    """From the height at which the flow stands, between `left` and the margin."""
    _Readings(flow, view, windows, left).draw(windows)


class _Readings:
    def __init__(self, flow: Flow, view: CoverageView, windows: Windows, left: float) -> None:
        self._flow, self._view, self._left = flow, view, left
        figures = [figure_of(n, view) for _, rows in windows for _, f in rows for n in _counts(f)]
        heads = [word for step in _STEPS for word in _say(f"column_{step}").split()]
        self._column = max(
            _COLUMN,
            *(_GAP + self._wide(words, FIGURES, Face.BOLD) for words in figures),
            *(_GAP + self._wide(words, _SMALL) for words in heads),
        )

    def draw(self, windows: Windows) -> None:
        y = self._flow.y
        for place, step in enumerate(_STEPS):
            room = self._column - _GAP / 2
            lines = self._flow.measure.wrap([Span(_say(f"column_{step}"))], room, _SMALL)
            right = self._right(place)
            for below, line in zip(reversed(range(len(lines))), lines, strict=True):
                base = y - _HEAD + 5 + below * _LEADING
                self._flow.sheet.line(line, right - line.width, base, _SMALL, SOFT)
        y -= _HEAD
        for words, rows in windows:
            self._rule(y)
            y -= _WINDOW
            self._text(words, self._left, y + 4.5, _SMALL, colour=SOFT)
            for name, figure in rows:
                y -= _ROW
                self._text(name, self._left, y + 4.5, _NAMES)
                for place, count in enumerate(_counts(figure)):
                    told = figure_of(count, self._view)
                    face = Face.REGULAR if place else Face.BOLD
                    x = self._right(place) - self._wide(told, FIGURES, face)
                    self._text(told, x, y + 4.5, FIGURES, face)
        self._rule(y)

    def _right(self, place: int) -> float:
        """Where the figures of a step end."""
        return RIGHT - (len(_STEPS) - 1 - place) * self._column

    def _rule(self, y: float) -> None:
        self._flow.sheet.rules.append(Rule(self._left, y, RIGHT, y, HAIR, 0.4))

    def _wide(self, words: str, size: float, face: Face = Face.REGULAR) -> float:
        return self._flow.measure.one_line([Span(words, face)], size).width

    def _text(
        self,
        words: str,
        x: float,
        y: float,
        size: float,
        face: Face = Face.REGULAR,
        *,
        colour: Colour = INK,
    ) -> None:
        line = self._flow.measure.one_line([Span(words, face)], size)
        self._flow.sheet.line(line, x, y, size, colour)


def _counts(figure: Cifra) -> tuple[int, int, int]:
    return figure.aprobadas, figure.recibidas, figure.todas


def _readings(window: Ventana) -> list[tuple[str, Cifra]]:
    return [
        (_say("both_sessions"), window.estricta),
        (_say("two_actions"), window.dos_acciones),
    ]


def _say(code: str) -> str:
    return message(f"cobertura.{code}", {})
