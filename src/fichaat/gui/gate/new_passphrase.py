"""Decisions of the two fields of a new passphrase."""

from typing import Protocol
from unicodedata import normalize

from fichaat.application.passphrase import MAX_PASSPHRASE, MIN_PASSPHRASE, Strength, strength
from fichaat.gui.text import say


class NewPassphraseView(Protocol):
    def show_strength(self, found: Strength | None) -> None:
        """A hint under the first field; None while it is empty."""
        ...

    def show_passphrase_error(self, sentence: str | None) -> None: ...
    def show_repeat_error(self, sentence: str | None) -> None: ...


class NewPassphrase:
    """The two fields of a new passphrase."""

    def __init__(self, view: NewPassphraseView) -> None:
        self._view = view
        self.first = ""
        self.second = ""

    def typed(self, first: str, second: str) -> None:
        """What stands in both fields; nothing is wrong while it is typed."""
        self.first, self.second = first, second
        self._view.show_strength(strength(first) if first else None)
        if len(first.strip()) >= MIN_PASSPHRASE:
            self._view.show_passphrase_error(None)
        if self._same():
            self._view.show_repeat_error(None)

    def left_first(self) -> None:
        """The first field is left."""
        if self.first:
            self._view.show_passphrase_error(self._problem())

    def left_second(self) -> None:
        """The second field is left."""
        if self.second:
            self._view.show_repeat_error(self._difference())

    def check(self) -> str | None:
        """Which field ("first", "second") keeps it from being used; its error is shown."""
        self._view.show_passphrase_error(self._problem())
        if self._problem() is not None:
            return "first"
        self._view.show_repeat_error(self._difference())
        return None if self._difference() is None else "second"

    def _problem(self) -> str | None:
        if len(self.first.strip()) < MIN_PASSPHRASE:
            return say("entrada.passphrase_short", minimo=MIN_PASSPHRASE)
        if len(self.first) > MAX_PASSPHRASE:
            return say("entrada.passphrase_long", maximo=MAX_PASSPHRASE)
        return None

    def _difference(self) -> str | None:
        if not self.second:
            return say("entrada.repeat_missing")
        return None if self._same() else say("entrada.passphrase_differs")

    def _same(self) -> bool:
        """As the key sees them: a letter and its accent may come as one sign or as two."""
        return normalize("NFKC", self.first) == normalize("NFKC", self.second)
