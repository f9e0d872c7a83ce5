"""Rows of cells that flow from page to page: headings repeat, a long row breaks legibly."""

from collections.abc import Sequence
from typing import Final, Self

from msgspec import Struct, structs

from fichaat.reports.fonts import Face
from fichaat.reports.sheet import (
    BOTTOM,
    HAIR,
    INK,
    RULE,
    TOP,
    Colour,
    Fill,
    Rule,
    Sheet,
)
from fichaat.reports.text_layout import EMPTY_LINE, Line, Measure, Span

SIZE: Final = 9.0
LEADING: Final = 11.2
BASELINE: Final = 8.4
"""From the top of a line's box to its baseline, at 9 points."""
PAD_X: Final = 4.0
PAD_Y: Final = 2.7

_FEWEST = 2
"""Lines of a row that may stand alone at the foot or the head of a page."""
_WHOLE = 8
"""A row of so many lines or fewer goes to the next page rather than break."""
_EPSILON = 0.01


class Cell(Struct, frozen=True):
    """Lines between two verticals."""

    lines: tuple[Line, ...]
    x0: float
    x1: float
    centred: bool = False
    fill: Colour | None = None
    colour: Colour = INK
    continued: str = ""
    """What begins the rest of the cell on the next page: «2. (continuación)»."""


class Row(Struct, frozen=True):
    """Cells side by side, as high as the highest."""

    cells: tuple[Cell, ...]
    min_height: float = 0.0
    pad: float = PAD_Y
    over: Colour = RULE
    under: Colour = RULE
    """Of the rules above and below it; the sides stay dark."""

    @property
    def lines(self) -> int:
        return max(len(cell.lines) for cell in self.cells)

    @property
    def height(self) -> float:
        return max(self.min_height, self.lines * LEADING + 2 * self.pad)

    def least(self) -> float:
        """Room that the row needs to begin on a page."""
        if self.lines <= _WHOLE:
            return self.height
        return _FEWEST * LEADING + 2 * self.pad

    def split(self, room: float, measure: Measure) -> tuple[Self, Self] | None:
        """The part that fits in `room` and the rest; None where too little would stand alone."""
        count = int((room - 2 * self.pad + _EPSILON) / LEADING)
        if self.lines - count < _FEWEST:
            count = self.lines - _FEWEST
        if count < _FEWEST:
            return None
        head = tuple(structs.replace(cell, lines=cell.lines[:count]) for cell in self.cells)
        tail = tuple(_rest(cell, count, measure) for cell in self.cells)
        return (
            structs.replace(self, cells=head, min_height=0.0),
            structs.replace(self, cells=tail, min_height=0.0),
        )


def _rest(cell: Cell, count: int, measure: Measure) -> Cell:
    lines = cell.lines[count:]
    if cell.continued:
        lines = (measure.one_line([Span(cell.continued, Face.ITALIC)], SIZE), *lines)
    return structs.replace(cell, lines=lines)


