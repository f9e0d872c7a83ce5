"""Commands of the program as processes of their own that need not load it first: see
`warm_process`. Each is a fork, so nothing that one does reaches the next.
"""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

from tests.support.program import clean_environ

PATIENCE: Final = 100
"""Seconds after which nothing more is expected."""


@dataclass(frozen=True)
class Begun:
    """A command that is stopped right before its first step, in a session of its own."""

    pid: int
    out: IO[bytes]
    err: IO[bytes]
    ended: "list[int]"

    def go_on(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def kill(self) -> None:
        """End it and whatever it started, if it has not ended."""
        if not self.ended:
            os.killpg(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """The exit code of what has ended or is about to; the signal that ended it, below 0."""
        if not self.ended:
            self.ended.append(_warm().ask({"ended": self.pid}))
        return self.ended[0]

    def said(self) -> tuple[bytes, bytes]:
        """What it wrote so far on its output and on its errors."""
        self.out.seek(0)
        self.err.seek(0)
        return self.out.read(), self.err.read()


@contextmanager
def begun(argv: Sequence[str | Path], environ: Mapping[str, str]) -> Iterator[Begun]:
    """A command that waits to be let go on; whatever becomes of it, it is gone after the block."""
    request = {
        "argv": [str(arg) for arg in argv],
        "environ": dict(environ),
        "folder": str(Path.cwd()),
    }
    with TemporaryFile() as out, TemporaryFile() as err, Path(os.devnull).open("rb") as nothing:
        streams = (nothing.fileno(), out.fileno(), err.fileno())
        command = Begun(_warm().ask(request, streams), out, err, [])
        try:
            yield command
        finally:
            command.kill()
            command.wait()


class _Warm:
    """The process that forks, in a session of its own; it ends with this one."""

    def __init__(self) -> None:
        self._socket, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._socket.settimeout(PATIENCE)
        path = os.pathsep.join(filter(None, (*sys.path, os.environ.get("PYTHONPATH"))))
        own = {"PYTHONPATH": path, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
        with other:
            self._process = subprocess.Popen(
                (sys.executable, "-m", "tests.support.warm_process", str(other.fileno())),
                pass_fds=(other.fileno(),),
                stdin=subprocess.DEVNULL,
                env={**clean_environ(), **own},
                start_new_session=True,
            )
        atexit.register(self.close)

    def ask(self, request: Mapping[str, object], streams: Sequence[int] = ()) -> int:
        try:
            socket.send_fds(self._socket, [json.dumps(request).encode()], streams)
            answer = self._socket.recv(1 << 16)
            assert answer, "the warm process ended"
        except BaseException:
            # An answer that nobody waited for would be taken for that to the next question.
            _warm.cache_clear()
            self.close()
            raise
        return int(json.loads(answer))

    def close(self) -> None:
        """End it, and with it every command that has not ended."""
        atexit.unregister(self.close)
        self._socket.close()
        self._process.kill()
        self._process.wait()


@cache
def _warm() -> _Warm:
    return _Warm()
