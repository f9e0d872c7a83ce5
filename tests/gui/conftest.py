"""The real window over a real data folder, without a screen."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fichaat.application.profiles import NewProfile
from fichaat.application.wanted import WindowWanted
from fichaat.bootstrap import Program
from fichaat.domain.rol import Rol
from fichaat.gui.app import Desktop, make_application
from fichaat.gui.bug_dialog import BugReporter
from fichaat.system.paths import resource
from fichaat.system.settings import Settings
from tests.support.program import CHEAP_KEYS

PASSPHRASE = "frase de acceso de prueba"
PERSON = NewProfile(
    rol=Rol.ESPECIALISTA,
    region="05",
    provincia=None,
    nombre="Marleni Ccorahua Tineo",
    cargo="Especialista en articulación territorial",
    entidad="Gobierno Regional de Ayacucho",
)


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program makes it: fonts, palette and style sheet included."""
    return make_application(resource)


@pytest.fixture(autouse=True)
def no_window_is_left(qapp: QApplication) -> Iterator[None]:
    """What one test opened does not take the keyboard from the windows of the next."""
    yield
    for top in QApplication.topLevelWidgets():
        top.close()
        top.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(autouse=True)
def account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An account of its own: the window remembers folders, and answers to later starts."""
    home = tmp_path / "cuenta"
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name))
    # The path of a socket is short.
    with TemporaryDirectory(prefix="f") as runtime:
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
        yield home


@pytest.fixture(autouse=True)
def bugs(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[BaseException]]:
    """Every exception that nobody caught; a test that means to raise one takes it out.

    The window's own hook stands before that of pytest-qt, which would hear of none.
    """
    found: list[BaseException] = []
    real = BugReporter._hook

    def heard(
        self: BugReporter,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        found.append(error)
        real(self, kind, error, trace)

    monkeypatch.setattr(BugReporter, "_hook", heard)
    yield found
    if found:
        raise found[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with a profile and its passphrase in a file."""
    clave = tmp_path / "clave.txt"
    clave.write_text(PASSPHRASE, "utf-8")
    data = tmp_path / "datos"
    program = Program(Settings())
    program.keys = CHEAP_KEYS
    program.create(data, PERSON, PASSPHRASE)
    program.close()
    return data


@pytest.fixture
def desktop(qtbot: QtBot, folder: Path) -> Iterator[Desktop]:
    """The running program, past the passphrase, showing Inicio."""
    program = Program(
        Settings(
            datos=str(folder),
            clave_archivo=str(folder.parent / "clave.txt"),
            reloj="2026-11-20T10:32:00-05:00",
        )
    )
    running = Desktop(program, WindowWanted())
    qtbot.addWidget(running.window)
    running.start()
    qtbot.waitUntil(lambda: running.window.page is not None)
    yield running
    running.close()
    program.close()
