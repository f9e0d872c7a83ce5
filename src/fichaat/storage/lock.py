"""One program per data folder."""

from filelock import FileLock, Timeout

from fichaat.domain.errors import UserFacingError


class FolderLock:
    """The operating system holds it, not the file: what a killed program leaves hinders nobody."""

    def __init__(self, path: str) -> None:
        self._lock = FileLock(path, timeout=0, thread_local=False)

    def acquire(self) -> None:
        """May be called again by who holds it.

        Raises:
            UserFacingError: "storage.in_use": another program works in this folder.
            OSError: the folder cannot be written.
        """
        try:
            self._lock.acquire()
        except Timeout:
            raise UserFacingError("storage.in_use") from None

    def release(self) -> None:
        self._lock.release()
