"""The signatures page in the real window, over real data."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fichaat.application.save_draft import new_codigos, new_draft
from fichaat.application.session import Session
from fichaat.application.signatures import EstadoFirma
from fichaat.domain.codec import encode
from fichaat.domain.errors import UserFacingError
from fichaat.domain.firma import TipoFirma, Trazo
from fichaat.domain.persona import Destinatario
from fichaat.gui import routes
from fichaat.gui.app import Desktop
from fichaat.gui.pages.firmas.page import FirmasPage
from fichaat.gui.pages.firmas.paper_dialog import PaperDialog
from fichaat.gui.pages.firmas.read_dialog import ReadDialog
from fichaat.gui.widgets.dialogs import Question, ReasonDialog
from tests.support.fichas import DESTINATARIO, QUINUA, RESPONSABLE, unsigned_ficha, uuid7
from tests.support.pens import Fingers, move, places, press, sign, sign_with_pen
from tests.support.window import untidy

YESENIA = Destinatario(uuid7(50), QUINUA, "Municipalidad de Quinua", "Yesenia Rúa Soto", "Regidora")
STROKE = Trazo(16000, 9000, (((100, 200), (9000, 4000), (12000, 3000)),))
FIRST, SECOND = RESPONSABLE.id, DESTINATARIO.id


class Bench:
    """The page of one ficha, and what is stored of it."""

    def __init__(self, desktop: Desktop, qtbot: QtBot) -> None:
        self.desktop = desktop
        self.qtbot = qtbot
        self.codigo = ""

    @property
    def session(self) -> Session:
        assert self.desktop.session is not None
        return self.desktop.session

    @property
    def page(self) -> FirmasPage:
        page = self.desktop.window.page
        assert isinstance(page, FirmasPage)
        return page

    @property
    def states(self) -> list[EstadoFirma]:
        return [signer.estado for signer in self.session.signatures(self.codigo).signers]

    @property
    def kept(self) -> tuple[str, Trazo] | None:
        return self.session.signatures(self.codigo).kept

    def new(self, *people: Destinatario, **changes: object) -> None:
        ficha = unsigned_ficha(destinatarios=(DESTINATARIO, YESENIA, *people), **changes)
        here = self.session.here
        with here.store.write() as tx:
            self.codigo = new_codigos(tx, here, 1)[0]
            tx.put_draft(new_draft(here, replace(ficha, codigo=self.codigo)))

    def open(self, participante: str | None = None) -> FirmasPage:
        self.desktop.window.go(routes.Firmar(self.codigo, participante))
        self.qtbot.waitUntil(lambda: self.page._title.text() != "")
        self.settle()
        return self.page

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.desktop.runner.busy)

    def until_signs(self, name: str) -> None:
        self.qtbot.waitUntil(lambda: self.page._title.text() == f"{name}, firme aquí")
        self.settle()

    def reopened(self) -> FirmasPage:
        """What the next start shows when this one was killed: nothing was handed over."""
        window = self.desktop.window
        lost = self.page
        window._pages.removeWidget(lost)
        lost.deleteLater()
        return self.open()

    def dialog(self, kind: type[QDialog]) -> QDialog:
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
        found = QApplication.activeModalWidget()
        assert isinstance(found, QDialog)
        return found


@pytest.fixture
def bench(desktop: Desktop, qtbot: QtBot) -> Iterator[Bench]:
    made = Bench(desktop, qtbot)
    yield made
    made.settle()


def enter(widget: QWidget) -> None:
    QTest.keyClick(widget, Qt.Key.Key_Return)


def mouse_sign(page: FirmasPage) -> None:
    sign(page.pad)


def pen_sign(page: FirmasPage) -> None:
    sign_with_pen(page.pad)


def finger_sign(page: FirmasPage) -> None:
    Fingers(page.pad).sign()


@pytest.mark.parametrize("with_what", [mouse_sign, pen_sign, finger_sign])
def test_everyone_signs_and_the_window_goes_back(
    bench: Bench, with_what: Callable[[FirmasPage], None]
) -> None:
    bench.new()
    page = bench.open()
    for name in ("Marleni Ñahui", "Wilber Ayme", "Yesenia Rúa Soto"):
        bench.until_signs(name)
        assert page.pad.empty
        assert not page.buttons.do.isEnabled()
        with_what(page)
        assert page.buttons.do.isEnabled()
        enter(page.pad)
    bench.qtbot.waitUntil(lambda: bench.desktop.window.page is not page)
    bench.settle()
    assert bench.states == [EstadoFirma.FIRMADA] * 3
    assert bench.kept is None


def test_the_second_signature_is_not_lost_or_blank(bench: Bench) -> None:
    """enketo-express #339, enketo #22."""
    bench.new()
    page = bench.open()
    sign(page.pad)
    enter(page.pad)
    bench.until_signs("Wilber Ayme")
    sign(page.pad, ((0.1, 0.1), (0.9, 0.9)))
    enter(page.pad)
    bench.until_signs("Yesenia Rúa Soto")
    first, second, _ = bench.session.signatures(bench.codigo).signers
    assert first.trazo is not None
    assert second.trazo is not None
    assert first.trazo != second.trazo
    assert len(second.trazo.trazos[0]) == 2


