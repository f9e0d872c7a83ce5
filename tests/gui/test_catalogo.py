"""The catalogue through real widgets: prepared, published, read, and offered in a ficha."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fichaat.application.catalogue.ubigeo_csv import write_official
from fichaat.bootstrap import Program, Session
from fichaat.domain.catalogo import PersonaDirectorio
from fichaat.domain.ficha import Tema
from fichaat.domain.territorio import Distrito
from fichaat.gui import routes
from fichaat.gui.app import Desktop
from fichaat.gui.pages.catalogo.dialog import AllDialog
from fichaat.gui.pages.catalogo.page import CatalogoPage
from fichaat.gui.pages.ficha.indicators import IndicatorDialog
from fichaat.gui.pages.ficha.page import FichaPage
from fichaat.gui.pages.visita.page import NuevaVisitaPage
from fichaat.system.settings import Settings
from scripts.region_catalogue import a_content
from scripts.region_scenery import GLADIS, KEY_PASSPHRASE
from scripts.scenery import MARLENI, PASSPHRASE, TODAY
from tests.support.program import CHEAP_KEYS, CHEAP_REGION_KEYS
from tests.support.window import untidy

P = TypeVar("P", bound=QWidget)
_MANY = 5_000
"""People of the directory."""


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A coordinator's data folder with a catalogue; every test works on a copy."""
    root = tmp_path_factory.mktemp("catalogo")
    program = Program(Settings(reloj="2026-11-01T08:00:00-05:00"))
    program.keys, program.region_keys = CHEAP_KEYS, CHEAP_REGION_KEYS
    program.create(root / "datos", GLADIS, PASSPHRASE)
    with program.open(root / "datos", PASSPHRASE) as session:
        session.create_region(root / "region.llave", KEY_PASSPHRASE)
        session.publish_catalogue(a_content(session.here.territorio))
    program.close()
    return root / "datos"


@pytest.fixture
def folder(published: Path, tmp_path: Path) -> Path:
    (tmp_path / "clave.txt").write_text(PASSPHRASE, "utf-8")
    shutil.copytree(published, tmp_path / "datos")
    return tmp_path / "datos"


def quiet(qtbot: QtBot, desktop: Desktop) -> None:
    qtbot.waitUntil(lambda: not desktop.runner.busy, timeout=20_000)


def shown(qtbot: QtBot, desktop: Desktop, route: routes.Route, kind: type[P]) -> P:
    desktop.window.resize(1366, 768)
    with qtbot.waitExposed(desktop.window):
        desktop.window.show()
    desktop.window.activateWindow()
    qtbot.waitUntil(desktop.window.isActiveWindow)
    desktop.window.go(route)
    quiet(qtbot, desktop)
    page = desktop.window.page
    assert isinstance(page, kind)
    return page


def catalogue(qtbot: QtBot, desktop: Desktop, section: str = "resumen") -> CatalogoPage:
    page = shown(qtbot, desktop, routes.Catalogo(), CatalogoPage)
    page.body.show_section(section)
    return page


def dialog(qtbot: QtBot, kind: type[P]) -> P:
    def found() -> P | None:
        return next((w for w in QApplication.topLevelWidgets() if isinstance(w, kind)), None)

    qtbot.waitUntil(lambda: found() is not None)
    made = found()
    assert made is not None
    return made


def type_here(text: str) -> None:
    """Every key goes where the focus is by then: the first opens the cell."""
    for letter in text:
        QTest.keyClicks(focused(), letter)


def press(key: Qt.Key) -> None:
    QTest.keyClick(focused(), key)


def focused() -> QWidget:
    widget: QWidget | None = QApplication.focusWidget()
    assert widget is not None
    return widget


def session_of(desktop: Desktop) -> Session:
    session = desktop.session
    assert isinstance(session, Session)
    return session


def test_a_signatory_is_added_by_keyboard_and_published(qtbot: QtBot, desktop: Desktop) -> None:
    page = catalogue(qtbot, desktop, "firmantes")
    page.body.panels["firmantes"].add.click()
    type_here("jose de ticl")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    type_here("20/10/26")
    press(Qt.Key.Key_Escape)
    assert page.body.panels["firmantes"].table.rows[-1] == {
        "ubigeo": "San José de Ticllas (Huamanga) · 050109",
        "firmo_el": "20/10/2026",
    }
    assert page.settle()
    page.publish.click()
    asked = dialog(qtbot, AllDialog)
    assert asked.yes.text() == "Publicar versión 3"
    asked.yes.click()
    quiet(qtbot, desktop)
    found = session_of(desktop).catalogue()
    assert found is not None
    assert found.version == 3
    assert found.content.firmantes[-1].ubigeo == "050109"
    qtbot.waitUntil(lambda: page.publish.text() == "Publicar versión 4")
    assert session_of(desktop).edit_catalogue.open() is None


