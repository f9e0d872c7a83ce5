from pytestqt.qtbot import QtBot

from fichaat.gui import routes
from fichaat.gui.app import Desktop
from fichaat.gui.widgets.bars import MessageBar


def test_the_window_opens_on_inicio(qtbot: QtBot, desktop: Desktop) -> None:
    assert desktop.window.page is not None
    assert desktop.window.page.place == "inicio"


def test_what_was_said_goes_with_one_change_of_page_and_not_with_two(
    qtbot: QtBot, desktop: Desktop
) -> None:
    window = desktop.window
    bar = window.findChild(MessageBar)
    assert bar is not None
    window.tell("Se llevó algo.")
    window.go(routes.Ajustes())
    assert bar.isVisible()
    window.go(routes.Ayuda())
    assert not bar.isVisible()


def test_a_failure_stays_until_it_is_closed(qtbot: QtBot, desktop: Desktop) -> None:
    window = desktop.window
    bar = window.findChild(MessageBar)
    assert bar is not None
    window.tell("Algo falló.", tone="error")
    window.go(routes.Ajustes())
    window.go(routes.Ayuda())
    assert bar.isVisible()
