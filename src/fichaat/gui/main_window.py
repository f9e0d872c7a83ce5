"""The window: it only navigates. Pages are made when first shown and kept while they are useful."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from fichaat.application.changes import Changes
from fichaat.domain.errors import UserFacingError
from fichaat.domain.rol import Rol
from fichaat.gui.gate.gate import Gate
from fichaat.gui.task_runner import SHOW_AFTER_MS, RunningJob, TaskRunner
from fichaat.gui.text import say
from fichaat.gui.theme.tokens import NARROW
from fichaat.texts import message

# What the gate does not need is imported when the frame is made: the gate is painted sooner.
if TYPE_CHECKING:
    from PySide6.QtGui import QShortcut

    from fichaat.application.program import Program
    from fichaat.application.session import Session
    from fichaat.gui.desk import Desk
    from fichaat.gui.pages.page import Page
    from fichaat.gui.routes import Route

_KEPT_BACK = 30
"""Places remembered for the way back."""


class MainWindow(QMainWindow):
    """First a gate (who are you, passphrase), then the frame with its pages."""

    def __init__(self, program: "Program", runner: TaskRunner) -> None:
        super().__init__()
        self._program = program
        self._runner = runner
        self._desk: Desk | None = None
        self._history: list[Route] = []
        self.setWindowTitle("fichaat")
        self.resize(1366, 768)
        self._stack = QStackedWidget()
        self._frame = QWidget()
        self._pages = QStackedWidget()
        self._keys: list[QShortcut] = []
        self._wanted: tuple[Route, list[Route]] | None = None
        """Where to go once the page shown has kept what was typed."""
        self._typed_in: QWidget | None = None
        """What had the focus when the gate came before it."""
        self._stack.addWidget(self._frame)
        self.setCentralWidget(self._stack)
        runner.changed.connect(self._on_changed)
        runner.settled.connect(self._go_on)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """What a small screen at 200 % has."""
        return QSize(560, 340)

    # the gate

    @property
    def gate(self) -> Gate | None:
        """What stands before the frame, if anything does."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Gate) else None

    def show_gate(self, gate: Gate) -> None:
        """Show this instead of the frame, whose pages stay as they are behind it."""
        typed_in = QApplication.focusWidget()
        if typed_in is not None and self._frame.isAncestorOf(typed_in):
            self._typed_in = typed_in
        self._leave_gate()
        self._stack.addWidget(gate)
        self._stack.setCurrentWidget(gate)
        self.menu_keys_enabled(enabled=False)

    def open_frame(self) -> None:
        """The gate is passed: back to the pages."""
        self._stack.setCurrentWidget(self._frame)
        self._leave_gate()
        self.menu_keys_enabled(enabled=True)
        # Whoever was locked out in the middle of a word goes on there.
        typed_in, self._typed_in = self._typed_in, None
        if typed_in is not None and isValid(typed_in):
            typed_in.setFocus()
        self._go_on()

    def enter(
        self,
        session: "Session",
        lock: Callable[[], None],
        watch_idle: Callable[[int], object] | None = None,
    ) -> None:
        """Begin to work in an open data folder."""
        from fichaat.gui import routes
        from fichaat.gui.badges import WaitingBadges
        from fichaat.gui.desk import Desk, nobody_watches

        self._lay_frame()
        profile = session.here.profile
        self._desk = Desk(
            self._program, session, self._runner, self, lock, watch_idle or nobody_watches
        )
        territorio = session.here.territorio
        place = territorio.departamento(profile.region) or profile.region
        if profile.provincia is not None:
            place = territorio.provincia(profile.provincia) or profile.provincia
        role = say("ventana.role", rol=say(f"ventana.role_{profile.rol.value}"), lugar=place)
        if profile.practice:
            role = say("ventana.practice")
            self.setWindowTitle(say("ventana.practice_title"))
        self._sidebar.show_person(profile.nombre, role)
        receives = profile.rol is not Rol.ESPECIALISTA
        for place in ("recepcion", "revision"):
            self._sidebar.offer(place, offered=receives)
        if receives:
            self._keys.append(self._key("Ctrl+4", partial(self._go_to, "recepcion")))
        self.open_frame()
        self.go(routes.Inicio())
        WaitingBadges(session, self._runner, self._sidebar)

    def _leave_gate(self) -> None:
        while self._stack.count() > 1:
            gate = self._stack.widget(1)
            assert gate is not None  # the count says so
            self._stack.removeWidget(gate)
            gate.deleteLater()

    # places

    @property
    def page(self) -> "Page | None":
        """What is shown."""
        # Nothing else is ever put there.
        return cast("Page | None", self._pages.currentWidget())

    @property
    def desk(self) -> "Desk | None":
        """Of the open data folder."""
        return self._desk

    def go(self, route: "Route") -> None:
        """See `routes.Navigator`."""
        self._show(route, [*self._history[-_KEPT_BACK:], route])

    def back(self) -> None:
        """See `routes.Navigator`."""
        from fichaat.gui.routes import Inicio

        history = self._history[:-1] or [Inicio()]
        self._show(history[-1], history)

    def tell(
        self, text: str, *, tone: str = "ok", undo: Callable[[], object] | None = None
    ) -> None:
        """See `routes.Navigator`."""
        self._messages.tell(text, tone, undo)

    def _show(self, route: "Route", history: "list[Route]") -> None:
        left, self._wanted = self.page, None
        if left is not None and left.takes(route):
            self._history = history
            left.arrive(route)
            return
        if left is not None:
            left.leave()
            if not left.may_leave():
                self._ask_before_leaving(lambda: self._exchange(left, route, history))
                return
            if left.saving:
                # Behind longer work. What fails then must find the page that holds the text, and
                # no other page may begin with what stood there before.
                self._wanted = (route, history)
                self._sidebar.mark(left.place)
                QTimer.singleShot(SHOW_AFTER_MS, self, self._tell_wait)
                return
        self._exchange(left, route, history)

    def _go_on(self) -> None:
        """Some work is over: perhaps what one had to wait for."""
        page = self.page
        if self._wanted is not None and self.gate is None and page is not None and not page.saving:
            self._show(*self._wanted)

    def _tell_wait(self) -> None:
        if self._wanted is not None:
            self.tell(say("ventana.saving_first"), tone="info")

    def _exchange(self, left: "Page | None", route: "Route", history: "list[Route]") -> None:
        from fichaat.gui.pages.registry import make_page

        assert self._desk is not None  # `enter` comes first
        self._history = history
        self._messages.turn_page()
        page = make_page(route, self._desk)
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        if left is not None:
            self._pages.removeWidget(left)
            left.gone = True
            left.deleteLater()
        if self._messages.text == say("ventana.saving_first"):
            self._messages.hide()
        self._sidebar.mark(page.place)
        self._lay_sidebar()
        page.arrive(route)

    def _ask_before_leaving(self, leave: Callable[[], object]) -> None:
        from fichaat.gui.widgets.dialogs import ask

        page = self.page
        if page is not None:
            self._sidebar.mark(page.place)
        ask(
            self,
            say("ventana.unsaved"),
            say("ventana.unsaved_leave_what"),
            say("ventana.unsaved_leave"),
            leave,
            danger=True,
        )

    # Qt tells

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Nothing typed is only on the screen: what is not kept yet is kept first."""
        if self.gate is not None and not self.gate.may_close(self.close):
            event.ignore()
            return
        page = self.page
        if page is not None:
            page.leave()
            if not page.settle():
                self._ask_before_close()
                event.ignore()
                return
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The sidebar becomes a rail in a narrow window."""
        super().resizeEvent(event)
        self._lay_sidebar()

    def _ask_before_close(self) -> None:
        from fichaat.gui.widgets.dialogs import ask

        ask(
            self,
            say("ventana.unsaved"),
            say("ventana.unsaved_what"),
            say("ventana.unsaved_close"),
            self._close_anyway,
            danger=True,
        )

    def _close_anyway(self) -> None:
        page = self.page
        if page is not None:
            self._pages.removeWidget(page)
            page.deleteLater()
        self.close()

    # inside

    def menu_keys_enabled(self, *, enabled: bool) -> None:
        """Whether Ctrl+N and its like do anything: not before the gate is passed."""
        for key in self._keys:
            key.setEnabled(enabled)

    def _lay_frame(self) -> None:
        from fichaat.gui import routes
        from fichaat.gui.drops import FileDrops
        from fichaat.gui.widgets.bars import MessageBar, ProgressBar
        from fichaat.gui.widgets.sidebar import Sidebar

        self._sidebar = Sidebar()
        self._sidebar.chosen.connect(self._go_to)
        self._messages = MessageBar()
        self._progress = ProgressBar()
        column = QVBoxLayout()
        column.setSpacing(0)
        for widget in (self._pages, self._messages, self._progress):
            column.addWidget(widget)
        column.setStretch(0, 1)
        row = QHBoxLayout(self._frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._sidebar)
        row.addLayout(column, 1)
        self._keys = [
            self._key("Ctrl+N", lambda: self.go(routes.NuevaVisita())),
            self._key("F1", self._help),
            self._key("Ctrl+L", self._lock),
            self._key("Alt+Left", self.back),
            *(
                self._key(f"Ctrl+{number}", partial(self._go_to, name))
                for number, name in enumerate(("inicio", "fichas", "paquetes"), 1)
            ),
        ]
        self._runner.failed.connect(self._on_failed)
        self._runner.job_shown.connect(self._on_job_shown)
        self.winId()  # the system's window, which hears of files wherever they are let go
        handle = self.windowHandle()
        if handle is not None:
            self._drops = FileDrops(handle, lambda: self.gate is None, self._on_dropped)

    def _key(self, keys: str, on_pressed: Callable[[], object]) -> "QShortcut":
        from PySide6.QtGui import QKeySequence, QShortcut

        made = QShortcut(QKeySequence(keys), self)
        made.setContext(Qt.ShortcutContext.WindowShortcut)
        made.activated.connect(on_pressed)
        return made

    def _go_to(self, place: str) -> None:
        from fichaat.gui.routes import PLACES

        self.go(PLACES[place]())

    def _help(self) -> None:
        from fichaat.gui.routes import Ayuda

        page = self.page
        self.go(Ayuda(page.help_topic if page is not None else ""))

    def _lock(self) -> None:
        if self._desk is not None:
            self._desk.lock()

    def _lay_sidebar(self) -> None:
        if self._desk is None:
            return
        page = self.page
        self._sidebar.setVisible(page is None or not page.full)
        rail = self.width() < NARROW or (page is not None and page.rail)
        self._sidebar.set_rail(rail=rail)

    def _on_changed(self, changes: Changes) -> None:
        if self.page is not None:
            self.page.changed(changes)

    def _on_failed(self, error: UserFacingError) -> None:
        self.tell(message(error.code, error.params), tone="error")

    def _on_dropped(self, paths: Sequence[Path]) -> None:
        from fichaat.system.bundle_files import is_bundle

        if all(is_bundle(path) for path in paths):
            self._preview(paths, 0)
            return
        # What is not named like a package may be a folder of them: that is asked of the disk.
        self._runner.read(lambda: _welcome(paths), lambda found: self._on_sorted(paths, found))

    def _on_sorted(self, paths: Sequence[Path], found: "tuple[list[Path], int]") -> None:
        files, others = found
        if files:
            self._preview(files, others)
        else:
            self.tell(say("paquetes.drop_refused", archivo=paths[0].name), tone="warn")

    def _preview(self, bundles: Sequence[Path], others: int) -> None:
        from fichaat.gui.routes import ImportarPaquetes

        self.go(ImportarPaquetes(tuple(bundles)))
        if others:
            self.tell(say("paquetes.drop_some", cantidad=others), tone="warn")

    def _on_job_shown(self, job: RunningJob) -> None:
        self._progress.follow(job)


def _welcome(paths: Sequence[Path]) -> tuple[list[Path], int]:
    """The packages among these files and folders, and how many other things there are."""
    from fichaat.system.bundle_files import bundle_files, is_bundle

    taken = [path for path in paths if is_bundle(path) or path.is_dir()]
    return bundle_files(taken), len(paths) - len(taken)
