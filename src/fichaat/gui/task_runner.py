"""Runs the work of pages: one thread writes, two read; results come back to the window's thread.

Nothing here pumps events: a page is told when its work is over, and stays usable until then.
"""

import sys
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from fichaat.application.changes import Changes
from fichaat.application.jobs import CancelToken, Progress
from fichaat.domain.errors import CancelledError, UserFacingError
from fichaat.gui.tasks import Done, Failed, Job, Stopped

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")

SHOW_AFTER_MS = 500
"""Progress of what is over sooner would only flicker."""


class RunningJob(QObject):
    """One piece of work; what it tells arrives in the window's thread."""

    shown = Signal()
    progressed = Signal(int, int)
    ended = Signal()
    _settled = Signal(object)

    def __init__(
        self,
        title: str,
        token: CancelToken,
        work: Callable[["RunningJob"], tuple[Any, Changes]],
        settle: Callable[["_Result"], None],
    ) -> None:
        super().__init__()
        self.title = title
        self._token = token
        self._muted = False
        self._work, self._settle = work, settle
        self._settled.connect(self._on_settled, Qt.ConnectionType.QueuedConnection)

    def run(self) -> tuple[Any, Changes]:
        """Called by the worker, once."""
        return self._work(self)

    def cancel(self) -> None:
        """See `tasks.Job`."""
        self._token.cancel()
        self._muted = True

    def report(self, done: int, total: int) -> None:
        """Called by the worker."""
        self.progressed.emit(done, total)

    def finish(self, result: "_Result") -> None:
        """Called by the worker, once."""
        self._settled.emit(result)

    def _on_settled(self, result: "_Result") -> None:
        self.ended.emit()
        # What the job knows, pages among it, is let go in the window's thread: the worker may be
        # the last to know the job.
        known = self._settle, self._work
        self._settle, self._work = _nobody, _nothing
        known[0](_Result(result.value, result.error, result.changes, muted=self._muted))


def _nobody(_: "_Result") -> None:
    """Everybody was told."""


def _nothing(_: RunningJob) -> tuple[None, Changes]:
    """It was done."""
    return None, Changes()


class _Result:
    def __init__(
        self,
        value: Any,  # noqa: ANN401  # whatever the work returned
        error: BaseException | None,
        changes: Changes,
        *,
        muted: bool = False,
    ) -> None:
        self.value = value
        self.error = error
        self.changes = changes
        self.muted = muted


