"""Processes that work beside this one.

They are spawned, never forked: a fork of a program with threads and windows is not safe, and
Windows has none. A frozen program needs `multiprocessing.freeze_support()` first in its `__main__`.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uninterrupted() -> Iterator[None]:
    """What is started meanwhile hears no Ctrl+C, from its first moment on: this process is asked
    whether to stop, and no other may fill the terminal with what it was doing.

    Windows cannot pass that on; there a process says `ignore_interrupts` once it runs.
    """
    mask = getattr(signal, "pthread_sigmask", None)
    if mask is None:
        yield
        return
    # Python's own helper of spawned processes comes with the first one, and starting it lets
    # interrupts through again: it has to be there before.
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()
    before = mask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        mask(signal.SIG_SETMASK, before)


def ignore_interrupts() -> None:
    """For a process that works beside another, first of all."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
