"""The choice of a municipality: what is found, what is told, what Enter does; no Qt."""

from collections.abc import Sequence
from datetime import date, datetime

import pytest
from msgspec.structs import replace

from fichaat.application.changes import Changes, Kind
from fichaat.application.ports.rows import AcuerdoRow, Draft, Profile
from fichaat.application.start_visit import Brief, PastVisit, Proposal
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import Sesion
from fichaat.domain.persona import Destinatario, Responsable
from fichaat.domain.rol import Rol
from fichaat.domain.text import fold
from fichaat.gui import routes
from fichaat.gui.pages.visita.presenter import (
    FOUND,
    VisitaPresenter,
    VisitaSources,
    search,
)
from fichaat.gui.pages.visita.words import ListRow, Panel, brief_words
from fichaat.system.territorio_file import load_territorio
from tests.support.fichas import ABANCAY, LIMA, QUINUA, unsigned_ficha
from tests.support.queued_tasks import QueuedTasks, Steps

NOW = datetime(2026, 11, 20, 10, 32, tzinfo=LIMA)
TODAY = NOW.date()
TICLLAS = "050109"
TERRITORIO = load_territorio()
PROFILE = Profile(Rol.ESPECIALISTA, "05", None, "Marleni Ccorahua", "E", "GORE")


def a_proposal(ubigeo: str = QUINUA, **changes: object) -> Proposal:
    proposal = Proposal(
        ubigeo=ubigeo,
        fecha=TODAY,
        historia=(),
        visitas=0,
        falta=(Sesion.DIAGNOSTICO, Sesion.SEGUIMIENTO),
        sesion=Sesion.DIAGNOSTICO,
        responsables=(Responsable("r", "GORE", "Marleni Ccorahua", "E"),),
        destinatarios=(),
        acuerdos=(),
        hoy=None,
        ajena=not ubigeo.startswith("05"),
    )
    return replace(proposal, **changes)


class Screen:
    """Remembers what is shown."""

    def __init__(self) -> None:
        self.context = self.heading = self.none = self.choose_first = self.error = ""
        self.rows: Sequence[ListRow] = ()
        self.index = -1
        self.panel: Panel | None = None

    def show_context(self, text: str) -> None:
        self.context = text

    def show_rows(self, rows: Sequence[ListRow], heading: str) -> None:
        self.rows, self.heading, self.none = rows, heading, ""

    def show_details(self, rows: Sequence[ListRow]) -> None:
        self.rows = rows

    def show_none(self, sentence: str) -> None:
        self.rows, self.none = (), sentence

    def choose(self, index: int) -> None:
        self.index = index

    def show_panel(self, shown: Panel) -> None:
        self.panel = shown

    def show_choose(self, sentence: str) -> None:
        self.panel, self.choose_first = None, sentence

    def show_error(self, sentence: str) -> None:
        self.error = sentence


class FixedClock:
    def now(self) -> datetime:
        return NOW


class Starts:
    """Knows what the test tells it."""

    def __init__(self) -> None:
        self.known: dict[str, Proposal] = {}
        self.recents: list[Brief] = []
        self.begun: list[tuple[str, str | None]] = []
        self.copia = ""
        self.refusal: UserFacingError | None = None

    def propose(self, ubigeo: str, duplicate: str | None = None, copia: str = "") -> Proposal:
        if self.refusal is not None:
            raise self.refusal
        return self.known.get(ubigeo, a_proposal(ubigeo))

    def __call__(
        self, ubigeo: str, duplicate: str | None = None, copia: str = ""
    ) -> tuple[Draft, Changes]:
        if self.refusal is not None:
            raise self.refusal
        self.copia = copia
        self.begun.append((ubigeo, duplicate))
        codigo = f"05-2026-K7Q2MX-{len(self.begun):04d}"
        return Draft("d", unsigned_ficha(codigo=codigo), NOW), Changes.of(Kind.DRAFT)

    def briefs(self, ubigeos: Sequence[str]) -> list[Brief]:
        return [Brief(ubigeo, None, 0, borrador=False) for ubigeo in ubigeos]

    def recent(self, limit: int) -> list[Brief]:
        return self.recents[:limit]


