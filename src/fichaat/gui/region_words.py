"""Asking whether the words of a region's key are those that the region reads. No Qt here."""

from collections.abc import Callable, Sequence
from typing import Protocol

from fichaat.application.changes import Changes
from fichaat.application.region.believe_region import KnownRoot
from fichaat.application.region.read_region import RegionState
from fichaat.domain.errors import UserFacingError
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.texts import message


class WordsAsker(Protocol):
    def ask_words(
        self,
        title: str,
        sentence: str,
        words: Sequence[str],
        on_answer: Callable[[bool], object],
    ) -> None:
        """Show eight words; the person says whether they are the same."""
        ...


class Accept(Protocol):
    """See `AcceptRegion`."""

    def __call__(self, words: str, *, replace: bool) -> tuple[KnownRoot, Changes]: ...


class RegionWords:
    """Nothing is believed before a person has compared the words."""

    def __init__(
        self,
        asker: WordsAsker,
        tasks: Tasks,
        go: Navigator,
        read: Callable[[], RegionState],
        accept: Accept,
    ) -> None:
        self._asker = asker
        self._tasks = tasks
        self._go = go
        self._read = read
        self._accept = accept

    def ask_if_new(self) -> None:
        """Ask where a key came and none is believed yet."""
        self._tasks.read(self._read, self._on_read)

    def ask(self, root: KnownRoot, *, replace: bool = False) -> None:
        """Ask about this key.

        Args:
            root: whose words are shown.
            replace: another key is believed until now.
        """
        self._asker.ask_words(
            say("ajustes.root_title_new" if replace else "ajustes.root_title"),
            say("ajustes.root_what_new" if replace else "ajustes.root_what"),
            root.palabras,
            lambda same: self._on_answer(root, same=same, replace=replace),
        )

    def _on_read(self, state: RegionState) -> None:
        waiting = state.offered
        if state.root is not None or not waiting:
            return
        if len(waiting) == 1:
            self.ask(waiting[0])
        else:
            # One of them is not the region's: each is compared with care, one by one.
            self._go.tell(say("ajustes.root_several", cantidad=len(waiting)), tone="warn")

    def _on_answer(self, root: KnownRoot, *, same: bool, replace: bool) -> None:
        if not same:
            self._go.tell(say("ajustes.root_refused"), tone="warn")
            return
        words = " ".join(root.palabras)
        self._tasks.write(
            lambda: self._accept(words, replace=replace),
            lambda _: self._go.tell(say("ajustes.root_accepted")),
            self._refused,
        )

    def _refused(self, error: UserFacingError) -> None:
        self._go.tell(message(error.code, error.params), tone="error")
