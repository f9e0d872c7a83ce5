"""The view of a sealed ficha in the real window."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from fichaat.gui import routes
from fichaat.gui.app import Desktop
from fichaat.gui.pages.ver_ficha.page import VerFichaPage
from fichaat.gui.printing import PaperWindows, PrintDialog
from fichaat.gui.widgets.dialogs import ReasonDialog
from fichaat.gui.widgets.menu import MoreMenu
from tests.support.typing_keys import type_text
from tests.support.window import untidy
from tests.support.window_fichas import drafts, sealed


def shown(qtbot: QtBot, desktop: Desktop, codigo: str) -> VerFichaPage:
    desktop.window.go(routes.VerFicha(codigo))
    page = desktop.window.page
    assert isinstance(page, VerFichaPage)
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    return page


def words(page: VerFichaPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]


@pytest.mark.parametrize(("wide", "tall"), [(1366, 768), (1093, 545), (683, 384)])
def test_nothing_is_cut_and_everything_has_a_name(
    qtbot: QtBot, desktop: Desktop, wide: int, tall: int
) -> None:
    codigo = sealed(desktop)
    desktop.window.resize(wide, tall)
    page = shown(qtbot, desktop, codigo)
    QApplication.sendPostedEvents()
    assert {"Quinua (Huamanga)", "Sellada", "Se selló la versión 1"} <= set(words(page))
    assert untidy(page) == []


def test_the_paper_is_opened_with_the_systems_viewer_and_goes_with_the_program(
    qtbot: QtBot, desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(PaperWindows, "open_outside", lambda _, path: opened.append(path))
    codigo = sealed(desktop)
    page = shown(qtbot, desktop, codigo)
    page._view.click()
    qtbot.waitUntil(lambda: bool(opened))
    assert opened[0].name == f"Ficha {codigo}.pdf"
    assert opened[0].read_bytes().startswith(b"%PDF")
    desktop.window._program.close()
    assert not opened[0].exists()


def test_the_paper_is_saved_where_the_person_says(
    qtbot: QtBot, desktop: Desktop, tmp_path: Path
) -> None:
    codigo = sealed(desktop)
    page = shown(qtbot, desktop, codigo)
    page.presenter.save_pdf()
    (dialog,) = page.findChildren(QFileDialog)
    target = tmp_path / "papel.pdf"
    dialog.fileSelected.emit(str(target))
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    assert target.read_bytes().startswith(b"%PDF")
    dialog.reject()


def test_printing_shows_the_paper_first(qtbot: QtBot, desktop: Desktop) -> None:
    page = shown(qtbot, desktop, sealed(desktop))
    page.presenter.print()
    qtbot.waitUntil(lambda: bool(page.findChildren(PrintDialog)))
    (dialog,) = page.findChildren(PrintDialog)
    dialog.reject()


def test_annulling_asks_why_and_the_state_follows(qtbot: QtBot, desktop: Desktop) -> None:
    page = shown(qtbot, desktop, sealed(desktop))
    page.presenter.annul()
    (dialog,) = page.findChildren(ReasonDialog)
    assert not dialog.yes.isEnabled()
    type_text("Se registró dos veces", to=dialog._text)
    dialog.yes.click()
    qtbot.waitUntil(lambda: "Se anuló: Se registró dos veces" in words(page))
    assert "Anulada" in words(page)
    assert page._correct.isHidden()


def test_correcting_opens_the_form_of_the_next_version(qtbot: QtBot, desktop: Desktop) -> None:
    codigo = sealed(desktop)
    page = shown(qtbot, desktop, codigo)
    page._correct.click()
    (dialog,) = page.findChildren(ReasonDialog)
    type_text("El plazo estaba mal", to=dialog._text)
    dialog.yes.click()
    qtbot.waitUntil(lambda: desktop.window._history[-1] == routes.EditarFicha(codigo))


def test_no_button_moves_once_it_is_known_what_may_be_done(qtbot: QtBot, desktop: Desktop) -> None:
    desktop.window.go(routes.VerFicha(sealed(desktop)))
    page = desktop.window.page
    assert isinstance(page, VerFichaPage)
    more = page.findChild(MoreMenu)
    assert more is not None
    # Laid out before anything was read: results come with the events of the loop.
    foot = page.layout()
    assert foot is not None
    foot.activate()
    page._foot.activate()
    before = more.pos()
    assert page._correct.isHidden()
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    qtbot.waitUntil(page._correct.isVisible)
    assert more.pos() == before


def test_a_draft_has_nothing_sealed_to_show(qtbot: QtBot, desktop: Desktop) -> None:
    (codigo,) = drafts(desktop)
    page = shown(qtbot, desktop, codigo)
    assert page._left.isHidden()
    (back,) = [b for b in page._gone.findChildren(QPushButton) if b.text() == "Volver"]
    back.click()
    assert desktop.window.page is not page