def test_the_last_of_thirty_signs_on_the_last_page(bench: Bench) -> None:
    """enketo #22: a signature that was not on the first page came out empty."""
    crowd = [
        Destinatario(uuid7(100 + n), QUINUA, "Comunidad", f"Persona Número {n}", "Vecina")
        for n in range(27)
    ]
    bench.new(*crowd)
    page = bench.open(crowd[-1].id)
    chip = page.people.buttons[-1]
    corner = chip.mapTo(page.people, QPoint(0, 0))
    assert 0 <= corner.x() <= page.people.width() - chip.width()
    assert page._context.text().startswith("Firma 30 de 30")
    sign(page.pad)
    enter(page.pad)
    bench.until_signs("Marleni Ñahui")
    last = bench.session.signatures(bench.codigo).signers[-1]
    assert last.trazo is not None
    pdf = bench.session.print_ficha(bench.codigo)
    assert pdf.startswith(b"%PDF")


def test_any_of_thirty_is_reached_by_keyboard_and_by_the_arrows(bench: Bench) -> None:
    crowd = [
        Destinatario(uuid7(100 + n), QUINUA, "Comunidad", f"Persona Número {n}", "Vecina")
        for n in range(27)
    ]
    bench.new(*crowd)
    page = bench.open()
    far = page.people.buttons[20]
    assert far.mapTo(page.people, QPoint(0, 0)).x() > page.people.width()
    far.setFocus(Qt.FocusReason.TabFocusReason)
    assert far.mapTo(page.people, QPoint(0, 0)).x() < page.people.width()
    QTest.keyClick(far, Qt.Key.Key_Space)
    bench.until_signs(far.toolTip())


def test_resizing_while_signing_keeps_the_signature(bench: Bench) -> None:
    """kpi #2863, Survey123Community #166."""
    bench.new()
    page = bench.open()
    at = places(page.pad)
    press(page.pad, at[0])
    move(page.pad, at[1])
    before = page.pad.trazo()
    bench.desktop.window.resize(1093, 545)
    assert page.pad.trazo() == before
    move(page.pad, places(page.pad)[2])
    assert before is not None
    after = page.pad.trazo()
    assert after is not None
    assert len(after.trazos) == 1
    assert len(after.trazos[0]) == len(before.trazos[0]) + 1


def test_what_is_being_drawn_survives_a_kill(bench: Bench) -> None:
    """Also a line that has not ended; nothing is asked when the page comes back."""
    bench.new()
    page = bench.open(SECOND)
    at = places(page.pad)
    press(page.pad, at[0])
    move(page.pad, at[1])
    drawn = page.pad.trazo()
    bench.qtbot.waitUntil(lambda: bench.kept is not None)
    bench.settle()
    assert bench.kept == (SECOND, drawn)
    again = bench.reopened()
    assert again._title.text() == "Wilber Ayme, firme aquí"
    assert again.pad.trazo() == drawn
    assert QApplication.activeModalWidget() is None
    enter(again.pad)
    bench.until_signs("Yesenia Rúa Soto")
    assert bench.kept is None


def test_leaving_by_escape_loses_nothing(bench: Bench) -> None:
    bench.new()
    page = bench.open()
    sign(page.pad)
    drawn = page.pad.trazo()
    QTest.keyClick(page.pad, Qt.Key.Key_Escape)
    bench.qtbot.waitUntil(lambda: bench.desktop.window.page is not page)
    bench.settle()
    assert bench.kept == (FIRST, drawn)
    assert bench.states == [EstadoFirma.FALTA] * 3
    assert bench.open().pad.trazo() == drawn


