"""The bin in the real window: a discarded draft comes back."""

from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from fichaat.gui import routes
from fichaat.gui.app import Desktop
from fichaat.gui.pages.papelera.page import PapeleraPage
from tests.support.window import untidy


def test_a_discarded_draft_is_taken_back(qtbot: QtBot, desktop: Desktop) -> None:
    assert desktop.session is not None
    draft, _ = desktop.session.start_visit("050108")
    desktop.session.discard(draft.ficha.codigo)
    desktop.window.go(routes.Papelera())
    page = desktop.window.page
    assert isinstance(page, PapeleraPage)
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    (take,) = [b for b in page.findChildren(QAbstractButton) if b.text() == "Recuperar"]
    assert take.accessibleName() == "Recuperar la ficha de Quinua (Huamanga)"
    desktop.window.resize(683, 384)
    QApplication.sendPostedEvents()
    assert untidy(page) == []
    take.click()
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    QApplication.sendPostedEvents()
    assert [d.ficha.codigo for d in desktop.session.queries.drafts()] == [draft.ficha.codigo]
    shown = [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    assert "La papelera está vacía. Lo que descarte se podrá recuperar aquí." in shown
