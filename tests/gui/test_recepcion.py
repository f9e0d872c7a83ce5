"""The inbox through real widgets: receive, approve, believe a region, answer, correct."""

import shutil
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fichaat.application.region.devices import Aprobacion
from fichaat.domain.lineage import Estado
from fichaat.gui import routes
from fichaat.gui.app import Desktop
from fichaat.gui.pages.ajustes.page import AjustesPage
from fichaat.gui.pages.ajustes.region_card import CreateDialog
from fichaat.gui.pages.equipos.deed_dialog import DeedDialog
from fichaat.gui.pages.equipos.page import EquiposPage
from fichaat.gui.pages.ficha.page import FichaPage
from fichaat.gui.pages.importar.page import ImportarPage
from fichaat.gui.pages.inicio.page import InicioPage
from fichaat.gui.pages.inicio.region_cards import ObservedCard
from fichaat.gui.pages.recepcion.page import RecepcionPage
from fichaat.gui.pages.ver_ficha.page import VerFichaPage
from fichaat.gui.widgets.words_dialog import WordsDialog
from scripts.region_scenery import KEY_PASSPHRASE, RegionScenery
from scripts.scenery import PASSPHRASE
from tests.support.furnished import region
from tests.support.program import CHEAP_KEYS

P = TypeVar("P", bound=QWidget)


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> RegionScenery:
    """Made once; every test works on a copy."""
    return region(tmp_path_factory)


@pytest.fixture
def who() -> str:
    """Whose computer it is."""
    return "folder"


@pytest.fixture
def folder(furnished: RegionScenery, tmp_path: Path, who: str) -> Path:
    (tmp_path / "clave.txt").write_text(PASSPHRASE, "utf-8")
    shutil.copytree(getattr(furnished, who), tmp_path / "datos")
    return tmp_path / "datos"


def quiet(qtbot: QtBot, desktop: Desktop) -> None:
    qtbot.waitUntil(lambda: not desktop.runner.busy, timeout=20_000)


def shown(qtbot: QtBot, desktop: Desktop, route: routes.Route, kind: type[P]) -> P:
    desktop.window.go(route)
    quiet(qtbot, desktop)
    page = desktop.window.page
    assert isinstance(page, kind)
    return page


def dialog(qtbot: QtBot, kind: type[P]) -> P:
    def found() -> P | None:
        return next((w for w in QApplication.topLevelWidgets() if isinstance(w, kind)), None)

    qtbot.waitUntil(lambda: found() is not None)
    made = found()
    assert made is not None
    return made


def pressable(within: QWidget, words: str) -> QPushButton:
    made = [b for b in within.findChildren(QPushButton) if b.text() == words and not b.isHidden()]
    assert made, [b.text() for b in within.findChildren(QPushButton)]
    return made[0]


def told(desktop: Desktop) -> str:
    return desktop.window._messages.text


def inbox(qtbot: QtBot, desktop: Desktop) -> RecepcionPage:
    desktop.window.show()
    return shown(qtbot, desktop, routes.Recepcion(), RecepcionPage)


def test_three_files_at_once_and_the_broken_one_stops_no_other(
    qtbot: QtBot, desktop: Desktop, furnished: RegionScenery
) -> None:
    assert desktop.session is not None
    page = inbox(qtbot, desktop)
    page.presenter.receive([furnished.arriving[0].parent])
    qtbot.waitUntil(lambda: isinstance(desktop.window.page, ImportarPage))
    quiet(qtbot, desktop)
    preview = desktop.window.page
    assert isinstance(preview, ImportarPage)
    states = [made.accessibleName().partition(": ")[2] for made in preview._files.buttons]
    assert sorted(states) == ["2 por importar", "No se puede importar", "Solicitud de aprobación"]
    assert preview.footer.act.text().startswith("Recibir todo: 2 paquetes")
    before = len(desktop.session.reception().entregas)
    preview.footer.act.click()
    quiet(qtbot, desktop)
    assert preview.footer.act.text() == "Ir a Recepción"
    found = desktop.session.reception()
    assert len(found.entregas) == before + 1
    names = {row.solicitud.nombre for row in found.por_aprobar if row.solicitud is not None}
    assert "Yesenia Rúa Mendívil" in names
    preview.footer.act.click()
    assert isinstance(desktop.window.page, RecepcionPage)