class Scene:
    def __init__(self, profile: Profile = PROFILE) -> None:
        self.screen, self.tasks, self.go, self.starts = Screen(), QueuedTasks(), Steps(), Starts()
        ambito = profile.provincia or profile.region
        self.firmantes: dict[str, date] | None = None
        sources = VisitaSources(
            profile, ambito, TERRITORIO, FixedClock(), self.starts, lambda: self.firmantes
        )
        self.presenter = VisitaPresenter(self.screen, self.tasks, self.go, sources)

    def arrive(self, duplicate: str | None = None, copia: str = "") -> None:
        self.presenter.arrived(duplicate, copia)
        self.tasks.run()

    def type(self, text: str) -> None:
        self.presenter.typed(text)
        self.tasks.run()


@pytest.fixture
def scene() -> Scene:
    made = Scene()
    made.arrive()
    return made


def names(rows: Sequence[ListRow]) -> list[str]:
    return [row.nombre for row in rows]


def test_without_visits_the_empty_box_says_what_to_do(scene: Scene) -> None:
    assert scene.screen.none.startswith("Aún no hay visitas en este equipo.")
    assert scene.screen.choose_first.startswith("Elija una municipalidad")
    scene.presenter.start()
    scene.presenter.moved(1)
    scene.tasks.run()
    assert scene.starts.begun == []


def test_recent_places_are_offered_and_none_is_chosen_before_an_arrow(scene: Scene) -> None:
    scene.starts.recents = [
        Brief(QUINUA, None, 0, borrador=True, dia_borrador=TODAY),
        Brief(TICLLAS, date(2026, 8, 12), 2, borrador=False),
    ]
    scene.arrive()
    assert scene.screen.heading == "Visitadas hace poco"
    assert [row.detalle for row in scene.screen.rows] == [
        "Hoy · borrador por terminar",
        "Última visita: 12/08/2026 · 2 acuerdos abiertos",
    ]
    assert scene.screen.index == -1
    scene.presenter.start()
    assert scene.starts.begun == []
    scene.presenter.moved(1)
    assert scene.screen.index == 0
    scene.presenter.moved(1)
    scene.presenter.moved(1)
    assert scene.screen.index == 1
    scene.presenter.moved(-5)
    assert scene.screen.index == 0


@pytest.mark.parametrize("typed", ["san jose", "SAN JOSÉ", "  san   josé ", "jose san"])
def test_accents_and_case_are_ignored_and_the_own_region_comes_first(
    scene: Scene, typed: str
) -> None:
    scene.type(typed)
    assert names(scene.screen.rows)[:2] == ["San José de Ticllas", "San José de Ushua"]
    assert scene.screen.rows[0].resto == "provincia de Huamanga"
    assert all(not row.ubigeo.startswith("05") for row in scene.screen.rows[2:])
    elsewhere = {row.resto for row in scene.screen.rows if row.nombre == "San José"}
    assert "provincia de Pacasmayo, La Libertad" in elsewhere
    assert scene.screen.index == 0
    assert scene.screen.panel is not None
    assert scene.screen.panel.nombre == "San José de Ticllas"


@pytest.mark.parametrize(
    ("typed", "first"), [("050108", "Quinua"), ("quinua", "Quinua"), ("sancos luc", "Sancos")]
)
def test_a_name_a_code_or_a_province_finds_it(scene: Scene, typed: str, first: str) -> None:
    scene.type(typed)
    assert scene.screen.rows[0].nombre == first


def test_what_matched_is_marked_in_the_name_or_else_in_the_province(scene: Scene) -> None:
    scene.type("huanta")
    for row in scene.screen.rows:
        marks = [row.nombre[a:b] for a, b in row.nombre_spans]
        marks += [row.resto[a:b] for a, b in row.resto_spans]
        assert [fold(mark) for mark in marks] == ["huanta"]


