"""The list of fichas: what is asked for, what is held, what is selected and done."""

from array import array
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from fichaat.application.annul_ficha import AnnulFicha
from fichaat.application.changes import Changes, Kind
from fichaat.application.list_fichas import ListFichas
from fichaat.application.ports.rows import Draft, ListColumn, ListRow
from fichaat.application.rectify_ficha import RectifyFicha
from fichaat.application.save_draft import DiscardDraft, RestoreDraft
from fichaat.domain.errors import UserFacingError
from fichaat.domain.record import SealedRecord
from fichaat.gui import routes
from fichaat.gui.ficha_deeds import FichaDeeds
from fichaat.gui.ficha_words import places_words, sesion_words, short_people
from fichaat.gui.pages.fichas.pages import PAGE, Pages
from fichaat.gui.pages.fichas.presenter import (
    MAX_TOGETHER,
    Bar,
    Chosen,
    FichasPresenter,
    FichasSources,
)
from tests.support.editor import HandGo, HandTasks
from tests.support.fichas import AYACUCHO, HUANTA, QUINUA
from tests.support.installations import Laptop, template_store
from tests.support.papers import HandAsker, HandPapers
from tests.unit.application.test_list_fichas import drafted
from tests.unit.application.test_sealed_fichas import sealed


@dataclass
class Screen:
    """What the page shows now."""

    chosen: Chosen = field(default_factory=Chosen)
    order: tuple[ListColumn, bool] = (ListColumn.FECHA, False)
    pages: Pages | None = None
    selected: int | None = None
    filled: list[range] = field(default_factory=list)
    count: str = ""
    filtered: bool = False
    empty: str = ""
    bar: Bar = field(default_factory=lambda: Bar(""))
    error: str = ""

    def show_chosen(self, chosen: Chosen) -> None:
        self.chosen = chosen

    def show_order(self, column: ListColumn, *, ascending: bool) -> None:
        self.order = (column, ascending)

    def show_pages(self, pages: Pages, select: int | None) -> None:
        self.pages, self.selected, self.empty = pages, select, ""

    def show_rows(self, places: range) -> None:
        self.filled.append(places)

    def show_count(self, words: str, *, filtered: bool) -> None:
        self.count, self.filtered = words, filtered

    def show_empty(self, sentence: str, *, filtered: bool) -> None:
        self.empty = sentence
        assert filtered is self.filtered

    def show_bar(self, bar: Bar) -> None:
        self.bar = bar

    def show_error(self, sentence: str) -> None:
        self.error = sentence


class Doers:
    """The use cases of a laptop."""

    def __init__(self, laptop: Laptop) -> None:
        self._here = laptop.here

    def rectify(self, codigo: str, motivo: str) -> tuple[Draft, Changes]:
        return RectifyFicha(self._here)(codigo, motivo)

    def annul(self, codigo: str, motivo: str) -> tuple[SealedRecord, Changes]:
        return AnnulFicha(self._here)(codigo, motivo)

    def discard(self, codigo: str) -> Changes:
        return DiscardDraft(self._here)(codigo)

    def restore_draft(self, codigo: str) -> tuple[Draft, Changes]:
        return RestoreDraft(self._here)(codigo)


class Bench:
    """The page over a real database."""

    def __init__(self, laptop: Laptop) -> None:
        self.tasks, self.go, self.screen, self.asker = HandTasks(), HandGo(), Screen(), HandAsker()
        self.papers = HandPapers(self.tasks, self.go)
        self.reads: list[int] = []
        self.broken: UserFacingError | None = None
        self._lists = ListFichas(laptop.here)
        here = laptop.here
        self.page = FichasPresenter(
            self.screen,
            FichasSources(
                here.territorio,
                here.clock,
                here.profile.region,
                laptop.device,
                lambda wanted, column, ascending, keep: self._lists(
                    wanted, column, ascending=ascending, keep=keep
                ),
                self._rows,
            ),
            self.papers,
            FichaDeeds(self.asker, self.tasks, self.tasks, self.go, Doers(laptop)),
            tasks=self.tasks,
            go=self.go,
        )

    def _rows(self, numbers: Collection[int]) -> dict[int, ListRow]:
        if self.broken is not None:
            raise self.broken
        self.reads.append(len(numbers))
        return self._lists.rows(numbers)

    def arrive(self, buscar: str = "") -> "Bench":
        self.page.arrived(buscar)
        if self.screen.selected is not None:
            self.page.select([self.screen.selected])
        return self

    def codes(self) -> list[str]:
        pages = self.screen.pages
        assert pages is not None
        found = [pages.row(place) for place in range(len(pages))]
        return [row.codigo for row in found if row is not None]

    def choose(self, codigo: str) -> Bar:
        self.page.select([self.codes().index(codigo)])
        return self.screen.bar


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return template_store(tmp_path_factory.mktemp("plantilla"))


