"""Nueva visita in the real window: typed, chosen with arrows, begun with Enter."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from fichaat.gui import routes
from fichaat.gui.app import Desktop
from fichaat.gui.pages.visita.municipality_list import MunicipalityList, MunicipalityModel
from fichaat.gui.pages.visita.page import NuevaVisitaPage
from fichaat.gui.pages.visita.words import ListRow
from fichaat.gui.routes import Route
from tests.support.typing_keys import press, type_text
from tests.support.window import untidy

QUINUA = "050108"


@pytest.fixture
def page(qtbot: QtBot, desktop: Desktop) -> NuevaVisitaPage:
    desktop.window.go(routes.NuevaVisita())
    shown = desktop.window.page
    assert isinstance(shown, NuevaVisitaPage)
    quiet(qtbot, desktop)
    return shown


@pytest.fixture
def went(page: NuevaVisitaPage, desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> list[Route]:
    sent: list[Route] = []
    monkeypatch.setattr(desktop.window, "go", sent.append)
    return sent


def quiet(qtbot: QtBot, desktop: Desktop) -> None:
    qtbot.waitUntil(lambda: not desktop.runner.busy)


def words(page: NuevaVisitaPage) -> str:
    return " | ".join(
        label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)
    )


def rows(page: NuevaVisitaPage) -> list[str]:
    model = page.list.rows
    return [str(model.index(n).data()) for n in range(model.rowCount())]


def test_the_search_box_has_the_focus_and_keeps_it(
    qtbot: QtBot, desktop: Desktop, page: NuevaVisitaPage
) -> None:
    assert desktop.window.focusWidget() is page.search
    type_text("ñahuim", to=page.search)
    quiet(qtbot, desktop)
    assert page.search.text() == "ñahuim"
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown):
        press(key, to=page.search)
    assert desktop.window.focusWidget() is page.search
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton)
    assert desktop.window.focusWidget() is page.search


def test_a_ficha_begins_with_letters_an_arrow_and_enter(
    qtbot: QtBot, desktop: Desktop, page: NuevaVisitaPage, went: list[Route]
) -> None:
    type_text("sancos", to=page.search)
    press(Qt.Key.Key_Down, to=page.search)
    quiet(qtbot, desktop)
    chosen = page.list.currentIndex().data()
    assert chosen.startswith("Sancos, provincia de Lucanas, ubigeo 050619.")
    press(Qt.Key.Key_Return, to=page.search)
    quiet(qtbot, desktop)
    assert desktop.session is not None
    (draft,) = desktop.session.queries.drafts()
    assert [item.ubigeo for item in draft.ficha.distritos] == ["050619"]
    assert went == [routes.EditarFicha(draft.ficha.codigo)]


def test_enter_right_after_the_last_letter_is_enough(
    qtbot: QtBot, desktop: Desktop, page: NuevaVisitaPage, went: list[Route]
) -> None:
    type_text("050108\n", to=page.search)
    quiet(qtbot, desktop)
    assert len(went) == 1
    assert desktop.session is not None
    (draft,) = desktop.session.queries.drafts()
    assert draft.ficha.distritos[0].ubigeo == QUINUA


def test_todays_draft_is_offered_before_a_second_one(
    qtbot: QtBot, desktop: Desktop, page: NuevaVisitaPage, went: list[Route]
) -> None:
    assert desktop.session is not None
    draft, changes = desktop.session.start_visit(QUINUA)
    desktop.runner.changed.emit(changes)
    quiet(qtbot, desktop)
    assert rows(page)[0].startswith("Quinua, provincia de Huamanga, ubigeo 050108. Hoy")
    type_text("quinua", to=page.search)
    quiet(qtbot, desktop)
    assert page.start.accessibleName() == "Continuar borrador"
    assert page.another.isVisibleTo(page)
    press(Qt.Key.Key_Return, to=page.search)
    assert went == [routes.EditarFicha(draft.ficha.codigo)]
    page.another.click()
    quiet(qtbot, desktop)
    assert len(desktop.session.queries.drafts()) == 2


def test_nothing_found_and_another_region_leave_nothing_to_begin(
    qtbot: QtBot, desktop: Desktop, page: NuevaVisitaPage, went: list[Route]
) -> None:
    for typed, said in (("quinoa", "No hay resultados"), ("abancay", "fuera de su ámbito")):
        page.search.setText(typed)
        quiet(qtbot, desktop)
        assert said in words(page)
        assert not page.start.isEnabled()
        press(Qt.Key.Key_Return, to=page.search)
        quiet(qtbot, desktop)
    assert went == []


def test_esc_goes_back(qtbot: QtBot, desktop: Desktop, page: NuevaVisitaPage) -> None:
    press(Qt.Key.Key_Escape, to=page.search)
    assert desktop.window.page is not page


def test_a_copy_says_which_ficha_it_copies(qtbot: QtBot, desktop: Desktop) -> None:
    assert desktop.session is not None
    draft, _ = desktop.session.start_visit(QUINUA)
    desktop.window.go(routes.NuevaVisita(duplicar=draft.ficha.codigo))
    quiet(qtbot, desktop)
    page = desktop.window.page
    assert isinstance(page, NuevaVisitaPage)
    assert draft.ficha.codigo in words(page)


def test_going_again_to_the_open_page_keeps_what_was_typed(
    qtbot: QtBot, desktop: Desktop, page: NuevaVisitaPage
) -> None:
    type_text("huanta", to=page.search)
    quiet(qtbot, desktop)
    desktop.window.go(routes.NuevaVisita())
    quiet(qtbot, desktop)
    assert desktop.window.page is page
    assert page.search.text() == "huanta"


@pytest.mark.parametrize("size", [(1366, 768), (1093, 545), (683, 384)])
@pytest.mark.parametrize("typed", ["", "san jose", "quinoa"])
def test_nothing_is_cut_however_small_the_window(
    qtbot: QtBot, desktop: Desktop, page: NuevaVisitaPage, size: tuple[int, int], typed: str
) -> None:
    desktop.window.resize(*size)
    page.search.setText(typed)
    quiet(qtbot, desktop)
    QApplication.sendPostedEvents()
    assert untidy(page) == []


def test_the_model_of_the_list_holds_to_the_rules(qtbot: QtBot) -> None:
    model = MunicipalityModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    row = ListRow(QUINUA, "Quinua", ((0, 3),), "provincia de Huamanga", (), "Hoy")
    model.show([row, row])
    model.update([row, row])
    model.show([])
    assert tester.model() is model
    shown = MunicipalityList("Municipalidades")
    qtbot.addWidget(shown)
    shown.rows.show([row] * 3)
    shown.show()
    shown.resize(160, 300)
    narrow = shown.tall(None)
    shown.resize(700, 300)
    assert narrow > shown.tall(None) > shown.tall(1)
    shown.choose(1)
    assert not shown.grab().isNull()
    shown.choose(-1)
    assert not shown.currentIndex().isValid()
