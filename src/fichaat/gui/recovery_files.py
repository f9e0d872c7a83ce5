"""The small files of a recovery, as they come from outside."""

from pathlib import Path

from fichaat.application.region_recovery import MAX_FILE
from fichaat.domain.errors import UserFacingError
from fichaat.system.atomic import system_error


def read_answer_file(path: Path) -> bytes:
    """The bytes of a file that may be an answer of the region.

    Raises:
        UserFacingError: "recuperacion.not_an_answer", "system.*": it cannot be read.
    """
    return _read(path, "recuperacion.not_an_answer")


def read_request_file(path: Path) -> bytes:
    """The bytes of a file that may be a request.

    Raises:
        UserFacingError: "recuperacion.not_a_request", "system.*": it cannot be read.
    """
    return _read(path, "recuperacion.not_a_request")


def _read(path: Path, code: str) -> bytes:
    try:
        # Asked first: a pipe could be waited on for ever.
        if not path.is_file():
            raise UserFacingError(code)
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except OSError as error:
        raise system_error(error, path) from error
    if len(data) > MAX_FILE:
        raise UserFacingError(code)
    return data
