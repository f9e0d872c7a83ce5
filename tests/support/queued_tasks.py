"""Background work whose end a test decides: `run` does what waits, in its order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from fichaat.application.changes import Changes
from fichaat.application.jobs import CancelToken, Progress, no_progress
from fichaat.domain.errors import UserFacingError
from fichaat.gui.routes import Route
from fichaat.gui.tasks import Done, Failed, Job, Stopped

T = TypeVar("T")


class QueuedJob:
    def __init__(
        self, run: Callable[[], None], stopped: Stopped | None, token: CancelToken
    ) -> None:
        self._run = run
        self._stopped = stopped
        self._token = token
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True
        self._token.cancel()

    def run(self) -> None:
        if not self.cancelled:
            self._run()
        elif self._stopped is not None:
            self._stopped()


@dataclass
class QueuedTasks:
    """See `gui.tasks.Tasks`."""

    waiting: list[QueuedJob] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)

    def read(self, work: Callable[[], T], done: Done[T], failed: Failed | None = None) -> Job:
        return self._queue(lambda: (work(), Changes()), done, failed)

    def write(
        self, work: Callable[[], tuple[T, Changes]], done: Done[T], failed: Failed | None = None
    ) -> Job:
        return self._queue(work, done, failed)

    def long(
        self,
        title: str,
        work: Callable[[Progress, CancelToken], tuple[T, Changes]],
        done: Done[T],
        failed: Failed | None = None,
        stopped: Stopped | None = None,
    ) -> Job:
        self.titles.append(title)
        token = CancelToken()
        return self._queue(lambda: work(no_progress, token), done, failed, stopped, token)

    def look(
        self,
        title: str,
        work: Callable[[Progress, CancelToken], T],
        done: Done[T],
        failed: Failed | None = None,
        stopped: Stopped | None = None,
    ) -> Job:
        self.titles.append(title)
        token = CancelToken()
        return self._queue(
            lambda: (work(no_progress, token), Changes()), done, failed, stopped, token
        )

    def run(self) -> None:
        """Do everything, also what comes up meanwhile."""
        while self.waiting:
            self.waiting.pop(0).run()

    def _queue(
        self,
        work: Callable[[], tuple[T, Changes]],
        done: Done[T],
        failed: Failed | None,
        stopped: Stopped | None = None,
        token: CancelToken | None = None,
    ) -> Job:
        def run() -> None:
            try:
                value, _ = work()
            except UserFacingError as error:
                assert failed is not None
                failed(error)
                return
            done(value)

        job = QueuedJob(run, stopped, token or CancelToken())
        self.waiting.append(job)
        return job


@dataclass
class Steps:
    """A window that remembers where it was sent. See `gui.routes.Navigator`."""

    routes: list[Route] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    backs: int = 0

    def go(self, route: Route) -> None:
        self.routes.append(route)

    def back(self) -> None:
        self.backs += 1

    def tell(
        self, text: str, *, tone: str = "ok", undo: Callable[[], object] | None = None
    ) -> None:
        self.told.append(text)
