"""The ficha that is shown in *Revisión*: what is told of it, and its parts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Protocol

from fichaat.application.ports.keys import Clock
from fichaat.application.read_review import ReviewView
from fichaat.domain.errors import UserFacingError
from fichaat.domain.territorio import Territorio
from fichaat.gui.pages.revision import words
from fichaat.gui.pages.revision.content_words import Section, content_of
from fichaat.gui.pages.revision.side_words import SideWords, side_of
from fichaat.gui.pages.revision.verdicts import Verdicts
from fichaat.gui.paper_actions import PaperActions, PaperOf
from fichaat.gui.tasks import Job, Tasks
from fichaat.texts import message

CHANGES: Final = "cambios"
CONTENT: Final = "ficha"
PAPER: Final = "papel"

DAYS_TO_CORRECT: Final = 7
"""What is offered as the deadline of an observation."""


class HeadView(Protocol):
    """What stands above the ficha, or in its place."""

    def show_head(self, head: words.Head) -> None: ...
    def show_nothing(self, sentence: str, *, inbox: bool) -> None: ...


class DetailView(Protocol):
    """The ficha itself."""

    def show_notice(self, notice: words.Notice) -> None: ...
    def show_changes(self, changes: words.ChangesWords) -> None: ...
    def show_content(self, sections: Sequence[Section]) -> None: ...
    def show_side(self, side: SideWords) -> None: ...
    def show_deeds(self, deeds: words.Deeds, motivo: str, plazo: date | None) -> None: ...
    def show_part(self, part: str) -> None: ...
    def show_paper(self, pdf: bytes) -> None: ...
    def show_paper_error(self, sentence: str) -> None: ...


@dataclass(frozen=True, slots=True)
class DetailSources:
    """What is asked of the program."""

    territorio: Territorio
    clock: Clock
    read: Callable[[str, str], ReviewView]
    """By its code and, where it is known, the hash of its newest version."""
    paper: Callable[[str, str], bytes]


class DetailPresenter:
    def __init__(
        self,
        head: HeadView,
        view: DetailView,
        sources: DetailSources,
        papers: PaperActions,
        verdicts: Verdicts,
        *,
        tasks: Tasks,
    ) -> None:
        self._head = head
        self._view = view
        self._from = sources
        self._papers = papers
        self._verdicts = verdicts
        self._tasks = tasks
        self._seen: ReviewView | None = None
        self._part = ""
        self._reading: Job | None = None
        self._drawing: Job | None = None

    def open(self, codigo: str, sha256: str = "") -> None:
        """Look this one up; what stands there stays until it comes.

        Args:
            codigo: of the ficha.
            sha256: of its newest version, where it is known: a code may be that of several.
        """
        if self._seen is not None and not _is(self._seen, codigo, sha256):
            self._verdicts.look_at(None)  # what is pressed now is meant for the one that comes
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self._tasks.read(
            lambda: self._from.read(codigo, sha256), self._on_read, self._on_not_read
        )

    def show_nothing(self, sentence: str, *, inbox: bool = False) -> None:
        """None is to be shown."""
        if self._reading is not None:
            self._reading.cancel()
        self._seen = None
        self._verdicts.look_at(None)
        self._head.show_nothing(sentence, inbox=inbox)

    def show_part(self, part: str) -> None:
        """Changes, content or paper."""
        self._part = part
        self._view.show_part(part)
        if part == PAPER and self._seen is not None:
            self._draw_paper(self._seen)

    def view_pdf(self) -> None:
        """With the system's own program."""
        if self._seen is not None:
            self._papers.view(PaperOf(self._seen.ficha.codigo, copia=self._seen.line.head.sha256))

    # inside

    def _on_read(self, seen: ReviewView) -> None:
        fresh = self._seen is None or self._seen.line.head.sha256 != seen.line.head.sha256
        self._seen = seen
        now, territorio, view = self._from.clock.now(), self._from.territorio, self._view
        self._head.show_head(words.head_of(seen, territorio))
        view.show_notice(words.notice_of(seen))
        view.show_changes(words.changes_of(seen, territorio, now.tzinfo))
        view.show_content(content_of(seen.ficha, territorio, seen.anteriores))
        view.show_side(side_of(seen, territorio))
        self._verdicts.look_at(seen)
        offered = now.date() + timedelta(days=DAYS_TO_CORRECT) if fresh else None
        view.show_deeds(words.deeds_of(seen), self._verdicts.motive, offered)
        if fresh:
            usual = CONTENT if seen.before is None else CHANGES
            self.show_part(PAPER if self._part == PAPER else usual)

    def _on_not_read(self, error: UserFacingError) -> None:
        self.show_nothing(message(error.code, error.params))

    def _draw_paper(self, seen: ReviewView) -> None:
        codigo, copia = seen.ficha.codigo, seen.line.head.sha256
        if self._drawing is not None:
            self._drawing.cancel()
        self._drawing = self._tasks.read(
            lambda: self._from.paper(codigo, copia),
            self._view.show_paper,
            lambda error: self._view.show_paper_error(message(error.code, error.params)),
        )


def _is(seen: ReviewView, codigo: str, sha256: str) -> bool:
    if sha256:
        return seen.line.head.sha256 == sha256
    return seen.ficha.codigo == codigo
