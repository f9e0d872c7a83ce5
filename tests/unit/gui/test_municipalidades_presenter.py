"""Coverage in the window: figures, filters, lines and what stands behind them, without Qt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from fichaat.application.changes import Changes, Kind
from fichaat.application.coverage import CoverageView
from fichaat.application.start_visit import Begun
from fichaat.domain.authority import Standing
from fichaat.domain.cobertura import CoberturaGL, Exclusion
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import Nivel, Tema
from fichaat.domain.revision import Veredicto
from fichaat.gui import routes
from fichaat.gui.pages.municipalidades.figures import Behind, Figures, Timeline
from fichaat.gui.pages.municipalidades.lines import GLColumn, Line, need_of
from fichaat.gui.pages.municipalidades.periods import ASK, OWN, PLAN, Days, offered, range_words
from fichaat.gui.pages.municipalidades.presenter import MunicipalidadesPresenter
from fichaat.gui.pages.municipalidades.view import (
    FALTA,
    LINEA,
    TODAS,
    Charts,
    Choices,
    Filters,
    GlWords,
    MunicipalidadesSources,
    Reason,
    Shown,
)
from fichaat.gui.pages.municipalidades.visit import Visit, VisitSources
from fichaat.texts.cobertura_names import EXCLUSIONES
from fichaat.texts.cobertura_words import beside
from tests.support.coverage_region import (
    BEFORE,
    HALF,
    NOW,
    CoverageRegion,
    D,
    E,
    S,
    catalogo_of,
    picture,
)
from tests.support.coverage_region import (
    PLAN as PLAN_DAY,
)
from tests.support.queued_tasks import QueuedTasks, Steps

QUINUA = "050108"
AYACUCHO = "050101"


@dataclass
class Screen:
    """What the page shows now."""

    filters: Filters | None = None
    choices: Choices = field(default_factory=Choices)
    cutoff: str = ""
    context: str = ""
    figures: Figures | None = None
    charts: Charts | None = None
    timeline: Timeline | None = None
    lines: Sequence[Line] = ()
    shown: Shown = field(default_factory=lambda: Shown("", "", ""))
    empty: str = ""
    excluded: tuple[str, bool] = ("", False)
    nothing: tuple[str, str] | None = None
    dates: Days | None = None
    where: tuple[str, str] = ("", "")
    gl: GlWords | None = None
    visit: Visit | None = None
    reasons: Sequence[Reason] = ()
    what: str = ""
    target: Path | None = None

    def show_filters(self, filters: Filters, choices: Choices) -> None:
        self.filters, self.choices, self.nothing = filters, choices, None

    def show_cutoff(self, words: str, context: str) -> None:
        self.cutoff, self.context = words, context

    def show_figures(self, figures: Figures) -> None:
        self.figures = figures

    def show_charts(self, charts: Charts) -> None:
        self.charts = charts

    def show_timeline(self, timeline: Timeline | None) -> None:
        self.timeline = timeline

    def show_lines(self, lines: Sequence[Line], shown: Shown, choices: Choices, empty: str) -> None:
        self.lines, self.shown, self.choices, self.empty = lines, shown, choices, empty

    def show_visit(self, visit: Visit | None) -> None:
        self.visit = visit

    def show_excluded(self, words: str, *, any_: bool) -> None:
        self.excluded = (words, any_)

    def show_nothing(self, sentence: str, action: str) -> None:
        self.nothing = (sentence, action)

    def ask_dates(self, days: Days) -> None:
        self.dates = days

    def ask_where(self, name: str, kind: str, on_chosen: Callable[[Path], object]) -> None:
        self.where = (name, kind)
        if self.target is not None:
            on_chosen(self.target)

    def open_gl(self, words: GlWords) -> None:
        self.gl = words

    def open_excluded(self, what: str, reasons: Sequence[Reason]) -> None:
        self.what, self.reasons = what, reasons


class Bench:
    def __init__(
        self, region: CoverageRegion, *, coordinates: bool = True, provincia: str = ""
    ) -> None:
        self.region, self.screen = region, Screen()
        self.tasks, self.go = QueuedTasks(), Steps()
        self.kept: dict[str, object] = {}
        self.written: list[tuple[str, CoverageView, Path]] = []
        self.broken: UserFacingError | None = None
        self.drafts: dict[str, str] = {}
        self.begun: list[str] = []
        self.coordinates, self.provincia = coordinates, provincia
        self.page = self.fresh()

    def fresh(self) -> MunicipalidadesPresenter:
        """As when the page is shown again."""
        read = self.region.read
        self.page = MunicipalidadesPresenter(
            self.screen,
            self.tasks,
            self.go,
            MunicipalidadesSources(
                self.region.territorio,
                read._here.clock,
                self.coordinates,
                self.provincia,
                self._read,
                read.periods,
                read.default_period,
                self._write,
                VisitSources(self.provincia or "05", self.region.territorio, self._go_on),
            ),
            self.kept,
        )
        return self.page

    def arrive(self, ubigeo: str | None = None) -> "Bench":
        self.page.arrived(ubigeo)
        self.tasks.run()
        return self

    def filter(self, name: str, value: str) -> None:
        self.page.filter(name, value)
        self.tasks.run()

    @property
    def names(self) -> list[str]:
        return [line.nombre for line in self.screen.lines]

    def _go_on(self, ubigeo: str) -> tuple[Begun, Changes]:
        if self.broken is not None:
            raise self.broken
        held = self.drafts.get(ubigeo)
        if held is None:
            self.begun.append(ubigeo)
        return Begun(held or "05-2026-K7Q2MX-0099", nueva=held is None), Changes()

    def _read(self, days: Days, tema: Tema | None, provincia: str | None) -> CoverageView:
        if self.broken is not None:
            raise self.broken
        return self.region.read(days.desde, days.hasta, tema=tema, provincia=provincia)

    def _write(self, kind: str, view: CoverageView, path: Path) -> None:
        if self.broken is not None:
            raise self.broken
        self.written.append((kind, view, path))


@pytest.fixture
def bench() -> Bench:
    return Bench(picture()).arrive()


def one(region: CoverageRegion, ubigeo: str = QUINUA) -> CoberturaGL:
    region.catalogo = catalogo_of([ubigeo])
    return region.read(HALF.desde, HALF.hasta).cobertura.gl[0]


# the figures


def test_the_figures_of_the_picture(bench: Bench) -> None:
    figures = bench.screen.figures
    assert figures is not None
    assert figures.headline == "29 de 48"
    assert figures.percent == "60,4 %"
    assert figures.goal == "Meta 70 % · faltan 5"
    assert [row.figure for row in figures.rows] == ["34 de 48", "34 de 48", "31 de 48", "41 de 48"]
    assert bench.screen.cutoff == "Corte: 20/11/2026, 17:30"
    assert bench.screen.context == "Ayacucho · catálogo, versión 3"
    assert bench.screen.shown == Shown("Les falta algo (19)", "Todas (48)", "")


def test_every_figure_is_the_one_of_the_view_and_of_the_reports(bench: Bench) -> None:
    for provincia in ("", "0504", "0502"):
        bench.filter("provincia", provincia)
        view = bench.region.read(HALF.desde, HALF.hasta, provincia=provincia or None)
        figures, charts = bench.screen.figures, bench.screen.charts
        assert figures is not None
        assert charts is not None
        assert figures.headline == f"{view.aprobadas} de {view.firmantes}"
        told = beside(view)
        assert [(row.words, row.figure) for row in figures.rows] == told[: len(figures.rows)]
        whole = bench.region.read(HALF.desde, HALF.hasta)
        assert {bar.key: bar[2:] for bar in charts.provincias} == {
            item.provincia: (
                item.estricta.aprobadas,
                item.estricta.recibidas - item.estricta.aprobadas,
                item.firmantes,
            )
            for item in whole.provincias
        }
        assert [(bar.key, bar.aprobadas, bar.recibidas) for bar in charts.meses] == [
            (day.isoformat(), found.aprobadas, found.recibidas - found.aprobadas)
            for day, found, _ in view.evolucion
        ]
        lacking = view.firmantes - view.aprobadas
        assert bench.screen.shown.falta == f"Les falta algo ({lacking})"
        assert len(bench.screen.lines) == lacking


@pytest.mark.parametrize(
    ("behind", "count"),
    [
        (Behind.APROBADAS, 29),
        (Behind.RECIBIDAS, 34),
        (Behind.TODAS, 34),
        (Behind.DOS_ACCIONES, 31),
    ],
)
def test_a_figure_leads_to_as_many_municipalities_as_it_says(
    bench: Bench, behind: Behind, count: int
) -> None:
    bench.page.look_behind(behind)
    assert len(bench.screen.lines) == count
    assert bench.screen.shown.note.endswith(f": {count}")
    bench.page.clear()
    assert len(bench.screen.lines) == 19


def test_the_accumulated_figure_leaves_the_period_alone(bench: Bench) -> None:
    period, reads = bench.screen.choices.periodo, bench.region.reads
    bench.page.look_behind(Behind.ACUMULADA)
    assert not bench.tasks.waiting
    assert bench.region.reads == reads
    assert bench.screen.figures is not None
    assert bench.screen.figures.headline == "29 de 48"
    assert bench.screen.figures.rows[-1].figure == "41 de 48"
    assert len(bench.screen.lines) == 41
    assert bench.screen.shown.note == "Acumulado desde el inicio del plan: 41"
    assert bench.screen.choices.periodo == period


def test_without_the_beginning_of_the_plan_nothing_is_accumulated() -> None:
    region = picture()
    assert region.catalogo is not None
    region.catalogo = type(region.catalogo)(
        **{
            **{name: getattr(region.catalogo, name) for name in region.catalogo.__struct_fields__},
            "inicio_plan": None,
        }
    )
    bench = Bench(region).arrive()
    assert bench.screen.figures is not None
    row = bench.screen.figures.rows[-1]
    assert (row.figure, row.leads) == ("—", "")
    bench.page.look_behind(Behind.ACUMULADA)
    assert not bench.tasks.waiting
    assert bench.screen.filters is not None
    assert PLAN not in dict(bench.screen.filters.periodo)


def test_bars_stand_by_how_many_are_approved(bench: Bench) -> None:
    assert bench.screen.charts is not None
    assert [bar.name for bar in bench.screen.charts.provincias] == [
        "Huamanga",
        "Huanta",
        "La Mar",
        "Lucanas",
        "Huanca Sancos",
        "Cangallo",
    ]
    assert bench.screen.charts.provincias[0].figure == "11 de 14"
    assert bench.screen.charts.goal is not None
    assert bench.screen.charts.goal.words == "Meta 70 %"


# periods and filters


def test_the_periods_that_are_offered(bench: Bench) -> None:
    assert bench.screen.filters is not None
    assert [words for _, words in bench.screen.filters.periodo] == [
        "Periodo: jul – dic 2026 (verificación 2)",
        "Periodo: ene – jun 2026 (verificación 1)",
        "Periodo: desde el inicio del plan",
        "Otras fechas…",
    ]
    assert bench.screen.filters.periodo[0][0] == bench.screen.choices.periodo


def test_this_half_of_the_year_is_offered_where_nothing_verifies_it() -> None:
    found = offered((BEFORE,), Days(BEFORE.desde, BEFORE.hasta), NOW.date(), PLAN_DAY, None)
    assert [item.words for item in found] == [
        "Periodo: ene – jun 2026 (verificación 1)",
        "Periodo: este semestre, jul – dic 2026",
        "Periodo: desde el inicio del plan",
    ]
    assert offered((), Days(None, date(2026, 6, 30)), date(2026, 3, 1), None, None)[0].days == Days(
        date(2026, 1, 1), date(2026, 6, 30)
    )


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (Days(date(2026, 7, 1), date(2026, 12, 31)), "jul – dic 2026"),
        (Days(date(2026, 2, 1), date(2026, 2, 28)), "feb 2026"),
        (Days(date(2023, 8, 1), date(2024, 6, 30)), "ago 2023 – jun 2024"),
        (Days(date(2026, 7, 2), date(2026, 12, 31)), "02/07/2026 – 31/12/2026"),
        (Days(date(2026, 7, 1), date(2026, 12, 30)), "01/07/2026 – 30/12/2026"),
        (Days(None, date(2026, 12, 30)), "hasta 30/12/2026"),
    ],
)
def test_a_period_in_words(days: Days, words: str) -> None:
    assert range_words(days) == words


def test_another_period_reads_again(bench: Bench) -> None:
    bench.filter("periodo", f"v1-{BEFORE.desde.isoformat()}")
    assert bench.screen.figures is not None
    assert bench.screen.figures.headline == "0 de 48"
    assert bench.screen.figures.goal == "Meta 50 % · faltan 24"


def test_days_of_ones_own(bench: Bench) -> None:
    bench.filter("periodo", ASK)
    assert bench.screen.dates == Days(HALF.desde, HALF.hasta)
    bench.page.cancel_days()
    assert bench.screen.choices.periodo.startswith("v2")
    bench.page.choose_days(date(2026, 7, 1), date(2026, 8, 31))
    bench.tasks.run()
    assert bench.screen.choices.periodo == OWN
    assert bench.screen.filters is not None
    assert dict(bench.screen.filters.periodo)[OWN] == "Periodo: jul – ago 2026"
    view = bench.region.read(date(2026, 7, 1), date(2026, 8, 31))
    assert bench.screen.figures is not None
    assert bench.screen.figures.headline == f"{view.aprobadas} de 48"


def test_a_month_leads_to_who_had_received_assistance_by_its_end(bench: Bench) -> None:
    assert bench.screen.charts is not None
    month = bench.screen.charts.meses[2]
    period, months = bench.screen.choices.periodo, bench.screen.charts.meses
    bench.page.pick_month(month.key)
    assert len(bench.screen.lines) == month.aprobadas
    assert bench.screen.shown.note.endswith(f" al 30/09/2026: {month.aprobadas}")
    assert (bench.screen.choices.periodo, bench.screen.charts.meses) == (period, months)
    bench.page.filter("periodo", PLAN)
    bench.tasks.run()
    assert bench.screen.choices.lista == FALTA


def test_what_needs_no_reading_does_not_read(bench: Bench) -> None:
    before = bench.region.reads
    bench.page.filter("sesion", "sin_diagnostico")
    bench.page.show(TODAS)
    bench.page.sort(GLColumn.NOMBRE)
    bench.page.chart(LINEA)
    assert not bench.tasks.waiting
    assert bench.region.reads == before


def test_by_session(bench: Bench) -> None:
    bench.page.show(TODAS)
    for value, sesion, has in (
        ("sin_diagnostico", D, False),
        ("sin_seguimiento", S, False),
        ("con_diagnostico", D, True),
        ("con_seguimiento", S, True),
        ("con_especifica", E, True),
    ):
        bench.filter("sesion", value)
        found = {line.ubigeo for line in bench.screen.lines}
        assert found == {
            line.ubigeo
            for line in bench.page._lines
            if (sesion in {item.sesion for item in line.gl.acciones}) is has
        }
        assert found
        assert bench.screen.shown.note.startswith(f"{len(found)} municipalidad")


def test_a_theme_is_read_again_and_has_no_goal_of_its_own(bench: Bench) -> None:
    bench.filter("tema", "agua")
    assert bench.screen.figures is not None
    assert bench.screen.figures.headline == "0 de 48"
    assert "faltan" not in bench.screen.figures.goal
    assert bench.screen.charts is not None
    assert bench.screen.charts.goal is None
    assert bench.screen.excluded[1]


def test_a_bar_filters_and_the_same_again_does_not(bench: Bench) -> None:
    bench.page.pick_province("0504")
    bench.tasks.run()
    assert bench.screen.figures is not None
    assert bench.screen.figures.headline == "8 de 10"
    assert bench.screen.figures.title.startswith("Huanta: ")
    assert bench.screen.charts is not None
    assert len(bench.screen.charts.provincias) == 6
    assert bench.screen.charts.goal_meses is None
    bench.page.pick_province("0504")
    bench.tasks.run()
    assert bench.screen.figures.headline == "29 de 48"


def test_a_province_sees_itself_first(bench: Bench) -> None:
    own = Bench(bench.region, coordinates=False, provincia="0504").arrive()
    assert own.screen.figures is not None
    assert own.screen.figures.headline == "8 de 10"
    own.filter("provincia", "")
    assert own.screen.figures.headline == "29 de 48"
    # Nobody of this one signed: it can still be chosen, and says so.
    other = Bench(bench.region, coordinates=False, provincia="0511").arrive()
    assert other.screen.figures is not None
    assert other.screen.figures.headline == "0 de 0"
    assert other.screen.filters is not None
    assert "0511" in dict(other.screen.filters.provincia)


def test_choices_last_as_long_as_the_window(bench: Bench) -> None:
    bench.filter("provincia", "0504")
    bench.filter("sesion", "sin_diagnostico")
    bench.page.chart(LINEA)
    bench.fresh()
    bench.arrive()
    chosen = bench.screen.choices
    assert (chosen.provincia, chosen.sesion, chosen.grafico) == ("0504", "sin_diagnostico", LINEA)


# the lines


def test_what_needs_most_stands_first(bench: Bench) -> None:
    ranks = [line.need.rank for line in bench.screen.lines]
    assert ranks == sorted(ranks)
    assert bench.screen.lines[0].need.words == "Diagnóstico y seguimiento"
    assert bench.screen.choices.ubigeo == bench.screen.lines[0].ubigeo


def test_by_column_and_back(bench: Bench) -> None:
    bench.page.show(TODAS)
    for column in GLColumn:
        bench.page.sort(column)
        first = [line.words(column) for line in bench.screen.lines]
        bench.page.sort(column)
        assert sorted(first) == sorted(line.words(column) for line in bench.screen.lines)
    bench.page.sort(GLColumn.UBIGEO)
    assert [line.ubigeo for line in bench.screen.lines] == sorted(
        line.ubigeo for line in bench.screen.lines
    )


@pytest.mark.parametrize(
    ("second", "words", "icon"),
    [
        ({}, "Nada, ya cuenta", "bien"),
        ({"revision": None}, "Aprobar 1 ficha", "revision"),
        ({"revision": Veredicto.VISADA}, "Aprobar 1 ficha", "revision"),
        ({"revision": Veredicto.OBSERVADA}, "Corregir 1 ficha", "observada"),
        ({"revision": None, "recibida": False}, "Recibir 1 ficha", "recibida"),
        (
            {"revision": None, "aprobacion": Standing.POR_APROBAR},
            "Aprobar el equipo de 1 ficha",
            "equipo",
        ),
        ({"revision": Veredicto.RECHAZADA}, "Sesión de seguimiento", "aviso"),
    ],
)
def test_what_a_municipality_lacks(second: dict[str, object], words: str, icon: str) -> None:
    region = CoverageRegion()
    region.visit(QUINUA, date(2026, 8, 5), D)
    region.visit(QUINUA, date(2026, 11, 20), S, **second)
    need = need_of(one(region))
    assert (need.words, need.icon) == (words, icon)


def test_two_fichas_in_different_steps() -> None:
    region = CoverageRegion()
    region.visit(QUINUA, date(2026, 8, 5), D, revision=Veredicto.OBSERVADA)
    region.visit(QUINUA, date(2026, 11, 20), S, revision=None)
    assert need_of(one(region)).words == "Corregir 1 ficha y aprobar 1 ficha"
    region = CoverageRegion()
    region.both(QUINUA, date(2026, 11, 20), date(2026, 8, 5))
    gl = one(region)
    assert need_of(gl).words == "Cuenta: seguimiento anterior al diagnóstico"
    assert need_of(gl).tone == "warn"


def test_the_line_of_a_municipality_leads_to_its_fichas(bench: Bench) -> None:
    bench.page.show(TODAS)
    bench.page.open(AYACUCHO)
    words = bench.screen.gl
    assert words is not None
    assert words.lugar == "Ayacucho (Huamanga)"
    assert [item.words for item in words.fichas] == [
        "03/08/2026 · Seguimiento",
        "06/07/2026 · Diagnóstico",
    ]
    assert words.signed == "Firmó el Pacto el 14/06/2023."
    bench.page.open_ficha(words.fichas[0].codigo)
    bench.page.open_agreements(words.ubigeo)
    assert bench.go.routes == [routes.VerFicha(words.fichas[0].codigo), routes.Acuerdos(AYACUCHO)]
    bench.page.open("999999")
    assert bench.screen.gl is words
    assert words.waiting == ""


@pytest.mark.parametrize("coordinates", [True, False])
def test_what_waits_for_a_verdict_leads_to_the_review(coordinates: bool) -> None:  # noqa: FBT001
    bench = Bench(picture(), coordinates=coordinates).arrive()
    line = next(line for line in bench.screen.lines if line.need.words == "Aprobar 1 ficha")
    bench.page.open(line.ubigeo)
    assert bench.screen.gl is not None
    codigo = line.gl.acciones[-1].ficha if coordinates else ""
    assert bench.screen.gl.waiting == codigo
    bench.page.review(codigo)
    assert bench.go.routes == [routes.Revision(codigo)]


def test_someone_comes_for_one_municipality(bench: Bench) -> None:
    bench.filter("provincia", "0504")
    bench.arrive(AYACUCHO)
    assert bench.screen.choices.ubigeo == AYACUCHO
    assert AYACUCHO in [line.ubigeo for line in bench.screen.lines]
    assert bench.screen.timeline is not None
    assert bench.screen.timeline.lugar == "Ayacucho (Huamanga)"
    assert [mark.fecha for mark in bench.screen.timeline.marks] == [
        date(2026, 7, 6),
        date(2026, 8, 3),
    ]


def test_the_time_line_follows_the_chosen_line(bench: Bench) -> None:
    bench.page.show(TODAS)
    bench.page.select("050102")
    assert bench.screen.timeline is not None
    assert bench.screen.timeline.lugar.startswith("Acocro")
    assert bench.screen.timeline.hasta == NOW.date()


def test_where_nothing_lacks_it_says_so() -> None:
    region = CoverageRegion()
    region.both(QUINUA, date(2026, 8, 5), date(2026, 9, 5))
    one(region)
    bench = Bench(region).arrive()
    assert (list(bench.screen.lines), bench.screen.empty) == (
        [],
        "A ninguna le falta nada en este periodo.",
    )
    assert bench.screen.timeline is None
    bench.page.open_selected()
    assert bench.screen.gl is None


# what is left out


def test_what_does_not_count_and_why(bench: Bench) -> None:
    assert bench.screen.excluded == ("26 fichas no cuentan: por qué", True)
    bench.page.open_excluded()
    assert {reason.words: reason.total for reason in bench.screen.reasons} == {
        EXCLUSIONES[Exclusion.RECHAZADA]: 1,
        EXCLUSIONES[Exclusion.ANULADA]: 1,
        EXCLUSIONES[Exclusion.FUERA_DE_PERIODO]: 24,
    }
    assert sum(reason.total for reason in bench.screen.reasons) == 26
    assert bench.screen.what.endswith("Ninguna suma en las cifras de este periodo.")


def test_a_district_that_did_not_sign_is_named_with_its_ficha() -> None:
    region = CoverageRegion()
    region.visit(QUINUA, date(2026, 8, 5), D, distritos=((QUINUA, D), (AYACUCHO, D)))
    region.visit(QUINUA, date(2026, 8, 6), D, nivel=Nivel.PROVINCIAL, recibida=False)
    one(region)
    bench = Bench(region).arrive()
    bench.page.open_excluded()
    told = {reason.words: reason.fichas for reason in bench.screen.reasons}
    assert list(told.values()) == [
        (("05-2026-K7Q2MX-0002", ""),),
        (("05-2026-K7Q2MX-0001", "Ayacucho (Huamanga): cuenta en otro de sus distritos"),),
    ]
    assert bench.screen.excluded[0] == (
        "1 ficha no cuenta y 1 ficha cuenta solo en algunos de sus distritos: por qué"
    )
    assert bench.screen.what == (
        "Siguen en su lista y se abren desde aquí. 1 no suma en este periodo; 1 cuenta en otro "
        "distrito y no en el que se nombra."
    )


def test_of_a_group_visit_that_counts_for_one_nobody_says_that_it_does_not() -> None:
    region = CoverageRegion()
    region.visit(QUINUA, date(2026, 8, 5), D, distritos=((QUINUA, D), (AYACUCHO, D)))
    one(region)
    bench = Bench(region).arrive()
    bench.page.open_excluded()
    words, _ = bench.screen.excluded
    assert words == "1 ficha cuenta solo en algunos de sus distritos: por qué"
    assert "Ninguna" not in bench.screen.what


def test_many_fichas_of_one_reason_are_counted() -> None:
    region = CoverageRegion()
    for _ in range(60):
        region.visit(QUINUA, date(2025, 8, 5), D)
    one(region)
    bench = Bench(region).arrive()
    bench.page.open_excluded()
    assert (bench.screen.reasons[0].total, len(bench.screen.reasons[0].fichas)) == (60, 40)


# nothing yet, refusals, news


@pytest.mark.parametrize("coordinates", [True, False])
def test_without_a_catalogue(coordinates: bool) -> None:  # noqa: FBT001
    bench = Bench(CoverageRegion(), coordinates=coordinates).arrive()
    assert bench.screen.nothing is not None
    assert ("Publíquelo" in bench.screen.nothing[0]) is coordinates
    bench.page.act()
    assert bench.go.routes == [routes.Catalogo() if coordinates else routes.Paquetes()]
    bench.page.export("xlsx")
    bench.page.open_excluded()
    bench.page.look_behind(Behind.APROBADAS)
    bench.page.filter("periodo", ASK)
    assert (bench.screen.where, bench.screen.dates) == (("", ""), None)


def test_without_signatories() -> None:
    region = CoverageRegion(catalogo=catalogo_of([]))
    bench = Bench(region).arrive()
    assert bench.screen.nothing is not None
    assert "firmantes" in bench.screen.nothing[0]
    region.catalogo = catalogo_of([QUINUA])
    bench.page.changed(Changes.of(Kind.FICHA))
    bench.tasks.run()
    assert bench.screen.nothing is None


def test_what_fails_is_told_and_what_is_shown_stays(bench: Bench) -> None:
    bench.broken = UserFacingError("system.no_space", archivo="x")
    bench.page.changed(Changes.of(Kind.RECEPTION))
    bench.tasks.run()
    assert bench.go.told
    assert bench.screen.nothing is None
    other = Bench(picture())
    other.broken = bench.broken
    other.arrive()
    assert other.screen.nothing is not None
    assert other.screen.nothing[1] == ""


def test_only_what_was_sealed_or_received_is_news(bench: Bench) -> None:
    bench.page.changed(Changes.of(Kind.DRAFT))
    assert not bench.tasks.waiting
    bench.region.both("050203", date(2026, 8, 5), date(2026, 9, 5))
    bench.page.changed(Changes.of(Kind.FICHA))
    bench.page.changed(Changes.of(Kind.FICHA))
    bench.tasks.run()
    assert bench.screen.figures is not None
    assert bench.screen.figures.headline == "30 de 48"


# files


@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_what_is_shown_is_what_is_written(bench: Bench, kind: str, tmp_path: Path) -> None:
    bench.screen.target = tmp_path / f"cobertura.{kind}"
    bench.filter("provincia", "0504")
    bench.page.export(kind)
    bench.tasks.run()
    assert bench.screen.where == (f"Cobertura 2026-07-01 a 2026-12-31.{kind}", kind)
    assert [(name, view.provincia, path.name) for name, view, path in bench.written] == [
        (kind, "0504", f"cobertura.{kind}")
    ]
    assert bench.go.told == [f"Se guardó «cobertura.{kind}»."]
    bench.broken = UserFacingError("system.no_space", archivo="x")
    bench.page.export(kind)
    bench.tasks.run()
    assert len(bench.go.told) == 2
    assert len(bench.written) == 1


def test_the_first_list_is_of_what_lacks_something(bench: Bench) -> None:
    assert bench.screen.choices.lista == FALTA
    assert bench.names[0] == "Huac-Huas"


# a visit from here


def test_a_visit_to_the_chosen_municipality_begins_in_one_step(bench: Bench) -> None:
    bench.page.show(TODAS)
    bench.page.select(QUINUA)
    assert bench.screen.visit == Visit("Nueva visita a Quinua (Huamanga)", "")
    bench.page.start_visit()
    bench.page.start_visit()  # pressed twice
    bench.tasks.run()
    assert bench.begun == [QUINUA]
    assert bench.go.routes == [routes.EditarFicha("05-2026-K7Q2MX-0099")]
    assert bench.go.told == []


def test_the_draft_of_today_is_gone_on_with_and_it_is_said(bench: Bench) -> None:
    bench.drafts[QUINUA] = "05-2026-K7Q2MX-0007"
    bench.page.show(TODAS)
    bench.page.select(QUINUA)
    bench.page.start_visit()
    bench.tasks.run()
    assert bench.begun == []
    assert bench.go.routes == [routes.EditarFicha("05-2026-K7Q2MX-0007")]
    assert bench.go.told == ["Quinua (Huamanga) ya tenía un borrador de hoy: siga con él."]


def test_a_visit_that_cannot_be_written_is_told_and_may_be_tried_again(bench: Bench) -> None:
    bench.broken = UserFacingError("storage.full")
    bench.page.start_visit()
    bench.tasks.run()
    assert (bench.go.routes, len(bench.go.told)) == ([], 1)
    bench.broken = None
    bench.page.start_visit()
    bench.tasks.run()
    assert len(bench.begun) == len(bench.go.routes) == 1


def test_nobody_visits_another_province(bench: Bench) -> None:
    made = Bench(picture(), coordinates=False, provincia="0504").arrive()
    made.page.filter("provincia", "")
    made.tasks.run()
    made.page.show(TODAS)
    made.page.select(QUINUA)
    why = "Su perfil registra visitas de la provincia de Huanta."
    assert made.screen.visit == Visit("Nueva visita a Quinua (Huamanga)", why)
    made.page.start_visit()
    made.tasks.run()
    assert (made.begun, made.go.routes, made.go.told) == ([], [], [why])
    made.page.open(QUINUA)
    assert made.screen.gl is not None
    assert not made.screen.gl.visit
    bench.page.open(QUINUA)
    assert bench.screen.gl is not None
    assert bench.screen.gl.visit


def test_without_a_line_there_is_nothing_to_visit(bench: Bench) -> None:
    bench.filter("provincia", "0504")
    bench.filter("sesion", "con_especifica")
    bench.filter("sesion", "sin_diagnostico")
    bench.page.look_behind(Behind.APROBADAS)
    assert bench.screen.lines == []
    assert bench.screen.visit is None
    bench.page.start_visit()
    bench.tasks.run()
    assert bench.begun == []
