"""Decisions of who forgot the passphrase and has no words: the region helps."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from fichaat.application.changes import Changes
from fichaat.application.region_recovery import RecoveryRequest
from fichaat.domain.errors import UserFacingError
from fichaat.gui.gate.new_passphrase import NewPassphrase, NewPassphraseView
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.texts import message

WRONG_WORDS: Final = ("recuperacion.wrong_words", "trust.recovery_code")
WRONG_ANSWER: Final = (
    "recuperacion.not_an_answer",
    "recuperacion.other_folder",
    "recuperacion.newer",
)


class RegionRecoverView(NewPassphraseView, Protocol):
    def set_busy(self, *, busy: bool) -> None: ...
    def show_request(self, sentence: str, words: str) -> None:
        """Where the request is, and the eight words to be read to the region."""
        ...

    def show_answer(self, name: str) -> None:
        """The answer that was chosen."""
        ...

    def show_answer_error(self, sentence: str | None) -> None: ...
    def show_code_error(self, sentence: str | None) -> None: ...
    def show_trouble(self, sentence: str | None) -> None: ...
    def focus(self, field: str) -> None:
        """Go to "answer", "code", "first" or "second"."""
        ...


@dataclass(frozen=True, slots=True)
class RegionHelp:
    """What the presenter asks of the program: of closed data, or of those behind the lock."""

    request: Callable[[], RecoveryRequest]
    write: Callable[[Path, bytes], object]
    read: Callable[[Path], bytes]
    recover: Callable[[bytes, str, str], object]
    """Is given the answer, the twelve words and the new passphrase."""


class RegionRecoverPresenter:
    """A request goes out; later an answer comes with twelve words, and a new passphrase is set."""

    def __init__(
        self,
        view: RegionRecoverView,
        tasks: Tasks,
        region: RegionHelp,
        recovered: Callable[[str], None],
    ) -> None:
        """`recovered` is given the new passphrase."""
        self._view = view
        self._tasks = tasks
        self._from = region
        self._recovered = recovered
        self._answer: bytes | None = None
        self.new = NewPassphrase(view)

    def save_request(self, path: Path) -> None:
        """Write the request where the person wants it."""

        def work() -> tuple[tuple[Path, tuple[str, ...]], Changes]:
            request = self._from.request()
            self._from.write(path, request.data)
            return (path, request.palabras), Changes()

        self._view.show_trouble(None)
        self._tasks.write(work, self._on_saved, self._on_trouble)

    def choose_answer(self, path: Path) -> None:
        """The file that the region handed back."""
        self._view.show_answer_error(None)
        self._tasks.read(
            lambda: self._from.read(path),
            lambda data: self._on_read(path, data),
            lambda error: self._view.show_answer_error(message(error.code, error.params)),
        )

    def asked(self, code: str) -> None:
        """The person wants to come in with the answer and its words."""
        self._view.show_trouble(None)
        missing = self._missing(code)
        if missing is not None:
            self._view.focus(missing)
            return
        answer, passphrase = self._answer or b"", self.new.first

        def work() -> tuple[str, Changes]:
            self._from.recover(answer, code, passphrase)
            return passphrase, Changes()

        self._view.set_busy(busy=True)
        self._tasks.write(work, self._recovered, self._on_refused)

    def _missing(self, code: str) -> str | None:
        """The first field that is not ready; what it lacks is shown."""
        if self._answer is None:
            self._view.show_answer_error(say("entrada.region_answer_missing"))
            return "answer"
        if not code.strip():
            self._view.show_code_error(say("entrada.region_code_missing"))
            return "code"
        self._view.show_code_error(None)
        return self.new.check()

    def _on_saved(self, saved: tuple[Path, tuple[str, ...]]) -> None:
        path, words = saved
        self._view.show_request(
            say("entrada.region_request_saved", archivo=path.name), " · ".join(words)
        )

    def _on_read(self, path: Path, data: bytes) -> None:
        self._answer = data
        self._view.show_answer(path.name)

    def _on_refused(self, error: UserFacingError) -> None:
        self._view.set_busy(busy=False)
        sentence = message(error.code, error.params)
        if error.code in WRONG_WORDS:
            self._view.show_code_error(sentence)
            self._view.focus("code")
        elif error.code in WRONG_ANSWER:
            self._view.show_answer_error(sentence)
            self._view.focus("answer")
        else:
            self._on_trouble(error)

    def _on_trouble(self, error: UserFacingError) -> None:
        self._view.show_trouble(message(error.code, error.params))
