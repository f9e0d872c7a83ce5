"""Keeps what is typed without being asked: soon after the last key, never two saves at once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Condition
from typing import Final, Generic, Protocol, TypeVar

from fichaat.application.changes import Changes
from fichaat.domain.errors import UserFacingError
from fichaat.gui.saving.timers import Timers
from fichaat.gui.tasks import Tasks

PAUSE_MS: Final = 250
"""After the last key."""
LONGEST_MS: Final = 700
"""While keys go on."""
RETRY_MS: Final = 3_000
SETTLE_SECONDS: Final = 8.0
"""How long the closing window waits for a slow disk."""
LEAVE_SECONDS: Final = 1.0
"""How long a page that is left waits: a longer job may stand in line before it."""


class Kept(Protocol):
    """What is saved, and says since when it is."""

    @property
    def updated_at(self) -> datetime: ...


D = TypeVar("D", bound=Kept)


@dataclass(frozen=True, slots=True)
class Saving:
    """What the header says about it."""

    error: UserFacingError | None = None
    at: datetime | None = None
    """When all that is typed was kept; None while something is not yet."""


class Autosave(Generic[D]):
    """Saves the latest of what it is given; what fails is tried again until it works."""

    def __init__(
        self,
        tasks: Tasks,
        timers: Timers,
        save: Callable[[D], tuple[D, Changes]],
        told: Callable[[Saving], object],
        saved: Callable[[], object],
    ) -> None:
        """Args:
        tasks: where saving happens.
        timers: the time.
        save: writes a draft, in the background.
        told: hears what the header must say.
        saved: hears that a save succeeded.
        """
        self._tasks = tasks
        self._save = save
        self._told = told
        self._saved = saved
        self._seconds = timers.seconds
        self._timer = timers.timer()
        self._latest: D | None = None
        self._first: float | None = None
        """Since when something waits that no save was begun for."""
        self._failing = False
        # Numbers of drafts: the latest given, and the latest on the disk.
        self._given = 0
        self._kept = 0
        # Saves handed to the writer, and those it is through with: its thread counts them.
        self._begun = 0
        self._over = 0
        self._written = Condition()

    @property
    def clean(self) -> bool:
        """Whether all that was given is on the disk."""
        return self._kept == self._given

    @property
    def in_line(self) -> bool:
        """Whether something waits for its turn to be written: it may still fail."""
        return self._flying and not self.clean

    def give(self, draft: D) -> None:
        """Something changed: save it soon."""
        self._latest = draft
        self._given += 1
        now = self._seconds()
        if self._first is None:
            self._first = now
            if not self._failing:
                self._told(Saving())
        waited = int((now - self._first) * 1000)
        self._timer.start(max(0, min(PAUSE_MS, LONGEST_MS - waited)), self._on_time)

    def flush(self) -> None:
        """Save now what no save was begun for, or what failed."""
        self._timer.stop()
        if self._first is not None or (not self.clean and not self._flying):
            self._send()

    def settle(self) -> bool:
        """Save now and wait for it; whether all is on the disk."""
        self._wait(SETTLE_SECONDS)
        return self.clean

    def may_leave(self) -> bool:
        """Save now; whether all is on the disk or, behind other work, in line for it."""
        self._wait(LEAVE_SECONDS)
        return self.clean or self._flying

    def _wait(self, seconds: float) -> None:
        self.flush()
        with self._written:
            self._written.wait_for(lambda: self.clean or not self._flying, seconds)

    @property
    def _flying(self) -> bool:
        return self._over < self._begun

    def _on_time(self) -> None:
        # One at a time: `_on_saved` begins the next.
        if not self._flying:
            self._send()

    def _send(self) -> None:
        draft, number = self._latest, self._given
        if draft is None:
            return
        self._first = None
        self._begun += 1
        self._tasks.write(lambda: self._write(draft, number), self._on_saved, self._on_failed)

    def _write(self, draft: D, number: int) -> tuple[datetime, Changes]:
        try:
            saved, changes = self._save(draft)
            self._kept = max(self._kept, number)
        finally:
            with self._written:
                self._over += 1
                self._written.notify_all()
        return saved.updated_at, changes

    def _on_saved(self, at: datetime) -> None:
        self._failing = False
        if self.clean:
            self._told(Saving(at=at))
        elif not self._flying:
            self._timer.start(0, self._on_time)
        self._saved()

    def _on_failed(self, error: UserFacingError) -> None:
        self._failing = True
        self._told(Saving(error))
        self._timer.start(RETRY_MS, self._on_time)
