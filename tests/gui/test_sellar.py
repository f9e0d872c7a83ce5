"""*Revisar y sellar* in the real window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from fichaat.gui import routes
from fichaat.gui.app import Desktop
from fichaat.gui.pages.sellar.page import SellarPage
from fichaat.gui.widgets.rows import RowButton
from tests.support.typing_keys import press, type_text
from tests.support.window import untidy
from tests.support.window_fichas import drafts, signed

_Key = Qt.Key
FOLLOW = {"distritos": [{"ubigeo": "050108", "sesion": "seguimiento"}]}
"""Asks why: no diagnosis of it is known."""


def shown(qtbot: QtBot, desktop: Desktop, codigo: str) -> SellarPage:
    desktop.window.go(routes.Sellar(codigo))
    page = desktop.window.page
    assert isinstance(page, SellarPage)
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    return page


def words(page: SellarPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]


def test_a_reason_typed_makes_the_seal_possible_and_enter_leads_there(
    qtbot: QtBot, desktop: Desktop
) -> None:
    codigo = signed(desktop, **FOLLOW)
    page = shown(qtbot, desktop, codigo)
    assert "Falta 1 motivo" in words(page)
    assert not page.seal.isEnabled()
    (box,) = page.reasons.boxes
    type_text("Lo registró otra especialista.", to=box)
    assert page.seal.isEnabled()
    press(_Key.Key_Return, to=box)
    assert "\n" not in box.toPlainText()
    press(_Key.Key_Return, Qt.KeyboardModifier.ShiftModifier, "\r", to=box)
    assert "\n" in box.toPlainText()
    qtbot.waitUntil(page.presenter.settle)
    page.seal.click()
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    assert "Ficha sellada." in words(page)
    assert page.export.isVisibleTo(page)
    assert not page.seal.isVisibleTo(page)
    assert desktop.session is not None
    assert desktop.session.queries.ficha(codigo).estado == "sellada"


def test_what_is_missing_leads_to_its_field(qtbot: QtBot, desktop: Desktop) -> None:
    (codigo,) = drafts(desktop, hora_fin=None)
    page = shown(qtbot, desktop, codigo)
    assert not page.seal.isEnabled()
    first = next(item for item in page._missing_card.findChildren(RowButton))
    assert first.accessibleName().startswith("Escriba la hora fin.")
    first.click()
    assert desktop.window._history[-1] == routes.EditarFicha(codigo, "/hora_fin")


def test_leaving_keeps_the_reason_that_was_just_typed(qtbot: QtBot, desktop: Desktop) -> None:
    codigo = signed(desktop, **FOLLOW)
    page = shown(qtbot, desktop, codigo)
    type_text("Lo registró otra", to=page.reasons.boxes[0])
    desktop.window.go(routes.Inicio())
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    assert desktop.session is not None
    (kept,) = desktop.session.queries.ficha(codigo).contenido.advertencias
    assert kept.motivo == "Lo registró otra"
    again = shown(qtbot, desktop, codigo)
    assert again.reasons.boxes[0].toPlainText() == "Lo registró otra"


def test_the_paper_opens_in_place_of_the_form_in_a_narrow_window(
    qtbot: QtBot, desktop: Desktop
) -> None:
    codigo = signed(desktop)
    desktop.window.resize(1093, 545)
    page = shown(qtbot, desktop, codigo)
    assert page.paper.isHidden()
    page._toggle.click()
    assert page.paper.isVisibleTo(page)
    assert page._left.isHidden()
    page._toggle.click()
    assert page._left.isVisibleTo(page)
    desktop.window.resize(1366, 768)
    QApplication.sendPostedEvents()
    assert page.paper.isVisibleTo(page)
    assert page._left.isVisibleTo(page)
    qtbot.waitUntil(lambda: not desktop.runner.busy)


@pytest.mark.parametrize(("wide", "tall"), [(1366, 768), (1093, 545), (683, 384)])
@pytest.mark.parametrize("ready", [True, False])
def test_nothing_is_cut_and_everything_has_a_name(
    qtbot: QtBot, desktop: Desktop, wide: int, tall: int, *, ready: bool
) -> None:
    codigo = signed(desktop, **FOLLOW) if ready else drafts(desktop, hora_fin=None)[0]
    desktop.window.resize(wide, tall)
    page = shown(qtbot, desktop, codigo)
    assert untidy(page) == []
    if ready:
        type_text("Lo registró otra", to=page.reasons.boxes[0])
        page.seal.click()
        qtbot.waitUntil(lambda: not desktop.runner.busy)
        assert "Ficha sellada." in words(page)
        assert untidy(page) == []
