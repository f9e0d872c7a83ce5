"""The time of the real window."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, QTimer


class QtTimer(QTimer):
    """See `timers.Timer`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self._call: Callable[[], object] = lambda: None
        self.timeout.connect(self._on_timeout)

    def start(  # type: ignore[override]  # a timer that is given its call
        self, milliseconds: int, call: Callable[[], object]
    ) -> None:
        self._call = call
        super().start(milliseconds)

    def _on_timeout(self) -> None:
        self._call()


class QtTimers:
    """See `timers.Timers`; the timers end with their page."""

    def __init__(self, parent: QObject) -> None:
        self._parent = parent

    def timer(self) -> QtTimer:
        return QtTimer(self._parent)

    def seconds(self) -> float:
        return monotonic()