@pytest.fixture
def laptop(tmp_path: Path, template: Path) -> Iterator[Laptop]:
    made = Laptop(tmp_path / "a", template, skew=timedelta(0), number=1)
    yield made
    made.close()


def test_an_empty_list_says_what_to_do_next(laptop: Laptop) -> None:
    bench = Bench(laptop).arrive()
    assert bench.screen.empty == "Aún no hay fichas. Empiece con Nueva visita."
    assert bench.screen.count == "0 fichas"
    bench.page.new_visit()
    assert bench.go.routes == [routes.NuevaVisita()]


def test_the_first_line_is_selected_with_what_can_be_done(laptop: Laptop) -> None:
    codigo = drafted(laptop)
    bench = Bench(laptop).arrive()
    assert bench.screen.count == "1 ficha"
    assert bench.screen.bar == Bar(
        f"1 seleccionada: {codigo}, Quinua (Huamanga)",
        "Continuar",
        papers=True,
        duplicate=True,
        discard=True,
    )
    bench.page.open_selected()
    bench.page.open(0)
    bench.page.duplicate()
    assert bench.go.routes == [
        routes.EditarFicha(codigo),
        routes.EditarFicha(codigo),
        routes.NuevaVisita(duplicar=codigo),
    ]


def test_a_sealed_ficha_offers_what_its_author_may_do(laptop: Laptop) -> None:
    codigo = sealed(laptop)
    bench = Bench(laptop).arrive()
    bar = bench.screen.bar
    assert (bar.open, bar.correct, bar.annul, bar.late, bar.story) == ("Abrir", *[True] * 4)
    assert not bar.discard
    bench.page.open_selected()
    bench.page.sign_late()
    bench.page.story()
    assert bench.go.routes == [
        routes.VerFicha(codigo),
        routes.Firmar(codigo),
        routes.VerFicha(codigo),
    ]


def test_what_another_sealed_is_only_seen(laptop: Laptop, tmp_path: Path, template: Path) -> None:
    other = Laptop(tmp_path / "b", template, skew=timedelta(0), number=2)
    sealed(other)
    laptop.receive([item for item in other.held() if item.record.kind == "ficha"], other)
    bar = Bench(laptop).arrive().screen.bar
    other.close()
    assert (bar.open, bar.papers, bar.duplicate, bar.story) == ("Abrir", True, True, True)
    assert [bar.correct, bar.annul, bar.late] == [False] * 3


def test_correcting_asks_why_and_leads_to_the_form(laptop: Laptop) -> None:
    codigo = sealed(laptop)
    bench = Bench(laptop).arrive()
    bench.page.correct()
    assert bench.asker.titles == [f"Corregir la ficha {codigo}"]
    bench.asker.reason("estaba mal")
    assert bench.go.routes == [routes.EditarFicha(codigo)]
    bench.asker.reason("otra vez")  # one is open already: that one is gone on with
    assert bench.go.routes == [routes.EditarFicha(codigo)] * 2
    assert bench.go.told == []


def test_annulling_asks_why_and_says_that_it_is(laptop: Laptop) -> None:
    codigo = sealed(laptop)
    bench = Bench(laptop).arrive()
    bench.page.annul()
    bench.asker.reason("registrada dos veces")
    assert bench.go.told == [f"La ficha {codigo} quedó anulada."]
    bench.page.changed(Changes.of(Kind.FICHA))
    bar = bench.choose(codigo)
    assert [bar.correct, bar.annul, bar.late] == [False] * 3
    bench.page.annul()
    bench.asker.reason("otra vez")
    assert "está anulada" in bench.go.told[-1]


def test_a_discarded_draft_comes_back_with_one_word(laptop: Laptop) -> None:
    codigo = drafted(laptop)
    bench = Bench(laptop).arrive()
    bench.page.discard()
    bench.asker.yes()
    bench.page.changed(Changes.of(Kind.DRAFT))
    assert bench.screen.empty
    assert bench.go.undo is not None
    bench.go.undo()
    bench.page.changed(Changes.of(Kind.DRAFT))
    assert bench.codes() == [codigo]


