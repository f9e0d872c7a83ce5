"""A workbook of fichas in the real window: what is wrong with it, and bringing it in."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from fichaat.gui import routes
from fichaat.gui.app import Desktop
from fichaat.gui.pages.fichas.page import FichasPage
from fichaat.gui.pages.importar_fichas.page import ImportarFichasPage
from scripts.books import slips, visits
from tests.support.fichas_book import opened, written


def looked(qtbot: QtBot, desktop: Desktop, path: Path) -> ImportarFichasPage:
    desktop.window.go(routes.ImportarFichas(path))
    page = desktop.window.page
    assert isinstance(page, ImportarFichasPage)
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    return page


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "fichas.xlsx"
    path.write_bytes(written(visits(3)))
    return path


def test_nothing_is_brought_in_before_the_button_and_undo_puts_it_in_the_bin(
    qtbot: QtBot, desktop: Desktop, good: Path
) -> None:
    assert desktop.window.desk is not None
    session = desktop.window.desk.session
    page = looked(qtbot, desktop, good)
    assert page.banner.text.startswith("3 fichas listas")
    assert page.act.text() == "Importar 3 fichas"
    assert session.queries.drafts() == []
    page.act.click()
    qtbot.waitUntil(lambda: isinstance(desktop.window.page, FichasPage))
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    assert len(session.queries.drafts()) == 3
    messages = desktop.window._messages
    assert messages.text == "Se importaron 3 fichas como borradores."
    messages._undo.click()
    qtbot.waitUntil(lambda: session.queries.drafts() == [])
    assert len(session.restore_draft.discarded()) == 3


def test_a_wrong_cell_is_named_and_the_same_file_is_looked_at_again(
    qtbot: QtBot, desktop: Desktop, good: Path
) -> None:
    good.write_bytes(written(slips(3)))
    page = looked(qtbot, desktop, good)
    assert page.act.isHidden()
    assert page.banner.text.startswith("Hay 7 celdas por corregir")
    rows = [(row["hoja"], row["celda"]) for row in page.table.rows]
    assert rows == [
        ("Fichas", "B2"),
        ("Acuerdos", "D2"),
        ("Fichas", "D3"),
        ("Fichas", "E3"),
        ("Seguimientos", "D3"),
        ("Distritos", "B4"),
        ("Nudos", "A5"),
    ]
    good.write_bytes(written(visits(1)))
    page.again.click()
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    assert page.act.text() == "Importar 1 ficha"
    assert [row["hoja"] for row in page.table.rows] == ["Responsables", "Destinatarios"]


def test_a_file_that_is_none_offers_the_template(
    qtbot: QtBot, desktop: Desktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "nota.xlsx"
    path.write_bytes(b"PK\x03\x04 nota")
    page = looked(qtbot, desktop, path)
    assert "dañado" in page.banner.text
    assert page.act.isHidden()
    target = tmp_path / "plantilla.xlsx"
    page.template.click()
    (dialog,) = page.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(target))
    dialog.reject()
    qtbot.waitUntil(lambda: target.exists() and not desktop.runner.busy)
    assert opened(target.read_bytes()).sheetnames[:2] == ["Instrucciones", "Fichas"]


def test_the_list_is_written_as_it_is_filtered(
    qtbot: QtBot, desktop: Desktop, good: Path, tmp_path: Path
) -> None:
    page = looked(qtbot, desktop, good)
    page.act.click()
    qtbot.waitUntil(lambda: isinstance(desktop.window.page, FichasPage))
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    fichas = desktop.window.page
    assert isinstance(fichas, FichasPage)
    target = tmp_path / "lista.xlsx"
    fichas.sheets.export(fichas.presenter.asked)
    (dialog,) = fichas.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(target))
    dialog.reject()
    qtbot.waitUntil(lambda: target.exists() and not desktop.runner.busy)
    sheet = opened(target.read_bytes())["Fichas"]
    assert sheet["A1"].value == "Fichas"
    titles = [cell.value for cell in sheet[4]]
    assert titles[:4] == ["Ficha", "Estado", "Fecha", "Distrito (provincia)"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert [line[1] for line in lines] == ["Borrador"] * 3
    assert [line[0] for line in lines] == [
        fichas.table.fichas.index(row, 1).data() for row in range(3)
    ]
