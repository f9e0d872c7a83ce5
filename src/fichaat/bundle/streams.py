"""Files on their way through an envelope: counted, and blamed on the right disk when they fail."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, Final

from fichaat.application.jobs import Progress, no_progress
from fichaat.application.ports.bundles import Sink, Source
from fichaat.domain.errors import UserFacingError
from fichaat.system.atomic import system_error

_STORAGE_CODES: Final = {
    "system.no_space": "storage.no_space",
    "system.read_only": "storage.read_only",
    "system.no_permission": "storage.read_only",
}


def own_disk_error(error: OSError) -> UserFacingError:
    """A failure of the disk where the data are, which says nothing about the file that came."""
    code = system_error(error, Path("fichaat")).code
    return UserFacingError(_STORAGE_CODES.get(code, "storage.io"))


@contextmanager
def nameless_file(folder: Path | None) -> Iterator[BinaryIO]:
    """A file that only this program can read, and that goes when it is closed.

    Args:
        folder: on whose disk it is; that of the system's temporary files where None.

    Raises:
        UserFacingError: "storage.*": it could not be made.
    """
    try:
        file = TemporaryFile(dir=folder)  # noqa: SIM115  # what cannot be written is not mourned
    except OSError as error:
        raise own_disk_error(error) from error
    try:
        yield file
    finally:
        with suppress(OSError):
            file.close()


class Incoming:
    """A file that came, read once: how far, and what it was."""

    def __init__(self, file: Source, size: int = 0, progress: Progress = no_progress) -> None:
        self._file = file
        self._size = size
        self._progress = progress
        self._done = 0
        self._digest = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """Of what was read."""
        return self._digest.hexdigest()

    def read(self, size: int = -1, /) -> bytes:
        """Raises:
        UserFacingError: "bundle.unreadable": the disk or the USB stick failed.
        """
        try:
            data = self._file.read(size)
        except OSError as error:
            raise UserFacingError("bundle.unreadable") from error
        self._digest.update(data)
        self._done += len(data)
        self._progress(self._done, self._size)
        return data


class Outgoing:
    """A file that is written once: how much, and what."""

    def __init__(self, file: Sink) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.size = 0

    @property
    def sha256(self) -> str:
        """Of what was written."""
        return self._digest.hexdigest()

    def write(self, data: bytes, /) -> int:
        self._digest.update(data)
        self.size += len(data)
        return self._file.write(data)


class Halves:
    """A file that is read twice is counted once."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def first(self, done: int, total: int) -> None:
        self._progress(done // 2, total)

    def second(self, done: int, total: int) -> None:
        self._progress(total // 2 + done // 2, total)
