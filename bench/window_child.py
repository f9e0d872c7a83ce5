"""A process of its own for `window_rows`: shows a window, tells one figure, and ends.

python -m bench.window_child empty            ends with its first picture
python -m bench.window_child gate FOLDER      the same, of the program
python -m bench.window_child form             the same, with the letters and controls of the gate
python -m bench.window_child empty-memory     bytes that an empty window takes
python -m bench.window_child inicio DATABASE  seconds from the key to a usable *Inicio*
python -m bench.window_child memory DATABASE  bytes with the list of fichas open and scrolled
python -m bench.window_child lista DATABASE   seconds from asking for the list to its picture
python -m bench.window_child table DATABASE   the same, of a table that holds every row
"""

import gc
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QMainWindow

    from fichaat.application.session import Session
    from fichaat.gui.app import Desktop

_SCROLLS = 40


def _empty() -> "tuple[QApplication, QMainWindow]":
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.resize(1366, 768)
    return app, window


def empty() -> None:
    app, window = _empty()
    _end_when_painted(window)
    window.show()
    app.exec()


def form() -> None:
    """What the gate shows, by Qt alone: its letters, words, a line, a box and two buttons."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QFont, QFontDatabase
    from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

    app, window = _empty()
    fonts = Path(__file__).parents[1] / "resources" / "fonts"
    for name in ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "iconos.ttf"):
        QFontDatabase.addApplicationFont(str(fonts / name))
    app.setStyle("Fusion")
    app.setFont(QFont("Noto Sans"))
    app.setStyleSheet("QPushButton { border: 1px solid gray; border-radius: 6px }")
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setAlignment(Qt.AlignmentFlag.AlignCenter)
    for widget in (
        QLabel("fichaat"),
        QLabel("Escriba su frase de acceso"),
        QLineEdit(),
        QCheckBox("Mostrar lo que escribo"),
        QPushButton("Olvidé mi frase"),
        QPushButton("Abrir"),
    ):
        column.addWidget(widget)
    window.setCentralWidget(inside)
    _end_when_painted(window)
    window.show()
    app.exec()


def empty_memory() -> None:
    app, window = _empty()
    window.show()
    app.processEvents()
    tell(resident())


def gate(folder: str) -> None:
    # As `launch.run` does it.
    gc.disable()
    from fichaat.application.wanted import WindowWanted
    from fichaat.gui.app import Desktop, make_application
    from fichaat.launch import LaunchedProgram
    from fichaat.system.settings import Settings

    program = LaunchedProgram(Settings(datos=folder))
    app = make_application(program.resource)
    desktop = Desktop(program, WindowWanted())  # type: ignore[arg-type]  # it becomes one
    _end_when_painted(desktop.window)
    desktop.start()
    app.exec()


def inicio(database: str) -> None:
    """What the gate loads while the passphrase is typed is loaded before."""
    app, desktop = at_the_gate()
    start = time.perf_counter()
    desktop.enter(open_session(Path(database)))
    settle(app, desktop)
    tell(time.perf_counter() - start)


def memory(database: str) -> None:
    from PySide6.QtWidgets import QAbstractItemView

    from fichaat.gui import routes

    app, desktop = at_the_gate()
    desktop.enter(open_session(Path(database)))
    settle(app, desktop)
    desktop.window.go(routes.Fichas())
    settle(app, desktop)
    page = desktop.window.page
    assert page is not None
    bar = page.findChildren(QAbstractItemView)[0].verticalScrollBar()
    for step in range(_SCROLLS):
        bar.setValue(bar.maximum() * step // _SCROLLS)
        settle(app, desktop)
    tell(resident())


def lista(database: str) -> None:
    """The page has been shown before: its code is loaded, its lines are not."""
    from fichaat.gui import routes

    app, desktop = at_the_gate()
    desktop.enter(open_session(Path(database)))
    for route in (routes.Fichas(buscar="nadie"), routes.Inicio()):
        settle(app, desktop)
        desktop.window.go(route)
    settle(app, desktop)
    start = time.perf_counter()
    desktop.window.go(routes.Fichas())
    settle(app, desktop)
    tell(time.perf_counter() - start)


def table(database: str) -> None:
    """Every row is read and held, as tables of Qt are most easily written."""
    from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
    from PySide6.QtWidgets import QTableView

    from bench.places import KEY
    from fichaat.storage.engine import connect

    class Rows(QAbstractTableModel):
        def __init__(self, rows: list[tuple[object, ...]]) -> None:
            super().__init__()
            self._rows = rows

        def rowCount(self, parent: object = None) -> int:  # noqa: ARG002, N802
            return len(self._rows)

        def columnCount(self, parent: object = None) -> int:  # noqa: ARG002, N802
            return len(self._rows[0])

        def data(self, index: QModelIndex, role: int = 0) -> object:  # type: ignore[override]
            if role == Qt.ItemDataRole.DisplayRole:
                return str(self._rows[index.row()][index.column()])
            return None

    app, window = _empty()
    connection = connect(Path(database), KEY)
    connection.execute("SELECT count(*) FROM fichas").fetchone()
    window.show()
    app.processEvents()
    start = time.perf_counter()
    view, model = (
        QTableView(),
        Rows(
            connection.execute(
                "SELECT estado, codigo, fecha, distritos, sesion, modalidad, responsable, acuerdos,"
                " version FROM fichas ORDER BY key DESC"
            ).fetchall()
        ),
    )
    view.setModel(model)
    window.setCentralWidget(view)
    app.processEvents()
    app.processEvents()
    tell(time.perf_counter() - start)


def at_the_gate() -> "tuple[QApplication, Desktop]":
    from fichaat.application.wanted import WindowWanted
    from fichaat.bootstrap import Program
    from fichaat.gui.app import Desktop, make_application
    from fichaat.system.settings import Settings

    program = Program(Settings(datos=os.devnull + "/falta"))
    app = make_application(program.resource)
    desktop = Desktop(program, WindowWanted())
    desktop.start()
    program.warm_up()
    settle(app, desktop)
    return app, desktop


def open_session(database: Path) -> "Session":
    from bench.places import KEY
    from fichaat.application.installation import Installation
    from fichaat.application.profiles import read_device_key, read_profile
    from fichaat.bootstrap import Program, Session
    from fichaat.storage.store import SqlStore
    from fichaat.system.settings import Settings
    from fichaat.trust.device_key import LocalDeviceKey

    program = Program(Settings())
    store = SqlStore(database, KEY)
    with store.read() as reader:
        profile, key = read_profile(reader), LocalDeviceKey(read_device_key(reader))
    here = Installation(
        store, profile, key, program.clock, program.ids, program.territorio, program.version
    )
    slots = program.data_folder(database.parent).open_slots(store)
    return Session(program, here, database.parent, slots)


def settle(app: "QApplication", desktop: "Desktop") -> None:
    """Until everything that was asked for is shown."""
    from PySide6.QtCore import QEventLoop

    app.processEvents()
    while desktop.runner.busy:
        # A loop that never rests would take the interpreter away from the work it waits for.
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    app.processEvents()


def _end_when_painted(window: "QMainWindow") -> None:
    """Ends the process once the window is on the screen, as a person would first see it."""
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QApplication

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.UpdateRequest:
                watched.removeEventFilter(self)
                QApplication.sendEvent(watched, event)
                os._exit(0)
            return False

    window.installEventFilter(Watch(window))


def resident() -> float:
    """Bytes of this process that are in memory."""
    gc.collect()
    pages = Path("/proc/self/statm").read_text().split()[1]
    return float(int(pages) * os.sysconf("SC_PAGE_SIZE"))


def tell(figure: float) -> None:
    print(figure, flush=True)
    os._exit(0)


_MODES: dict[str, Callable[..., None]] = {
    "empty": empty,
    "empty-memory": empty_memory,
    "form": form,
    "gate": gate,
    "inicio": inicio,
    "lista": lista,
    "memory": memory,
    "table": table,
}

if __name__ == "__main__":
    _MODES[sys.argv[1]](*sys.argv[2:])
