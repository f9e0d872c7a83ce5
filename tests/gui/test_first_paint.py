"""What the first picture of the window waits for, and what it does not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_ASK = """
import sys
from PySide6.QtCore import QEvent, QObject
from fichaat.application.wanted import WindowWanted
from fichaat.gui.app import Desktop, make_application
from fichaat.launch import LaunchedProgram
from fichaat.system.settings import Settings

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and self.painted is None:
            self.painted = set(sys.modules)
        return False

program = LaunchedProgram(Settings(datos=sys.argv[1]))
app = make_application(program.resource)
desktop = Desktop(program, WindowWanted())
watch = Watch()
watch.painted = None
desktop.window.installEventFilter(watch)
desktop.start()
while watch.painted is None:
    app.processEvents()
print(type(desktop.window.gate.panel).__name__)
print(" ".join(sorted(watch.painted)))
desktop.close()
"""
HEAVY = (
    "alembic",
    "cryptography",
    "mnemonic",
    "msgspec",
    "numpy",
    "pyhanko",
    "pyqtgraph",
    "pyrage",
    "python_calamine",
    "reportlab",
    "rich",
    "sqlalchemy",
    "sqlcipher3",
    "typer",
    "xlsxwriter",
    "fichaat.bootstrap",
    "PySide6.QtNetwork",
    "PySide6.QtPdf",
    "PySide6.QtPrintSupport",
)


@pytest.mark.parametrize("made", [True, False])
def test_nothing_heavy_is_loaded_before_the_first_paint(
    folder: Path, tmp_path: Path, *, made: bool
) -> None:
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ended = subprocess.run(
        [sys.executable, "-c", _ASK, str(folder if made else tmp_path / "nueva")],
        env={**environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        check=True,
        timeout=60,
    )
    panel, loaded = ended.stdout.decode().splitlines()
    assert panel == ("UnlockPanel" if made else "FirstStartPanel")
    if made:
        assert set(loaded.split()) & set(HEAVY) == set()
    else:
        # The first start looks at its folder meanwhile; nothing of Qt or the command line.
        assert set(loaded.split()) & {"typer", "rich", "reportlab", "PySide6.QtNetwork"} == set()
