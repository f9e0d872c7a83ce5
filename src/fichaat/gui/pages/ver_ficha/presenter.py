"""Decisions of the view of a sealed ficha: what is told of it, and what may be done with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from fichaat.application.changes import Changes, Kind
from fichaat.application.ports.keys import Clock
from fichaat.application.read_sealed import SealedView
from fichaat.application.sign_ficha import Scan
from fichaat.domain.errors import UserFacingError
from fichaat.domain.firma import ClaseAdjunto
from fichaat.domain.lineage import Estado
from fichaat.domain.record import SealedRecord
from fichaat.domain.revision import Veredicto
from fichaat.domain.territorio import Territorio
from fichaat.gui import routes
from fichaat.gui.diff_words import ChangeLine, change_lines
from fichaat.gui.ficha_deeds import FichaDeeds
from fichaat.gui.ficha_words import estado_words, places_words
from fichaat.gui.pages.ver_ficha.words import Fact, StoryLine, facts_of, story_of, verdict_words
from fichaat.gui.paper_actions import PaperActions, PaperOf
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.texts import message

_SHOWN_KINDS = Changes.of(Kind.DRAFT, Kind.FICHA, Kind.RECEPTION)


@dataclass(frozen=True, slots=True)
class Head:
    """Name and state."""

    title: str
    context: str
    estado: str
    estado_words: str


@dataclass(frozen=True, slots=True)
class Deeds:
    """What may be done."""

    correct: str
    """What the button says; "" where this installation may not."""
    annul: bool
    late: bool
    attach: bool
    asked: bool = False
    """Whether the region asks for the correction: nothing else comes first."""
    review: bool = False


class VerFichaView(Protocol):
    def show_head(self, head: Head) -> None: ...
    def show_notice(self, tone: str, sentence: str) -> None: ...
    def show_facts(self, facts: Sequence[Fact]) -> None: ...
    def show_story(self, lines: Sequence[StoryLine]) -> None: ...
    def show_changes(self, heading: str, lines: Sequence[ChangeLine]) -> None: ...
    def show_deeds(self, deeds: Deeds) -> None: ...
    def show_paper(self, pdf: bytes) -> None: ...
    def show_paper_error(self, sentence: str) -> None: ...
    def show_gone(self, sentence: str) -> None: ...
    def ask_files(self) -> None: ...
    def ask_attach(
        self, title: str, sentence: str, verb: str, on_yes: Callable[[], object]
    ) -> None: ...


class Attach(Protocol):
    """What `application.add_evidence.AddEvidence` offers for files."""

    def __call__(
        self, codigo: str, *, files: Sequence[tuple[Scan, ClaseAdjunto]]
    ) -> tuple[SealedRecord, Changes]: ...


@dataclass(frozen=True, slots=True)
class VerFichaSources:
    """What the presenter asks of the program."""

    territorio: Territorio
    clock: Clock
    read: Callable[[str, str], SealedView]
    """Given a code and, where one of several copies is meant, its SHA-256."""
    paper: Callable[[str, str], bytes]
    """Likewise."""
    read_files: Callable[[Sequence[Path]], list[Scan]]
    attach: Attach
    reviews: bool = False
    """Whether who works here says what a province or the region thinks of fichas."""


class VerFichaPresenter:
    def __init__(
        self,
        view: VerFichaView,
        sources: VerFichaSources,
        papers: PaperActions,
        deeds: FichaDeeds,
        *,
        tasks: Tasks,
        go: Navigator,
        codigo: str,
        copia: str = "",
    ) -> None:
        self._view = view
        self._from = sources
        self._papers = papers
        self._deeds = deeds
        self._tasks = tasks
        self._go = go
        self.codigo = codigo
        self.copia = copia
        self._seen: SealedView | None = None

    def open(self) -> None:
        """Look everything up."""
        self._tasks.read(
            lambda: self._from.read(self.codigo, self.copia), self._on_read, self._on_not_read
        )
        self._tasks.read(
            lambda: self._from.paper(self.codigo, self.copia),
            self._view.show_paper,
            lambda error: self._view.show_paper_error(message(error.code, error.params)),
        )

    def changed(self, changes: Changes) -> None:
        """Something was written."""
        if changes & _SHOWN_KINDS:
            self.open()

    # what is done with it

    def back(self) -> None:
        self._go.back()

    def view_pdf(self) -> None:
        self._papers.view(self._paper)

    def print(self) -> None:
        self._papers.print([self._paper])

    def save_pdf(self) -> None:
        self._papers.save(self._paper)

    def duplicate(self) -> None:
        """What is on the screen, whatever else its code means and whatever draft there is."""
        shown = "" if self._seen is None else self._seen.lineage.head.sha256
        self._go.go(routes.NuevaVisita(self.codigo, self.copia or shown))

    def review(self) -> None:
        self._go.go(routes.Revision(self.codigo))

    def sign_late(self) -> None:
        self._go.go(routes.Firmar(self.codigo))

    def correct(self) -> None:
        """Begin a new version, or go on with the one that is open."""
        if self._seen is not None and self._seen.correcting:
            self._go.go(routes.EditarFicha(self.codigo))
        else:
            self._deeds.correct(self.codigo)

    def annul(self) -> None:
        self._deeds.annul(self.codigo)

    def attach(self) -> None:
        self._view.ask_files()

    def attach_files(self, paths: Sequence[Path]) -> None:
        """Scans and photos were chosen: they are sealed after a last question."""
        if not paths:
            return
        self._view.ask_attach(
            say("lista.attach_title", codigo=self.codigo),
            say("lista.attach_sealed"),
            say("lista.attach_yes", cantidad=len(paths)),
            lambda: self._attach(paths),
        )

    # inside

    @property
    def _paper(self) -> PaperOf:
        return PaperOf(self.codigo, copia=self.copia)

    def _attach(self, paths: Sequence[Path]) -> None:
        def seal() -> tuple[int, Changes]:
            files = [(scan, ClaseAdjunto.OTRO) for scan in self._from.read_files(paths)]
            _, changes = self._from.attach(self.codigo, files=files)
            return len(files), changes

        self._tasks.write(
            seal,
            lambda count: self._go.tell(say("lista.attached", cantidad=count, codigo=self.codigo)),
            lambda error: self._go.tell(message(error.code, error.params), tone="error"),
        )

    def _on_read(self, seen: SealedView) -> None:
        self._seen = seen
        territorio, zone = self._from.territorio, self._from.clock.now().tzinfo
        line = seen.lineage
        places = [item.ubigeo for item in line.ficha.distritos]
        version = line.head.record.version
        self._view.show_head(
            Head(
                places_words(places, territorio),
                _context(self.codigo, version, self.copia),
                seen.estado,
                estado_words(seen.estado),
            )
        )
        self._show_notice(seen)
        self._view.show_facts(facts_of(seen, territorio, zone))
        self._view.show_story(story_of(seen, zone))
        heading = say("lista.changed", version=version)
        self._view.show_changes(heading, change_lines(seen.changes, territorio))
        # What is done with a ficha is done with the one that its code means.
        deeds = _deeds(seen, reviews=self._from.reviews)
        self._view.show_deeds(_NO_DEEDS if self.copia else deeds)

    def _show_notice(self, seen: SealedView) -> None:
        estado = seen.lineage.estado
        if estado is Estado.ANULADA:
            self._view.show_notice("info", say("lista.annulled_banner"))
        elif estado is Estado.CUARENTENA and not seen.lineage.disputed:
            self._view.show_notice("warn", say("lista.quarantined_banner"))
        elif estado in (Estado.CONFLICTO, Estado.CUARENTENA) or seen.lineage.disputed:
            self._view.show_notice("warn", say("lista.conflict_banner"))
        elif seen.correcting:
            self._view.show_notice("info", say("lista.correcting"))
        elif seen.lineage.revision in (Veredicto.OBSERVADA, Veredicto.RECHAZADA):
            self._view.show_notice("warn", verdict_words(seen))
        elif not seen.own:
            self._view.show_notice("info", say("lista.foreign"))
        else:
            self._view.show_notice("", "")

    def _on_not_read(self, error: UserFacingError) -> None:
        self._view.show_gone(message(error.code, error.params))


_NO_DEEDS = Deeds("", annul=False, late=False, attach=False)


def _context(codigo: str, version: int, copia: str) -> str:
    told = say("lista.ficha_context", codigo=codigo, version=version)
    return f"{told} · {say('lista.copy', huella=copia[:8])}" if copia else told


def _deeds(seen: SealedView, *, reviews: bool) -> Deeds:
    living = seen.own and seen.lineage.estado is Estado.SELLADA
    words = say("lista.correct_go_on" if seen.correcting else "lista.correct_ask")
    return Deeds(
        words if living else "",
        annul=living,
        late=seen.own,
        attach=seen.own,
        asked=living and seen.lineage.revision is Veredicto.OBSERVADA,
        review=reviews and seen.lineage.estado is Estado.SELLADA,
    )
