"""What the texts of the working copy say, what is wrong with them, and what they would change."""

from collections.abc import Callable, Mapping

from fichaat.application.catalogue.edit_catalogue import WorkingCopy
from fichaat.gui.pages.catalogo.editing import Editing
from fichaat.gui.pages.catalogo.tables import RESUMEN, TABLES, Cell, read
from fichaat.gui.pages.catalogo.view import BodyView, CatalogoSources, Pending
from fichaat.gui.pages.catalogo.words import (
    MOST_LINES,
    Found,
    change_groups,
    entries,
    found_of,
    problem_lines,
)
from fichaat.gui.pages.ficha.board import count_words
from fichaat.gui.pages.ficha.reviewing import Reviewing
from fichaat.gui.saving.timers import Timers
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say


class Judging:
    def __init__(  # noqa: PLR0917  # what a page is made of
        self,
        body: BodyView,
        tasks: Tasks,
        timers: Timers,
        sources: CatalogoSources,
        editing: Editing,
        may_publish: Callable[[], bool],
    ) -> None:
        self._body = body
        self._from = sources
        self._editing = editing
        self._may_publish = may_publish
        self._found: Found | None = None
        self.taken: Callable[[], object] = lambda: None
        """Hears that a copy was judged."""
        self._reviewing: Reviewing[WorkingCopy, Found] = Reviewing(
            tasks, timers, self.review, self.take
        )

    def give(self, copy: WorkingCopy, *, now: bool = False) -> None:
        """Judge a copy, in the background and soon; `now`: as soon as nothing else is done."""
        self._reviewing.give(copy, now=now)

    def review(self, copy: WorkingCopy) -> Found:
        """Read a copy and judge it."""
        reading = read(copy, self._editing.reader)
        publish = self._from.publish
        preview = publish.preview(reading.content) if self._may_publish() else None
        return found_of(reading, preview)

    def take(self, found: Found) -> None:
        """Show what was read and judged."""
        self._found = found
        self.show_entries()
        unread = found.reading.unread.get(Cell(RESUMEN, 0, "inicio_plan"), "")
        self._body.show_inicio_error(unread)
        self._editing.show_problems(found.problems)
        self._body.show_pending(self._pending(found))
        self.taken()

    def show_entries(self) -> None:
        """How many rows each section has, and which have something wrong."""
        editing = self._editing
        self._body.show_entries(entries(_counts(editing.copy), self._found, editing.at))

    def _pending(self, found: Found) -> Pending:
        lines = problem_lines(found)
        held = found.preview.changes if found.preview is not None else ()
        if found.reading.unread:
            held = ()  # what cannot be read would be told as taken away
        code = "unread" if found.reading.unread else "pending" if held else "no_changes"
        return Pending(
            say(f"catalogar.{code}", cantidad=len(held)),
            change_groups(held, self._editing.reader, self._from.territorio),
            lines[:MOST_LINES],
            count_words(lines),
            found.changed,
        )


def _counts(copy: WorkingCopy) -> Mapping[str, int]:
    counts = {name: len(copy.tablas.get(name, ())) for name in TABLES}
    return {**counts, "provincias": len(copy.provincias)}
