"""Measuring and wrapping: from typed text to lines that fit a column, nothing shortened."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from fichaat.reports.fonts import NO_BREAK, Face, FontSet

_CLUSTER = re.compile(r"\[U\+[0-9A-F]{4,6}\]|.", re.DOTALL)


class Span(NamedTuple):
    """A stretch of text in one hand."""

    text: str
    face: Face = Face.REGULAR


class Piece(NamedTuple):
    """A stretch of one line, `x` points from its beginning."""

    x: float
    face: Face
    text: str


class Line(NamedTuple):
    pieces: tuple[Piece, ...]
    width: float


EMPTY_LINE = Line((), 0.0)


class _Word(NamedTuple):
    """What stands between two blanks; spans may meet inside it («**Firma**.»)."""

    gap: int
    """Blanks before it."""
    gap_face: Face
    parts: tuple[tuple[Face, str], ...]


class Measure:
    """Wraps texts with the faces of one set."""

    def __init__(self, fonts: FontSet) -> None:
        self.fonts = fonts
        self.wrap_fixed = lru_cache(maxsize=512)(self.wrap)
        """`wrap` for the words of the paper itself, which every ficha repeats."""
        self.justified = lru_cache(maxsize=16)(self._justified)
        """`wrap_fixed` with every line but the last stretched to the full width."""

    def width(self, text: str, face: Face, size: float) -> float:
        return self.fonts[face].em_width(text) * size

    def printable(self, text: str, face: Face) -> str:
        return self.fonts[face].printable(text)

    def one_line(self, spans: Sequence[Span], size: float) -> Line:
        """The spans in one line, however long."""
        builder = _LineBuilder(float("inf"))
        for typed, face in spans:
            text = self.printable(typed, face).replace("\n", " ")
            builder.put(face, text, self.width(text, face, size))
        builder.feed()
        return builder.lines[0]

    def _justified(self, spans: tuple[Span, ...], width: float, size: float) -> tuple[Line, ...]:
        *lines, last = self.wrap(spans, width, size)
        return (*(self._stretched(line, width, size) for line in lines), last)

    def _stretched(self, line: Line, width: float, size: float) -> Line:
        """The line with its slack shared by its blanks; each word a piece of its own."""
        blanks = sum(piece.text.count(" ") for piece in line.pieces)
        slack = (width - line.width) / blanks if blanks else 0.0
        pieces = []
        shift = 0.0
        for piece in line.pieces:
            x = piece.x + shift
            for number, word in enumerate(piece.text.split(" ")):
                if number:
                    x += self.width(" ", piece.face, size) + slack
                    shift += slack
                if word:
                    pieces.append(Piece(x, piece.face, word))
                x += self.width(word, piece.face, size)
        return Line(tuple(pieces), width)

    def wrap(self, spans: Sequence[Span], width: float, size: float) -> tuple[Line, ...]:
        """Lines no wider than `width`. Breaks at blanks and line feeds, inside a word only where
        the word alone is too wide (at its no-break spaces first: some programs paste nothing
        else); blanks at a break are not printed.
        """
        lines: list[Line] = []
        for words in self._paragraphs(spans):
            lines.extend(self._fill(words, width, size))
        return tuple(lines)

    def _paragraphs(self, spans: Sequence[Span]) -> Iterator[list[_Word]]:
        words: list[_Word] = []
        parts: list[tuple[Face, str]] = []
        gap, gap_face = 0, Face.REGULAR
        for span in spans:
            for row, line in enumerate(self.printable(span.text, span.face).split("\n")):
                if row:
                    if parts:
                        words.append(_Word(gap, gap_face, tuple(parts)))
                    yield words
                    words, parts, gap = [], [], 0
                for column, token in enumerate(line.split(" ")):
                    if column:
                        if parts:
                            words.append(_Word(gap, gap_face, tuple(parts)))
                            parts, gap = [], 0
                        gap += 1
                        gap_face = span.face
                    if token:
                        parts.append((span.face, token))
        if parts:
            words.append(_Word(gap, gap_face, tuple(parts)))
        yield words

    def _fill(self, words: list[_Word], width: float, size: float) -> list[Line]:
        em_widths = [self.fonts[face].em_width for face in Face]
        builder = _LineBuilder(width)
        waiting = words[::-1]
        while waiting:
            word = waiting.pop()
            parts = [(face, text, em_widths[face](text) * size) for face, text in word.parts]
            word_width = sum([part[2] for part in parts])
            if word_width > width and any(NO_BREAK in text for _, text in word.parts):
                waiting.extend(reversed(list(_loosened(word))))
                continue
            gap = " " * word.gap
            gap_width = em_widths[word.gap_face](gap) * size if gap else 0.0
            if builder.fits(gap_width + word_width):
                builder.put(word.gap_face, gap, gap_width)
            elif word_width > width and builder.fits(gap_width):
                # It breaks anyway: better from here than from the next line.
                builder.put(word.gap_face, gap, gap_width)
            elif builder.started:
                builder.feed()
            if builder.fits(word_width):
                for part in parts:
                    builder.put(*part)
            else:
                self._break(builder, word, size)
        builder.feed()
        return builder.lines

    def _break(self, builder: "_LineBuilder", word: _Word, size: float) -> None:
        """A word wider than the column, cut between characters: never between a letter and its
        combining marks, nor inside a mark like [U+1F389] that fits a line.
        """
        for face, text in word.parts:
            for cluster in _clusters(text):
                wide = self.width(cluster, face, size)
                if builder.started and not builder.fits(wide):
                    builder.feed()
                builder.put(face, cluster, wide)


def _loosened(word: _Word) -> Iterator[_Word]:
    """The words that no-break spaces hold together."""
    gap, gap_face = word.gap, word.gap_face
    parts: list[tuple[Face, str]] = []
    for face, text in word.parts:
        for column, token in enumerate(text.split(NO_BREAK)):
            if column:
                if parts:
                    yield _Word(gap, gap_face, tuple(parts))
                    parts, gap = [], 0
                gap += 1
                gap_face = face
            if token:
                parts.append((face, token))
    if parts:
        yield _Word(gap, gap_face, tuple(parts))


class _LineBuilder:
    """Collects stretches of a line, joining neighbours of one hand."""

    def __init__(self, width: float) -> None:
        self._width = width + 0.001
        self._used = 0.0
        self._pieces: list[Piece] = []
        self._face: Face | None = None
        self._start = 0.0
        self._texts: list[str] = []
        self.lines: list[Line] = []

    @property
    def started(self) -> bool:
        return self._face is not None

    def fits(self, width: float) -> bool:
        return self._used + width <= self._width

    def put(self, face: Face, text: str, width: float) -> None:
        if not text:
            return
        if face is not self._face:
            self._flush()
            self._face, self._start = face, self._used
        self._texts.append(text)
        self._used += width

    def _flush(self) -> None:
        if self._face is not None:
            self._pieces.append(Piece(self._start, self._face, "".join(self._texts)))
            self._texts = []
            self._face = None

    def feed(self) -> None:
        """Ends the line."""
        self._flush()
        self.lines.append(Line(tuple(self._pieces), self._used))
        self._pieces = []
        self._used = 0.0


def _clusters(text: str) -> Iterator[str]:
    cluster = ""
    for char in _CLUSTER.findall(text):
        if cluster and not (len(char) == 1 and unicodedata.combining(char)):
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster
