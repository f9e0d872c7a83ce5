"""The bytes of what was imported: kept, and legible for nobody but this installation."""

import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from fichaat.application.jobs import CancelToken
from fichaat.application.ports.bundles import Envelope, Keep, KeptFiles, OpenBundle, Sink
from fichaat.bundle.reader import open_regular
from fichaat.bundle.streams import Incoming, own_disk_error
from fichaat.domain.errors import UserFacingError
from fichaat.system.atomic import atomic_file

_PARTIAL: Final = ".recibiendo.parcial"
_PRIVATE: Final = 0o600
_BLOCK: Final = 1 << 20
_NAME: Final = re.compile(r"[0-9a-f]{64}\.fichaat")


class ReceivedFolder:
    """See `ports.ReceivedFiles`: one file each, called by the SHA-256 of what was received."""

    def __init__(self, folder: Path, envelope: Envelope) -> None:
        self._folder = folder
        self._envelope = envelope

    @contextmanager
    def keeping(self) -> Iterator[Keep]:
        """See `ports.ReceivedFiles.keeping`."""
        made: list[Path] = []

        def keep(path: Path, bundle: OpenBundle, recipient: str, cancel: CancelToken) -> None:
            target = self._folder / f"{bundle.sha256}.fichaat"
            if not target.exists():
                self._copy(path, target, bundle, recipient, cancel)
                made.append(target)

        try:
            yield keep
        except BaseException:
            for target in made:
                with suppress(OSError):
                    target.unlink()
            raise

    def held(self, before: datetime | None = None) -> KeptFiles:
        """See `ports.ReceivedRoom.held`."""
        sizes = [size for _, size in self._kept(before)]
        return KeptFiles(len(sizes), sum(sizes))

    def remove(self, before: datetime) -> KeptFiles:
        """See `ports.ReceivedRoom.remove`."""
        gone = KeptFiles()
        for path, size in self._kept(before):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise own_disk_error(error) from error
            gone = KeptFiles(gone.count + 1, gone.bytes + size)
        return gone

    def _kept(self, before: datetime | None) -> list[tuple[Path, int]]:
        """Files that this folder wrote, and nothing that somebody else put there."""
        found = []
        try:
            for path in self._folder.iterdir() if self._folder.is_dir() else ():
                told = path.lstat()
                early = before is None or told.st_mtime < before.timestamp()
                if _NAME.fullmatch(path.name) and stat.S_ISREG(told.st_mode) and early:
                    found.append((path, told.st_size))
        except OSError as error:
            raise own_disk_error(error) from error
        return sorted(found)

    def _copy(
        self, path: Path, target: Path, bundle: OpenBundle, recipient: str, cancel: CancelToken
    ) -> None:
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise own_disk_error(error) from error
        with open_regular(path) as file, _own_disk():
            source = Incoming(file)
            with atomic_file(target, mode=_PRIVATE, temporary_name=_PARTIAL) as out:
                if bundle.cifrado:
                    _copy(source, out, cancel)
                else:
                    self._envelope.seal(source, out, [recipient], cancel)
                if source.sha256 != bundle.sha256:
                    raise UserFacingError("bundle.changed_while_reading")


def _copy(source: Incoming, out: Sink, cancel: CancelToken) -> None:
    while block := source.read(_BLOCK):
        cancel.check()
        out.write(block)


@contextmanager
def _own_disk() -> Iterator[None]:
    """What `atomic_file` says of any target is here about the disk of the data."""
    try:
        yield
    except UserFacingError as error:
        if isinstance(error.__cause__, OSError) and error.code.startswith("system."):
            raise own_disk_error(error.__cause__) from error
        raise
