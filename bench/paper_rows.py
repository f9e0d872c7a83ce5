"""Papers: the Anexo N°3 of one ficha, and two hundred of them.

Floor of a paper: the same marks (texts, rules, fills, strokes, the foot as a form), already laid
out, put on reportlab's canvas through its public calls. Floor of two hundred: one after the
other in this process.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby

from reportlab.pdfgen.canvas import Canvas

from bench.harness import Case, timed
from bench.places import Workshop
from fichaat.application.ports.papers import FichaPaper
from fichaat.domain.ficha import contenido_sha256
from fichaat.reports.ficha_pdf import (
    _QR_BOX,
    ReportlabPaperRenderer,
    _foot,
    layout,
)
from fichaat.reports.fonts import FontSet
from fichaat.reports.qr import qr_rows
from fichaat.reports.sheet import PAGE_HEIGHT, PAGE_WIDTH, STROKE, Sheet
from fichaat.reports.text_layout import Measure
from tests.support.samples import long_paper, short_paper

_MANY = 200


def one(work: Workshop, *, full: bool) -> Iterator[Case]:  # noqa: ARG001  # nothing on disk
    yield _one("one page", short_paper())
    yield _one("long", long_paper())


def many(work: Workshop, *, full: bool) -> Iterator[Case]:  # noqa: ARG001  # nothing on disk
    renderer = ReportlabPaperRenderer()
    papers = [short_paper()] * _MANY

    def one_by_one() -> None:
        for paper in papers:
            renderer.render(paper)

    def ours() -> None:
        assert sum(1 for _ in renderer.render_many(papers)) == _MANY

    yield Case(
        f"{_MANY} PDFs (1.6 times as fast)",
        1 / 1.6,
        {"one process": lambda: timed(one_by_one)},
        lambda: timed(ours),
        rounds=3,
    )


def _one(what: str, paper: FichaPaper) -> Case:
    renderer = ReportlabPaperRenderer()
    measure = Measure(FontSet())
    sheets = layout(paper, measure)
    contenido = contenido_sha256(paper.ficha)
    foot = _foot(paper, contenido, measure)
    qr = qr_rows(f"FICHAAT|{paper.ficha.codigo}|{paper.face.version}|{contenido[:16]}")
    return Case(
        f"PDF of a ficha ({what}, {len(sheets)} p.)",
        1.3,
        {"canvas": lambda: timed(lambda: _draw(measure, sheets, foot, qr))},
        lambda: timed(lambda: renderer.render(paper)),
        rounds=7,
        calls=8,
    )


def _draw(
    measure: Measure, sheets: Sequence[Sheet], foot: Sheet, qr: Sequence[Sequence[bool]]
) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), pageCompression=1, invariant=1)
    canvas.beginForm("pie")
    _marks(canvas, measure, foot)
    _modules(canvas, qr)
    canvas.endForm()
    for sheet in sheets:
        _marks(canvas, measure, sheet)
        canvas.doForm("pie")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _marks(canvas: Canvas, measure: Measure, sheet: Sheet) -> None:
    """Colours and fonts are set only where they change, as a careful program would."""
    for x, y, width, height, colour in sheet.fills:
        canvas.setFillColorRGB(*colour)
        canvas.rect(x, y, width, height, stroke=0, fill=1)
    style: object = None
    for rule in sheet.rules:
        if style != (rule.colour, rule.width):
            style = (rule.colour, rule.width)
            canvas.setStrokeColorRGB(*rule.colour)
            canvas.setLineWidth(rule.width)
        canvas.line(rule.x0, rule.y0, rule.x1, rule.y1)
    for stroke in sheet.strokes:
        canvas.saveState()
        canvas.transform(stroke.scale, 0, 0, -stroke.scale, stroke.x, stroke.y)
        canvas.setStrokeColorRGB(*STROKE)
        path = canvas.beginPath()
        for line in stroke.polylines:
            path.moveTo(*line[0])
            for point in line[1:]:
                path.lineTo(*point)
        canvas.drawPath(path)
        canvas.restoreState()
    _texts(canvas, measure, sheet)


def _texts(canvas: Canvas, measure: Measure, sheet: Sheet) -> None:
    """One text object for the whole sheet."""
    out = canvas.beginText()
    style: object = None
    colour: object = None
    for text in sheet.texts:
        if text.colour != colour:
            colour = text.colour
            out.setFillColorRGB(*text.colour)
        if style != (text.face, text.size):
            style = (text.face, text.size)
            out.setFont(measure.fonts[text.face].name, text.size)
        out.setTextOrigin(text.x, text.y)
        out.textOut(text.text)
    canvas.drawText(out)


def _modules(canvas: Canvas, qr: Sequence[Sequence[bool]]) -> None:
    """Runs of dark modules, as one path."""
    x, y, size = _QR_BOX
    module = size / len(qr)
    canvas.setFillColorRGB(0, 0, 0)
    path = canvas.beginPath()
    for row, modules in enumerate(qr):
        place = 0
        for dark, run in groupby(modules):
            length = sum(1 for _ in run)
            if dark:
                top = y + size - (row + 1) * module
                path.rect(x + place * module, top, length * module, module)
            place += length
    canvas.drawPath(path, stroke=0, fill=1)
