"""Decisions of *Revisar y sellar*: what is lacking, which reasons are given, and the seal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from msgspec.structs import replace

from fichaat.application.changes import Changes
from fichaat.application.diff import FieldChange
from fichaat.application.edit_ficha import Review
from fichaat.application.ports.keys import Clock
from fichaat.application.ports.rows import Draft
from fichaat.application.read_sealed import SealedView
from fichaat.application.seal_ficha import SealOutcome
from fichaat.application.sign_ficha import people
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import Advertencia, Ficha
from fichaat.domain.problems import Problem, said_with_signatures
from fichaat.domain.territorio import Territorio
from fichaat.domain.text import clean
from fichaat.gui import routes
from fichaat.gui.diff_words import ChangeLine, change_lines
from fichaat.gui.draft_words import districts, whole_place
from fichaat.gui.ficha_words import short_hash
from fichaat.gui.pages.sellar.summary import (
    Missing,
    Reason,
    SummaryLine,
    missing_of,
    reasons_of,
    summary_of,
    unexplained,
)
from fichaat.gui.paper_actions import PaperActions, PaperOf
from fichaat.gui.routes import Navigator
from fichaat.gui.saving.autosave import Autosave, Saving
from fichaat.gui.saving.keeps import KeepsTyping
from fichaat.gui.saving.paper_feed import PaperFeed
from fichaat.gui.saving.status import Status, saving_status
from fichaat.gui.saving.timers import Timers
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.texts import message


@dataclass(frozen=True, slots=True)
class Lack:
    """What is said beside the button; ready when nothing is."""

    words: str
    ready: bool


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was sealed."""

    title: str
    fact: str
    hash: str


class SellarView(Protocol):
    def show_head(self, context: str) -> None: ...
    def show_saving(self, status: Status) -> None: ...
    def show_state(self, tone: str, sentence: str, what: str) -> None: ...
    def show_missing(self, missing: Sequence[Missing]) -> None: ...
    def show_summary(self, lines: Sequence[SummaryLine]) -> None: ...
    def show_changes(self, context: str, lines: Sequence[ChangeLine]) -> None: ...
    def show_reasons(self, reasons: Sequence[Reason]) -> None: ...
    def show_reason_count(self, words: str) -> None: ...
    def show_lack(self, lack: Lack) -> None: ...
    def show_paper(self, pdf: bytes) -> None: ...
    def show_paper_error(self, sentence: str) -> None: ...
    def show_refused(self, sentence: str) -> None: ...
    def show_sealed(self, sealed: Sealed) -> None: ...
    def focus_first(self) -> None: ...


@dataclass(frozen=True, slots=True)
class SellarSources:
    """What the presenter asks of the program."""

    territorio: Territorio
    clock: Clock
    open: Callable[[str], tuple[Draft, Review]]
    save: Callable[[str, Ficha], tuple[Draft, Changes]]
    seal: Callable[[Sequence[str]], tuple[list[SealOutcome], Changes]]
    sealed: Callable[[str], SealedView]
    changes_of: Callable[[Draft], list[FieldChange]]
    paper: Callable[[str], bytes]


