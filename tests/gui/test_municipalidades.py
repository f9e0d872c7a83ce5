"""Coverage through real widgets: figures, drawings, table, what stands behind a line."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import openpyxl
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fichaat.application.changes import Changes, Kind
from fichaat.application.coverage import CoverageView
from fichaat.application.program import Program
from fichaat.application.session import Session
from fichaat.application.start_visit import Begun
from fichaat.domain.rol import Rol
from fichaat.gui import routes
from fichaat.gui.app import Desktop
from fichaat.gui.desk import Desk
from fichaat.gui.pages.municipalidades.dialogs import DaysDialog, ExcludedDialog, GlDialog
from fichaat.gui.pages.municipalidades.figures import BESIDE, Behind
from fichaat.gui.pages.municipalidades.lines import GLColumn
from fichaat.gui.pages.municipalidades.model import COLUMNS
from fichaat.gui.pages.municipalidades.page import MunicipalidadesPage
from fichaat.gui.pages.municipalidades.plots import Plot
from fichaat.gui.pages.municipalidades.view import CHARTS, EVOLUCION, LINEA, TODAS
from fichaat.gui.task_runner import TaskRunner
from fichaat.gui.theme.theme import theme
from fichaat.texts.cobertura_words import beside
from scripts.scenery import PASSPHRASE
from tests.support.coverage_region import HALF, CoverageRegion, catalogo_of, picture
from tests.support.furnished import covered_region
from tests.support.queued_tasks import Steps
from tests.support.tab_walk import focus_trouble, walk
from tests.support.window import untidy

AYACUCHO = "050101"


class Stage:
    """The page over a region in memory."""

    def __init__(
        self,
        qtbot: QtBot,
        region: CoverageRegion,
        rol: Rol = Rol.COORDINADOR,
        provincia: str | None = None,
    ) -> None:
        self.qtbot, self.region, self.go = qtbot, region, Steps()
        self.written: list[tuple[str, CoverageView]] = []
        self.runner = TaskRunner()
        read = region.read
        self.desk = Desk(
            cast("Program", None),
            cast(
                "Session",
                SimpleNamespace(
                    here=SimpleNamespace(
                        territorio=region.territorio,
                        clock=SimpleNamespace(now=lambda: region.now),
                        profile=SimpleNamespace(rol=rol, provincia=provincia),
                        ambito=provincia or "05",
                    ),
                    start_visit=SimpleNamespace(go_on=self._go_on),
                    coverage=read,
                    export_coverage=SimpleNamespace(xlsx=self._xlsx, pdf=self._pdf),
                ),
            ),
            self.runner,
            self.go,
            lambda: None,
        )
        self.window = QWidget()
        self._column = QVBoxLayout(self.window)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.page = self.fresh()

    def fresh(self) -> MunicipalidadesPage:
        self.page = MunicipalidadesPage(self.desk)
        self._column.addWidget(self.page)
        return self.page

    def open(self, size: tuple[int, int] = (1154, 768), ubigeo: str | None = None) -> "Stage":
        self.window.resize(*size)
        with self.qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.page.arrive(routes.Municipalidades(ubigeo))
        self.quiet()
        return self

    def quiet(self) -> None:
        self.qtbot.waitUntil(lambda: not self.runner.busy, timeout=20_000)

    def close(self) -> None:
        self.quiet()
        self.runner.close()
        self.window.close()
        self.window.deleteLater()

    def _go_on(self, ubigeo: str) -> tuple[Begun, Changes]:
        return Begun(f"de {ubigeo}", nueva=True), Changes()

    def _xlsx(self, view: CoverageView, path: Path) -> None:
        self.written.append((path.name, view))

    def _pdf(self, view: CoverageView, path: Path) -> None:
        self.written.append((path.name, view))


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[Stage]:
    made = Stage(qtbot, picture())
    yield made.open()
    made.close()


def cells(page: MunicipalidadesPage, column: GLColumn) -> list[str]:
    model = page.table.lines
    at = COLUMNS.index(column)
    return [str(model.index(row, at).data()) for row in range(model.rowCount())]


def plot(page: MunicipalidadesPage) -> Plot:
    shown = page.charts._stack.currentWidget()
    assert isinstance(shown, Plot)
    return shown


def turn(page: MunicipalidadesPage, chart: str) -> None:
    """Press the segment of a drawing."""
    button = page.charts.segments.buttons()[CHARTS.index(chart)]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def click(on: Plot, x: float, y: float) -> None:
    """At a place of the drawing, in its own units."""
    place = on.mapFromScene(on.getPlotItem().getViewBox().mapViewToScene(QPointF(x, y)))
    QTest.mouseClick(on.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.x(), place.y()))


@pytest.fixture(scope="module")
def covered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a coordinator after half a year; every test works on a copy."""
    return covered_region(tmp_path_factory)


