"""Decisions of who forgot the passphrase: twelve words, and a new one."""

from collections.abc import Callable
from typing import Final, Protocol

from fichaat.application.changes import Changes
from fichaat.domain.errors import UserFacingError
from fichaat.gui.gate.new_passphrase import NewPassphrase, NewPassphraseView
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.texts import message

WRONG_CODES: Final = ("storage.wrong_recovery", "trust.recovery_code")


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
