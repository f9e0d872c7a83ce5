"""Files of a data folder: making them last, and putting them aside without losing any."""

import os
from pathlib import Path
from typing import Final

from fichaat.system.atomic import atomic_file

LOGS: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database while it is open."""

PRIVATE: Final = 0o600
"""Permissions of every file with data: its owner reads and writes it, nobody else."""

_BLOCK: Final = 1 << 20


def flush(path: Path) -> None:
    """Make a file, or the names in a folder, last; Windows keeps names by itself."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def copy_file(source: Path, target: Path) -> None:
    """Raises:
    UserFacingError: "system.*": the old target stays.
    OSError: the source cannot be read.
    """
    with source.open("rb") as data, atomic_file(target, mode=PRIVATE) as out:
        while block := data.read(_BLOCK):
            out.write(block)


def make_private(path: Path) -> None:
    """An empty file that only its owner may read, whatever the umask; one that is there stays.

    SQLite gives the logs the permissions of their database.

    Raises:
        OSError: it cannot be made.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    except FileExistsError:
        return
    os.close(handle)


def discard(path: Path) -> None:
    """Remove an unfinished database and its logs."""
    for suffix in ("", *LOGS):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def move_aside(path: Path, folder: Path) -> None:
    """Move a file, if it is there, into a folder where nothing is ever written over."""
    if not path.exists():
        return
    folder.mkdir(mode=0o700, exist_ok=True)
    target, number = folder / path.name, 1
    while target.exists():
        number += 1
        target = folder / f"{path.name}.{number}"
    path.rename(target)
