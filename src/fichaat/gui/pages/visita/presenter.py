"""Choosing the municipality: what the list holds, what the panel says, what Enter does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from fichaat.application.changes import Changes
from fichaat.application.ports.keys import Clock
from fichaat.application.ports.rows import Draft, Profile
from fichaat.application.start_visit import Brief, Proposal
from fichaat.domain.errors import UserFacingError
from fichaat.domain.territorio import Distrito, Territorio
from fichaat.gui import routes
from fichaat.gui.pages.visita.words import (
    ListRow,
    Pacto,
    Panel,
    brief_words,
    list_row,
    pacto_of,
    panel,
)
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Job, Tasks
from fichaat.gui.text import beginning, say
from fichaat.texts import message

FOUND = 40
RECENT = 8


class StartVisits(Protocol):
    """What `application.start_visit.StartVisit` offers."""

    def propose(self, ubigeo: str, duplicate: str | None = None, copia: str = "") -> Proposal: ...
    def __call__(
        self, ubigeo: str, duplicate: str | None = None, copia: str = ""
    ) -> tuple[Draft, Changes]: ...
    def briefs(self, ubigeos: Sequence[str]) -> list[Brief]: ...
    def recent(self, limit: int) -> list[Brief]: ...


class VisitaView(Protocol):
    def show_context(self, text: str) -> None: ...
    def show_rows(self, rows: Sequence[ListRow], heading: str) -> None: ...
    def show_details(self, rows: Sequence[ListRow]) -> None:
        """The same rows, with more said about each."""
        ...

    def show_none(self, sentence: str) -> None: ...
    def choose(self, index: int) -> None:
        """Mark a row; -1 marks none."""
        ...

    def show_panel(self, shown: Panel) -> None: ...
    def show_choose(self, sentence: str) -> None: ...
    def show_error(self, sentence: str) -> None: ...


@dataclass(frozen=True, slots=True)
class VisitaSources:
    """What the presenter asks of the program."""

    profile: Profile
    ambito: str
    territorio: Territorio
    clock: Clock
    start: StartVisits
    firmantes: Callable[[], Mapping[str, date] | None] = lambda: None
    """Who signed the Pacto, and when; None while no catalogue says it."""


class VisitaPresenter:
    def __init__(
        self, view: VisitaView, tasks: Tasks, go: Navigator, sources: VisitaSources
    ) -> None:
        self._view = view
        self._tasks = tasks
        self._go = go
        self._from = sources
        self._copied: str | None = None
        self._copia = ""
        self._typed = ""
        self._found: list[Distrito] = []
        self._chosen: str | None = None
        self._proposal: Proposal | None = None
        self._looking: list[Job] = []
        self._wanted = False
        """Enter came before the municipality was looked up."""
        self._starting = False
        self._briefs: dict[str, Brief] = {}
        self._firmantes: Mapping[str, date] | None = None

    def arrived(self, duplicate: str | None, copia: str = "") -> None:
        """The page is shown; in a copy, with the code of the ficha it copies, and which of it."""
        self._copied, self._copia = duplicate, copia
        self._view.show_context(
            say("visita.step") if duplicate is None else say("visita.step_copy", codigo=duplicate)
        )
        self.typed(self._typed)
        self._look_who_signed()

    def typed(self, text: str) -> None:
        """The search box holds this."""
        self._typed = text
        self._wanted = False
        if text.strip():
            self._search(text)
        else:
            self._look_recent()

    def refresh(self) -> None:
        """Something was written: look again at what is shown."""
        if self._starting:
            return
        self._look_who_signed()
        if self._chosen is not None:
            self._choose(self._chosen)
        elif not self._typed.strip():
            self._look_recent()

    def moved(self, steps: int) -> None:
        """An arrow was pressed."""
        if not self._found:
            return
        index = self._index()
        last = len(self._found) - 1
        # The first arrow down marks the first row, and the first arrow up the last one.
        target = (0 if steps > 0 else last) if index < 0 else index + steps
        self.chose(min(max(target, 0), last))

    def chose(self, index: int) -> None:
        """A row was marked."""
        if not 0 <= index < len(self._found):
            return
        ubigeo = self._found[index].ubigeo
        self._view.choose(index)
        if ubigeo != self._chosen:
            self._choose(ubigeo)

    def start(self) -> None:
        """Enter, or the button: go on with today's draft, else begin."""
        proposal = self._proposal
        if proposal is None:
            self._wanted = self._chosen is not None
        elif not proposal.ajena:
            if proposal.hoy is not None:
                self._go.go(routes.EditarFicha(proposal.hoy))
            else:
                self._begin(proposal.ubigeo)

    def start_another(self) -> None:
        """A second ficha of the same municipality and day, on purpose."""
        if self._proposal is not None and not self._proposal.ajena:
            self._begin(self._proposal.ubigeo)

    def cancel(self) -> None:
        self._go.back()

    def _index(self) -> int:
        codes = [row.ubigeo for row in self._found]
        return codes.index(self._chosen) if self._chosen in codes else -1

    def _search(self, text: str) -> None:
        self._found = search(self._from.territorio, text, self._from.ambito, FOUND)
        if not self._found:
            self._leave()
            self._view.show_none(say("visita.none", texto=beginning(text)))
            return
        self._briefs = {}
        count = len(self._found)
        code = "visita.found_many" if count == FOUND else "visita.found"
        self._view.show_rows(self._rows(), say(code, cantidad=count))
        self.chose(0)
        codes = [row.ubigeo for row in self._found]
        self._read(lambda: self._from.start.briefs(codes), self._on_briefs)

    def _look_recent(self) -> None:
        self._found = []
        self._leave()
        self._read(lambda: self._from.start.recent(RECENT), self._on_recent)

    def _on_recent(self, briefs: list[Brief]) -> None:
        if self._typed.strip():
            return
        known = [(brief, self._from.territorio.get(brief.ubigeo)) for brief in briefs]
        self._found = [distrito for _, distrito in known if distrito is not None]
        if self._found:
            self._briefs = {brief.ubigeo: brief for brief in briefs}
            self._view.show_rows(self._rows(), say("visita.recent"))
        else:
            self._view.show_none(say("visita.recent_none"))

    def _on_briefs(self, briefs: list[Brief]) -> None:
        if [brief.ubigeo for brief in briefs] == [row.ubigeo for row in self._found]:
            self._briefs = {brief.ubigeo: brief for brief in briefs}
            self._view.show_details(self._rows())

    def _look_who_signed(self) -> None:
        self._tasks.read(self._from.firmantes, self._on_firmantes)

    def _on_firmantes(self, firmantes: Mapping[str, date] | None) -> None:
        if firmantes == self._firmantes:
            return
        self._firmantes = firmantes
        if self._found:
            self._view.show_details(self._rows())
        if self._proposal is not None:
            self._show_panel(self._proposal)

    def _pacto(self, ubigeo: str) -> Pacto | None:
        return pacto_of(ubigeo, self._from.profile.region, self._firmantes)

    def _rows(self) -> list[ListRow]:
        briefs, today = self._briefs, self._from.clock.now().date()
        return [
            list_row(
                distrito,
                self._from.profile.region,
                self._typed,
                brief_words(briefs[distrito.ubigeo], today) if distrito.ubigeo in briefs else "",
                self._pacto(distrito.ubigeo),
            )
            for distrito in self._found
        ]

    def _leave(self) -> None:
        """No municipality is chosen."""
        self._chosen = None
        self._proposal = None
        self._view.choose(-1)
        self._view.show_choose(say("visita.choose"))

    def _choose(self, ubigeo: str) -> None:
        self._chosen = ubigeo
        self._proposal = None
        copied, copia = self._copied, self._copia

        def look() -> Proposal:
            return self._from.start.propose(ubigeo, copied, copia)

        self._tasks.read(look, self._on_proposed, self._on_refused)

    def _on_proposed(self, proposal: Proposal) -> None:
        if proposal.ubigeo != self._chosen:
            return
        self._proposal = proposal
        self._show_panel(proposal)
        if self._wanted:
            self._wanted = False
            self.start()

    def _show_panel(self, proposal: Proposal) -> None:
        shown = panel(
            proposal,
            self._from.profile,
            self._from.territorio,
            self._copied,
            self._pacto(proposal.ubigeo),
        )
        self._view.show_panel(shown)

    def _begin(self, ubigeo: str) -> None:
        if self._starting:
            return
        self._starting = True
        copied, copia = self._copied, self._copia
        self._tasks.write(
            lambda: self._from.start(ubigeo, copied, copia), self._on_begun, self._on_refused
        )

    def _on_begun(self, draft: Draft) -> None:
        self._starting = False
        self._go.go(routes.EditarFicha(draft.ficha.codigo))

    def _on_refused(self, error: UserFacingError) -> None:
        self._starting = False
        self._wanted = False
        self._view.show_error(message(error.code, error.params))

    def _read(self, work: Callable[[], list[Brief]], done: Callable[[list[Brief]], None]) -> None:
        """Only the last question about the list is of interest."""
        for job in self._looking:
            job.cancel()
        self._looking = [self._tasks.read(work, done)]


def search(territorio: Territorio, text: str, ambito: str, limit: int) -> list[Distrito]:
    """Districts by name, province or code; those that may be registered here first."""
    own = territorio.search(text, ambito, limit)
    region = territorio.search(text, ambito[:2], limit)
    country = territorio.search(text, "", limit + len(own))
    found = {row.ubigeo: row for row in (*own, *region, *country)}
    return list(found.values())[:limit]
