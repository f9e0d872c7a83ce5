"""Where the lines of a drawn signature lie: on a sheet of its own, whatever the size of the pad.

A pad shows the whole sheet, and more of it where its shape is another: nothing drawn is ever cut
or stretched when the pad grows, shrinks or moves to a screen of another scale. No Qt here.
"""

from dataclasses import dataclass
from typing import Final

from fichaat.domain.firma import Trazo

LONG_SIDE: Final = 16_000
"""Of the sheet, in the units of a stroke blob: far finer than any screen."""
MAX_LINES: Final = 2000
"""As many as a stroke blob may hold."""
MAX_POINTS: Final = 20_000
"""A pen draws them in a minute and a half; nobody's signature is longer."""
_NEAR: Final = 0.5
"""Points of the pad closer than this are one."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the sheet."""

    x: float
    y: float
    width: float
    height: float

    def with_point(self, x: float, y: float) -> "Frame":
        """As little larger as the point asks for."""
        left, top = min(self.x, x), min(self.y, y)
        right, bottom = max(self.x + self.width, x), max(self.y + self.height, y)
        return Frame(left, top, right - left, bottom - top)

    def shaped(self, aspect: float) -> "Frame":
        """The smallest part around this one whose width is `aspect` times its height."""
        width = max(self.width, self.height * aspect)
        height = max(self.height, self.width / aspect)
        left = self.x - (width - self.width) / 2
        return Frame(left, self.y - (height - self.height) / 2, width, height)


class StrokeSheet:
    """The lines of one signature, drawn through a pad of any size."""

    def __init__(self) -> None:
        self.lines: list[list[Point]] = []
        """On the sheet."""
        self._first = Frame(0, 0, LONG_SIDE, LONG_SIDE)
        """What the first line was drawn on."""
        self._base = self._first
        """The same, and wherever ink went since."""
        self._shown = self._base
        self._pad = (1.0, 1.0)
        self._points = 0
        self._cleared: tuple[list[list[Point]], Frame, Frame] | None = None

    @property
    def empty(self) -> bool:
        return not self.lines

    @property
    def can_restore(self) -> bool:
        """Whether `restore` brings something back."""
        return self.empty and self._cleared is not None

    @property
    def scale(self) -> float:
        """Pad for one unit of the sheet."""
        return self._pad[0] / self._shown.width

    @property
    def first_on_pad(self) -> Frame:
        """Where the pad shows what the first line was drawn on."""
        first = self._first
        left, top = self.to_pad((first.x, first.y))
        return Frame(left, top, first.width * self.scale, first.height * self.scale)

    def fit(self, width: float, height: float) -> None:
        """The pad has this size from now on."""
        self._pad = (max(1.0, width), max(1.0, height))
        if self.empty:
            unit = LONG_SIDE / max(self._pad)
            self._first = self._base = Frame(0, 0, self._pad[0] * unit, self._pad[1] * unit)
        self._shown = self._base.shaped(self._pad[0] / self._pad[1])

    def to_pad(self, point: Point) -> Point:
        return (point[0] - self._shown.x) * self.scale, (point[1] - self._shown.y) * self.scale

    def begin(self, x: float, y: float) -> bool:
        """A line begins at a place of the pad; whether there was room for it."""
        if len(self.lines) >= MAX_LINES or self._points >= MAX_POINTS:
            return False
        self._cleared = None
        self.lines.append([])
        self._add(x, y)
        return True

    def extend(self, x: float, y: float) -> bool:
        """The line that was begun goes on; whether there is a new point."""
        if self._points >= MAX_POINTS:
            return False
        last = self.to_pad(self.lines[-1][-1])
        if abs(last[0] - x) < _NEAR and abs(last[1] - y) < _NEAR:
            return False
        self._add(x, y)
        return True

    @property
    def full(self) -> bool:
        """Nothing more can be drawn."""
        return len(self.lines) >= MAX_LINES or self._points >= MAX_POINTS

    def drop_line(self) -> None:
        """The line that was begun was an accident."""
        self._points -= len(self.lines.pop())
        self._settle()

    def clear(self) -> None:
        """Nothing is drawn; `restore` takes it back."""
        if not self.empty:
            self._cleared = (self.lines, self._first, self._base)
        self.lines = []
        self._points = 0
        self._settle()

    def restore(self) -> None:
        """What was cleared last, unless something was drawn since."""
        if not self.can_restore or self._cleared is None:
            return
        self.lines, self._first, self._base = self._cleared
        self._cleared = None
        self._points = sum(map(len, self.lines))
        self._settle()

    def load(self, trazo: Trazo | None) -> None:
        """What was drawn before, on any pad; an empty sheet where None."""
        self._cleared = None
        self.lines = []
        if trazo is not None:
            self.lines = [[(float(x), float(y)) for x, y in line] for line in trazo.trazos]
            self._first = self._base = Frame(0, 0, trazo.ancho, trazo.alto)
        self._points = sum(map(len, self.lines))
        self._settle()

    def trazo(self) -> Trazo | None:
        """What is drawn, as a stroke blob says it; None while nothing is."""
        if self.empty:
            return None
        base = self._base
        unit = LONG_SIDE / max(base.width, base.height)
        return Trazo(
            max(1, round(base.width * unit)),
            max(1, round(base.height * unit)),
            tuple(_whole(line, base, unit) for line in self.lines),
        )

    def _settle(self) -> None:
        self.fit(*self._pad)

    def _add(self, x: float, y: float) -> None:
        """A place outside the pad is drawn at its edge."""
        x, y = min(max(x, 0.0), self._pad[0]), min(max(y, 0.0), self._pad[1])
        point = (x / self.scale + self._shown.x, y / self.scale + self._shown.y)
        self._base = self._base.with_point(*point)
        self.lines[-1].append(point)
        self._points += 1


def _whole(line: list[Point], base: Frame, unit: float) -> tuple[tuple[int, int], ...]:
    """Whole units; what falls together is one point."""
    points: list[tuple[int, int]] = []
    for x, y in line:
        point = (max(0, round((x - base.x) * unit)), max(0, round((y - base.y) * unit)))
        if not points or points[-1] != point:
            points.append(point)
    return tuple(points)
