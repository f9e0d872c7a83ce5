"""The list of fichas in the real window."""

from array import array

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from fichaat.application.list_fichas import ESTADOS
from fichaat.application.ports.rows import ListColumn, ListRow
from fichaat.domain.territorio import Territorio
from fichaat.gui import routes
from fichaat.gui.app import Desktop
from fichaat.gui.pages.fichas.model import COLUMNS, ESTADO_ROLE, FichaTable
from fichaat.gui.pages.fichas.page import FichasPage
from fichaat.gui.pages.fichas.pages import PAGE, Pages
from fichaat.gui.pages.visita.page import NuevaVisitaPage
from fichaat.gui.theme.theme import theme
from fichaat.gui.widgets.surfaces import CHIPS
from tests.support.fichas import DISTRITOS, QUINUA
from tests.support.typing_keys import press, type_text, wheel
from tests.support.window import untidy
from tests.support.window_fichas import drafts, sealed

_Key = Qt.Key


def shown(qtbot: QtBot, desktop: Desktop) -> FichasPage:
    desktop.window.go(routes.Fichas())
    page = desktop.window.page
    assert isinstance(page, FichasPage)
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    return page


def cell(page: FichasPage, row: int, column: ListColumn) -> str:
    index = page.table.fichas.index(row, COLUMNS.index(column))
    return str(index.data())


def codes(page: FichasPage) -> list[str]:
    count = page.table.fichas.rowCount()
    return [cell(page, row, ListColumn.CODIGO) for row in range(count)]


def current(page: FichasPage) -> int:
    return page.table.currentIndex().row()


def line(number: int) -> ListRow:
    return ListRow(
        number, "sellada", f"05-{number}", "2026-11-20", QUINUA, "diagnostico", "mixta", "A B", 3, 1
    )


# the model


def test_the_model_is_one_that_qt_accepts(qapp: QApplication) -> None:
    model = FichaTable(Territorio(DISTRITOS.values()))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    numbers = array("q", range(1, 3 * PAGE))
    pages = Pages(numbers)
    lacked: list[int] = []
    model.page_lacked.connect(lacked.append)
    model.show_pages(pages)
    for page in (1, 0, 2):
        model.show_rows(pages.take(page, {n: line(n) for n in pages.numbers_of(page)}))
    model.show_pages(Pages(array("q")))
    assert model.rowCount() == 0
    tester.deleteLater()


def test_a_line_that_is_not_held_is_asked_for_once_by_page(qapp: QApplication) -> None:
    model = FichaTable(Territorio(DISTRITOS.values()))
    pages = Pages(array("q", range(1, 10 * PAGE)))
    lacked: list[int] = []
    model.page_lacked.connect(lacked.append)
    model.show_pages(pages)
    last = model.index(model.rowCount() - 1, 0)
    assert last.data() is None
    assert lacked == [9]
    model.show_rows(pages.take(9, {n: line(n) for n in pages.numbers_of(9)}))
    assert last.data() == "Sellada"
    assert last.data(ESTADO_ROLE) == "sellada"


def test_roles_that_nobody_needs_cost_nothing(qapp: QApplication) -> None:
    model = FichaTable(Territorio(DISTRITOS.values()))
    asked: list[int] = []

    class Watched(Pages):
        def row(self, place: int) -> ListRow | None:
            asked.append(place)
            return super().row(place)

    model.show_pages(Watched(array("q", range(1, 100))))
    index = model.index(50, 0)
    for role in (
        Qt.ItemDataRole.DecorationRole,
        Qt.ItemDataRole.FontRole,
        Qt.ItemDataRole.BackgroundRole,
        Qt.ItemDataRole.CheckStateRole,
        Qt.ItemDataRole.SizeHintRole,
        Qt.ItemDataRole.TextAlignmentRole,
    ):
        index.data(role)
    assert asked == []
    assert model.rowCount(index) == 0
    assert model.data(QModelIndex()) is None


def test_screen_readers_hear_column_and_value(qapp: QApplication) -> None:
    model = FichaTable(Territorio(DISTRITOS.values()))
    pages = Pages(array("q", [1]))
    pages.take(0, {1: line(1)})
    model.show_pages(pages)
    heard = [
        model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole)
        for column in range(len(COLUMNS))
    ]
    assert heard[:4] == [
        "Estado: Sellada",
        "Ficha: 05-1",
        "Fecha: 20/11/2026",
        "Distrito (provincia): Quinua (Huamanga)",
    ]


# the page


def test_an_empty_list_has_one_next_step(qtbot: QtBot, desktop: Desktop) -> None:
    page = shown(qtbot, desktop)
    assert "Aún no hay fichas. Empiece con Nueva visita." in words(page)
    assert page.count.text() == "0 fichas"


