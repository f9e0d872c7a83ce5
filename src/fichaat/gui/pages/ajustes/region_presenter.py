"""What *Ajustes* says of the region, and how its key is made, opened or accepted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from fichaat.application.changes import Changes
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.region.believe_region import KnownRoot
from fichaat.application.region.devices import Aprobacion
from fichaat.application.region.read_region import RegionState
from fichaat.domain.errors import UserFacingError
from fichaat.gui.key_file import KeyFile
from fichaat.gui.region_words import RegionWords
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.texts import message


class RootLine(NamedTuple):
    """A region key of which something came here and that is not believed."""

    root: KnownRoot
    palabras: tuple[str, ...]


class RegionFacts(NamedTuple):
    """As (label, value), and what can be done."""

    facts: tuple[tuple[str, str], ...]
    roots: tuple[RootLine, ...]
    makes: bool
    """Whether a key can be made or opened: by who coordinates, while none is believed."""
    waits: bool
    """Whether the key of the region is still to come."""
    approved: bool


class RegionView(Protocol):
    def show_region(self, found: RegionFacts) -> None: ...
    def show_result(self, sentence: str | None, *, done: bool) -> None: ...
    def show_key_error(self, sentence: str) -> None:
        """The question about the key stays open."""
        ...

    def close_key(self) -> None: ...


@dataclass(frozen=True, slots=True)
class RegionSources:
    """What the presenter asks of the program."""

    coordinates: bool
    read: Callable[[], RegionState]
    create: Callable[[Path, str], tuple[object, Changes]]
    open: Callable[[KeyFile], Changes]


class RegionPresenter:
    def __init__(
        self, view: RegionView, tasks: Tasks, words: RegionWords, sources: RegionSources
    ) -> None:
        self._view = view
        self._tasks = tasks
        self._words = words
        self._from = sources
        self._state: RegionState | None = None
        self._busy = False

    def begin(self) -> None:
        """Show it as it is now."""
        self._tasks.read(self._from.read, self._show)

    def compare(self, root: KnownRoot) -> None:
        """Words of a key that is not believed yet."""
        accepted = self._state is not None and self._state.root is not None
        self._words.ask(root, replace=accepted)

    def create(self, path: Path, passphrase: str) -> None:
        """Make the key of the region in a new file."""

        def work(_progress: Progress, _cancel: CancelToken) -> tuple[None, Changes]:
            _, changes = self._from.create(path, passphrase)
            return None, changes

        self._use_key(work, say("ajustes.region_made", archivo=path.name))

    def open(self, file: KeyFile) -> None:
        """Work with a key that exists."""

        def work(_progress: Progress, _cancel: CancelToken) -> tuple[None, Changes]:
            return None, self._from.open(file)

        self._use_key(work, say("ajustes.region_opened"))

    def _use_key(
        self, work: Callable[[Progress, CancelToken], tuple[None, Changes]], told: str
    ) -> None:
        if self._busy:
            return
        self._busy = True
        self._tasks.long(
            say("ajustes.region_working"),
            work,
            lambda _: self._done(told),
            self._failed,
            self._stopped,
        )

    def _stopped(self) -> None:
        # It may have been made when it was asked to stop: the card says so.
        self._busy = False
        self._view.close_key()
        self.begin()

    def _done(self, told: str) -> None:
        self._busy = False
        self._view.close_key()
        self._view.show_result(told, done=True)
        self.begin()

    def _failed(self, error: UserFacingError) -> None:
        self._busy = False
        self._view.show_key_error(message(error.code, error.params))

    def _show(self, state: RegionState) -> None:
        self._state = state
        waiting = state.offered
        self._view.show_region(
            RegionFacts(
                tuple(_facts(state)),
                tuple(RootLine(root, root.palabras) for root in waiting),
                self._from.coordinates and state.root is None,
                not (self._from.coordinates or state.root or waiting),
                state.aprobacion is Aprobacion.APROBADO,
            )
        )


def state_words(state: RegionState) -> str:
    """«Aprobado hasta el 21/11/2029», «Por aprobar»."""
    aprobacion = state.aprobacion
    if aprobacion is Aprobacion.REVOCADO and state.revocado_desde is not None:
        return say("ajustes.state_revocado", fecha=state.revocado_desde.date().isoformat())
    hasta = "" if state.grant is None else state.grant.hasta.date().isoformat()
    return say(f"ajustes.state_{aprobacion.value}", fecha=hasta)


def _facts(state: RegionState) -> Sequence[tuple[str, str]]:
    facts = [(say("ajustes.region_state"), state_words(state))]
    if state.root is not None:
        facts.append((say("ajustes.region_words"), " · ".join(state.root.palabras)))
    if state.catalogo is not None:
        version = say("ajustes.region_catalog_words", version=state.catalogo.version)
        facts.append((say("ajustes.region_catalog"), version))
    return facts
