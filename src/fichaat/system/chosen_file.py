"""The bytes of a file that a person chose: read with a limit, refused with a sentence."""

from pathlib import Path

from fichaat.domain.errors import UserFacingError
from fichaat.system.atomic import system_error, told_name


def read_chosen(path: Path, limit: int) -> bytes:
    """The whole file.

    Raises:
        UserFacingError: "system.file_missing", "system.is_folder", "system.file_too_large",
            "system.*".
    """
    name = told_name(path)
    try:
        # Asked first: Windows says only that there is no permission to open a folder.
        if path.is_dir():
            raise UserFacingError("system.is_folder", archivo=name)
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise UserFacingError("system.file_missing", archivo=name) from None
    except OSError as error:
        raise system_error(error, path) from error
    if len(data) > limit:
        raise UserFacingError("system.file_too_large", archivo=name, megas=limit // 1_000_000)
    return data
