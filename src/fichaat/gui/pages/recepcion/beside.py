"""Copies beside each other: they are shown, put aside once somebody has looked, and shown again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from fichaat.application.changes import Changes
from fichaat.application.find_case import Case
from fichaat.application.reception import Reception
from fichaat.domain.errors import UserFacingError
from fichaat.domain.territorio import Territorio
from fichaat.gui.pages.recepcion import words
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.texts import message


class BesideView(Protocol):
    def show_clashes(
        self, rows: Sequence[words.ClashWords], more: int, aside: words.AsideWords
    ) -> None: ...
    def show_twice(self, rows: Sequence[words.ClashWords], aside: words.AsideWords) -> None: ...


@dataclass(frozen=True, slots=True)
class BesideSources:
    """What is asked of the program."""

    territorio: Territorio
    set_aside: Callable[[Case], tuple[object, Changes]]
    bring_back: Callable[[Case], tuple[object, Changes]]


class Beside:
    def __init__(
        self, view: BesideView, tasks: Tasks, go: Navigator, sources: BesideSources
    ) -> None:
        self._view = view
        self._tasks = tasks
        self._go = go
        self._from = sources
        self._found: Reception | None = None
        self._clashes_aside = False
        self._twice_aside = False

    def show(self, found: Reception) -> None:
        """Everything that contradicts or may be there twice."""
        self._found = found
        self._show_clashes(found)
        self._show_twice(found)

    def set_aside(self, row: words.ClashWords) -> None:
        """The person has looked, or wants to look again."""
        case = row.case
        if case is None:
            return
        if case.visto_en is not None:
            self._bring_back(case)
            return
        self._tasks.write(
            lambda: self._from.set_aside(case),
            lambda _: self._go.tell(
                say(words.of_case("done", case)), undo=lambda: self._bring_back(case)
            ),
            self._refused,
        )

    def toggle_clashes(self) -> None:
        """Show the forks that were put aside among the rest, or hide them again."""
        self._clashes_aside = not self._clashes_aside
        if self._found is not None:
            self._show_clashes(self._found)

    def toggle_twice(self) -> None:
        """Show the pairs that were put aside among the rest, or hide them again."""
        self._twice_aside = not self._twice_aside
        if self._found is not None:
            self._show_twice(self._found)

    def _bring_back(self, case: Case) -> None:
        self._tasks.write(
            lambda: self._from.bring_back(case),
            lambda _: self._go.tell(say(words.of_case("back", case)), tone="info"),
            self._refused,
        )

    def _show_clashes(self, found: Reception) -> None:
        territorio = self._from.territorio
        coordinates = found.aprueba and found.raiz
        rows = [
            words.conflict_row(item, territorio, coordinates=coordinates)
            for item in found.conflictos
        ]
        rows += [words.fork_row(item, territorio) for item in found.bifurcaciones]
        more = found.conflictos_total + found.bifurcaciones_total - len(rows)
        if self._clashes_aside:
            rows += [words.fork_row(item, territorio) for item in found.dejadas]
        aside = words.AsideWords(len(found.dejadas), self._clashes_aside)
        self._view.show_clashes(rows, more, aside)

    def _show_twice(self, found: Reception) -> None:
        pairs = [*found.duplicados]
        if self._twice_aside:
            pairs += found.duplicados_vistos
        rows = [words.twice_row(pair, self._from.territorio) for pair in pairs]
        aside = words.AsideWords(len(found.duplicados_vistos), self._twice_aside)
        self._view.show_twice(rows, aside)

    def _refused(self, error: UserFacingError) -> None:
        self._go.tell(message(error.code, error.params), tone="error")
