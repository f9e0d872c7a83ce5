"""Files that a person chose or dropped: read with a limit, refused with a sentence."""

from collections.abc import Sequence
from pathlib import Path

from fichaat.application.media_types import media_type
from fichaat.application.sign_ficha import Scan
from fichaat.domain.errors import UserFacingError
from fichaat.domain.firma import MAX_BLOB
from fichaat.system.atomic import system_error, told_name


def read_scans(paths: Sequence[Path]) -> list[Scan]:
    """Name, media type and bytes of scans, photos or PDFs.

    Raises:
        UserFacingError: "firmas.file_missing", "firmas.file_is_folder", "ficha.file_refused",
            "ficha.blob_too_large", "system.*".
    """
    return [_read_scan(path) for path in paths]


def read_book(path: Path) -> bytes:
    """A workbook, or of a file that is none the beginning; who reads it has limits of its own.

    Raises:
        UserFacingError: "firmas.file_missing", "firmas.file_is_folder", "system.*".
    """
    return _read(path)


def _read_scan(path: Path) -> Scan:
    data = _read(path)
    if len(data) > MAX_BLOB:
        raise UserFacingError("ficha.blob_too_large", sha256="")
    return path.name, media_type(told_name(path), data), data


def _read(path: Path) -> bytes:
    """One byte more than a scan may have: who reads it then knows that it is too long."""
    name = told_name(path)
    try:
        # Asked first: Windows says only that there is no permission to open a folder.
        if path.is_dir():
            raise UserFacingError("firmas.file_is_folder", archivo=name)
        with path.open("rb") as file:
            return file.read(MAX_BLOB + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise UserFacingError("firmas.file_missing", archivo=name) from None
    except OSError as error:
        raise system_error(error, path) from error
