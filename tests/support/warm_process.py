"""A process that has loaded the program and forks for every command: no command waits for that.

Run as `python -m tests.support.warm_process FD`, with one end of a socket; `warm` is the other.
It has one thread, does nothing with the program itself, and ends as soon as nobody listens.
"""

import ctypes
import gc
import json
import os
import pkgutil
import runpy
import signal
import socket
import sys
import threading
from contextlib import suppress
from importlib import import_module

LONGEST = 1 << 20
"""Bytes of a request."""

_PARTS = ("application", "bundle", "cli", "domain", "storage", "system", "texts", "trust")
_LATE = (
    "_strptime",
    "alembic.config",
    "asn1crypto.algos",
    "concurrent.futures.process",
    "cryptography.hazmat.primitives.kdf.argon2",
    "encodings.utf_16_be",
    "encodings.utf_8_sig",
    "fichaat.bootstrap",
    "fichaat.launch",
    "fichaat.reports.ficha_pdf",
    "filelock",
    "mnemonic",
    "platformdirs",
    "pyhanko.sign.general",
    "pyrage",
    "sqlalchemy.dialects.sqlite.pysqlite",
    "sqlcipher3.dbapi2",
    "typer._adapters",
    "typer._click.decorators",
    "typer.rich_utils",
    "uuid_utils",
)
"""What functions import: that it is here already is quicker, nothing else."""

_END_WITH_PARENT = 1
_MAY_BE_TRACED_BY = 0x59616D61
_ANYBODY = 2**64 - 1


def main() -> None:
    """Answer requests: to begin a command, and how it ended."""
    load()
    with socket.socket(fileno=int(sys.argv[1])) as listener:
        while True:
            raw, descriptors, _, _ = socket.recv_fds(listener, LONGEST, 3)
            if not raw:
                return
            request = json.loads(raw)
            if "ended" in request:
                _, status = os.waitpid(request["ended"], 0)
                answer = os.waitstatus_to_exitcode(status)
            else:
                answer = os.fork()
                if answer == 0:
                    break
                for descriptor in descriptors:
                    os.close(descriptor)
                _, status = os.waitpid(answer, os.WUNTRACED)
                assert os.WIFSTOPPED(status), status
            listener.send(json.dumps(answer).encode())
    become(request, descriptors)


def load() -> None:
    """Everything that a command may import, but for the window."""
    for part in _PARTS:
        package = import_module(f"fichaat.{part}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    for name in _LATE:
        with suppress(ImportError):  # another version of a library, which a command will load
            import_module(name)
    assert threading.active_count() == 1, threading.enumerate()
    gc.collect()
    gc.freeze()


def become(request: "dict[str, object]", streams: "list[int]") -> None:
    """Be the process of one command, stopped until somebody lets it go on."""
    os.setsid()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(str(request["folder"]))
    environ, argv = request["environ"], request["argv"]
    assert isinstance(environ, dict)
    assert isinstance(argv, list)
    os.environ.clear()
    os.environ.update(environ)
    sys.argv[1:] = argv
    prctl = ctypes.CDLL(None).prctl
    prctl(_END_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    # Where the system lets a process be traced by its ancestors only (Yama): by anybody.
    prctl(_MAY_BE_TRACED_BY, ctypes.c_ulong(_ANYBODY), 0, 0, 0)
    os.kill(os.getpid(), signal.SIGSTOP)
    runpy.run_module("fichaat", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
