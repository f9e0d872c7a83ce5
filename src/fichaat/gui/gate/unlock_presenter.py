"""Decisions of the passphrase: opening data, unlocking the window, and when it was forgotten."""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from fichaat.application.changes import Changes
from fichaat.application.passphrase import MAX_PASSPHRASE, MIN_PASSPHRASE, Strength, strength
from fichaat.domain.errors import UserFacingError
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.texts import message

T = TypeVar("T")

WRONG_CODES = ("storage.wrong_recovery", "trust.recovery_code")


class UnlockView(Protocol):
    def set_busy(self, *, busy: bool) -> None:
        """Nothing can be typed while the passphrase is tried, which takes a moment."""
        ...

    def show_error(self, sentence: str | None) -> None:
        """About the passphrase, under it."""
        ...

    def show_trouble(self, sentence: str | None) -> None:
        """About the data, above everything, with *Reintentar*."""
        ...


class UnlockPresenter(Generic[T]):
    """Tries a passphrase in the background, for it is slow on purpose."""

    def __init__(
        self,
        view: UnlockView,
        tasks: Tasks,
        open_with: Callable[[str], T],
        opened: Callable[[T], None],
    ) -> None:
        self._view = view
        self._tasks = tasks
        self._open_with = open_with
        self._opened = opened

    def tried(self, passphrase: str) -> None:
        """The person asks to come in."""
        self._view.show_trouble(None)
        if not passphrase:
            self._view.show_error(say("entrada.passphrase_missing"))
            return
        self._view.show_error(None)
        self._view.set_busy(busy=True)
        self._tasks.read(lambda: self._open_with(passphrase), self._opened, self._failed)

    def _failed(self, error: UserFacingError) -> None:
        self._view.set_busy(busy=False)
        self.told(error)

    def told(self, error: UserFacingError) -> None:
        """Why it did not open."""
        if error.code == "storage.wrong_passphrase":
            self._view.show_error(say("entrada.wrong_passphrase"))
        else:
            self._view.show_trouble(message(error.code, error.params))


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
        if first == second:
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
        return None if self.first == self.second else say("entrada.passphrase_differs")


class RecoverView(NewPassphraseView, Protocol):
    def set_busy(self, *, busy: bool) -> None: ...
    def show_code_error(self, sentence: str | None) -> None: ...
    def show_trouble(self, sentence: str | None) -> None: ...
    def focus(self, field: str) -> None:
        """Go to "code", "first" or "second"."""
        ...


class RecoverPresenter:
    """Twelve words instead of the passphrase; then a new one."""

    def __init__(
        self,
        view: RecoverView,
        tasks: Tasks,
        recover: Callable[[str, str], object],
        recovered: Callable[[str], None],
    ) -> None:
        """`recover` is given the words and the new passphrase, `recovered` the latter."""
        self._view = view
        self._tasks = tasks
        self._recover = recover
        self._recovered = recovered
        self.new = NewPassphrase(view)

    def asked(self, code: str) -> None:
        """The person wants to come in with the words."""
        self._view.show_trouble(None)
        if not code.strip():
            self._view.show_code_error(say("entrada.code_missing"))
            self._view.focus("code")
            return
        self._view.show_code_error(None)
        wrong = self.new.check()
        if wrong is not None:
            self._view.focus(wrong)
            return
        passphrase = self.new.first

        def work() -> tuple[str, Changes]:
            self._recover(code, passphrase)
            return passphrase, Changes()

        self._view.set_busy(busy=True)
        self._tasks.write(work, self._recovered, self._failed)

    def _failed(self, error: UserFacingError) -> None:
        self._view.set_busy(busy=False)
        sentence = message(error.code, error.params)
        if error.code in WRONG_CODES:
            self._view.show_code_error(sentence)
            self._view.focus("code")
        else:
            self._view.show_trouble(sentence)