class SellarPresenter(KeepsTyping[Draft]):
    def __init__(
        self,
        view: SellarView,
        sources: SellarSources,
        papers: PaperActions,
        *,
        tasks: Tasks,
        timers: Timers,
        go: Navigator,
        codigo: str,
    ) -> None:
        self._view = view
        self._from = sources
        self._papers = papers
        self._tasks = tasks
        self._go = go
        self.codigo = codigo
        self._draft: Draft | None = None
        self._problems: tuple[Problem, ...] = ()
        self._sealing = False
        self._sealed = False
        self._saves = Autosave(tasks, timers, self._save, self._on_saving, self._on_saved)
        self._paper = PaperFeed(
            tasks,
            timers,
            lambda: sources.paper(codigo),
            view.show_paper,
            lambda error: view.show_paper_error(message(error.code, error.params)),
        )

    # coming and going

    def open(self) -> None:
        """Look at the draft anew."""
        self._tasks.read(self._look, self._on_opened, self._on_not_opened)

    def back(self) -> None:
        """To the form; once it is sealed there is none."""
        self.leave()
        self._go.go(routes.Inicio() if self._sealed else routes.EditarFicha(self.codigo))

    def fix(self, missing: Missing) -> None:
        """Where an error is mended."""
        self.leave()
        if missing.signature:
            self._go.go(routes.Firmar(self.codigo, self._person(missing.path)))
        else:
            self._go.go(routes.EditarFicha(self.codigo, missing.path))

    def watch_paper(self, *, seen: bool) -> None:
        self._paper.watch(seen=seen)

    # reasons

    def explain(self, reason: Reason, text: str) -> None:
        """A key was pressed in the field of a reason."""
        if self._draft is None or self._sealed:
            return
        given = self._draft.ficha.advertencias
        changed = _with_reason(given, reason, clean(text, multiline=True))
        if changed != given:
            self._hold(replace(self._draft, ficha=replace(self._draft.ficha, advertencias=changed)))
            self._show_lack()

    # the seal

    def seal(self) -> None:
        """Seal what is on the disk; nothing happens while something is lacking."""
        if self._sealing or self._sealed or not self._ready():
            return
        self._sealing = True
        self._view.show_lack(Lack(say("sellar.sealing"), ready=False))
        # The one writer does what was asked first: the last reason is kept before the seal.
        self._saves.flush()
        self._tasks.write(
            lambda: self._from.seal([self.codigo]), self._on_seal, self._on_seal_failed
        )

    # after it

    def view_pdf(self) -> None:
        self._papers.view(PaperOf(self.codigo))

    def print(self) -> None:
        self._papers.print([PaperOf(self.codigo)])

    def export(self) -> None:
        self._go.go(routes.Paquetes())

    def open_ficha(self) -> None:
        self._go.go(routes.VerFicha(self.codigo))

    # inside

    def _look(self) -> tuple[Draft, Review, list[FieldChange]]:
        draft, review = self._from.open(self.codigo)
        return draft, review, self._from.changes_of(draft)

    def _on_opened(self, found: tuple[Draft, Review, list[FieldChange]]) -> None:
        draft, review, changes = found
        self._draft, self._problems = draft, review.problems
        zone = self._from.clock.now().tzinfo
        self._view.show_saving(saving_status(Saving(at=draft.updated_at.astimezone(zone))))
        self._view.show_head(self._context(draft))
        self._take_known_reasons()
        self._show(changes)
        self._paper.outdated()
        self._view.focus_first()

    def _on_not_opened(self, error: UserFacingError) -> None:
        if error.code == "ficha.already_sealed":
            self._show_sealed()
        else:
            self._view.show_refused(message(error.code, error.params))

    def _show(self, changes: Sequence[FieldChange]) -> None:
        draft = self._draft
        assert draft is not None  # shown once it is here
        missing = missing_of(self._problems)
        reasons = reasons_of(draft.ficha, self._problems)
        if missing:
            count = len(missing)
            sentence = say("sellar.incomplete", cantidad=count)
            self._view.show_state("error", sentence, say("sellar.incomplete_what"))
        elif lacking := unexplained(draft.ficha, self._problems):
            what = say("sellar.complete_reasons", cantidad=lacking)
            self._view.show_state("ok", say("sellar.complete"), what)
        elif reasons:
            what = say("sellar.complete_explained")
            self._view.show_state("ok", say("sellar.complete"), what)
        else:
            self._view.show_state("ok", say("sellar.complete"), say("sellar.complete_ready"))
        self._view.show_missing(missing)
        self._view.show_summary(summary_of(draft, self._problems, self._from.territorio))
        self._view.show_reasons(reasons)
        if draft.supersedes is not None:
            version = draft.supersedes.version
            code = "sellar.changes_what" if changes else "sellar.changes_none"
            lines = change_lines(changes, self._from.territorio)
            self._view.show_changes(say(code, version=version), lines)
        self._show_lack()

    def _show_lack(self) -> None:
        draft = self._draft
        assert draft is not None  # shown once it is here
        reasons = reasons_of(draft.ficha, self._problems)
        lacking = unexplained(draft.ficha, self._problems)
        if reasons:
            given = len(reasons) - lacking
            words = say("sellar.reasons_count", dados=given, total=len(reasons))
            self._view.show_reason_count(words)
        errors = len(missing_of(self._problems))
        if errors:
            self._view.show_lack(Lack(say("sellar.lacks", cantidad=errors), ready=False))
        elif lacking:
            self._view.show_lack(Lack(say("sellar.lacks_reasons", cantidad=lacking), ready=False))
        else:
            self._view.show_lack(Lack("", ready=True))

    def _ready(self) -> bool:
        draft = self._draft
        return (
            draft is not None
            and not missing_of(self._problems)
            and not unexplained(draft.ficha, self._problems)
        )

    def _take_known_reasons(self) -> None:
        """Who said why there is no signature does not say it twice."""
        draft = self._draft
        assert draft is not None  # just opened
        known = said_with_signatures(draft.ficha, self._problems)
        if known:
            named = {(item.code, item.path) for item in known}
            left = (i for i in draft.ficha.advertencias if (i.code, i.path) not in named)
            self._hold(replace(draft, ficha=replace(draft.ficha, advertencias=(*left, *known))))

    def _hold(self, draft: Draft) -> None:
        self._draft = draft
        self._saves.give(draft)
        self._paper.typed()

    def _save(self, draft: Draft) -> tuple[Draft, Changes]:
        return self._from.save(self.codigo, draft.ficha)

    def _on_saving(self, saving: Saving) -> None:
        self._view.show_saving(saving_status(saving))

    def _on_saved(self) -> None:
        if not self._sealed:
            self._paper.outdated()

    def _on_seal(self, outcomes: list[SealOutcome]) -> None:
        self._sealing = False
        outcome = outcomes[0]
        if outcome.record is not None:
            self._show_sealed()
            return
        self._go.tell(say("sellar.refused"), tone="warn")
        if self._saves.clean:
            self.open()
        else:
            # What is typed could not be kept: it stays on the screen, and is tried again.
            self._problems = outcome.problems
            self._show_lack()

    def _on_seal_failed(self, error: UserFacingError) -> None:
        self._sealing = False
        self._view.show_refused(message(error.code, error.params))
        self._show_lack()

    def _show_sealed(self) -> None:
        self._sealed = True
        self._tasks.read(
            lambda: self._from.sealed(self.codigo),
            self._on_sealed_read,
            lambda error: self._view.show_refused(message(error.code, error.params)),
        )

    def _on_sealed_read(self, seen: SealedView) -> None:
        ficha, head = seen.lineage.ficha, seen.lineage.head
        fact = say(
            "sellar.done_fact",
            lugar=whole_place(districts(ficha), self._from.territorio),
            fecha="" if ficha.fecha is None else ficha.fecha.isoformat(),
            version=head.record.version,
        )
        self._view.show_head(say("sellar.done_title", codigo=self.codigo))
        self._view.show_sealed(
            Sealed(
                say("sellar.done_title", codigo=self.codigo),
                fact,
                say("sellar.done_hash", huella=short_hash(ficha)),
            )
        )
        self._paper.replaced()

    def _context(self, draft: Draft) -> str:
        place = whole_place(districts(draft.ficha), self._from.territorio)
        if draft.version == 1:
            return say("sellar.context", codigo=self.codigo, lugar=place)
        return say("sellar.context_version", codigo=self.codigo, version=draft.version, lugar=place)

    def _person(self, path: str) -> str | None:
        """Whose signature a pointer is about."""
        draft = self._draft
        assert draft is not None  # something of it is missing
        steps = path.split("/")
        if len(steps) < 3 or not steps[2].isdecimal():
            return None
        rows = getattr(draft.ficha, steps[1], ())
        if int(steps[2]) >= len(rows):
            return None
        found = rows[int(steps[2])]
        id_ = getattr(found, "participante", getattr(found, "id", None))
        return id_ if id_ in {person.id for person in people(draft.ficha)} else None


def _with_reason(
    given: tuple[Advertencia, ...], reason: Reason, motivo: str
) -> tuple[Advertencia, ...]:
    """The reasons with another one for this warning; a blank one is none."""
    others = tuple(item for item in given if (item.code, item.path) != (reason.code, reason.path))
    if not motivo:
        return others
    return (*others, Advertencia(reason.code, reason.path, motivo))