@pytest.fixture
def folder(covered: Path, tmp_path: Path) -> Path:
    (tmp_path / "clave.txt").write_text(PASSPHRASE, "utf-8")
    shutil.copytree(covered, tmp_path / "datos")
    return tmp_path / "datos"


def test_the_screen_of_a_real_region_and_its_workbook_say_the_same(
    qtbot: QtBot, desktop: Desktop, tmp_path: Path
) -> None:
    desktop.window.show()
    desktop.window.go(routes.Municipalidades())
    qtbot.waitUntil(lambda: not desktop.runner.busy, timeout=20_000)
    page = desktop.window.page
    assert isinstance(page, MunicipalidadesPage)
    assert page.figures.headline.text() == "29 de 48"
    page.presenter.show(TODAS)
    page.presenter.sort(GLColumn.UBIGEO)
    for kind in ("xlsx", "pdf"):
        page.presenter.export(kind)
        assert isinstance(page.dialog, QFileDialog)
        page.dialog.fileSelected.emit(str(tmp_path / f"cobertura.{kind}"))
        page.dialog.reject()
        qtbot.waitUntil(lambda: not desktop.runner.busy, timeout=20_000)
    assert (tmp_path / "cobertura.pdf").read_bytes().startswith(b"%PDF-")
    book = openpyxl.load_workbook(tmp_path / "cobertura.xlsx")
    rows = [
        [f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell or "") for cell in row]
        for row in book["Municipalidades"].iter_rows(values_only=True)
    ]
    head = next(row for row in rows if "Ubigeo" in row)
    told = {
        title: [row[head.index(title)] for row in rows[rows.index(head) + 1 :]]
        for title in ("Ubigeo", "Municipalidad", "Diagnóstico", "Seguimiento", "Otras")
    }
    blank = {"—": "", "0": ""}
    for column, title in (
        (GLColumn.UBIGEO, "Ubigeo"),
        (GLColumn.NOMBRE, "Municipalidad"),
        (GLColumn.DIAGNOSTICO, "Diagnóstico"),
        (GLColumn.SEGUIMIENTO, "Seguimiento"),
        (GLColumn.OTRAS, "Otras"),
    ):
        assert [blank.get(cell, cell) for cell in cells(page, column)] == told[title], title


def test_every_figure_on_screen_is_the_one_of_the_view(stage: Stage) -> None:
    page = stage.page
    view = stage.region.read(HALF.desde, HALF.hasta)
    assert page.figures.headline.text() == f"{view.aprobadas} de {view.firmantes}" == "29 de 48"
    assert page.figures.percent.text() == "60,4 %"
    assert page.figures.goal.text() == "Meta 70 % · faltan 5"
    assert [page.figures.row(behind) for behind in BESIDE] == beside(view)[: len(BESIDE)]
    assert page.cutoff.text() == "Corte: 20/11/2026, 17:30"
    told = plot(page).accessibleDescription()
    for item in view.provincias:
        name = stage.region.territorio.provincia(item.provincia)
        assert f"{name}: {item.estricta.aprobadas} de {item.firmantes} aprobadas" in told
    assert "Meta 70 %" in told
    assert page.table.lines.rowCount() == view.firmantes - view.aprobadas == 19
    assert [b.text() for b in page.segments.findChildren(type(page.excluded))] == [
        "Les falta algo (19)",
        "Todas (48)",
    ]
    assert page.excluded.text() == "26 fichas no cuentan: por qué"
    stage.page.presenter.show(TODAS)
    by_gl = {gl.ubigeo: gl for gl in view.cobertura.gl}
    for ubigeo, others in zip(
        cells(page, GLColumn.UBIGEO), cells(page, GLColumn.OTRAS), strict=True
    ):
        assert others == str(by_gl[ubigeo].otras)


