"""From marks to PDF, on reportlab's canvas: same marks, same bytes."""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Final

from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfgen.canvas import Canvas

from fichaat.reports.fonts import Face, FontSet
from fichaat.reports.sheet import (
    INK,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    STROKE,
    Colour,
    Fill,
    Path,
    Rule,
    Sheet,
    Stroke,
    Text,
)

_PEN: Final = 1.1
_WATERMARK_ALPHA: Final = 0.11
_CODE_DATE: Final = b"fichaat"
_DATES = re.compile(rb"/(?:CreationDate|ModDate) \(" + _CODE_DATE + rb"\)")
_FOOT: Final = "pie"


class Painter:
    """One PDF file."""

    def __init__(
        self, fonts: FontSet, *, title: str, author: str, subject: str = "Anexo N°3"
    ) -> None:
        self._fonts = fonts
        self._file = BytesIO()
        self._canvas = Canvas(
            self._file,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            pageCompression=1,
            invariant=1,
            lang="es-PE",
        )
        # Fonts are embedded by document, for which the canvas has no accessor.
        self._document: PDFDocument = vars(self._canvas)["_doc"]
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject(subject)
        self._canvas.setCreator("fichaat")
        self._canvas.setProducer("fichaat")
        self._canvas.setDateFormatter(lambda *_moment: _CODE_DATE.decode())

    def foot(
        self, sheet: Sheet, qr: Sequence[Sequence[bool]], box: tuple[float, float, float]
    ) -> None:
        """What stands at the foot of every page, written once as a form."""
        self._canvas.beginForm(_FOOT)
        self._marks(sheet)
        if qr:
            self._canvas.addLiteral(_qr(qr, box))
        self._canvas.endForm()

    def page(self, sheet: Sheet, watermarks: Sequence[str]) -> None:
        self._marks(sheet, watermarks)
        self._canvas.doForm(_FOOT)
        self._canvas.showPage()

    def finish(self) -> bytes:
        """The file. It holds no date: the paper says its own, and two prints must be equal."""
        self._canvas.save()
        return _DATES.sub(lambda match: b" " * len(match.group()), self._file.getvalue())

    def _marks(self, sheet: Sheet, watermarks: Sequence[str] = ()) -> None:
        if sheet.fills:
            self._canvas.addLiteral("\n".join(_fills(sheet.fills)))
        if watermarks:
            # Over the fills, which would hide it, and under everything that is read.
            self._canvas.saveState()
            self._canvas.setFillAlpha(_WATERMARK_ALPHA)
            for row, text in enumerate(watermarks):
                self._canvas.addLiteral(self._watermark(text, row, len(watermarks)))
            self._canvas.restoreState()
        parts = _rules(sheet.rules)
        parts.extend(_stroke(stroke) for stroke in sheet.strokes)
        parts.extend(_path(path) for path in sheet.paths)
        if sheet.texts:
            parts.append("BT")
            parts.extend(self._texts(sheet.texts))
            parts.append("ET")
        self._canvas.addLiteral("\n".join(parts))

    def _texts(self, texts: Sequence[Text]) -> list[str]:
        out = []
        font = ""
        colour: Colour | None = None
        for text in texts:
            if text.colour != colour:
                colour = text.colour
                out.append(_rgb(colour, "rg"))
            out.append(f"1 0 0 1 {text.x:.2f} {text.y:.2f} Tm")
            for wanted, codes in self._encoded(text.face, text.size, text.text):
                if wanted != font:
                    font = wanted
                    out.append(font)
                out.append(f"<{codes.hex()}> Tj")
        return out

    def _encoded(self, face: Face, size: float, text: str) -> list[tuple[str, bytes]]:
        """The text as stretches of one subset font each, with the operator that chooses it."""
        font = self._fonts[face].font
        document = self._document
        # reportlab keeps ASCII as it is in the first subset of every font.
        split = [(0, text.encode())] if text.isascii() else font.splitString(text, document)
        return [
            (f"{font.getSubsetInternalName(subset, document)} {size:g} Tf", codes)
            for subset, codes in split
        ]

    def _watermark(self, text: str, row: int, rows: int) -> str:
        size = 96.0
        width = self._fonts[Face.BOLD].em_width(text) * size
        drop = ((rows - 1) / 2 - row) * size * 1.5
        cos, sin = 0.7071, 0.7071
        x = PAGE_WIDTH / 2 - cos * width / 2 - sin * (drop - size * 0.36)
        y = PAGE_HEIGHT / 2 + 30 - sin * width / 2 + cos * (drop - size * 0.36)
        encoded = self._encoded(Face.BOLD, size, text)
        shown = " ".join(f"{font} <{codes.hex()}> Tj" for font, codes in encoded)
        return f"{_rgb(INK, 'rg')} BT {cos} {sin} {-sin} {cos} {x:.2f} {y:.2f} Tm {shown} ET"