def test_too_many_results_ask_for_more_letters(scene: Scene) -> None:
    scene.type("a")
    assert len(scene.screen.rows) == FOUND
    assert (
        scene.screen.heading == f"Las primeras {FOUND}. Escriba más letras para llegar a la suya."
    )


def test_of_a_whole_page_that_was_pasted_only_the_beginning_is_said_again(scene: Scene) -> None:
    scene.type("x" * 400)
    assert scene.screen.none.startswith(f"No hay resultados para «{'x' * 40}…».")


def test_nothing_found_says_so_and_forgets_the_choice(scene: Scene) -> None:
    scene.type("quinua")
    scene.type("quinoa")
    assert (
        scene.screen.none
        == "No hay resultados para «quinoa». Pruebe con menos letras o con el ubigeo."
    )
    assert scene.screen.panel is None
    scene.presenter.start()
    scene.tasks.run()
    assert scene.starts.begun == []


def test_a_province_sees_its_own_districts_first() -> None:
    found = search(TERRITORIO, "san", "0506", FOUND)
    own = [row.ubigeo.startswith("0506") for row in found]
    region = [row.ubigeo.startswith("05") for row in found]
    assert own == sorted(own, reverse=True)
    assert region == sorted(region, reverse=True)


def test_enter_begins_and_opens_the_ficha_once(scene: Scene) -> None:
    scene.type("quinua")
    scene.presenter.start()
    scene.presenter.start()
    scene.tasks.run()
    assert scene.starts.begun == [(QUINUA, None)]
    assert scene.go.routes == [routes.EditarFicha("05-2026-K7Q2MX-0001")]


def test_enter_that_comes_before_the_answer_is_kept(scene: Scene) -> None:
    scene.presenter.typed("quinua")
    scene.presenter.start()
    assert scene.starts.begun == []
    scene.tasks.run()
    assert scene.starts.begun == [(QUINUA, None)]


def test_enter_is_forgotten_when_something_else_is_typed(scene: Scene) -> None:
    scene.presenter.typed("quinua")
    scene.presenter.start()
    scene.presenter.typed("san jose")
    scene.tasks.run()
    assert scene.starts.begun == []


def test_a_late_answer_about_another_place_is_not_shown(scene: Scene) -> None:
    scene.presenter.typed("quinua")
    scene.presenter.typed("san jose de ticllas")
    scene.tasks.run()
    assert scene.screen.panel is not None
    assert scene.screen.panel.nombre == "San José de Ticllas"


def test_a_draft_of_today_is_gone_on_with_unless_another_is_wanted(scene: Scene) -> None:
    scene.starts.known[QUINUA] = a_proposal(hoy="05-2026-K7Q2MX-0099")
    scene.type("quinua")
    shown = scene.screen.panel
    assert shown is not None
    assert (shown.boton, shown.otra) == ("Continuar borrador", True)
    assert shown.aviso.sentence == "Hoy ya empezó una ficha en Quinua"
    scene.presenter.start()
    scene.tasks.run()
    assert scene.go.routes == [routes.EditarFicha("05-2026-K7Q2MX-0099")]
    assert scene.starts.begun == []
    scene.presenter.start_another()
    scene.tasks.run()
    assert scene.starts.begun == [(QUINUA, None)]


def test_another_region_cannot_be_begun_and_says_why(scene: Scene) -> None:
    scene.type(ABANCAY)
    shown = scene.screen.panel
    assert shown is not None
    assert not shown.puede
    assert shown.aviso.sentence == "Abancay está fuera de su ámbito"
    assert "Ayacucho" in shown.aviso.what
    scene.presenter.start()
    scene.presenter.start_another()
    scene.tasks.run()
    assert scene.starts.begun == []


