"""What the bin holds, and taking something out of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from fichaat.application.changes import Changes, Kind
from fichaat.application.ports.keys import Clock
from fichaat.application.ports.rows import Draft
from fichaat.application.save_draft import BIN_DAYS
from fichaat.domain.errors import UserFacingError
from fichaat.domain.territorio import Territorio
from fichaat.gui import routes
from fichaat.gui.draft_words import districts, place_of, visit_words, whole_place
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Job, Tasks
from fichaat.gui.text import say, thousands
from fichaat.texts import message

SHOWN = 100


@dataclass(frozen=True, slots=True)
class BinRow:
    """One discarded draft."""

    codigo: str
    nombre: str
    resto: str
    detalle: str
    hasta: str


class RestoreDrafts(Protocol):
    """What `application.save_draft.RestoreDraft` offers."""

    def discarded(self) -> list[Draft]: ...
    def __call__(self, codigo: str) -> tuple[Draft, Changes]: ...


class PapeleraView(Protocol):
    def show_rows(self, rows: Sequence[BinRow], count: str, note: str) -> None: ...
    def show_empty(self, sentence: str) -> None: ...
    def show_error(self, sentence: str) -> None: ...


@dataclass(frozen=True, slots=True)
class PapeleraSources:
    """What the presenter asks of the program."""

    restore: RestoreDrafts
    territorio: Territorio
    clock: Clock


class PapeleraPresenter:
    def __init__(
        self, view: PapeleraView, tasks: Tasks, go: Navigator, sources: PapeleraSources
    ) -> None:
        self._view = view
        self._tasks = tasks
        self._go = go
        self._restore = sources.restore
        self._territorio = sources.territorio
        self._clock = sources.clock
        self._looking: Job | None = None

    def arrived(self) -> None:
        """Look again; only the last look is shown."""
        if self._looking is not None:
            self._looking.cancel()
        self._looking = self._tasks.read(self._restore.discarded, self._on_looked)

    def changed(self, changes: Changes) -> None:
        """Something was written."""
        if Kind.DRAFT in changes:
            self.arrived()

    def restore(self, codigo: str) -> None:
        """Take a draft out."""
        self._tasks.write(lambda: self._restore(codigo), self._on_restored, self._on_refused)

    def back(self) -> None:
        self._go.back()

    def fichas(self) -> None:
        self._go.go(routes.Fichas())

    def _on_restored(self, draft: Draft) -> None:
        place = whole_place(districts(draft.ficha), self._territorio)
        self._go.tell(say("inicio.bin_restored", lugar=place))

    def _on_refused(self, error: UserFacingError) -> None:
        self._view.show_error(message(error.code, error.params))

    def _on_looked(self, drafts: list[Draft]) -> None:
        if not drafts:
            self._view.show_empty(say("inicio.bin_none"))
            return
        rows = [self._row(draft) for draft in drafts[:SHOWN]]
        count = say("inicio.bin_count", cantidad=thousands(len(drafts)))
        note = say("inicio.bin_more", cantidad=SHOWN) if len(drafts) > SHOWN else ""
        self._view.show_rows(rows, count, note)

    def _row(self, draft: Draft) -> BinRow:
        name, rest = place_of(districts(draft.ficha), self._territorio)
        now = self._clock.now()
        left = (draft.discarded_at or now).astimezone(now.tzinfo)
        until = left + timedelta(days=BIN_DAYS)
        visit = visit_words(draft, now.date())
        thrown = say("inicio.bin_left", fecha=left.date().isoformat())
        return BinRow(
            draft.ficha.codigo,
            name,
            rest,
            f"{visit} · {thrown}",
            say("inicio.bin_until", fecha=until.date().isoformat()),
        )
