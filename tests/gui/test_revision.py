"""The review through real widgets: by keyboard, with a reason, taken back, several at once."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fichaat.domain.revision import Revision, Veredicto
from fichaat.gui import routes
from fichaat.gui.app import Desktop
from fichaat.gui.pages.revision.bulk_dialog import BulkDialog
from fichaat.gui.pages.revision.page import RevisionPage
from fichaat.gui.pages.revision.queue_list import CARD
from fichaat.gui.pages.revision.side_words import SideLine, side_of
from fichaat.gui.pages.ver_ficha.page import VerFichaPage
from fichaat.gui.widgets.dialogs import Question
from scripts.review_scenery import ReviewScenery
from scripts.scenery import PASSPHRASE
from tests.gui.test_every_page import SIZES, Eyes, doubled
from tests.support.contrast import faint
from tests.support.furnished import review
from tests.support.tab_walk import focus_trouble, walk
from tests.support.window import untidy

__all__ = ["doubled"]

_Key = Qt.Key
_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> ReviewScenery:
    """Made once; every test works on a copy."""
    return review(tmp_path_factory)


@pytest.fixture
def folder(furnished: ReviewScenery, tmp_path: Path) -> Path:
    (tmp_path / "clave.txt").write_text(PASSPHRASE, "utf-8")
    shutil.copytree(furnished.folder, tmp_path / "datos")
    return tmp_path / "datos"


def quiet(qtbot: QtBot, desktop: Desktop) -> None:
    qtbot.waitUntil(lambda: not desktop.runner.busy, timeout=20_000)
    qtbot.wait(1)
    qtbot.waitUntil(lambda: not desktop.runner.busy, timeout=20_000)


@pytest.fixture
def page(qtbot: QtBot, desktop: Desktop) -> RevisionPage:
    desktop.window.show()
    desktop.window.resize(1366, 768)
    desktop.window.activateWindow()
    qtbot.waitUntil(desktop.window.isActiveWindow)
    desktop.window.go(routes.Revision())
    quiet(qtbot, desktop)
    shown = desktop.window.page
    assert isinstance(shown, RevisionPage)
    return shown


def codigo(page: RevisionPage) -> str:
    return page.header._context.text().split()[1]


def told(desktop: Desktop) -> str:
    return desktop.window._messages.text


def _yes(page: RevisionPage) -> None:
    assert isinstance(page.dialog, Question)
    page.dialog.yes.click()


def verdicts(desktop: Desktop, codigo: str) -> list[tuple[Veredicto, str]]:
    assert desktop.session is not None
    with desktop.session.here.store.read() as reader:
        (row,) = reader.fichas_with_codigo(codigo)
        said = [item.record for item in reader.records_about([row.id])]
    found = [(item.sequence, item.content) for item in said if isinstance(item.content, Revision)]
    return [(content.veredicto, content.motivo) for _, content in sorted(found, key=lambda p: p[0])]


def test_the_correction_comes_first_with_what_it_changes(
    page: RevisionPage, furnished: ReviewScenery
) -> None:
    assert codigo(page) == furnished.corrected
    assert page.panel.list.hasFocus()
    assert page.detail.banner.text.startswith(
        "Versión 2: corrige 3 datos de la versión 1, que usted"
    )
    assert page.detail.parts.value == "cambios"
    assert page.detail.table.texts[0] == "Hora fin: antes 12:30; ahora 11:30"
    assert page.detail.table.texts[3].startswith("Lugar: sin cambio")
    assert page.side.history.counts.text().startswith("Si aprueba, Iguain ya cuenta")
    assert page.decision.plazo.text() == "27/11/2026"


def test_by_keyboard_the_next_one_comes_and_deshacer_brings_it_back(
    qtbot: QtBot, desktop: Desktop, page: RevisionPage, furnished: ReviewScenery
) -> None:
    QTest.keyClick(page.panel.list, _Key.Key_Return, _CTRL)
    quiet(qtbot, desktop)
    assert told(desktop) == "Aprobada: Iguain (Huanta)."
    assert codigo(page) == furnished.waiting[0]
    assert page.detail.parts.value == "ficha"
    desktop.window._messages._undo.click()
    quiet(qtbot, desktop)
    assert told(desktop).startswith("Deshecho. La ficha vuelve a Por revisar")
    assert codigo(page) == furnished.corrected
    assert verdicts(desktop, furnished.corrected)[1:] == [
        (Veredicto.APROBADA, ""),
        (Veredicto.RETIRADA, "Deshecho al momento"),
    ]


def test_arrows_move_from_wherever_the_focus_is(
    qtbot: QtBot, desktop: Desktop, page: RevisionPage, furnished: ReviewScenery
) -> None:
    page.decision.motive.setFocus()
    QTest.keyClick(page.decision.motive, _Key.Key_Down, _ALT)
    quiet(qtbot, desktop)
    assert codigo(page) == furnished.waiting[0]
    QTest.keyClick(page.decision.motive, _Key.Key_Up, _ALT)
    quiet(qtbot, desktop)
    assert codigo(page) == furnished.corrected
    page.decision.plazo.setFocus()
    QTest.keyClick(page.decision.plazo, _Key.Key_Down, _ALT)
    popup = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    assert codigo(page) == furnished.corrected
    if popup is not None:
        popup.close()
    page.panel.list.setFocus()
    QTest.keyClick(page.panel.list, _Key.Key_End)
    quiet(qtbot, desktop)
    assert codigo(page) == furnished.waiting[-1]


def test_an_observation_needs_a_reason(
    qtbot: QtBot, desktop: Desktop, page: RevisionPage, furnished: ReviewScenery
) -> None:
    page.decision._observe.click()
    assert page.dialog is None
    assert page.decision._motive.below.startswith("Escriba el motivo")
    assert page.decision.motive.hasFocus()
    QTest.keyClicks(page.decision.motive, "Falta la lista de asistencia")
    page.decision.plazo.setText("31/02")
    page.decision._observe.click()
    assert page.decision._plazo.below == "Escriba día, mes y año."
    page.decision.plazo.setText("30/11/2026")
    page.decision._observe.click()
    _yes(page)
    quiet(qtbot, desktop)
    assert verdicts(desktop, furnished.corrected)[-1] == (
        Veredicto.OBSERVADA,
        "Falta la lista de asistencia",
    )
    assert codigo(page) == furnished.waiting[0]
    assert page.decision.motive.text() == ""


def test_a_written_reason_keeps_the_page(
    qtbot: QtBot, desktop: Desktop, page: RevisionPage
) -> None:
    QTest.keyClicks(page.decision.motive, "Falta")
    assert not page.may_leave()
    desktop.window.go(routes.Inicio())
    assert desktop.window.page is page
    page.decision.motive.clear()
    page.decision.motive.textEdited.emit("")
    desktop.window.go(routes.Inicio())
    quiet(qtbot, desktop)
    assert desktop.window.page is not page


def test_what_was_approved_is_taken_back_with_a_reason(
    qtbot: QtBot, desktop: Desktop, page: RevisionPage, furnished: ReviewScenery
) -> None:
    page.panel.tab_chosen.emit("decididas")
    quiet(qtbot, desktop)
    assert codigo(page) == furnished.approved
    assert page.decision.main.isHidden()
    assert page.decision._retract.text() == "Retirar la aprobación…"
    QTest.keyClicks(page.decision.motive, "Era otra visita")
    page.decision._retract.click()
    _yes(page)
    quiet(qtbot, desktop)
    assert verdicts(desktop, furnished.approved)[-1] == (Veredicto.RETIRADA, "Era otra visita")
    assert told(desktop).startswith("Retirado: Iguain (Huanta)")


def test_several_at_once_but_those_taken_out(
    qtbot: QtBot, desktop: Desktop, page: RevisionPage, furnished: ReviewScenery
) -> None:
    page.panel.bulk.click()
    quiet(qtbot, desktop)
    asked = page.dialog
    assert isinstance(asked, BulkDialog)
    assert [line.target.codigo for line in asked.chosen] == list(furnished.waiting[:2])
    assert asked.yes.text() == "Aprobar 2 fichas"
    assert untidy(asked) == []
    asked.boxes[0].click()
    assert asked.yes.text() == "Aprobar 1 ficha"
    asked.yes.click()
    quiet(qtbot, desktop)
    assert verdicts(desktop, furnished.waiting[1]) == [(Veredicto.APROBADA, "")]
    assert verdicts(desktop, furnished.waiting[0]) == []


def test_filters_leave_what_is_asked_for(
    qtbot: QtBot, desktop: Desktop, page: RevisionPage, furnished: ReviewScenery
) -> None:
    page.panel.toggle.click()
    page.panel.boxes["provincia"].show_value("0502")
    page.panel.boxes["provincia"].chosen.emit("0502")
    quiet(qtbot, desktop)
    assert page.panel.list.cards.rowCount() == 1
    assert codigo(page) == furnished.waiting[2]
    QTest.keyClicks(page.panel.search, "nadie")
    qtbot.waitUntil(lambda: page.panel.list.cards.rowCount() == 0)
    page.panel._clear.click()
    quiet(qtbot, desktop)
    assert page.panel.list.cards.rowCount() == 5
    assert page.panel.search.text() == ""
    assert page.panel.boxes["provincia"].value == ""


def test_the_badge_counts_what_waits_and_a_ficha_leads_here(
    qtbot: QtBot, desktop: Desktop, page: RevisionPage, furnished: ReviewScenery
) -> None:
    del page
    entry = desktop.window._sidebar._entries["revision"]
    assert entry.button.accessibleName() == "Revisión, 5 por atender"
    desktop.window.go(routes.VerFicha(furnished.unsigned))
    quiet(qtbot, desktop)
    seen = desktop.window.page
    assert isinstance(seen, VerFichaPage)
    assert seen._review.isVisible()
    seen._review.trigger()
    quiet(qtbot, desktop)
    shown = desktop.window.page
    assert isinstance(shown, RevisionPage)
    assert codigo(shown) == furnished.unsigned
    checks = [line.name for line in _checks(desktop, furnished.unsigned)]
    assert checks[1] == "Firmas: 1 de 2"


def _checks(desktop: Desktop, codigo: str) -> list[SideLine]:
    assert desktop.session is not None
    view = desktop.session.read_review(codigo)
    return list(side_of(view, desktop.session.here.territorio).checks)


def test_a_long_place_takes_a_second_line_and_says_which_ficha_it_is(
    qtbot: QtBot, page: RevisionPage
) -> None:
    cards = page.panel.list
    places = [cards.cards.index(row) for row in range(cards.cards.rowCount())]
    short, long = (
        next(place for place in places if place.data(CARD).name.startswith(name))
        for name in ("Iguain", "Carmen Alto")
    )
    assert cards.visualRect(long).height() > cards.visualRect(short).height()
    card = long.data(CARD)
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert long.data(role) == f"{card.name}. {card.detail}. Ficha {card.codigo}"
    cards.resize(3 * cards.width(), cards.height())
    qtbot.waitUntil(
        lambda: cards.visualRect(long).height() == cards.visualRect(short).height(), timeout=5_000
    )


@pytest.mark.parametrize("size", SIZES)
def test_every_part_at_every_size(
    qtbot: QtBot, desktop: Desktop, page: RevisionPage, size: tuple[int, int]
) -> None:
    _demand_tidy(qtbot, desktop, page, size)
    small = size == SIZES[-1]
    eyes = Eyes()
    assert [*focus_trouble(page, in_sight=not small), *walk(page, eyes.look)] == []
    assert small or eyes.alike == []


@pytest.mark.usefixtures("doubled")
@pytest.mark.parametrize("size", SIZES[:2])
def test_every_part_with_letters_twice_as_large(
    qtbot: QtBot, desktop: Desktop, page: RevisionPage, size: tuple[int, int]
) -> None:
    _demand_tidy(qtbot, desktop, page, size)


def _demand_tidy(qtbot: QtBot, desktop: Desktop, page: RevisionPage, size: tuple[int, int]) -> None:
    desktop.window.resize(*size)
    quiet(qtbot, desktop)
    for part in ("cambios", "ficha", "papel"):
        page.presenter.detail.show_part(part)
        quiet(qtbot, desktop)
        assert (part, untidy(page), faint(page)) == (part, [], [])
    page.presenter.detail.show_part("cambios")
    page.panel.toggle.click()
    if page.panel.isHidden():
        page._list_button.click()
    quiet(qtbot, desktop)
    assert untidy(page) == []
    if not page._list_beside:
        assert page._list_button.text() == "Volver a la ficha"
        page._list_button.click()
    page.panel.toggle.click()


def test_one_that_no_tab_holds_stays_shown(
    qtbot: QtBot, desktop: Desktop, page: RevisionPage, furnished: ReviewScenery
) -> None:
    """The cards have the focus, and none of them is it."""
    desktop.window.go(routes.Revision(furnished.approved))
    quiet(qtbot, desktop)
    assert page.panel.list.hasFocus()
    assert codigo(page) == furnished.approved
    assert page.detail.banner.text == "Aprobada por la región"
    QTest.keyClick(page.panel.list, _Key.Key_Down, _ALT)
    quiet(qtbot, desktop)
    assert codigo(page) == furnished.corrected
