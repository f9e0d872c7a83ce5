"""Time as presenters see it: tests turn the hands themselves."""

from collections.abc import Callable
from typing import Protocol


class Timer(Protocol):
    """Calls back once, a while after it was started; starting again begins anew."""

    def start(self, milliseconds: int, call: Callable[[], object]) -> None: ...
    def stop(self) -> None: ...


class Timers(Protocol):
    """Makes timers, and tells how much time passes."""

    def timer(self) -> Timer: ...
    def seconds(self) -> float:
        """Of a clock that only goes on."""
        ...
