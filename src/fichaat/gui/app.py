"""Starts the window, and ends it: application, theme, gate, and what happens to bugs."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from fichaat.application.wanted import WindowWanted
from fichaat.gui.bug_dialog import BugReporter
from fichaat.gui.garbage import GarbageWatch
from fichaat.gui.gate.keeper import Keeper, locked_gate
from fichaat.gui.idle import IdleWatch
from fichaat.gui.interpreter import keep_singletons_alive
from fichaat.gui.main_window import MainWindow
from fichaat.gui.single_instance import SingleInstance, hand_over
from fichaat.gui.task_runner import TaskRunner
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import load_fonts
from fichaat.gui.theme.theme import Theme

if TYPE_CHECKING:
    from fichaat.application.program import Program
    from fichaat.application.session import Session

SAMPLES = 30
"""Fichas that a new practice profile begins with."""


def make_application(resource: Callable[..., Path]) -> QApplication:
    """The one application of this process, with its letters and colours."""
    keep_singletons_alive()
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        app = existing
    else:
        QApplication.setHighDpiScaleFactorRoundingPolicy(
            Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
        )
        app = QApplication(sys.argv[:1])
    app.setApplicationName("fichaat")
    app.setApplicationDisplayName("fichaat")
    if app.findChild(Theme) is None:
        load_fonts(resource)
        look = Theme(app)
        app.setWindowIcon(QIcon(look.icon("marca", "primary")))
    return app


class Desktop(QObject):
    """The running program: one window over one data folder."""

    def __init__(self, program: "Program", wanted: WindowWanted) -> None:
        super().__init__()
        self._program = program
        self._bundles = wanted.bundles
        self.runner = TaskRunner(self)
        self.window = MainWindow(program, self.runner)
        self.session: Session | None = None
        self._keeper = Keeper(program, wanted, self.runner, self._on_entered)
        self._idle = IdleWatch(self)
        self._idle.gone_quiet.connect(self.lock)
        self._instance = SingleInstance(self)
        self._instance.called.connect(self.receive)
        self._garbage = GarbageWatch(self)
        self._dialogs: list[QDialog] = []
        self._bugs = BugReporter(
            lambda error: program.log_bug(error, self.folder), lambda: self.window
        )

    @property
    def folder(self) -> Path:
        """The data folder that is open, or about to be."""
        return self._keeper.folder if self.session is None else self.session.folder

    @property
    def locked(self) -> bool:
        """Whether the pages are hidden behind the passphrase."""
        return self.session is not None and self.window.gate is not None

    def start(self) -> None:
        """Show the window, then what comes first: who are you, the passphrase, or the work."""
        self._garbage.hold()
        self._bugs.install()
        self.window.show_gate(self._keeper.gate)
        self._keeper.entrance.begin()
        _FirstPaint(self.window, self._on_painted)
        self.window.show()

    def enter(self, session: "Session") -> None:
        """A data folder is open: work begins, with the bundles that were asked for."""
        self.session = session
        self._instance.claim(session.folder)
        # The program is loaded and no page is made yet.
        self._garbage.settle()
        self.window.enter(session, self.lock, self.set_idle_minutes)
        self.set_idle_minutes(self._program.idle_minutes)
        self._show_bundles()

    def set_idle_minutes(self, minutes: int) -> None:
        """Lock the window after so many minutes without a key or a click; 0 for never."""
        self._idle.set_minutes(minutes)

    def receive(self, bundles: tuple[Path, ...]) -> None:
        """The program was started again on these data: come to the front, with its bundles."""
        self._bundles += bundles
        window = self.window
        if window.isMinimized():
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        if self.session is not None and not self.locked:
            self._show_bundles()

    def lock(self) -> None:
        """Hide everything until the passphrase is given again; nothing typed is lost."""
        if self.session is None or self.locked:
            return
        if self.window.page is not None:
            self.window.page.leave()
        # A question that is open would show what the gate hides, and keep the gate from the keys.
        self._dialogs = [
            widget
            for widget in QApplication.topLevelWidgets()
            if isinstance(widget, QDialog) and widget.isVisible()
        ]
        for dialog in self._dialogs:
            dialog.hide()
        gate = locked_gate(self.runner, self._program, self.session, self._on_unlocked)
        self.window.show_gate(gate)

    def close(self) -> None:
        """Everything that waits to be written is written; then the folder is let go."""
        self._instance.close()
        self._idle.stop()
        self.runner.close()
        if self.session is not None:
            self.session.close()
        self._garbage.end()

    def _on_painted(self) -> None:
        self._garbage.begin()
        if self.session is None:
            self._instance.claim(self.folder)
            self.runner.read(self._program.warm_up, lambda _: None)

    def _on_entered(self, session: "Session", fresh_practice: bool) -> None:  # noqa: FBT001
        self.enter(session)
        if fresh_practice:
            now = session.here.clock.now()
            self.runner.long(
                say("entrada.seeding"),
                lambda progress, cancel: session.seed(SAMPLES, now.year, progress, cancel),
                lambda count: self.window.tell(say("entrada.seeded", cantidad=count)),
            )

    def _on_unlocked(self) -> None:
        self.window.open_frame()
        self._idle.restart()
        for dialog in filter(isValid, self._dialogs):
            dialog.show()
        self._dialogs = []
        self._show_bundles()

    def _show_bundles(self) -> None:
        if self._bundles:
            bundles, self._bundles = self._bundles, ()
            from fichaat.gui.routes import ImportarPaquetes

            self.window.go(ImportarPaquetes(bundles))


class _FirstPaint(QObject):
    """Waits with what is not worth an empty screen until the window has been painted."""

    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Once is enough."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._then)
        return False


def run_window(program: "Program", wanted: WindowWanted) -> int:
    """Open the window and stay until it is closed; the exit code."""
    app = make_application(program.resource)
    known = [item.path for item in program.known_folders(wanted.folder)]
    if any(hand_over(folder, wanted.bundles) for folder in known):
        return 0
    desktop = Desktop(program, wanted)
    desktop.start()
    try:
        return app.exec()
    finally:
        desktop.close()
