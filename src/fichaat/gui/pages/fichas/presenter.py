"""Decisions of the list of fichas: what is asked for, selected and done."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, NamedTuple, Protocol

import msgspec

from fichaat.application.changes import Changes, Kind
from fichaat.application.list_fichas import ESTADOS, SESIONES, Kept, Listing
from fichaat.application.ports.keys import Clock
from fichaat.application.ports.rows import ListColumn, ListFilter, ListRow
from fichaat.domain.errors import UserFacingError
from fichaat.domain.territorio import Territorio
from fichaat.gui import routes
from fichaat.gui.ficha_deeds import FichaDeeds
from fichaat.gui.ficha_words import estado_words, places_words
from fichaat.gui.pages.fichas.pages import PAGE, Pages
from fichaat.gui.paper_actions import PaperActions, PaperOf
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import beginning, say, thousands
from fichaat.texts import message

MAX_TOGETHER: Final = 100
"""Fichas printed in one job."""
_SHOWN_KINDS = Changes.of(Kind.DRAFT, Kind.FICHA, Kind.RECEPTION)
_CORRECTABLE = (
    "sellada",
    "exportada",
    "recibida",
    "visada",
    "observada",
    "rechazada",
    "aprobada",
)

Options = Sequence[tuple[str, str]]


class Filters(NamedTuple):
    """What can be chosen; each a value and its words, the first of them everything."""

    estado: Options
    periodo: Options
    provincia: Options
    sesion: Options


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the filters say now."""

    texto: str = ""
    estado: str = ""
    periodo: str = ""
    provincia: str = ""
    sesion: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """What is selected, and what can be done with it."""

    words: str
    open: str = ""
    """What the button that opens says; "" where nothing opens."""
    papers: bool = False
    duplicate: bool = False
    correct: bool = False
    annul: bool = False
    late: bool = False
    story: bool = False
    discard: bool = False


class FichasView(Protocol):
    def show_chosen(self, chosen: Chosen) -> None: ...
    def show_order(self, column: ListColumn, *, ascending: bool) -> None: ...
    def show_pages(self, pages: Pages, select: int | None) -> None: ...
    def show_rows(self, places: range) -> None: ...
    def show_count(self, words: str, *, filtered: bool) -> None: ...
    def show_empty(self, sentence: str, *, filtered: bool) -> None: ...
    def show_bar(self, bar: Bar) -> None: ...
    def show_error(self, sentence: str) -> None: ...


@dataclass(frozen=True, slots=True)
class FichasSources:
    """What the presenter asks of the program."""

    territorio: Territorio
    clock: Clock
    region: str
    device: str
    find: Callable[[ListFilter, ListColumn, bool, Kept | None], Listing]
    """Filter, column, whether ascending, what was selected."""
    rows: Callable[[Collection[int]], dict[int, ListRow]]


class _Found(NamedTuple):
    listing: Listing
    first: dict[int, ListRow]
    """Of the page that will be seen."""


