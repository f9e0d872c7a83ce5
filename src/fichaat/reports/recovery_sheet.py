"""The sheet with the twelve words of the recovery code: one page, to be locked away."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from fichaat.application.profiles import NewProfile
from fichaat.reports.fonts import Face, FontSet
from fichaat.reports.painter import Painter
from fichaat.reports.sheet import HAIR, INK, LEFT, RIGHT, SOFT, TOP, WIDTH, Colour, Rule, Sheet
from fichaat.reports.text_layout import Measure, Span
from fichaat.texts import message

_TITLE: Final = 20.0
_BODY: Final = 11.0
_WORD: Final = 16.0
_NUMBER: Final = 9.0
_COLUMNS: Final = 3
_CELL: Final = 46.0
_LEADING: Final = 1.45
_NO_QR: Final = (0.0, 0.0, 0.0)


def render_recovery_sheet(profile: NewProfile, words: Sequence[str], made: datetime) -> bytes:
    """The PDF: whose words they are, the words by their numbers, how to keep and to use them."""
    measure = Measure(FontSet())
    title = message("entrada.hoja_title", {})
    painter = Painter(measure.fonts, title=title, author="fichaat", subject=title)
    painter.foot(Sheet(), (), _NO_QR)
    writer = _Writer(measure)
    writer.paragraph(title, _TITLE, face=Face.BOLD)
    if profile.practice:
        writer.paragraph(message("entrada.hoja_practice", {}), _BODY, face=Face.BOLD)
    writer.gap(6)
    writer.paragraph(message("entrada.hoja_who", {}), _NUMBER, colour=SOFT)
    writer.paragraph(profile.nombre, _BODY, face=Face.BOLD)
    writer.paragraph(f"{profile.cargo} · {profile.entidad}", _BODY)
    day = made.date().isoformat()
    writer.paragraph(message("entrada.hoja_made", {"dia": day}), _BODY, colour=SOFT)
    writer.gap(14)
    writer.paragraph(message("entrada.hoja_what", {}), _BODY)
    writer.gap(10)
    writer.grid(words)
    writer.gap(18)
    writer.paragraph(message("entrada.hoja_how", {}), _BODY)
    writer.gap(8)
    writer.paragraph(message("entrada.hoja_keep", {}), _BODY, face=Face.BOLD)
    painter.page(writer.sheet, ())
    return painter.finish()


class _Writer:
    """Writes down one page."""

    def __init__(self, measure: Measure) -> None:
        self.sheet = Sheet()
        self._measure = measure
        self._y = TOP

    def gap(self, points: float) -> None:
        self._y -= points

    def paragraph(
        self, text: str, size: float, *, face: Face = Face.REGULAR, colour: Colour = INK
    ) -> None:
        for line in self._measure.wrap([Span(text, face)], WIDTH, size):
            self._y -= size * _LEADING
            self.sheet.line(line, LEFT, self._y, size, colour)

    def grid(self, words: Sequence[str]) -> None:
        """Read in rows, as on the screen."""
        wide = WIDTH / _COLUMNS
        rows = -(-len(words) // _COLUMNS)
        top = self._y
        for row in range(rows + 1):
            y = top - row * _CELL
            self.sheet.rules.append(Rule(LEFT, y, RIGHT, y, HAIR))
        for column in range(_COLUMNS + 1):
            x = LEFT + column * wide
            self.sheet.rules.append(Rule(x, top - rows * _CELL, x, top, HAIR))
        for place, word in enumerate(words):
            row, column = divmod(place, _COLUMNS)
            x, base = LEFT + column * wide + 12, top - row * _CELL - _CELL / 2 - _WORD * 0.36
            number = self._measure.one_line([Span(f"{place + 1}.")], _NUMBER)
            self.sheet.line(number, x, base, _NUMBER, SOFT)
            shown = self._measure.one_line([Span(word, Face.BOLD)], _WORD)
            self.sheet.line(shown, x + 22, base, _WORD)
        self._y = top - rows * _CELL
