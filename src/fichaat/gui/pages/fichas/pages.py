"""The lines of a long list, of which only those that are looked at are held."""

from array import array
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Final

from fichaat.application.ports.rows import ListRow

PAGE: Final = 64
"""Lines read together: more than any screen shows."""
_KEPT: Final = 64
"""Pages held at most."""


class Pages:
    """Numbers of all lines, and the pages that were read last."""

    def __init__(self, numbers: "array[int]") -> None:
        self.numbers = numbers
        self._held: OrderedDict[int, Mapping[int, ListRow]] = OrderedDict()
        self._asked: set[int] = set()

    def __len__(self) -> int:
        return len(self.numbers)

    def row(self, place: int) -> ListRow | None:
        """The line in this place, if its page is held."""
        held = self._held.get(place // PAGE)
        if held is None:
            return None
        return held.get(self.numbers[place])

    def ask(self, page: int) -> bool:
        """Whether a page has to be read: it is neither held nor asked for."""
        if page in self._held or page in self._asked:
            return False
        self._asked.add(page)
        return True

    def numbers_of(self, page: int) -> Sequence[int]:
        return self.numbers[page * PAGE : (page + 1) * PAGE]

    def take(self, page: int, rows: Mapping[int, ListRow]) -> range:
        """Hold a page; the places that it fills."""
        self._asked.discard(page)
        self._held[page] = rows
        self._held.move_to_end(page)
        if len(self._held) > _KEPT:
            self._held.popitem(last=False)
        return range(page * PAGE, min((page + 1) * PAGE, len(self.numbers)))

    def give_up(self, page: int) -> None:
        """It could not be read: the next look asks again."""
        self._asked.discard(page)
