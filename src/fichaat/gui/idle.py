"""Notices that nobody is there: neither a key nor a click for some minutes."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_MINUTE_MS = 60_000
_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(QObject):
    """Listens to the system's windows, not to the whole application: a filter there would make
    every event of every widget wait for Python.
    """

    gone_quiet = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.gone_quiet)
        self._heard: QWindow | None = None

    @property
    def minutes(self) -> int:
        """After how many; 0 where it does not watch."""
        return self._timer.interval() // _MINUTE_MS if self._timer.isActive() else 0

    def set_minutes(self, minutes: int) -> None:
        """Watch from now on; 0 for never."""
        self.stop()
        self._timer.setInterval(minutes * _MINUTE_MS)
        if minutes:
            app = QGuiApplication.instance()
            assert isinstance(app, QGuiApplication)  # windows exist only inside one
            app.focusWindowChanged.connect(self._on_focus_changed)
            self._on_focus_changed(QGuiApplication.focusWindow())
            self._timer.start()

    def restart(self) -> None:
        """Somebody is there."""
        if self._timer.interval():
            self._timer.start()

    def stop(self) -> None:
        """Watch no longer."""
        if self._timer.interval():
            app = QGuiApplication.instance()
            if isinstance(app, QGuiApplication):
                app.focusWindowChanged.disconnect(self._on_focus_changed)
        self._timer.stop()
        self._timer.setInterval(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Any sign of a person starts the minutes anew."""
        del watched
        if event.type() in _SIGNS:
            self.restart()
        return False

    def _on_focus_changed(self, window: QWindow | None) -> None:
        if window is not None:
            # Installing it again only moves it to the front.
            window.installEventFilter(self)
            self.restart()