def test_what_is_typed_survives_the_page(qtbot: QtBot, desktop: Desktop) -> None:
    page = catalogue(qtbot, desktop, "indicadores")
    assert page.body.panels["indicadores"].table.focus_cell(0, "nombre")
    type_here("Otro nombre")
    press(Qt.Key.Key_Escape)
    again = shown(qtbot, desktop, routes.Fichas(), QWidget)
    assert again is not page
    page = catalogue(qtbot, desktop, "indicadores")
    assert page.body.panels["indicadores"].table.rows[0]["nombre"] == "Otro nombre"


def test_a_row_returns_from_the_foot_of_the_next_page(qtbot: QtBot, desktop: Desktop) -> None:
    page = catalogue(qtbot, desktop, "firmantes")
    page.presenter.editing.remove("firmantes", 0)
    shown(qtbot, desktop, routes.Fichas(), QWidget)
    desktop.window._messages._on_undo()
    quiet(qtbot, desktop)
    kept = session_of(desktop).edit_catalogue.open()
    assert kept is not None
    assert len(kept.tablas["firmantes"]) == 48


def test_a_problem_leads_to_its_cell(qtbot: QtBot, desktop: Desktop) -> None:
    page = catalogue(qtbot, desktop, "metas")
    page.body.panels["metas"].table.focus_cell(4, "meta")
    type_here("mucho")
    press(Qt.Key.Key_Escape)
    page.body.show_section("resumen")
    qtbot.waitUntil(lambda: page.body.problems.list.items != ())
    page.body.problems.list.items[0].click()
    assert page.body.panels["metas"].table.grid.here == (4, "meta")
    assert page.body.panels["metas"].table.grid.hasFocus()


def test_a_problem_far_below_comes_in_sight(qtbot: QtBot, desktop: Desktop) -> None:
    page = catalogue(qtbot, desktop)
    page.presenter.editing.edit("firmantes", 45, "firmo_el", "ayer")
    qtbot.waitUntil(lambda: page.body.problems.list.items != ())
    page.body.problems.list.items[0].click()
    grid = page.body.panels["firmantes"].table.grid
    assert grid.here == (45, "firmo_el")

    def in_sight() -> bool:
        place = grid.visualRect(grid.currentIndex())
        return place.top() >= 0 and place.bottom() <= grid.viewport().height()

    qtbot.waitUntil(in_sight)


def test_tab_leaves_a_long_table_at_the_end_of_a_row(qtbot: QtBot, desktop: Desktop) -> None:
    page = catalogue(qtbot, desktop, "firmantes")
    grid = page.body.panels["firmantes"].table.grid
    grid.go(2, "ubigeo")
    press(Qt.Key.Key_Tab)
    assert grid.here == (2, "firmo_el")
    press(Qt.Key.Key_Tab)
    assert not grid.hasFocus()
    press(Qt.Key.Key_Backtab)
    assert grid.here == (2, "firmo_el")


def test_the_keys_undo_and_make_again(qtbot: QtBot, desktop: Desktop) -> None:
    page = catalogue(qtbot, desktop, "indicadores")
    table = page.body.panels["indicadores"].table
    before = table.rows[0]["nombre"]
    table.focus_cell(0, "nombre")
    type_here("Otro")
    qtbot.waitUntil(page.undo.isEnabled)
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(focused(), Qt.Key.Key_Z, control)
    assert table.rows[0]["nombre"] == before
    assert table.grid.here == (0, "nombre")
    QTest.keyClick(focused(), Qt.Key.Key_Z, control | shift)
    assert table.rows[0]["nombre"] == "Otro"
    page.undo.click()
    page.redo.click()
    QTest.keyClick(focused(), Qt.Key.Key_Z, control)
    QTest.keyClick(focused(), Qt.Key.Key_Y, control)
    assert table.rows[0]["nombre"] == "Otro"
    assert page.settle()


