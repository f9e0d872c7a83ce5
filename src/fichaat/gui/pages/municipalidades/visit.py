"""A visit to the chosen municipality, begun from the page of coverage in one step. No Qt here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from fichaat.application.changes import Changes
from fichaat.application.start_visit import Begun
from fichaat.domain.errors import UserFacingError
from fichaat.domain.territorio import Territorio
from fichaat.gui import routes
from fichaat.gui.pages.municipalidades.lines import Line
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.texts import message


class Visit(NamedTuple):
    """What is offered for a municipality."""

    name: str
    """For who cannot see which line is chosen."""
    why_not: str
    """"" where it may be visited from here."""


@dataclass(frozen=True, slots=True)
class VisitSources:
    ambito: str
    """What the codes begin with that this profile may visit: a region's or a province's."""
    territorio: Territorio
    go_on: Callable[[str], tuple[Begun, Changes]]
    """Today's draft of a district, or a new one."""


class StartVisitHere:
    """Begins a visit, or goes on with that of today."""

    def __init__(self, tasks: Tasks, go: Navigator, sources: VisitSources) -> None:
        self._tasks = tasks
        self._go = go
        self._from = sources
        self._starting = False

    def offered(self, line: Line) -> Visit:
        """Whether a visit may be begun here, and why not."""
        name = say("municipalidades.visit_to", lugar=line.lugar)
        ambito = self._from.ambito
        if line.ubigeo.startswith(ambito):
            return Visit(name, "")
        place = self._from.territorio.provincia(ambito) or ambito
        return Visit(name, say("municipalidades.visit_outside", provincia=place))

    def start(self, line: Line) -> None:
        """Once, however often it is asked for; the ficha opens when it is there."""
        why_not = self.offered(line).why_not
        if why_not:
            self._go.tell(why_not, tone="warn")
        elif not self._starting:
            self._starting = True
            self._tasks.write(
                lambda: self._from.go_on(line.ubigeo),
                lambda begun: self._on_begun(begun, line),
                self._on_refused,
            )

    def _on_begun(self, begun: Begun, line: Line) -> None:
        self._starting = False
        self._go.go(routes.EditarFicha(begun.codigo))
        if not begun.nueva:
            self._go.tell(say("municipalidades.visit_today", lugar=line.lugar), tone="info")

    def _on_refused(self, error: UserFacingError) -> None:
        self._starting = False
        self._go.tell(message(error.code, error.params), tone="error")
