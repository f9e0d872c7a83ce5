"""Long work on a terminal: a bar after half a second, and Ctrl+C that takes everything back."""

import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from types import FrameType
from typing import TYPE_CHECKING

from fichaat.application.jobs import CancelToken, Progress
from fichaat.cli.terminal import write_err
from fichaat.texts import message

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

DELAY = 0.5
"""Seconds before a bar is worth showing."""


class Awaited:
    """What another program sends, and whether it is being waited for: then nothing is half done,
    and the work cannot look whether it is to stop.
    """

    def __init__(self) -> None:
        self.now = False

    def each(self, items: Iterable[bytes]) -> Iterator[bytes]:
        """The same, one at a time as they come."""
        coming = iter(items)
        while True:
            self.now = True
            try:
                item = next(coming, None)
            finally:
                self.now = False
            if item is None:
                return
            yield item


@dataclass(frozen=True, slots=True)
class Job:
    """What a use case takes to be long: how to tell, how to stop."""

    progress: Progress
    cancel: CancelToken
    awaited: Awaited = field(default_factory=Awaited)


@contextmanager
def busy(title: str) -> Iterator[Job]:
    """Show a bar and let Ctrl+C cancel while the block runs.

    The first Ctrl+C asks the work to stop at its next unit, or stops the program at once where it
    waits for another one; the second always does. The transaction is rolled back.
    """
    cancel, awaited = CancelToken(), Awaited()
    bar = Bar(title)
    with _interrupts(cancel, awaited):
        try:
            yield Job(bar, cancel, awaited)
        finally:
            bar.close()


class Bar:
    """Draws on the standard error, only where that is a terminal."""

    def __init__(self, title: str, clock: Callable[[], float] = monotonic) -> None:
        self._title = title
        self._clock = clock
        self._begun = clock()
        self._wanted = sys.stderr.isatty()
        self._shown: RichProgress | None = None
        self._task: TaskID | None = None

    def __call__(self, done: int, total: int) -> None:
        """See `jobs.Progress`."""
        if not self._wanted or (self._shown is None and self._clock() - self._begun < DELAY):
            return
        if self._shown is None:
            self._shown, self._task = self._start()
        assert self._task is not None
        self._shown.update(self._task, completed=done, total=total or None)

    def close(self) -> None:
        """Wipe the bar away."""
        if self._shown is not None:
            self._shown.stop()
            self._shown = None

    def _start(self) -> "tuple[RichProgress, TaskID]":
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(separator=" de "),
        )
        shown = Progress(*columns, console=Console(stderr=True), transient=True)
        shown.start()
        return shown, shown.add_task(self._title)


@contextmanager
def _interrupts(cancel: CancelToken, awaited: Awaited) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def on_interrupt(_number: int, _frame: FrameType | None) -> None:
        if pressed or awaited.now:
            raise KeyboardInterrupt
        pressed.append(True)
        cancel.cancel()
        write_err(message("cli.cancelling", {}))

    pressed: list[bool] = []
    before = signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
