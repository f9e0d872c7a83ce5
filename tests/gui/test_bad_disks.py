"""A disk that is full or takes nothing, while somebody types, signs and seals in the window."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from fichaat.application.ports.rows import Draft
from fichaat.application.save_draft import new_codigos, new_draft
from fichaat.bootstrap import Program
from fichaat.domain.codec import encode
from fichaat.domain.ficha import Ficha
from fichaat.domain.firma import TipoFirma, Trazo
from fichaat.gui import routes
from fichaat.gui.app import Desktop
from fichaat.gui.pages.ficha.page import FichaPage
from fichaat.gui.pages.firmas.page import FirmasPage
from fichaat.gui.pages.sellar.page import SellarPage
from fichaat.gui.widgets.dialogs import Question
from fichaat.storage.store import SqlStore
from fichaat.system.settings import Settings
from tests.gui.conftest import PASSPHRASE, PERSON
from tests.support.fichas import DESTINATARIO, RESPONSABLE, unsigned_ficha
from tests.support.pens import sign
from tests.support.program import CHEAP_KEYS
from tests.support.small_disk import SmallDisk
from tests.support.typing_keys import press, type_text

pytestmark = pytest.mark.faults

RETRIED_MS = 20_000
"""Within which what failed is tried again, on a busy machine too."""
STROKE = Trazo(16000, 9000, (((100, 200), (9000, 4000), (12000, 3000)),))


class Full:
    """The disk of the data has no byte left, until it has."""

    says = "NO guardado: el disco está lleno. Libere espacio"
    refuses = "no queda espacio"

    def __init__(self, disk: SmallDisk) -> None:
        self._disk = disk
        self.place = disk.path

    def begin(self, desktop: Desktop) -> None:
        self._disk.fill(0)

    def end(self, desktop: Desktop) -> None:
        self._disk.empty()


class ReadOnly:
    """The database takes no write: what SQLite says of a folder that is only read.

    A real file system that is being written to cannot be made read-only.
    """

    says = "NO guardado: la carpeta no deja escribir."
    refuses = "no deja escribir"

    def __init__(self, place: Path) -> None:
        self.place = place

    def begin(self, desktop: Desktop) -> None:
        _set(desktop, "ON")

    def end(self, desktop: Desktop) -> None:
        _set(desktop, "OFF")


Trouble = Full | ReadOnly


def _set(desktop: Desktop, value: str) -> None:
    assert desktop.session is not None
    store = desktop.session.here.store
    assert isinstance(store, SqlStore)
    with store._alone():
        held = store._writer.connect()
        assert held.driver_connection is not None
        held.driver_connection.execute(f"PRAGMA query_only = {value}")
        held.close()


@pytest.fixture(params=["full", "read-only"])
def trouble(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Trouble]:
    if request.param == "read-only":
        yield ReadOnly(tmp_path)
        return
    disk = SmallDisk(tmp_path / "disco", 4096)
    yield Full(disk)
    disk.remove()


@pytest.fixture
def folder(trouble: Trouble) -> Path:
    """Everything that the window writes is on the disk that will be in trouble."""
    (trouble.place / "clave.txt").write_text(PASSPHRASE, "utf-8")
    program = Program(Settings())
    program.keys = CHEAP_KEYS
    program.create(trouble.place / "datos", PERSON, PASSPHRASE)
    program.close()
    return trouble.place / "datos"


@pytest.fixture(autouse=True)
def tried_again_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sooner and more often than a person sees it."""
    monkeypatch.setattr("fichaat.gui.saving.autosave.RETRY_MS", 300)
    monkeypatch.setattr("fichaat.gui.pages.firmas.page.KEEP_AGAIN_MS", 300)


class Work:
    """One draft in the window."""

    def __init__(self, qtbot: QtBot, desktop: Desktop) -> None:
        self.qtbot, self.desktop = qtbot, desktop
        assert desktop.session is not None
        self.session = desktop.session
        here = self.session.here
        with here.store.write() as tx:
            self.codigo = new_codigos(tx, here, 1)[0]
            tx.put_draft(new_draft(here, unsigned_ficha(codigo=self.codigo)))

    def go(self, route: routes.Route) -> None:
        self.desktop.window.go(route)
        self.quiet()

    def quiet(self) -> None:
        self.qtbot.waitUntil(lambda: not self.desktop.runner.busy)

    def until(self, so: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(so()), timeout=RETRIED_MS)

    def kept(self) -> Draft | None:
        with self.session.here.store.read() as reader:
            return reader.draft(self.codigo)

    def ficha(self) -> Ficha:
        draft = self.kept()
        assert draft is not None
        return draft.ficha

    def signed(self) -> None:
        """Both signed."""
        for person in (RESPONSABLE.id, DESTINATARIO.id):
            self.session.sign(self.codigo, person, TipoFirma.TRAZO, stroke=encode(STROKE))

    def reads(self, words: str) -> bool:
        labels = self.desktop.window.findChildren(QLabel)
        return any(words in label.text() for label in labels if label.isVisible())