def test_a_figure_is_pressed_with_the_keyboard(stage: Stage) -> None:
    button = stage.page.figures.button(Behind.RECIBIDAS)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert stage.page.table.lines.rowCount() == 34
    assert stage.page.segments.value is None
    assert stage.page.note.isVisible()
    stage.page._clear.click()
    assert stage.page.table.lines.rowCount() == 19
    assert not stage.page.note.isVisible()


def test_enter_and_a_double_click_open_the_fichas_of_a_line(stage: Stage) -> None:
    page = stage.page
    page.presenter.show(TODAS)
    page.table.choose(AYACUCHO)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    dialog = page.dialog
    assert isinstance(dialog, GlDialog)
    assert dialog.windowTitle() == "Ayacucho (Huamanga)"
    assert untidy(dialog) == []
    QTest.keyClick(dialog.rows[0], Qt.Key.Key_Return)
    assert stage.go.routes == [routes.VerFicha("05-2026-K7Q2MX-0002")]
    page._open.click()
    assert isinstance(page.dialog, GlDialog)
    QTest.keyClick(page.dialog, Qt.Key.Key_Escape)
    assert len(stage.go.routes) == 1


def test_what_waits_for_a_verdict_is_one_press_away(stage: Stage) -> None:
    page = stage.page
    row = cells(page, GLColumn.FALTA).index("Aprobar 1 ficha")
    page.table.selectRow(row)
    page._open.click()
    dialog = page.dialog
    assert isinstance(dialog, GlDialog)
    assert untidy(dialog) == []
    words = {made.text(): made for made in dialog.findChildren(QPushButton)}
    words["Revisar lo recibido"].click()
    (route,) = stage.go.routes
    assert isinstance(route, routes.Revision)
    assert route.codigo is not None
    page._open.click()
    dialog = page.dialog
    assert isinstance(dialog, GlDialog)
    words = {made.text(): made for made in dialog.findChildren(QPushButton)}
    words["Ver sus acuerdos"].click()
    assert stage.go.routes[1:] == [routes.Acuerdos(cells(page, GLColumn.UBIGEO)[row])]


def test_a_visit_begins_from_a_line(stage: Stage) -> None:
    page = stage.page
    page.presenter.show(TODAS)
    page.table.choose(AYACUCHO)
    page._visit.click()
    stage.quiet()
    QTest.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.quiet()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert isinstance(page.dialog, GlDialog)
    words = {made.text(): made for made in page.dialog.findChildren(QPushButton)}
    words["Nueva visita"].click()
    stage.quiet()
    assert stage.go.routes == [routes.EditarFicha(f"de {AYACUCHO}")] * 3
    assert page._visit.accessibleName() == "Nueva visita a Ayacucho (Huamanga)"


def test_a_place_that_is_not_visited_from_here_says_why(qtbot: QtBot) -> None:
    made = Stage(qtbot, picture(), Rol.PROVINCIAL, "0504").open(ubigeo=AYACUCHO)
    page = made.page
    assert not page._visit.isEnabled()
    assert page._why_not.text() == "Su perfil registra visitas de la provincia de Huanta."
    for size in ((1154, 768), (1037, 545), (627, 384)):
        made.window.resize(*size)
        assert untidy(page) == []
    page._open.click()
    assert isinstance(page.dialog, GlDialog)
    buttons = page.dialog.findChildren(QPushButton)
    assert "Nueva visita" not in [found.text() for found in buttons]
    page.dialog.reject()
    made.close()


