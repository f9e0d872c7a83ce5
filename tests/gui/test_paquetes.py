"""Packages in the real window: out to a folder, into a profile, refused, cancelled, dropped."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from fichaat.application.recorder import Recorder, ToSeal
from fichaat.application.save_draft import new_codigos
from fichaat.domain.record import Kind
from fichaat.gui import disks, routes
from fichaat.gui.app import Desktop
from fichaat.gui.disks import Disk
from fichaat.gui.pages.importar.page import ImportarPage
from fichaat.gui.pages.importar.record_words import RowWords
from fichaat.gui.pages.importar.table import RecordsTable
from fichaat.gui.pages.paquetes.page import PaquetesPage
from fichaat.gui.widgets.bars import MessageBar
from fichaat.gui.widgets.dialogs import Question
from fichaat.system.clock import LIMA
from tests.support.received import Received, received
from tests.support.records import make_ficha
from tests.support.window import untidy

SIZES = [(1366, 768), (1093, 545), (683, 384)]


@pytest.fixture(autouse=True)
def no_sticks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever is plugged into the machine of the tests is none of their business."""
    documents = tmp_path / "Documentos"
    documents.mkdir()
    monkeypatch.setattr(disks, "sticks", list)
    monkeypatch.setattr(disks, "documents", lambda: documents)


@pytest.fixture
def given(tmp_path: Path) -> Received:
    return received(tmp_path)


@pytest.fixture
def at_paquetes(qtbot: QtBot, desktop: Desktop) -> PaquetesPage:
    """The page of somebody who sealed two fichas."""
    seal(desktop, 2)
    desktop.window.go(routes.Paquetes())
    settle(qtbot, desktop)
    page = desktop.window.page
    assert isinstance(page, PaquetesPage)
    return page


def seal(desktop: Desktop, count: int) -> None:
    assert desktop.session is not None
    here = desktop.session.here
    recorder = Recorder(here)
    with here.store.write() as tx:
        for number, codigo in enumerate(new_codigos(tx, here, count)):
            item = ToSeal(Kind.FICHA, make_ficha(number, codigo=codigo), here.ids.new_id())
            tx.add_records(recorder.seal(tx, [item]), recorder.certificates())


def settle(qtbot: QtBot, desktop: Desktop) -> None:
    qtbot.waitUntil(lambda: not desktop.runner.busy, timeout=20_000)
    QApplication.sendPostedEvents()


def previewed(qtbot: QtBot, desktop: Desktop, *files: Path) -> ImportarPage:
    desktop.window.go(routes.ImportarPaquetes(files))
    settle(qtbot, desktop)
    page = desktop.window.page
    assert isinstance(page, ImportarPage)
    return page