class FichasPresenter:
    def __init__(
        self,
        view: FichasView,
        sources: FichasSources,
        papers: PaperActions,
        deeds: FichaDeeds,
        *,
        tasks: Tasks,
        go: Navigator,
    ) -> None:
        self._view = view
        self._from = sources
        self._papers = papers
        self._deeds = deeds
        self._tasks = tasks
        self._go = go
        self._chosen = Chosen()
        self._column, self._ascending = ListColumn.FECHA, False
        self._pages: Pages | None = None
        self._asked = 0
        """How many times the list was asked for: an older answer is not shown."""
        self._selected: list[ListRow] = []
        self._selected_count = 0

    # what is shown

    def filters(self) -> Filters:
        """What the filters offer."""
        territorio, year = self._from.territorio, self._from.clock.now().year
        provinces = sorted(
            territorio.provincias(self._from.region).items(), key=lambda item: item[1]
        )
        return Filters(
            [("", say("lista.all_estado")), *((e, estado_words(e)) for e in ESTADOS)],
            [
                ("", say("lista.all_periodo")),
                ("month", say("lista.period_month")),
                ("quarter", say("lista.period_quarter")),
                *((str(y), say("lista.period_year", anio=y)) for y in (year, year - 1)),
            ],
            [("", say("lista.all_provincia")), *provinces],
            [("", say("lista.all_sesion")), *((s, say(f"lista.{s}")) for s in SESIONES)],
        )

    def arrived(self, buscar: str = "") -> None:
        """The page is shown."""
        if buscar:
            self._chosen = Chosen(texto=buscar)
        self._view.show_chosen(self._chosen)
        self._view.show_order(self._column, ascending=self._ascending)
        self._find()

    def changed(self, changes: Changes) -> None:
        """Something was written."""
        if changes & _SHOWN_KINDS:
            self._find()

    def search(self, texto: str) -> None:
        self._choose(replace(self._chosen, texto=texto.strip()))

    def filter(self, name: str, value: str) -> None:
        """One of the filters by its name in `Chosen`; "" for everything."""
        self._choose(replace(self._chosen, **{name: value}))

    def clear(self) -> None:
        """Everything again."""
        self._choose(Chosen())
        self._view.show_chosen(self._chosen)

    def sort(self, column: ListColumn) -> None:
        """By another column, or the other way round."""
        if column is self._column:
            self._ascending = not self._ascending
        else:
            self._column = column
            self._ascending = column not in (ListColumn.FECHA, ListColumn.ACUERDOS)
        self._view.show_order(self._column, ascending=self._ascending)
        self._find()

    @property
    def asked(self) -> tuple[ListFilter, ListColumn, bool]:
        """What is listed, by which column, whether ascending."""
        return self._wanted(), self._column, self._ascending

    def look_at(self, page: int) -> None:
        """Lines of a page came into sight."""
        pages = self._pages
        if pages is None or not pages.ask(page):
            return
        wanted = pages.numbers_of(page)

        def show(rows: dict[int, ListRow]) -> None:
            places = pages.take(page, rows)
            if pages is self._pages:
                self._view.show_rows(places)

        def failed(error: UserFacingError) -> None:
            pages.give_up(page)
            self._view.show_error(message(error.code, error.params))

        self._tasks.read(lambda: self._from.rows(wanted), show, failed)

    # what is selected

    def select(self, places: Sequence[int]) -> None:
        """Other lines are selected, the current one first."""
        pages = self._pages
        self._selected_count = len(places)
        self._selected = []
        if pages is None or not places:
            self._view.show_bar(Bar(say("lista.nothing")))
            return
        if len(places) > MAX_TOGETHER:
            self._view.show_bar(self._bar())
            return
        rows = [pages.row(place) for place in places]
        held = [row for row in rows if row is not None]
        if len(held) == len(rows):
            self._take_selected(held)
            return
        numbers = [pages.numbers[place] for place in places]

        def take(found: dict[int, ListRow]) -> None:
            if pages is self._pages and self._selected_count == len(numbers):
                self._take_selected([found[n] for n in numbers if n in found])

        self._tasks.read(lambda: self._from.rows(numbers), take, self._on_failed)

    # what is done with it

    def open(self, place: int) -> None:
        """Enter or a double click on a line."""
        row = None if self._pages is None else self._pages.row(place)
        if row is not None:
            self._open(row)

    def open_selected(self) -> None:
        for row in self._selected[:1]:
            self._open(row)

    def view_pdf(self) -> None:
        for row in self._selected[:1]:
            self._papers.view(_paper(row))

    def print(self) -> None:
        """Everything that is selected, in one job."""
        if self._selected_count > MAX_TOGETHER:
            self._go.tell(say("lista.too_many", maximo=MAX_TOGETHER), tone="warn")
        elif self._selected:
            self._papers.print([_paper(row) for row in self._selected])

    def print_blank(self) -> None:
        self._papers.print_blank()

    def new_visit(self) -> None:
        self._go.go(routes.NuevaVisita())

    def bin(self) -> None:
        self._go.go(routes.Papelera())

    def duplicate(self) -> None:
        for row in self._selected[:1]:
            self._go.go(routes.NuevaVisita(duplicar=row.codigo))

    def correct(self) -> None:
        for row in self._selected[:1]:
            self._deeds.correct(row.codigo)

    def annul(self) -> None:
        for row in self._selected[:1]:
            self._deeds.annul(row.codigo)

    def discard(self) -> None:
        for row in self._selected[:1]:
            self._deeds.discard(row.codigo)

    def sign_late(self) -> None:
        for row in self._selected[:1]:
            self._go.go(routes.Firmar(row.codigo))

    def story(self) -> None:
        for row in self._selected[:1]:
            self._go.go(routes.VerFicha(row.codigo))

    # inside

    def _choose(self, chosen: Chosen) -> None:
        if chosen != self._chosen:
            self._chosen = chosen
            self._find()

    def _find(self) -> None:
        self._asked += 1
        asked, wanted = self._asked, self._wanted()
        column, ascending = self._column, self._ascending
        chosen = self._selected[:1]
        keep = Kept(chosen[0].codigo, chosen[0].is_draft) if chosen else None

        def look() -> _Found:
            listing = self._from.find(wanted, column, ascending, keep)
            start = (listing.kept or 0) // PAGE * PAGE
            return _Found(listing, self._from.rows(listing.numbers[start : start + PAGE]))

        def show(found: _Found) -> None:
            if asked == self._asked:
                self._show(found)

        self._tasks.read(look, show, self._on_failed)

    def _show(self, found: _Found) -> None:
        numbers, kept = found.listing.numbers, found.listing.kept
        filtered = self._chosen != Chosen()
        self._view.show_count(
            say("lista.count", cantidad=thousands(len(numbers))), filtered=filtered
        )
        pages = Pages(numbers)
        pages.take((kept or 0) // PAGE, found.first)
        self._pages = pages
        if not numbers:
            self._view.show_empty(self._nothing(), filtered=filtered)
            self.select(())
        else:
            self._view.show_pages(pages, 0 if kept is None else kept)

    def _nothing(self) -> str:
        if self._chosen.texto:
            return say("lista.no_results", texto=beginning(self._chosen.texto))
        return say("lista.empty" if self._chosen == Chosen() else "lista.no_matches")

    def _wanted(self) -> ListFilter:
        chosen = self._chosen
        wanted = ListFilter(
            chosen.texto, chosen.estado or None, chosen.provincia or None, chosen.sesion or None
        )
        desde, hasta = _period(chosen.periodo, self._from.clock.now().date())
        return msgspec.structs.replace(wanted, desde=desde, hasta=hasta)

    def _take_selected(self, rows: list[ListRow]) -> None:
        self._selected = rows
        self._view.show_bar(self._bar())

    def _bar(self) -> Bar:
        if self._selected_count != 1:
            count = thousands(self._selected_count)
            return Bar(say("lista.selected", cantidad=count), papers=True)
        if not self._selected:
            return Bar("")
        row = self._selected[0]
        words = say(
            "lista.selected_one",
            codigo=row.codigo,
            lugar=places_words(row.distrito.split(), self._from.territorio),
        )
        if row.is_draft:
            go_on = say("lista.go_on")
            return Bar(words, go_on, papers=True, duplicate=True, discard=True)
        own = row.origin == self._from.device
        living = own and row.estado in _CORRECTABLE
        return Bar(
            words,
            say("lista.open"),
            papers=True,
            duplicate=True,
            correct=living,
            annul=living,
            late=own and row.estado != "anulada",
            story=True,
        )

    def _open(self, row: ListRow) -> None:
        draft, sealed = routes.EditarFicha(row.codigo), routes.VerFicha(row.codigo)
        self._go.go(draft if row.is_draft else sealed)

    def _on_failed(self, error: UserFacingError) -> None:
        self._view.show_error(message(error.code, error.params))


def _paper(row: ListRow) -> PaperOf:
    return PaperOf(row.codigo, row.is_draft)


def _period(periodo: str, today: date) -> tuple[date | None, date | None]:
    """First and last day; None where there is no limit."""
    if periodo == "month":
        return today.replace(day=1), None
    if periodo == "quarter":
        return today - timedelta(days=91), None
    if periodo:
        year = int(periodo)
        return date(year, 1, 1), date(year, 12, 31)
    return None, None
