from pytestqt.qtbot import QtBot

from fichaat.gui.app import Desktop


def test_the_window_opens_on_inicio(qtbot: QtBot, desktop: Desktop) -> None:
    assert desktop.window.page is not None
    assert desktop.window.page.place == "inicio"
