"""How a long job tells how far it is and hears that the person changed their mind."""

from typing import Protocol

from fichaat.domain.errors import CancelledError


class Progress(Protocol):
    """Called with the units done and their total; the total may be 0 while unknown."""

    def __call__(self, done: int, total: int) -> None: ...


def no_progress(done: int, total: int) -> None:
    """For callers that show nothing."""


class CancelToken:
    """Set by the window or by Ctrl+C, looked at between units of work."""

    def __init__(self) -> None:
        self._cancelled = False

    def cancel(self) -> None:
        self._cancelled = True

    def check(self) -> None:
        """Raises:
        CancelledError: someone called `cancel`.
        """
        if self._cancelled:
            raise CancelledError
