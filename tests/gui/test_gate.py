"""The entrance of the real window: first start, passphrase, recovery, lock."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCompleter,
    QDialog,
    QFileDialog,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from fichaat.application.profiles import NewProfile
from fichaat.application.wanted import KnownFolder, WindowWanted
from fichaat.bootstrap import Program
from fichaat.domain.errors import UserFacingError
from fichaat.domain.rol import Rol
from fichaat.gui import routes
from fichaat.gui.app import Desktop
from fichaat.gui.gate.first_start_panel import FirstStartPanel
from fichaat.gui.gate.gate import Panel
from fichaat.gui.gate.panels import UnlockPanel
from fichaat.gui.gate.pick_box import PickBox
from fichaat.gui.gate.recover_panel import RecoverPanel
from fichaat.gui.gate.region_recover_panel import RegionRecoverPanel
from fichaat.gui.gate.short_panels import ChooserPanel, TroublePanel
from fichaat.gui.gate.words_panel import WordsPanel
from fichaat.gui.printing import PrintDialog, page_count
from fichaat.gui.theme.theme import theme
from fichaat.gui.widgets.dialogs import Question, ask
from fichaat.system.settings import Settings
from tests.gui.conftest import PASSPHRASE
from tests.support.program import CHEAP_KEYS, CHEAP_REGION_KEYS
from tests.support.window import untidy

P = TypeVar("P", bound=QWidget)
FRASE = "cuatro palabras nada comunes"
COORDINATOR = NewProfile(
    Rol.COORDINADOR, "05", None, "Rosa Huamán", "Coordinadora", "Gobierno Regional (ficticio)"
)
Start = Callable[..., Desktop]


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Start]:
    """Starts the program as a person would, without a passphrase file unless one is named."""
    running: list[tuple[Desktop, Program]] = []

    def begin(
        datos: Path | None = None,
        clave: Path | None = None,
        spoil: Callable[[Program], None] = lambda _: None,
    ) -> Desktop:
        program = Program(
            Settings(
                None if datos is None else str(datos),
                None if clave is None else str(clave),
                "2026-11-20T10:32:00-05:00",
            )
        )
        program.keys = CHEAP_KEYS
        spoil(program)
        desktop = Desktop(program, WindowWanted())
        qtbot.addWidget(desktop.window)
        running.append((desktop, program))
        desktop.start()
        return desktop

    yield begin
    for desktop, program in running:
        desktop.close()
        program.close()


def panel(desktop: Desktop, kind: type[P]) -> P:
    gate = desktop.window.gate
    assert gate is not None
    assert isinstance(gate.panel, kind), gate.panel
    return gate.panel


def shown(qtbot: QtBot, desktop: Desktop, kind: type[P]) -> P:
    def arrived() -> None:
        panel(desktop, kind)

    qtbot.waitUntil(arrived)
    return panel(desktop, kind)


def write(text: str) -> None:
    """Type into whatever has the focus; `QTest.keyClicks` ends the process at «ñ»."""
    for char in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, char)
            QApplication.sendEvent(focus(), key)


def press(key: Qt.Key) -> None:
    QTest.keyClick(focus(), key)


def wake(qtbot: QtBot, desktop: Desktop) -> None:
    desktop.window.activateWindow()
    qtbot.waitUntil(desktop.window.isActiveWindow)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_first_start_by_keyboard(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    desktop = start(tmp_path / "datos")
    first = panel(desktop, FirstStartPanel)
    wake(qtbot, desktop)
    write("Marleni Ñahui Ccorahua")
    press(Qt.Key.Key_Return)
    write("Especialista en articulación")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(first._region._options))
    write("aya")
    press(Qt.Key.Key_Tab)
    assert first._entidad.text() == "Gobierno Regional de Ayacucho"
    first._entidad.setFocus()
    press(Qt.Key.Key_Return)
    write(FRASE)
    press(Qt.Key.Key_Return)
    write(FRASE)
    press(Qt.Key.Key_Return)
    words = shown(qtbot, desktop, WordsPanel)
    assert len(words.presenter.words) == 12
    assert not words.begin_button.isEnabled()
    wake(qtbot, desktop)  # the list of regions took the focus of this screenless platform
    words.kept.setFocus()
    press(Qt.Key.Key_Space)
    words.begin_button.click()
    qtbot.waitUntil(lambda: desktop.window.page is not None)
    session = desktop.session
    assert session is not None
    assert session.here.profile.nombre == "Marleni Ñahui Ccorahua"
    assert session.here.profile.entidad == "Gobierno Regional de Ayacucho"


def make_profile(qtbot: QtBot, desktop: Desktop) -> WordsPanel:
    first = panel(desktop, FirstStartPanel)
    qtbot.waitUntil(lambda: bool(first._region._options))
    for name, text in (("nombre", "Yolanda"), ("cargo", "Especialista")):
        box = first._fields[name].control
        assert isinstance(box, QLineEdit)
        box.setText(text)
    first.go_button.click()
    first._region.setText("Áncash")
    first._region._take_first()
    first.go_button.click()
    first._new.first.setText(FRASE)
    first._new.second.setText(FRASE)
    first.go_button.click()
    return shown(qtbot, desktop, WordsPanel)


def test_the_words_are_not_lost_by_closing_the_window(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    desktop = start(tmp_path / "datos")
    words = make_profile(qtbot, desktop)
    desktop.window.close()
    assert desktop.window.isVisible()
    question = words.findChild(Question)
    assert question is not None
    question.no.click()
    assert desktop.window.isVisible()
    desktop.window.close()
    question = words.findChildren(Question)[-1]
    question.yes.click()
    assert not desktop.window.isVisible()


def test_the_window_waits_while_the_profile_is_made(start: Start, tmp_path: Path) -> None:
    desktop = start(tmp_path / "datos")
    first = panel(desktop, FirstStartPanel)
    first.set_busy(busy=True)
    desktop.window.close()
    assert desktop.window.isVisible()
    first.set_busy(busy=False)
    desktop.window.close()
    assert not desktop.window.isVisible()


def test_the_words_stay_when_the_sheet_cannot_be_saved(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    desktop = start(tmp_path / "datos")
    words = make_profile(qtbot, desktop)
    words.presenter.save_sheet(tmp_path / "falta" / "hoja.pdf")
    qtbot.waitUntil(words.trouble.isVisible)
    assert panel(desktop, WordsPanel) is words
    words.save_button.click()
    dialog = words.findChild(QFileDialog)
    assert dialog is not None
    sheet = tmp_path / "hoja.pdf"
    dialog.fileSelected.emit(str(sheet))
    dialog.reject()
    qtbot.waitUntil(sheet.exists)
    qtbot.waitUntil(words._saved.isVisible)
    assert sheet.read_bytes().startswith(b"%PDF")
    assert sheet.stat().st_mode & 0o077 == 0
    assert not words.trouble.isVisible()


def test_the_sheet_is_printed_without_being_saved(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    words = make_profile(qtbot, start(tmp_path / "datos"))
    words.print_button.click()
    qtbot.waitUntil(lambda: bool(words.findChildren(PrintDialog)))
    (dialog,) = words.findChildren(PrintDialog)
    assert page_count(dialog._papers[0].pdf) == 1
    dialog.reject()


def test_practice_is_a_profile_apart_with_fichas_to_try(
    qtbot: QtBot, start: Start, account: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fichaat.gui.app.SAMPLES", 3)
    desktop = start()
    panel(desktop, FirstStartPanel)
    desktop._keeper.entrance.practise()
    first = panel(desktop, FirstStartPanel)
    first._new.first.setText(FRASE)
    first._new.second.setText(FRASE)
    first.go_button.click()
    words = shown(qtbot, desktop, WordsPanel)
    words.kept.click()
    words.begin_button.click()
    qtbot.waitUntil(lambda: desktop.window.page is not None)
    session = desktop.session
    assert session is not None
    assert session.here.profile.practice
    assert session.folder.name == "fichaat-practica"
    assert "PRÁCTICA" in desktop.window.windowTitle()
    qtbot.waitUntil(lambda: "3 fichas ficticias" in desktop.window._messages.text, timeout=20_000)


def test_a_wrong_passphrase_is_told_and_the_right_one_opens(
    qtbot: QtBot, start: Start, folder: Path
) -> None:
    desktop = start(folder)
    unlock = panel(desktop, UnlockPanel)
    unlock.box.setText("no es esta")
    unlock.open_button.click()
    assert not unlock.box.isEnabled()
    qtbot.waitUntil(unlock.box.isEnabled)
    assert "no coincide" in unlock._field.below
    assert unlock.box.text() == "no es esta"
    unlock.box.setText(PASSPHRASE)
    unlock.open_button.click()
    qtbot.waitUntil(lambda: desktop.window.page is not None)


def test_a_wrong_passphrase_file_shows_the_screen_that_asks(
    qtbot: QtBot, start: Start, folder: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "otra.txt"
    wrong.write_text("no es esta")
    unlock = shown(qtbot, start(folder, wrong), UnlockPanel)
    qtbot.waitUntil(lambda: "no coincide" in unlock._field.below)
    unlock = shown(qtbot, start(folder, tmp_path / "falta.txt"), UnlockPanel)
    assert "No existe el archivo" in unlock.trouble.text


def test_a_folder_in_use_is_told_and_tried_again(qtbot: QtBot, start: Start, folder: Path) -> None:
    desktop = start(folder)
    unlock = panel(desktop, UnlockPanel)
    other = Program(Settings())
    with other.open(folder, PASSPHRASE):
        unlock.box.setText(PASSPHRASE)
        unlock.open_button.click()
        qtbot.waitUntil(unlock.trouble.isVisible)
        assert "El programa ya usa esta carpeta" in unlock.trouble.text
    retry = unlock.trouble.action
    assert retry is not None
    qtbot.waitUntil(retry.isEnabled)
    retry.click()
    qtbot.waitUntil(lambda: desktop.window.page is not None)


@pytest.mark.parametrize(
    "code", ["storage.read_only", "storage.corrupt", "storage.newer_schema", "storage.io"]
)
def test_a_folder_that_does_not_open_is_a_sentence(
    qtbot: QtBot, start: Start, folder: Path, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise UserFacingError(code)

    monkeypatch.setattr(Program, "unlock", refuse)
    unlock = panel(start(folder), UnlockPanel)
    unlock.box.setText(PASSPHRASE)
    unlock.open_button.click()
    qtbot.waitUntil(unlock.trouble.isVisible)
    assert unlock.box.text() == PASSPHRASE


def test_half_a_profile_is_told_at_once(qtbot: QtBot, start: Start, folder: Path) -> None:
    (folder / "ranuras.json").rename(folder / "otro.json")
    desktop = start(folder)
    shown(qtbot, desktop, TroublePanel)
    (folder / "otro.json").rename(folder / "ranuras.json")
    desktop._keeper.entrance.begin()
    panel(desktop, UnlockPanel)


def test_the_twelve_words_open_and_change_the_passphrase(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    made = Program(Settings())
    made.keys = CHEAP_KEYS
    from tests.gui.conftest import PERSON

    words = made.create(tmp_path / "datos", PERSON, PASSPHRASE)
    desktop = start(tmp_path / "datos")
    desktop._keeper.entrance.forgotten(KnownFolder(tmp_path / "datos", "otra"))
    recover = panel(desktop, RecoverPanel)
    recover._code.setPlainText(" ".join(words).upper())
    recover.fields.first.setText(FRASE)
    recover.fields.second.setText(FRASE)
    recover.go_button.click()
    qtbot.waitUntil(lambda: desktop.window.page is not None)
    assert desktop.session is not None
    desktop.session.check_passphrase(FRASE)
    with pytest.raises(UserFacingError, match=r"storage\.wrong_passphrase"):
        desktop.session.check_passphrase(PASSPHRASE)


def test_the_region_helps_who_has_no_words(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    folder, llave = tmp_path / "datos", tmp_path / "region.llave"
    made = Program(Settings())
    made.keys, made.region_keys = CHEAP_KEYS, CHEAP_REGION_KEYS
    made.create(folder, COORDINATOR, PASSPHRASE)
    with made.open(folder, PASSPHRASE) as session:
        key, _ = session.create_region(llave, PASSPHRASE)
        assert session.keep_region_slot()
    desktop = start(folder)
    desktop._keeper.entrance.forgotten(KnownFolder(folder, "otra"))
    panel(desktop, RecoverPanel).region_button.click()
    recover = panel(desktop, RegionRecoverPanel)
    recover._back.click()
    panel(desktop, RecoverPanel).region_button.click()
    recover = panel(desktop, RegionRecoverPanel)
    recover._presenter.save_request(tmp_path / "pedido.json")
    qtbot.waitUntil(recover.saved.isVisible)
    answer = made.answer_recovery((tmp_path / "pedido.json").read_bytes(), key)
    assert recover.words.text() == " · ".join(answer.palabras)
    (tmp_path / "respuesta.json").write_bytes(answer.data)
    recover._presenter.choose_answer(tmp_path / "respuesta.json")
    qtbot.waitUntil(recover._name.isVisible)
    recover.code.setPlainText("palabras que no son")
    recover.fields.first.setText(FRASE)
    recover.fields.second.setText(FRASE)
    recover.go_button.click()
    qtbot.waitUntil(recover.go_button.isEnabled)
    recover.code.setPlainText(" ".join(answer.codigo))
    recover.go_button.click()
    qtbot.waitUntil(lambda: desktop.window.page is not None)
    assert desktop.session is not None
    desktop.session.check_passphrase(FRASE)


def test_several_profiles_are_chosen_from_the_last_one_first(
    qtbot: QtBot, start: Start, account: Path
) -> None:
    program = Program(Settings())
    program.keys = CHEAP_KEYS
    from tests.gui.conftest import PERSON

    for path in (program.folder(None), program.practice_folder(None)):
        program.create(path, PERSON, PASSPHRASE)
    desktop = start()
    chooser = panel(desktop, ChooserPanel)
    assert len(chooser._rows) == 2
    chooser._rows[1].button.click()
    unlock = panel(desktop, UnlockPanel)
    unlock.box.setText(PASSPHRASE)
    unlock.open_button.click()
    qtbot.waitUntil(lambda: desktop.window.page is not None)
    qtbot.waitUntil(lambda: not desktop.runner.busy)
    again = start()
    practice = program.practice_folder(None)
    assert panel(again, ChooserPanel)._rows[0].button.accessibleName().count(str(practice)) == 1


class TestLock:
    def unlock(self, qtbot: QtBot, desktop: Desktop) -> None:
        unlock = panel(desktop, UnlockPanel)
        unlock.box.setText(PASSPHRASE)
        unlock.open_button.click()
        qtbot.waitUntil(lambda: desktop.window.gate is None)

    def test_the_page_and_what_is_typed_in_it_come_back(
        self, qtbot: QtBot, desktop: Desktop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        desktop.window.go(routes.Ajustes())
        page = desktop.window.page
        assert page is not None
        left: list[object] = []
        monkeypatch.setattr(page, "leave", lambda: left.append(page))
        box = QLineEdit(page)
        box.setText("lo que escribía")
        box.show()
        wake(qtbot, desktop)
        box.setFocus()
        desktop.lock()
        assert desktop.locked
        assert left == [page]
        assert not page.isVisible()
        unlock = panel(desktop, UnlockPanel)
        unlock.box.setText("no es esta")
        unlock.open_button.click()
        qtbot.waitUntil(unlock.box.isEnabled)
        assert desktop.locked
        self.unlock(qtbot, desktop)
        assert desktop.window.page is page
        assert box.text() == "lo que escribía"
        assert desktop.window.focusWidget() is box

    def test_keys_of_the_frame_do_nothing_behind_the_gate(
        self, qtbot: QtBot, desktop: Desktop
    ) -> None:
        page = desktop.window.page
        QTest.keyClick(desktop.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert desktop.locked
        QTest.keyClick(desktop.window, Qt.Key.Key_F1)
        assert desktop.window.page is page
        desktop.lock()
        self.unlock(qtbot, desktop)

    def test_an_open_question_hides_and_comes_back(self, qtbot: QtBot, desktop: Desktop) -> None:
        answers: list[str] = []
        question: QDialog = ask(
            desktop.window, "¿Anular?", "Se conserva.", "Anular", lambda: answers.append("sí")
        )
        desktop.lock()
        assert not question.isVisible()
        self.unlock(qtbot, desktop)
        assert question.isVisible()
        question.accept()
        assert answers == []

    def test_nobody_there_locks_and_a_key_starts_the_minutes_anew(
        self, qtbot: QtBot, desktop: Desktop
    ) -> None:
        idle = desktop._idle
        assert idle.minutes == 10
        handle = desktop.window.windowHandle()
        assert handle is not None
        handle.installEventFilter(idle)
        desktop.set_idle_minutes(5)
        idle._timer.stop()
        QApplication.sendEvent(handle, QEvent(QEvent.Type.UpdateRequest))
        assert not idle._timer.isActive()
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
        QApplication.sendEvent(handle, key)
        assert idle._timer.isActive()
        idle._timer.timeout.emit()
        assert desktop.locked
        self.unlock(qtbot, desktop)
        desktop.set_idle_minutes(0)
        assert idle.minutes == 0
        idle.restart()
        assert not idle._timer.isActive()

    def test_the_words_unlock_too(
        self, qtbot: QtBot, desktop: Desktop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []
        session = desktop.session
        assert session is not None
        monkeypatch.setattr(session, "recover", lambda code, new: asked.append(code))
        desktop.lock()
        panel(desktop, UnlockPanel)._links[0].click()
        recover = panel(desktop, RecoverPanel)
        recover._back.click()
        panel(desktop, UnlockPanel)._links[0].click()
        recover = panel(desktop, RecoverPanel)
        recover._code.setPlainText("las doce")
        recover.fields.first.setText(FRASE)
        recover.fields.second.setText(FRASE)
        recover.go_button.click()
        qtbot.waitUntil(lambda: desktop.window.gate is None)
        assert asked == ["las doce"]

    def test_the_region_is_asked_behind_the_lock_too(
        self, qtbot: QtBot, desktop: Desktop, tmp_path: Path
    ) -> None:
        desktop.lock()
        panel(desktop, UnlockPanel)._links[0].click()
        panel(desktop, RecoverPanel).region_button.click()
        recover = panel(desktop, RegionRecoverPanel)
        recover._presenter.save_request(tmp_path / "pedido.json")
        qtbot.waitUntil(recover.trouble.isVisible)
        assert not (tmp_path / "pedido.json").exists()
        recover._back.click()
        panel(desktop, RecoverPanel)

    def test_bundles_of_a_second_start_wait_behind_the_gate(
        self, qtbot: QtBot, desktop: Desktop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        went: list[object] = []
        monkeypatch.setattr(desktop.window, "go", went.append)
        desktop.lock()
        desktop.receive((Path("/a.fichaat"),))
        assert went == []
        self.unlock(qtbot, desktop)
        assert went == [routes.ImportarPaquetes((Path("/a.fichaat"),))]
        desktop.receive((Path("/b.fichaat"),))
        assert went[1:] == [routes.ImportarPaquetes((Path("/b.fichaat"),))]


def test_a_list_told_of_too_late_leaves_the_focus_where_it_went(qtbot: QtBot) -> None:
    card = QWidget()
    box, after = PickBox("Región"), QLineEdit()
    column = QVBoxLayout(card)
    column.addWidget(box)
    column.addWidget(after)
    qtbot.addWidget(card)
    box.set_options([("05", "Ayacucho")])
    card.show()
    qtbot.waitUntil(card.isActiveWindow)
    box.setFocus()
    write("aya")
    press(Qt.Key.Key_Return)
    after.setFocus()
    # What Qt does when the system makes the list the active window, after it was hidden.
    found = box.findChild(QCompleter)
    assert found is not None
    popup = found.popup()
    assert popup is not None
    popup.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
    assert card.focusWidget() is after


def test_a_region_is_found_by_a_part_of_its_name(qtbot: QtBot) -> None:
    box = PickBox("Región")
    qtbot.addWidget(box)
    box.set_options([("02", "Áncash"), ("05", "Ayacucho"), ("13", "La Libertad")])
    picked: list[str] = []
    box.picked.connect(picked.append)
    assert [value for value, _ in box.found("A")] == ["02", "05", "13"]
    box.setText("liber")
    box._on_edited("liber")
    assert box.value == ""
    box._take_first()
    assert (box.value, box.text()) == ("13", "La Libertad")
    box.setText("ancash")
    box._on_edited("ancash")
    assert box.value == "02"
    box.setText("zzz")
    box._on_edited("zzz")
    box._take_first()
    assert (box.value, box.text()) == ("", "zzz")
    box.set_options([])
    assert picked == ["13", "02", ""]


SIZES = [(1366, 768), (1093, 545), (683, 384)]


@pytest.mark.parametrize(("size", "dark"), [(SIZES[0], True), *((size, False) for size in SIZES)])
def test_every_screen_of_the_gate_is_whole(
    qtbot: QtBot, start: Start, tmp_path: Path, size: tuple[int, int], *, dark: bool
) -> None:
    desktop = start(tmp_path / "datos")
    theme().use(dark=dark)
    desktop.window.resize(*size)

    def whole(gate_panel: Panel) -> None:
        QApplication.processEvents()
        gate = desktop.window.gate
        assert gate is not None
        assert gate.panel is gate_panel
        assert untidy(gate) == []

    try:
        first = panel(desktop, FirstStartPanel)
        for step in (1, 2, 3):
            first.show_step(step)
            first.show_provincias([("0504", "Huanta")])
            first.show_error("nombre", "Escriba sus nombres y apellidos.")
            whole(first)
        whole(make_profile(qtbot, desktop))
        keeper = desktop._keeper
        folder = KnownFolder(tmp_path / "datos", "otra", "2026-11-20")
        keeper.show_chooser([folder, KnownFolder(tmp_path, "practica")])
        whole(panel(desktop, ChooserPanel))
        keeper.show_recover(folder)
        whole(panel(desktop, RecoverPanel))
        keeper._show_region_recover(folder)
        region = panel(desktop, RegionRecoverPanel)
        region.show_request("El pedido quedó en «pedido.json».", " · ".join(["ábaco"] * 8))
        region.show_answer("respuesta-de-la-region-con-nombre-largo.json")
        region.show_answer_error("La respuesta es para otros datos o para un pedido anterior.")
        whole(region)
        keeper.show_trouble("No se pudo leer o guardar en la carpeta de datos.")
        whole(panel(desktop, TroublePanel))
        keeper.show_unlock(folder, others=True)
        unlock = panel(desktop, UnlockPanel)
        unlock.show_trouble("Otra ventana del programa ya usa esta carpeta de datos.")
        unlock.show_error("La frase de acceso no coincide.")
        whole(unlock)
    finally:
        theme().use(dark=False)
