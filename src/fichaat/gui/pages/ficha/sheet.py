"""The draft as it stands on the screen, and every way of changing it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from fichaat.application.installation import Installation
from fichaat.application.ports.rows import Draft
from fichaat.application.save_draft import sort_firmas
from fichaat.domain.acuerdo import Seguimiento
from fichaat.domain.ficha import DistritoAtendido, Ficha, Tema, contenido_sha256
from fichaat.domain.text import MAX_LIST
from fichaat.gui.pages.ficha.board import Board
from fichaat.gui.pages.ficha.form import Form, restored, shown, typed, with_row, without_row
from fichaat.gui.pages.ficha.head import given_count, void_question
from fichaat.gui.pages.ficha.tables import new_row, place_of
from fichaat.gui.pages.ficha.undo import History, Step
from fichaat.gui.pages.ficha.view import FichaView, Question
from fichaat.gui.routes import Navigator
from fichaat.gui.text import say


@dataclass(frozen=True, slots=True)
class _Change:
    form: Form
    path: str
    """Where the focus returns when it is undone."""
    whole: bool = False
    """A step of its own, not one key of many."""
    show: bool = False
    """More changed than the field that told of it."""


class Sheet:
    """Takes what is typed, keeps the steps to undo, asks before a signature is voided."""

    def __init__(
        self,
        view: FichaView,
        here: Installation,
        board: Board,
        seconds: Callable[[], float],
        go: Navigator,
    ) -> None:
        self._view = view
        self._here = here
        self._board = board
        self._seconds = seconds
        self._go = go
        self._draft: Draft | None = None
        self._opened: Form | None = None
        self._history: History[Form] = History()
        self._pending: _Change | None = None
        """What waits for an answer; what is typed meanwhile goes on from there."""
        self.changed: Callable[[Draft], object] = lambda _: None
        """Hears of every change."""

    def open(self, draft: Draft) -> None:
        """Begin with a draft as it was left."""
        self._draft = draft
        self._opened = self.form
        self._view.show_form(self.form)
        self._view.show_steps(undo=False, redo=False)

    @property
    def draft(self) -> Draft:
        """As it stands on the screen."""
        assert self._draft is not None  # nothing can be typed before it is shown
        return self._draft

    @property
    def ficha(self) -> Ficha:
        return self.draft.ficha

    @property
    def form(self) -> Form:
        """Content and unread texts, those that wait for an answer included."""
        if self._pending is not None:
            return self._pending.form
        return Form(self.draft.ficha, self.draft.textos)

    def edit(self, path: str, text: str) -> None:
        """A field holds another text."""
        today = self._here.clock.now().date()
        self._board.typing(path)
        self._change(_Change(typed(self.form, path, text, today), path))

    def left(self, path: str) -> None:
        """The focus went on: the text in its full form."""
        self._history.end_burst()
        self._view.show_field(path, shown(self.form, path))

    def choose(self, path: str, value: str) -> None:
        """A choice is a step of its own; other fields may come and go with it."""
        today = self._here.clock.now().date()
        form = typed(self.form, path, value, today)
        self._change(_Change(form, path, whole=True, show=True))

    def set_tema(self, tema: str, *, on: bool) -> None:
        """The themes in the order of the paper."""
        chosen = {item.value for item in self.ficha.temas} - {tema} | ({tema} if on else set())
        temas = tuple(item for item in Tema if item.value in chosen)
        form = Form(replace(self.ficha, temas=temas), self.draft.textos)
        self._change(_Change(form, "/temas", whole=True))

    # rows

    def add_row(self, section: str, at: int | None = None) -> None:
        """One more row; its first cell gets the focus."""
        rows = getattr(self.ficha, section)
        if len(rows) >= MAX_LIST:
            self._view.show_form(self.form)  # the table has put it in already
            self._go.tell(say("editor.list_full", maximo=MAX_LIST), tone="warn")
            return
        place = len(rows) if at is None else at
        here = self._here
        item = new_row(section, self.ficha, here.ids, here.profile, here.territorio)
        self._board.rows_moved(section, place, 1)
        path = f"/{section}/{place}"
        self._change(
            _Change(with_row(self.form, section, place, item), path, whole=True, show=True)
        )
        self._view.focus_path(path)

    def add_table_row(self, table: str, at: int) -> None:
        """A row below those that a table shows; people that are added are recipients."""
        section, place = place_of(self.ficha, table, at)
        self.add_row(section, place)

    def remove_table_row(self, table: str, row: int) -> None:
        section, place = place_of(self.ficha, table, row)
        self.remove_row(section, place, say("editor.row_removed", fila=row + 1))

    def remove_row(self, section: str, row: int, told: str) -> None:
        """Take a row out at once: no question, *Deshacer* for ten seconds."""
        before = self.form
        change = _Change(
            without_row(before, section, row), f"/{section}/{row}", whole=True, show=True
        )
        if self._change(change):
            self._board.rows_moved(section, row, -1)
            self._go.tell(told, undo=lambda: self._put_back(before, section, row))

    def _put_back(self, before: Form, section: str, row: int) -> None:
        """A removed row returns; what was typed since stays."""
        if self._history.undoes_to(before):
            self.undo()
            return
        place = min(row, len(getattr(self.form.ficha, section)))
        form = with_row(self.form, section, place, getattr(before.ficha, section)[row])
        old, new = f"/{section}/{row}/", f"/{section}/{place}/"
        kept = {new + p.removeprefix(old): t for p, t in before.textos.items() if p.startswith(old)}
        self._board.rows_moved(section, place, 1)
        form = Form(form.ficha, {**form.textos, **kept})
        self._change(_Change(form, f"/{section}/{place}", whole=True, show=True))

    def add_distrito(self, ubigeo: str) -> None:
        """One more municipality, unless it is there already."""
        if any(item.ubigeo == ubigeo for item in self.ficha.distritos):
            return
        row = len(self.ficha.distritos)
        form = with_row(self.form, "distritos", row, DistritoAtendido(ubigeo))
        path = f"/distritos/{row}/sesion"
        self._change(_Change(form, path, whole=True, show=True))
        self._view.focus_path(path)

    def add_earlier(self, acuerdos: Sequence[str]) -> None:
        """Open agreements that the ficha does not answer yet."""
        form = self.form
        first = len(form.ficha.seguimientos)
        for id_ in acuerdos[: MAX_LIST - first]:
            place = len(form.ficha.seguimientos)
            form = with_row(form, "seguimientos", place, Seguimiento(id_))
        path = f"/seguimientos/{first}/estado"
        self._change(_Change(form, path, whole=True, show=True))
        self._view.focus_path(path)

    def take_files(self, draft: Draft) -> None:
        """Files were kept with the draft: they stand on the screen too."""
        here = {item.sha256 for item in self.ficha.adjuntos}
        fresh = tuple(item for item in draft.ficha.adjuntos if item.sha256 not in here)
        ficha = replace(self.ficha, adjuntos=(*self.ficha.adjuntos, *fresh))
        form = Form(ficha, self.draft.textos)
        self._change(_Change(form, "/adjuntos", whole=True, show=True))

    # steps

    def begin_burst(self) -> None:
        """Many changes that are one step: a paste."""
        self._history.open_group()

    def end_burst(self) -> None:
        self._history.close_group()

    def undo(self) -> None:
        self._turn(self._history.undo(self.form))

    def redo(self) -> None:
        self._turn(self._history.redo(self.form))

    def revert(self) -> None:
        """As it was when it was opened; that too can be undone."""
        if self._opened is None:
            return
        form = restored(self._opened, self.form)
        if self._change(_Change(form, "", whole=True, show=True)):
            self._go.tell(say("editor.reverted"), undo=self.undo)

    def _turn(self, step: Step[Form] | None) -> None:
        if step is None:
            return
        self._set(restored(step.form, self.form))
        self._view.show_form(self.form)
        if step.path:
            self._view.focus_path(step.path)

    def _change(self, change: _Change) -> bool:
        """Take a change; False where it changes nothing or waits for an answer."""
        before = self.form
        if change.form == before:
            return False
        if self._pending is not None:
            self._pending = change
            return False
        signed = given_count(self.draft)
        if signed and contenido_sha256(change.form.ficha) != contenido_sha256(before.ficha):
            self._pending = change
            question = Question(
                say("editor.void_title"),
                void_question(signed),
                say("editor.void_verb"),
                lambda: self._answer(taken=True),
                lambda: self._answer(taken=False),
                say("editor.void_no"),
            )
            self._view.ask(question)
            return False
        self._take(change)
        return True

    def _answer(self, *, taken: bool) -> None:
        change, self._pending = self._pending, None
        if change is not None and taken:
            self._take(change)
        # The question took the focus from the field.
        self._view.show_form(self.form)
        if change is not None and change.path:
            self._view.focus_path(change.path)

    def _take(self, change: _Change) -> None:
        self._history.remember(self.form, change.path, self._seconds(), whole=change.whole)
        self._set(change.form)
        if change.show:
            self._view.show_form(self.form)

    def _set(self, form: Form) -> None:
        self._draft = sort_firmas(replace(self.draft, ficha=form.ficha, textos=form.textos))
        self._view.show_steps(undo=self._history.can_undo, redo=self._history.can_redo)
        self.changed(self._draft)
