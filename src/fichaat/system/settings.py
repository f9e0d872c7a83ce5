"""What the environment says: the data folder, the passphrase files, the clock."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from fichaat.domain.errors import UserFacingError

if TYPE_CHECKING:
    from fichaat.application.ports.keys import Clock

DATOS: Final = "FICHAAT_DATOS"
CLAVE_ARCHIVO: Final = "FICHAAT_CLAVE_ARCHIVO"
CLAVE_REGION_ARCHIVO: Final = "FICHAAT_CLAVE_REGION_ARCHIVO"
RELOJ: Final = "FICHAAT_RELOJ"

_NAME = "fichaat"
_PRACTICE = "fichaat-practica"
_LONGEST_PASSPHRASE_FILE = 10_000


class Settings(NamedTuple):
    """The variables, as they are; blank ones count as not set."""

    datos: str | None = None
    clave_archivo: str | None = None
    reloj: str | None = None
    clave_region_archivo: str | None = None

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> "Settings":
        names = (DATOS, CLAVE_ARCHIVO, RELOJ, CLAVE_REGION_ARCHIVO)
        return cls(*(environ.get(name, "").strip() or None for name in names))

    def clock(self) -> "Clock":
        """Raises:
        UserFacingError: "system.clock".
        """
        from fichaat.system.clock import LimaClock, parse_clock

        return LimaClock() if self.reloj is None else parse_clock(self.reloj)

    def folder(self, chosen: str | None) -> Path:
        """The data folder: the one named by the person, by the environment, or the account's."""
        named = chosen or self.datos
        return Path(named).absolute() if named else _account_folder(_NAME)

    def is_named(self, chosen: str | None) -> bool:
        """Whether somebody said which data folder is meant."""
        return bool(chosen or self.datos)

    def practice_folder(self, chosen: str | None) -> Path:
        """Where a practice profile lives: never beside real work unless the person says so."""
        named = chosen or self.datos
        return Path(named).absolute() if named else _account_folder(_PRACTICE)

    def passphrase(self) -> str | None:
        """The first line of the passphrase file; None where no file is named.

        Raises:
            UserFacingError: "system.passphrase_*": it cannot be read.
        """
        if self.clave_archivo is None:
            return None
        return first_line(Path(self.clave_archivo))

    def region_passphrase(self) -> str | None:
        """The first line of the passphrase file of the region key; where none is named, that of
        the data folder; None where neither is.

        Raises:
            UserFacingError: "system.passphrase_*": it cannot be read.
        """
        if self.clave_region_archivo is None:
            return self.passphrase()
        return first_line(Path(self.clave_region_archivo))


def first_line(path: Path) -> str:
    """The passphrase in a small text file: its first line without the line end.

    Raises:
        UserFacingError: "system.passphrase_missing", "system.passphrase_folder",
            "system.passphrase_unreadable", "system.passphrase_file" (not a text).
    """
    from fichaat.system.atomic import told_name

    name = told_name(path)
    try:
        # Asked first: Windows says only that there is no permission to open a folder.
        if path.is_dir():
            raise UserFacingError("system.passphrase_folder", archivo=name)
        with path.open("rb") as file:
            data = file.read(_LONGEST_PASSPHRASE_FILE)
        text = data.decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UserFacingError("system.passphrase_missing", archivo=name) from error
    except OSError as error:
        raise UserFacingError("system.passphrase_unreadable", archivo=name) from error
    except ValueError:
        raise UserFacingError("system.passphrase_file") from None
    return text.replace("\r\n", "\n").partition("\n")[0]


def _account_folder(name: str) -> Path:
    from platformdirs import user_data_path

    return user_data_path(name, appauthor=False)
