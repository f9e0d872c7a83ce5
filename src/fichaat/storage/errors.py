"""From the errors of SQLite and of the system to sentences that a person can act on."""

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlcipher3 import dbapi2

from fichaat.domain.errors import UserFacingError
from fichaat.system.atomic import told_name

_CODES: Final = {
    sqlite3.SQLITE_FULL: "storage.no_space",
    sqlite3.SQLITE_READONLY: "storage.read_only",
    sqlite3.SQLITE_PERM: "storage.read_only",
    sqlite3.SQLITE_CORRUPT: "storage.corrupt",
    sqlite3.SQLITE_NOTADB: "storage.corrupt",
    sqlite3.SQLITE_BUSY: "storage.locked",
    sqlite3.SQLITE_LOCKED: "storage.locked",
    sqlite3.SQLITE_IOERR: "storage.io",
    sqlite3.SQLITE_CANTOPEN: "storage.io",
}
CORRUPT_RESULTS: Final = frozenset(
    number for number, code in _CODES.items() if code == "storage.corrupt"
)

_SYSTEM_CODES: Final = {
    errno.ENOSPC: "storage.no_space",
    errno.EDQUOT: "storage.no_space",
    errno.EROFS: "storage.read_only",
    errno.EACCES: "storage.read_only",
    errno.EPERM: "storage.read_only",
    errno.ENOTDIR: "storage.not_a_folder",
    errno.EEXIST: "storage.not_a_folder",
}
_WINDOWS_CODES: Final = {
    5: "storage.read_only",  # ERROR_ACCESS_DENIED
    19: "storage.read_only",  # ERROR_WRITE_PROTECT
    112: "storage.no_space",  # ERROR_DISK_FULL
}
_BACKUP_CODES: Final = {
    "storage.no_space": "storage.backup_no_space",
    "storage.read_only": "storage.backup_read_only",
    "storage.io": "storage.backup_io",
}

_HARDLY_ANY_SPACE: Final = 256 * 1024
"""Bytes free under which a failed write is put down to a full disk, whatever SQLite calls it."""


@contextmanager
def database_errors(folder: Path) -> Iterator[None]:
    """Turns what SQLite raises inside the block into "storage.*" errors.

    Args:
        folder: where the database is; its free space explains some errors.

    Raises:
        UserFacingError: "storage.*". Anything else is a bug and passes through.
    """
    try:
        yield
    except (DBAPIError, dbapi2.Error) as error:
        told = explain(error, folder)
        if told is None:
            raise
        raise told from error
    except PoolTimeoutError as error:
        raise UserFacingError("storage.locked") from error


@contextmanager
def file_errors(folder: Path) -> Iterator[None]:
    """`database_errors`, and those of the system about the files of the folder too.

    Raises:
        UserFacingError: "storage.*".
    """
    try:
        with database_errors(folder):
            yield
    except OSError as error:
        code = system_code(error)
        if code == "storage.io" and _is_full(folder):
            code = "storage.no_space"
        raise UserFacingError(code) from error


@contextmanager
def backup_errors(folder: Path, data: Path) -> Iterator[None]:
    """`file_errors` of a folder of backups, which the sentence names where it is not among the
    data: these are open, so what cannot be written is the other one.

    Args:
        folder: of the backups.
        data: the data folder.

    Raises:
        UserFacingError: "storage.*".
    """
    try:
        with file_errors(folder):
            yield
    except UserFacingError as error:
        code = _BACKUP_CODES.get(error.code)
        if code is None or folder.absolute().is_relative_to(data.absolute()):
            raise
        raise UserFacingError(code, carpeta=told_name(folder)) from error


@contextmanager
def nothing_to_save() -> Iterator[None]:
    """Around what only reads: where the disk of the data is full, nobody is told that something was
    not saved. Reading takes a little room too, for the log of the database.

    Raises:
        UserFacingError: "storage.no_space_to_read" in the place of "storage.no_space".
    """
    try:
        yield
    except UserFacingError as error:
        if error.code != "storage.no_space":
            raise
        raise UserFacingError("storage.no_space_to_read") from error


def explain(error: Exception, folder: Path) -> UserFacingError | None:
    """The error a person may see, or None where it is a bug of this program."""
    number = result_code(error)
    code = None if number is None else _CODES.get(number)
    if code == "storage.io" and _is_full(folder):
        code = "storage.no_space"
    return None if code is None else UserFacingError(code)


def result_code(error: Exception) -> int | None:
    """The primary result code of SQLite."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    extended = getattr(cause, "sqlite_errorcode", None)
    return None if extended is None else int(extended) & 0xFF


def system_code(error: OSError) -> str:
    """What kind of trouble the system reports about a file."""
    code = _WINDOWS_CODES.get(getattr(error, "winerror", None) or 0)
    return code or _SYSTEM_CODES.get(error.errno or 0, "storage.io")


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _HARDLY_ANY_SPACE
    except OSError:
        return False
