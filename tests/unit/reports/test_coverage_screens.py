"""The screen, the workbook, the paper and the terminal say the same of one view."""

from io import BytesIO
from typing import Any

import openpyxl
import pypdf
import pytest

from fichaat.application.coverage import CoverageReport
from fichaat.cli.cobertura_view import coverage_lines
from fichaat.gui.pages.municipalidades.figures import make_figures, month_bars, province_bars
from fichaat.gui.pages.municipalidades.lines import GLColumn, make_lines
from fichaat.reports.coverage_charts import NAMES
from fichaat.reports.coverage_pdf import layout, render_coverage
from fichaat.reports.coverage_sheets import coverage_workbook
from fichaat.reports.fonts import FontSet
from fichaat.reports.text_layout import Measure
from fichaat.reports.workbooks import XlsxWorkbooks
from fichaat.texts.cobertura_words import falta_words
from tests.support.coverage import random_report


@pytest.fixture(scope="module", params=range(3))
def report(request: pytest.FixtureRequest) -> CoverageReport:
    return random_report(100 + request.param, firmantes=40, fichas=160)


def rows_of(report: CoverageReport, sheet: str) -> list[list[Any]]:
    data = XlsxWorkbooks().write(coverage_workbook(report))
    values = openpyxl.load_workbook(BytesIO(data))[sheet].iter_rows(values_only=True)
    return [list(row) for row in values]


def test_the_figures_beside_the_headline_and_the_headline(report: CoverageReport) -> None:
    view, territorio = report.view, report.territorio
    shown = make_figures(view, territorio)
    paper = pypdf.PdfReader(BytesIO(render_coverage(report))).pages[0].extract_text()
    terminal = "\n".join(coverage_lines(view, territorio, practice=False))
    for words in (shown.headline, shown.percent, shown.goal):
        assert words in paper
        assert words in terminal
    for row in shown.rows:
        assert f"{row.words}: {row.figure}" in terminal
        assert row.words in paper
        assert row.figure in paper
    counts = [(row[3], row[4]) for row in rows_of(report, "Resumen") if isinstance(row[3], int)]
    figures = [f"{part} de {whole}" for part, whole in counts]
    strict, two, since = figures[:3], figures[3:6], figures[6:9]
    assert [shown.headline, *(row.figure for row in shown.rows)] == [*strict, two[0], since[0]]


def test_the_bars_and_the_months(report: CoverageReport) -> None:
    view = report.view
    bars = province_bars(view, report.territorio)
    paper = layout(report, Measure(FontSet()))[0].texts
    names = [text.text for text in paper if text.size == NAMES]
    written = [word for bar in bars for word in (bar.name, bar.figure)]
    start = names.index(written[0])
    assert names[start : start + len(written)] == written
    sheet = {row[1]: row for row in rows_of(report, "Por provincia")[1:]}
    for bar in bars:
        approved, received = sheet[bar.key][3:5]
        assert (approved, received - approved) == (bar.aprobadas, bar.recibidas)
        assert sheet[bar.key][2] == bar.firmantes
    months = rows_of(report, "Evolución")[1:]
    assert [(row[0].date().isoformat(), row[1], row[2] - row[1]) for row in months] == [
        (bar.key, bar.aprobadas, bar.recibidas) for bar in month_bars(view)
    ]


def test_the_line_of_each_local_government(report: CoverageReport) -> None:
    view, territorio = report.view, report.territorio
    sheet = {row[2]: row for row in rows_of(report, "Municipalidades")[1:]}
    pages = pypdf.PdfReader(BytesIO(render_coverage(report))).pages
    paper = " ".join("\n".join(page.extract_text() for page in pages).split())
    for line in make_lines(view.cobertura.gl, territorio):
        row = sheet[line.ubigeo]
        said = {column: line.words(column) for column in GLColumn}
        assert row[:2] == [line.nombre, line.provincia]
        dates = ["—" if day is None else f"{day:%d/%m/%Y}" for day in row[4:6]]
        assert dates == [said[GLColumn.DIAGNOSTICO], said[GLColumn.SEGUIMIENTO]]
        assert str(row[6]) == said[GLColumn.OTRAS]
        assert (row[10] or "") == falta_words(line.gl)
        if not line.gl.cuenta:
            assert said[GLColumn.FALTA] == row[10]
        mark = " *" if line.gl.seguimiento_antes else ""
        assert f"{line.ubigeo} {dates[0]} {dates[1]}{mark} {row[6]} " in paper
