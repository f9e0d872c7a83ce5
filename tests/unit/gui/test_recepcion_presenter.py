"""What Recepción says of everything that waits, and what its buttons do; no Qt."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from fichaat.application.answers import Answer, Waiting
from fichaat.application.changes import Changes, Kind
from fichaat.application.find_case import Case
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.party import Party
from fichaat.application.ports.rows import ApartRow, News, Profile
from fichaat.application.reception import (
    Apart,
    Conflict,
    Copy,
    Delivered,
    Fork,
    Missing,
    Reception,
    Twice,
)
from fichaat.application.region.approve_devices import Approval, Terms
from fichaat.application.region.devices import Aprobacion, DeviceRow
from fichaat.application.region.requests import Asked
from fichaat.domain.chains import Gap
from fichaat.domain.errors import UserFacingError
from fichaat.domain.paquete import Solicitud
from fichaat.domain.recepcion import Resultado
from fichaat.domain.revision import Veredicto
from fichaat.domain.rol import Rol
from fichaat.domain.territorio import Territorio
from fichaat.gui import routes
from fichaat.gui.key_file import KeyFile
from fichaat.gui.pages.recepcion import words
from fichaat.gui.pages.recepcion.approving import Decision, Question
from fichaat.gui.pages.recepcion.presenter import RecepcionPresenter, RecepcionSources
from tests.support.fichas import DISTRITOS, LIMA, QUINUA
from tests.support.queued_tasks import QueuedTasks, Steps

NOW = datetime(2026, 11, 20, 10, 32, tzinfo=LIMA)
TERRITORIO = Territorio(DISTRITOS.values())
AGE = "age1" + "q" * 58
WORDS = ("uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho")
D1, D2 = "1" * 64, "2" * 64
ROSA = Party(D1, "Rosa Huamaní", "GORE Ayacucho")
STRANGER = Party(D2)
CHAIN = "01900000-0000-7000-8000-000000000001"
ASKED = Solicitud("Teófilo Ñaupari", "Responsable", "Provincia", Rol.PROVINCIAL, "0501", AGE)
DEVICE = DeviceRow(D2, WORDS, Aprobacion.POR_APROBAR, None, ASKED, None, (), 3, own=False)
KEY = KeyFile(Path("region.llave"), "frase")

NOTHING = Reception(
    now=NOW,
    raiz=True,
    aprueba=True,
    por_aprobar=(),
    cuarentena=(),
    cuarentena_total=0,
    conflictos=(),
    conflictos_total=0,
    bifurcaciones=(),
    bifurcaciones_total=0,
    huecos=(),
    huecos_total=0,
    omitidos=0,
    duplicados=(),
    entregas=(),
    entregas_total=0,
    por_responder=(),
)


def a_copy(sha: str, who: Party = ROSA) -> Copy:
    day, hours = "2026-11-05", "09:00 – 11:30"
    return Copy(sha * 64, "ficha", 1, who, "05-2026-A-0001", (QUINUA,), day, hours, "Rosa", NOW)


class Screen:
    """Remembers what is shown and asked."""

    def __init__(self) -> None:
        self.today = ""
        self.no_region = self.approves = self.fine = self.closed = False
        self.devices: Sequence[words.DeviceWords] = ()
        self.apart: tuple[Sequence[words.ApartWords], int] = ((), 0)
        self.clashes: tuple[Sequence[words.ClashWords], int] = ((), 0)
        self.aside = self.twice_aside = words.AsideWords(0, shown=False)
        self.gaps: tuple[Sequence[words.GapsWords], Sequence[str]] = ((), ())
        self.twice: Sequence[words.ClashWords] = ()
        self.answers: Sequence[words.LineWords] = ()
        self.received: tuple[Sequence[words.LineWords], int] = ((), 0)
        self.question: Question | None = None
        self.error = self.copied = ""
        self.started: list[Path] = []

    def show_today(self, sentence: str) -> None:
        self.today = sentence

    def show_no_region(self, *, missing: bool) -> None:
        self.no_region = missing

    def show_devices(self, rows: Sequence[words.DeviceWords], *, approves: bool) -> None:
        self.devices, self.approves = rows, approves

    def show_apart(self, rows: Sequence[words.ApartWords], more: int) -> None:
        self.apart = rows, more

    def show_clashes(
        self, rows: Sequence[words.ClashWords], more: int, aside: words.AsideWords
    ) -> None:
        self.clashes, self.aside = (rows, more), aside

    def show_gaps(self, rows: Sequence[words.GapsWords], notes: Sequence[str]) -> None:
        self.gaps = rows, notes

    def show_twice(self, rows: Sequence[words.ClashWords], aside: words.AsideWords) -> None:
        self.twice, self.twice_aside = rows, aside

    def show_fine(self, *, fine: bool) -> None:
        self.fine = fine

    def show_answers(self, rows: Sequence[words.LineWords]) -> None:
        self.answers = rows

    def show_received(self, rows: Sequence[words.LineWords], more: int) -> None:
        self.received = rows, more

    def ask_bundles(self, start: Path) -> None:
        self.started.append(start)

    def ask_bundle_folder(self, start: Path) -> None:
        self.started.append(start)

    def ask_answer_folder(self, start: Path, on_chosen: Callable[[Path], object]) -> None:
        self.started.append(start)
        on_chosen(Path("/usb/respuestas"))

    def ask_approval(self, question: Question) -> None:
        self.question = question

    def show_approval_error(self, sentence: str) -> None:
        self.error = sentence

    def close_approval(self) -> None:
        self.closed = True

    def ask(self, title: str, sentence: str, verb: str, on_yes: Callable[[], object]) -> None:
        del title, sentence, verb
        on_yes()

    def copy(self, text: str) -> None:
        self.copied = text


class FixedClock:
    def now(self) -> datetime:
        return NOW


class Scene:
    """A presenter over what a test says is here."""

    def __init__(self, found: Reception = NOTHING) -> None:
        self.found = found
        self.screen, self.tasks, self.steps = Screen(), QueuedTasks(), Steps()
        self.terms: list[Terms] = []
        self.answered: list[Sequence[str] | None] = []
        self.reviews: list[tuple[str, Veredicto, str]] = []
        self.refusal: UserFacingError | None = None
        self.marks: list[tuple[str, Case]] = []
        self.presenter = RecepcionPresenter(
            self.screen,
            self.tasks,
            self.steps,
            RecepcionSources(
                Profile(Rol.COORDINADOR, "05", None, "Gladis", "Coordinadora", "GORE"),
                TERRITORIO,
                FixedClock(),
                lambda: self.found,
                lambda: {D2: Asked(D2, b"pem", ASKED)},
                self._approve,
                self._review,
                self._answer,
                lambda chosen: [*chosen, Path("otro.fichaat")],
                lambda: Path("/usb"),
                lambda case: self._mark("aside", case),
                lambda case: self._mark("back", case),
            ),
        )
        self.presenter.arrived()
        self.tasks.run()

    def _approve(self, key: KeyFile, asked: Asked, terms: Terms) -> tuple[list[Approval], Changes]:
        del key, asked
        if self.refusal is not None:
            raise self.refusal
        self.terms.append(terms)
        return [], Changes.of(Kind.DEVICE)

    def _mark(self, what: str, case: Case) -> tuple[object, Changes]:
        self.marks.append((what, case))
        return None, Changes()

    def _review(self, codigo: str, veredicto: Veredicto, *, sha256: str) -> tuple[object, Changes]:
        self.reviews.append((codigo, veredicto, sha256))
        return None, Changes()

    def _answer(
        self,
        folder: Path,
        devices: Sequence[str] | None,
        progress: Progress,
        cancel: CancelToken,
    ) -> tuple[list[Answer], Changes]:
        del folder, progress, cancel
        self.answered.append(devices)
        return [Answer(ROSA, ()), Answer(ROSA, ())], Changes()


def test_nothing_waits() -> None:
    screen = Scene().screen
    assert screen.today == "Hoy no se ha recibido ningún paquete"
    assert (screen.fine, screen.no_region) == (True, False)
    assert screen.gaps == ([], ())


def test_a_device_tells_what_it_asks_and_its_words() -> None:
    scene = Scene(replace(NOTHING, por_aprobar=(DEVICE,)))
    (row,) = scene.screen.devices
    assert row.nombre == "Teófilo Ñaupari"
    assert row.detalle == "Pide aprobación: Gobierno provincial, Huamanga · Provincia"
    assert row.registros == "Hay 3 registros de este equipo aquí"
    assert (row.palabras, row.asked) == (WORDS, True)
    silent = Scene(replace(NOTHING, por_aprobar=(replace(DEVICE, solicitud=None),)))
    (row,) = silent.screen.devices
    assert (row.nombre, row.asked) == ("Equipo 22222222", False)


@pytest.mark.parametrize(("raiz", "aprueba"), [(True, False), (False, True)])
def test_only_a_coordinator_with_a_region_approves_and_chooses(
    raiz: bool,  # noqa: FBT001
    aprueba: bool,  # noqa: FBT001
) -> None:
    clash = Conflict("05-2026-A-0001", (a_copy("a"), a_copy("b")), por_aprobar=False)
    found = replace(NOTHING, raiz=raiz, aprueba=aprueba, conflictos=(clash,), conflictos_total=1)
    screen = Scene(found).screen
    assert not screen.approves
    assert screen.no_region is not raiz
    (row,) = screen.clashes[0]
    assert not row.choosable
    assert row.que_hacer == "Ninguna cuenta hasta que la región elija una."


def test_approving_asks_first_and_takes_what_was_decided() -> None:
    scene = Scene(replace(NOTHING, por_aprobar=(DEVICE,)))
    scene.presenter.approve(D2)
    scene.tasks.run()
    question = scene.screen.question
    assert question is not None
    assert (question.palabras, question.rol, question.provincia) == (WORDS, "provincial", "0501")
    scene.presenter.decided(Decision(D2, "especialista", "0501", 2, KEY))
    scene.presenter.decided(Decision(D2, "especialista", "0501", 2, KEY))  # pressed twice
    scene.tasks.run()
    (terms,) = scene.terms
    assert (terms.rol, terms.ambito) == (Rol.ESPECIALISTA, "05")
    assert terms.hasta == NOW.replace(year=2028)
    assert scene.screen.closed


def test_a_refused_approval_leaves_the_question_open() -> None:
    scene = Scene(replace(NOTHING, por_aprobar=(DEVICE,)))
    scene.refusal = UserFacingError("region.wrong_passphrase")
    scene.presenter.decided(Decision(D2, "provincial", "0501", 3, KEY))
    scene.tasks.run()
    assert scene.screen.error == "La frase de la llave de la región no es correcta."
    assert not scene.screen.closed
    scene.refusal = None
    scene.presenter.decided(Decision(D2, "provincial", "0501", 3, KEY))
    scene.tasks.run()
    assert scene.terms[0].ambito == "0501"


@pytest.mark.parametrize(
    "motivo",
    [
        "por_aprobar",
        "fuera_de_ambito",
        "fuera_de_vigencia",
        "revocado",
        "sin_derecho",
        "otra_linea",
    ],
)
def test_every_reason_of_quarantine_says_what_to_do(motivo: str) -> None:
    row = ApartRow("id", "", (QUINUA,), "2026-11-05", "evidencia", 1, D2, "a" * 64, motivo)
    found = replace(NOTHING, cuarentena=(Apart(row, STRANGER),), cuarentena_total=4)
    screen = Scene(found).screen
    (told,), more = screen.apart
    assert more == 3
    assert told.titulo == "Ficha que aún no llegó"
    assert told.detalle.startswith("Evidencia · Quinua (Huamanga) · Equipo 22222222")
    assert told.motivo
    assert told.que_hacer.endswith(".")
    assert not screen.fine


@pytest.mark.parametrize("motivo", ["por_aprobar", "fuera_de_ambito", "sin_derecho"])
def test_a_province_is_not_told_to_do_what_only_the_region_can(motivo: str) -> None:
    row = ApartRow("id", "", (QUINUA,), "2026-11-05", "evidencia", 1, D2, "a" * 64, motivo)
    found = replace(NOTHING, aprueba=False, cuarentena=(Apart(row, STRANGER),), cuarentena_total=1)
    (told,), _ = Scene(found).screen.apart
    assert told.que_hacer == "Lo decide la coordinación de la región. Avísele."


def test_both_sides_of_a_conflict_and_of_a_fork_stand_beside_each_other() -> None:
    sides = (a_copy("a"), a_copy("b"))
    clash = Conflict("05-2026-A-0001", sides, por_aprobar=False)
    fork = Fork(ROSA, CHAIN, 14, sides)
    found = replace(
        NOTHING,
        conflictos=(clash,),
        conflictos_total=1,
        bifurcaciones=(fork,),
        bifurcaciones_total=1,
    )
    scene = Scene(found)
    first, second = scene.screen.clashes[0]
    assert (first.choosable, second.choosable) == (True, False)
    assert second.titulo == "Rosa Huamaní: dos registros distintos con el número 14"
    assert first.lados[0].lineas == (
        "05-2026-A-0001",
        "Quinua (Huamanga)",
        "Versión 1 · 05/11/2026 09:00 – 11:30",
        "Rosa",
        "Sellada el 20/11/2026, según su equipo",
        "Equipo 11111111",
        "Huella aaaa aaaa aaaa aaaa",
    )
    scene.presenter.choose(first.lados[1])
    scene.tasks.run()
    assert scene.reviews == [("05-2026-A-0001", Veredicto.ELEGIDA, "b" * 64)]


def test_each_copy_opens_itself() -> None:
    clash = Conflict("05-2026-A-0001", (a_copy("a"), a_copy("b")), por_aprobar=False)
    scene = Scene(replace(NOTHING, conflictos=(clash,), conflictos_total=1))
    (row,) = scene.screen.clashes[0]
    for side in row.lados:
        scene.presenter.see_copy(side)
    code = "05-2026-A-0001"
    assert scene.steps.routes == [routes.VerFicha(code, c * 64) for c in "ab"]
    for motivo, copia in (("otra_linea", "a" * 64), ("revocado", "")):
        apart = ApartRow("id", code, (QUINUA,), "2026-11-05", "ficha", 1, D2, "a" * 64, motivo)
        told = words.apart_row(Apart(apart, STRANGER), TERRITORIO, coordinates=True)
        assert (told.codigo, told.copia) == (code, copia)


def test_a_fork_that_was_looked_at_is_put_aside_and_stays_within_reach() -> None:
    sides = (a_copy("a"), a_copy("b"))
    fork, seen = Fork(ROSA, CHAIN, 14, sides), Fork(ROSA, CHAIN, 9, sides, NOW)
    found = replace(NOTHING, bifurcaciones=(fork,), bifurcaciones_total=1, dejadas=(seen,))
    scene = Scene(found)
    rows, more = scene.screen.clashes
    assert ([row.case for row in rows], more, scene.screen.aside) == ([fork], 0, (1, False))
    scene.presenter.beside.set_aside(rows[0])
    scene.tasks.run()
    assert scene.marks == [("aside", fork)]
    assert scene.steps.told[-1].startswith("Quedó de lado.")
    scene.presenter.beside.toggle_clashes()
    rows, more = scene.screen.clashes
    assert ([row.case for row in rows], more, scene.screen.aside) == ([fork, seen], 0, (1, True))
    assert rows[1].que_hacer.startswith("Usted lo dejó de lado el 20/11/2026.")
    scene.presenter.beside.set_aside(rows[1])
    scene.tasks.run()
    assert scene.marks[-1] == ("back", seen)
    scene.presenter.beside.toggle_clashes()
    assert len(scene.screen.clashes[0]) == 1
    assert Scene(replace(NOTHING, dejadas=(seen,))).screen.fine


def test_two_visits_that_looked_like_one_leave_the_list_and_its_count() -> None:
    waiting = Twice((a_copy("a"), a_copy("b")))
    seen = Twice((a_copy("a"), a_copy("c")), NOW)
    scene = Scene(replace(NOTHING, duplicados=(waiting,), duplicados_vistos=(seen,)))
    (row,) = scene.screen.twice
    assert (row.case, scene.screen.twice_aside) == (waiting, (1, False))
    assert row.que_hacer.endswith("Si son dos visitas, déjelas de lado.")
    scene.presenter.beside.set_aside(row)
    scene.tasks.run()
    assert scene.marks == [("aside", waiting)]
    assert scene.steps.told[-1].startswith("Quedaron de lado, como dos visitas.")
    scene.presenter.beside.toggle_twice()
    assert scene.screen.clashes == ([], 0)
    row, aside = scene.screen.twice
    assert (row.case, aside.case, scene.screen.twice_aside) == (waiting, seen, (1, True))
    assert aside.titulo == "Dos visitas parecidas: Quinua (Huamanga)"
    assert aside.que_hacer.startswith("Usted las dejó de lado el 20/11/2026")
    scene.presenter.beside.set_aside(aside)
    scene.tasks.run()
    assert scene.marks[-1] == ("back", seen)
    assert scene.steps.told[-1] == "Volvieron a la lista."
    assert not scene.screen.fine
    assert Scene(replace(NOTHING, duplicados_vistos=(seen,))).screen.fine


def test_gaps_are_told_by_device_with_a_text_to_send() -> None:
    gaps = (Gap(CHAIN, 14, 16), Gap(CHAIN, 20, 20))
    missing = tuple(Missing(ROSA, gap) for gap in gaps)
    found = replace(NOTHING, huecos=missing, huecos_total=5, omitidos=1)
    scene = Scene(found)
    (row,), notes = scene.screen.gaps
    assert row.titulo == "Faltan los registros 14 a 16 y 20 de Rosa Huamaní"
    assert notes == ["y 3 más", "Otro hueco quedó fuera a propósito"]
    scene.presenter.request(row)
    assert scene.screen.copied.startswith("Del equipo 11111111 (Rosa Huamaní) faltan aquí")


def test_senders_are_answered_one_or_all() -> None:
    waiting = (
        Waiting(ROSA, 2, News(14, 12), respondido=False),
        Waiting(ROSA, 0, News(3, 0), respondido=False),
        Waiting(ROSA, 0, News(1, 1, ("c" * 64,)), respondido=True, catalogo=2),
        Waiting(ROSA, 1, News(10, 6, ("c" * 64,), 2, 1), respondido=True, catalogo=3),
        Waiting(ROSA, 0, News(4, 1), respondido=True),
    )
    scene = Scene(replace(NOTHING, por_responder=waiting))
    assert [row.detalle for row in scene.screen.answers] == [
        "12 novedades · 2 paquetes recibidos",
        "3 novedades · recién aprobado",
        "Catálogo, versión 2",
        "Catálogo, versión 3 · 1 equipo revocado · 3 novedades · 1 paquete recibido",
        "1 novedad",
    ]
    scene.presenter.answer(D1)
    scene.presenter.answer()
    scene.tasks.run()
    assert scene.answered == [[D1], None]
    assert scene.steps.told[-1].startswith("Quedaron 2 respuestas en «respuestas».")


def test_what_arrived_is_counted_today_and_names_only_whom_the_region_knows() -> None:
    entregas = (
        Delivered("a" * 64, NOW, STRANGER, "Alguien", {Resultado.NEW: 2}),
        Delivered("b" * 64, NOW - timedelta(days=1), ROSA, "Otra", {Resultado.QUARANTINED: 1}),
    )
    screen = Scene(replace(NOTHING, entregas=entregas, entregas_total=12)).screen
    assert screen.today == "Hoy se recibió 1 paquete"
    rows, more = screen.received
    assert [row.titulo for row in rows] == ["Alguien (sin verificar)", "Rosa Huamaní"]
    assert rows[1].detalle == "19/11/2026, 10:32 · 1 registro · 1 aparte"
    assert more == 10


def test_files_and_folders_lead_to_one_preview() -> None:
    scene = Scene()
    scene.presenter.choose_folder()
    scene.tasks.run()
    assert scene.screen.started == [Path("/usb")]
    scene.presenter.receive([Path("/usb")])
    scene.presenter.receive([])
    scene.tasks.run()
    wanted = routes.ImportarPaquetes((Path("/usb"), Path("otro.fichaat")))
    assert scene.steps.routes == [wanted]
