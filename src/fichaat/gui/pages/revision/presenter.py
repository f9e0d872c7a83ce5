"""The queue of *Revisión*: which fichas, and which of them is shown."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple, Protocol

from fichaat.application.changes import Changes, Kind
from fichaat.application.ports.keys import Clock
from fichaat.application.ports.rows import QueueFilter, QueueRow, QueueTab
from fichaat.application.review_ficha import Target
from fichaat.application.review_queue import Queue, next_after
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import Nivel
from fichaat.domain.revision import Veredicto
from fichaat.domain.territorio import Territorio
from fichaat.gui import routes
from fichaat.gui.pages.revision import words
from fichaat.gui.pages.revision.detail_presenter import DetailPresenter
from fichaat.gui.pages.revision.verdicts import Verdicts
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Job, Tasks
from fichaat.gui.text import beginning, say, thousands
from fichaat.texts import message

WAITING_DAYS: Final = (3, 7, 15)

_SHOWN_KINDS = Changes.of(Kind.FICHA, Kind.RECEPTION, Kind.DEVICE)


class Shown(NamedTuple):
    """Which ficha is shown: a code may be that of several."""

    codigo: str
    sha256: str = ""
    """Of its newest version, where it was seen."""

    @classmethod
    def of(cls, row: QueueRow) -> "Shown":
        return cls(row.codigo, row.sha256)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The filters; "" for none."""

    texto: str = ""
    provincia: str = ""
    sesion: str = ""
    nivel: str = ""
    espera: str = ""
    """Days that it has waited at least."""

    @property
    def any(self) -> bool:
        return self != Chosen()


class Filters(NamedTuple):
    """(value, words) of what each filter offers."""

    provincia: Sequence[tuple[str, str]]
    sesion: Sequence[tuple[str, str]]
    nivel: Sequence[tuple[str, str]]
    espera: Sequence[tuple[str, str]]


def filters_of(territorio: Territorio, region: str) -> Filters:
    """What can be filtered by."""
    return Filters(
        [("", say("lista.all_provincia")), *territorio.provincias(region).items()],
        [
            ("", say("lista.all_sesion")),
            *((name, say(f"lista.{name}")) for name in words.SESIONES),
        ],
        [
            ("", say("revisar.all_nivel")),
            (Nivel.REGIONAL.value, say("revisar.nivel_regional")),
            (Nivel.PROVINCIAL.value, say("revisar.nivel_provincial")),
        ],
        [
            ("", say("revisar.all_espera")),
            *((str(n), say("revisar.espera_days", cantidad=n)) for n in WAITING_DAYS),
        ],
    )


class QueueView(Protocol):
    """Tabs and cards."""

    def show_tabs(self, options: Sequence[tuple[str, str]], chosen: str) -> None: ...
    def show_rows(
        self, rows: Sequence[words.CardWords], chosen: int, count: str, *, filtered: bool
    ) -> None: ...
    def show_no_rows(self, sentence: str, *, filtered: bool) -> None: ...
    def choose_row(self, place: int) -> None: ...
    def show_bulk(self, *, offered: bool) -> None: ...


@dataclass(frozen=True, slots=True)
class RevisionSources:
    """What the presenter asks of the program."""

    territorio: Territorio
    clock: Clock
    queue: Callable[[QueueFilter, date | None], Queue]


