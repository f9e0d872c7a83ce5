"""Every figure of a report is the view's: read back from the workbook and from the paper."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pypdf
import pytest

from fichaat.application.coverage import CoverageReport, porcentaje
from fichaat.cli.cobertura_view import coverage_lines, coverage_shape
from fichaat.domain.cobertura import Alcance, Cifra
from fichaat.domain.territorio import Territorio
from fichaat.reports.coverage_pdf import render_coverage
from fichaat.reports.coverage_sheets import coverage_workbook
from fichaat.reports.workbooks import XlsxWorkbooks
from fichaat.texts.cobertura_names import ALCANCES, ESTADOS_ACCION, EXCLUSIONES, SESIONES
from fichaat.texts.cobertura_words import day_words, falta_words
from tests.support.coverage import random_report

Rows = list[list[Any]]
Strings = list[list[str]]

SEEDS = range(4)


@pytest.fixture(scope="module", params=SEEDS)
def report(request: pytest.FixtureRequest) -> CoverageReport:
    return random_report(request.param)


def book_of(report: CoverageReport) -> dict[str, Rows]:
    """Every row below the titles of each sheet, and those above them."""
    data = XlsxWorkbooks().write(coverage_workbook(report))
    book = openpyxl.load_workbook(BytesIO(data))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def table(rows: Rows, first: str) -> Rows:
    """What stands below the title of its first column."""
    start = next(n for n, row in enumerate(rows) if row[0] == first)
    return rows[start + 1 :]


def paper_of(report: CoverageReport) -> list[str]:
    """The text of each page, a line for each line."""
    pages = pypdf.PdfReader(BytesIO(render_coverage(report))).pages
    return [page.extract_text() for page in pages]


def day(value: object) -> date | None:
    return value.date() if isinstance(value, datetime) else None


def numbers(figure: Cifra) -> list[int]:
    return [figure.aprobadas, figure.recibidas, figure.todas]


def test_the_summary_of_the_workbook(report: CoverageReport) -> None:
    view, book = report.view, book_of(report)
    assert list(book) == [
        "Resumen",
        "Municipalidades",
        "Acciones",
        "Por provincia",
        "Evolución",
        "Excluidas",
    ]
    rows = table(book["Resumen"], "Cuándo")
    found, since = view.cobertura.periodo, view.cobertura.acumulada
    assert since is not None
    figures = [found.estricta, found.dos_acciones, since.estricta, since.dos_acciones]
    wanted = [count for figure in figures for count in numbers(figure)]
    assert [row[3] for row in rows] == wanted
    assert {row[4] for row in rows} == {view.firmantes}
    shares = [porcentaje(count, view.firmantes) for count in wanted]
    assert [round(row[5], 1) for row in rows] == [float(str(share)) for share in shares]
    head = " ".join(str(row[0]) for row in book["Resumen"][:9])
    assert f"{view.aprobadas} de {view.firmantes}" in head
    assert "20/11/2026 17:30" in head
    assert "Versión 3 · ab12 ab12 ab12 ab12" in head


def test_the_other_sheets_of_the_workbook(report: CoverageReport) -> None:
    view, book = report.view, book_of(report)
    gls = view.cobertura.gl
    places = table(book["Municipalidades"], "Municipalidad")
    assert [[row[2], *map(day, row[3:6]), *row[6:11]] for row in places] == [
        [
            gl.ubigeo,
            gl.firmo_el,
            gl.diagnostico,
            gl.seguimiento,
            gl.otras,
            len(gl.acciones),
            ALCANCES[gl.estricta],
            ALCANCES[gl.dos_acciones],
            falta_words(gl) or None,
        ]
        for gl in gls
    ]
    assert [row[11] is not None for row in places] == [gl.seguimiento_antes for gl in gls]
    assert [row[8] for row in places].count("Sí") == view.aprobadas
    actions = table(book["Acciones"], "Municipalidad")
    assert [[row[2], row[3], day(row[4]), *row[5:]] for row in actions] == [
        [
            gl.ubigeo,
            item.ficha,
            item.fecha,
            SESIONES[item.sesion],
            ESTADOS_ACCION[item.estado],
            ALCANCES[item.alcance],
            "Sí" if item.cascada else "No",
        ]
        for gl in gls
        for item in gl.acciones
    ]
    provinces = table(book["Por provincia"], "Provincia")
    assert [[row[1], row[2], *row[3:6], *row[7:]] for row in provinces] == [
        [item.provincia, item.firmantes, *numbers(item.estricta), *numbers(item.dos_acciones)]
        for item in view.provincias
    ]
    months = table(book["Evolución"], "Hasta")
    assert [[day(row[0]), *row[1:]] for row in months] == [
        [end, whole, *numbers(figure)] for end, figure, whole in view.evolucion
    ]
    left = table(book["Excluidas"], "Por qué no se contó")
    assert sorted((row[0], row[1], row[4] or "") for row in left) == sorted(
        (EXCLUSIONES[item.motivo], item.ficha, item.ubigeo or "")
        for item in view.cobertura.excluidas
    )


def test_parts_sum_up_to_the_headline(report: CoverageReport) -> None:
    view = report.view
    steps = [numbers(item.estricta) for item in view.provincias]
    totals = [sum(column) for column in zip(*steps, strict=True)]
    assert totals == numbers(view.cobertura.periodo.estricta)
    assert sum(item.firmantes for item in view.provincias) == view.firmantes
    assert view.evolucion[-1][1] == view.cobertura.periodo.estricta
    for step in Alcance:
        reached = [gl for gl in view.cobertura.gl if gl.estricta is not None]
        count = sum(gl.estricta >= step for gl in reached if gl.estricta is not None)
        assert count == numbers(view.cobertura.periodo.estricta)[2 - step]


def test_every_figure_of_the_paper(report: CoverageReport) -> None:
    view, territorio = report.view, report.territorio
    pages = paper_of(report)
    first = pages[0]
    total = view.firmantes
    found, since = view.cobertura.periodo, view.cobertura.acumulada
    assert since is not None
    share = str(porcentaje(view.aprobadas, total)).replace(".", ",")
    for words in (
        f"{view.aprobadas} de {total}",
        f"{share} %",
        f"Meta 70 % · {'alcanzada' if not view.faltan else f'faltan {view.faltan}'}"
        if view.faltan != 1
        else "falta 1",
        f"{found.estricta.recibidas} de {total}",
        f"{found.estricta.todas} de {total}",
        f"{found.dos_acciones.aprobadas} de {total}",
        f"{since.estricta.aprobadas} de {total}",
        f"{since.dos_acciones.aprobadas} de {total}",
        "Acumulado desde el 01/01/2026",
        "Del 01/07/2026 al 31/12/2026",
        "20/11/2026 17:30",
        "Versión 3 · ab12 ab12 ab12 ab12",
        *(f"{item.estricta.aprobadas} de {item.firmantes}" for item in view.provincias),
        *(territorio.provincia(item.provincia) or "" for item in view.provincias),
        *(str(figure.aprobadas) for _, figure, _ in view.evolucion),
    ):
        assert words in first, words
    whole = "\n".join(pages).replace("\n", " ")
    for gl in view.cobertura.gl:
        place = territorio.get(gl.ubigeo)
        assert place is not None
        dates = [gl.diagnostico, gl.seguimiento]
        assert all(day_words(when) in whole for when in dates if when is not None)
        assert gl.ubigeo in whole
        assert (falta_words(gl) or "Nada, ya cuenta") in whole
    for motivo, words in EXCLUSIONES.items():
        codes = [x.ficha for x in view.cobertura.excluidas if x.motivo is motivo]
        assert (f"{words} ({len(codes)})" in whole) is bool(codes)
        if motivo.value != "fuera_de_periodo":
            assert all(code in whole for code in codes)
    assert [f"Página {n} de {len(pages)}" in page for n, page in enumerate(pages, 1)] == [
        True
    ] * len(pages)
    rows = {gl.ubigeo for gl in view.cobertura.gl}
    tables = [page for page in pages if any(f" {ubigeo} " in page for ubigeo in rows)]
    assert all("Ubigeo" in page for page in tables)


def test_what_the_terminal_says(report: CoverageReport) -> None:
    view = report.view
    lines = coverage_lines(view, report.territorio, practice=False)
    text = "\n".join(lines)
    assert f"Recibieron asistencia: {view.aprobadas} de {view.firmantes}" in text
    assert all(any(gl.ubigeo in line for line in lines) for gl in view.cobertura.gl)
    shape = coverage_shape(view, practice=False)
    assert shape["estricta"]["aprobadas"] == view.aprobadas
    assert len(shape["gl"]) == shape["firmantes"] == view.firmantes
    assert [gl["cuenta"] for gl in shape["gl"]].count(True) == view.aprobadas


def test_a_code_that_is_gone_has_one_name_everywhere() -> None:
    known = random_report(1)
    gone = known.territorio.lugar(known.view.cobertura.gl[0].ubigeo)
    others = [row for row in known.territorio.distritos.values() if row != gone]
    report = known._replace(territorio=Territorio(others, [gone]))
    assert report.territorio.get(gone.ubigeo) is None
    assert book_of(report) == book_of(known)
    assert paper_of(report) == paper_of(known)
    said = [coverage_lines(x.view, x.territorio, practice=False) for x in (known, report)]
    assert said[0] == said[1]
    never = Territorio(others)
    (line,) = [
        line
        for line in coverage_lines(known.view, never, practice=False)
        if line.strip().startswith(gone.ubigeo)
    ]
    assert gone.provincia in line


def test_the_same_view_gives_the_same_bytes() -> None:
    report = random_report(1)
    assert render_coverage(report) == render_coverage(random_report(1))
    write = XlsxWorkbooks().write
    assert write(coverage_workbook(report)) == write(coverage_workbook(random_report(1)))


def test_the_paper_names_itself_and_its_language() -> None:
    reader = pypdf.PdfReader(BytesIO(render_coverage(random_report(1))))
    assert reader.metadata is not None
    title = "Cobertura de asistencia técnica · Del 01/07/2026 al 31/12/2026"
    assert reader.metadata.title == title
    assert reader.metadata.author == "Gobierno Regional de Ayacucho"
    assert str(reader.root_object["/Lang"]) == "es-PE"
    assert "/CreationDate" not in reader.metadata


@pytest.mark.parametrize(
    "case",
    [
        {"firmantes": 0},
        {"fichas": 0},
        {"firmantes": 1, "fichas": 3, "meta": None, "inicio_plan": None},
        {"firmantes": 85, "fichas": 900, "meta": "100"},
        {"desde": None, "meta": "0.01"},
        {"provincia": "0501"},
    ],
)
def test_an_odd_region_is_a_report_too(case: dict[str, Any]) -> None:
    report = random_report(7, **case)
    text = "\n".join(paper_of(report))
    assert f"{report.view.aprobadas} de {report.view.firmantes}" in text
    assert ("no dice desde cuándo" in text) is (report.view.cobertura.acumulada is None)
    assert table(book_of(report)["Resumen"], "Cuándo")
    assert coverage_lines(report.view, report.territorio, practice=False)


def test_practice_says_so_on_every_page_and_at_the_head_of_the_workbook() -> None:
    report = random_report(2)._replace(practice=True)
    assert all("PRÁCTICA: datos ficticios" in page for page in paper_of(report))
    assert book_of(report)["Resumen"][1][0] == "PRÁCTICA: datos ficticios"


def test_nothing_lies_outside_the_page() -> None:
    from fichaat.reports.coverage_pdf import layout
    from fichaat.reports.fonts import FontSet
    from fichaat.reports.sheet import LEFT, RIGHT
    from fichaat.reports.text_layout import Measure

    measure = Measure(FontSet())
    for seed in SEEDS:
        for sheet in layout(random_report(seed, firmantes=60, fichas=400), measure):
            for text in sheet.texts:
                end = text.x + measure.width(text.text, text.face, text.size)
                assert LEFT - 0.1 <= text.x <= end <= RIGHT + 0.1, text.text
            for path in sheet.paths:
                assert all(LEFT - 0.1 <= x <= RIGHT + 0.1 for x, _ in path.points)
