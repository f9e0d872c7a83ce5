"""When the program is wrong: say so once, in words, and where the details are."""

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from fichaat.gui.text import say

LogBug = Callable[[BaseException], Path | None]


class BugReporter(QObject):
    """The one excepthook. What is typed stays on the screen, and the program goes on."""

    _found = Signal(object)

    def __init__(self, log: LogBug, window: Callable[[], QWidget | None]) -> None:
        super().__init__()
        self._log = log
        self._window = window
        self._open = False
        self._found.connect(self._on_found, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Hear of every exception that nobody caught, in whatever thread."""
        sys.excepthook = self._hook
        threading.excepthook = lambda args: self._hook(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )

    def _hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._found.emit(error)

    def _on_found(self, error: BaseException) -> None:
        place = self._log(error)
        window = self._window()
        # One dialog at a time: a bug in painting would otherwise open them without end.
        if self._open or window is None:
            return
        from fichaat.gui.widgets.dialogs import ask

        self._open = True
        where = say("ventana.bug_nowhere") if place is None else str(place)
        dialog = ask(
            window,
            say("ventana.bug"),
            say("ventana.bug_what", archivo=where),
            say("ventana.bug_go_on"),
            lambda: None,
        )
        dialog.no.hide()
        dialog.finished.connect(self._on_closed)

    def _on_closed(self) -> None:
        self._open = False