def test_filters_and_search_are_one_list(laptop: Laptop) -> None:
    draft = drafted(laptop, lugar="Auditorio")
    codigo = sealed(laptop)
    bench = Bench(laptop).arrive()
    assert (bench.screen.count, bench.screen.filtered) == ("2 fichas", False)
    bench.page.filter("estado", "borrador")
    assert (bench.codes(), bench.screen.filtered) == ([draft], True)
    bench.page.filter("estado", "")
    bench.page.search("  REGIDORES ")
    assert bench.codes() == [codigo]
    bench.page.search("quinoa")
    assert "«quinoa»" in bench.screen.empty
    bench.page.filter("provincia", "0504")
    bench.page.search("")
    assert bench.screen.empty == "Ninguna ficha tiene esos filtros."
    bench.page.clear()
    assert bench.screen.count == "2 fichas"
    assert bench.screen.chosen == Chosen()


@pytest.mark.parametrize(
    ("periodo", "days"),
    [("month", [20, 5]), ("quarter", [20, 5, -10]), ("2026", [20, 5, -10, -200]), ("2025", [-400])],
)
def test_periods_count_from_today(laptop: Laptop, periodo: str, days: list[int]) -> None:
    first = date(2026, 10, 31)
    made = {n: drafted(laptop, fecha=first + timedelta(n)) for n in (20, 5, -10, -200, -400)}
    bench = Bench(laptop).arrive()
    bench.page.filter("periodo", periodo)
    assert bench.codes() == [made[n] for n in days]


def test_every_filter_offers_everything_first(laptop: Laptop) -> None:
    filters = Bench(laptop).page.filters()
    assert all(options[0][0] == "" for options in filters)
    assert [words for _, words in filters.provincia][:2] == ["Provincia: todas", "Huamanga"]
    assert [words for _, words in filters.periodo][-1] == "Año 2025"


def test_sorting_turns_round_and_starts_where_it_helps(laptop: Laptop) -> None:
    drafted(laptop)
    bench = Bench(laptop).arrive()
    for column, order in (
        (ListColumn.CODIGO, (ListColumn.CODIGO, True)),
        (ListColumn.CODIGO, (ListColumn.CODIGO, False)),
        (ListColumn.FECHA, (ListColumn.FECHA, False)),
    ):
        bench.page.sort(column)
        assert bench.screen.order == order


def test_arriving_with_a_search_looks_for_that(laptop: Laptop) -> None:
    drafted(laptop, lugar="Auditorio")
    codigo = drafted(laptop, lugar="Casa comunal")
    bench = Bench(laptop).arrive("casa")
    assert bench.screen.chosen.texto == "casa"
    assert bench.codes() == [codigo]


def test_the_selected_line_stays_selected_when_the_list_changes(laptop: Laptop) -> None:
    codigo = drafted(laptop, fecha=date(2026, 11, 1))
    bench = Bench(laptop).arrive()
    for day in range(2, 8):
        drafted(laptop, fecha=date(2026, 11, day))
    bench.page.changed(Changes.of(Kind.DRAFT))
    assert bench.screen.selected == 6
    assert bench.codes()[6] == codigo
    bench.page.sort(ListColumn.CODIGO)
    assert bench.screen.selected == 0


def test_only_pages_in_sight_are_read(laptop: Laptop) -> None:
    for number in range(PAGE * 2 + 5):
        drafted(laptop, fecha=date(2026, 1, 1) + timedelta(number))
    bench = Bench(laptop).arrive()
    assert bench.reads == [PAGE]
    pages = bench.screen.pages
    assert pages is not None
    assert pages.row(PAGE) is None
    bench.page.look_at(1)
    bench.page.look_at(1)
    bench.page.look_at(2)
    assert bench.reads == [PAGE, PAGE, 5]
    assert bench.screen.filled == [range(PAGE, 2 * PAGE), range(2 * PAGE, 2 * PAGE + 5)]
    assert len(bench.codes()) == PAGE * 2 + 5


