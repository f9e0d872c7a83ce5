"""The printed ficha: Anexo N°3, its complementary sheet and the foot that lets it be checked."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from fichaat.application.paper_code import paper_code
from fichaat.application.ports.papers import FichaPaper
from fichaat.domain.ficha import contenido_sha256, short_huella
from fichaat.reports import words
from fichaat.reports.anexo3 import Anexo3, draw_blank
from fichaat.reports.complementarios_pdf import Complementarios
from fichaat.reports.fonts import Face, FontSet
from fichaat.reports.painter import Painter
from fichaat.reports.qr import qr_rows
from fichaat.reports.render_pool import render_all
from fichaat.reports.sheet import (
    FOOTER_TOP,
    HAIR,
    INK,
    LEFT,
    MM,
    RIGHT,
    SOFT,
    Rule,
    Sheet,
)
from fichaat.reports.table_canvas import Flow
from fichaat.reports.text_layout import Measure, Span

_VERSION: Final = "anexo3.3"
_QR: Final = 16.5 * MM
_QR_BOX: Final = (LEFT, FOOTER_TOP - 1.5 * MM - _QR, _QR)
_FOOT_LINES: Final = (15.0, 26.2, 37.0, 47.8)
"""From the rule of the footer to the baselines under it."""
_CHECK: Final = (
    "Compruebe este documento con el programa fichaat: lea el código QR o escriba el número de "
    "ficha y la huella."
)
_DRAFT_NOTE: Final = "Este borrador todavía puede cambiar: no se firma ni se entrega."


class ReportlabPaperRenderer:
    """`ports.PaperRenderer` on reportlab's canvas. Fonts are read once, on the first paper."""

    @property
    def version(self) -> str:
        """Changes whenever the same input would print differently."""
        return _VERSION

    def render(self, paper: FichaPaper) -> bytes:
        """The PDF of one ficha: same input, same bytes."""
        measure = _loaded()
        sheets = layout(paper, measure)
        codigo, version = paper.ficha.codigo, paper.face.version
        painter = Painter(
            measure.fonts,
            title=f"Ficha {codigo} · versión {version}",
            author=paper.gobierno_regional,
        )
        contenido = contenido_sha256(paper.ficha)
        draft = paper.face.kind == "borrador"
        qr = () if draft else qr_rows(paper_code(codigo, version, contenido))
        painter.foot(_foot(paper, contenido, measure), qr, _QR_BOX)
        _number(sheets, measure)
        for sheet in sheets:
            painter.page(sheet, _watermarks(paper))
        return painter.finish()

    def render_many(self, papers: Sequence[FichaPaper]) -> Iterator[bytes]:
        """The PDF of each ficha, in order, the same as `render`; many are shared by processes."""
        return render_all(papers, self.render, render_chunk)

    def render_blank(self) -> bytes:
        """The blank official form."""
        measure = _loaded()
        flow = Flow(measure)
        draw_blank(flow)
        painter = Painter(measure.fonts, title=words.TITULO, author="fichaat")
        foot = Sheet()
        foot.rules.append(Rule(LEFT, FOOTER_TOP, RIGHT, FOOTER_TOP, HAIR))
        painter.foot(foot, (), _QR_BOX)
        _number(flow.sheets, measure)
        for sheet in flow.sheets:
            painter.page(sheet, ())
        return painter.finish()


@cache
def _loaded() -> Measure:
    return Measure(FontSet())


def render_chunk(papers: Sequence[FichaPaper]) -> list[bytes]:
    """What another process does for `render_many`."""
    renderer = ReportlabPaperRenderer()
    return [renderer.render(paper) for paper in papers]


def layout(paper: FichaPaper, measure: Measure) -> list[Sheet]:
    """The pages of a paper without foot and page number."""
    flow = Flow(measure)
    Anexo3(flow, paper).draw()
    if Complementarios.has_something(paper):
        Complementarios(flow, paper).draw()
    return flow.sheets


def _watermarks(paper: FichaPaper) -> list[str]:
    marks = []
    if paper.practice:
        marks.append("PRÁCTICA")
    if paper.anulada is not None:
        marks.append("ANULADA")
    if paper.face.kind == "borrador":
        marks.append("BORRADOR")
    return marks


def _foot(paper: FichaPaper, contenido: str, measure: Measure) -> Sheet:
    """What every page says about the document: number, version, seal and hash."""
    face = paper.face
    draft = face.kind == "borrador"
    if draft:
        state = "Borrador, sin sellar"
    elif face.kind == "sellada" and face.sealed_at is not None:
        state = f"Sellada el {words.moment(face.sealed_at)} (hora de Lima)"
    else:
        state = "Por sellar"
    if paper.anulada is not None:
        state += " · ANULADA"
    if paper.practice:
        state += " · PRÁCTICA"
    sheet = Sheet()
    sheet.rules.append(Rule(LEFT, FOOTER_TOP, RIGHT, FOOTER_TOP, HAIR))
    x = LEFT if draft else LEFT + _QR + 7
    lines = (
        (f"Ficha {paper.ficha.codigo} · versión {face.version}", Face.BOLD, 9.0, INK),
        (state, Face.REGULAR, 8.0, SOFT),
        (f"Huella: {short_huella(contenido)}", Face.REGULAR, 8.0, SOFT),
        (_DRAFT_NOTE if draft else _CHECK, Face.REGULAR, 8.0, SOFT),
    )
    for (text, hand, size, colour), drop in zip(lines, _FOOT_LINES, strict=True):
        line = measure.one_line([Span(text, hand)], size)
        sheet.line(line, x, FOOTER_TOP - drop, size, colour)
    return sheet


def _number(sheets: list[Sheet], measure: Measure) -> None:
    """«Página 1 de 3» at the right of each foot."""
    for number, sheet in enumerate(sheets, start=1):
        line = measure.one_line([Span(f"Página {number} de {len(sheets)}")], 8.5)
        sheet.line(line, RIGHT - line.width, FOOTER_TOP - _FOOT_LINES[0], 8.5)
