"""The one way in which a file is written: whole, or not at all.

The bytes go to a temporary file in the target's folder, reach the disk, and take the target's name
in one step. Whatever goes wrong, the old file stays.
"""

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from fichaat.domain.errors import UserFacingError

NO_SPACE: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_CODES = {
    **dict.fromkeys(NO_SPACE, "system.no_space"),
    errno.EROFS: "system.read_only",
    errno.EACCES: "system.no_permission",
    errno.EPERM: "system.no_permission",
    errno.ENODEV: "system.removed",
    errno.ENXIO: "system.removed",
    errno.EIO: "system.removed",
    errno.ENOENT: "system.removed",
    errno.ENOTDIR: "system.removed",
    errno.EISDIR: "system.is_folder",
}
# Windows has finer numbers than the errno that Python makes of them.
_WINDOWS_CODES = {
    19: "system.read_only",  # ERROR_WRITE_PROTECT
    21: "system.removed",  # ERROR_NOT_READY
    32: "system.in_use",  # ERROR_SHARING_VIOLATION
    112: "system.no_space",  # ERROR_DISK_FULL
    1117: "system.removed",  # ERROR_IO_DEVICE
    1167: "system.removed",  # ERROR_DEVICE_NOT_CONNECTED
}
_BUFFER = 1 << 16
"""Bytes written at once: a bundle is written in thirty thousand small pieces."""
# File systems that cannot flush a folder say so in one of these ways.
_FOLDER_NOT_FLUSHED = frozenset({errno.EINVAL, errno.EBADF, errno.ENOTSUP, errno.EACCES})


def system_error(error: OSError, path: Path) -> UserFacingError:
    """What the person is told about a file that could not be read or written.

    The system's own sentence is English: it stays in the cause, for the log.
    """
    code = _WINDOWS_CODES.get(getattr(error, "winerror", None) or 0)
    if code is None:
        code = _CODES.get(error.errno or 0, "system.io")
    return UserFacingError(code, archivo=told_name(path))


def told_name(path: Path) -> str:
    """The name of a file as a sentence can hold it."""
    return (path.name or str(path)).encode("utf-8", "replace").decode()


@contextmanager
def atomic_file(
    path: Path, *, mode: int = 0o666, temporary_name: str | None = None
) -> Iterator[BinaryIO]:
    """A file to write to; it becomes `path` when the block ends without an exception.

    A temporary file that a killed process left is replaced, so that none piles up on a USB stick.
    A link stays, and the file it points to is replaced. Folders, devices and pipes are refused:
    a rename would put a file in the place of /dev/full.

    Args:
        path: the target; the folder must exist.
        mode: permissions before the umask; 0o600 for what only this person may read.
        temporary_name: of the temporary file, where `path` has another name at every try and
            could not replace what an earlier try left.

    Raises:
        UserFacingError: "system.*": nothing was written and the old file stays.
    """
    try:
        target = _replaceable(path)
        temporary = target.with_name(temporary_name or f".{target.name}.parcial")
        temporary.unlink(missing_ok=True)
        out = _create(temporary, mode)
    except OSError as error:
        raise system_error(error, path) from error
    identity = None
    try:
        identity = _identity(os.fstat(out.fileno()))
        with out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        if _identity(temporary.stat()) != identity:
            raise UserFacingError("system.in_use", archivo=told_name(path))
        temporary.replace(target)
        _flush_folder(target.parent)
    except OSError as error:
        _discard(temporary, identity)
        raise system_error(error, path) from error
    except BaseException:
        _discard(temporary, identity)
        raise


def atomic_write(path: Path, data: bytes, *, mode: int = 0o666) -> None:
    """Write a whole file.

    Raises:
        UserFacingError: "system.*": nothing was written and the old file stays.
    """
    with atomic_file(path, mode=mode) as out:
        out.write(data)


def _replaceable(path: Path) -> Path:
    """Where the file goes: `path`, or what it links to.

    Raises:
        UserFacingError: "system.is_folder", "system.not_a_file": something else has that name.
        OSError: the system does not say what is there.
    """
    target = Path(os.path.realpath(path)) if path.is_symlink() else path
    try:
        found = target.lstat().st_mode
    except FileNotFoundError:
        return target
    if stat.S_ISDIR(found):
        raise UserFacingError("system.is_folder", archivo=told_name(path))
    if not stat.S_ISREG(found):
        raise UserFacingError("system.not_a_file", archivo=told_name(path))
    return target


def _create(temporary: Path, mode: int) -> BinaryIO:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(temporary, flags, mode), "wb", buffering=_BUFFER)


def _identity(stat: os.stat_result) -> tuple[int, int]:
    return stat.st_dev, stat.st_ino


def _discard(temporary: Path, identity: tuple[int, int] | None) -> None:
    """Remove our own temporary file, never that of another process with the same target."""
    with contextlib.suppress(OSError):
        if identity is None or _identity(temporary.stat()) == identity:
            temporary.unlink()


def _flush_folder(folder: Path) -> None:
    """Make the new name last; Windows keeps names by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _FOLDER_NOT_FLUSHED:
            raise
    finally:
        os.close(handle)
