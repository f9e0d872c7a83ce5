"""Work that must not stop the typing, as presenters ask for it: no Qt here."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from fichaat.application.changes import Changes
from fichaat.application.jobs import CancelToken, Progress
from fichaat.domain.errors import UserFacingError

T = TypeVar("T")

Done = Callable[[T], None]
Failed = Callable[[UserFacingError], None]
Stopped = Callable[[], None]


class Job(Protocol):
    """Work under way."""

    def cancel(self) -> None:
        """Ask it to stop; nothing is reported any more unless it was already over."""
        ...


class Tasks(Protocol):
    """Runs work in the background and tells its result in the window's own thread.

    Writes run one after the other in the order they were asked for; reads beside them. `done` is
    called with what the work returned. A `UserFacingError` goes to `failed`, and without one to
    the message bar of the window; any other exception is a bug and goes to the bug dialog.
    """

    def read(self, work: Callable[[], T], done: Done[T], failed: Failed | None = None) -> Job:
        """Look something up."""
        ...

    def write(
        self, work: Callable[[], tuple[T, Changes]], done: Done[T], failed: Failed | None = None
    ) -> Job:
        """Change something; open pages hear of the changes after `done`."""
        ...

    def long(
        self,
        title: str,
        work: Callable[[Progress, CancelToken], tuple[T, Changes]],
        done: Done[T],
        failed: Failed | None = None,
        stopped: Stopped | None = None,
    ) -> Job:
        """Change something that takes a while: after half a second a bar with *Cancelar* shows.

        A cancelled job calls neither `done` nor `failed`, but `stopped` once it has ended.
        """
        ...

    def look(
        self,
        title: str,
        work: Callable[[Progress, CancelToken], T],
        done: Done[T],
        failed: Failed | None = None,
        stopped: Stopped | None = None,
    ) -> Job:
        """Look something up that takes a while, beside the writes; as `long` otherwise."""
        ...