def test_clear_undo_and_clear_again(bench: Bench) -> None:
    bench.new()
    page = bench.open()
    assert not page.buttons.clear.isEnabled()
    sign(page.pad)
    drawn = page.pad.trazo()
    page.buttons.clear.click()
    assert page.pad.empty
    assert page.buttons.clear.text() == "Deshacer"
    assert not page.buttons.do.isEnabled()
    page.buttons.clear.click()
    assert page.pad.trazo() == drawn
    assert page.buttons.clear.text() == "Limpiar"
    page.buttons.clear.click()
    sign(page.pad)
    assert page.buttons.clear.text() == "Limpiar"
    page.buttons.clear.click()
    bench.qtbot.waitUntil(lambda: bench.kept is None)


def test_a_signature_is_given_again_only_after_asking(bench: Bench) -> None:
    bench.new()
    bench.session.sign(bench.codigo, FIRST, TipoFirma.TRAZO, stroke=encode(STROKE))
    page = bench.open(FIRST)
    assert page.pad.trazo() == STROKE
    sign(page.pad)
    assert page.pad.trazo() == STROKE
    page.presenter.sign_again()
    question = bench.dialog(Question)
    assert isinstance(question, Question)
    question.yes.click()
    assert page.pad.empty
    sign(page.pad)
    enter(page.pad)
    bench.until_signs("Wilber Ayme")
    assert bench.session.signatures(bench.codigo).signers[0].trazo != STROKE


def test_enter_on_a_button_does_what_the_button_says(bench: Bench) -> None:
    """With a stroke on the pad it must not sign by surprise."""
    bench.new()
    page = bench.open()
    sign(page.pad)
    page.buttons.clear.setFocus()
    enter(page.buttons.clear)
    assert page.pad.empty
    bench.settle()
    assert bench.states[0] is EstadoFirma.FALTA


def test_the_order_of_tab_is_that_of_the_screen(bench: Bench) -> None:
    bench.new()
    page = bench.open()
    page.pad.setFocus()
    sign(page.pad)
    seen: list[QWidget | None] = [page.pad]
    for _ in range(5):
        QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    foot = page.buttons
    assert seen == [page.pad, foot.clear, foot.paper, foot.leave, foot.more, foot.do]


def test_who_does_not_sign_gives_a_reason(bench: Bench) -> None:
    bench.new()
    page = bench.open()
    page.buttons._refused.trigger()
    asked = bench.dialog(ReasonDialog)
    assert isinstance(asked, ReasonDialog)
    assert not asked.yes.isEnabled()
    box = asked.findChild(QPlainTextEdit)
    assert box is not None
    box.setPlainText("No quiso firmar")
    asked.yes.click()
    bench.until_signs("Wilber Ayme")
    assert bench.states[0] is EstadoFirma.NO_FIRMO
    assert page.people.buttons[0].accessibleName() == "Marleni Ñahui: No firmó"


def test_the_whole_ficha_is_read_before_signing(bench: Bench) -> None:
    bench.new()
    page = bench.open()
    sign(page.pad)
    drawn = page.pad.trazo()
    page.presenter.read()
    reader = bench.dialog(ReadDialog)
    assert isinstance(reader, ReadDialog)
    bench.qtbot.waitUntil(lambda: not reader.paper.sheets.isHidden())
    reader.accept()
    assert page.pad.trazo() == drawn


def test_an_incomplete_ficha_shows_the_way_to_correct_it(bench: Bench) -> None:
    bench.new(hora_fin=None)
    page = bench.open()
    assert page._title.text() == "Aún no se puede firmar"
    assert page.pad.isHidden()
    assert page.buttons.do.text() == "Ir a corregir"
    assert page.buttons.do.isEnabled()


def test_paper_pages_are_dropped_and_kept(bench: Bench, tmp_path: Path) -> None:
    sheet = tmp_path / "hoja firmada.png"
    sheet.write_bytes(b"\x89PNG\r\n\x1a\n firmas")
    bench.new()
    page = bench.open()
    page.buttons.paper.click()
    asked = bench.dialog(PaperDialog)
    assert isinstance(asked, PaperDialog)
    assert asked.yes.text() == "Guardar, escaneo después"
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(sheet)), QUrl.fromLocalFile(str(sheet))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    no_key = Qt.KeyboardModifier.NoModifier
    assert asked.acceptDrops()
    asked.dropEvent(QDropEvent(QPointF(9, 9), copy, data, left, no_key))
    assert asked.paths == [sheet]
    assert asked.yes.text() == "Guardar con 1 página"
    asked.boxes[YESENIA.id].setChecked(True)
    asked.yes.click()
    bench.until_signs("Wilber Ayme")
    assert bench.states == [EstadoFirma.PAPEL, EstadoFirma.FALTA, EstadoFirma.PAPEL]


