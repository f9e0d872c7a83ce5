"""Pages as lists of marks, before anything becomes PDF.

A paper is laid out once as marks, so that "Página 1 de 3" is known before a page is written and a
test can ask where every text lies. `painter` turns the marks into PDF.
"""

from typing import Final, NamedTuple

from fichaat.reports.fonts import Face
from fichaat.reports.text_layout import Line

MM: Final = 72 / 25.4
PAGE_WIDTH: Final = 210 * MM
PAGE_HEIGHT: Final = 297 * MM
MARGIN: Final = 18 * MM
LEFT: Final = MARGIN
RIGHT: Final = PAGE_WIDTH - MARGIN
WIDTH: Final = RIGHT - LEFT
TOP: Final = PAGE_HEIGHT - 13 * MM
FOOTER_TOP: Final = 27.7 * MM
BOTTOM: Final = FOOTER_TOP + 2.5 * MM
"""Nothing of the body lies below; the rest is the footer's."""

Colour = tuple[float, float, float]


def hex_colour(value: str) -> Colour:
    """«#15202A» as three parts of one."""
    red, green, blue = bytes.fromhex(value.removeprefix("#"))
    return red / 255, green / 255, blue / 255


INK: Final = hex_colour("#15202A")
SOFT: Final = hex_colour("#3F4D59")
RULE: Final = hex_colour("#2A2F33")
HAIR: Final = hex_colour("#9AA3A9")
HEADING: Final = hex_colour("#ECECEC")
GAP: Final = hex_colour("#FFF1DB")
GAP_INK: Final = hex_colour("#7F4600")
ALARM: Final = hex_colour("#FBE9E7")
ALARM_INK: Final = hex_colour("#A8201A")
STROKE: Final = hex_colour("#0D2344")

RULE_WIDTH: Final = 0.6


class Text(NamedTuple):
    """A stretch of text; `y` is its baseline."""

    x: float
    y: float
    face: Face
    size: float
    colour: Colour
    text: str


class Rule(NamedTuple):
    """A level or upright line, from left to right or from below."""

    x0: float
    y0: float
    x1: float
    y1: float
    colour: Colour = RULE
    width: float = RULE_WIDTH


class Fill(NamedTuple):
    """A filled rectangle from its lower left corner."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour


class Stroke(NamedTuple):
    """A drawn signature: polylines in their own units, y downwards, put at `x`, `y` by `scale`."""

    x: float
    y: float
    scale: float
    polylines: tuple[tuple[tuple[int, int], ...], ...]


class Path(NamedTuple):
    """Points joined by straight lines, drawn or filled."""

    points: tuple[tuple[float, float], ...]
    colour: Colour = INK
    width: float = RULE_WIDTH
    """0 where the shape is filled."""
    dash: tuple[float, ...] = ()


class Sheet:
    """The marks of one page."""

    def __init__(self) -> None:
        self.texts: list[Text] = []
        self.rules: list[Rule] = []
        self.fills: list[Fill] = []
        self.strokes: list[Stroke] = []
        self.paths: list[Path] = []
        """Of charts: over fills and rules, in the order in which they were put."""

    def line(self, line: Line, x: float, y: float, size: float, colour: Colour = INK) -> None:
        """One laid-out line from its baseline."""
        for piece in line.pieces:
            self.texts.append(Text(x + piece.x, y, piece.face, size, colour, piece.text))

    def box(self, x0: float, y0: float, x1: float, y1: float, colour: Colour = RULE) -> None:
        """The four edges of a rectangle."""
        self.rules.append(Rule(x0, y0, x1, y0, colour))
        self.rules.append(Rule(x0, y1, x1, y1, colour))
        self.rules.append(Rule(x0, y0, x0, y1, colour))
        self.rules.append(Rule(x1, y0, x1, y1, colour))