def test_what_does_not_count_leads_to_its_fichas(stage: Stage) -> None:
    stage.page.excluded.click()
    dialog = stage.page.dialog
    assert isinstance(dialog, ExcludedDialog)
    assert untidy(dialog) == []
    assert len(dialog.links) == 26
    dialog.links[0].click()
    assert isinstance(stage.go.routes[0], routes.VerFicha)


def test_days_of_ones_own_are_asked_until_they_can_be(stage: Stage) -> None:
    page = stage.page
    page.presenter.filter("periodo", "elegir")
    dialog = page.dialog
    assert isinstance(dialog, DaysDialog)
    dialog.first.setText("1/9/2026")
    dialog.last.setText("")
    dialog.yes.click()
    assert dialog._last.below == "Escriba día, mes y año."
    dialog.last.setText("1/8/2026")
    dialog.yes.click()
    assert dialog._last.below.startswith("El último día es anterior")
    dialog.last.setText("30/9/2026")
    dialog.yes.click()
    stage.quiet()
    assert page.filters["periodo"].currentText() == "Periodo: set 2026"
    page.presenter.filter("periodo", "elegir")
    assert page.dialog is not None
    page.filters["periodo"].setCurrentIndex(page.filters["periodo"].count() - 1)
    page.dialog.reject()
    assert page.filters["periodo"].currentText() == "Periodo: set 2026"


def test_drawings_of_both_themes_and_what_a_click_in_them_does(stage: Stage) -> None:
    page = stage.page
    try:
        for dark in (True, False):
            theme().use(dark=dark)
            stage.qtbot.wait(1)
            colours = plot(page).grab().toImage()
            seen = {
                QColor(colours.pixel(x, y)).name().upper()
                for x in range(0, colours.width(), 3)
                for y in range(0, colours.height(), 3)
            }
            tokens = theme().tokens
            assert {tokens.primary, tokens.surface, tokens.surface2} <= seen
    finally:
        theme().use(dark=False)
    click(plot(page), 0.2, 1)
    stage.quiet()
    assert page.filters["provincia"].currentText() == "Huanta"
    assert page.figures.headline.text() == "8 de 10"
    turn(page, EVOLUCION)
    click(plot(page), 1, 1)
    stage.quiet()
    assert page.filters["periodo"].currentText().startswith("Periodo: jul – dic 2026")
    assert "al 31/08/2026: " in page.note.text()
    page.presenter.filter("provincia", "")
    stage.quiet()
    turn(page, LINEA)
    page.presenter.show(TODAS)
    page.table.choose(AYACUCHO)
    drawn = plot(page)
    assert "06/07/2026: Diagnóstico" in drawn.accessibleDescription()
    assert page.charts._line is not None
    mark = page.charts._line._marks[0]
    click(drawn, mark.fecha.toordinal(), 1.6)
    assert stage.go.routes == []
    click(drawn, mark.fecha.toordinal(), 0)
    assert stage.go.routes == [routes.VerFicha(mark.ficha)]


def test_a_municipality_without_visits_has_no_drawing(stage: Stage) -> None:
    turn(stage.page, LINEA)
    assert "no tiene visitas en este periodo" in stage.page.charts.words


def test_the_wheel_over_a_drawing_scrolls_the_page(stage: Stage) -> None:
    stage.window.resize(800, 400)
    bar = stage.page._scroll.verticalScrollBar()
    stage.qtbot.waitUntil(lambda: bar.maximum() > 0)
    drawn = plot(stage.page)
    seen = drawn.getPlotItem().getViewBox().viewRange()
    window = stage.window.windowHandle()
    assert window is not None
    QTest.wheelEvent(window, drawn.mapTo(stage.window, QPoint(50, 5)), QPoint(0, -120))
    stage.qtbot.waitUntil(lambda: bar.value() > 0)
    assert drawn.getPlotItem().getViewBox().viewRange() == seen


