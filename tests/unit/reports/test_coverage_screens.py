"""The screen, the workbook, the paper and the terminal say the same of one view."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pypdf
import pytest

from fichaat.application.coverage import CoverageReport
from fichaat.cli.cobertura_view import coverage_lines, coverage_shape
from fichaat.gui.pages.municipalidades.figures import make_figures, month_bars, province_bars
from fichaat.gui.pages.municipalidades.lines import GLColumn, make_lines
from fichaat.reports.coverage_charts import MAX_LABELS, NAMES
from fichaat.reports.coverage_pdf import layout, render_coverage
from fichaat.reports.coverage_sheets import coverage_workbook
from fichaat.reports.fonts import FontSet
from fichaat.reports.text_layout import Measure
from fichaat.reports.workbooks import XlsxWorkbooks
from fichaat.texts.cobertura_words import day_words, falta_words
from tests.support.coverage import random_report


@pytest.fixture(scope="module", params=range(3))
def report(request: pytest.FixtureRequest) -> CoverageReport:
    return random_report(100 + request.param, firmantes=40, fichas=160)


def rows_of(report: CoverageReport, sheet: str) -> list[list[Any]]:
    data = XlsxWorkbooks().write(coverage_workbook(report))
    values = openpyxl.load_workbook(BytesIO(data))[sheet].iter_rows(values_only=True)
    return [list(row) for row in values]


def page_of(report: CoverageReport) -> str:
    """The words of the first page."""
    return pypdf.PdfReader(BytesIO(render_coverage(report))).pages[0].extract_text()


def twelve(shape: dict[str, Any]) -> list[int]:
    """Of the command: both readings in both windows, at every step."""
    windows = [shape, *([shape["acumulada"]] if shape["acumulada"] else [])]
    return [
        window[reading][step]
        for window in windows
        for reading in ("estricta", "dos_acciones")
        for step in ("aprobadas", "recibidas", "todas")
    ]


def of_whole(words: str) -> list[tuple[int, int]]:
    """«29 de 48», as often as it is said."""
    return [(int(part), int(whole)) for part, whole in re.findall(r"(\d+) de (\d+)", words)]


def test_the_headline(report: CoverageReport) -> None:
    view, territorio = report.view, report.territorio
    shown = make_figures(view, territorio)
    paper = page_of(report)
    terminal = "\n".join(coverage_lines(view, territorio, practice=False))
    head = "\n".join(str(row[0]) for row in rows_of(report, "Resumen")[:9])
    for words in (shown.headline, shown.percent, shown.goal):
        for told in (paper, terminal, head):
            assert words in told
    for row in shown.rows:
        assert f"{row.words}: {row.figure}" in terminal


@pytest.mark.parametrize("plan", [date(2026, 1, 1), None])
@pytest.mark.parametrize("firmantes", [40, 116])
def test_all_twelve_figures(plan: date | None, firmantes: int) -> None:
    report = random_report(104, firmantes=firmantes, fichas=4 * firmantes, inicio_plan=plan)
    view = report.view
    wanted = [(count, firmantes) for count in twelve(coverage_shape(view, practice=False))]
    assert len(wanted) == (12 if plan else 6)
    assert len(set(wanted)) > len(wanted) // 2  # a figure in the place of another is seen
    shown = make_figures(view, report.territorio)
    screen = [shown.headline, *(f"{row.figure} {row.more}" for row in shown.rows)]
    assert of_whole(" ".join(screen)) == wanted
    counted = [row for row in rows_of(report, "Resumen") if isinstance(row[3], int)]
    assert [(row[3], row[4]) for row in counted] == wanted
    paper = page_of(report)
    start = paper.index("En el periodo")
    assert of_whole(paper[start : paper.index("Recibe asistencia quien")]) == wanted


def test_the_bars_and_the_months(report: CoverageReport) -> None:
    view = report.view
    shape = coverage_shape(view, practice=False)
    bars = province_bars(view, report.territorio)
    paper = layout(report, Measure(FontSet()))[0].texts
    names = [text.text for text in paper if text.size == NAMES]
    written = [word for bar in bars for word in (bar.name, bar.figure)]
    start = names.index(written[0])
    assert names[start : start + len(written)] == written
    told = page_of(report)
    sheet = {row[1]: row for row in rows_of(report, "Por provincia")[1:]}
    command = {item["provincia"]: item for item in shape["provincias"]}
    for bar in bars:
        approved, received = sheet[bar.key][3:5]
        assert (approved, received - approved) == (bar.aprobadas, bar.recibidas)
        assert sheet[bar.key][2] == bar.firmantes == command[bar.key]["firmantes"]
        assert command[bar.key]["estricta"]["aprobadas"] == approved
        assert command[bar.key]["estricta"]["recibidas"] == received
        more = f" {received} con las recibidas" if bar.recibidas else "\n"
        assert f"{bar.name} {bar.figure}{more}" in told
    months = rows_of(report, "Evolución")[1:]
    shown = [
        (bar.key, bar.firmantes, bar.aprobadas, bar.aprobadas + bar.recibidas)
        for bar in month_bars(view)
    ]
    assert [(row[0].date().isoformat(), *row[1:4]) for row in months] == shown
    assert [
        (x["hasta"], x["firmantes"], x["aprobadas"], x["recibidas"]) for x in shape["evolucion"]
    ] == shown


def test_months_that_have_no_room_in_the_drawing_stand_below_it() -> None:
    report = random_report(9, fichas=200, first=date(2024, 11, 5), desde=None)
    evolution = coverage_shape(report.view, practice=False)["evolucion"]
    assert len(evolution) > MAX_LABELS
    pages = pypdf.PdfReader(BytesIO(render_coverage(report))).pages
    paper = "\n".join(page.extract_text() for page in pages)
    for month in evolution:
        day = day_words(date.fromisoformat(month["hasta"]))
        figures = [month[name] for name in ("firmantes", "aprobadas", "recibidas", "todas")]
        assert f"{day} {' '.join(map(str, figures))}\n" in paper
    few = page_of(random_report(9))
    assert "Hasta Firmantes Aprobadas" in paper
    assert "Hasta Aprobadas" not in few


def test_the_line_of_each_local_government(report: CoverageReport) -> None:
    view, territorio = report.view, report.territorio
    sheet = {row[2]: row for row in rows_of(report, "Municipalidades")[1:]}
    command = {item["ubigeo"]: item for item in coverage_shape(view, practice=False)["gl"]}
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
        held = command[line.ubigeo]
        assert (held["cuenta"], held["seguimiento_antes"]) == (line.gl.cuenta, row[11] is not None)
        for session, place in (("diagnostico", 4), ("seguimiento", 5)):
            days = [item["fecha"] for item in held["acciones"] if item["sesion"] == session]
            found = (min if place == 4 else max)(days, default=None)
            assert (row[place] and row[place].date().isoformat()) == found
        mark = " *" if line.gl.seguimiento_antes else ""
        assert f"{line.ubigeo} {dates[0]} {dates[1]}{mark} {row[6]} " in paper
