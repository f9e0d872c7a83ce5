"""*Ajustes* and *Ayuda* in the real window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from fichaat.domain.errors import UserFacingError
from fichaat.gui import routes
from fichaat.gui.app import Desktop
from fichaat.gui.pages.ajustes.page import AjustesPage
from fichaat.gui.pages.ayuda.page import AyudaPage
from fichaat.gui.theme.theme import theme
from fichaat.system.preferences import read_preferences
from tests.gui.conftest import PASSPHRASE
from tests.support.window import untidy

FRASE = "cuatro palabras nada comunes"


@pytest.fixture
def page(qtbot: QtBot, desktop: Desktop) -> AjustesPage:
    desktop.window.go(routes.Ajustes())
    shown = desktop.window.page
    assert isinstance(shown, AjustesPage)
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    return shown


def words_of(page: AjustesPage | AyudaPage) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text() for label in page.findChildren(QLabel))


def test_it_says_who_works_here_and_which_device_this_is(
    desktop: Desktop, page: AjustesPage
) -> None:
    session = desktop.session
    assert session is not None
    text = words_of(page)
    for part in ("Marleni Ccorahua Tineo", "Gobierno Regional de Ayacucho", "Especialista"):
        assert part in text
    words = desktop._program.fingerprint_words(session.here.key.device)
    assert " · ".join(words) in text
    assert session.here.key.device[:4].upper() in text


def test_approval_is_asked_for_with_a_file(
    qtbot: QtBot, page: AjustesPage, desktop: Desktop, tmp_path: Path
) -> None:
    page._on_request()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    target = tmp_path / "solicitud.fichaat"
    dialog.fileSelected.emit(str(target))
    dialog.reject()
    qtbot.waitUntil(page.device.result.isVisible)
    assert target.exists()
    assert "solicitud.fichaat" in page.device.result.text
    page._presenter.request(tmp_path / "falta" / "s.fichaat")
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    assert page.device.result.property("tone") == "error"


def test_the_passphrase_is_changed_with_the_one_in_force(
    qtbot: QtBot, page: AjustesPage, desktop: Desktop
) -> None:
    card = page.passphrase
    card.open_button.click()
    card.change_button.click()
    assert "actual" in card._current_field.below
    card.current.setText("no es esta")
    card.fields.first.setText(FRASE)
    card.fields.second.setText(FRASE)
    card.change_button.click()
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    assert "no es su frase" in card._current_field.below
    card.current.setText(PASSPHRASE)
    card.change_button.click()
    qtbot.waitUntil(card.result.isVisible)
    assert not card._form.isVisible()
    assert card.current.text() == card.fields.first.text() == ""
    assert desktop.session is not None
    desktop.session.check_passphrase(FRASE)
    with pytest.raises(UserFacingError, match=r"storage\.wrong_passphrase"):
        desktop.session.check_passphrase(PASSPHRASE)


def test_the_minutes_of_the_lock_hold_at_once_and_at_the_next_start(
    qtbot: QtBot, page: AjustesPage, desktop: Desktop
) -> None:
    assert page.lock.minutes.value == "10"
    page.lock.minutes.buttons()[2].setFocus()
    QTest.keyClick(page.lock.minutes.buttons()[2], Qt.Key.Key_Space)
    assert desktop._idle.minutes == 20
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    assert read_preferences().idle_minutes == 20


def test_minutes_that_cannot_be_kept_are_told(
    qtbot: QtBot, page: AjustesPage, desktop: Desktop, account: Path
) -> None:
    account.mkdir(exist_ok=True)
    config = account / "XDG_CONFIG_HOME"
    if config.exists():
        config.rename(account / "antes")
    config.write_text("")
    page._presenter.set_minutes(5)
    qtbot.waitUntil(page.lock.result.isVisible)
    assert "no se pudo recordar" in page.lock.result.text
    assert desktop._idle.minutes == 5


def test_a_backup_is_made_and_listed(
    qtbot: QtBot, page: AjustesPage, desktop: Desktop, tmp_path: Path
) -> None:
    assert "Todavía no hay" in page.backups._last.text()
    page.backups.now_button.click()
    qtbot.waitUntil(page.backups.result.isVisible)
    qtbot.waitUntil(lambda: "El último" in page.backups._last.text())
    assert "20/11/2026, 10:32" in page.backups._last.text()
    usb = tmp_path / "usb"
    usb.mkdir()
    page._presenter.back_up(usb)
    qtbot.waitUntil(lambda: str(usb) in page.backups.result.text)
    assert list(usb.glob("fichaat-*.db"))


@pytest.mark.parametrize("size", [(1366, 768), (1093, 545), (683, 384)])
@pytest.mark.parametrize("dark", [False, True])
def test_both_pages_are_whole(
    qtbot: QtBot, page: AjustesPage, desktop: Desktop, size: tuple[int, int], *, dark: bool
) -> None:
    theme().use(dark=dark)
    try:
        desktop.window.resize(*size)
        page.passphrase.unfold()
        QApplication.processEvents()
        assert untidy(page) == []
        desktop.window.go(routes.Ayuda("sellar"))
        qtbot.waitUntil(lambda: not desktop.runner.busy)
        shown = desktop.window.page
        assert isinstance(shown, AyudaPage)
        QApplication.processEvents()
        assert untidy(shown) == []
    finally:
        theme().use(dark=False)


def test_f1_opens_the_chapter_of_the_page_and_links_lead_to_others(
    qtbot: QtBot, page: AjustesPage, desktop: Desktop
) -> None:
    QTest.keyClick(desktop.window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: isinstance(desktop.window.page, AyudaPage))
    help_page = desktop.window.page
    assert isinstance(help_page, AyudaPage)
    qtbot.waitUntil(lambda: help_page.list.count() > 0)
    assert help_page.list.currentItem().text() == "Ajustes"
    assert "huella de ocho palabras" in help_page.text.toPlainText()
    help_page.text.anchorClicked.emit(QUrl("ordenes.md"))
    assert help_page.list.currentItem().text() == "Órdenes"
    help_page.text.anchorClicked.emit(QUrl("no-existe.md"))
    assert help_page.list.currentRow() == 0
    desktop.window.go(routes.Ayuda("firmas"))
    assert desktop.window.page is help_page
    assert help_page.list.currentItem().text() == "Firmas"
    desktop.window.back()
    desktop.window.back()
    assert isinstance(desktop.window.page, AjustesPage)