def test_lines_of_a_sheet_are_pasted_below_each_other(qtbot: QtBot, desktop: Desktop) -> None:
    page = catalogue(qtbot, desktop, "firmantes")
    table = page.body.panels["firmantes"].table
    table.focus_cell(47, "ubigeo")
    QGuiApplication.clipboard().setText("050109\t20/10/2026\n050407\t21/10/2026")
    QTest.keyClick(table.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [row["firmo_el"] for row in table.rows[47:]] == ["20/10/2026", "21/10/2026"]


def test_a_workbook_goes_out_and_comes_back(qtbot: QtBot, desktop: Desktop, tmp_path: Path) -> None:
    page = catalogue(qtbot, desktop)
    page.presenter.general.choose_provincia("0501", on=False)
    page.files.save(tmp_path / "c.xlsx")
    quiet(qtbot, desktop)
    page.presenter.general.choose_provincia("0501", on=True)
    page.files.load(tmp_path / "c.xlsx")
    quiet(qtbot, desktop)
    asked = dialog(qtbot, AllDialog)
    assert asked.yes.text() == "Cargar"
    asked.yes.click()
    assert not page.body.provincias.boxes["0501"].isChecked()
    assert page.settle()
    page.files.load(tmp_path / "no-está.xlsx")
    quiet(qtbot, desktop)
    assert "no-está.xlsx" in desktop.window._messages.text


def test_the_list_of_districts_is_shown_before_it_is_used(
    qtbot: QtBot, desktop: Desktop, tmp_path: Path
) -> None:
    page = catalogue(qtbot, desktop)
    rows = session_of(desktop).here.territorio.distritos.values()
    lines = ["ubigeo,departamento,provincia,distrito"]
    lines += [f"{r.ubigeo},{r.departamento},{r.provincia},{r.distrito}" for r in rows]
    newer = tmp_path / "inei.csv"
    newer.write_text("\n".join([*lines, "050199,Ayacucho,Huamanga,Nuevo Huamanga"]), "utf-8")
    page.ubigeo.choose(newer)
    quiet(qtbot, desktop)
    asked = dialog(qtbot, AllDialog)
    assert asked.yes.text() == "Usar este archivo"
    asked.yes.click()
    quiet(qtbot, desktop)
    assert not session_of(desktop).update_ubigeo.state().official
    qtbot.waitUntil(page.body.districts.restore.isVisible)
    # At once, in this window: the rows of this page, and every search for a place.
    here = session_of(desktop).here.territorio
    assert [found.ubigeo for found in here.search("nuevo huamanga")] == ["050199"]
    assert "Nuevo Huamanga (Huamanga) · 050199" in page.presenter.reader.distritos
    page.ubigeo.restore()
    quiet(qtbot, desktop)
    dialog(qtbot, AllDialog).yes.click()
    quiet(qtbot, desktop)
    assert here.search("nuevo huamanga") == []


def test_five_thousand_people_are_one_model(qtbot: QtBot, desktop: Desktop) -> None:
    """No widget for each row, and one height for nearly all of them."""
    many = tuple(
        PersonaDirectorio(f"Municipalidad {n}", f"Persona {n}", "Gerente") for n in range(_MANY)
    )
    session = session_of(desktop)
    session.publish_catalogue(replace(a_content(session.here.territorio), directorio=many))
    page = catalogue(qtbot, desktop, "directorio")
    table = page.body.panels["directorio"].table
    assert len(table.rows) == _MANY
    assert len(table.findChildren(QWidget)) < 20
    grid = table.grid
    grid.go(_MANY - 1, "nombre")
    assert grid.visualRect(grid.currentIndex()).bottom() <= grid.viewport().height()
    press(Qt.Key.Key_PageUp)
    assert grid.here is not None
    assert _MANY - 30 < grid.here[0] < _MANY - 2
    page.body.panels["directorio"].search.setText("persona 4999")
    qtbot.waitUntil(lambda: len(table.rows) == 1)


# elsewhere in the window


def test_a_new_visit_says_who_signed(qtbot: QtBot, desktop: Desktop) -> None:
    page = shown(qtbot, desktop, routes.NuevaVisita(), NuevaVisitaPage)
    page.search.setText("san jose de ticllas")
    quiet(qtbot, desktop)
    row = page.list.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "No firmó el Pacto" in row
    assert page.panel.banner.text.startswith("San José de Ticllas no firmó el Pacto")
    page.search.setText("quinua")
    quiet(qtbot, desktop)
    row = page.list.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Firmó el Pacto" in row
    chips = [label.text() for label in page.panel.findChildren(QLabel)]
    assert "Firmó el Pacto el 05/07/2025" in chips


def a_draft(desktop: Desktop, *indicadores: str) -> str:
    session = session_of(desktop)
    draft, _ = session.start_visit("050108")
    ficha = replace(draft.ficha, temas=(Tema.AGUA,), indicadores=indicadores)
    session.save_draft(ficha.codigo, ficha)
    return ficha.codigo


def offered(made: IndicatorDialog) -> list[str]:
    return [made.list.item(n).text().partition(" ")[0] for n in range(made.list.count())]


def test_indicators_are_chosen_by_theme_and_name(qtbot: QtBot, desktop: Desktop) -> None:
    page = shown(qtbot, desktop, routes.EditarFicha(a_draft(desktop, "XX-9")), FichaPage)
    page.body.datos.indicators.setFocus()
    press(Qt.Key.Key_Return)
    made = dialog(qtbot, IndicatorDialog)
    assert offered(made) == ["AG-01", "AG-02", "XX-9"]
    made.everything.setChecked(True)
    assert offered(made) == ["SA-01", "SA-02", "AG-01", "AG-02", "ED-01", "AR-01", "XX-9"]
    made.search.setText("gestántes")
    assert offered(made) == ["SA-02"]
    made.list.item(0).setCheckState(Qt.CheckState.Checked)
    made.yes.click()
    assert page.presenter.sheet.ficha.indicadores == ("SA-02", "XX-9")
    assert page.body.datos.indicators.text() == "SA-02, XX-9"
    assert page.body.known.indicadores()[1] == (
        "SA-02",
        "SA-02 Gestantes con atenciones prenatales completas",
    )
    assert page.settle()


def test_people_of_the_district_and_activities_are_offered(qtbot: QtBot, desktop: Desktop) -> None:
    page = shown(qtbot, desktop, routes.EditarFicha(a_draft(desktop)), FichaPage)
    known = page.body.known
    assert known.nombres() == ["Rosmery Taipe Cuba", "Elmer Pariona Cconislla"]
    assert known.entidades() == ["Municipalidad Distrital de Quinua"]
    for chosen in ("0190a0de-0000-7000-8000-000000000002", ""):
        page.presenter.choose("/actividad_plan", chosen)
        assert (page.presenter.sheet.ficha.actividad_plan or "") == chosen
    assert page.settle()


class TestSomebodyElse:
    """A specialist, whose region is not known yet."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        (tmp_path / "clave.txt").write_text(PASSPHRASE, "utf-8")
        program = Program(Settings(reloj=TODAY))
        program.keys = CHEAP_KEYS
        program.create(tmp_path / "datos", MARLENI, PASSPHRASE)
        program.close()
        return tmp_path / "datos"

    def test_nothing_is_here_and_the_next_step_is_said(
        self, qtbot: QtBot, desktop: Desktop
    ) -> None:
        page = shown(qtbot, desktop, routes.Catalogo(), CatalogoPage)
        buttons: Sequence[QPushButton] = page.findChildren(QPushButton)
        words = [made.text() for made in buttons if made.isVisible()]
        assert sorted(words) == ["Cargar lista oficial…", "Ir a Ajustes"]

    def test_another_list_of_districts_needs_no_catalogue(
        self, qtbot: QtBot, desktop: Desktop, tmp_path: Path
    ) -> None:
        page = shown(qtbot, desktop, routes.Catalogo(), CatalogoPage)
        here = session_of(desktop).here.territorio
        rows = [*here.distritos.values(), Distrito("050199", "Ayacucho", "Huamanga", "Nuevo")]
        (tmp_path / "inei.csv").write_text(write_official(rows), "utf-8")
        page.ubigeo.choose(tmp_path / "inei.csv")
        quiet(qtbot, desktop)
        dialog(qtbot, AllDialog).yes.click()
        quiet(qtbot, desktop)
        qtbot.waitUntil(page.body.list_alone.restore.isVisible)
        assert here.get("050199") is not None
        assert not untidy(page)

    def test_codes_are_typed_where_no_catalogue_is_known(
        self, qtbot: QtBot, desktop: Desktop
    ) -> None:
        page = shown(qtbot, desktop, routes.EditarFicha(a_draft(desktop)), FichaPage)
        page.body.datos.indicators.setFocus()
        type_here("AG-7, SA-1")
        assert page.presenter.sheet.ficha.indicadores == ("AG-7", "SA-1")
        assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, IndicatorDialog)]
        assert page.settle()