@pytest.fixture
def work(qtbot: QtBot, desktop: Desktop) -> Iterator[Work]:
    with qtbot.waitExposed(desktop.window):
        desktop.window.show()
    desktop.window.activateWindow()
    made = Work(qtbot, desktop)
    yield made
    made.quiet()


def test_typing(work: Work, trouble: Trouble) -> None:
    work.go(routes.EditarFicha(work.codigo))
    page = work.desktop.window.page
    assert isinstance(page, FichaPage)
    page.focus_path("/lugar")
    box = cast(QLineEdit, page.body.datos.control_at("/lugar"))
    box.clear()
    type_text("Sala")
    work.until(lambda: work.ficha().lugar == "Sala")
    trouble.begin(work.desktop)
    type_text(" de niñas")
    work.until(lambda: work.reads(trouble.says))
    # Typing goes on, in the field and in a cell; the line goes on saying so.
    type_text(" y niños")
    page.focus_path("/nudos_criticos/0/descripcion")
    type_text("Sin DNI")
    assert box.text() == "Sala de niñas y niños"
    work.quiet()
    assert work.reads(trouble.says)
    assert work.ficha().lugar == "Sala"
    # Neither closing nor leaving loses it unasked.
    assert not work.desktop.window.close()
    question = work.desktop.window.findChild(Question)
    assert question is not None
    question.reject()
    trouble.end(work.desktop)
    work.until(lambda: work.reads("Guardado"))
    assert work.ficha().lugar == "Sala de niñas y niños"
    assert work.ficha().nudos_criticos[0].descripcion == "Sin DNI"
    assert work.desktop.window.close()


def test_drawing(work: Work, trouble: Trouble) -> None:
    work.go(routes.Firmar(work.codigo))
    page = work.desktop.window.page
    assert isinstance(page, FirmasPage)
    trouble.begin(work.desktop)
    sign(page.pad)
    drawn = page.pad.trazo()
    work.until(lambda: work.reads(trouble.refuses))
    # Nor can it be accepted; it stays on the pad.
    press(Qt.Key.Key_Return, to=page.pad)
    work.quiet()
    assert page.pad.trazo() == drawn
    assert work.reads(trouble.refuses)
    assert not page.settle()
    trouble.end(work.desktop)
    draft = work.kept

    def is_kept() -> bool:
        found = draft()
        return found is not None and found.trazo == (RESPONSABLE.id, drawn)

    work.until(is_kept)
    work.until(lambda: not work.reads(trouble.refuses))
    press(Qt.Key.Key_Return, to=page.pad)
    work.until(lambda: len(work.ficha().firmas) == 1)


def test_sealing(work: Work, trouble: Trouble) -> None:
    work.signed()
    before = work.kept()
    work.go(routes.Sellar(work.codigo))
    page = work.desktop.window.page
    assert isinstance(page, SellarPage)
    assert page.seal.isEnabled()
    trouble.begin(work.desktop)
    page.seal.click()
    work.quiet()
    assert work.reads(trouble.refuses)
    assert page.seal.isEnabled()
    assert work.kept() == before
    trouble.end(work.desktop)
    page.seal.click()
    work.until(lambda: work.reads("Ficha sellada."))
    assert work.kept() is None


def test_the_reason_for_a_warning(work: Work, trouble: Trouble) -> None:
    """Typed at the last moment it stays on the screen, and the seal waits for it."""
    draft = work.kept()
    assert draft is not None
    with work.session.here.store.write() as tx:
        tx.put_draft(replace(draft, ficha=replace(draft.ficha, hora_fin="21:30")))
    work.signed()
    work.go(routes.Sellar(work.codigo))
    page = work.desktop.window.page
    assert isinstance(page, SellarPage)
    box = page.reasons.first_empty
    assert isinstance(box, QPlainTextEdit)
    box.setFocus()
    trouble.begin(work.desktop)
    type_text("Hubo asamblea")
    page.seal.click()
    work.until(lambda: work.reads(trouble.says))
    work.quiet()
    assert box.toPlainText() == "Hubo asamblea"
    assert page.seal.isEnabled()
    trouble.end(work.desktop)
    work.until(lambda: [given.motivo for given in work.ficha().advertencias] == ["Hubo asamblea"])
    work.until(lambda: work.reads("Guardado"))
    page.seal.click()
    work.until(lambda: work.reads("Ficha sellada."))