def test_a_provincial_profile_names_its_province() -> None:
    scene = Scene(Profile(Rol.PROVINCIAL, "05", "0504", "Ana", "G", "Municipalidad"))
    scene.starts.known[QUINUA] = a_proposal(ajena=True)
    scene.arrive()
    scene.type("quinua")
    assert scene.screen.panel is not None
    assert "provincia de Huanta" in scene.screen.panel.aviso.what


def test_a_copy_says_of_what_and_takes_it_along(scene: Scene) -> None:
    scene.arrive("05-2026-K7Q2MX-0007", "b" * 64)
    assert "05-2026-K7Q2MX-0007" in scene.screen.context
    scene.type("quinua")
    assert scene.screen.panel is not None
    assert scene.screen.panel.empieza[-1] == (
        "Contenido",
        "El de la ficha 05-2026-K7Q2MX-0007, sin firmas",
    )
    scene.presenter.start()
    scene.tasks.run()
    assert scene.starts.begun == [(QUINUA, "05-2026-K7Q2MX-0007")]
    assert scene.starts.copia == "b" * 64


def test_a_full_disk_is_said_in_place_and_may_be_tried_again(scene: Scene) -> None:
    scene.type("quinua")
    scene.starts.refusal = UserFacingError("storage.no_space")
    scene.presenter.start()
    scene.tasks.run()
    assert "espacio" in scene.screen.error
    scene.starts.refusal = None
    scene.presenter.start()
    scene.tasks.run()
    assert len(scene.starts.begun) == 1


def test_esc_goes_back(scene: Scene) -> None:
    scene.presenter.cancel()
    assert scene.go.backs == 1


def test_what_is_written_elsewhere_is_looked_up_again(scene: Scene) -> None:
    scene.type("quinua")
    scene.starts.known[QUINUA] = a_proposal(hoy="05-2026-K7Q2MX-0099")
    scene.presenter.refresh()
    scene.tasks.run()
    assert scene.screen.panel is not None
    assert scene.screen.panel.otra
    scene.type("")
    scene.starts.recents = [Brief(QUINUA, None, 0, borrador=False)]
    scene.presenter.refresh()
    scene.tasks.run()
    assert names(scene.screen.rows) == ["Quinua"]


def test_the_panel_tells_history_agreements_and_what_the_ficha_begins_with(scene: Scene) -> None:
    def acuerdo(text: str, plazo: str) -> AcuerdoRow:
        return AcuerdoRow(text, "f", text, "Ana", plazo, "pendiente", False, (QUINUA,))

    scene.starts.known[QUINUA] = a_proposal(
        historia=(
            PastVisit("c", date(2026, 8, 12), Sesion.DIAGNOSTICO, "sellada"),
            PastVisit("c", date(2026, 4, 3), Sesion.ESPECIFICA, "sellada"),
            PastVisit("c", None, None, "anulada"),
        ),
        visitas=5,
        falta=(Sesion.SEGUIMIENTO,),
        sesion=Sesion.SEGUIMIENTO,
        destinatarios=(Destinatario("d", QUINUA, "M", "Ana", "G"),),
        acuerdos=(
            acuerdo("Padrón nominal homologado", "2026-10-30"),
            acuerdo("Plan de visitas.", "2026-11-20"),
            acuerdo("Sin día", ""),
            acuerdo("Largo " * 60, "2026-11-27"),
        ),
    )
    scene.type("quinua")
    shown = scene.screen.panel
    assert shown is not None
    assert shown.aviso.sentence == "Le falta la sesión de seguimiento"
    assert [line.text for line in shown.historia] == [
        "12/08/2026 · Diagnóstico · sellada",
        "03/04/2026 · Sesión específica · sellada",
        "Sin fecha · Sesión sin indicar · anulada",
        "y 2 visitas más",
    ]
    first, second, third, fourth = (line.text for line in shown.acuerdos)
    assert first == "Padrón nominal homologado. Venció el 30/10/2026"
    assert second == "Plan de visitas. Vence hoy"
    assert third == "Sin día. Sin plazo"
    assert fourth.endswith("… Vence el 27/11/2026")
    assert dict(shown.empieza) == {
        "Fecha": "Hoy, viernes 20/11/2026",
        "Sesión": "Seguimiento (propuesta; puede cambiarla)",
        "Responsable": "Marleni Ccorahua",
        "Destinatarios": "1 persona de la última visita, para confirmar",
        "Seguimiento": "4 acuerdos abiertos ya listados",
    }


