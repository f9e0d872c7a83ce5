"""Decisions of the ficha page: what a key changes, when it is kept, what is told and when."""

from collections.abc import Callable
from typing import Protocol

from fichaat.application.catalogue.read_catalogue import CatalogueView, ReadCatalogue
from fichaat.application.changes import Changes
from fichaat.application.edit_ficha import EditFicha, Review
from fichaat.application.installation import Installation
from fichaat.application.ports.rows import Draft
from fichaat.application.print_ficha import PrintFicha
from fichaat.application.save_draft import DiscardDraft, RestoreDraft, SaveDraft
from fichaat.domain.errors import UserFacingError
from fichaat.gui import routes
from fichaat.gui.pages.ficha.board import Board, Line
from fichaat.gui.pages.ficha.guide import Guide
from fichaat.gui.pages.ficha.head import Head, head_of, signers_of
from fichaat.gui.pages.ficha.paths import section_row
from fichaat.gui.pages.ficha.reviewing import Reviewing
from fichaat.gui.pages.ficha.sheet import Sheet
from fichaat.gui.pages.ficha.view import FichaView, Question
from fichaat.gui.routes import Navigator
from fichaat.gui.saving.autosave import Autosave, Saving
from fichaat.gui.saving.keeps import KeepsTyping
from fichaat.gui.saving.paper_feed import PaperFeed
from fichaat.gui.saving.status import saving_status
from fichaat.gui.saving.timers import Timers
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.texts import message


class Services(Protocol):
    """What the page needs of an open data folder."""

    @property
    def here(self) -> Installation: ...
    @property
    def edit(self) -> EditFicha: ...
    @property
    def save_draft(self) -> SaveDraft: ...
    @property
    def discard(self) -> DiscardDraft: ...
    @property
    def restore_draft(self) -> RestoreDraft: ...
    @property
    def print_ficha(self) -> PrintFicha: ...
    @property
    def catalogue(self) -> ReadCatalogue: ...


