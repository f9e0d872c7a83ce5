"""Inicio in the real window over a real folder: next steps, drafts, backup, and small windows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from fichaat.gui import routes
from fichaat.gui.app import Desktop
from fichaat.gui.badges import WaitingBadges
from fichaat.gui.pages.inicio.page import InicioPage
from fichaat.gui.pages.papelera.page import PapeleraPage
from fichaat.gui.routes import Route
from fichaat.gui.widgets.rows import RowButton
from fichaat.gui.widgets.surfaces import Chip, Status
from tests.support.typing_keys import press
from tests.support.window import unnamed, untidy

QUINUA = "050108"


def settled(qtbot: QtBot, desktop: Desktop) -> InicioPage:
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    QApplication.sendPostedEvents()  # new rows are shown by an event
    page = desktop.window.page
    assert isinstance(page, InicioPage)
    return page


def words(widget: QWidget) -> str:
    return " | ".join(
        label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)
    )


def button(widget: QWidget, name: str) -> QAbstractButton:
    found = [
        child
        for child in widget.findChildren(QAbstractButton)
        if name in (child.text(), child.accessibleName())
    ]
    assert len(found) == 1, (name, [b.text() for b in widget.findChildren(QAbstractButton)])
    return found[0]


def start_draft(desktop: Desktop, ubigeo: str = QUINUA) -> str:
    assert desktop.session is not None
    draft, changes = desktop.session.start_visit(ubigeo)
    desktop.runner.changed.emit(changes)
    return draft.ficha.codigo


@pytest.fixture
def went(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> list[Route]:
    """Where the page asks to go, without going."""
    sent: list[Route] = []
    monkeypatch.setattr(desktop.window, "go", sent.append)
    return sent


def test_the_first_day_says_what_to_do(qtbot: QtBot, desktop: Desktop) -> None:
    page = settled(qtbot, desktop)
    shown = words(page)
    assert "Buenos días, Marleni" in shown
    assert "Viernes 20 de noviembre de 2026" in shown
    assert "Aún no hay fichas. Empiece con Nueva visita." in shown
    assert "Ningún acuerdo vence esta semana." in shown
    assert "Todavía no hay un respaldo en este equipo." in shown
    assert unnamed(page) == []


def test_the_work_of_the_day_begins_with_enter(
    qtbot: QtBot, desktop: Desktop, went: list[Route]
) -> None:
    page = settled(qtbot, desktop)
    new = button(page, "Nueva visita")
    assert desktop.window.focusWidget() is new
    press(Qt.Key.Key_Space, text=" ", to=new)
    assert went == [routes.NuevaVisita()]


def test_a_draft_shows_itself_and_goes_on(
    qtbot: QtBot, desktop: Desktop, went: list[Route]
) -> None:
    page = settled(qtbot, desktop)
    codigo = start_draft(desktop)
    settled(qtbot, desktop)
    assert "<b>Quinua</b> (Huamanga)" in words(page)
    assert "Visita de hoy · guardado 10:32" in words(page)
    assert [s.text for s in page.findChildren(Status)][-1] == "6 errores, 2 avisos"
    assert "Guardado 10:32" in words(page)
    button(page, "Continuar la ficha de Quinua (Huamanga)").click()
    assert went == [routes.EditarFicha(codigo)]


def test_many_drafts_are_counted_and_lead_to_the_list(
    qtbot: QtBot, desktop: Desktop, went: list[Route]
) -> None:
    page = settled(qtbot, desktop)
    for number in range(1, 7):
        start_draft(desktop, f"0501{number:02d}")
    settled(qtbot, desktop)
    rows = [b for b in page.findChildren(QAbstractButton) if b.text() == "Continuar"]
    assert len([b for b in rows if b.isVisibleTo(page)]) == 5
    button(page, "Ver los 6 borradores").click()
    assert went == [routes.Fichas()]


def test_a_backup_is_made_and_told(qtbot: QtBot, desktop: Desktop) -> None:
    page = settled(qtbot, desktop)
    button(page, "Respaldar ahora").click()
    settled(qtbot, desktop)
    assert "El último fue hoy a las 10:32." in words(page)
    assert "Último respaldo: 20/11/2026, 10:32" in words(page)
    desk = desktop.window.desk
    assert desk is not None
    assert len(desk.program.backups(desk.program.backup_folder(desk.session.folder))) == 1


def test_the_bin_is_one_step_away(qtbot: QtBot, desktop: Desktop) -> None:
    page = settled(qtbot, desktop)
    button(page, "Papelera").click()
    qtbot.waitUntil(lambda: isinstance(desktop.window.page, PapeleraPage))
    shown = desktop.window.page
    assert shown is not None
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    assert "La papelera está vacía." in words(shown)


@pytest.mark.parametrize("size", [(1366, 768), (1093, 545), (683, 384)])
def test_nothing_is_cut_however_small_the_window(
    qtbot: QtBot, desktop: Desktop, size: tuple[int, int]
) -> None:
    page = settled(qtbot, desktop)
    start_draft(desktop)
    settled(qtbot, desktop)
    desktop.window.resize(*size)
    settled(qtbot, desktop)
    assert untidy(page) == []


def test_a_row_that_opens_something_takes_enter_and_click(qtbot: QtBot) -> None:
    opened: list[int] = []
    row = RowButton(
        "Comprar cloro. Abrir la ficha.",
        lambda: opened.append(1),
        QLabel("Comprar cloro"),
        Chip("Vence hoy", "warn", "reloj"),
    )
    qtbot.addWidget(row)
    row.show()
    press(Qt.Key.Key_Return, to=row)
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert opened == [1, 1]
    assert row.accessibleName() == "Comprar cloro. Abrir la ficha."
    row.setFocus()
    assert not row.grab().isNull()


def test_the_badge_counts_what_waits_to_be_handed_over(qtbot: QtBot, desktop: Desktop) -> None:
    settled(qtbot, desktop)
    assert desktop.window.findChildren(WaitingBadges)
    paquetes = button(desktop.window, "Paquetes")
    assert paquetes.isVisibleTo(desktop.window)