@pytest.mark.parametrize(
    ("falta", "said"),
    [
        ((Sesion.DIAGNOSTICO, Sesion.SEGUIMIENTO), "Le faltan el diagnóstico y el seguimiento"),
        ((Sesion.DIAGNOSTICO,), "Le falta la sesión de diagnóstico"),
        ((), "Ya tiene diagnóstico y seguimiento"),
    ],
)
def test_what_a_municipality_lacks(scene: Scene, falta: tuple[Sesion, ...], said: str) -> None:
    scene.starts.known[QUINUA] = a_proposal(falta=falta)
    scene.type("quinua")
    assert scene.screen.panel is not None
    assert scene.screen.panel.aviso.sentence == said


@pytest.mark.parametrize(
    ("brief", "said"),
    [
        (Brief(QUINUA, None, 0, borrador=False), "Sin visitas registradas en este equipo"),
        (
            Brief(QUINUA, date(2026, 8, 12), 0, borrador=False),
            "Última visita: 12/08/2026 · sin acuerdos abiertos",
        ),
        (
            Brief(QUINUA, None, 0, borrador=True, dia_borrador=date(2026, 11, 18)),
            "18/11/2026 · borrador por terminar",
        ),
        (Brief(QUINUA, None, 0, borrador=True), "Borrador por terminar"),
    ],
)
def test_one_line_about_a_municipality(brief: Brief, said: str) -> None:
    assert brief_words(brief, TODAY) == said


# the Pacto


def pacts(scene: Scene) -> dict[str, str]:
    return {row.ubigeo: row.pacto.texto for row in scene.screen.rows if row.pacto is not None}


def test_nothing_is_said_of_the_pacto_while_no_signatory_is_known(scene: Scene) -> None:
    scene.type("quinua")
    assert pacts(scene) == {}
    assert scene.screen.panel is not None
    assert scene.screen.panel.pacto is None


def test_each_municipality_of_the_region_says_whether_it_signed(scene: Scene) -> None:
    scene.firmantes = {QUINUA: date(2023, 6, 14)}
    scene.type("quinua")
    scene.presenter.refresh()
    scene.tasks.run()
    assert pacts(scene)[QUINUA] == "Firmó el Pacto"
    assert scene.screen.panel is not None
    assert scene.screen.panel.pacto is not None
    assert scene.screen.panel.pacto.largo == "Firmó el Pacto el 14/06/2023"
    assert "Firmó el Pacto" in scene.screen.rows[0].spoken
    scene.type("san jose")
    assert pacts(scene)[TICLLAS] == "No firmó el Pacto"
    assert all(ubigeo.startswith("05") for ubigeo in pacts(scene))


def test_a_visit_that_will_not_count_is_told_before_it_begins(scene: Scene) -> None:
    scene.firmantes = {QUINUA: date(2023, 6, 14)}
    scene.arrive()
    scene.type("san jose de ticllas")
    panel = scene.screen.panel
    assert panel is not None
    assert panel.aviso.tone == "warn"
    assert panel.aviso.sentence == "San José de Ticllas no firmó el Pacto"
    assert panel.pacto is None  # said once
    assert panel.puede
    scene.presenter.start()
    scene.tasks.run()
    assert scene.starts.begun == [(TICLLAS, None)]


def test_another_region_has_a_catalogue_of_its_own(scene: Scene) -> None:
    scene.firmantes = {QUINUA: date(2023, 6, 14)}
    scene.arrive()
    scene.type(ABANCAY)
    assert pacts(scene) == {}
