"""A folder of an upload package on a disk, a stick or a share."""

import contextlib
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from fichaat.application.jobs import CancelToken
from fichaat.application.repository.folder import RepositoryFolder
from fichaat.domain.errors import UserFacingError
from fichaat.domain.record import sha256_hex
from fichaat.system.atomic import atomic_write, system_error, told_name

_PIECE: Final = 1 << 20
_UNFINISHED: Final = ".parcial"
"""How `atomic_file` ends the names of what it has not finished."""

_OF_SYSTEMS: Final = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
"""Files that windows of folders leave behind."""


class DiskFolder(RepositoryFolder):
    def __init__(self, root: Path) -> None:
        self._root = root

    def files(self) -> dict[str, int]:
        found = {}
        for path, status in self._walk(self._root):
            if not path.name.endswith(_UNFINISHED) and path.name.casefold() not in _OF_SYSTEMS:
                found[path.relative_to(self._root).as_posix()] = status.st_size
        return found

    def read(self, name: str) -> bytes | None:
        path = self._path(name)
        try:
            return path.read_bytes()
        except FileNotFoundError:
            self._demand_root()
            return None
        except OSError as error:
            raise system_error(error, path) from error

    def digest(self, name: str, cancel: CancelToken) -> str | None:
        path, summed = self._path(name), hashlib.sha256()
        try:
            with path.open("rb") as file:
                while piece := file.read(_PIECE):
                    cancel.check()
                    summed.update(piece)
        except (FileNotFoundError, NotADirectoryError):
            self._demand_root()
            return None
        except OSError as error:
            raise system_error(error, path) from error
        return summed.hexdigest()

    def write(self, name: str, data: bytes) -> str:
        path = self.place(name)
        atomic_write(path, data)
        try:
            held = sha256_hex(path.read_bytes())
        except OSError as error:
            raise system_error(error, path) from error
        if held != sha256_hex(data):
            raise UserFacingError("repositorio.read_back", archivo=name)
        return held

    def place(self, name: str) -> Path:
        path = self._path(name)
        # Pulled out, a stick must not be replaced by a folder of its name.
        self._demand_root()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise system_error(error, path.parent) from error
        return path

    def remove(self, name: str) -> None:
        path = self._path(name)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise system_error(error, path) from error

    def tidy(self) -> None:
        for path, _ in list(self._walk(self._root)):
            if path.name.endswith(_UNFINISHED):
                self.remove(path.relative_to(self._root).as_posix())
        for folder, _, _ in os.walk(self._root, topdown=False):
            if Path(folder) != self._root:
                # One that still holds something stays.
                with contextlib.suppress(OSError):
                    Path(folder).rmdir()

    def _path(self, name: str) -> Path:
        return self._root.joinpath(*name.split("/"))

    def _demand_root(self) -> None:
        """Raises:
        UserFacingError: "system.removed".
        """
        if not self._root.is_dir():
            raise UserFacingError("system.removed", archivo=told_name(self._root))

    def _walk(self, folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
        """Every file below; links are not followed.

        Raises:
            UserFacingError: "repositorio.link", "system.*".
        """
        try:
            inside = sorted(os.scandir(folder), key=lambda entry: entry.name)
            for entry in inside:
                status = entry.stat(follow_symlinks=False)
                if entry.is_symlink() or not (
                    stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)
                ):
                    raise UserFacingError("repositorio.link", archivo=told_name(Path(entry.path)))
                if stat.S_ISDIR(status.st_mode):
                    yield from self._walk(Path(entry.path))
                else:
                    yield Path(entry.path), status
        except OSError as error:
            raise system_error(error, folder) from error
