"""Decisions of the screen that asks for the passphrase: to open data, or to unlock the window."""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from fichaat.domain.errors import UserFacingError
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.texts import message

T = TypeVar("T")


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
