"""A process of its own for `window_rows`: shows a window and ends.

python -m bench.window_child empty | gate FOLDER
"""

import os
import sys

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget


class _FirstPaint(QObject):
    """Ends the process once the window has been painted, as a person would first see it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        del watched
        if event.type() == QEvent.Type.UpdateRequest:
            self._window.removeEventFilter(self)
            QApplication.sendEvent(self._window, event)
            os._exit(0)
        return False

    def watch(self, window: QWidget) -> None:
        self._window = window
        window.installEventFilter(self)


def main(argv: list[str]) -> None:
    watch = _FirstPaint()
    if argv[0] == "empty":
        app = QApplication([])
        window = QMainWindow()
        window.resize(1366, 768)
        watch.watch(window)
        window.show()
        app.exec()
        return
    from fichaat.application.wanted import WindowWanted
    from fichaat.gui import app as gui
    from fichaat.launch import LaunchedProgram
    from fichaat.system.settings import Settings
    program = LaunchedProgram(Settings(datos=argv[1]))
    app = gui.make_application(program.resource)
    desktop = gui.Desktop(program, WindowWanted())
    watch.watch(desktop.window)
    desktop.start()
    app.exec()


if __name__ == "__main__":
    main(sys.argv[1:])