def test_arrows_move_home_and_end_leap_and_enter_opens(qtbot: QtBot, desktop: Desktop) -> None:
    drafts(desktop, 5)
    codigo = sealed(desktop, fecha="2026-11-02")
    page = shown(qtbot, desktop)
    page.table.setFocus()
    assert current(page) == 0
    press(_Key.Key_Down, to=page.table)
    assert current(page) == 1
    press(_Key.Key_End, to=page.table)
    assert current(page) == 5
    assert page._open.text() == "Abrir"
    press(_Key.Key_Home, to=page.table)
    assert (current(page), page._open.text()) == (0, "Continuar")
    press(_Key.Key_End, to=page.table)
    assert codes(page)[-1] == codigo
    press(_Key.Key_Return, to=page.table)
    assert desktop.window._history[-1] == routes.VerFicha(codigo)


def test_a_letter_typed_in_the_list_searches(qtbot: QtBot, desktop: Desktop) -> None:
    drafts(desktop, 2)
    (wanted,) = drafts(desktop, lugar="Ñuñunhuayqo")
    page = shown(qtbot, desktop)
    press(_Key.Key_unknown, text="ñ", to=page.table)
    type_text("uñun", to=page.search)
    assert page.search.text() == "ñuñun"
    qtbot.waitUntil(lambda: codes(page) == [wanted])
    assert page.count.text() == "1 ficha"
    press(_Key.Key_Escape, to=page.search)
    qtbot.waitUntil(lambda: len(codes(page)) == 3)
    type_text("quinoa", to=page.search)
    none = "No hay resultados para «quinoa». Pruebe con menos letras o quite filtros."
    qtbot.waitUntil(lambda: none in words(page))


def test_filters_are_chosen_and_taken_away(qtbot: QtBot, desktop: Desktop) -> None:
    drafts(desktop, 2)
    sealed(desktop)
    page = shown(qtbot, desktop)
    assert page._clear.isHidden()
    estado = page.filters["estado"]
    estado.setCurrentIndex(estado.findData("borrador"))
    estado.activated.emit(estado.currentIndex())
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    assert [cell(page, row, ListColumn.ESTADO) for row in range(2)] == ["Borrador"] * 2
    page._clear.click()
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    assert page.table.fichas.rowCount() == 3
    assert estado.value == ""


def test_a_head_that_is_clicked_sorts(qtbot: QtBot, desktop: Desktop) -> None:
    drafts(desktop, 3)
    page = shown(qtbot, desktop)
    page.table.horizontalHeader().sectionClicked.emit(COLUMNS.index(ListColumn.CODIGO))
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    assert codes(page) == sorted(codes(page))
    page.table.horizontalHeader().sectionClicked.emit(COLUMNS.index(ListColumn.CODIGO))
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    assert codes(page) == sorted(codes(page), reverse=True)


def test_a_ficha_sealed_elsewhere_shows_without_losing_the_place(
    qtbot: QtBot, desktop: Desktop
) -> None:
    first, *_ = drafts(desktop, 30)
    page = shown(qtbot, desktop)
    place = codes(page).index(first)
    page.table.selectRow(place)
    drafts(desktop, 3, fecha="2026-11-19")
    desktop.runner.write(lambda: desktop.session.start_visit("050109"), lambda _: None)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    assert page.table.fichas.rowCount() == 34
    assert codes(page)[current(page)] == first


def test_what_is_out_of_sight_comes_when_it_is_scrolled_to(qtbot: QtBot, desktop: Desktop) -> None:
    drafts(desktop, PAGE * 2)
    page = shown(qtbot, desktop)
    assert page.table.fichas.rowCount() == PAGE * 2
    press(_Key.Key_End, to=page.table)
    page.table.viewport().grab()
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    assert len(set(codes(page))) == PAGE * 2


def test_the_wheel_never_changes_a_filter(qtbot: QtBot, desktop: Desktop) -> None:
    drafts(desktop)
    page = shown(qtbot, desktop)
    for box in page.filters.values():
        box.setFocus()
        wheel(box)
        assert box.value == ""


@pytest.mark.parametrize(("wide", "tall"), [(1366, 768), (1093, 545), (683, 384)])
def test_nothing_is_cut_and_everything_has_a_name(
    qtbot: QtBot, desktop: Desktop, wide: int, tall: int
) -> None:
    drafts(desktop, 3)
    sealed(desktop)
    desktop.window.resize(wide, tall)
    page = shown(qtbot, desktop)
    page.table.selectRow(page.table.fichas.rowCount() - 1)
    assert untidy(page) == []
    assert page.table.horizontalScrollBar().maximum() == 0


def test_the_list_is_drawn_in_the_dark_too(qtbot: QtBot, desktop: Desktop) -> None:
    drafts(desktop)
    sealed(desktop)
    page = shown(qtbot, desktop)
    light = page.table.viewport().grab().toImage()
    theme().use(dark=True)
    try:
        dark = page.table.viewport().grab().toImage()
    finally:
        theme().use(dark=False)
    assert light.pixelColor(5, 60).lightness() > 200
    assert dark.pixelColor(5, 60).lightness() < 90


def test_new_visit_is_one_key_away(qtbot: QtBot, desktop: Desktop) -> None:
    page = shown(qtbot, desktop)
    page.presenter.new_visit()
    assert isinstance(desktop.window.page, NuevaVisitaPage)


def words(page: QWidget) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]


def test_every_state_has_a_chip() -> None:
    assert set(ESTADOS) <= CHIPS.keys()