def _rgb(colour: Colour, operator: str) -> str:
    red, green, blue = colour
    return f"{red:.3f} {green:.3f} {blue:.3f} {operator}"


def _fills(fills: Sequence[Fill]) -> list[str]:
    return [
        f"{_rgb(colour, 'rg')} {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f"
        for x, y, width, height, colour in fills
    ]


def _rules(rules: Sequence[Rule]) -> list[str]:
    """Every rule once, joined to its neighbours: a line drawn twice looks heavier on a screen."""
    spans: dict[tuple[Colour, float, bool, float], list[tuple[float, float]]] = {}
    for x0, y0, x1, y1, colour, width in rules:
        level = y0 == y1
        place = round(y0 if level else x0, 2)
        spans.setdefault((colour, width, level, place), []).append((x0, x1) if level else (y0, y1))
    out = []
    style: tuple[Colour, float] | None = None
    # The dark frame goes over the grey separators that meet it.
    for key in sorted(spans, key=lambda item: (-sum(item[0]), item)):
        colour, width, level, place = key
        if (colour, width) != style:
            if style is not None:
                out.append("S")
            style = (colour, width)
            out.append(f"{_rgb(colour, 'RG')} {width:g} w 2 J")
        for start, end in _joined(spans[key]):
            if level:
                out.append(f"{start:.2f} {place:.2f} m {end:.2f} {place:.2f} l")
            else:
                out.append(f"{place:.2f} {start:.2f} m {place:.2f} {end:.2f} l")
    if style is not None:
        out.append("S")
    return out


def _joined(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    spans.sort()
    joined = [spans[0]]
    for start, end in spans[1:]:
        first, last = joined[-1]
        if start <= last + 0.01:
            joined[-1] = (first, max(last, end))
        else:
            joined.append((start, end))
    return joined


def _stroke(stroke: Stroke) -> str:
    scale = stroke.scale
    paths = []
    for line in stroke.polylines:
        x, y = line[0]
        rest = " ".join([f"{a} {b} l" for a, b in line[1:]]) or f"{x} {y} l"
        paths.append(f"{x} {y} m {rest}")
    return (
        f"q {scale:.5f} 0 0 {-scale:.5f} {stroke.x:.2f} {stroke.y:.2f} cm "
        f"{_rgb(STROKE, 'RG')} {_PEN / scale:.3f} w 1 J 1 j {' '.join(paths)} S Q"
    )


def _path(path: Path) -> str:
    (x0, y0), *rest = path.points
    line = " ".join([f"{x0:.2f} {y0:.2f} m", *(f"{x:.2f} {y:.2f} l" for x, y in rest)])
    if not path.width:
        return f"{_rgb(path.colour, 'rg')} {line} h f"
    dash = " ".join(f"{length:g}" for length in path.dash)
    colour = _rgb(path.colour, "RG")
    return f"q {colour} {path.width:g} w 0 J 1 j [{dash}] 0 d {line} S Q"


def _qr(rows: Sequence[Sequence[bool]], box: tuple[float, float, float]) -> str:
    """Dark runs as rectangles, in modules; each a hair higher, so that no viewer shows a seam."""
    x, y, size = box
    module = size / len(rows)
    parts = [f"q {module:.5f} 0 0 {-module:.5f} {x:.2f} {y + size:.2f} cm 0 g"]
    for row, modules in enumerate(rows):
        column = 0
        while column < len(modules):
            start = column
            while column < len(modules) and modules[column]:
                column += 1
            if column > start:
                parts.append(f"{start} {row} {column - start} 1.03 re")
            column += 1
    parts.append("f Q")
    return " ".join(parts)
