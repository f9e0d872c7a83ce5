"""What the region says to whoever works here: approved or not, and what it wants corrected."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from fichaat.application.changes import Changes, Kind
from fichaat.application.observed import Observations, Observed
from fichaat.application.ports.rows import Draft
from fichaat.application.region.believe_region import KnownRoot
from fichaat.application.region.devices import Aprobacion
from fichaat.application.region.read_region import RegionState
from fichaat.domain.errors import UserFacingError
from fichaat.domain.territorio import Territorio
from fichaat.gui import routes
from fichaat.gui.ficha_words import places_words
from fichaat.gui.region_words import RegionWords
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.texts import message

_QUOTED = 600
_STATE_KINDS = Changes.of(Kind.DEVICE)
_OBSERVED_KINDS = Changes.of(Kind.FICHA, Kind.DRAFT, Kind.DEVICE)


class RegionNote(NamedTuple):
    """One sentence, and the button that helps; "" for none."""

    sentence: str
    tone: str
    verb: str = ""


class ObservedWords(NamedTuple):
    """A ficha to correct."""

    codigo: str
    lugar: str
    motivo: str
    quien: str
    plazo: str
    verb: str


class InicioRegionView(Protocol):
    def show_region(self, note: RegionNote) -> None: ...
    def show_observed(self, rows: Sequence[ObservedWords], more: str) -> None: ...


@dataclass(frozen=True, slots=True)
class InicioRegionSources:
    """What the presenter asks of the program."""

    territorio: Territorio
    coordinates: bool
    read: Callable[[], RegionState]
    observed: Callable[[], Observations]
    correct: Callable[[str], tuple[Draft | None, Changes]]


class InicioRegionPresenter:
    def __init__(
        self,
        view: InicioRegionView,
        tasks: Tasks,
        go: Navigator,
        words: RegionWords,
        sources: InicioRegionSources,
    ) -> None:
        self._view = view
        self._tasks = tasks
        self._go = go
        self._words = words
        self._from = sources
        self._waiting: list[KnownRoot] = []

    def arrived(self) -> None:
        """Look both up."""
        self._tasks.read(self._from.read, self._show_region)
        self._tasks.read(self._from.observed, self._show_observed)

    def changed(self, changes: Changes) -> None:
        """Something was written."""
        if changes & _STATE_KINDS:
            self._tasks.read(self._from.read, self._show_region)
        if changes & _OBSERVED_KINDS:
            self._tasks.read(self._from.observed, self._show_observed)

    def act(self) -> None:
        """The button of the region's card."""
        if len(self._waiting) == 1:
            self._words.ask(self._waiting[0])
        else:
            self._go.go(routes.Ajustes())

    def correct(self, codigo: str) -> None:
        """Open the correction that was asked for."""
        self._tasks.write(
            lambda: self._from.correct(codigo),
            lambda _: self._go.go(routes.EditarFicha(codigo)),
            self._refused,
        )

    def _refused(self, error: UserFacingError) -> None:
        self._go.tell(message(error.code, error.params), tone="error")

    def _show_region(self, state: RegionState) -> None:
        accepted = state.root is not None
        self._waiting = [] if accepted else state.offered
        self._view.show_region(self._note(state))

    def _note(self, state: RegionState) -> RegionNote:
        if self._waiting:
            return RegionNote(say("inicio.region_words"), "warn", say("inicio.region_compare"))
        aprobacion = state.aprobacion
        if aprobacion is Aprobacion.SIN_REGION and self._from.coordinates:
            return RegionNote(say("inicio.region_make"), "warn", say("inicio.region_make_do"))
        hasta = "" if state.grant is None else state.grant.hasta.date().isoformat()
        sentence = say(f"inicio.region_{aprobacion.value}", fecha=hasta)
        if aprobacion is Aprobacion.APROBADO:
            return RegionNote(sentence, "ok")
        verb = say("inicio.region_ask") if aprobacion is not Aprobacion.REVOCADO else ""
        return RegionNote(sentence, "warn", verb)

    def _show_observed(self, found: Observations) -> None:
        rows = [_words(item, self._from.territorio) for item in found.fichas]
        left = found.total - len(rows)
        more = say("inicio.observed_more", cantidad=left) if left > 0 else ""
        self._view.show_observed(rows, more)


def _quoted(motivo: str) -> str:
    """As much as a card holds; the correction begins with all of it."""
    text = " ".join(motivo.split())
    return f"«{text}»" if len(text) <= _QUOTED else f"«{text[:_QUOTED]}…»"


def _words(item: Observed, territorio: Territorio) -> ObservedWords:
    row = item.ficha
    plazo = "" if item.plazo is None else item.plazo.isoformat()
    who = item.quien
    said = say("inicio.observed_who", nombre=who.nombre, entidad=who.entidad)
    return ObservedWords(
        row.codigo,
        places_words(row.distritos, territorio),
        _quoted(item.motivo),
        said if who.verified else "",
        say("inicio.observed_until", plazo=plazo) if plazo else "",
        say("inicio.observed_go_on" if item.correcting else "inicio.observed_correct"),
    )
