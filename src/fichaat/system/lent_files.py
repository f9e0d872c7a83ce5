"""Files written for other programs to show, which go when this one ends."""

import shutil
from pathlib import Path
from tempfile import mkdtemp

from fichaat.system.atomic import atomic_write, system_error


class LentFiles:
    """A folder that only this person may read, made with the first file."""

    def __init__(self) -> None:
        self._folder: Path | None = None

    def write(self, name: str, data: bytes) -> Path:
        """Write a file, or replace the one of this name.

        Raises:
            UserFacingError: "system.*".
        """
        if self._folder is None:
            try:
                self._folder = Path(mkdtemp(prefix="fichaat-ver-"))
            except OSError as error:
                raise system_error(error, Path(name)) from error
        path = self._folder / name
        atomic_write(path, data, mode=0o600)
        return path

    def close(self) -> None:
        """What another program still holds open stays."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None
