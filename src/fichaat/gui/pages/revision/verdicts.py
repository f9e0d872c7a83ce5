"""What is said of the ficha that is shown, or of several: with a reason, sealed, taken back."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple, Protocol

from msgspec.structs import replace

from fichaat.application.changes import Changes
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.ports.keys import Clock
from fichaat.application.ports.rows import QueueFilter, QueueTab
from fichaat.application.read_review import ReviewView
from fichaat.application.review_ficha import Target
from fichaat.application.review_queue import Bulk, Hold
from fichaat.domain.errors import UserFacingError
from fichaat.domain.record import SealedRecord
from fichaat.domain.revision import Veredicto
from fichaat.domain.territorio import Territorio
from fichaat.gui.ficha_words import places_words
from fichaat.gui.pages.revision.words import card_of, deeds_of, done_words
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.texts import message

_TAKEN_BACK = (Veredicto.APROBADA, Veredicto.OBSERVADA, Veredicto.RECHAZADA)
"""A province's word stays: only the region takes its own back."""


class BulkLine(NamedTuple):
    """One ficha that may be approved with the others."""

    target: Target
    name: str
    detail: str


class BulkWords(NamedTuple):
    """What is approved together, before it is."""

    lines: tuple[BulkLine, ...]
    left: tuple[str, ...]
    """Sentences about those that are looked at one by one."""


class VerdictView(Protocol):
    """What the decision bar and its questions show."""

    def show_motive_error(self, sentence: str) -> None: ...
    def show_plazo_error(self, sentence: str) -> None: ...
    def ask(
        self, title: str, sentence: str, verb: str, on_yes: Callable[[], object], *, danger: bool
    ) -> None: ...
    def ask_bulk(self, bulk: BulkWords) -> None: ...


class Several(Protocol):
    """See `ReviewFicha.several`."""

    def __call__(
        self,
        targets: Sequence[Target],
        veredicto: Veredicto,
        motivo: str = "",
        *,
        plazo: date | None = None,
        progress: Progress = ...,
        cancel: CancelToken | None = None,
    ) -> tuple[list[SealedRecord], Changes]: ...


@dataclass(frozen=True, slots=True)
class VerdictSources:
    """What is asked of the program."""

    territorio: Territorio
    clock: Clock
    bulk: Callable[[QueueFilter, date | None, Progress, CancelToken], Bulk]
    review: Several


