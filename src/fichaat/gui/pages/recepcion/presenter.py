"""What *Recepción* shows, and what its buttons do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from fichaat.application.answers import Answer
from fichaat.application.changes import Changes, Kind
from fichaat.application.find_case import Case
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.ports.keys import Clock
from fichaat.application.ports.rows import Profile
from fichaat.application.reception import Reception
from fichaat.application.region.requests import Asked
from fichaat.domain.errors import UserFacingError
from fichaat.domain.revision import Veredicto
from fichaat.domain.territorio import Territorio
from fichaat.gui import routes
from fichaat.gui.pages.recepcion import words
from fichaat.gui.pages.recepcion.approving import (
    Approve,
    Approving,
    ApprovingSources,
    ApprovingView,
    Decision,
)
from fichaat.gui.pages.recepcion.beside import Beside, BesideSources, BesideView
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Job, Tasks
from fichaat.gui.text import say, thousands
from fichaat.texts import message

_SHOWN_KINDS = Changes.of(Kind.FICHA, Kind.DEVICE, Kind.RECEPTION)


class RecepcionView(ApprovingView, BesideView, Protocol):
    def show_today(self, sentence: str) -> None: ...
    def show_no_region(self, *, missing: bool) -> None: ...
    def show_devices(self, rows: Sequence[words.DeviceWords], *, approves: bool) -> None: ...
    def show_apart(self, rows: Sequence[words.ApartWords], more: int) -> None: ...
    def show_gaps(self, rows: Sequence[words.GapsWords], notes: Sequence[str]) -> None: ...
    def show_fine(self, *, fine: bool) -> None: ...
    def show_answers(self, rows: Sequence[words.LineWords]) -> None: ...
    def show_received(self, rows: Sequence[words.LineWords], more: int) -> None: ...
    def ask_bundles(self, start: Path) -> None: ...
    def ask_bundle_folder(self, start: Path) -> None: ...
    def ask_answer_folder(self, start: Path, on_chosen: Callable[[Path], object]) -> None: ...
    def ask(self, title: str, sentence: str, verb: str, on_yes: Callable[[], object]) -> None: ...
    def copy(self, text: str) -> None: ...


@dataclass(frozen=True, slots=True)
class RecepcionSources:
    """What the presenter asks of the program and of the system."""

    profile: Profile
    territorio: Territorio
    clock: Clock
    read: Callable[[], Reception]
    kept: Callable[[], dict[str, Asked]]
    approve: Approve
    review: Callable[..., tuple[object, Changes]]
    answer: Callable[
        [Path, Sequence[str] | None, Progress, CancelToken], tuple[list[Answer], Changes]
    ]
    bundle_files: Callable[[Sequence[Path]], list[Path]]
    start: Callable[[], Path]
    """Where files are looked for first."""
    set_aside: Callable[[Case], tuple[object, Changes]]
    bring_back: Callable[[Case], tuple[object, Changes]]


class RecepcionPresenter:
    def __init__(
        self, view: RecepcionView, tasks: Tasks, go: Navigator, sources: RecepcionSources
    ) -> None:
        self._view = view
        self._tasks = tasks
        self._go = go
        self._from = sources
        self._looking: Job | None = None
        self._approving = Approving(
            view,
            tasks,
            go,
            ApprovingSources(
                sources.profile, sources.territorio, sources.clock, sources.kept, sources.approve
            ),
            self._look_up,
        )
        self.beside = Beside(
            view,
            tasks,
            go,
            BesideSources(sources.territorio, sources.set_aside, sources.bring_back),
        )
        self._words: dict[str, tuple[str, ...]] = {}

    def arrived(self) -> None:
        self._look_up()

    def changed(self, changes: Changes) -> None:
        """Something was written."""
        if changes & _SHOWN_KINDS:
            self._look_up()

    # receiving

    def choose_files(self) -> None:
        self._tasks.read(self._from.start, self._view.ask_bundles)

    def choose_folder(self) -> None:
        self._tasks.read(self._from.start, self._view.ask_bundle_folder)

    def receive(self, chosen: Sequence[Path]) -> None:
        """Files or folders were chosen: show what they would bring."""
        if chosen:
            self._tasks.read(
                lambda: self._from.bundle_files(chosen),
                lambda files: self._go.go(routes.ImportarPaquetes(tuple(files))),
            )

    # approving

    def approve(self, device: str) -> None:
        """Ask what there is to decide about a device."""
        self._approving.ask(device, self._words.get(device, ()))

    def decided(self, decision: Decision) -> None:
        """Seal the credential."""
        self._approving.decided(decision)

    # looking, choosing, asking for what misses

    def see(self, codigo: str, copia: str = "") -> None:
        """A ficha, or one of its copies and no other."""
        self._go.go(routes.VerFicha(codigo, copia))

    def see_copy(self, side: words.SideWords) -> None:
        """One of the copies beside each other."""
        self.see(side.codigo, side.sha256)

    def devices(self) -> None:
        self._go.go(routes.Equipos())

    def settings(self) -> None:
        self._go.go(routes.Ajustes())

    def choose(self, side: words.SideWords) -> None:
        """One of several copies counts from now on."""

        def choose() -> None:
            self._tasks.write(
                lambda: self._from.review(side.codigo, Veredicto.ELEGIDA, sha256=side.sha256),
                lambda _: self._go.tell(say("recepcion.chosen", codigo=side.codigo)),
                self._refused,
            )

        self._view.ask(
            say("recepcion.choose_title", equipo=side.titulo),
            say("recepcion.choose_what", codigo=side.codigo),
            say("recepcion.choose"),
            choose,
        )

    def request(self, row: words.GapsWords) -> None:
        """What misses, for a message to who has it."""
        self._view.copy(row.pedido)
        self._go.tell(say("paquetes.gap_copied"), tone="info")

    # answering

    def answer(self, device: str | None = None) -> None:
        """Write the answer of one sender, or of all that wait."""
        devices = None if device is None else [device]

        def chosen(folder: Path) -> None:
            self._tasks.long(
                say("recepcion.answering"),
                lambda progress, cancel: self._from.answer(folder, devices, progress, cancel),
                lambda made: self._on_answered(made, folder),
                self._refused,
            )

        self._tasks.read(
            self._from.start, lambda start: self._view.ask_answer_folder(start, chosen)
        )

    def _on_answered(self, answers: list[Answer], folder: Path) -> None:
        self._go.tell(
            say("recepcion.answered", cantidad=len(answers), carpeta=folder.name or str(folder))
        )

    def _refused(self, error: UserFacingError) -> None:
        self._go.tell(message(error.code, error.params), tone="error")

    # showing

    def _look_up(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
        self._looking = self._tasks.read(self._from.read, self._show)

    def _show(self, found: Reception) -> None:
        territorio = self._from.territorio
        self._words = {row.device: row.palabras for row in found.por_aprobar}
        self._view.show_no_region(missing=not found.raiz)
        self._view.show_today(_today(found))
        devices = [words.device_row(row, territorio) for row in found.por_aprobar]
        self._view.show_devices(devices, approves=found.aprueba and found.raiz)
        self._view.show_apart(
            [
                words.apart_row(item, territorio, coordinates=found.aprueba)
                for item in found.cuarentena
            ],
            found.cuarentena_total - len(found.cuarentena),
        )
        self.beside.show(found)
        self._show_gaps(found)
        wrong = (found.cuarentena, found.conflictos, found.bifurcaciones, found.huecos)
        self._view.show_fine(fine=not any(wrong) and not found.duplicados)
        self._view.show_answers([words.waiting_row(item) for item in found.por_responder])
        rows = [words.delivered_row(item) for item in found.entregas[:_RECEIVED]]
        self._view.show_received(rows, found.entregas_total - len(rows))

    def _show_gaps(self, found: Reception) -> None:
        notes = []
        if found.huecos_total > len(found.huecos):
            more = thousands(found.huecos_total - len(found.huecos))
            notes.append(say("recepcion.more", cantidad=more))
        if found.omitidos:
            notes.append(say("recepcion.gaps_left", cantidad=found.omitidos))
        self._view.show_gaps(words.gap_rows(found.huecos), notes if found.huecos else ())


_RECEIVED = 8
"""Bundles that are named."""


def _today(found: Reception) -> str:
    now = found.now
    count = sum(item.en.astimezone(now.tzinfo).date() == now.date() for item in found.entregas)
    return say("recepcion.today", cantidad=count) if count else say("recepcion.today_none")
