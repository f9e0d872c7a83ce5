"""The catalogue: what is in force, what is prepared beside it, and how that is published."""

from fichaat.application.catalogue.content import CatalogueContent
from fichaat.application.catalogue.edit_catalogue import WorkingCopy
from fichaat.application.catalogue.read_catalogue import CatalogueView
from fichaat.application.changes import Changes, Kind
from fichaat.domain.errors import SchemaError
from fichaat.gui.pages.catalogo.cells import Reader
from fichaat.gui.pages.catalogo.editing import Editing
from fichaat.gui.pages.catalogo.general import General
from fichaat.gui.pages.catalogo.judging import Judging
from fichaat.gui.pages.catalogo.keeping import Keeping
from fichaat.gui.pages.catalogo.publishing import Publishing
from fichaat.gui.pages.catalogo.tables import named_anew, read, working_copy
from fichaat.gui.pages.catalogo.view import BodyView, CatalogoSources, CatalogoView, Head
from fichaat.gui.pages.catalogo.words import cell_of, context_words, empty_words, role_words
from fichaat.gui.pages.ficha.board import Line
from fichaat.gui.pages.ficha.view import Question
from fichaat.gui.routes import Navigator
from fichaat.gui.saving.timers import Timers
from fichaat.gui.tasks import Job, Tasks
from fichaat.gui.text import say


class CatalogoPresenter:
    """Brings together what is in force and the working copy as it stands on the screen."""

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
        self._tasks = tasks
        self._go = go
        self._from = sources
        self.reader = Reader(sources.territorio, sources.region, sources.clock.now().date())
        self.editing = Editing(body, self.reader, sources.ids, go, timers.seconds)
        self.editing.changed = self._on_changed
        self.editing.turned = self._on_turned
        self.editing.gone = sources.gone
        self.general = General(body, self.editing, sources)
        self.keeping = Keeping(view, tasks, timers, sources)
        self.judging = Judging(body, tasks, timers, sources, self.editing, lambda: self._may)
        self.judging.taken = self._show_head
        self._shown: CatalogueView | None = None
        self._why_not: str | None = None
        self._looking: Job | None = None
        self._typed = False
        """Whether something was changed since the copy was opened."""
        self.publishing = Publishing(self, view, tasks, go, sources)

    # what is in force

    def changed(self, changes: Changes) -> None:
        """Something was written: another version may be in force, or districts named otherwise."""
        if changes & Changes.of(Kind.UBIGEO):
            self._name_anew()
        if changes & Changes.of(Kind.CATALOGUE, Kind.DEVICE):
            self.look_up()

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
            self.editing.open(copy, editable=self._may)
        self.general.show(self.editing.copy, view)
        self._show_head()
        self.judging.give(self.editing.copy, now=True)

    def _published(self, view: CatalogueView) -> WorkingCopy:
        bare = WorkingCopy(view.version, view.sha256, {}, (), "", self._from.clock.now())
        return working_copy(view.content, bare, self.reader)

    def _name_anew(self) -> None:
        """The list of districts is another one."""
        self.reader.look_again()
        if self._shown is not None:
            self.editing.show(named_anew(self.editing.copy, self.reader))
            self.general.show(self.editing.copy, self._shown)
            self.judging.give(self.editing.copy, now=True)

    def _show_head(self) -> None:
        view = self._shown
        if view is None:
            return
        publish = say("catalogar.publish", version=view.version + 1) if self._may else ""
        note = role_words(view, self._why_not, coordinates=self._from.coordinates)
        behind = self._may and self.editing.copy.version != view.version
        self._view.show_head(Head(context_words(view), publish, note, behind))
        self._show_steps()

    def _show_steps(self) -> None:
        history = self.editing.history
        self._view.show_steps(undo=history.can_undo, redo=history.can_redo)

    # what is prepared

    def publish(self) -> None:
        """Ask once, with everything that changes; or go to what is wrong."""
        if self._shown is not None and self._may:
            self.editing.settle_all()
            copy = self.editing.copy
            self.publishing.judge(lambda: self.judging.review(copy))

    def jump(self, line: Line) -> None:
        """Go to where a problem is."""
        cell = cell_of(line)
        self.editing.settle_all()
        self.editing.go_to(cell)

    def section_shown(self) -> None:
        """Nobody is typing in the part before any more."""
        self.editing.settle_all()
        self.judging.show_entries()

    def _on_changed(self, copy: WorkingCopy) -> None:
        self.keeping.give(copy)
        if self._from.gone():
            return
        self._typed = True
        self._show_steps()
        self.judging.give(copy)

    def _on_turned(self, copy: WorkingCopy) -> None:
        if self._shown is not None:
            self.general.show(copy, self._shown)

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
        before = self.editing.copy
        mark = self._put(working_copy(content, self._published(self._shown), self.reader))
        self._go.tell(told, undo=lambda: self._take_back(mark, before))

    def _take_back(self, mark: object, before: WorkingCopy) -> None:
        history = self.editing.history
        if not history.holds(mark):
            return  # the keys undid it already
        if self._from.gone():
            self._on_changed(before)
        elif history.is_last(mark):
            self.editing.undo()
        else:
            self._put(before)

    def _put(self, copy: WorkingCopy) -> object:
        mark = self.editing.put(copy)
        self._on_turned(copy)
        self._on_changed(copy)
        return mark
