"""The signatures page without Qt: a screen that remembers, and work that waits when told to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from fichaat.application.add_evidence import AddEvidence
from fichaat.application.changes import Changes
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, Progress, no_progress
from fichaat.application.keep_stroke import KeepStroke
from fichaat.application.papers import Papers
from fichaat.application.print_ficha import PrintFicha
from fichaat.application.sign_ficha import SignFicha
from fichaat.application.signatures import Signatures
from fichaat.domain.errors import UserFacingError
from fichaat.domain.firma import Trazo
from fichaat.gui.pages.firmas.screen import Screen
from fichaat.gui.pages.firmas.view import PaperOffer
from fichaat.gui.routes import Route
from fichaat.gui.tasks import Done, Failed, Job, Stopped
from fichaat.reports.ficha_pdf import ReportlabPaperRenderer
from fichaat.texts import message

T = TypeVar("T")


class _Over:
    def cancel(self) -> None:
        return None


class PromptTasks:
    """Does the work at once; writes wait while `held`, and fail while `failing`."""

    def __init__(self) -> None:
        self.held = False
        self.failing: str | None = None
        self.waiting: list[Callable[[], None]] = []
        self.told: list[UserFacingError] = []
        self.writes = 0

    def read(self, work: Callable[[], T], done: Done[T], failed: Failed | None = None) -> Job:
        self._run(lambda: (work(), Changes()), done, failed)
        return _Over()

    def write(
        self, work: Callable[[], tuple[T, Changes]], done: Done[T], failed: Failed | None = None
    ) -> Job:
        self.writes += 1
        if self.failing is not None:
            code = self.failing

            def refuse() -> tuple[T, Changes]:
                raise UserFacingError(code)

            work = refuse
        if self.held:
            self.waiting.append(lambda: self._run(work, done, failed))
        else:
            self._run(work, done, failed)
        return _Over()

    def long(
        self,
        title: str,
        work: Callable[[Progress, CancelToken], tuple[T, Changes]],
        done: Done[T],
        failed: Failed | None = None,
        stopped: Stopped | None = None,
    ) -> Job:
        return self.write(lambda: work(no_progress, CancelToken()), done, failed)

    def look(
        self,
        title: str,
        work: Callable[[Progress, CancelToken], T],
        done: Done[T],
        failed: Failed | None = None,
        stopped: Stopped | None = None,
    ) -> Job:
        return self.read(lambda: work(no_progress, CancelToken()), done, failed)

    def release(self) -> None:
        """Do everything that waits, in its order."""
        self.held = False
        while self.waiting:
            self.waiting.pop(0)()

    def _run(
        self, work: Callable[[], tuple[T, Changes]], done: Done[T], failed: Failed | None
    ) -> None:
        try:
            value, _ = work()
        except UserFacingError as error:
            (failed or self.told.append)(error)
            return
        done(value)


@dataclass
class Way:
    """Remembers where the page went and what it said."""

    routes: list[Route] = field(default_factory=list)
    backs: int = 0
    told: list[tuple[str, str]] = field(default_factory=list)
    on_back: Callable[[], object] = lambda: None

    def go(self, route: Route) -> None:
        self.routes.append(route)

    def back(self) -> None:
        self.backs += 1
        self.on_back()

    def tell(
        self, text: str, *, tone: str = "ok", undo: Callable[[], object] | None = None
    ) -> None:
        self.told.append((tone, text))


@dataclass
class PadView:
    """What the page shows, and a pad on which `pen` is drawn by the test."""

    screen: Screen | None = None
    pen: Trazo | None = None
    locked: bool = False
    busy: bool = False
    questions: list[tuple[str, str, str]] = field(default_factory=list)
    yes: Callable[[], object] = lambda: None
    reason: Callable[[str], object] = lambda _: None
    offer: PaperOffer | None = None
    read: list[bytes] = field(default_factory=list)
    printed: list[bytes] = field(default_factory=list)
    again_soon: int = 0

    def show_screen(self, screen: Screen) -> None:
        self.screen = screen

    def put_stroke(self, trazo: Trazo | None, *, locked: bool) -> None:
        self.pen, self.locked = trazo, locked

    def drawn(self) -> Trazo | None:
        return self.pen

    def set_busy(self, *, busy: bool) -> None:
        self.busy = busy

    def ask(
        self,
        title: str,
        sentence: str,
        verb: str,
        on_yes: Callable[[], object],
        *,
        danger: bool = False,
    ) -> None:
        self.questions.append((title, sentence, verb))
        self.yes = on_yes

    def ask_reason(
        self, title: str, sentence: str, verb: str, on_reason: Callable[[str], object]
    ) -> None:
        self.questions.append((title, sentence, verb))
        self.reason = on_reason

    def offer_paper(self, offer: PaperOffer) -> None:
        self.offer = offer

    def read_paper(self, pdf: bytes) -> None:
        self.read.append(pdf)

    def print_paper(self, pdf: bytes) -> None:
        self.printed.append(pdf)

    def keep_again_soon(self) -> None:
        self.again_soon += 1


class SigningDesk:
    """The use cases of the page over a real database."""

    def __init__(self, here: Installation) -> None:
        self.signatures = Signatures(here)
        self.keep_stroke = KeepStroke(here)
        self.sign = SignFicha(here)
        self.add_evidence = AddEvidence(here)
        self.print_ficha = PrintFicha(here, Papers(ReportlabPaperRenderer(), here, message))
