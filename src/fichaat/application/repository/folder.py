"""The folder that a repository stands in, as the use case sees it."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from fichaat.application.jobs import CancelToken


class RepositoryFolder(Protocol):
    """Names are relative, with «/» between their parts, and were checked by `names.is_safe`."""

    def files(self) -> dict[str, int]:
        """Bytes of every file below, unfinished ones aside.

        Raises:
            UserFacingError: "repositorio.link" (something in it leads elsewhere), "system.*".
        """
        ...

    def read(self, name: str) -> bytes | None:
        """None where there is no such file.

        Raises:
            UserFacingError: "system.*".
        """
        ...

    def digest(self, name: str, cancel: CancelToken) -> str | None:
        """SHA-256 of what the disk holds; None where there is no such file.

        Raises:
            UserFacingError: "system.*".
            CancelledError: nothing was changed.
        """
        ...

    def write(self, name: str, data: bytes) -> str:
        """Write a whole file and read it back; its SHA-256.

        Raises:
            UserFacingError: "system.*": the old file stays; "repositorio.read_back": the disk holds
                something else.
        """
        ...

    def place(self, name: str) -> Path:
        """Where somebody else is to write that file; its folder is made.

        Raises:
            UserFacingError: "system.*".
        """
        ...

    def remove(self, name: str) -> None:
        """Raises:
        UserFacingError: "system.*".
        """
        ...

    def tidy(self) -> None:
        """Remove unfinished files, and folders of ours that hold nothing any more.

        Raises:
            UserFacingError: "system.*".
        """
        ...


OpenFolder = Callable[[Path], RepositoryFolder]