def test_pages_are_removed_and_a_sheet_is_kept_without_them(bench: Bench, tmp_path: Path) -> None:
    bench.new()
    page = bench.open()
    page.buttons.paper.click()
    asked = bench.dialog(PaperDialog)
    assert isinstance(asked, PaperDialog)
    asked.add_pages([tmp_path / "a.pdf", tmp_path / "b.pdf"])
    asked.files.setCurrentRow(0)
    asked.remove.click()
    assert [path.name for path in asked.paths] == ["b.pdf"]
    asked.remove.click()
    assert asked.paths == []
    asked.yes.click()
    bench.until_signs("Wilber Ayme")
    assert bench.states[0] is EstadoFirma.PAPEL_SIN_ESCANEO


def test_a_file_that_is_gone_is_said_above_the_pad(bench: Bench, tmp_path: Path) -> None:
    bench.new()
    page = bench.open()
    page.presenter.signed_on_paper([FIRST], [tmp_path / "no está.pdf"])
    bench.qtbot.waitUntil(lambda: "no está.pdf" in page._banner.text)
    assert bench.states[0] is EstadoFirma.FALTA


def test_a_late_signature_after_the_seal(bench: Bench) -> None:
    bench.new()
    for person in (FIRST, YESENIA.id):
        bench.session.sign(bench.codigo, person, TipoFirma.TRAZO, stroke=encode(STROKE))
    bench.session.sign(bench.codigo, SECOND, TipoFirma.PENDIENTE, motivo="Salió antes")
    outcomes, _ = bench.session.seal([bench.codigo], "Sin señal")
    assert outcomes[0].record is not None
    page = bench.open()
    assert page._title.text() == "Wilber Ayme, firme aquí"
    assert "sellada" in page._context.text()
    assert not page.buttons._refused.isVisible()
    sign(page.pad)
    drawn = page.pad.trazo()
    bench.qtbot.waitUntil(lambda: bench.kept == (SECOND, drawn))
    again = bench.reopened()
    assert again.pad.trazo() == drawn
    enter(again.pad)
    question = bench.dialog(Question)
    assert isinstance(question, Question)
    question.yes.click()
    bench.qtbot.waitUntil(lambda: bench.desktop.window.page is not again)
    bench.settle()
    assert bench.states == [EstadoFirma.FIRMADA] * 3
    assert bench.kept is None


def test_a_full_disk_leaves_the_stroke_and_says_so(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise UserFacingError("storage.no_space")

    bench.new()
    page = bench.open()
    with monkeypatch.context() as patched:
        patched.setattr("fichaat.application.keep_stroke.KeepStroke.__call__", full)
        sign(page.pad)
        bench.qtbot.waitUntil(lambda: "no queda espacio" in page._banner.text)
        assert not page.settle()
    drawn = page.pad.trazo()
    page.presenter.stroke_changed()
    bench.qtbot.waitUntil(lambda: bench.kept == (FIRST, drawn))
    bench.settle()
    assert page._banner.isHidden()
    assert page.settle()


# look


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614), (1093, 545), (683, 384)])
def test_names_words_and_targets_at_any_size(bench: Bench, size: tuple[int, int]) -> None:
    bench.new()
    bench.desktop.window.resize(*size)
    page = bench.open()
    sign(page.pad)
    bench.settle()
    bench.qtbot.waitUntil(lambda: page.width() == size[0])
    assert untidy(page) == []
    small = [
        button.accessibleName() or button.text()
        for button in page.findChildren(QPushButton)
        if button.isVisibleTo(page) and (button.height() < 56 or button.width() < 48)
    ]
    assert small == []
    assert page.pad.width() * page.pad.height() > 0.3 * size[0] * size[1]


def test_what_a_small_window_hides_is_in_the_menu(bench: Bench) -> None:
    bench.new()
    bench.desktop.window.resize(683, 384)
    page = bench.open()
    assert page.people.isHidden()
    assert page._side.isHidden()
    assert not page._notice.isHidden()
    shown = [a.text() for a in page.buttons._menu.actions() if a.isVisible()]
    assert "Leer la ficha completa" in shown
    assert "Firmó en papel…" in shown
    assert "Participantes" in shown
    page.buttons._people.actions()[2].trigger()
    bench.until_signs("Yesenia Rúa Soto")
