"""*Revisión*: which ficha is shown, what is told of it, and what is said of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from fichaat.application.changes import Changes, Kind
from fichaat.application.installation import Installation
from fichaat.application.ports.keys import RegionKey
from fichaat.application.read_review import ReadReview
from fichaat.application.review_ficha import ReviewFicha
from fichaat.application.review_queue import ReviewQueue
from fichaat.domain.authority import Standing
from fichaat.domain.cobertura import Alcance, Falta
from fichaat.domain.ficha import Advertencia, Nivel, Sesion
from fichaat.domain.revision import Revision, Veredicto
from fichaat.gui import routes
from fichaat.gui.pages.revision.content_words import Section
from fichaat.gui.pages.revision.detail_presenter import (
    CHANGES,
    CONTENT,
    PAPER,
    DetailPresenter,
    DetailSources,
)
from fichaat.gui.pages.revision.presenter import (
    RevisionPresenter,
    RevisionSources,
    filters_of,
)
from fichaat.gui.pages.revision.side_words import SideWords, side_of
from fichaat.gui.pages.revision.verdicts import BulkWords, Verdicts, VerdictSources
from fichaat.gui.pages.revision.word_diff import Pieces, word_diff
from fichaat.gui.pages.revision.words import (
    CardWords,
    ChangesWords,
    Deeds,
    Head,
    Notice,
    waited_words,
)
from tests.support.editor import HandGo, HandTasks
from tests.support.fichas import HUANTA, QUINUA
from tests.support.installations import Laptop, template_store
from tests.support.papers import HandPapers
from tests.unit.application.test_review_ficha import (
    approve,
    coordinator,
    exchange,
    in_role,
    key,
    province,
)
from tests.unit.application.test_review_queue import correct, in_place, joined, put

__all__ = ["coordinator", "joined", "key", "province"]


@dataclass
class Screen:
    """What the page shows now."""

    tabs: Sequence[tuple[str, str]] = ()
    tab: str = ""
    cards: Sequence[CardWords] = ()
    chosen: int = -1
    empty: str = ""
    filtered: bool = False
    bulk: bool = False
    head: Head | None = None
    notice: Notice | None = None
    changes: ChangesWords | None = None
    sections: Sequence[Section] = ()
    side: SideWords | None = None
    deeds: Deeds | None = None
    motivo: str = ""
    plazo: date | None = None
    part: str = ""
    papers: list[bytes] = field(default_factory=list)
    nothing: str = ""
    motive_error: str = ""
    plazo_error: str = ""
    asked: tuple[str, str, str] = ("", "", "")
    yes: Callable[[], object] = lambda: None
    offered: BulkWords | None = None

    def show_tabs(self, options: Sequence[tuple[str, str]], chosen: str) -> None:
        self.tabs, self.tab = options, chosen

    def show_rows(
        self, rows: Sequence[CardWords], chosen: int, count: str, *, filtered: bool
    ) -> None:
        assert count == str(len(rows))
        self.cards, self.chosen, self.filtered, self.empty = rows, chosen, filtered, ""

    def show_no_rows(self, sentence: str, *, filtered: bool) -> None:
        self.cards, self.empty, self.filtered = (), sentence, filtered

    def choose_row(self, place: int) -> None:
        self.chosen = place

    def show_bulk(self, *, offered: bool) -> None:
        self.bulk = offered

    def show_head(self, head: Head) -> None:
        self.head, self.nothing = head, ""

    def show_notice(self, notice: Notice) -> None:
        self.notice = notice

    def show_changes(self, changes: ChangesWords) -> None:
        self.changes = changes

    def show_content(self, sections: Sequence[Section]) -> None:
        self.sections = sections

    def show_side(self, side: SideWords) -> None:
        self.side = side

    def show_deeds(self, deeds: Deeds, motivo: str, plazo: date | None) -> None:
        self.deeds, self.motivo, self.plazo = deeds, motivo, plazo or self.plazo

    def show_part(self, part: str) -> None:
        self.part = part

    def show_paper(self, pdf: bytes) -> None:
        self.papers.append(pdf)

    def show_paper_error(self, sentence: str) -> None:
        self.papers.append(sentence.encode())

    def show_nothing(self, sentence: str, *, inbox: bool) -> None:
        del inbox
        self.head, self.nothing = None, sentence

    def show_motive_error(self, sentence: str) -> None:
        self.motive_error = sentence

    def show_plazo_error(self, sentence: str) -> None:
        self.plazo_error = sentence

    def ask(
        self, title: str, sentence: str, verb: str, on_yes: Callable[[], object], *, danger: bool
    ) -> None:
        del danger
        self.asked, self.yes = (title, sentence, verb), on_yes

    def ask_bulk(self, bulk: BulkWords) -> None:
        self.offered = bulk


class Bench:
    """The page over a real database."""

    def __init__(self, here: Installation, codigo: str | None = None) -> None:
        self.tasks, self.go, self.screen = HandTasks(), HandGo(), Screen()
        self.here = here
        queue = ReviewQueue(here)
        self.said = Verdicts(
            self.screen,
            VerdictSources(here.territorio, here.clock, queue.bulk, ReviewFicha(here).several),
            tasks=self.tasks,
            lasting=self.tasks,
            go=self.go,
        )
        self.detail = DetailPresenter(
            self.screen,
            self.screen,
            DetailSources(
                here.territorio,
                here.clock,
                ReadReview(here, queue),
                lambda codigo, _: codigo.encode(),
            ),
            HandPapers(self.tasks, self.go),
            self.said,
            tasks=self.tasks,
        )
        self.page = RevisionPresenter(
            self.screen,
            RevisionSources(here.territorio, here.clock, queue),
            self.detail,
            self.said,
            tasks=self.tasks,
            go=self.go,
        )
        self.page.arrived(codigo)

    def told(self) -> None:
        """The window says that something was written."""
        self.page.changed(Changes.of(Kind.FICHA))

    @property
    def shown(self) -> str:
        assert self.screen.head is not None
        return self.screen.head.context.split()[1]

    def words_of(self, codigo: str) -> list[tuple[str, str]]:
        """Every verdict about a ficha, and its reason."""
        with self.here.store.read() as reader:
            (row,) = reader.fichas_with_codigo(codigo)
            found = [item.record.content for item in reader.records_about([row.id])]
        said = [item for item in found if isinstance(item, Revision)]
        return sorted((item.veredicto.value, item.motivo) for item in said)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return template_store(tmp_path_factory.mktemp("plantilla"))


@pytest.fixture
def laptop(tmp_path: Path, template: Path) -> Iterator[Laptop]:
    made = Laptop(tmp_path / "a", template, skew=timedelta(0), number=1)
    yield made
    made.close()


@pytest.fixture
def other(tmp_path: Path, template: Path) -> Iterator[Laptop]:
    made = Laptop(tmp_path / "b", template, skew=timedelta(0), number=2)
    yield made
    made.close()


@pytest.fixture
def three(joined: Laptop, other: Laptop) -> list[str]:
    """Fichas that wait, oldest first."""
    made = [put(joined, number) for number in (1, 2, 3)]
    exchange(joined, other)
    return made


# --- what is shown ---


def test_the_first_is_shown_and_the_next_comes(coordinator: Installation, three: list[str]) -> None:
    bench = Bench(coordinator)
    screen = bench.screen
    assert [card.codigo for card in screen.cards] == three
    assert (bench.shown, screen.chosen, screen.part) == (three[0], 0, CONTENT)
    assert screen.tabs[0] == ("por_revisar", "Por revisar · 3")
    assert (
        screen.cards[0].spoken
        == "Quinua (Huamanga). Diagnóstico · hoy. Ficha " + screen.cards[0].codigo
    )
    assert screen.head is not None
    assert screen.head.title == "Quinua (Huamanga) · diagnóstico del 19/11/2026"
    assert screen.notice == Notice()
    bench.page.step(1)
    assert (bench.shown, screen.chosen) == (three[1], 1)
    bench.page.step(-1)
    bench.page.step(-1)
    assert bench.shown == three[0]
    bench.page.select(2)
    assert bench.shown == three[2]
    bench.page.step(1)
    assert bench.shown == three[2]


def test_approving_goes_on_and_is_taken_back_by_a_record(
    coordinator: Installation, three: list[str]
) -> None:
    bench = Bench(coordinator)
    bench.said.approve()
    bench.said.approve()  # the next one is not seen yet
    bench.told()
    assert bench.go.told == ["Aprobada: Quinua (Huamanga)."]
    assert bench.words_of(three[1]) == []
    assert bench.shown == three[1]
    assert len(bench.screen.cards) == 2
    assert bench.go.undo is not None
    bench.go.undo()
    bench.told()
    assert bench.shown == three[0]
    assert bench.words_of(three[0]) == [("aprobada", ""), ("retirada", "Deshecho al momento")]
    assert bench.go.told[-1].endswith("el retiro quedó sellado.")
    for _ in three:
        bench.said.approve()
        bench.told()
    assert bench.screen.nothing == "Nada por revisar. Lo nuevo llega por Recepción."
    bench.said.approve()  # nothing is shown
    assert len(bench.words_of(three[2])) == 1


def test_a_reason_is_asked_for_and_stays_with_its_ficha(
    coordinator: Installation, three: list[str]
) -> None:
    bench = Bench(coordinator)
    bench.said.observe("2026-12-01", "01/12/2026")
    assert bench.screen.motive_error == "Escriba el motivo: quien hizo la ficha lo leerá."
    bench.said.reject()
    assert bench.screen.asked == ("", "", "")
    bench.said.motive_typed("la hora")
    assert bench.screen.motive_error == ""
    bench.page.step(1)
    assert bench.screen.motivo == ""
    assert bench.said.holds_words
    bench.page.step(-1)
    assert bench.screen.motivo == "la hora"
    bench.said.observe(None, "mañana")
    assert bench.screen.plazo_error == "Escriba día, mes y año."
    bench.said.observe("2020-01-01", "01/01/2020")
    assert "ya pasó" in bench.screen.plazo_error
    bench.said.observe("2026-12-01", "01/12/2026")
    title, sentence, verb = bench.screen.asked
    assert (title, verb) == ("Observar Quinua (Huamanga)", "Observar ficha")
    assert "hasta el 01/12/2026" in sentence
    assert bench.words_of(three[0]) == []
    bench.screen.yes()
    bench.told()
    assert bench.words_of(three[0]) == [("observada", "la hora")]
    assert (bench.shown, bench.said.holds_words) == (three[1], False)


def test_what_was_asked_is_said_of_the_version_that_was_seen(
    joined: Laptop, other: Laptop, coordinator: Installation, three: list[str]
) -> None:
    bench = Bench(coordinator)
    bench.said.motive_typed("no hubo visita")
    bench.said.reject()
    correct(joined, three[0], hora_fin="12:30")
    exchange(joined, other)
    bench.screen.yes()
    assert "versión más nueva" in bench.go.told[-1]
    assert bench.words_of(three[0]) == []
    bench.told()
    assert (bench.shown, bench.screen.part) == (three[0], CHANGES)


def test_what_is_decided_can_be_taken_back_with_a_reason(
    coordinator: Installation, three: list[str]
) -> None:
    ReviewFicha(coordinator)(three[1], Veredicto.APROBADA)
    ReviewFicha(coordinator)(three[2], Veredicto.OBSERVADA, "la hora", plazo=date(2026, 12, 1))
    bench = Bench(coordinator)
    bench.page.choose_tab("decididas")
    deeds = bench.screen.deeds
    assert deeds is not None
    assert (deeds.main, deeds.retract) == (None, "Retirar la aprobación…")
    assert bench.screen.notice is not None
    assert bench.screen.notice.sentence == "Aprobada por la región"
    bench.said.retract()
    assert bench.screen.motive_error
    bench.said.motive_typed("se aprobó por error")
    bench.said.retract()
    bench.screen.yes()
    bench.told()
    assert bench.screen.empty == "Todavía no se ha decidido ninguna ficha."
    assert bench.words_of(three[1])[1] == ("retirada", "se aprobó por error")
    bench.page.choose_tab("observadas")
    deeds = bench.screen.deeds
    assert deeds is not None
    assert (deeds.main, deeds.observe) == (Veredicto.APROBADA, False)
    assert deeds.retract == "Retirar la observación…"
    assert bench.screen.notice is not None
    assert "01/12/2026" in bench.screen.notice.sentence


def test_a_correction_is_shown_by_what_it_changes(
    joined: Laptop, other: Laptop, coordinator: Installation, three: list[str]
) -> None:
    ReviewFicha(coordinator)(three[2], Veredicto.OBSERVADA, "la hora")
    exchange(joined, other)
    correct(joined, three[2], hora_fin="12:30")
    exchange(joined, other)
    bench = Bench(coordinator)
    screen = bench.screen
    assert (bench.shown, screen.part) == (three[2], CHANGES)
    assert screen.cards[0].detail == "Versión 2 · llegó hoy"
    assert screen.notice is not None
    assert screen.notice.sentence.startswith("Versión 2: corrige 1 dato de la versión 1, que usted")
    assert screen.notice.rest == "Motivo: «decía 12:00»"
    assert screen.changes is not None
    told = [
        (row.name, _text(row.before), _text(row.after), row.changed) for row in screen.changes.rows
    ]
    assert told[0] == ("Hora fin", "11:30", "12:30", True)
    assert [name for name, *_ in told[1:]] == ["Lugar", "Destinatarios", "Firmas"]
    assert screen.side is not None
    visits = [line.name for line in screen.side.places[0].lines]
    assert visits[:2] == ["17/11/2026 · Diagnóstico, v. 1", "17/11/2026 · Diagnóstico, v. 2"]
    bench.detail.show_part(PAPER)
    bench.page.step(1)
    assert screen.papers == [three[2].encode(), three[0].encode()]


def test_one_that_is_asked_for_is_shown_whatever_became_of_it(
    coordinator: Installation, three: list[str]
) -> None:
    ReviewFicha(coordinator)(three[1], Veredicto.RECHAZADA, "no hubo visita")
    bench = Bench(coordinator, three[1])
    assert (bench.shown, bench.screen.chosen) == (three[1], -1)
    assert bench.screen.notice is not None
    assert bench.screen.notice.tone == "warn"
    missing = Bench(coordinator, "05-2026-AAAAAA-0001")
    assert missing.screen.nothing


def test_filters_and_empty_words(coordinator: Installation, three: list[str]) -> None:
    bench = Bench(coordinator)
    bench.page.filter("provincia", "0504")
    assert (bench.screen.empty, bench.screen.filtered) == (
        "Ninguna ficha tiene esos filtros.",
        True,
    )
    bench.page.search("ningún sitio")
    assert "«ningún sitio»" in bench.screen.empty
    bench.page.clear()
    assert len(bench.screen.cards) == 3
    bench.page.filter("espera", "3")
    assert bench.screen.cards == ()
    names = [name for name, _ in filters_of(coordinator.territorio, "05").sesion]
    assert names == ["", "diagnostico", "seguimiento", "especifica"]


def test_a_province_only_marks_as_seen(
    joined: Laptop, other: Laptop, coordinator: Installation, province: Laptop, key: RegionKey
) -> None:
    from fichaat.application.region.believe_region import AcceptRegion
    from fichaat.domain.rol import Rol
    from tests.unit.application.test_review_ficha import TRUST

    inside = put(joined, 1, distritos=in_place(QUINUA))
    outside = put(joined, 2, distritos=in_place(HUANTA))
    exchange(joined, other)
    approve(coordinator, key, province, ambito="0501")
    exchange(province, other)
    AcceptRegion(province.here, TRUST)(" ".join(TRUST.fingerprint_words(key.device)))
    here = in_role(province, Rol.PROVINCIAL, "0501")
    bench = Bench(here)
    assert (bench.shown, bench.screen.bulk) == (inside, False)
    deeds = bench.screen.deeds
    assert deeds is not None
    assert (deeds.main, deeds.observe, deeds.reject, deeds.retract) == (
        Veredicto.VISADA,
        False,
        False,
        "",
    )
    bench.said.motive_typed("x")
    bench.said.reject()
    bench.said.observe("2026-12-01", "01/12/2026")
    assert bench.screen.asked == ("", "", "")
    bench.said.approve()
    bench.told()
    assert bench.go.told == ["Visada: Quinua (Huamanga)."]
    assert bench.go.undo is None
    assert bench.words_of(inside) == [("visada", "x")]
    other_place = Bench(here, outside)
    assert other_place.screen.deeds is not None
    assert not other_place.screen.deeds.any


def test_a_specialist_is_told_whose_task_it_is(joined: Laptop) -> None:
    put(joined, 1)
    bench = Bench(joined.here)
    assert bench.screen.nothing.startswith("Revisar es tarea de la provincia")
    assert not bench.screen.bulk


def test_what_speaks_against_it_stands_beside_it(
    joined: Laptop, other: Laptop, coordinator: Installation
) -> None:
    late = put(
        joined,
        1,
        distritos=in_place(QUINUA, Sesion.SEGUIMIENTO),
        advertencias=(Advertencia("ficha.acuerdos_empty", "/acuerdos", "no hubo tiempo"),),
    )
    twin = put(joined, 1, distritos=in_place(QUINUA, Sesion.ESPECIFICA))
    exchange(joined, other)
    bench = Bench(coordinator, late)
    assert bench.screen.side is not None
    checks = [(line.name, line.detail, line.codigo) for line in bench.screen.side.checks]
    assert checks[0][0] == "Íntegra, válida y de confianza"
    assert checks[1][:2] == ("Firmas: 2 de 2", "")
    assert checks[2][1] == "Motivo: «no hubo tiempo»"
    assert checks[3][2] == twin
    assert checks[4][0] == "Seguimiento de Quinua sin diagnóstico anterior"
    assert bench.screen.side.places[0].counts.startswith("Sin catálogo no se sabe")
    bench.page.open_ficha(twin)
    assert bench.go.routes == [routes.VerFicha(twin)]


# --- several ---


def test_several_are_offered_and_those_left_in_are_approved(
    joined: Laptop, other: Laptop, coordinator: Installation, three: list[str]
) -> None:
    put(joined, 7, advertencias=(Advertencia("ficha.x", "/fecha", "así fue"),))
    exchange(joined, other)
    bench = Bench(coordinator)
    assert bench.screen.bulk
    bench.page.ask_bulk()
    offered = bench.screen.offered
    assert offered is not None
    assert [line.target.codigo for line in offered.lines] == three
    assert offered.left == ("1 con avisos explicados por su autor",)
    bench.said.approve_several(offered.lines[:2])
    bench.told()
    assert bench.go.told[-1] == "Se aprobaron 2 fichas."
    assert bench.shown == three[2]
    assert bench.words_of(three[1]) == [("aprobada", "")]
    assert bench.go.undo is not None
    bench.go.undo()
    bench.told()
    assert len(bench.screen.cards) == 4


# --- words ---


def _text(pieces: Pieces) -> str:
    return "".join(piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("before", "after", "gone", "come"),
    [
        ("12:30", "11:30", ["12:30"], ["11:30"]),
        ("31/12/2026", "15/12/2026", ["31/12/2026"], ["15/12/2026"]),
        (
            "Se revisó el cuaderno de cloración en oficina.",
            "Se revisó el cuaderno de cloración de octubre en el reservorio.",
            ["en oficina"],
            ["de octubre en el reservorio"],
        ),
        ("igual", "igual", [], []),
        ("", "nuevo", [], ["nuevo"]),
        ("viejo", "", ["viejo"], []),
        ("nada que ver", "otra cosa distinta", ["nada que ver"], ["otra cosa distinta"]),
    ],
)
def test_changed_words_are_marked(
    before: str, after: str, gone: list[str], come: list[str]
) -> None:
    was, now = word_diff(before, after)
    assert (_text(was), _text(now)) == (before, after)
    assert [piece.text for piece in was if piece.changed] == gone
    assert [piece.text for piece in now if piece.changed] == come


def test_huge_texts_are_not_compared_word_by_word() -> None:
    was, now = word_diff("a b " * 4000, "a c " * 4000)
    assert [len(was), len(now)] == [1, 1]


@pytest.mark.parametrize(
    ("days", "words"), [(-1, "hoy"), (0, "hoy"), (1, "ayer"), (7, "hace 7 días")]
)
def test_since_when_it_waits(days: int, words: str) -> None:
    today = date(2026, 11, 20)
    assert waited_words(today - timedelta(days=days), today) == words


@pytest.mark.parametrize(
    ("changes", "tone", "words"),
    [
        ({"catalogo": False}, "neutral", "Sin catálogo no se sabe si Quinua firmó el Pacto."),
        (
            {"firmo_el": None},
            "warn",
            "Quinua no firmó el Pacto: la visita se conserva y no cuenta.",
        ),
        (
            {"antes": Alcance.APROBADAS, "despues": Alcance.APROBADAS},
            "ok",
            "Quinua ya cuenta: tiene diagnóstico y seguimiento aprobados.",
        ),
        (
            {"antes": Alcance.RECIBIDAS, "despues": Alcance.APROBADAS},
            "ok",
            "Si aprueba, Quinua ya cuenta: tiene diagnóstico y seguimiento.",
        ),
        (
            {"falta": (Falta.SEGUIMIENTO, Falta.ACCION)},
            "warn",
            "Aunque se apruebe, a Quinua le falta el seguimiento.",
        ),
        (
            {"falta": (Falta.DIAGNOSTICO, Falta.SEGUIMIENTO)},
            "warn",
            "Aunque se apruebe, a Quinua le falta el diagnóstico y el seguimiento.",
        ),
        (
            {"despues": Alcance.RECIBIDAS, "falta": (Falta.APROBACION,)},
            "warn",
            "Aunque se apruebe, a Quinua le falta que se apruebe otra visita.",
        ),
    ],
)
def test_what_an_approval_would_change(
    coordinator: Installation, three: list[str], changes: dict[str, Any], tone: str, words: str
) -> None:
    view = ReadReview(coordinator, ReviewQueue(coordinator))(three[0])
    (place,) = view.municipios
    signed = replace(place, catalogo=True, firmo_el=date(2026, 1, 1))
    told = side_of(
        replace(view, municipios=(replace(signed, **changes),)), coordinator.territorio
    ).places[0]
    assert (told.tone, told.counts) == (tone, words)


def test_a_ficha_of_several_districts_tells_of_each(
    joined: Laptop, other: Laptop, coordinator: Installation
) -> None:
    put(joined, 1, distritos=(*in_place(QUINUA), *in_place(HUANTA)))
    exchange(joined, other)
    bench = Bench(coordinator)
    assert bench.screen.side is not None
    assert [place.name for place in bench.screen.side.places] == ["Quinua", "Huanta"]
    assert bench.screen.head is not None
    assert bench.screen.head.title.startswith("Quinua (Huamanga) y 1 más")


def test_two_fichas_of_one_code_are_two_lines(
    joined: Laptop, other: Laptop, coordinator: Installation
) -> None:
    codigo = put(joined, 1)
    put(joined, 2, codigo=codigo)
    exchange(joined, other)
    bench = Bench(coordinator)
    first, second = ReviewQueue(coordinator)().rows
    assert (first.codigo, second.codigo) == (codigo, codigo)
    bench.page.select(1)
    bench.said.motive_typed("falta el sello")
    bench.page.select(0)
    assert bench.screen.motivo == ""
    bench.page.select(1)
    assert bench.screen.motivo == "falta el sello"
    bench.said.approve()
    bench.told()
    (left,) = ReviewQueue(coordinator)().rows
    assert left.sha256 == first.sha256


@pytest.mark.parametrize(
    ("nivel", "line", "why"),
    [
        (Nivel.OTRO, {}, "La hizo otra entidad, ni la región ni una provincia."),
        (Nivel.REGIONAL, {"disputed": True}, "En conflicto: hay copias"),
        (Nivel.REGIONAL, {"aprobacion": Standing.REVOCADO}, "En cuarentena"),
        (Nivel.REGIONAL, {"aprobacion": Standing.POR_APROBAR}, "La región aún no aprueba"),
    ],
)
def test_what_never_counts_is_told_before_it_is_approved(
    coordinator: Installation, three: list[str], nivel: Nivel, line: dict[str, Any], why: str
) -> None:
    view = ReadReview(coordinator, ReviewQueue(coordinator))(three[0])
    head = view.line.head
    ficha = replace(view.ficha, ejecutor=replace(view.ficha.ejecutor, nivel=nivel))
    head = replace(head, record=replace(head.record, content=ficha))
    signed = replace(view.municipios[0], catalogo=True, firmo_el=date(2026, 1, 1))
    seen = replace(view.seen, lineage=replace(view.line, head=head, **line))
    told = side_of(replace(view, seen=seen, municipios=(signed,)), coordinator.territorio).places[0]
    assert told.tone == "warn"
    assert told.counts.startswith(f"Aunque se apruebe, esta ficha no cuenta para Quinua. {why}")