def test_a_device_is_approved_once_its_words_were_compared(
    qtbot: QtBot, desktop: Desktop, furnished: RegionScenery
) -> None:
    assert desktop.session is not None
    page = inbox(qtbot, desktop)
    pressable(page.devices, "Aprobar…").click()
    quiet(qtbot, desktop)
    asked = page.dialog
    assert asked is not None
    assert asked.words.words == tuple(
        next(r.palabras for r in desktop.session.devices() if r.device == furnished.waiting)
    )
    assert (asked.rol.value, asked.provincia.value) == ("provincial", "0504")
    asked.yes.click()
    assert asked.error.text == "Compare primero las palabras con esa persona."
    asked.heard.setChecked(True)
    asked.yes.click()  # no key yet
    asked.key.take(furnished.llave)
    asked.key.passphrase.setText("otra frase")
    asked.yes.click()
    quiet(qtbot, desktop)
    assert asked.error.text == "La frase de la llave de la región no es correcta."
    asked.key.passphrase.setText(KEY_PASSPHRASE)
    asked.yes.click()
    quiet(qtbot, desktop)
    assert told(desktop) == "Aprobado: Wilder Quispe Cconislla. Para que lo sepa, respóndale."
    row = next(r for r in desktop.session.devices() if r.device == furnished.waiting)
    assert row.aprobacion is Aprobacion.APROBADO
    assert row.grant is not None
    assert (row.grant.ambito, row.grant.hasta.year) == ("0504", 2029)
    assert page.dialog is None
    qtbot.waitUntil(lambda: not page.devices.findChildren(QPushButton))


def test_enter_in_the_last_line_approves_and_what_is_wrong_is_in_sight(
    qtbot: QtBot, desktop: Desktop, furnished: RegionScenery
) -> None:
    assert desktop.session is not None
    page = inbox(qtbot, desktop)
    pressable(page.devices, "Aprobar…").click()
    quiet(qtbot, desktop)
    asked = page.dialog
    assert asked is not None
    asked.key.take(furnished.llave)
    asked.key.passphrase.setFocus()
    QTest.keyClick(asked.key.passphrase, Qt.Key.Key_Return)
    assert asked.error.text == "Compare primero las palabras con esa persona."
    foot = asked.error.mapTo(asked, asked.error.rect().bottomLeft()).y()
    assert asked.error.isVisible()
    assert foot <= asked.yes.mapTo(asked, asked.yes.rect().topLeft()).y()
    asked.heard.setChecked(True)
    asked.key.passphrase.setText(KEY_PASSPHRASE)
    QTest.keyClick(asked.key.passphrase, Qt.Key.Key_Return)
    quiet(qtbot, desktop)
    row = next(r for r in desktop.session.devices() if r.device == furnished.waiting)
    assert row.aprobacion is Aprobacion.APROBADO


def test_the_focus_goes_on_to_what_comes_after_receiving(
    qtbot: QtBot, desktop: Desktop, furnished: RegionScenery
) -> None:
    desktop.window.show()
    preview = shown(qtbot, desktop, routes.ImportarPaquetes(furnished.arriving), ImportarPage)
    preview.footer.act.setFocus()
    preview.footer.act.click()
    quiet(qtbot, desktop)
    assert preview.footer.act.text() == "Ir a Recepción"
    assert desktop.window.focusWidget() is preview.footer.act


def test_tab_reaches_all_answers_after_each_of_them(qtbot: QtBot, desktop: Desktop) -> None:
    page = inbox(qtbot, desktop)
    each = pressable(page.answers, "Responder…")
    found: QWidget | None = each.nextInFocusChain()
    while found is not None and not isinstance(found, QPushButton):
        found = found.nextInFocusChain()
    assert found is page.answers.all


def test_a_ficha_in_quarantine_is_not_said_to_have_two_copies(
    qtbot: QtBot, desktop: Desktop
) -> None:
    assert desktop.session is not None
    codigo = desktop.session.reception().cuarentena[0].row.codigo
    page = shown(qtbot, desktop, routes.VerFicha(codigo), VerFichaPage)
    assert page.banner.text.startswith("En cuarentena: se conserva, pero no cuenta.")


