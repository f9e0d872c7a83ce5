"""The page of a ficha in the real window, used as a person uses it."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any, cast

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from fichaat.application.changes import Changes
from fichaat.application.ports.rows import Draft
from fichaat.application.save_draft import new_codigos, new_draft
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import DistritoAtendido, Ficha, NudoCritico, Sesion
from fichaat.gui import routes
from fichaat.gui.app import Desktop
from fichaat.gui.pages.ficha.card_rest import FirmasCard
from fichaat.gui.pages.ficha.head import Signer
from fichaat.gui.pages.ficha.page import FichaPage
from fichaat.gui.saving.status import Status
from fichaat.gui.widgets.dialogs import Question
from fichaat.gui.widgets.field import Field
from tests.support.fichas import AYACUCHO, QUINUA, unsigned_ficha
from tests.support.typing_keys import press, type_text, wheel
from tests.support.window import untidy

_Key = Qt.Key
_PENDING = Status("Pendiente", "neutral", "no_guardado")
_Ctrl = Qt.KeyboardModifier.ControlModifier


class Editor:
    """One draft on its page."""

    def __init__(self, qtbot: QtBot, desktop: Desktop, ficha: Ficha) -> None:
        self.qtbot, self.desktop = qtbot, desktop
        assert desktop.session is not None
        self.session = desktop.session
        self.here = desktop.session.here
        with self.here.store.write() as tx:
            self.codigo = new_codigos(tx, self.here, 1)[0]
            tx.put_draft(new_draft(self.here, replace(ficha, codigo=self.codigo)))
        self.open()

    def open(self, path: str | None = None) -> None:
        self.desktop.window.go(routes.EditarFicha(self.codigo, path))
        self.quiet()

    def quiet(self) -> None:
        """Nothing runs in the background and nothing waits to be saved."""
        self.qtbot.waitUntil(lambda: not self.desktop.runner.busy)

    def kept(self) -> Draft:
        """What a crash at this moment would leave."""
        with self.here.store.read() as reader:
            found = reader.draft(self.codigo)
        assert found is not None
        return found

    def wait_kept(self, lugar: str) -> None:
        self.qtbot.waitUntil(lambda: self.kept().ficha.lugar == lugar)
        self.quiet()

    @property
    def page(self) -> FichaPage:
        page = self.desktop.window.page
        assert isinstance(page, FichaPage)
        return page

    def control(self, path: str) -> QWidget:
        """The field of a pointer."""
        return next(
            control
            for card in self.page.body.cards
            if (control := card.control_at(path)) is not None
        )

    def saving(self) -> str:
        return self.page.header._saving.text


@pytest.fixture
def editor(qtbot: QtBot, desktop: Desktop) -> Iterator[Editor]:
    desktop.window.resize(1366, 768)
    with qtbot.waitExposed(desktop.window):
        desktop.window.show()
    desktop.window.activateWindow()
    made = Editor(qtbot, desktop, unsigned_ficha())
    yield made
    made.quiet()


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_a_removed_row_returns_from_the_foot_of_the_next_page(editor: Editor) -> None:
    before = editor.kept().ficha.responsables
    editor.page.presenter.sheet.remove_table_row("personas", 0)
    editor.desktop.window.go(routes.Fichas())
    editor.quiet()
    assert editor.kept().ficha.responsables == before[1:]
    editor.desktop.window._messages._on_undo()
    editor.quiet()
    assert editor.kept().ficha.responsables == before


# complaints about other programs


def test_the_wheel_never_changes_a_value(editor: Editor) -> None:
    before = editor.page.presenter.sheet.form
    for path in ("/fecha", "/hora_inicio", "/hora_fin", "/distritos/0/sesion", "/lugar"):
        control = editor.control(path)
        assert not wheel(control, -1)
        control.setFocus()
        assert not wheel(control, 1)
    assert editor.page.presenter.sheet.form == before


def test_tab_goes_through_the_fields_in_the_order_of_the_paper(editor: Editor) -> None:
    editor.control("/fecha").setFocus()
    wanted = ["/fecha", "/hora_inicio", "/hora_fin", "/modalidad", "/lugar", "/distritos/0/sesion"]
    met: list[str] = []
    for _ in range(14):
        here = focused()
        for path in wanted:
            control = editor.control(path)
            if (control is here or control.isAncestorOf(here)) and path not in met:
                met.append(path)
        QTest.keyClick(here, _Key.Key_Tab)
    assert met == wanted


def test_tab_reaches_everything_down_to_the_last_card(editor: Editor) -> None:
    editor.control("/fecha").setFocus()
    cards: list[object] = []
    for _ in range(120):
        here = focused()
        card = next((c for c in editor.page.body.cards if c.isAncestorOf(here)), None)
        if card is not None and card not in cards:
            cards.append(card)
        QTest.keyClick(here, _Key.Key_Tab)
        if len(cards) == len(editor.page.body.cards):
            break
    assert cards == list(editor.page.body.cards)


def test_after_adding_a_row_the_focus_is_in_it(editor: Editor) -> None:
    editor.page.body.nudos.table.add_link.click()
    assert editor.page.body.nudos.table.here == (1, "descripcion")
    type_text("Sin cloro")
    press(_Key.Key_Tab)
    type_text("Señalar puntos")
    assert editor.page.presenter.sheet.ficha.nudos_criticos[1] == NudoCritico(
        "Sin cloro", "Señalar puntos"
    )


def test_the_first_keystroke_in_a_cell_replaces_it_and_none_is_lost(editor: Editor) -> None:
    editor.page.focus_path("/nudos_criticos/0/descripcion")
    type_text("ñandú")
    assert editor.page.presenter.sheet.ficha.nudos_criticos[0].descripcion == "ñandú"
    editor.qtbot.waitUntil(lambda: editor.kept().ficha.nudos_criticos[0].descripcion == "ñandú")


def test_escape_loses_nothing(editor: Editor) -> None:
    editor.page.focus_path("/nudos_criticos/0/descripcion")
    type_text("Texto")
    press(_Key.Key_Escape)
    editor.control("/lugar").setFocus()
    type_text("X")
    press(_Key.Key_Escape)
    ficha = editor.page.presenter.sheet.ficha
    assert ficha.nudos_criticos[0].descripcion == "Texto"
    assert (ficha.lugar or "").count("X") == 1


def test_an_accidental_close_loses_nothing(editor: Editor) -> None:
    box = editor.control("/lugar")
    box.setFocus()
    cast(QLineEdit, box).clear()
    type_text("Salón comunal")
    assert editor.desktop.window.close()
    assert editor.kept().ficha.lugar == "Salón comunal"


def test_leaving_the_page_in_the_middle_of_a_word_keeps_it(editor: Editor) -> None:
    box = editor.control("/lugar")
    box.setFocus()
    cast(QLineEdit, box).clear()
    type_text("Auditorio")
    editor.desktop.window.go(routes.Inicio())
    editor.quiet()
    assert editor.kept().ficha.lugar == "Auditorio"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is left waits for less, and what failed is tried again sooner."""
    monkeypatch.setattr("fichaat.gui.saving.autosave.LEAVE_SECONDS", 0.1)
    monkeypatch.setattr("fichaat.gui.saving.autosave.RETRY_MS", 300)


