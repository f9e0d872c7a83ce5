"""Files dragged onto the window: packages open their preview, wherever they are let go."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDropEvent, QWindow

_DRAGGED = frozenset({QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop})


class FileDrops(QObject):
    """Listens to the system's window: a text field would take a file for its address."""

    def __init__(
        self,
        window: QWindow,
        is_open: Callable[[], bool],
        on_dropped: Callable[[Sequence[Path]], object],
    ) -> None:
        """Listen to a window.

        Args:
            window: the system's window.
            is_open: whether files are welcome now: not before the gate is passed.
            on_dropped: takes the files, at least one.
        """
        super().__init__(window)
        self._is_open = is_open
        self._on_dropped = on_dropped
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Files are taken; text that is dragged goes to the field below it."""
        del watched
        if event.type() not in _DRAGGED or not isinstance(event, QDropEvent):
            return False
        paths = _paths(event)
        if not paths:
            return False
        if not self._is_open():
            event.ignore()
            return True
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self._on_dropped(paths)
        return True


def _paths(event: QDropEvent) -> list[Path]:
    data = event.mimeData()
    if not data.hasUrls():
        return []
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
