"""What *Recepción* shows, and what its buttons do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from fichaat.application.answers import Answer
from fichaat.application.changes import Changes, Kind
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.ports.keys import Clock
from fichaat.application.ports.rows import Profile
from fichaat.application.reception import Fork, Reception
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
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Job, Tasks
from fichaat.gui.text import say, thousands
from fichaat.texts import message

_SHOWN_KINDS = Changes.of(Kind.FICHA, Kind.DEVICE, Kind.RECEPTION)


class RecepcionView(ApprovingView, Protocol):
    def show_today(self, sentence: str) -> None: ...
    def show_no_region(self, *, missing: bool) -> None: ...
    def show_devices(self, rows: Sequence[words.DeviceWords], *, approves: bool) -> None: ...
    def show_apart(self, rows: Sequence[words.ApartWords], more: int) -> None: ...
    def show_clashes(self, rows: Sequence[words.ClashWords], more: int) -> None: ...
    def show_aside(self, count: int, *, shown: bool) -> None:
        """How many were put aside, and whether they stand among the others."""
        ...

    def show_gaps(self, rows: Sequence[words.GapsWords], notes: Sequence[str]) -> None: ...
    def show_twice(self, rows: Sequence[words.ClashWords]) -> None: ...
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
    set_aside: Callable[[Fork], tuple[object, Changes]]
    bring_back: Callable[[Fork], tuple[object, Changes]]


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
        self._found: Reception | None = None
        self._shows_aside = False
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

    def set_aside(self, row: words.ClashWords) -> None:
        """The person has looked at two records in one place, or wants to look again."""
        fork = row.fork
        if fork is None:
            return
        if fork.visto_en is not None:
            self._bring_back(fork)
            return
        self._tasks.write(
            lambda: self._from.set_aside(fork),
            lambda _: self._go.tell(
                say("recepcion.aside_done"), undo=lambda: self._bring_back(fork)
            ),
            self._refused,
        )

    def toggle_aside(self) -> None:
        """Show what was put aside among the rest, or hide it again."""
        self._shows_aside = not self._shows_aside
        if self._found is not None:
            self._show_clashes(self._found)

    def _bring_back(self, fork: Fork) -> None:
        self._tasks.write(
            lambda: self._from.bring_back(fork),
            lambda _: self._go.tell(say("recepcion.aside_back"), tone="info"),
            self._refused,
        )

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
        self._found = found
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
        self._show_clashes(found)
        self._show_gaps(found)
        self._view.show_twice([words.twice_row(pair, territorio) for pair in found.duplicados])
        wrong = (found.cuarentena, found.conflictos, found.bifurcaciones, found.huecos)
        self._view.show_fine(fine=not any(wrong) and not found.duplicados)
        self._view.show_answers([words.waiting_row(item) for item in found.por_responder])
        rows = [words.delivered_row(item) for item in found.entregas[:_RECEIVED]]
        self._view.show_received(rows, found.entregas_total - len(rows))

    def _show_clashes(self, found: Reception) -> None:
        territorio = self._from.territorio
        coordinates = found.aprueba and found.raiz
        rows = [
            words.conflict_row(item, territorio, coordinates=coordinates)
            for item in found.conflictos
        ]
        rows += [words.fork_row(item, territorio) for item in found.bifurcaciones]
        more = found.conflictos_total + found.bifurcaciones_total - len(rows)
        if self._shows_aside:
            rows += [words.fork_row(item, territorio) for item in found.dejadas]
        self._view.show_clashes(rows, more)
        self._view.show_aside(len(found.dejadas), shown=self._shows_aside)

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