class Verdicts:
    def __init__(
        self,
        view: VerdictView,
        sources: VerdictSources,
        *,
        tasks: Tasks,
        lasting: Tasks,
        go: Navigator,
    ) -> None:
        """`lasting` is for what may be taken back after the page is gone."""
        self._view = view
        self._from = sources
        self._tasks = tasks
        self._lasting = lasting
        self._go = go
        self._seen: ReviewView | None = None
        self._motives: dict[str, str] = {}
        """By the id of the ficha: a code may be that of several."""
        self._ids: dict[str, str] = {}
        """By the hash of a newest version that was seen."""
        self._busy = False
        self._told: Callable[[Collection[str]], object] = lambda _: None
        self._undone: Callable[[Target], object] = lambda _: None

    def follow(
        self, told: Callable[[Collection[str]], object], undone: Callable[[Target], object]
    ) -> None:
        """Who hears of the fichas of which something was said, by the hash of their newest
        version, and of one that comes back.
        """
        self._told, self._undone = told, undone

    def look_at(self, view: ReviewView | None) -> None:
        """This ficha is shown now."""
        self._seen = view
        if view is not None:
            self._ids[view.line.head.sha256] = view.line.id

    @property
    def motive(self) -> str:
        """As it is written for the ficha that is shown."""
        return "" if self._seen is None else self._motives.get(self._seen.line.id, "")

    @property
    def holds_words(self) -> bool:
        """Whether a reason is written that was not used."""
        return any(text.strip() for text in self._motives.values())

    def motive_typed(self, text: str) -> None:
        """It stays with its ficha while others are looked at."""
        if self._seen is not None:
            self._motives[self._seen.line.id] = text
            self._view.show_motive_error("")

    def approve(self) -> None:
        """*Aprobar*, or *Visar* of a province."""
        deeds = None if self._seen is None else deeds_of(self._seen)
        if deeds is not None and deeds.main is not None:
            self._say(deeds.main, self.motive.strip())

    def observe(self, plazo: str | None, typed: str) -> None:
        """Ask for a correction.

        Args:
            plazo: the deadline, an ISO date; None where it cannot be read.
            typed: what stands in its field; a deadline may be left out.
        """
        if self._seen is None or not deeds_of(self._seen).observe or not self._has_motive():
            return
        wrong = self._plazo_trouble(plazo, typed)
        self._view.show_plazo_error(wrong)
        if wrong:
            return
        until = date.fromisoformat(plazo) if plazo and typed.strip() else None
        code = "revisar.observe_what" if until is None else "revisar.observe_until"
        sentence = say(code, motivo=self.motive.strip(), plazo=plazo or "")
        self._ask(Veredicto.OBSERVADA, sentence, until)

    def reject(self) -> None:
        """Say that it does not count."""
        if self._seen is not None and deeds_of(self._seen).reject and self._has_motive():
            sentence = say("revisar.reject_what", motivo=self.motive.strip())
            self._ask(Veredicto.RECHAZADA, sentence)

    def retract(self) -> None:
        """Take back what the region said before."""
        if self._seen is not None and deeds_of(self._seen).retract and self._has_motive():
            sentence = say("revisar.retract_what", motivo=self.motive.strip())
            self._ask(Veredicto.RETIRADA, sentence)

    # several

    def ask_bulk(self, wanted: QueueFilter, until: date | None) -> None:
        """Look for what needs no look, and show it."""
        self._tasks.look(
            say("revisar.bulk_looking"),
            lambda progress, cancel: self._from.bulk(wanted, until, progress, cancel),
            self._on_bulk,
            self._refused,
        )

    def approve_several(self, lines: Sequence[BulkLine]) -> None:
        """They were read, and left in the list."""
        if self._busy or not lines:
            return
        self._busy = True
        targets = [line.target for line in lines]
        names = [line.name for line in lines]
        self._tasks.long(
            say("revisar.bulk_doing"),
            lambda progress, cancel: self._from.review(
                targets, Veredicto.APROBADA, progress=progress, cancel=cancel
            ),
            lambda _: self._on_said(Veredicto.APROBADA, targets, names),
            self._refused,
            self._free,
        )

    # inside

    def _plazo_trouble(self, plazo: str | None, typed: str) -> str:
        if not typed.strip():
            return ""
        if plazo is None:
            return say("revisar.plazo_unreadable")
        past = date.fromisoformat(plazo) < self._from.clock.now().date()
        return say("revision.plazo_past", plazo=plazo) if past else ""

    def _has_motive(self) -> bool:
        given = bool(self.motive.strip())
        self._view.show_motive_error("" if given else say("revision.motivo_required"))
        return given

    def _ask(self, veredicto: Veredicto, sentence: str, plazo: date | None = None) -> None:
        view = self._seen
        assert view is not None  # there is a reason for it
        self._view.ask(
            say(f"revisar.ask_{veredicto.value}", lugar=self._name(view)),
            sentence,
            say(f"revisar.do_{veredicto.value}"),
            partial(self._say, veredicto, self.motive.strip(), plazo, view),
            danger=veredicto is Veredicto.RECHAZADA,
        )

    def _name(self, view: ReviewView) -> str:
        places = [item.ubigeo for item in view.ficha.distritos]
        return places_words(places, self._from.territorio)

    def _say(
        self,
        veredicto: Veredicto,
        motivo: str,
        plazo: date | None = None,
        asked: ReviewView | None = None,
    ) -> None:
        """Of the version that was seen when the button was pressed, whatever came meanwhile."""
        view = asked or self._seen
        if self._busy or view is None:
            return
        self._busy = True
        head = view.line.head
        targets = [Target(view.ficha.codigo, head.sha256, head.record.version, seen=True)]
        names = [self._name(view)]
        self._tasks.write(
            lambda: self._from.review(targets, veredicto, motivo, plazo=plazo),
            lambda _: self._on_said(veredicto, targets, names),
            self._refused,
        )

    def _on_said(
        self, veredicto: Veredicto, targets: Sequence[Target], names: Sequence[str]
    ) -> None:
        self._free()
        done = {target.sha256 for target in targets if target.sha256 is not None}
        for digest in done:
            self._motives.pop(self._ids.get(digest, ""), None)
        if self._seen is not None and self._seen.line.head.sha256 in done:
            self._seen = None  # until the next one is seen, nothing is said of any
        self._told(done)
        undo = partial(self._undo, targets) if veredicto in _TAKEN_BACK else None
        self._go.tell(done_words(veredicto, names), undo=undo)

    def _undo(self, targets: Sequence[Target]) -> None:
        """Take back what was just said: that, too, is a record."""

        def undone(_: object) -> None:
            if len(targets) == 1:
                self._undone(targets[0])
            self._go.tell(say("revisar.undone", cantidad=len(targets)), tone="info")

        plain = [replace(target, seen=False) for target in targets]
        self._lasting.write(
            lambda: self._from.review(plain, Veredicto.RETIRADA, say("revisar.undo_reason")),
            undone,
            self._refused,
        )

    def _on_bulk(self, found: Bulk) -> None:
        now, territorio = self._from.clock.now(), self._from.territorio
        lines = []
        for row in found.rows:
            card = card_of(row, territorio, now, QueueTab.POR_REVISAR)
            target = Target(row.codigo, row.sha256, row.version, seen=True)
            self._ids[row.sha256] = row.id
            detail = say("revisar.bulk_line", detalle=card.detail, codigo=row.codigo)
            lines.append(BulkLine(target, card.name, detail))
        left = [
            say(f"revisar.hold_{hold.value}", cantidad=found.left[hold])
            for hold in Hold
            if found.left.get(hold)
        ]
        self._view.ask_bulk(BulkWords(tuple(lines), tuple(left)))

    def _free(self) -> None:
        self._busy = False

    def _refused(self, error: UserFacingError) -> None:
        self._free()
        self._go.tell(message(error.code, error.params), tone="error")