class Flow:
    """The body of a paper: a place on the last of its sheets."""

    def __init__(self, measure: Measure) -> None:
        self.measure = measure
        self.sheets: list[Sheet] = [Sheet()]
        self.y = TOP
        self._headings: tuple[Row, ...] = ()

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    @property
    def room(self) -> float:
        return self.y - BOTTOM

    def feed(self) -> None:
        """Begins a page, with the headings of the table that goes on."""
        self.sheets.append(Sheet())
        self.y = TOP
        for row in self._headings:
            self._draw(row)

    def keep(self, height: float) -> None:
        """Begins a page unless `height` fits on this one. No page is ever left empty."""
        if self.room + _EPSILON < height and self.y < TOP:
            self.feed()

    def skip(self, height: float) -> None:
        self.y -= height

    def table(self, headings: Sequence[Row], rows: Sequence[Row], after: float = 0.0) -> None:
        """A table whose headings stand above its first row and on every page it reaches.

        The last row goes to the next page with what follows it, where that needs `after` and one
        page can hold both.
        """
        head = sum(row.height for row in headings)
        last = rows[-1].height + after
        if head + last > TOP - BOTTOM:
            last = 0.0
        self.keep(head + max(rows[0].least(), last if len(rows) == 1 else 0.0))
        for row in headings:
            self._draw(row)
        self._headings = tuple(headings)
        for number, row in enumerate(rows, start=1):
            if number == len(rows):
                self.keep(last)
            self.add(row)
        self._headings = ()

    def add(self, row: Row) -> None:
        """One row, on this page or the next, broken only where it is long."""
        while row.height > self.room + _EPSILON:
            parts = None
            if row.lines > _WHOLE or self._fresh:
                parts = row.split(self.room, self.measure)
            if parts is None:
                if self._fresh:
                    break
                self.feed()
                continue
            self._draw(parts[0])
            row = parts[1]
            self.feed()
        self._draw(row)

    @property
    def _fresh(self) -> bool:
        """Whether the page holds nothing but repeated headings."""
        return self.y >= TOP - sum(row.height for row in self._headings) - _EPSILON

    def group(self, label: Cell, rows: Sequence[Row]) -> None:
        """Rows beside one label, which stands again where they go on on another page."""
        least = len(label.lines) * LEADING + 2 * PAD_Y
        rest = list(rows)
        while rest:
            self.keep(max(least, rest[0].height))
            chunk: list[Row] = []
            used = 0.0
            while rest and (not chunk or used + rest[0].height <= self.room + _EPSILON):
                used += rest[0].height
                chunk.append(rest.pop(0))
            if used < least:
                last = chunk[-1]
                chunk[-1] = structs.replace(last, min_height=last.height + least - used)
                used = least
            top = self.y
            for number, row in enumerate(chunk, start=1):
                over = HAIR if number > 1 else RULE
                under = HAIR if number < len(chunk) else RULE
                self._draw(structs.replace(row, over=over, under=under))
            self.draw_cell(label, top, top - used, Row((label,)))
            if rest:
                self.feed()

    def _draw(self, row: Row) -> None:
        top, bottom = self.y, self.y - row.height
        for cell in row.cells:
            self.draw_cell(cell, top, bottom, row)
        self.y = bottom

    def draw_cell(self, cell: Cell, top: float, bottom: float, row: Row) -> None:
        """One cell of a row between two horizontals, its frame included."""
        sheet = self.sheet
        if cell.fill is not None:
            sheet.fills.append(Fill(cell.x0, bottom, cell.x1 - cell.x0, top - bottom, cell.fill))
        y = top - row.pad - BASELINE
        for line in cell.lines:
            x = cell.x0 + PAD_X
            if cell.centred:
                x = (cell.x0 + cell.x1 - line.width) / 2
            sheet.line(line, x, y, SIZE, cell.colour)
            y -= LEADING
        rules = sheet.rules
        rules.append(Rule(cell.x0, top, cell.x1, top, row.over))
        rules.append(Rule(cell.x0, bottom, cell.x1, bottom, row.under))
        rules.append(Rule(cell.x0, bottom, cell.x0, top))
        rules.append(Rule(cell.x1, bottom, cell.x1, top))

    # --- cells -----------------------------------------------------------------------------------

    def cell(
        self,
        spans: Sequence[Span],
        x0: float,
        x1: float,
        *,
        centred: bool = False,
        fill: Colour | None = None,
        colour: Colour = INK,
        continued: str = "",
    ) -> Cell:
        """A cell with the spans wrapped to its width."""
        lines = self.measure.wrap(spans, x1 - x0 - 2 * PAD_X, SIZE) if spans else (EMPTY_LINE,)
        return Cell(
            lines=lines,
            x0=x0,
            x1=x1,
            centred=centred,
            fill=fill,
            colour=colour,
            continued=continued,
        )

    def fixed_cell(
        self,
        spans: tuple[Span, ...],
        x0: float,
        x1: float,
        *,
        centred: bool = False,
        fill: Colour | None = None,
    ) -> Cell:
        """A cell with words of the paper itself, measured once for all fichas."""
        lines = self.measure.wrap_fixed(spans, x1 - x0 - 2 * PAD_X, SIZE)
        return Cell(lines=lines, x0=x0, x1=x1, centred=centred, fill=fill)