class TaskRunner(QObject):
    """The workers of one window. Pages use it through `PageTasks`."""

    changed = Signal(object)
    """Changes: after a write, once its page knows."""
    failed = Signal(object)
    """UserFacingError that nobody asked to hear."""
    job_shown = Signal(object)
    """RunningJob that has taken half a second."""
    settled = Signal()
    """Some work is over and its page has been told."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closed = False
        self._running: set[RunningJob] = set()

    # The threads and their library come with the first work: the window is shown before.

    @cached_property
    def _writer(self) -> "ThreadPoolExecutor":
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(1, thread_name_prefix="write")

    @cached_property
    def _readers(self) -> "ThreadPoolExecutor":
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(2, thread_name_prefix="read")

    @property
    def busy(self) -> bool:
        """Whether any work was asked for and its page not told yet."""
        return bool(self._running)

    def read(
        self,
        work: Callable[[], T],
        done: Done[T],
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """See `tasks.Tasks`; nobody is told once `owner` is gone."""
        return self._start(self._readers, lambda _: (work(), Changes()), done, failed, owner)

    def write(
        self,
        work: Callable[[], tuple[T, Changes]],
        done: Done[T],
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """See `tasks.Tasks`."""
        return self._start(self._writer, lambda _: work(), done, failed, owner)

    def long(
        self,
        title: str,
        work: Callable[[Progress, CancelToken], tuple[T, Changes]],
        done: Done[T],
        failed: Failed | None = None,
        stopped: Stopped | None = None,
        *,
        owner: QObject | None = None,
    ) -> Job:
        """See `tasks.Tasks`."""
        return self._start_long(
            self._writer, title, work, done, failed, stopped=stopped, owner=owner
        )

    def look(
        self,
        title: str,
        work: Callable[[Progress, CancelToken], T],
        done: Done[T],
        failed: Failed | None = None,
        stopped: Stopped | None = None,
        *,
        owner: QObject | None = None,
    ) -> Job:
        """See `tasks.Tasks`."""
        return self._start_long(
            self._readers,
            title,
            lambda progress, token: (work(progress, token), Changes()),
            done,
            failed,
            stopped=stopped,
            owner=owner,
        )

    def close(self) -> None:
        """Let running work end; what waits to be written is written, nothing new begins."""
        self._closed = True
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)

    def _show(self, job: RunningJob) -> None:
        if job in self._running:
            self.job_shown.emit(job)

    def _start_long(
        self,
        pool: "ThreadPoolExecutor",
        title: str,
        work: Callable[[Progress, CancelToken], tuple[T, Changes]],
        done: Done[T],
        failed: Failed | None,
        *,
        stopped: Stopped | None,
        owner: QObject | None,
    ) -> Job:
        token = CancelToken()
        job = self._start(
            pool,
            lambda job: work(job.report, token),
            done,
            failed,
            owner,
            stopped=stopped,
            title=title,
            token=token,
        )
        QTimer.singleShot(SHOW_AFTER_MS, job, lambda: self._show(job))
        return job

    def _start(
        self,
        pool: "ThreadPoolExecutor",
        work: Callable[[RunningJob], tuple[T, Changes]],
        done: Done[T],
        failed: Failed | None,
        owner: QObject | None,
        *,
        stopped: Stopped | None = None,
        title: str = "",
        token: CancelToken | None = None,
    ) -> RunningJob:
        def settle(result: _Result) -> None:
            self._running.discard(job)
            there = owner is None or isValid(owner)
            cancelled = result.muted or isinstance(result.error, CancelledError)
            alive = there and not cancelled
            if there and cancelled and stopped is not None:
                stopped()
            if result.error is None:
                if alive:
                    done(result.value)
                if result.changes:
                    self.changed.emit(result.changes)
            elif alive:
                self._tell(result.error, failed)
            self.settled.emit()

        job = RunningJob(title, token or CancelToken(), work, settle)
        if self._closed:
            return job  # a page's timer rang after the window was closed
        self._running.add(job)
        future = pool.submit(job.run)
        future.add_done_callback(lambda over: _deliver(job, over))
        return job

    def _tell(self, error: BaseException, failed: Failed | None) -> None:
        if isinstance(error, UserFacingError):
            if failed is None:
                self.failed.emit(error)
            else:
                failed(error)
            return
        sys.excepthook(type(error), error, error.__traceback__)


def _deliver(job: RunningJob, over: "Future[tuple[Any, Changes]]") -> None:
    if over.cancelled():
        job.finish(_Result(None, CancelledError(), Changes()))
        return
    error = over.exception()
    if error is not None:
        job.finish(_Result(None, error, Changes()))
        return
    value, changes = over.result()
    job.finish(_Result(value, None, changes))


class PageTasks:
    """`tasks.Tasks` of one page: what was asked for a page that is gone tells nobody."""

    def __init__(self, runner: TaskRunner, owner: QObject) -> None:
        self._runner = runner
        self._owner = owner

    def read(self, work: Callable[[], T], done: Done[T], failed: Failed | None = None) -> Job:
        return self._runner.read(work, done, failed, self._owner)

    def write(
        self, work: Callable[[], tuple[T, Changes]], done: Done[T], failed: Failed | None = None
    ) -> Job:
        return self._runner.write(work, done, failed, self._owner)

    def long(
        self,
        title: str,
        work: Callable[[Progress, CancelToken], tuple[T, Changes]],
        done: Done[T],
        failed: Failed | None = None,
        stopped: Stopped | None = None,
    ) -> Job:
        return self._runner.long(title, work, done, failed, stopped, owner=self._owner)

    def look(
        self,
        title: str,
        work: Callable[[Progress, CancelToken], T],
        done: Done[T],
        failed: Failed | None = None,
        stopped: Stopped | None = None,
    ) -> Job:
        return self._runner.look(title, work, done, failed, stopped, owner=self._owner)
