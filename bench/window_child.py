"""A process of its own for `window_rows`: shows a window, and ends with its first picture.

python -m bench.window_child empty | gate FOLDER
"""

import gc
import os
import sys


def _empty() -> None:
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.resize(1366, 768)
    _end_when_painted(window)
    window.show()
    app.exec()


def _gate(folder: str) -> None:
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


def _end_when_painted(window: object) -> None:
    """Ends the process once the window is on the screen, as a person would first see it."""
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QApplication, QWidget

    assert isinstance(window, QWidget)

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.UpdateRequest:
                watched.removeEventFilter(self)
                QApplication.sendEvent(watched, event)
                os._exit(0)
            return False

    window.installEventFilter(Watch(window))


if __name__ == "__main__":
    if sys.argv[1] == "empty":
        _empty()
    else:
        _gate(sys.argv[2])
