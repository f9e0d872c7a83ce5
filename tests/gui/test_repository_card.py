"""The upload package in the real window of a coordinator."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from fichaat.application.profiles import NewProfile
from fichaat.domain.rol import Rol
from fichaat.gui import disks, routes
from fichaat.gui.app import Desktop
from fichaat.gui.pages.paquetes.page import PaquetesPage
from tests.support.fault_stage import new_machine
from tests.support.program import PASSPHRASE
from tests.support.rows import jsonl, pending_row
from tests.support.window import untidy

_COORDINATOR = NewProfile(
    Rol.COORDINADOR, "05", None, "Rosa Ñaupari", "Coordinadora", "Gobierno Regional (ficticio)"
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A coordinator with an approved ficha and one that waits."""
    root = tmp_path_factory.mktemp("region")
    machine = new_machine(root, profile=_COORDINATOR)
    machine.done("region", "crear", "--llave", root / "region.llave")
    rows = jsonl(pending_row(1), pending_row(2))
    argv = ("ficha", "importar", "-", "--sellar", "--motivo", "m")
    codes = [item["codigo"] for item in machine.done(*argv, stdin=rows)["detalle"]]
    machine.done("revision", "aprobar", codes[0])
    return machine.folder


@pytest.fixture
def folder(kept: Path, tmp_path: Path) -> Path:
    (tmp_path / "clave.txt").write_text(PASSPHRASE, "utf-8")
    return Path(shutil.copytree(kept, tmp_path / "datos"))


@pytest.fixture
def page(
    qtbot: QtBot, desktop: Desktop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> PaquetesPage:
    monkeypatch.setattr(disks, "sticks", list)
    monkeypatch.setattr(disks, "documents", lambda: tmp_path)
    desktop.window.go(routes.Paquetes())
    settle(qtbot, desktop)
    found = desktop.window.page
    assert isinstance(found, PaquetesPage)
    return found


def settle(qtbot: QtBot, desktop: Desktop) -> None:
    qtbot.waitUntil(lambda: not desktop.runner.busy, timeout=20_000)
    QApplication.sendPostedEvents()


def choose(qtbot: QtBot, desktop: Desktop, page: PaquetesPage, target: Path) -> None:
    """In the dialog, as a person."""
    target.mkdir(exist_ok=True)
    page.repository.go.click()
    dialog = page.findChildren(QFileDialog)[-1]
    dialog.fileSelected.emit(str(target))
    dialog.close()
    settle(qtbot, desktop)


def test_a_coordinator_makes_it_and_is_told(
    qtbot: QtBot, desktop: Desktop, page: PaquetesPage, tmp_path: Path
) -> None:
    card, target = page.repository, tmp_path / "fed"
    assert card.isVisibleTo(desktop.window)
    choose(qtbot, desktop, page, target)
    assert card.sentence.text().startswith("Repositorio al día: 1 ficha, ")
    assert card.details.text() == "Nuevas: 1 · cambiadas: 0 · retiradas: 0."
    assert len(list(target.rglob("*.pdf"))) == 1
    assert card.go.isEnabled()
    assert untidy(page) == []
    card.everything.click()
    choose(qtbot, desktop, page, target)
    assert card.sentence.text().startswith("Repositorio al día: 2 fichas, ")
    choose(qtbot, desktop, page, target)
    assert card.details.text().startswith("Nada cambió")


def test_a_refusal_stands_in_the_card(
    qtbot: QtBot, desktop: Desktop, page: PaquetesPage, tmp_path: Path
) -> None:
    target = tmp_path / "otra"
    target.mkdir()
    (target / "carta.docx").write_bytes(b"mia")
    choose(qtbot, desktop, page, target)
    card = page.repository
    assert card.refusal.isVisibleTo(desktop.window)
    assert not card.told.isVisibleTo(desktop.window)
    assert [path.name for path in target.iterdir()] == ["carta.docx"]
    assert untidy(page) == []
