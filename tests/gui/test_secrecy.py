"""The window of somebody who knows the region: what leaves is encrypted, and help is there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from fichaat.application.profiles import NewProfile
from fichaat.application.recorder import Recorder, ToSeal
from fichaat.application.save_draft import new_codigos
from fichaat.application.wanted import WindowWanted
from fichaat.bootstrap import Program
from fichaat.domain.record import Kind
from fichaat.domain.rol import Rol
from fichaat.gui import disks, routes
from fichaat.gui.app import Desktop
from fichaat.gui.pages.ajustes.page import AjustesPage
from fichaat.gui.pages.ajustes.recovery_dialog import RecoveryDialog
from fichaat.gui.pages.paquetes.page import PaquetesPage
from fichaat.gui.widgets.words_view import WordsView
from fichaat.system.settings import Settings
from tests.gui.conftest import PASSPHRASE
from tests.support.program import CHEAP_KEYS, CHEAP_REGION_KEYS
from tests.support.records import make_ficha
from tests.support.window import untidy

COORDINATOR = NewProfile(
    Rol.COORDINADOR, "05", None, "Rosa Huamán", "Coordinadora", "Gobierno Regional (ficticio)"
)


@pytest.fixture
def office(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Desktop, Path]]:
    """The window of a coordinator with a region and a sealed ficha; where it exports to."""
    documents = tmp_path / "Documentos"
    documents.mkdir()
    monkeypatch.setattr(disks, "sticks", list)
    monkeypatch.setattr(disks, "documents", lambda: documents)
    clave = tmp_path / "clave.txt"
    clave.write_text(PASSPHRASE, "utf-8")
    folder = tmp_path / "datos"
    program = Program(Settings(str(folder), str(clave), "2026-11-20T10:32:00-05:00"))
    program.keys, program.region_keys = CHEAP_KEYS, CHEAP_REGION_KEYS
    program.create(folder, COORDINATOR, PASSPHRASE)
    with program.open(folder, PASSPHRASE) as session:
        session.create_region(tmp_path / "region.llave", PASSPHRASE)
        here = session.here
        recorder = Recorder(here)
        with here.store.write() as tx:
            (codigo,) = new_codigos(tx, here, 1)
            item = ToSeal(Kind.FICHA, make_ficha(1, codigo=codigo), here.ids.new_id())
            tx.add_records(recorder.seal(tx, [item]), recorder.certificates())
    desktop = Desktop(program, WindowWanted())
    qtbot.addWidget(desktop.window)
    desktop.start()
    qtbot.waitUntil(lambda: desktop.window.page is not None)
    yield desktop, documents
    desktop.close()
    program.close()


def settle(qtbot: QtBot, desktop: Desktop) -> None:
    qtbot.waitUntil(lambda: not desktop.runner.busy, timeout=20_000)


def paquetes(qtbot: QtBot, desktop: Desktop) -> PaquetesPage:
    desktop.window.go(routes.Paquetes())
    settle(qtbot, desktop)
    page = desktop.window.page
    assert isinstance(page, PaquetesPage)
    return page


def test_an_export_is_encrypted_unless_somebody_says_otherwise(
    qtbot: QtBot, office: tuple[Desktop, Path]
) -> None:
    desktop, documents = office
    page = paquetes(qtbot, desktop)
    assert page.export.secrecy.text == "Cifrado para: la región. Nadie más podrá leerlo."
    page.export.go.click()
    settle(qtbot, desktop)
    (sealed,) = documents.iterdir()
    assert sealed.read_bytes().startswith(b"age-encryption.org/v1\n")
    page.export.plain.click()
    assert page.export.secrecy.text.startswith("Sin cifrar: cualquiera")
    page.export.go.click()
    settle(qtbot, desktop)
    (plain,) = {*documents.iterdir()} - {sealed}
    assert plain.read_bytes().startswith(b"PK\x03\x04")
    assert not page.export.plain.isChecked()
    assert page.export.secrecy.text.startswith("Cifrado para")


@pytest.mark.parametrize("size", [(1366, 768), (683, 384)])
def test_the_choice_is_whole_named_and_in_the_order_of_tab(
    qtbot: QtBot, office: tuple[Desktop, Path], size: tuple[int, int]
) -> None:
    desktop, _ = office
    desktop.window.resize(*size)
    page = paquetes(qtbot, desktop)
    page.export.plain.click()
    assert untidy(page) == []
    stops = page.export.stops
    assert stops.index(page.export.plain) == stops.index(page.export.go) - 1


def test_settings_say_that_the_region_can_help(qtbot: QtBot, office: tuple[Desktop, Path]) -> None:
    desktop, _ = office
    desktop.window.go(routes.Ajustes())
    settle(qtbot, desktop)
    page = desktop.window.page
    assert isinstance(page, AjustesPage)
    assert page.passphrase._help.text().startswith("Si la olvida, su región puede ayudarle")
    assert "20/11/2026" in page.passphrase._help.text()


def test_settings_say_that_the_region_cannot_help_yet(qtbot: QtBot, desktop: Desktop) -> None:
    desktop.window.go(routes.Ajustes())
    settle(qtbot, desktop)
    page = desktop.window.page
    assert isinstance(page, AjustesPage)
    assert "Su región aún no puede ayudarle" in page.passphrase._help.text()


def test_who_coordinates_answers_from_the_settings(
    qtbot: QtBot, office: tuple[Desktop, Path], tmp_path: Path
) -> None:
    desktop, _ = office
    assert desktop.session is not None
    request = desktop.session.recovery_request()
    (tmp_path / "pedido.json").write_bytes(request.data)
    desktop.window.go(routes.Ajustes())
    settle(qtbot, desktop)
    page = desktop.window.page
    assert isinstance(page, AjustesPage)
    page.others.answer.click()
    (dialog,) = page.findChildren(RecoveryDialog)
    dialog.yes.click()
    assert not dialog._asked
    dialog.take_request(tmp_path / "pedido.json")
    dialog.key.take(tmp_path / "region.llave")
    dialog.key.passphrase.setText("una que no es")
    dialog.yes.click()
    qtbot.waitUntil(dialog.error.isVisible)
    dialog.key.passphrase.setText(PASSPHRASE)
    dialog.yes.click()
    qtbot.waitUntil(lambda: dialog._asked)
    shown = [view.words for view in dialog._step.findChildren(WordsView)]
    assert shown[0] == request.palabras
    QApplication.processEvents()
    assert untidy(dialog) == []
    dialog.yes.click()
    (saving,) = dialog.findChildren(QFileDialog)
    saving.fileSelected.emit(str(tmp_path / "respuesta.json"))
    saving.close()
    qtbot.waitUntil(lambda: dialog._answered)
    QApplication.processEvents()  # what a layout took in is shown a moment later
    (codigo,) = [
        view.words for view in dialog._step.findChildren(WordsView) if view.isVisibleTo(dialog)
    ]
    assert len(codigo) == 12
    answer = (tmp_path / "respuesta.json").read_bytes()
    desktop.session.recover_by_region(answer, " ".join(codigo), "cuatro palabras nada comunes")
    desktop.session.check_passphrase("cuatro palabras nada comunes")
    dialog.yes.click()


def test_only_who_coordinates_is_offered_to_answer(qtbot: QtBot, desktop: Desktop) -> None:
    desktop.window.go(routes.Ajustes())
    settle(qtbot, desktop)
    page = desktop.window.page
    assert isinstance(page, AjustesPage)
    assert not page.others.isVisibleTo(page)