@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_a_report_is_asked_for_written_and_told(stage: Stage, tmp_path: Path, kind: str) -> None:
    stage.page.presenter.export(kind)
    dialog = stage.page.dialog
    assert isinstance(dialog, QFileDialog)
    assert dialog.defaultSuffix() == kind
    dialog.fileSelected.emit(str(tmp_path / f"cobertura.{kind}"))
    dialog.reject()
    stage.quiet()
    assert [(name, view.aprobadas) for name, view in stage.written] == [(f"cobertura.{kind}", 29)]
    assert stage.go.told == [f"Se guardó «cobertura.{kind}»."]


def test_the_model_keeps_the_promises_of_qt(stage: Stage) -> None:
    model = stage.page.table.lines
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, stage.page
    )
    for value in ("sin_diagnostico", "con_especifica", ""):
        stage.page.presenter.filter("sesion", value)
    stage.page.presenter.show(TODAS)
    stage.page.presenter.sort(GLColumn.PROVINCIA)
    assert model.rowCount() == 48
    assert model.headerData(99, Qt.Orientation.Horizontal) is None
    assert not model.index(99, 0).isValid()
    tester.deleteLater()


@pytest.mark.parametrize("size", [(1154, 768), (1037, 545), (627, 384)])
def test_nothing_is_cut_and_tab_goes_round(stage: Stage, size: tuple[int, int]) -> None:
    page = stage.page
    stage.window.resize(*size)
    for chart in ("provincias", EVOLUCION, LINEA):
        turn(page, chart)
        page.presenter.look_behind(Behind.DOS_ACCIONES)
        assert untidy(page) == []
    assert focus_trouble(page, in_sight=False) == []
    assert walk(page) == []


def test_the_focus_is_where_one_begins_and_nobody_takes_it_away(stage: Stage) -> None:
    page = stage.page
    assert page.table.hasFocus()
    page.filters["tema"].setFocus()
    page.changed(Changes.of(Kind.FICHA))
    stage.quiet()
    assert page.filters["tema"].hasFocus()


@pytest.mark.parametrize("rol", [Rol.COORDINADOR, Rol.ESPECIALISTA])
def test_without_a_catalogue(qtbot: QtBot, rol: Rol) -> None:
    made = Stage(qtbot, CoverageRegion(), rol).open()
    page = made.page
    words = {Rol.COORDINADOR: "Ir a Catálogo", Rol.ESPECIALISTA: "Ir a Paquetes"}
    assert page._act.text() == words[rol]
    assert page._act.hasFocus()
    assert untidy(page) == []
    assert not any(item.isEnabled() for item in page._exports)
    page._act.click()
    assert made.go.routes == [routes.Catalogo() if rol is Rol.COORDINADOR else routes.Paquetes()]
    made.region.catalogo = picture().catalogo
    page.changed(Changes.of(Kind.FICHA))
    made.quiet()
    assert page.figures.headline.text() == "0 de 48"
    assert page.charts._provinces is not None
    turn(page, EVOLUCION)
    assert page.charts.words == "Aún no hay visitas en este periodo."
    made.close()


def test_five_hundred_municipalities(qtbot: QtBot) -> None:
    region = picture()
    region.catalogo = catalogo_of([row.ubigeo for row in region.territorio.distritos_of("05")])
    made = Stage(qtbot, region).open()
    made.page.presenter.show(TODAS)
    whole = len(region.territorio.distritos_of("05"))
    assert made.page.table.lines.rowCount() == whole
    QTest.keyClick(made.page.table, Qt.Key.Key_End)
    assert made.page.table.currentIndex().row() == whole - 1
    QTest.keyClick(made.page.table, Qt.Key.Key_Home)
    assert made.page.table.currentIndex().row() == 0
    made.close()


def test_the_page_comes_back_as_it_was_left(stage: Stage) -> None:
    stage.page.presenter.filter("provincia", "0504")
    stage.quiet()
    turn(stage.page, EVOLUCION)
    stage.page.deleteLater()
    page = stage.fresh()
    page.arrive(routes.Municipalidades())
    stage.quiet()
    assert page.filters["provincia"].currentText() == "Huanta"
    assert page.charts.value == EVOLUCION