class RevisionPresenter:
    def __init__(
        self,
        view: QueueView,
        sources: RevisionSources,
        detail: DetailPresenter,
        verdicts: Verdicts,
        *,
        tasks: Tasks,
        go: Navigator,
    ) -> None:
        self._view = view
        self._from = sources
        self._tasks = tasks
        self._go = go
        self.detail = detail
        self.verdicts = verdicts
        verdicts.follow(self._on_said, self._on_undone)
        self._tab = QueueTab.POR_REVISAR
        self._chosen = Chosen()
        self._rows: tuple[QueueRow, ...] = ()
        self._shown: Shown | None = None
        self._asked: Shown | None = None
        """A ficha that was asked for by its code: it is shown though no tab holds it."""
        self._looking: Job | None = None

    # what Page tells

    def arrived(self, codigo: str | None) -> None:
        if codigo is not None:
            self._asked = self._shown = Shown(codigo)
        self._look_up()

    def changed(self, changes: Changes) -> None:
        """Something was written."""
        if changes & _SHOWN_KINDS:
            self._look_up()

    def ask_bulk(self) -> None:
        """Look for what needs no look, and show it."""
        self.verdicts.ask_bulk(*self._wanted())

    # the queue

    def choose_tab(self, tab: str) -> None:
        self._tab, self._shown, self._asked = QueueTab(tab), None, None
        self._look_up()

    def search(self, texto: str) -> None:
        self._filter(texto=texto)

    def filter(self, name: str, value: str) -> None:
        self._filter(**{name: value})

    def clear(self) -> None:
        self._chosen = Chosen()
        self._look_up()

    def select(self, place: int) -> None:
        """A line of the queue was chosen."""
        if 0 <= place < len(self._rows) and place != self._place():
            self._shown, self._asked = Shown.of(self._rows[place]), None
            self.detail.open(*self._shown)

    def step(self, by: int) -> None:
        """The line below or above."""
        place = self._place()
        wanted = 0 if place < 0 else place + by
        if 0 <= wanted < len(self._rows):
            self._view.choose_row(wanted)
            self.select(wanted)

    # other places

    def open_ficha(self, codigo: str) -> None:
        """Its own page."""
        self._go.go(routes.VerFicha(codigo))

    def inbox(self) -> None:
        self._go.go(routes.Recepcion())

    # inside

    @property
    def _today(self) -> date:
        return self._from.clock.now().date()

    def _filter(self, **changes: str) -> None:
        held = {name: getattr(self._chosen, name) for name in Chosen.__slots__}
        self._chosen = Chosen(**{**held, **changes})
        self._look_up()

    def _wanted(self) -> tuple[QueueFilter, date | None]:
        chosen = self._chosen
        wanted = QueueFilter(
            self._tab,
            texto=chosen.texto,
            provincia=chosen.provincia or None,
            sesion=chosen.sesion or None,
            nivel=chosen.nivel or None,
        )
        until = self._today - timedelta(days=int(chosen.espera)) if chosen.espera else None
        return wanted, until

    def _look_up(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
        wanted, until = self._wanted()
        self._looking = self._tasks.read(
            lambda: self._from.queue(wanted, until), self._on_queue, self._refused
        )

    def _on_queue(self, queue: Queue) -> None:
        self._rows = queue.rows
        now = self._from.clock.now()
        cards = [words.card_of(row, self._from.territorio, now, self._tab) for row in queue.rows]
        self._view.show_tabs(words.tab_words(queue.counts), self._tab.value)
        self._choose(queue)
        several = self._tab is QueueTab.POR_REVISAR and len(queue.rows) > 1
        approves = queue.reviewer.veredicto is Veredicto.APROBADA and not queue.reviewer.impedimento
        self._view.show_bulk(offered=several and approves)
        if cards:
            count = thousands(len(cards))
            self._view.show_rows(cards, self._place(), count, filtered=self._chosen.any)
        else:
            self._view.show_no_rows(self._empty_words(), filtered=self._chosen.any)
        if self._shown is not None:
            self.detail.open(*self._shown)
        else:
            self._show_nothing(queue)

    def _choose(self, queue: Queue) -> None:
        """What was shown stays while it is in the list, or was asked for; else the first."""
        place = self._place()
        if place >= 0:
            self._shown = Shown.of(queue.rows[place])
        elif self._shown is None or self._shown != self._asked:
            self._shown = Shown.of(queue.rows[0]) if queue.rows else None

    def _show_nothing(self, queue: Queue) -> None:
        reviewer = queue.reviewer
        if reviewer.veredicto is None:
            sentence = say("revisar.not_reviewer")
        elif reviewer.impedimento and not queue.rows:
            sentence = say(reviewer.impedimento)
        else:
            sentence = self._empty_words()
        self.detail.show_nothing(sentence, inbox=self._tab is QueueTab.POR_REVISAR)

    def _empty_words(self) -> str:
        if self._chosen.texto.strip():
            return say("lista.no_results", texto=beginning(self._chosen.texto))
        code = "none_filtered" if self._chosen.any else f"none_{self._tab.value}"
        return say(f"revisar.{code}")

    def _place(self) -> int:
        """Where what is shown stands; by its code alone once its newest version is another."""
        if self._shown is None:
            return -1
        hashes = [row.sha256 for row in self._rows]
        if self._shown.sha256 in hashes:
            return hashes.index(self._shown.sha256)
        codes = [row.codigo for row in self._rows]
        return codes.index(self._shown.codigo) if self._shown.codigo in codes else -1

    def _on_said(self, done: Collection[str]) -> None:
        """The next one comes; the list is looked up again by `changed`."""
        shown = self._shown
        if shown is not None and shown.sha256 in done:
            left = [
                row for row in self._rows if row.sha256 not in done or row.sha256 == shown.sha256
            ]
            following = next_after(left, shown.sha256)
            self._shown = None if following is None else Shown.of(following)
            self._asked = None

    def _on_undone(self, target: Target) -> None:
        if self._tab is QueueTab.POR_REVISAR:
            self._shown = self._asked = Shown(target.codigo, target.sha256 or "")

    def _refused(self, error: UserFacingError) -> None:
        self._go.tell(message(error.code, error.params), tone="error")
