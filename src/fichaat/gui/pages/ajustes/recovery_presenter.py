"""Decisions of a coordinator who helps somebody that forgot the passphrase."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from fichaat.application.changes import Changes
from fichaat.application.region_recovery import RecoveryAnswer
from fichaat.domain.errors import UserFacingError
from fichaat.gui.key_file import KeyFile
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import hour, say, short_date
from fichaat.texts import message


class Asked(NamedTuple):
    """Who asks, as a person compares it by phone."""

    who: str
    when: str
    device_words: tuple[str, ...]
    request_words: tuple[str, ...]


class RecoveryView(Protocol):
    def set_busy(self, *, busy: bool) -> None: ...
    def show_error(self, sentence: str) -> None: ...
    def show_asked(self, asked: Asked) -> None:
        """The request is open: it is answered once the words were compared."""
        ...

    def show_answered(self, sentence: str, codigo: Sequence[str]) -> None:
        """The answer is written; the twelve words are shown once."""
        ...


@dataclass(frozen=True, slots=True)
class RecoverySources:
    """What the presenter asks of the program."""

    read: Callable[[Path], bytes]
    answer: Callable[[bytes, KeyFile], RecoveryAnswer]
    words: Callable[[str], tuple[str, ...]]
    write: Callable[[Path, bytes], object]


class RecoveryPresenter:
    """A request is opened with the region's key, compared, and answered."""

    def __init__(self, view: RecoveryView, tasks: Tasks, sources: RecoverySources) -> None:
        self._view = view
        self._tasks = tasks
        self._from = sources
        self._answer: RecoveryAnswer | None = None

    def open(self, request: Path, key: KeyFile) -> None:
        """Look who asks."""
        self._view.show_error("")
        self._view.set_busy(busy=True)
        self._tasks.read(
            lambda: self._from.answer(self._from.read(request), key),
            self._on_opened,
            self._on_failed,
        )

    @property
    def answer_name(self) -> str:
        """What the file of the answer is called unless the person says otherwise."""
        return say("ajustes.answer_file")

    def save(self, target: Path) -> None:
        """The words were compared: write the answer."""
        answer = self._answer
        if answer is None:
            return

        def work() -> tuple[RecoveryAnswer, Changes]:
            self._from.write(target, answer.data)
            return answer, Changes()

        self._view.show_error("")
        self._view.set_busy(busy=True)
        self._tasks.write(work, lambda made: self._on_saved(target, made), self._on_failed)

    def _on_opened(self, answer: RecoveryAnswer) -> None:
        self._answer = answer
        owner, moment = answer.owner, answer.pedido_en
        self._view.set_busy(busy=False)
        self._view.show_asked(
            Asked(
                say(
                    "ajustes.asked_who",
                    nombre=owner.nombre,
                    cargo=owner.cargo,
                    entidad=owner.entidad,
                ),
                say("ajustes.asked_when", dia=short_date(moment.date()), hora=hour(moment)),
                self._from.words(owner.device),
                answer.palabras,
            )
        )

    def _on_saved(self, target: Path, answer: RecoveryAnswer) -> None:
        self._view.set_busy(busy=False)
        self._view.show_answered(say("ajustes.answered", archivo=target.name), answer.codigo)

    def _on_failed(self, error: UserFacingError) -> None:
        self._view.set_busy(busy=False)
        self._view.show_error(message(error.code, error.params))