class FichaPresenter(KeepsTyping[Draft]):
    """Holds the draft as it stands on the screen."""

    def __init__(
        self,
        view: FichaView,
        services: Services,
        *,
        tasks: Tasks,
        lasting: Tasks,
        timers: Timers,
        go: Navigator,
        codigo: str,
        gone: Callable[[], bool] = lambda: False,
    ) -> None:
        """Args:
        view: shows.
        services: the use cases.
        tasks: background work of this page.
        lasting: background work whose end matters after the page is gone.
        timers: the time.
        go: the way to other places.
        codigo: of the draft.
        gone: whether the page is; what is undone then is only kept.
        """
        self._view = view
        self._services = services
        self._here = services.here
        self._tasks = tasks
        self._lasting = lasting
        self._go = go
        self.codigo = codigo
        self._gone = gone
        self._board = Board(self._here.territorio)
        self.sheet = Sheet(view, self._here, self._board, timers.seconds, go)
        self.sheet.changed = self._on_changed
        self._opened = False
        self._head: Head | None = None
        self._lines: tuple[Line, ...] = ()
        self._line = -1
        self._reviewing = Reviewing(tasks, timers, services.edit.review, self._on_review)
        self._saves = Autosave(tasks, timers, self._save, self._on_saving, self._on_saved)
        self._paper = PaperFeed(
            tasks,
            timers,
            lambda: services.print_ficha(codigo),
            view.show_paper,
            lambda error: view.show_paper_error(message(error.code, error.params)),
        )

    # opening and leaving

    def open(self, path: str | None = None) -> None:
        """Show the draft as it was left; a path gets the focus, and then everything is said."""
        self._tasks.read(
            lambda: self._services.edit.open(self.codigo),
            lambda found: self._on_opened(found[0], found[1], path),
            self._on_not_opened,
        )

    def jump(self, path: str) -> None:
        """Somebody comes from *Revisar y sellar* to mend this."""
        self.check_all()
        self._view.focus_path(path)

    def _on_opened(self, draft: Draft, review: Review, path: str | None) -> None:
        self._opened = True
        self._view.show_earlier(review)
        self.sheet.open(draft)
        self._on_saving(Saving(at=draft.updated_at.astimezone(self._here.clock.now().tzinfo)))
        self._show_head()
        self._board.found(review.problems)
        self._show_problems()
        self._tasks.read(self._services.edit.suggestions, self._view.show_suggestions)
        self._tasks.read(self._services.catalogue, self._on_catalogue)
        if path is None:
            self._view.focus_section("datos")
        else:
            self.jump(path)

    def _on_catalogue(self, found: CatalogueView | None) -> None:
        self._view.show_guide(Guide(None if found is None else found.catalogo))

    def _on_not_opened(self, error: UserFacingError) -> None:
        if error.code == "ficha.already_sealed":
            self._go.go(routes.VerFicha(self.codigo))
        else:
            self._view.show_gone(say("editor.gone"))

    # keeping

    def _on_changed(self, draft: Draft) -> None:
        if self._gone():
            self._lasting.write(lambda: self._save(draft), lambda _: None)
            return
        self._saves.give(draft)
        self._reviewing.give(draft)
        self._paper.typed()
        self._show_head()

    def _save(self, draft: Draft) -> tuple[Draft, Changes]:
        return self._services.save_draft(self.codigo, draft.ficha, draft.textos)

    def _on_saving(self, saving: Saving) -> None:
        self._view.show_saving(saving_status(saving))

    def _on_saved(self) -> None:
        self._paper.outdated()

    # problems

    def left(self, path: str) -> None:
        """A field was left: now what is wrong with it may be said."""
        if self._opened:
            self.sheet.left(path)
            self._board.visited(path)
            self._show_problems()

    def choose(self, path: str, value: str) -> None:
        """A choice is made and left at once."""
        self.sheet.choose(path, value)
        self._board.visited(path)
        self._show_problems()

    def check_all(self) -> None:
        """Say everything that is wrong, also where nobody has been."""
        self._board.reviewed()
        self._show_problems()

    def go_to(self, line: Line) -> None:
        """Move the focus to where a problem is."""
        self._line = self._lines.index(line) if line in self._lines else -1
        self._view.show_current(line)
        section, row, _ = section_row(line.path)
        if line.section == "firmas" or not section:
            self._view.focus_section(line.section)
        elif line.section == "destinatarios" and section == "distritos":
            self._view.focus_section("destinatarios")
        elif row is None and section in ("responsables", "nudos_criticos", "acuerdos"):
            self._view.focus_section(line.section)
        else:
            self._view.focus_path(line.path)

    def next_problem(self, by: int = 1) -> None:
        """F4 and Shift+F4, round and round."""
        if self._lines:
            self._line = (self._line + by) % len(self._lines) if self._line >= 0 else min(by, 0)
            self.go_to(self._lines[self._line])

    def _on_review(self, review: Review) -> None:
        self._board.found(review.problems)
        self._view.show_earlier(review)
        self._show_problems()

    def _show_problems(self) -> None:
        shown_now = self._board.shown(self.sheet.ficha)
        self._lines = shown_now.lines
        self._view.show_problems(shown_now)

    def _show_head(self) -> None:
        head = head_of(self.sheet.draft, self._here.territorio)
        if head != self._head:  # most keys change neither
            self._head = head
            self._view.show_head(head)
        self._view.show_signers(signers_of(self.sheet.draft))

    # the paper, and away

    def watch_paper(self, *, seen: bool) -> None:
        self._paper.watch(seen=seen)

    def sign(self) -> None:
        self._saves.flush()
        self._go.go(routes.Firmar(self.codigo))

    def seal(self) -> None:
        self._saves.flush()
        self._go.go(routes.Sellar(self.codigo))

    def discard(self) -> None:
        """Into the bin, after asking; *Deshacer* takes it out again."""
        self._view.ask(
            Question(
                say("editor.discard"),
                say("editor.discard_what"),
                say("editor.discard_verb"),
                self._discard,
            )
        )

    def _discard(self) -> None:
        self._saves.flush()
        codigo, go = self.codigo, self._go

        def restore() -> None:
            self._lasting.write(
                lambda: self._services.restore_draft(codigo),
                lambda _: go.go(routes.EditarFicha(codigo)),
            )

        def gone(_: None) -> None:
            go.go(routes.Inicio())
            go.tell(say("editor.discarded", codigo=codigo), undo=restore)

        self._tasks.write(lambda: (None, self._services.discard(codigo)), gone)