def test_a_page_that_could_not_be_read_is_asked_for_again(laptop: Laptop) -> None:
    for _ in range(PAGE + 1):
        drafted(laptop)
    bench = Bench(laptop).arrive()
    bench.broken = UserFacingError("storage.io")
    bench.page.look_at(1)
    assert "No se pudo leer" in bench.screen.error
    bench.broken = None
    bench.page.look_at(1)
    assert bench.screen.filled == [range(PAGE, PAGE + 1)]


def test_old_answers_are_not_shown(laptop: Laptop) -> None:
    drafted(laptop, lugar="Auditorio")
    bench = Bench(laptop)
    waiting: list[Any] = []
    real = bench.tasks.read

    def later(work: Any, done: Any, failed: Any = None) -> Any:  # noqa: ANN401  # of Tasks
        waiting.append(lambda: real(work, done, failed))

    bench.tasks.read = later  # type: ignore[method-assign]
    bench.page.arrived()
    bench.page.search("nada de eso")
    waiting[1]()
    waiting[0]()
    assert "nada de eso" in bench.screen.empty


def test_several_are_printed_in_one_job_and_their_kind_of_paper(laptop: Laptop) -> None:
    draft, codigo = drafted(laptop), sealed(laptop)
    bench = Bench(laptop).arrive()
    bench.page.select([0, 1])
    assert bench.screen.bar == Bar("2 seleccionadas", papers=True)
    bench.page.print()
    (papers,) = bench.papers.shower.printed
    assert {paper.name: paper.pdf.split()[0] for paper in papers} == {
        draft: b"borrador",
        codigo: b"sellada",
    }


def test_selected_lines_out_of_sight_are_read(laptop: Laptop) -> None:
    for _ in range(PAGE + 3):
        drafted(laptop)
    bench = Bench(laptop).arrive()
    bench.page.select([0, PAGE + 2])
    bench.page.print()
    assert len(bench.papers.shower.printed[0]) == 2


def test_too_many_are_not_printed_at_once(laptop: Laptop) -> None:
    for _ in range(MAX_TOGETHER + 1):
        drafted(laptop)
    bench = Bench(laptop).arrive()
    bench.page.select(range(MAX_TOGETHER + 1))
    assert bench.screen.bar.words == "101 seleccionadas"
    bench.page.print()
    assert bench.papers.shower.printed == []
    assert bench.go.told == ["Elija hasta 100 fichas para imprimirlas juntas."]


def test_papers_are_seen_saved_and_printed_blank(laptop: Laptop) -> None:
    codigo = sealed(laptop)
    bench = Bench(laptop).arrive()
    bench.page.view_pdf()
    name = f"Ficha {codigo}.pdf"
    assert bench.papers.files == {name: b"sellada " + codigo.encode()}
    bench.page.print_blank()
    assert bench.papers.shower.printed[0][0].pdf == b"en blanco"


def test_nothing_selected_offers_nothing(laptop: Laptop) -> None:
    drafted(laptop)
    bench = Bench(laptop).arrive()
    bench.page.select([])
    assert bench.screen.bar == Bar("Elija una ficha para ver qué puede hacer con ella.")
    bench.page.open_selected()
    bench.page.print()
    assert bench.go.routes == []


def test_pages_are_let_go_one_by_one() -> None:
    pages = Pages(array("q", range(PAGE * 100)))
    for page in range(100):
        assert pages.ask(page)
        row = ListRow(page * PAGE, "", "", "", "", "", "", "", 0, 1)
        pages.take(page, {page * PAGE: row})
    assert pages.row(99 * PAGE) is not None
    assert pages.row(0) is None
    assert pages.ask(0)


def test_words_of_a_line() -> None:
    from fichaat.domain.territorio import Territorio
    from tests.support.fichas import DISTRITOS

    known = Territorio(DISTRITOS.values())
    assert places_words([], known) == "Sin municipalidad"
    assert places_words(["999999"], known) == "999999"
    assert places_words([QUINUA, AYACUCHO], known) == "2 distritos (Huamanga)"
    assert places_words([QUINUA, HUANTA, AYACUCHO], known) == "Quinua (Huamanga) y 2 más"
    assert sesion_words(["diagnostico"]) == "Diagnóstico"
    assert sesion_words(["diagnostico", "especifica"]) == "Varias"
    assert short_people("Marleni Ccorahua Tineo") == "M. Ccorahua Tineo"
    assert short_people("Óscar Bellido; Ana") == "Ó. Bellido y 1 más"
    assert (short_people("Ana"), short_people("")) == ("Ana", "")
