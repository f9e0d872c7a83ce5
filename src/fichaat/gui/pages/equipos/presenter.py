"""The devices of the region, and what its key says of them later."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from fichaat.application.changes import Changes, Kind
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.region.devices import DeviceRow
from fichaat.domain.errors import UserFacingError
from fichaat.domain.territorio import Territorio
from fichaat.gui.key_file import KeyFile
from fichaat.gui.pages.equipos.words import EquipoWords, equipo_row
from fichaat.gui.pages.recepcion.approving import (
    Approving,
    ApprovingSources,
    ApprovingView,
    Decision,
)
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Job, Tasks
from fichaat.gui.text import say
from fichaat.texts import message

RENEW: Final = "renew"
REVOKE: Final = "revoke"
RELIEVE: Final = "relieve"


class Deed(NamedTuple):
    """What is asked about one device."""

    what: str
    row: EquipoWords
    successors: tuple[tuple[str, str], ...] = ()
    """(device, words): who may go on with its fichas."""


class Said(NamedTuple):
    """What the person decided."""

    deed: Deed
    motivo: str
    nuevo: str
    key: KeyFile


class EquiposView(ApprovingView, Protocol):
    def show_devices(self, rows: Sequence[EquipoWords], *, coordinates: bool) -> None: ...
    def ask_deed(self, deed: Deed) -> None: ...
    def show_deed_error(self, sentence: str) -> None:
        """The question stays open."""
        ...

    def close_deed(self) -> None: ...


@dataclass(frozen=True, slots=True)
class EquiposSources:
    """What the presenter asks of the program."""

    territorio: Territorio
    coordinates: bool
    read: Callable[[], list[DeviceRow]]
    renew: Callable[[KeyFile, str], tuple[object, Changes]]
    revoke: Callable[[KeyFile, str, str], tuple[object, Changes]]
    relieve: Callable[[KeyFile, str, str, str], tuple[object, Changes]]
    set_aside: Callable[[DeviceRow], tuple[object, Changes]]
    bring_back: Callable[[DeviceRow], tuple[object, Changes]]
    approving: ApprovingSources


class EquiposPresenter:
    def __init__(
        self, view: EquiposView, tasks: Tasks, go: Navigator, sources: EquiposSources
    ) -> None:
        self._view = view
        self._tasks = tasks
        self._go = go
        self._from = sources
        self._found: list[DeviceRow] = []
        self._rows: list[EquipoWords] = []
        self._looking: Job | None = None
        self._busy = False
        self._approving = Approving(view, tasks, go, sources.approving, self._look_up)

    def arrived(self) -> None:
        self._look_up()

    def changed(self, changes: Changes) -> None:
        """Something was written."""
        if changes & Changes.of(Kind.DEVICE, Kind.RECEPTION):
            self._look_up()

    def ask(self, what: str, device: str) -> None:
        """A button of a device was pressed."""
        row = next((row for row in self._rows if row.device == device), None)
        if row is None:
            return
        successors = tuple(
            (other.device, say("equipos.choice", nombre=other.nombre, palabras=other.palabras[0]))
            for other in self._rows
            if other.takes_over and other.device != device
        )
        self._view.ask_deed(Deed(what, row, successors if what == RELIEVE else ()))

    def set_aside(self, device: str) -> None:
        """This is nobody to approve, or has to be looked at again."""
        row = next((row for row in self._found if row.device == device), None)
        if row is None:
            return
        if row.visto_en is not None:
            self._bring_back(row)
            return
        self._tasks.write(
            lambda: self._from.set_aside(row),
            lambda _: self._go.tell(say("equipos.aside_done"), undo=lambda: self._bring_back(row)),
            self._not_written,
        )

    def _bring_back(self, row: DeviceRow) -> None:
        self._tasks.write(
            lambda: self._from.bring_back(row),
            lambda _: self._go.tell(say("equipos.aside_back"), tone="info"),
            self._not_written,
        )

    def _not_written(self, error: UserFacingError) -> None:
        self._go.tell(message(error.code, error.params), tone="error")

    def approve(self, device: str) -> None:
        """Ask what there is to decide about a device that waits."""
        row = next((row for row in self._rows if row.device == device), None)
        if row is not None:
            self._approving.ask(device, row.palabras)

    def approved(self, decision: Decision) -> None:
        """Seal its credential."""
        self._approving.decided(decision)

    def decided(self, said: Said) -> None:
        """Seal it with the key of the region."""
        if self._busy:
            return
        self._busy = True
        self._tasks.long(
            say("recepcion.approving"),
            lambda progress, cancel: self._seal(said, progress, cancel),
            lambda _: self._on_sealed(said),
            self._on_refused,
            self._on_stopped,
        )

    def _seal(
        self, said: Said, _progress: Progress, _cancel: CancelToken
    ) -> tuple[object, Changes]:
        device = said.deed.row.device
        if said.deed.what == RENEW:
            return self._from.renew(said.key, device)
        if said.deed.what == REVOKE:
            return self._from.revoke(said.key, device, said.motivo)
        return self._from.relieve(said.key, device, said.nuevo, said.motivo)

    def _on_sealed(self, said: Said) -> None:
        self._busy = False
        self._view.close_deed()
        self._go.tell(say(f"equipos.done_{said.deed.what}", nombre=said.deed.row.nombre))

    def _on_stopped(self) -> None:
        # It may have been sealed when it was asked to stop: the list says so.
        self._busy = False
        self._view.close_deed()
        self._look_up()

    def _on_refused(self, error: UserFacingError) -> None:
        self._busy = False
        self._view.show_deed_error(message(error.code, error.params))

    def _look_up(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
        self._looking = self._tasks.read(self._from.read, self._show)

    def _show(self, found: list[DeviceRow]) -> None:
        self._found = found
        self._rows = [equipo_row(row, self._from.territorio) for row in found]
        self._view.show_devices(self._rows, coordinates=self._from.coordinates)
