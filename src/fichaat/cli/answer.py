"""What a command gives back: one value for scripts, some lines for people, one exit code."""

from collections.abc import Sequence
from dataclasses import dataclass

from fichaat.domain.errors import Param, UserFacingError

OK = 0
REFUSED = 1
WRONG_USAGE = 2
NOT_TRUSTED = 3
CANCELLED = 130


@dataclass(frozen=True, slots=True)
class Answer:
    """`data` is printed with --json, `lines` without."""

    data: object
    lines: Sequence[str]
    exit_code: int = OK


class WrongUsageError(UserFacingError):
    """The command line itself is wrong: exit code 2. The code is "cli.*"."""

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code, **params)


def shown(text: str) -> str:
    """A text from outside that any terminal and any JSON can hold, on one line."""
    whole = text.encode("utf-8", "replace").decode()
    return "".join(char if char.isprintable() else "�" for char in whole)