class Longer:
    """Work before which everything else waits, until the test lets it end."""

    def __init__(self, desktop: Desktop) -> None:
        self.over = Event()
        desktop.runner.write(self._work, lambda _: None)

    def _work(self) -> tuple[None, Changes]:
        assert self.over.wait(60)
        return None, Changes()


@pytest.mark.usefixtures("impatient")
def test_a_page_stays_until_its_last_words_are_kept_behind_longer_work(editor: Editor) -> None:
    page, window = editor.page, editor.desktop.window
    box = cast(QLineEdit, editor.control("/lugar"))
    box.setFocus()
    box.clear()
    longer = Longer(editor.desktop)
    type_text("Sala")
    window.go(routes.Inicio())
    assert window.page is page
    type_text(" dos")  # it is no dead screen
    longer.over.set()
    editor.qtbot.waitUntil(lambda: window.page is not page)
    assert window.page is not None
    assert window.page.place == "inicio"
    assert editor.kept().ficha.lugar == "Sala dos"


@pytest.mark.usefixtures("impatient")
def test_words_that_fail_behind_longer_work_are_still_on_the_screen(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, window = editor.page, editor.desktop.window
    box = cast(QLineEdit, editor.control("/lugar"))
    box.setFocus()
    longer = Longer(editor.desktop)
    box.clear()
    type_text("Auditorio")

    def no_room(*_: object) -> None:
        raise UserFacingError("storage.no_space")

    with monkeypatch.context() as full:
        full.setattr(type(editor.session.save_draft), "__call__", no_room)
        window.go(routes.Inicio())
        longer.over.set()
        editor.qtbot.waitUntil(lambda: window.findChild(Question) is not None)
        assert window.page is page
        assert box.text() == "Auditorio"
    question = window.findChild(Question)
    assert question is not None
    question.reject()
    editor.qtbot.waitUntil(lambda: editor.kept().ficha.lugar == "Auditorio", timeout=20_000)


def test_what_was_typed_is_there_again_and_nothing_is_asked(editor: Editor) -> None:
    hour = editor.control("/hora_fin")
    hour.setFocus()
    cast(QLineEdit, hour).clear()
    type_text("9:")
    editor.desktop.window.go(routes.Inicio())
    editor.quiet()
    editor.open()
    assert cast(QLineEdit, editor.control("/hora_fin")).text() == "9:"
    assert editor.desktop.window.findChild(Question) is None


@pytest.mark.usefixtures("impatient")
def test_a_full_disk_while_typing_is_said_and_mended_alone(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = editor.session.save_draft
    full = True

    def save(*args: Any) -> Any:  # noqa: ANN401  # of SaveDraft
        if full:
            raise UserFacingError("storage.no_space")
        return real(*args)

    monkeypatch.setattr(editor.session, "save_draft", save)
    box = editor.control("/lugar")
    box.setFocus()
    cast(QLineEdit, box).clear()
    type_text("Sala")
    editor.qtbot.waitUntil(lambda: editor.saving().startswith("NO guardado: el disco está lleno"))
    assert cast(QLineEdit, box).text() == "Sala"
    editor.desktop.window.go(routes.Inicio())
    assert editor.page.presenter.sheet.ficha.lugar == "Sala"
    question = editor.desktop.window.findChild(Question)
    assert question is not None
    question.reject()
    full = False
    editor.wait_kept("Sala")
    editor.qtbot.waitUntil(lambda: editor.saving().startswith("Guardado"))


def test_no_field_moves_when_something_is_wrong_with_it(editor: Editor) -> None:
    editor.desktop.window.resize(1366, 768)
    fields = [editor.control(path) for path in ("/fecha", "/hora_inicio", "/hora_fin")]
    modes = editor.control("/modalidad")
    fields[2].setFocus()

    def places() -> list[object]:
        layout = editor.page.layout()
        assert layout is not None
        QApplication.sendPostedEvents()
        return [(field.pos(), field.width()) for field in (*fields, modes)]

    before = places()
    cast(QLineEdit, fields[2]).selectAll()
    type_text("0:10")
    press(_Key.Key_Tab)
    editor.quiet()
    editor.qtbot.waitUntil(lambda: "Posterior a" in shown_below(fields[2]))
    assert places() == before


def shown_below(control: QWidget) -> str:
    field = control.parentWidget()
    assert isinstance(field, Field)
    return field.below


def test_the_longest_section_fits_where_the_focus_is(editor: Editor) -> None:
    index = editor.page.index
    entry = index._entries["nudos"]
    before = index.sizeHint().width()
    index.mark("nudos")
    QApplication.sendPostedEvents()
    assert index.sizeHint().width() == before
    assert entry.sizeHint().width() <= entry.width()


# typing


def test_an_hour_typed_freely_is_rewritten_on_leaving(editor: Editor) -> None:
    hour = editor.control("/hora_fin")
    hour.setFocus()
    cast(QLineEdit, hour).selectAll()
    type_text("830")
    assert editor.page.presenter.sheet.ficha.hora_fin == "08:30"
    below = editor.page.body.datos._fields.field("hora_fin")
    editor.quiet()
    assert below.below == ""
    press(_Key.Key_Tab)
    editor.control("/lugar").setFocus()
    editor.qtbot.waitUntil(lambda: below.below == "Posterior a 09:00")
    assert cast(QLineEdit, hour).text() == "08:30"


def test_undo_is_the_pages_also_inside_a_field_and_a_cell(editor: Editor) -> None:
    box = cast(QLineEdit, editor.control("/lugar"))
    box.setFocus()
    type_text(" nueva")
    editor.page.focus_path("/nudos_criticos/0/descripcion")
    type_text("Otro")
    QTest.keyClick(focused(), _Key.Key_Z, _Ctrl)
    sheet = editor.page.presenter.sheet
    assert sheet.ficha.nudos_criticos[0].descripcion == "14 niñas y niños no tienen DNI."
    QTest.keyClick(focused(), _Key.Key_Z, _Ctrl)
    assert sheet.ficha.lugar == "Sala de regidores"
    assert box.text() == "Sala de regidores"
    assert focused() is box
    QTest.keyClick(focused(), _Key.Key_Y, _Ctrl)
    assert box.text() != "Sala de regidores"


def test_a_problem_takes_the_focus_to_its_cell(editor: Editor) -> None:
    editor.page.focus_path("/nudos_criticos/0/orientacion")
    press(_Key.Key_Return)
    type_text(" ")
    editor.control("/lugar").setFocus()
    editor.page.presenter.sheet.edit("/nudos_criticos/0/orientacion", "")
    editor.qtbot.waitUntil(
        lambda: any(line.place == "Nudo 1, orientación" for line in editor.page.presenter._lines)
    )
    item = next(
        item
        for item in editor.page.index.problems.items
        if item.line is not None and item.line.place == "Nudo 1, orientación"
    )
    item.click()
    assert editor.page.body.nudos.table.here == (0, "orientacion")


def test_a_virtual_visit_asks_for_the_platform_instead_of_the_place(editor: Editor) -> None:
    for segment in editor.page.body.datos._fields.field("modalidad").findChildren(QWidget):
        if segment.property("role") == "seg" and cast(Any, segment).text() == "Virtual":
            cast(Any, segment).click()
    assert editor.control("/plataforma").isVisible()
    box = cast(QLineEdit, editor.control("/plataforma"))
    box.setFocus()
    type_text("Meet")
    assert editor.page.presenter.sheet.ficha.plataforma == "Meet"


def test_a_second_district_is_found_without_accents(editor: Editor) -> None:
    editor.page._find_distrito()
    from fichaat.gui.pages.ficha.find_distrito import FindDistrito

    dialog = editor.page.findChild(FindDistrito)
    assert dialog is not None
    for letter in "huanta":
        dialog.box.setText(dialog.box.text() + letter)
    press(_Key.Key_Return, to=dialog.box)
    places = [item.ubigeo for item in editor.page.presenter.sheet.ficha.distritos]
    assert places == [QUINUA, "050401"]
    assert isinstance(editor.control("/distritos/1/sesion"), QComboBox)
    assert editor.page.body.personas.table._model.place(1, "distrito").isValid()


def test_the_role_of_a_person_is_left_like_any_cell(editor: Editor) -> None:
    editor.page.presenter.sheet.add_row("responsables")
    editor.page.focus_path("/lugar")
    editor.page.focus_section("responsables")
    grid = editor.page.body.personas.table.grid
    grid.setCurrentIndex(grid.model().index(0, 0))
    editor.page.focus_path("/nudos_criticos/0/descripcion")
    editor.page.focus_path("/lugar")
    assert focused() is editor.control("/lugar")


def test_rows_are_taken_away_from_under_the_cursor(editor: Editor) -> None:
    table = editor.page.body.nudos.table
    for _ in range(2):
        table.add_link.click()
        type_text("Sin cloro")
    editor.page.focus_path("/lugar")
    for row in (2, 1):
        table.remove_row(row)
    assert editor.page.presenter.sheet.ficha.nudos_criticos == unsigned_ficha().nudos_criticos
    editor.page.presenter.sheet.undo()
    editor.page.presenter.sheet.undo()
    assert len(editor.page.presenter.sheet.ficha.nudos_criticos) == 3


def test_rows_of_a_spreadsheet_are_one_step_to_undo(editor: Editor) -> None:
    editor.page.focus_path("/nudos_criticos/0/descripcion")
    QApplication.clipboard().setText("A\ta\nB\tb\nC\tc")
    QTest.keyClick(focused(), _Key.Key_V, _Ctrl)
    sheet = editor.page.presenter.sheet
    assert [nudo.orientacion for nudo in sheet.ficha.nudos_criticos] == ["a", "b", "c"]
    sheet.undo()
    assert sheet.ficha.nudos_criticos == unsigned_ficha().nudos_criticos


def test_a_photo_is_kept_with_the_draft_and_removed_with_undo(
    editor: Editor, tmp_path: Path
) -> None:
    photo = tmp_path / "reunión.jpg"
    photo.write_bytes(b"\xff\xd8\xff" + b"x" * 2000)
    editor.page.attach([photo])
    editor.quiet()
    (adjunto,) = editor.page.presenter.sheet.ficha.adjuntos
    assert (adjunto.nombre, adjunto.tipo) == ("reunión.jpg", "image/jpeg")
    editor.page._on_file_removed(0, adjunto.nombre)
    assert editor.page.presenter.sheet.ficha.adjuntos == ()
    editor.page.presenter.sheet.undo()
    editor.qtbot.waitUntil(lambda: editor.kept().ficha.adjuntos == (adjunto,))


def test_a_file_that_is_no_photo_is_refused_in_words(editor: Editor, tmp_path: Path) -> None:
    program = tmp_path / "virus.jpg"
    program.write_bytes(b"MZ" + b"x" * 200)
    editor.page.attach([program])
    editor.quiet()
    assert "no es una foto" in editor.desktop.window._messages.text
    assert editor.kept().ficha.adjuntos == ()


# what every page must be


def test_the_paper_follows_what_is_typed(editor: Editor) -> None:
    assert editor.page.paper.isVisible()
    editor.qtbot.waitUntil(editor.page.paper.sheets.isVisible)
    QTest.keyClick(editor.page, _Key.Key_F8)
    assert not editor.page.paper.isVisible()
    assert editor.page.body.scroll.isVisible()


@pytest.mark.parametrize("size", [(1366, 768), (1093, 545)])
def test_nothing_is_unnamed_clipped_or_sideways(editor: Editor, size: tuple[int, int]) -> None:
    editor.desktop.window.resize(*size)
    editor.page.presenter.sheet.add_distrito(AYACUCHO)
    editor.page.presenter.sheet.add_row("seguimientos")
    editor.page.presenter.check_all()
    editor.quiet()
    editor.qtbot.waitUntil(lambda: editor.desktop.window.width() == size[0])
    assert untidy(editor.page) == []


def test_in_a_small_window_f8_shows_the_paper_instead_of_the_form(editor: Editor) -> None:
    editor.desktop.window.resize(1093, 545)
    assert not editor.page.paper.isVisible()
    assert editor.page.strip.isVisible()
    QTest.keyClick(editor.page, _Key.Key_F8)
    assert editor.page.paper.isVisible()
    assert not editor.page.body.scroll.isVisible()
    editor.page.presenter.next_problem()
    assert editor.page.body.scroll.isVisible()


def test_a_rectification_says_what_it_replaces(editor: Editor) -> None:
    from fichaat.domain.record import Supersedes

    with editor.here.store.write() as tx:
        draft = replace(
            editor.kept(), version=2, supersedes=Supersedes(1, "ab" * 32, "La hora estaba mal")
        )
        tx.put_draft(draft)
    editor.desktop.window.go(routes.Inicio())
    editor.open()
    texts = [label.text() for label in editor.page.findChildren(QLabel)]
    assert "Versión 2" in texts
    assert "Corrige la versión 1: La hora estaba mal" in texts


def test_a_draft_that_is_gone_says_where_to_go(editor: Editor) -> None:
    editor.desktop.window.go(routes.EditarFicha("05-2026-K7Q2MX-9999"))
    editor.quiet()
    labels = editor.page.findChildren(QLabel)
    said = next(label for label in labels if label.text().startswith("Este borrador ya no está."))
    editor.qtbot.waitUntil(said.isVisible)


def test_a_route_with_a_path_goes_to_the_field(editor: Editor) -> None:
    editor.desktop.window.go(routes.Inicio())
    editor.open("/hora_fin")
    assert focused() is editor.control("/hora_fin")
    editor.open("/acuerdos/0/plazo")
    assert editor.page.body.acuerdos.table.here == (0, "plazo")


def test_districts_of_a_group_visit_are_told_apart(editor: Editor) -> None:
    editor.page.presenter.sheet.add_distrito(AYACUCHO)
    editor.page.presenter.choose("/distritos/1/sesion", "especifica")
    assert editor.page.presenter.sheet.ficha.distritos[1] == DistritoAtendido(
        AYACUCHO, Sesion.ESPECIFICA
    )
    box = editor.control("/distritos/1/sesion")
    assert box.accessibleName() == "Sesión en Ayacucho"


def test_who_signs_is_shown_in_order_and_nobody_is_drawn_anew_for_the_name_of_another(
    qtbot: QtBot,
) -> None:
    card = FirmasCard()
    qtbot.addWidget(card)

    def rows(*names: str) -> list[QWidget]:
        card.show_signers([Signer(name, "Entidad", _PENDING) for name in names])
        items = [card._people.itemAt(place) for place in range(card._people.count())]
        found = [item.widget() for item in items if item is not None]
        said = [row.findChildren(QLabel)[0].text() for row in found if row is not None]
        assert said == list(names)
        return [row for row in found if row is not None]

    ana, _, eva = rows("Ana", "Be", "Eva")
    assert rows("Ana", "Bea", "Eva")[::2] == [ana, eva]
    assert rows("Ana", "Bea", "Eva", "Luz")[0] is ana
    assert rows("Ana") == [ana]
    assert rows() == []
    assert not card._button.isEnabled()
    rows("Eva", "Ana")
    assert card._button.isEnabled()
    assert card._empty.isHidden()
