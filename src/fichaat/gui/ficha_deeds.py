"""What is done to a ficha from a list or its view: correct, annul, discard. No Qt here."""

from collections.abc import Callable
from typing import Protocol

from fichaat.application.changes import Changes
from fichaat.application.ports.rows import Draft
from fichaat.domain.errors import UserFacingError
from fichaat.domain.record import SealedRecord
from fichaat.gui import routes
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.texts import message


class Asker(Protocol):
    """Asks before something is done."""

    def ask(self, title: str, sentence: str, verb: str, on_yes: Callable[[], object]) -> None:
        """What can be taken back."""
        ...

    def ask_reason(
        self,
        title: str,
        sentence: str,
        verb: str,
        on_reason: Callable[[str], object],
        *,
        danger: bool = False,
    ) -> None:
        """What needs a reason."""
        ...


class Doers(Protocol):
    """The use cases, as an open data folder has them."""

    def rectify(self, codigo: str, motivo: str) -> tuple[Draft, Changes]: ...
    def annul(self, codigo: str, motivo: str) -> tuple[SealedRecord, Changes]: ...
    def discard(self, codigo: str) -> Changes: ...
    def restore_draft(self, codigo: str) -> tuple[Draft, Changes]: ...


class FichaDeeds:
    """Each asks what it has to, does it, and says where that leads."""

    def __init__(
        self, asker: Asker, tasks: Tasks, lasting: Tasks, go: Navigator, doers: Doers
    ) -> None:
        """`lasting` is for what may be taken back after the page is gone."""
        self._asker = asker
        self._tasks = tasks
        self._lasting = lasting
        self._go = go
        self._do = doers

    def correct(self, codigo: str) -> None:
        """A new version, with its reason."""

        def begin(motivo: str) -> None:
            self._tasks.write(
                lambda: self._do.rectify(codigo, motivo),
                lambda _: self._go.go(routes.EditarFicha(codigo)),
                refused,
            )

        def refused(error: UserFacingError) -> None:
            if error.code == "ficha.rectification_open":
                self._go.go(routes.EditarFicha(codigo))
            else:
                self._refused(error)

        self._asker.ask_reason(
            say("lista.correct_title", codigo=codigo),
            say("lista.correct_what"),
            say("lista.correct"),
            begin,
        )

    def annul(self, codigo: str) -> None:
        """It stays, and stops counting."""

        def annul(motivo: str) -> None:
            self._tasks.write(
                lambda: self._do.annul(codigo, motivo),
                lambda _: self._go.tell(say("lista.annulled", codigo=codigo)),
                self._refused,
            )

        self._asker.ask_reason(
            say("lista.annul_title", codigo=codigo),
            say("lista.annul_what"),
            say("lista.annul_yes"),
            annul,
            danger=True,
        )

    def discard(self, codigo: str) -> None:
        """A draft goes to the bin; *Deshacer* takes it out again."""

        def restore() -> None:
            self._lasting.write(
                lambda: self._do.restore_draft(codigo), lambda _: None, self._refused
            )

        def discard() -> None:
            self._tasks.write(
                lambda: (None, self._do.discard(codigo)),
                lambda _: self._go.tell(say("lista.discarded", codigo=codigo), undo=restore),
                self._refused,
            )

        self._asker.ask(
            say("lista.discard_title"),
            say("lista.discard_what"),
            say("lista.discard_yes"),
            discard,
        )

    def _refused(self, error: UserFacingError) -> None:
        self._go.tell(message(error.code, error.params), tone="error")
