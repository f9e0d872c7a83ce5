"""One window per data folder: a second start brings the first one to the front.

The folder itself is protected by its lock; this only spares people a second window.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS: Final = 2_000
"""A window that is busy with something answers a little later."""
_MAX_BYTES: Final = 1_000_000
_GREETING: Final = b"fichaat 1\n"
_END: Final = b"\n\n"


def hand_over(folder: Path, bundles: Sequence[Path]) -> bool:
    """Whether a window over this folder came to the front and took the bundles."""
    name = _name(folder)
    if name is None or (sys.platform != "win32" and not Path(name).exists()):
        return False  # the usual start: Qt's network library is not even loaded
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_WAIT_MS):
        return False
    greeting = b""
    while len(greeting) < len(_GREETING):
        if not socket.waitForReadyRead(_WAIT_MS):
            return False
        greeting += socket.readAll().data()
    if greeting != _GREETING:
        return False
    socket.write(b"\0".join(os.fsencode(path) for path in bundles) + _END)
    written = socket.waitForBytesWritten(_WAIT_MS)
    socket.disconnectFromServer()
    return written


class SingleInstance(QObject):
    """Hears of later starts of the program on the same folder."""

    called = Signal(object)
    """tuple[Path, ...]: the bundles that a later start was given."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._server: QLocalServer | None = None
        self._folder: Path | None = None
        self._heard: dict[QLocalSocket, bytes] = {}

    @property
    def listening(self) -> bool:
        """Whether later starts find this window."""
        return self._server is not None and self._server.isListening()

    def claim(self, folder: Path) -> None:
        """Answer for this folder from now on. What a killed program left is removed."""
        if folder == self._folder and self.listening:
            return
        from PySide6.QtNetwork import QLocalServer

        self.close()
        name = _name(folder)
        if name is None:
            return
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_connected)
        if not server.listen(name) and not hand_over(folder, ()):
            QLocalServer.removeServer(name)
            server.listen(name)
        self._server, self._folder = server, folder

    def close(self) -> None:
        """Answer no longer."""
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None

    def _on_connected(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            self._heard[socket] = b""
            socket.readyRead.connect(self._on_ready)
            socket.disconnected.connect(self._on_gone)
            socket.write(_GREETING)
            socket.flush()

    def _on_ready(self) -> None:
        socket = self._sender()
        self._heard[socket] += socket.readAll().data()
        heard = self._heard[socket]
        if heard.endswith(_END):
            self._heard[socket] = b""
            names = heard.removesuffix(_END)
            self.called.emit(tuple(Path(os.fsdecode(name)) for name in names.split(b"\0") if name))
        elif len(heard) > _MAX_BYTES:
            socket.abort()

    def _on_gone(self) -> None:
        socket = self._sender()
        self._heard.pop(socket, None)
        socket.deleteLater()

    def _sender(self) -> "QLocalSocket":
        from PySide6.QtNetwork import QLocalSocket

        socket = self.sender()
        assert isinstance(socket, QLocalSocket)  # only sockets are connected to these slots
        return socket


def _name(folder: Path) -> str | None:
    """Of the socket or pipe: of this person and this folder, whatever path leads to it; None where
    the folder is not there yet.
    """
    try:
        found = folder.stat()
    except OSError:
        return None
    identity = f"{found.st_dev:x}-{found.st_ino:x}"
    if sys.platform == "win32":
        return f"fichaat-{os.environ.get('USERNAME', '')}-{identity}"
    own = os.environ.get("XDG_RUNTIME_DIR", "")
    base = Path(own) if own and Path(own).is_dir() else Path(gettempdir())
    return str(base / f"fichaat-{os.getuid()}-{identity}")
