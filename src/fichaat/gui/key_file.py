"""The file of a region key, as a person names it: its path and the passphrase typed for it."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fichaat.domain.errors import UserFacingError
from fichaat.system.atomic import system_error, told_name

if TYPE_CHECKING:
    from fichaat.application.ports.keys import RegionKey
    from fichaat.application.program import Program

_MAX_BYTES = 1_000_000


class KeyFile(NamedTuple):
    """Where the key is, and what opens it."""

    path: Path
    passphrase: str

    def __repr__(self) -> str:
        """Without the passphrase: a repr ends in logs."""
        return f"KeyFile({self.path.name!r})"


def open_key(program: "Program", file: KeyFile) -> "RegionKey":
    """The key itself.

    Raises:
        UserFacingError: "region.*" (no such file, wrong passphrase), "system.*".
    """
    try:
        if file.path.is_dir():
            raise UserFacingError("region.key_file")
        with file.path.open("rb") as opened:
            data = opened.read(_MAX_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        raise UserFacingError("region.key_missing", archivo=told_name(file.path)) from None
    except OSError as error:
        raise system_error(error, file.path) from error
    return program.region_keys.open(data, file.passphrase)
