"""The page of agreements through real widgets: choose, register, settle, files, keyboard."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from fichaat.application.acuerdo_line import AcuerdoFilter, Segmento
from fichaat.application.changes import Changes, Kind
from fichaat.application.session import Session
from fichaat.domain.acuerdo import EstadoAcuerdo
from fichaat.gui import routes
from fichaat.gui.app import Desktop
from fichaat.gui.pages.acuerdos.page import AcuerdosPage
from fichaat.gui.pages.acuerdos.preview_dialog import PreviewDialog
from fichaat.gui.pages.acuerdos.table import AcuerdoTableModel
from fichaat.gui.pages.acuerdos.words import Due, RowWords
from fichaat.gui.widgets.bars import MessageBar
from scripts.region_scenery import RegionScenery
from scripts.scenery import PASSPHRASE
from tests.support.furnished import region
from tests.support.window import untidy

K = Qt.Key


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> RegionScenery:
    """Made once; every test works on a copy."""
    return region(tmp_path_factory)


@pytest.fixture
def folder(furnished: RegionScenery, tmp_path: Path) -> Path:
    (tmp_path / "clave.txt").write_text(PASSPHRASE, "utf-8")
    shutil.copytree(furnished.folder, tmp_path / "datos")
    return tmp_path / "datos"


def opened(desktop: Desktop) -> Session:
    assert desktop.session is not None
    return desktop.session


def quiet(qtbot: QtBot, desktop: Desktop) -> None:
    QTest.qWait(0)
    qtbot.waitUntil(lambda: not desktop.runner.busy, timeout=20_000)


def shown(qtbot: QtBot, desktop: Desktop) -> AcuerdosPage:
    desktop.window.go(routes.Acuerdos())
    quiet(qtbot, desktop)
    page = desktop.window.page
    assert isinstance(page, AcuerdosPage)
    return page


def row(number: int) -> RowWords:
    due = Due("Vence hoy", "warn", "reloj")
    return RowWords(str(number), due, "Quinua (Huamanga)", "Algo", "Ana", "Pendiente", "C")


def test_the_model_keeps_the_rules_of_models() -> None:
    model = AcuerdoTableModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for count in (3, 0, 4000):
        model.show_rows([row(number) for number in range(count)])
        assert model.rowCount() == count
    assert model.place("3999") == 3999
    assert model.place("x") is None
    del tester


def test_an_advance_is_registered_by_keyboard(qtbot: QtBot, desktop: Desktop) -> None:
    page = shown(qtbot, desktop)
    table, form = page.table, page.panel.form
    assert QApplication.focusWidget() is table
    before = len(table.acuerdos.rows)
    QTest.keyClick(table, K.Key_Down)
    QTest.keyClick(table, K.Key_Down)
    quiet(qtbot, desktop)
    chosen = table.acuerdos.rows[2]
    QTest.keyClick(table, K.Key_Return)
    assert form.estado.hasFocus()
    form.estado.show_value(EstadoAcuerdo.CUMPLIDO)
    form.estado.chosen.emit(EstadoAcuerdo.CUMPLIDO.value)
    assert not form.avance.isVisible()
    QTest.keyClick(form.register, K.Key_Space)
    quiet(qtbot, desktop)
    assert "Diga qué día se cumplió" in form._fields["cumplido_el"].below
    QTest.keyClicks(form.cumplido_el, "19/11")
    QTest.keyClick(form.register, K.Key_Space)
    quiet(qtbot, desktop)
    assert chosen.id not in [line.id for line in table.acuerdos.rows]
    assert len(table.acuerdos.rows) == before - 1
    closed = opened(desktop).list_acuerdos(AcuerdoFilter(Segmento.CERRADOS)).lines
    assert chosen.id in [line.id for line in closed]
    assert untidy(page) == []


def test_a_contradiction_shows_both_sides_and_is_settled(qtbot: QtBot, desktop: Desktop) -> None:
    page = shown(qtbot, desktop)
    panel = page.panel
    page.segments.buttons[Segmento.CONTRADICCIONES].click()
    quiet(qtbot, desktop)
    (line,) = page.table.acuerdos.rows
    assert line.due.words == "Contradicción"
    assert panel.clash.isVisible()
    told = [label.text() for label in panel.sides.findChildren(type(panel.what.heading))]
    assert any("Gladis Huarancca" in text for text in told)
    assert any("Marleni Ccorahua" in text for text in told)
    assert panel.clash.action is not None
    panel.clash.action.click()
    assert panel.form.estado.hasFocus()
    takes = [b for b in panel.sides.findChildren(QPushButton) if b.text() == "Registrar como este"]
    fulfilled = next(b for b in takes if b.accessibleDescription().startswith("Cumplido"))
    fulfilled.click()
    assert panel.form.cumplido_el.text() == "17/11/2026"
    assert panel.form.comentario.hasFocus()
    QTest.keyClicks(panel.form.comentario, "Se vieron las hojas")
    panel.form.register.click()
    quiet(qtbot, desktop)
    assert not page.table.acuerdos.rows
    assert not panel.isVisible()
    detail = opened(desktop).read_acuerdo(line.id)
    assert not detail.state.contradiccion
    assert detail.eventos[-1].comentario == "Se vieron las hojas"


def test_what_is_typed_stays_while_the_list_changes(qtbot: QtBot, desktop: Desktop) -> None:
    page = shown(qtbot, desktop)
    QTest.keyClicks(page.panel.form.comentario, "A medias")
    page.presenter.changed(Changes.of(Kind.ACUERDO))
    quiet(qtbot, desktop)
    assert page.panel.form.comentario.toPlainText() == "A medias"
    QTest.keyClick(page.table, K.Key_Down)
    quiet(qtbot, desktop)
    assert page.panel.form.comentario.toPlainText() == ""


def test_letters_search_and_filters_are_taken_away(qtbot: QtBot, desktop: Desktop) -> None:
    page = shown(qtbot, desktop)
    QTest.keyClicks(page.table, "cloracion")
    qtbot.waitUntil(lambda: len(page.table.acuerdos.rows) == 1, timeout=5_000)
    quiet(qtbot, desktop)
    assert page._clear.isVisible()
    page._clear.click()
    quiet(qtbot, desktop)
    assert len(page.table.acuerdos.rows) > 1
    assert page.search.text() == ""


def test_a_file_with_slips_names_its_cells(qtbot: QtBot, desktop: Desktop, tmp_path: Path) -> None:
    page = shown(qtbot, desktop)
    session = opened(desktop)
    book = session.event_sheet.template()
    path = tmp_path / "plantilla.xlsx"
    path.write_bytes(session.workbooks.write(book))
    page.presenter._look_at(path)
    qtbot.waitUntil(lambda: page.dialog is not None, timeout=20_000)
    dialog = page.dialog
    assert isinstance(dialog, PreviewDialog)
    assert not dialog.yes.isVisible()
    assert untidy(dialog) == []
    dialog.reject()
    path.write_bytes(b"no es un libro")
    page.presenter._look_at(path)
    bar = desktop.window.findChild(MessageBar)
    assert isinstance(bar, MessageBar)
    qtbot.waitUntil(lambda: "Excel" in bar.text, timeout=20_000)