def drop(desktop: Desktop, *paths: Path) -> bool:
    """Drag files onto the middle of the window; whether they were welcome."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    handle = desktop.window.windowHandle()
    assert handle is not None
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(QPointF(400, 300), copy, data, left, none)
    enter.ignore()
    QApplication.sendEvent(handle, enter)
    if enter.isAccepted():
        QApplication.sendEvent(handle, QDropEvent(QPointF(400, 300), copy, data, left, none))
    return enter.isAccepted()


def told(desktop: Desktop) -> str:
    bar = desktop.window.findChild(MessageBar)
    assert isinstance(bar, MessageBar)
    return bar.text if bar.isVisibleTo(desktop.window) else ""


# what leaves


def test_an_export_to_a_folder_leaves_a_package_and_is_remembered(
    qtbot: QtBot, desktop: Desktop, at_paquetes: PaquetesPage, tmp_path: Path
) -> None:
    page = at_paquetes
    target = tmp_path / "Entregas"
    target.mkdir()
    page.export.other.click()
    (dialog,) = page.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(target))
    dialog.close()
    settle(qtbot, desktop)
    assert page.export.what.rows[0].radio.isChecked()
    page.export.go.click()
    settle(qtbot, desktop)
    (written,) = target.iterdir()
    assert written.suffix == ".fichaat"
    assert page.result.isVisibleTo(page)
    assert page.result.sentence.text().startswith("Paquete listo: 2 registros en 1 archivo")
    desktop.window.go(routes.Inicio())
    desktop.window.go(routes.Paquetes())
    settle(qtbot, desktop)
    again = desktop.window.page
    assert isinstance(again, PaquetesPage)
    (chosen,) = [row.radio for row in again.export.where.rows if row.radio.isChecked()]
    assert chosen.text() == "La carpeta de la última vez: «Entregas»"
    assert desktop.session is not None
    verdict = desktop.session.preview_bundle(written).verdict
    assert (verdict.intacto, verdict.valido, verdict.confiable) == (True, True, True)


def test_who_leaves_during_an_export_is_told_where_one_is(
    qtbot: QtBot, desktop: Desktop, at_paquetes: PaquetesPage, tmp_path: Path
) -> None:
    target = tmp_path / "Entregas"
    target.mkdir()
    at_paquetes.presenter.pick(target)
    settle(qtbot, desktop)
    at_paquetes.export.go.click()
    desktop.window.go(routes.Inicio())
    settle(qtbot, desktop)
    assert told(desktop).startswith("Paquete listo: 2 registros en 1 archivo")


def test_a_folder_that_is_gone_is_told_and_nothing_is_left(
    qtbot: QtBot, desktop: Desktop, at_paquetes: PaquetesPage, tmp_path: Path
) -> None:
    target = tmp_path / "USB"
    target.mkdir()
    at_paquetes.presenter.pick(target)
    settle(qtbot, desktop)
    target.rmdir()
    at_paquetes.export.go.click()
    settle(qtbot, desktop)
    assert "No se alcanza la carpeta" in at_paquetes.export.refusal.text
    assert at_paquetes.export.go.isEnabled()
    assert not at_paquetes.result.isVisibleTo(at_paquetes)


def test_a_cancelled_export_leaves_no_file_half_done(
    qtbot: QtBot,
    desktop: Desktop,
    at_paquetes: PaquetesPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("fichaat.gui.task_runner.SHOW_AFTER_MS", 0)
    seal(desktop, 30)
    desktop.runner.job_shown.connect(lambda job: job.cancel())
    at_paquetes.export.go.click()
    settle(qtbot, desktop)
    assert at_paquetes.export.refusal.text == (
        "Se canceló la exportación. Ningún archivo quedó a medias."
    )
    assert list((tmp_path / "Documentos").iterdir()) == []
    assert at_paquetes.export.go.isEnabled()


def test_a_stick_that_is_plugged_in_is_offered(
    qtbot: QtBot,
    desktop: Desktop,
    at_paquetes: PaquetesPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stick = Disk(tmp_path / "TRABAJO", "TRABAJO", 3_200_000_000, True, False)
    stick.path.mkdir()
    monkeypatch.setattr(disks, "sticks", lambda: [stick])
    desktop.window.go(routes.Inicio())
    desktop.window.go(routes.Paquetes())
    settle(qtbot, desktop)
    fresh = desktop.window.page
    assert isinstance(fresh, PaquetesPage)
    first = fresh.export.where.rows[0]
    assert first.radio.text() == "USB «TRABAJO»"
    assert first.radio.isChecked()
    fresh.export.go.click()
    settle(qtbot, desktop)
    assert len(list(stick.path.iterdir())) == 1


@pytest.mark.parametrize("size", SIZES)
def test_paquetes_has_names_whole_words_and_no_sideways_way(
    qtbot: QtBot, desktop: Desktop, at_paquetes: PaquetesPage, size: tuple[int, int]
) -> None:
    at_paquetes.export.go.click()
    settle(qtbot, desktop)
    looks_whole(qtbot, desktop, at_paquetes, size)


def test_nothing_sealed_says_what_to_do(qtbot: QtBot, desktop: Desktop) -> None:
    desktop.window.go(routes.Paquetes())
    settle(qtbot, desktop)
    page = desktop.window.page
    assert isinstance(page, PaquetesPage)
    assert not page.export.go.isVisibleTo(page)
    looks_whole(qtbot, desktop, page, SIZES[0])


def tabbed(page: QWidget) -> list[str]:
    """What Tab leads to inside a page, in its order."""
    stops, widget = list[str](), page.nextInFocusChain()
    while widget is not None and widget is not page:
        there = page.isAncestorOf(widget) and widget.isVisibleTo(page)
        if there and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            stops.append(text or widget.accessibleName())
        widget = widget.nextInFocusChain()
    return stops


def test_tab_goes_as_the_eye_does(at_paquetes: PaquetesPage) -> None:
    stops = tabbed(at_paquetes)
    wanted = [
        "Lo que falta entregar",
        "Todo, también lo recibido de otros",
        "Carpeta «Documentos»",
        "Elegir otra carpeta",
        "10 MB",
        "25 MB",
        "100 MB",
        "Sin dividir",
        "Exportar paquete",
        "Elegir archivos",
    ]
    assert [stop for stop in stops if stop in wanted] == wanted


# what arrives


def test_tab_goes_from_the_files_to_the_records_to_the_button(
    qtbot: QtBot, desktop: Desktop, given: Received
) -> None:
    page = previewed(qtbot, desktop, given.before, given.now)
    stops = tabbed(page)
    files = [stop for stop in stops if stop.startswith("fichaat-05-")]
    assert [name.partition(":")[0] for name in files] == [given.before.name, given.now.name]
    assert stops[-4:] == [
        "Elegir otro archivo",
        "Contenido del paquete",
        "Cancelar (Esc)",
        "Recibir todo: 2 paquetes, 15 registros",
    ]


def test_a_package_of_another_profile_is_previewed_then_imported(
    qtbot: QtBot, desktop: Desktop, given: Received
) -> None:
    assert desktop.session is not None
    desktop.session.import_bundle(given.before)
    page = previewed(qtbot, desktop, given.now)
    with desktop.session.here.store.read() as reader:
        before = reader.record_count()
    assert [box.tone for box in page.boxes] == ["ok", "ok", "warn"]
    assert page.banner.text.startswith("Faltan los registros 5 a 7 de este equipo")
    first = page.table.rows.index(0, 0)
    assert first.data() == "Conflicto"
    assert page.footer.act.text() == "Importar 9 registros"
    page.footer.act.click()
    settle(qtbot, desktop)
    with desktop.session.here.store.read() as reader:
        assert reader.record_count() == before + 10  # with its reception
    assert page.banner.text == ("Se importaron 9 registros; 2 ya estaban y 1 quedó en conflicto.")
    assert page.footer.act.text() == "Ver fichas"


def test_a_wrong_clock_of_this_computer_is_told_and_its_question_is_safe(
    qtbot: QtBot, desktop: Desktop, given: Received, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desktop.session is not None
    seal(desktop, 1)
    dead = datetime(2024, 2, 3, 9, 5, tzinfo=LIMA)
    monkeypatch.setattr(type(desktop.session.here.clock), "now", lambda _: dead)
    page = previewed(qtbot, desktop, given.before)
    assert page.banner.text.startswith("Este computador dice que hoy es 03/02/2024, 09:05, pero")
    for size in SIZES:
        looks_whole(qtbot, desktop, page, size)
    answers: list[str] = []
    for answer in ("no", "yes"):
        page.ask_clock(page.banner.text, lambda: answers.append("sí"))
        question = next(one for one in page.findChildren(Question) if one.isVisible())
        assert question.focusWidget() is question.no
        getattr(question, answer).click()
        assert answers == (["sí"] if answer == "yes" else [])


@pytest.mark.parametrize("size", SIZES)
def test_the_preview_has_names_whole_words_and_no_sideways_way(
    qtbot: QtBot, desktop: Desktop, given: Received, size: tuple[int, int]
) -> None:
    page = previewed(qtbot, desktop, given.now, given.before, given.now.parent / "nada.fichaat")
    looks_whole(qtbot, desktop, page, size)


def looks_whole(qtbot: QtBot, desktop: Desktop, page: QWidget, size: tuple[int, int]) -> None:
    desktop.window.resize(*size)
    settle(qtbot, desktop)
    QApplication.processEvents()
    assert untidy(page) == []


def test_a_tampered_package_is_refused_and_changes_nothing(
    qtbot: QtBot, desktop: Desktop, given: Received
) -> None:
    data = bytearray(given.now.read_bytes())
    data[5_000] ^= 1
    given.now.write_bytes(data)
    page = previewed(qtbot, desktop, given.now)
    assert [box.tone for box in page.boxes] == ["error", "neutral", "neutral"]
    assert "No se importó nada; pida otra copia." in page.banner.text
    assert not page.footer.act.isVisibleTo(page)
    assert not page.table.isVisibleTo(page)


@pytest.mark.parametrize("name", ["carpeta", "nada", "grande", "texto", "practica", "region"])
def test_what_is_no_package_for_here_gets_a_sentence(
    qtbot: QtBot, desktop: Desktop, tmp_path: Path, name: str
) -> None:
    path = tmp_path / f"{name}.fichaat"
    expected = {
        "carpeta": "Eso no es un archivo.",
        "nada": "No se encontró el archivo.",
        "grande": "El paquete pasa del tamaño permitido",
        "texto": "El archivo no es un paquete de fichas.",
        "practica": "El paquete es de práctica",
        "region": "El paquete es de la región 08",
    }[name]
    make_odd(path, name)
    page = previewed(qtbot, desktop, path)
    assert page.banner.text.startswith(expected)
    assert not page.footer.act.isVisibleTo(page)


def make_odd(path: Path, name: str) -> None:
    from tests.support.hostile import Sealer

    if name == "carpeta":
        path.mkdir()
    elif name == "grande":
        with path.open("wb") as file:
            file.truncate(2 * 1024**3)
    elif name == "texto":
        path.write_text("hola, soy un texto\n" * 50, "utf-8")
    elif name in ("practica", "region"):
        change = {"practice": True} if name == "practica" else {"region": "08"}
        sealer = Sealer(9)
        sealer.package(path, [sealer.seal(make_ficha(1), **change)], **change)


def test_a_cancelled_import_leaves_everything_as_it_was(
    qtbot: QtBot, desktop: Desktop, given: Received, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = previewed(qtbot, desktop, given.now)
    assert desktop.session is not None
    with desktop.session.here.store.read() as reader:
        before = reader.record_count()
    # As soon as the writer begins with the records, somebody has pressed Cancelar.
    monkeypatch.setattr("fichaat.application.jobs.CancelToken.check", cancelled)
    page.footer.act.click()
    settle(qtbot, desktop)
    monkeypatch.undo()
    with desktop.session.here.store.read() as reader:
        assert reader.record_count() == before
    assert "No se cambió nada en este equipo." in page.banner.text
    assert page.footer.act.text().startswith("Importar")


def cancelled(_token: object) -> None:
    from fichaat.domain.errors import CancelledError

    raise CancelledError


def test_several_are_imported_in_their_order(
    qtbot: QtBot, desktop: Desktop, given: Received
) -> None:
    page = previewed(qtbot, desktop, given.before, given.now)
    (files,) = [part for part in (page._files,) if part.isVisibleTo(page)]
    assert len(files.buttons) == 2
    files.buttons[1].click()
    assert page._name.accessibleName() == given.now.name
    page.footer.act.click()
    settle(qtbot, desktop)
    # What the first brought is known when the second comes.
    assert page.banner.text.endswith("2 ya estaban y 1 quedó en conflicto.")


def test_the_table_of_records_is_a_sound_model(qtbot: QtBot) -> None:
    table = RecordsTable()
    qtbot.addWidget(table)
    tester = QAbstractItemModelTester(
        table.rows, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    row = RowWords("Nueva", "ok", "nuevo", "Ficha", "05-1", "Quinua (Huamanga)", "Diagnóstico")
    table.resize(900, 400)
    table.show()
    for rows in ([row] * 10_000, [], [row]):
        table.show_rows(rows)
    assert table.rows.data(table.rows.index(0, 2)) == "05-1"
    del tester


@pytest.mark.parametrize(("width", "lines"), [(1_200, 1), (800, 2), (420, 3)])
def test_the_table_never_needs_a_sideways_way(qtbot: QtBot, width: int, lines: int) -> None:
    table = RecordsTable()
    qtbot.addWidget(table)
    table.resize(width, 400)
    table.show()
    row = RowWords("Conflicto", "error", "conflicto", "Ficha", "05-1", "Sivia (Huanta)", "d" * 99)
    table.show_rows([row] * 3)
    assert table.lines == lines
    shown = [table.columnWidth(n) for n in range(5) if not table.isColumnHidden(n)]
    assert sum(shown) <= table.viewport().width()
    table.grab()


# let go over the window


def test_packages_dropped_anywhere_open_their_preview(
    qtbot: QtBot, desktop: Desktop, given: Received
) -> None:
    desktop.window.go(routes.NuevaVisita())  # its search box would take the address of the file
    settle(qtbot, desktop)
    assert drop(desktop, given.now, given.before, Path("/tmp/foto.jpg"))
    settle(qtbot, desktop)
    page = desktop.window.page
    assert isinstance(page, ImportarPage)
    assert page.table.rows.rowCount() == 11
    assert told(desktop) == "Se dejó de lado 1 archivo que no es un paquete."


def test_other_files_are_refused_with_a_sentence(
    qtbot: QtBot, desktop: Desktop, tmp_path: Path
) -> None:
    before = desktop.window.page
    nothing = "Elija otra carpeta."
    for path, why in (
        (tmp_path, f"En la carpeta «{tmp_path.name}» no hay ningún archivo .fichaat. {nothing}"),
        (tmp_path / "foto.jpg", "«foto.jpg» no es un paquete. Aquí se reciben archivos .fichaat."),
    ):
        assert drop(desktop, path)
        settle(qtbot, desktop)
        assert told(desktop) == why
    assert desktop.window.page is before
    settle(qtbot, desktop)


def test_nothing_is_taken_before_the_passphrase(
    qtbot: QtBot, desktop: Desktop, given: Received
) -> None:
    desktop.lock()
    assert not drop(desktop, given.now)
    settle(qtbot, desktop)


def test_esc_leads_back_without_changing_anything(
    qtbot: QtBot, desktop: Desktop, given: Received
) -> None:
    desktop.window.go(routes.Paquetes())
    settle(qtbot, desktop)
    page = previewed(qtbot, desktop, given.now)
    desktop.window.activateWindow()
    qtbot.waitUntil(desktop.window.isActiveWindow)
    QTest.keyClick(page.table, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: isinstance(desktop.window.page, PaquetesPage))
    settle(qtbot, desktop)
