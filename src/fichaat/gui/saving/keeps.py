"""What a page asks of whoever keeps what is typed, soon after it is typed."""

from typing import Generic, TypeVar

from fichaat.gui.saving.autosave import Autosave, Kept

D = TypeVar("D", bound=Kept)


class KeepsTyping(Generic[D]):
    """See `pages.page.Page`: these are its questions before it is left."""

    _saves: Autosave[D]

    def leave(self) -> None:
        """Keep what is typed."""
        self._saves.flush()

    def settle(self) -> bool:
        """Whether everything typed is kept."""
        return self._saves.settle()

    def may_leave(self) -> bool:
        """Whether everything typed is kept, or waits for its turn to be."""
        return self._saves.may_leave()

    @property
    def saving(self) -> bool:
        """Whether something typed waits in line to be kept."""
        return self._saves.in_line
