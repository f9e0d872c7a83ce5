"""The paper beside the form: drawn again after what is typed was kept, never in its way."""

from collections.abc import Callable
from typing import Final

from fichaat.domain.errors import UserFacingError
from fichaat.gui.saving.timers import Timers
from fichaat.gui.tasks import Tasks

REST_MS: Final = 600
"""Without typing: drawing takes the processor away from the keys."""


class PaperFeed:
    """Asks for the newest paper, one at a time, while somebody looks at it."""

    def __init__(
        self,
        tasks: Tasks,
        timers: Timers,
        draw: Callable[[], bytes],
        drawn: Callable[[bytes], object],
        failed: Callable[[UserFacingError], object],
    ) -> None:
        self._tasks = tasks
        self._timer = timers.timer()
        self._draw = draw
        self._drawn = drawn
        self._failed = failed
        self._seen = False
        self._old = True
        self._drawing = False
        self._dropped = False
        """What is being drawn is not to be shown."""

    def watch(self, *, seen: bool) -> None:
        """Whether the paper is on the screen."""
        self._seen = seen
        if seen and self._old:
            self._begin()

    def typed(self) -> None:
        """Wait until the keys rest."""
        if self._seen and self._old:
            self._timer.start(REST_MS, self._begin)

    def outdated(self) -> None:
        """What was kept has changed."""
        self._old = True
        if self._seen:
            self._timer.start(REST_MS, self._begin)

    def replaced(self) -> None:
        """Another paper takes its place: the one being drawn is not shown any more."""
        self._old = True
        self._dropped = self._drawing
        self._begin()

    def _begin(self) -> None:
        if self._drawing or not self._seen or not self._old:
            return
        self._old = False
        self._drawing = True
        self._tasks.read(self._draw, self._on_drawn, self._on_failed)

    def _on_drawn(self, pdf: bytes) -> None:
        self._drawing = False
        if self._drops():
            return
        self._drawn(pdf)
        if self._old:
            self._timer.start(REST_MS, self._begin)

    def _on_failed(self, error: UserFacingError) -> None:
        self._drawing = False
        if not self._drops():
            self._failed(error)

    def _drops(self) -> bool:
        dropped, self._dropped = self._dropped, False
        if dropped:
            self._begin()
        return dropped
