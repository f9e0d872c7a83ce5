"""The ficha page without Qt: a screen that remembers, hands of a clock that tests turn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from fichaat.application.attach_files import AttachFiles
from fichaat.application.catalogue.read_catalogue import ReadCatalogue
from fichaat.application.changes import Changes
from fichaat.application.edit_ficha import EditFicha, Review, Suggestions
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, Progress, no_progress
from fichaat.application.print_ficha import PrintFicha
from fichaat.application.save_draft import DiscardDraft, RestoreDraft, SaveDraft
from fichaat.domain.errors import UserFacingError
from fichaat.gui.pages.ficha.board import Line, Shown
from fichaat.gui.pages.ficha.form import Form
from fichaat.gui.pages.ficha.guide import Guide
from fichaat.gui.pages.ficha.head import Head, Signer
from fichaat.gui.pages.ficha.view import Question
from fichaat.gui.routes import Route
from fichaat.gui.saving.status import Status
from fichaat.gui.tasks import Done, Failed, Job, Stopped

T = TypeVar("T")


class HandTimer:
    """Rings when the test turns the clock past its moment."""

    def __init__(self, clock: "HandClock") -> None:
        self._clock = clock
        self.due: float | None = None
        self.call: Callable[[], object] = lambda: None

    def start(self, milliseconds: int, call: Callable[[], object]) -> None:
        self.due = self._clock.now + milliseconds / 1000
        self.call = call

    def stop(self) -> None:
        self.due = None


class HandClock:
    """Time passes when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0
        self._timers: list[HandTimer] = []

    def timer(self) -> HandTimer:
        made = HandTimer(self)
        self._timers.append(made)
        return made

    def seconds(self) -> float:
        return self.now

    def turn(self, seconds: float) -> None:
        """Ring everything that is due until then, in its order."""
        end = self.now + seconds
        while True:
            due = [t for t in self._timers if t.due is not None and t.due <= end + 1e-9]
            if not due:
                break
            timer = min(due, key=lambda t: t.due or 0.0)
            self.now = max(self.now, timer.due or 0.0)
            timer.due = None
            timer.call()
        self.now = end


class _Over:
    def cancel(self) -> None:
        return None


class HandTasks:
    """Does the work at once, or when the test lets it (`held`)."""

    def __init__(self) -> None:
        self.held = False
        self.waiting: list[Callable[[], None]] = []

    def read(self, work: Callable[[], T], done: Done[T], failed: Failed | None = None) -> Job:
        return self._do(lambda: (work(), Changes()), done, failed)

    def write(
        self, work: Callable[[], tuple[T, Changes]], done: Done[T], failed: Failed | None = None
    ) -> Job:
        if self.held:
            self.waiting.append(lambda: self._run(work, done, failed))
            return _Over()
        return self._do(work, done, failed)

    def long(
        self,
        title: str,
        work: Callable[[Progress, CancelToken], tuple[T, Changes]],
        done: Done[T],
        failed: Failed | None = None,
        stopped: Stopped | None = None,
    ) -> Job:
        return self._do(lambda: work(no_progress, CancelToken()), done, failed)

    def look(
        self,
        title: str,
        work: Callable[[Progress, CancelToken], T],
        done: Done[T],
        failed: Failed | None = None,
        stopped: Stopped | None = None,
    ) -> Job:
        return self._do(lambda: (work(no_progress, CancelToken()), Changes()), done, failed)

    def release(self) -> None:
        """Do the oldest work that waits."""
        self.waiting.pop(0)()

    def _do(
        self, work: Callable[[], tuple[T, Changes]], done: Done[T], failed: Failed | None
    ) -> Job:
        self._run(work, done, failed)
        return _Over()

    def _run(
        self, work: Callable[[], tuple[T, Changes]], done: Done[T], failed: Failed | None
    ) -> None:
        try:
            value, _ = work()
        except UserFacingError as error:
            assert failed is not None
            failed(error)
            return
        done(value)


@dataclass
class HandGo:
    """Remembers where it was sent and what it was told."""

    routes: list[Route] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    undo: Callable[[], object] | None = None

    def go(self, route: Route) -> None:
        self.routes.append(route)

    def back(self) -> None:
        return None

    def tell(
        self, text: str, *, tone: str = "ok", undo: Callable[[], object] | None = None
    ) -> None:
        self.told.append(text)
        self.undo = undo


@dataclass
class Screen:
    """What the page shows now."""

    form: Form | None = None
    fields: dict[str, str] = field(default_factory=dict)
    head: Head | None = None
    signers: Sequence[Signer] = ()
    saving: list[str] = field(default_factory=list)
    steps: tuple[bool, bool] = (False, False)
    shown: Shown = field(default_factory=Shown)
    review: Review | None = None
    current: Line | None = None
    suggestions: Suggestions | None = None
    guide: Guide = field(default_factory=Guide)
    papers: list[bytes] = field(default_factory=list)
    gone: str = ""
    focus: str = ""
    questions: list[Question] = field(default_factory=list)

    def show_form(self, form: Form) -> None:
        self.form = form

    def show_field(self, path: str, text: str) -> None:
        self.fields[path] = text

    def show_head(self, head: Head) -> None:
        self.head = head

    def show_signers(self, signers: Sequence[Signer]) -> None:
        self.signers = signers

    def show_saving(self, status: Status) -> None:
        self.saving.append(status.words)

    def show_steps(self, *, undo: bool, redo: bool) -> None:
        self.steps = (undo, redo)

    def show_problems(self, shown: Shown) -> None:
        self.shown = shown

    def show_current(self, line: Line) -> None:
        self.current = line

    def show_earlier(self, review: Review) -> None:
        self.review = review

    def show_suggestions(self, suggestions: Suggestions) -> None:
        self.suggestions = suggestions

    def show_guide(self, guide: Guide) -> None:
        self.guide = guide

    def show_paper(self, pdf: bytes) -> None:
        self.papers.append(pdf)

    def show_paper_error(self, sentence: str) -> None:
        self.papers.append(sentence.encode())

    def show_gone(self, sentence: str) -> None:
        self.gone = sentence

    def focus_path(self, path: str) -> None:
        self.focus = path

    def focus_section(self, section: str) -> None:
        self.focus = section

    def ask(self, question: Question) -> None:
        self.questions.append(question)


class Desk:
    """The use cases of the page over a real database."""

    def __init__(self, here: Installation, print_ficha: PrintFicha) -> None:
        self.here = here
        self.edit = EditFicha(here)
        self.save_draft = SaveDraft(here)
        self.discard = DiscardDraft(here)
        self.restore_draft = RestoreDraft(here)
        self.attach = AttachFiles(here)
        self.print_ficha = print_ficha
        self.catalogue = ReadCatalogue(here)
