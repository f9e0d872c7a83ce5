"""Asks the rules about what stands on the screen, when the keys rest."""

from collections.abc import Callable
from typing import Final, Generic, TypeVar

from fichaat.domain.errors import UserFacingError
from fichaat.gui.saving.timers import Timers
from fichaat.gui.tasks import Tasks

PAUSE_MS: Final = 300

D = TypeVar("D")
R = TypeVar("R")


class Reviewing(Generic[D, R]):
    """One look at a time; what changed meanwhile is looked at next."""

    def __init__(
        self,
        tasks: Tasks,
        timers: Timers,
        review: Callable[[D], R],
        found: Callable[[R], object],
    ) -> None:
        self._tasks = tasks
        self._timer = timers.timer()
        self._review = review
        self._found = found
        self._latest: D | None = None
        self._looking = False

    def give(self, draft: D, *, now: bool = False) -> None:
        """The draft changed; with `now` nobody is typing."""
        self._latest = draft
        self._timer.start(0 if now else PAUSE_MS, self._look)

    def _look(self) -> None:
        draft = self._latest
        if self._looking or draft is None:
            return
        self._latest = None
        self._looking = True
        self._tasks.read(lambda: self._review(draft), self._on_found, self._on_failed)

    def _on_found(self, review: R) -> None:
        self._looking = False
        self._found(review)
        if self._latest is not None:
            self._timer.start(0, self._look)

    def _on_failed(self, error: UserFacingError) -> None:
        # The data folder cannot be read just now: the next key asks again.
        del error
        self._looking = False
