"""The catalogue: what is in force, what is prepared beside it, and how that is published."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from fichaat.application.catalogue.content import CatalogueContent
from fichaat.application.catalogue.edit_catalogue import WorkingCopy
from fichaat.application.catalogue.read_catalogue import CatalogueView
from fichaat.application.changes import Changes, Kind
from fichaat.domain.errors import SchemaError
from fichaat.gui.pages.catalogo.cells import Reader
from fichaat.gui.pages.catalogo.editing import Editing
from fichaat.gui.pages.catalogo.publishing import Publishing
from fichaat.gui.pages.catalogo.tables import RESUMEN, TABLES, Cell, read, working_copy
from fichaat.gui.pages.catalogo.view import (
    BodyView,
    CatalogoSources,
    CatalogoView,
    Head,
    Pending,
)
from fichaat.gui.pages.catalogo.words import (
    MOST_LINES,
    Found,
    cell_of,
    change_groups,
    context_words,
    empty_words,
    entries,
    facts,
    found_of,
    problem_lines,
    role_words,
)
from fichaat.gui.pages.ficha.board import Line, count_words
from fichaat.gui.pages.ficha.reviewing import Reviewing
from fichaat.gui.pages.ficha.view import Question
from fichaat.gui.routes import Navigator
from fichaat.gui.saving.autosave import Autosave, Saving
from fichaat.gui.saving.status import saving_status
from fichaat.gui.saving.timers import Timers
from fichaat.gui.tasks import Job, Tasks
from fichaat.gui.text import say


class CatalogoPresenter:
    """Holds the working copy as it stands on the screen."""

    def __init__(  # noqa: PLR0917  # what a page is made of
        self,
        view: CatalogoView,
        body: BodyView,
        tasks: Tasks,
        timers: Timers,
        go: Navigator,
        sources: CatalogoSources,
    ) -> None:
        self._view = view
        self._body = body
        self._tasks = tasks
        self._go = go
        self._from = sources
        self.reader = Reader(sources.territorio, sources.region, sources.clock.now().date())
        self.editing = Editing(body, self.reader, sources.ids, go)
        self.editing.changed = self._on_changed
        self.editing.gone = sources.gone
        self._shown: CatalogueView | None = None
        self._why_not: str | None = None
        self._found: Found | None = None
        self._looking: Job | None = None
        self._began_with = 0
        self._typed = False
        """Whether something was changed since the copy was opened."""
        self._saves: Autosave[WorkingCopy] = Autosave(
            tasks, timers, sources.keep.save, self._on_saving, lambda: None
        )
        self._reviewing: Reviewing[WorkingCopy, Found] = Reviewing(
            tasks, timers, self._review, self.take_review
        )
        self.publishing = Publishing(self, view, tasks, go, sources)

    # opening and leaving

    def changed(self, changes: Changes) -> None:
        """Something was written: another version may be in force."""
        if changes & Changes.of(Kind.CATALOGUE, Kind.DEVICE):
            self.look_up()

    def leave(self) -> None:
        """Keep what is typed."""
        self._saves.flush()

    def settle(self) -> bool:
        """Whether everything typed is kept."""
        return self._saves.settle()

    def may_leave(self) -> bool:
        return self._saves.may_leave()

    @property
    def saving(self) -> bool:
        return self._saves.in_line

    @property
    def content(self) -> CatalogueContent | None:
        """What the texts say, for a file; None while there is no catalogue."""
        if self._shown is None:
            return None
        return read(self.editing.copy, self.reader).content if self._may else self._shown.content

    @property
    def version(self) -> int:
        """Of what is in force; 0 where nothing is."""
        return 0 if self._shown is None else self._shown.version

    @property
    def _may(self) -> bool:
        return self._why_not is None

    def look_up(self) -> None:
        """What is in force, and what was prepared here."""
        if self._looking is not None:
            self._looking.cancel()
        self._looking = self._tasks.read(self._read, self._on_read)

    def _read(self) -> tuple[CatalogueView | None, str | None, WorkingCopy | None]:
        view = self._from.read()
        why_not = self._from.read.why_not()
        if why_not is not None:
            return view, why_not, None
        try:
            return view, None, self._from.keep.open()
        except SchemaError:
            return view, None, None  # of another version of the program: what is published stays

    def _on_read(self, seen: tuple[CatalogueView | None, str | None, WorkingCopy | None]) -> None:
        before, might = self._shown, self._may
        self._shown, self._why_not, kept = seen
        view = self._shown
        if view is None:
            self.editing.begun = False
            coordinates = self._from.coordinates
            sentence = empty_words(self._why_not, coordinates=coordinates)
            self._view.show_none(sentence, to_settings=self._why_not == "region.none")
            return
        self._view.lay(editable=self._may)
        same = before is not None and before.sha256 == view.sha256
        stays = self.editing.begun and might == self._may and (same or self._typed)
        if not stays:
            self._typed = False
            copy = kept if kept is not None else self._published(view)
            self._began_with = copy.version
            self.editing.open(copy, editable=self._may)
            self._body.show_provincias(self._provincias(copy))
        self._body.show_facts(facts(view, self._from.territorio), self.editing.copy.inicio_plan)
        self._show_head()
        self._reviewing.give(self.editing.copy, now=True)

    def _published(self, view: CatalogueView) -> WorkingCopy:
        bare = WorkingCopy(view.version, view.sha256, {}, (), "", self._from.clock.now())
        return working_copy(view.content, bare, self.reader)

    # what the person types

    def choose_provincia(self, code: str, *, on: bool) -> None:
        """A province may act in cascade, or no longer."""
        chosen = {*self.editing.copy.provincias} - {code} | ({code} if on else set())
        self.editing.change(replace(self.editing.copy, provincias=tuple(sorted(chosen))))

    def type_inicio(self, text: str) -> None:
        """When the plan begins."""
        self.editing.change(replace(self.editing.copy, inicio_plan=text))

    def publish(self) -> None:
        """Ask once, with everything that changes; or go to what is wrong."""
        if self._shown is not None and self._may:
            self.editing.settle_all()
            copy = self.editing.copy
            self.publishing.judge(lambda: self._review(copy))

    def jump(self, line: Line) -> None:
        """Go to where a problem is."""
        cell = cell_of(line)
        self.editing.settle_all()
        self.editing.go_to(cell)

    # what follows of it

    def _on_changed(self, copy: WorkingCopy) -> None:
        if self._from.gone():
            self._from.lasting.write(lambda: self._from.keep.save(copy), lambda _: None)
            return
        self._typed = True
        self._saves.give(copy)
        self._reviewing.give(copy)

    def _on_saving(self, saving: Saving) -> None:
        self._view.show_saving(saving_status(saving))

    def _review(self, copy: WorkingCopy) -> Found:
        reading = read(copy, self.reader)
        preview = self._from.publish.preview(reading.content) if self._may else None
        return found_of(reading, preview)

    def take_review(self, found: Found) -> None:
        """What was read and judged."""
        self._found = found
        self._show_entries()
        unread = found.reading.unread.get(Cell(RESUMEN, 0, "inicio_plan"), "")
        self._body.show_inicio_error(unread)
        self.editing.show_problems(found.problems)
        self._body.show_pending(self._pending(found))
        self._show_head()

    def section_shown(self) -> None:
        """Nobody is typing in the part before any more."""
        self.editing.settle_all()
        self._show_entries()

    def _show_entries(self) -> None:
        self._body.show_entries(entries(self._counts(), self._found, self.editing.at))

    def _pending(self, found: Found) -> Pending:
        lines = problem_lines(found)
        held = found.preview.changes if found.preview is not None else ()
        if found.reading.unread:
            held = ()  # what cannot be read would be told as taken away
        code = "unread" if found.reading.unread else "pending" if held else "no_changes"
        return Pending(
            say(f"catalogar.{code}", cantidad=len(held)),
            change_groups(held, self.reader, self._from.territorio),
            lines[:MOST_LINES],
            count_words(lines),
            found.changed,
        )

    def _counts(self) -> Mapping[str, int]:
        copy = self.editing.copy
        counts = {name: len(copy.tablas.get(name, ())) for name in TABLES}
        return {**counts, "provincias": len(copy.provincias)}

    def _show_head(self) -> None:
        view = self._shown
        if view is None:
            return
        publish = say("catalogar.publish", version=view.version + 1) if self._may else ""
        note = role_words(view, self._why_not, coordinates=self._from.coordinates)
        behind = self._may and self._began_with != view.version
        self._view.show_head(Head(context_words(view), publish, note, behind))

    def _provincias(self, copy: WorkingCopy) -> Sequence[tuple[str, str, bool]]:
        known = self._from.territorio.provincias(self._from.region)
        gone = {code: code for code in copy.provincias if code not in known}
        rows = sorted({**known, **gone}.items())
        return [(code, name, code in copy.provincias) for code, name in rows]

    # loading and discarding

    def begin_anew(self) -> None:
        """The copy was published: the next one begins with that."""
        self.editing.begun = False
        self._typed = False
        self.look_up()

    def discard(self) -> None:
        """Back to what is published, after asking; *Deshacer* brings the changes back."""
        self._view.ask(
            Question(
                say("catalogar.discard"),
                say("catalogar.discard_what"),
                say("catalogar.discard"),
                self._discard,
            )
        )

    def _discard(self) -> None:
        if self._shown is not None:
            self.take(self._shown.content, say("catalogar.discarded"))

    def take(self, content: CatalogueContent, told: str) -> None:
        """Another content instead of the working copy, with *Deshacer*."""
        if self._shown is None or not self._may:
            return
        before, began_with = self.editing.copy, self._began_with
        fresh = working_copy(content, self._published(self._shown), self.reader)
        self._began_with = self._shown.version
        self._put(fresh)

        def undo() -> None:
            self._began_with = began_with
            self._put(before)

        self._go.tell(told, undo=undo)

    def _put(self, copy: WorkingCopy) -> None:
        if self._from.gone():
            self._on_changed(copy)
            return
        self.editing.open(copy, editable=self._may)
        self._body.show_provincias(self._provincias(copy))
        if self._shown is not None:
            found = facts(self._shown, self._from.territorio)
            self._body.show_facts(found, copy.inicio_plan)
        self._on_changed(copy)
