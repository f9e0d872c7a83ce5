"""The paper of a coverage: the headline, the charts, every local government, what was left out."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from fichaat.application.coverage import Avance, CoverageReport
from fichaat.domain.cobertura import CoberturaGL, Excluida, Exclusion
from fichaat.reports.coverage_charts import (
    MAX_LABELS,
    Key,
    bars_height,
    draw_bars,
    draw_evolution,
    draw_legend,
    evolution_height,
)
from fichaat.reports.coverage_readings import draw_readings, readings, readings_height
from fichaat.reports.fonts import Face, FontSet
from fichaat.reports.painter import Painter
from fichaat.reports.sheet import (
    FOOTER_TOP,
    HAIR,
    HEADING,
    INK,
    LEFT,
    RIGHT,
    SOFT,
    WIDTH,
    Colour,
    Fill,
    Rule,
    Sheet,
)
from fichaat.reports.table_canvas import LEADING, SIZE, Flow, Row
from fichaat.reports.text_layout import Measure, Span
from fichaat.texts import message
from fichaat.texts.cobertura_names import EXCLUSIONES
from fichaat.texts.cobertura_words import (
    catalog_of,
    day_words,
    falta_words,
    figure_of,
    goal_of,
    left_out_words,
    moment_words,
    period_of,
    region_of,
    share_of,
    theme_word,
    title_of,
)

_TITLE: Final = 17.0
_SECTION: Final = 11.0
_BIG: Final = 30.0
_SMALL: Final = 8.0
_PAD: Final = 2.0
_BOX: Final = 0.42
"""Share of the width that the headline takes."""
_LEAST: Final = 98.0
_NO_QR: Final = (0.0, 0.0, 0.0)
_TABLE: Final = (0.192, 0.146, 0.082, 0.1255, 0.1325, 0.068, 0.254)
_CENTRED: Final = (2, 3, 4, 5)
_MONTHS: Final = (0.16, 0.14, 0.16, 0.2, 0.22)
_COUNTS: Final = (1, 2, 3, 4)
_CODES: Final = "   "
"""Between two codes."""
_ELSEWHERE: Final = (Exclusion.FUERA_DE_PERIODO, Exclusion.OTRO_TEMA)
"""Nothing is wrong with these, and there may be thousands."""


def render_coverage(report: CoverageReport) -> bytes:
    """The PDF: same view, same bytes."""
    measure = Measure(FontSet())
    sheets = layout(report, measure)
    painter = Painter(
        measure.fonts,
        title=f"{title_of(report)} · {period_of(report.view)}",
        author=region_of(report),
        subject="Anexo N°2",
    )
    painter.foot(_foot(report, measure), (), _NO_QR)
    marks = [message("cobertura.watermark", {})] if report.practice else []
    for number, sheet in enumerate(sheets, start=1):
        params = {"pagina": number, "paginas": len(sheets)}
        line = measure.one_line([Span(message("cobertura.page", params))], 8.5)
        sheet.line(line, RIGHT - line.width, FOOTER_TOP - 15, 8.5)
        painter.page(sheet, marks)
    return painter.finish()


def layout(report: CoverageReport, measure: Measure) -> list[Sheet]:
    """The pages without foot and page number."""
    flow = Flow(measure)
    _Paper(flow, report).draw()
    return flow.sheets


class _Paper:
    """Draws one report, from its title to the last code that was left out."""

    def __init__(self, flow: Flow, report: CoverageReport) -> None:
        self._flow = flow
        self._report = report
        self._view = report.view

    def draw(self) -> None:
        self._head()
        self._headline()
        if self._view.firmantes:
            self._charts()
            self._table()
        else:
            self._flow.skip(24)
            self._text(_say("no_signatories"), SIZE)
        self._excluded()

    # --- the first page --------------------------------------------------------------------------

    def _head(self) -> None:
        flow, report, view = self._flow, self._report, self._view
        flow.skip(_TITLE)
        self._text(title_of(report), _TITLE, Face.BOLD)
        flow.skip(15)
        self._text(region_of(report), 11.0)
        flow.skip(13)
        self._text(_say("subtitle"), _SMALL + 0.5, colour=SOFT)
        flow.skip(9)
        values = (
            (("period", period_of(view)), ("cutoff", moment_words(view.corte))),
            (("catalog", catalog_of(view)), ("theme", theme_word(view.tema))),
        )
        rows = []
        for pair in values:
            cells = []
            edges = (0.0, 0.12, 0.5, 0.6, 1.0)
            flat = [text for code, words in pair for text in (_say(f"row_{code}"), words)]
            for place, text in enumerate(flat):
                x0, x1 = LEFT + edges[place] * WIDTH, LEFT + edges[place + 1] * WIDTH
                name = place % 2 == 0
                span = Span(text, Face.BOLD if name else Face.REGULAR)
                cells.append(flow.cell((span,), x0, x1, fill=HEADING if name else None))
            rows.append(Row(tuple(cells), pad=_PAD))
        flow.table((), rows)
        flow.skip(12)

    def _headline(self) -> None:
        flow, view = self._flow, self._view
        told = readings(view)
        top, height = flow.y, max(readings_height(told), _LEAST)
        split = LEFT + _BOX * WIDTH
        flow.sheet.fills.append(Fill(LEFT, top - height, _BOX * WIDTH, height, HEADING))
        x = LEFT + 12
        self._text(_say("headline"), SIZE, Face.BOLD, x, top - 18)
        self._text(figure_of(view.aprobadas, view), _BIG, Face.BOLD, x, top - 52)
        self._text(share_of(view.aprobadas, view), 15.0, Face.BOLD, x, top - 74)
        self._text(goal_of(view), _SMALL + 0.5, Face.REGULAR, x, top - 89)
        draw_readings(flow, view, told, split + 14)
        flow.skip(height + 11)
        self._text(_say("headline_what"), _SMALL, colour=SOFT)

    def _charts(self) -> None:
        flow, view = self._flow, self._view
        territorio = self._report.territorio
        provinces = view.provincias
        self._section(_say("provinces"), bars_height(provinces))
        approved = Key(_say("approved_word"), "solid")
        draw_legend(flow, (approved, Key(_say("received_word"), "hatched")))
        flow.skip(4)
        named = [(territorio.provincia(x.provincia) or x.provincia, x) for x in provinces]
        draw_bars(flow, view, sorted(named, key=_most_first))
        if not view.evolucion:
            self._section(_say("evolution"), LEADING + 4)
            flow.skip(14)
            self._text(_say("no_actions"), SIZE, colour=SOFT)
            return
        self._section(_say("evolution"), evolution_height())
        approved = Key(_say("approved_word"), "line")
        draw_legend(flow, (approved, Key(_say("with_received_word"), "dashed")))
        flow.skip(2)
        draw_evolution(flow, view)
        if len(view.evolucion) > MAX_LABELS:
            self._months()

    def _months(self) -> None:
        """What the drawing has no room to say."""
        codes = ("until", "total", "approved", "received", "all")
        titles = [_say(f"column_{code}") for code in codes]
        head = self._row(titles, _MONTHS, _COUNTS, head=True)
        rows = [
            self._row(
                (day_words(end), *map(str, (whole, n.aprobadas, n.recibidas, n.todas))),
                _MONTHS,
                _COUNTS,
            )
            for end, n, whole in self._view.evolucion
        ]
        self._flow.skip(8)
        self._flow.table((head,), rows)

    # --- the tables ------------------------------------------------------------------------------

    def _table(self) -> None:
        flow, gls = self._flow, self._view.cobertura.gl
        codes = ("place", "province", "ubigeo", "diagnosis", "followup", "others", "lacks_short")
        head = self._row([_say(f"column_{code}") for code in codes], _TABLE, _CENTRED, head=True)
        rows = [self._row(self._cells(gl), _TABLE, _CENTRED) for gl in gls]
        self._section(_say("table"), head.height + rows[0].least())
        flow.skip(5)
        flow.table((head,), rows)
        if any(gl.seguimiento_antes for gl in gls):
            flow.keep(14)
            flow.skip(11)
            self._text(_say("before_note"), _SMALL, colour=SOFT)

    def _cells(self, gl: CoberturaGL) -> list[str]:
        place = self._report.territorio.lugar(gl.ubigeo)
        none = _say("nothing_held")
        followed = none if gl.seguimiento is None else day_words(gl.seguimiento)
        return [
            place.distrito,
            place.provincia,
            gl.ubigeo,
            none if gl.diagnostico is None else day_words(gl.diagnostico),
            followed + (" *" if gl.seguimiento_antes else ""),
            str(gl.otras),
            falta_words(gl) or _say("counts"),
        ]

    def _row(
        self,
        values: Sequence[str],
        shares: Sequence[float],
        centred: Collection[int],
        *,
        head: bool = False,
    ) -> Row:
        cells = []
        x0 = LEFT
        for place, (text, share) in enumerate(zip(values, shares, strict=True)):
            x1 = x0 + share * WIDTH
            last = place == len(shares) - 1
            counts = last and text == _say("counts")
            face = Face.BOLD if head else Face.REGULAR
            cells.append(
                self._flow.cell(
                    (Span(text, face),),
                    x0,
                    x1,
                    centred=place in centred,
                    fill=HEADING if head else None,
                    colour=SOFT if counts else INK,
                )
            )
            x0 = x1
        return Row(tuple(cells), pad=_PAD, over=HAIR, under=HAIR)

    def _excluded(self) -> None:
        flow = self._flow
        groups: dict[str, list[str]] = {}
        for motivo, words in EXCLUSIONES.items():
            found = [x for x in self._view.cobertura.excluidas if x.motivo is motivo]
            if found:
                elsewhere = motivo in _ELSEWHERE
                codes = [item.ficha if elsewhere else _code(item) for item in found]
                groups[f"{words} ({len(found)})"] = list(_spans(codes)) if elsewhere else codes
        self._section(_say("excluded"), 3 * LEADING)
        if not groups:
            flow.skip(14)
            self._text(_say("excluded_none"), SIZE, colour=SOFT)
        else:
            flow.skip(14)
            told = {"cuantas": left_out_words(self._view)}
            self._text(message("cobertura.left_of", told), SIZE, colour=SOFT)
        for words, codes in groups.items():
            flow.keep(4 * LEADING)
            flow.skip(LEADING + 6)
            self._text(words, SIZE, Face.BOLD)
            flow.skip(2)
            for line in flow.measure.wrap([Span(_CODES.join(codes))], WIDTH - 10, _SMALL):
                flow.keep(LEADING)
                flow.skip(LEADING)
                flow.sheet.line(line, LEFT + 10, flow.y, _SMALL, SOFT)

    # --- parts -----------------------------------------------------------------------------------

    def _section(self, words: str, least: float) -> None:
        """A heading that stays with what follows it."""
        flow = self._flow
        flow.keep(26 + least)
        flow.skip(22)
        self._text(words, _SECTION, Face.BOLD)

    def _text(
        self,
        text: str,
        size: float,
        face: Face = Face.REGULAR,
        x: float = LEFT,
        y: float | None = None,
        *,
        colour: Colour = INK,
    ) -> None:
        flow = self._flow
        line = flow.measure.one_line([Span(text, face)], size)
        flow.sheet.line(line, x, flow.y if y is None else y, size, colour)


def _most_first(named: tuple[str, Avance]) -> tuple[int, float, str]:
    """As on the screen."""
    name, item = named
    approved = item.estricta.aprobadas
    return -approved, -approved / item.firmantes, name


def _spans(codigos: Sequence[str]) -> Iterator[str]:
    """What is merely elsewhere is told in short: «05-2026-K7Q2MX: 0005–0007, 0011»."""
    series: dict[str, list[int]] = {}
    for codigo in sorted(set(codigos)):
        serie, _, digits = codigo.rpartition("-")
        series.setdefault(serie, []).append(int(digits))
    for serie, numbers in series.items():
        runs = [[numbers[0], numbers[0]]]
        for number in numbers[1:]:
            if number == runs[-1][1] + 1:
                runs[-1][1] = number
            else:
                runs.append([number, number])
        told = (f"{a:04d}" if a == b else f"{a:04d}–{b:04d}" for a, b in runs)
        yield f"{serie}: {', '.join(told)}"


def _code(item: Excluida) -> str:
    """Held together at a break of the line."""
    return item.ficha if item.ubigeo is None else f"{item.ficha}\N{NO-BREAK SPACE}({item.ubigeo})"


def _foot(report: CoverageReport, measure: Measure) -> Sheet:
    """What every page says about the report."""
    view = report.view
    sheet = Sheet()
    sheet.rules.append(Rule(LEFT, FOOTER_TOP, RIGHT, FOOTER_TOP, HAIR))
    state = f"{region_of(report)} · {period_of(view)}"
    if report.practice:
        state += f" · {_say('practice')}"
    lines = (
        (title_of(report), Face.BOLD, 9.0, INK),
        (state, Face.REGULAR, _SMALL, SOFT),
        (f"{_say('row_cutoff')}: {moment_words(view.corte)}", Face.REGULAR, _SMALL, SOFT),
        (f"{_say('row_catalog')}: {catalog_of(view)}", Face.REGULAR, _SMALL, SOFT),
    )
    for (text, face, size, colour), drop in zip(lines, (15.0, 26.2, 37.0, 47.8), strict=True):
        line = measure.one_line([Span(text, face)], size)
        sheet.line(line, LEFT, FOOTER_TOP - drop, size, colour)
    return sheet


def _say(code: str) -> str:
    return message(f"cobertura.{code}", {})
