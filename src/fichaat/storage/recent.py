"""Records that were written a moment ago: what comes next is often about them."""

from collections.abc import Iterable
from typing import Final

from fichaat.domain.record import SealedRecord

_MOST: Final = 4_000
_MOST_BYTES: Final = 12_000_000
"""Of canonical JSON; as objects they take several times as much."""


class Recent:
    """The last records of one transaction by their number, decoded as they came in."""

    def __init__(self) -> None:
        self._held: dict[int, SealedRecord] = {}
        self._bytes = 0

    def add(self, numbered: Iterable[tuple[int, SealedRecord]]) -> None:
        """Hold these, and let go of the oldest where they become too many."""
        for n, item in numbered:
            if n not in self._held:
                self._held[n] = item
                self._bytes += len(item.raw)
        while len(self._held) > _MOST or self._bytes > _MOST_BYTES:
            oldest = next(iter(self._held))
            self._bytes -= len(self._held.pop(oldest).raw)

    def get(self, n: int) -> SealedRecord | None:
        """The record of this number, where it is still held."""
        return self._held.get(n)