def test_all_who_wait_are_answered(
    qtbot: QtBot, desktop: Desktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desktop.session is not None
    page = inbox(qtbot, desktop)
    assert page.answers.all.isVisible()
    out = tmp_path / "respuestas"
    out.mkdir()
    monkeypatch.setattr(page, "ask_answer_folder", lambda _start, on_chosen: on_chosen(out))
    page.answers.all.click()
    quiet(qtbot, desktop)
    assert told(desktop).startswith("Quedó una respuesta en «respuestas».")
    assert [path.name[:26] for path in out.iterdir()] == ["respuesta-marleni-ccorahua"]
    quiet(qtbot, desktop)
    assert not page.answers.all.isVisible()
    assert desktop.session.reception().por_responder == ()


def test_one_of_two_copies_is_chosen(
    qtbot: QtBot, desktop: Desktop, furnished: RegionScenery
) -> None:
    assert desktop.session is not None
    page = inbox(qtbot, desktop)
    pressable(page.clashes, "Elegir esta").click()
    question = next(w for w in QApplication.topLevelWidgets() if w.isVisible() and w.isModal())
    pressable(question, "Elegir esta").click()
    quiet(qtbot, desktop)
    assert told(desktop).startswith("Elegida.")
    seen = desktop.session.read_sealed(furnished.disputed)
    assert seen.lineage.estado is Estado.SELLADA


def test_two_visits_that_looked_like_one_leave_the_list_and_its_count(
    qtbot: QtBot, desktop: Desktop
) -> None:
    assert desktop.session is not None
    page = inbox(qtbot, desktop)
    assert page.twice._note.text() == "1"
    pressable(page.twice, "Dejar de lado").click()
    quiet(qtbot, desktop)
    assert desktop.session.reception().duplicados == ()
    assert page.twice._note.isHidden()
    pressable(page.twice, "Ver lo que dejó de lado").click()
    assert page.twice._note.isHidden()
    pressable(page.twice, "Volver a la lista").click()
    quiet(qtbot, desktop)
    assert page.twice._note.text() == "1"
    assert not page.twice.aside.isVisible()


def test_what_misses_is_asked_for_with_a_text(qtbot: QtBot, desktop: Desktop) -> None:
    page = inbox(qtbot, desktop)
    pressable(page.gaps, "Pedir lo que falta").click()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Del equipo ")
    assert "(Edwin Janampa Lagos) faltan aquí los registros 1 a 2." in text


def test_what_a_stolen_laptop_sealed_stands_apart(qtbot: QtBot, desktop: Desktop) -> None:
    page = inbox(qtbot, desktop)
    words = " ".join(label.text() for label in page.apart.findChildren(type(page.apart._note)))
    assert "Equipo revocado" in words
    assert "Edwin Janampa Lagos" in words


def test_a_device_is_revoked_with_its_reason(
    qtbot: QtBot, desktop: Desktop, furnished: RegionScenery
) -> None:
    assert desktop.session is not None
    desktop.window.show()
    page = shown(qtbot, desktop, routes.Equipos(), EquiposPage)
    page.presenter.ask("revoke", furnished.waiting)
    asked = page.dialog
    assert isinstance(asked, DeedDialog)
    asked.key.take(furnished.llave)
    asked.key.passphrase.setText(KEY_PASSPHRASE)
    asked.yes.click()
    assert desktop.session.devices.find(furnished.waiting[:8]) == furnished.waiting
    assert not desktop.runner.busy  # a reason is missing
    asked.reason.setPlainText("Nadie conoce a esa persona.")
    asked.yes.click()
    quiet(qtbot, desktop)
    row = next(r for r in desktop.session.devices() if r.device == furnished.waiting)
    assert row.aprobacion is Aprobacion.REVOCADO


def test_a_folder_that_is_dropped_is_previewed(
    qtbot: QtBot, desktop: Desktop, furnished: RegionScenery
) -> None:
    desktop.window.show()
    desktop.window._on_dropped([furnished.arriving[0].parent])
    quiet(qtbot, desktop)
    page = desktop.window.page
    assert isinstance(page, ImportarPage)
    assert len(page._files.buttons) == 3
    desktop.window._on_dropped([furnished.clave])
    quiet(qtbot, desktop)
    assert told(desktop).startswith("«clave.txt»")


def test_the_badge_counts_what_waits(qtbot: QtBot, desktop: Desktop) -> None:
    quiet(qtbot, desktop)
    entry = desktop.window._sidebar._entries["recepcion"]
    assert entry.button.accessibleName() == "Recepción, 3 por atender"
    desktop.window.show()
    desktop.window.activateWindow()
    qtbot.waitUntil(desktop.window.isActiveWindow)
    QTest.keyClick(desktop.window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(desktop.window.page, RecepcionPage)


class TestSpecialist:
    @pytest.fixture
    def who(self) -> str:
        return "specialist"

    def test_an_observed_ficha_is_corrected_in_one_step(
        self, qtbot: QtBot, desktop: Desktop, furnished: RegionScenery
    ) -> None:
        assert desktop.session is not None
        desktop.window.show()
        page = shown(qtbot, desktop, routes.Inicio(), InicioPage)
        assert page.region.text == "Este equipo está aprobado hasta el 02/11/2029."
        (card,) = page.observed.findChildren(ObservedCard)
        card.correct.click()
        quiet(qtbot, desktop)
        assert isinstance(desktop.window.page, FichaPage)
        draft = desktop.session.queries.ficha(furnished.observed).draft
        assert draft is not None
        assert draft.supersedes is not None
        assert draft.supersedes.reason.startswith("La hora de término no coincide")
        page = shown(qtbot, desktop, routes.Inicio(), InicioPage)
        (card,) = page.observed.findChildren(ObservedCard)
        assert card.correct.text() == "Seguir la corrección"

    def test_reception_is_no_place_of_a_specialist(self, desktop: Desktop) -> None:
        assert not desktop.window._sidebar._entries["recepcion"].isVisibleTo(desktop.window)


class TestNewcomer:
    """Somebody whose device was approved, and who has not compared the words yet."""

    @pytest.fixture
    def folder(self, tmp_path: Path, furnished: RegionScenery) -> Path:
        (tmp_path / "clave.txt").write_text(PASSPHRASE, "utf-8")
        shutil.copytree(furnished.folder.parent / "wilder", tmp_path / "datos")
        return tmp_path / "datos"

    @pytest.fixture
    def answer(self, furnished: RegionScenery) -> Path:
        """What the region sent to somebody of the same region, plain."""
        return next((furnished.folder.parent / "marleni-usb-11-19-18").glob("*.fichaat"))

    def imported(self, qtbot: QtBot, desktop: Desktop, answer: Path) -> None:
        desktop.window.show()
        page = shown(qtbot, desktop, routes.ImportarPaquetes((answer,)), ImportarPage)
        page.footer.act.click()
        quiet(qtbot, desktop)

    def test_nothing_is_believed_before_the_words_are_compared(
        self, qtbot: QtBot, desktop: Desktop, answer: Path
    ) -> None:
        assert desktop.session is not None
        self.imported(qtbot, desktop, answer)
        asked = dialog(qtbot, WordsDialog)
        assert desktop.session.read_region().root is None
        asked.no.click()
        quiet(qtbot, desktop)
        assert told(desktop).startswith("No se aceptó la llave.")
        assert desktop.session.read_region().root is None

    def test_the_same_words_make_the_region_believed(
        self, qtbot: QtBot, desktop: Desktop, answer: Path
    ) -> None:
        assert desktop.session is not None
        self.imported(qtbot, desktop, answer)
        asked = dialog(qtbot, WordsDialog)
        asked.yes.click()
        quiet(qtbot, desktop)
        root = desktop.session.read_region().root
        assert root is not None
        assert asked.words.words == root.palabras


class TestFirstCoordinator:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        from fichaat.bootstrap import Program
        from fichaat.system.settings import Settings
        from scripts.region_scenery import GLADIS

        (tmp_path / "clave.txt").write_text(PASSPHRASE, "utf-8")
        program = Program(Settings())
        program.keys = CHEAP_KEYS
        program.create(tmp_path / "datos", GLADIS, PASSPHRASE)
        program.close()
        return tmp_path / "datos"

    def test_the_region_is_made_in_the_window(
        self, qtbot: QtBot, desktop: Desktop, tmp_path: Path
    ) -> None:
        assert desktop.session is not None
        desktop.window.show()
        page = inbox(qtbot, desktop)
        assert page.banner.isVisible()
        settings = shown(qtbot, desktop, routes.Ajustes(), AjustesPage)
        settings.region.create_button.click()
        asked = settings.region.dialog
        assert isinstance(asked, CreateDialog)
        asked.yes.click()  # no file yet
        asked.take(tmp_path / "region.llave")
        asked.fields.first.setText(KEY_PASSPHRASE)
        asked.fields.second.setText(KEY_PASSPHRASE)
        asked.yes.click()
        quiet(qtbot, desktop)
        assert (tmp_path / "region.llave").is_file()
        assert settings.region.result.text.startswith("La llave quedó en «region.llave».")
        assert desktop.session.read_region().aprobacion is Aprobacion.APROBADO
        assert not settings.region.create_button.isVisible()
