"""Files that a person names: read with a limit, refused with a sentence."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from fichaat.application.import_fichas import MAX_LINE_BYTES
from fichaat.application.sign_ficha import Scan
from fichaat.cli.answer import WrongUsageError, shown
from fichaat.domain.errors import UserFacingError
from fichaat.domain.firma import MAX_BLOB
from fichaat.system.atomic import system_error
from fichaat.system.chosen_target import demand_no_data, demand_place

MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".heic": "image/heic",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
}
"""Of scans and photos; the tables of the operating system differ from computer to computer."""


Reemplazar = Annotated[bool, typer.Option("--reemplazar")]
"""Of every command that writes a file which a person names."""


def read_file(name: str, limit: int = MAX_BLOB) -> bytes:
    """The bytes of a file.

    Raises:
        UserFacingError: "cli.file_missing", "cli.file_is_folder", "cli.file_too_large", "system.*".
    """
    path = Path(name)
    try:
        with open_file(path) as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise system_error(error, path) from error
    if len(data) > limit:
        raise UserFacingError("cli.file_too_large", archivo=shown(path.name), limite=limit)
    return data


def open_file(path: Path) -> BinaryIO:
    """Raises:
    UserFacingError: "cli.file_missing", "cli.file_is_folder", "system.*".
    """
    try:
        if path.is_dir():
            raise UserFacingError("cli.file_is_folder", archivo=shown(str(path)))
        return path.open("rb")
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise UserFacingError("cli.file_missing", archivo=shown(str(path))) from None
    except OSError as error:
        raise system_error(error, path) from error


def read_scan(name: str) -> Scan:
    """Name, media type and bytes of a scan or photo."""
    path = Path(name)
    media_type = MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream")
    return shown(path.name), media_type, read_file(name)


def read_lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file; of an endless one only the piece that shows it is too long."""
    while line := file.readline(MAX_LINE_BYTES + 2):
        yield line
        while len(line) > MAX_LINE_BYTES + 1 and not line.endswith(b"\n"):
            line = file.readline(MAX_LINE_BYTES + 2)


def make_folder(name: str) -> Path:
    """A folder to write into, made where only it is missing: a path with a slip would else grow
    folders that nobody looks into.

    Raises:
        UserFacingError: "cli.not_a_folder", "system.no_folder", "system.*", and those of
            `demand_no_data`; nothing was made.
    """
    path = Path(name)
    try:
        demand_no_data(path)
        path.mkdir(exist_ok=True)
    except FileNotFoundError:
        raise UserFacingError("system.no_folder", carpeta=shown(str(path.parent))) from None
    except (FileExistsError, NotADirectoryError):
        raise UserFacingError("cli.not_a_folder", archivo=shown(str(path))) from None
    except ValueError:
        raise UserFacingError("cli.file_missing", archivo=shown(str(path))) from None
    except OSError as error:
        raise system_error(error, path) from error
    return path


def target_file(name: str | None, default: str, *, replace: bool) -> Path:
    """Where a file goes: the name given, or the usual name in the folder given.

    Args:
        name: as the person gave it.
        default: the usual name.
        replace: whether an earlier file of the same kind may be replaced; which kind is seen when
            it is written.

    Raises:
        UserFacingError: "cli.file_exists", and those of `demand_place`.
    """
    path = _in_place(name, default)
    demand_free(path, replace=replace)
    return path


def workbook_file(
    name: str | None, default: str, *, replace: bool, taken: str = "cli.file_exists"
) -> Path:
    """Where a workbook goes, as `target_file`; `taken` says that the name is.

    Raises:
        WrongUsageError: "cli.workbook_file": its name would say that it is something else.
        UserFacingError: `taken`, and those of `demand_place`.
    """
    path = _in_place(name, default)
    if path.suffix.lower() != ".xlsx":
        raise WrongUsageError("cli.workbook_file", archivo=shown(path.name))
    demand_free(path, replace=replace, taken=taken)
    return path


def demand_free(path: Path, *, replace: bool, taken: str = "cli.file_exists") -> None:
    """Raises:
    UserFacingError: `taken`, and those of `demand_place`.
    """
    demand_place(path)
    if not replace and (path.is_symlink() or path.is_file()):
        raise UserFacingError(taken, archivo=shown(str(path)))


def _in_place(name: str | None, default: str) -> Path:
    path = Path(default if name is None else name)
    return path / default if name is not None and path.is_dir() else path
