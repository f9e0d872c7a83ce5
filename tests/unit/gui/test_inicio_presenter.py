"""What Inicio says in every state, and where its buttons lead; no Qt."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from fichaat.application.changes import Changes, Kind
from fichaat.application.inicio import COUNTED, AcuerdoLine, DraftLine, Panorama, Readiness
from fichaat.application.jobs import Progress
from fichaat.application.ports.rows import AcuerdoRow as StoredAcuerdo
from fichaat.application.ports.rows import Draft, Profile, Undelivered
from fichaat.domain.errors import UserFacingError
from fichaat.domain.record import Supersedes
from fichaat.domain.rol import Rol
from fichaat.domain.territorio import Territorio
from fichaat.gui import routes
from fichaat.gui.draft_words import saved_words, visit_words, whole_place
from fichaat.gui.pages.inicio import words
from fichaat.gui.pages.inicio.presenter import (
    AcuerdoRow,
    DraftRow,
    InicioPresenter,
    InicioSources,
)
from tests.support.fichas import AYACUCHO, DISTRITOS, HUANTA, LIMA, QUINUA, unsigned_ficha
from tests.support.queued_tasks import QueuedTasks, Steps

NOW = datetime(2026, 11, 20, 10, 32, tzinfo=LIMA)
TODAY = NOW.date()
TERRITORIO = Territorio(DISTRITOS.values())


def a_draft(moment: datetime = NOW, **changes: object) -> Draft:
    return Draft("id", unsigned_ficha(**changes), moment)


def an_acuerdo(plazo: date, *distritos: str) -> AcuerdoLine:
    row = StoredAcuerdo(
        "a",
        "f",
        "Comprar  cloro",
        "Rosmery Taipe",
        plazo.isoformat(),
        "pendiente",
        False,
        distritos or (QUINUA,),
    )
    return AcuerdoLine(row, "05-2026-K7Q2MX-0007", plazo)


EMPTY = Panorama(
    now=NOW,
    drafts=(),
    draft_count=0,
    vencidos=(),
    vencidos_count=0,
    esta_semana=(),
    esta_semana_count=0,
    abiertos=0,
    entrega=Undelivered(0, 0, None),
    selladas_desde=0,
)


class Screen:
    """Remembers what is shown."""

    def __init__(self) -> None:
        self.title = self.context = self.open = ""
        self.drafts: Sequence[DraftRow] = ()
        self.draft_total = 0
        self.no_drafts = self.no_acuerdos = ""
        self.acuerdos: Sequence[AcuerdoRow] = ()
        self.notes: Sequence[str] = ()
        self.delivery: tuple[str, ...] = ()
        self.backup = ("", False)
        self.backup_error = ""
        self.foot = ("", "")

    def greet(self, title: str, context: str) -> None:
        self.title, self.context = title, context

    def show_drafts(self, rows: Sequence[DraftRow], total: int) -> None:
        self.drafts, self.draft_total = rows, total

    def show_no_drafts(self, sentence: str) -> None:
        self.no_drafts = sentence

    def show_acuerdos(self, rows: Sequence[AcuerdoRow], notes: Sequence[str]) -> None:
        self.acuerdos, self.notes = rows, notes

    def show_no_acuerdos(self, sentence: str) -> None:
        self.no_acuerdos = sentence

    def show_open(self, text: str) -> None:
        self.open = text

    def show_delivery(self, figure: str, what: str, hint: str) -> None:
        self.delivery = (figure, what, hint)

    def show_delivered(self, sentence: str, *, done: bool) -> None:
        self.delivery = (sentence, str(done))

    def show_backup(self, sentence: str, *, late: bool) -> None:
        self.backup = (sentence, late)
        self.backup_error = ""

    def show_backup_error(self, sentence: str) -> None:
        self.backup_error = sentence

    def show_foot(self, saved: str, backup: str) -> None:
        self.foot = (saved, backup)


class FixedClock:
    def now(self) -> datetime:
        return NOW


class Scene:
    """A presenter over a program that answers what the test wants."""

    def __init__(self, panorama: Panorama = EMPTY, last: datetime | None = None) -> None:
        self.screen, self.tasks, self.go = Screen(), QueuedTasks(), Steps()
        self.panorama, self.last = panorama, last
        self.asked: list[datetime | None] = []
        self.refusal: UserFacingError | None = None
        self.backups = 0
        profile = Profile(Rol.ESPECIALISTA, "05", None, "Marleni Ccorahua", "E", "GORE")
        sources = InicioSources(
            profile, TERRITORIO, FixedClock(), self._read, self._last, self._back_up
        )
        self.presenter = InicioPresenter(self.screen, self.tasks, self.go, sources)

    def shown(self) -> Screen:
        self.presenter.arrived()
        self.tasks.run()
        return self.screen

    def _read(self, last: datetime | None) -> Panorama:
        self.asked.append(last)
        return self.panorama

    def _last(self) -> datetime | None:
        if self.refusal is not None:
            raise self.refusal
        return self.last

    def _back_up(self, progress: Progress) -> Path:
        if self.refusal is not None:
            raise self.refusal
        self.backups += 1
        self.last = NOW
        return Path("fichaat.db")


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        (5, "Buenos días, Marleni"),
        (11, "Buenos días, Marleni"),
        (12, "Buenas tardes, Marleni"),
        (18, "Buenas tardes, Marleni"),
        (19, "Buenas noches, Marleni"),
        (2, "Buenas noches, Marleni"),
    ],
)
def test_the_greeting_follows_the_clock(hour: int, said: str) -> None:
    assert words.greeting(NOW.replace(hour=hour), "Marleni Ccorahua Tineo") == said


def test_a_first_day_says_what_to_do_everywhere() -> None:
    screen = Scene().shown()
    assert screen.title == "Buenos días, Marleni"
    assert screen.context == "Viernes 20 de noviembre de 2026"
    assert screen.no_drafts == "Aún no hay fichas. Empiece con Nueva visita."
    assert screen.no_acuerdos == "Ningún acuerdo vence esta semana."
    assert screen.open == ""
    assert screen.delivery[0].startswith("Selle una ficha")
    assert screen.backup == ("Todavía no hay un respaldo en este equipo.", False)
    assert screen.foot == ("Todo guardado", "Sin respaldo")


def test_drafts_are_told_with_place_day_saving_and_state() -> None:
    lines = (
        DraftLine(a_draft(fecha=TODAY, hora_inicio="09:00"), Readiness(3, 1, 0)),
        DraftLine(a_draft(NOW - timedelta(days=1)), Readiness(1, 0, 1)),
    )
    screen = Scene(replace(EMPTY, drafts=lines, draft_count=9)).shown()
    first, second = screen.drafts
    assert (first.nombre, first.resto) == ("Quinua", "(Huamanga)")
    assert first.detalle == "Visita de hoy, 09:00 · guardado 10:32"
    assert first.estado == ("3 errores, 1 aviso", "error", "error")
    assert second.detalle == "Visita de hoy, 09:00 · guardado ayer 10:32"
    assert second.estado == ("Falta 1 firma", "warn", "firmar")
    assert screen.draft_total == 9
    assert screen.foot[0] == "Guardado 10:32"


def test_no_draft_after_work_was_done_invites_to_the_next() -> None:
    screen = Scene(replace(EMPTY, entrega=Undelivered(3, 0, None))).shown()
    assert screen.no_drafts == "Nada por terminar. Empiece otra ficha con Nueva visita."
    assert screen.delivery == (
        "Todo entregado: la región acusó recibo de sus 3 fichas.",
        "True",
    )


@pytest.mark.parametrize(
    ("readiness", "said"),
    [
        (Readiness(1, 0, 0), "1 error"),
        (Readiness(2, 0, 2), "Faltan 2 firmas"),
        (Readiness(0, 2, 0), "2 avisos por explicar"),
        (Readiness(0, 0, 0), "Lista para sellar"),
    ],
)
def test_how_far_a_draft_is_is_said_in_a_word(readiness: Readiness, said: str) -> None:
    assert words.readiness_state(readiness).text == said


@pytest.mark.parametrize(
    ("days", "said", "tone"),
    [
        (-90, "Vencido el 22/08/2026", "error"),
        (-2, "Vencido hace 2 días", "error"),
        (-1, "Venció ayer", "error"),
        (0, "Vence hoy", "warn"),
        (1, "Vence mañana", "warn"),
        (2, "Vence el domingo 22", "warn"),
    ],
)
def test_when_an_agreement_falls_due(days: int, said: str, tone: str) -> None:
    found = words.due_state(TODAY + timedelta(days=days), TODAY)
    assert (found.text, found.tone) == (said, tone)


def test_agreements_are_told_overdue_first_and_the_rest_is_counted() -> None:
    panorama = replace(
        EMPTY,
        vencidos=(an_acuerdo(TODAY - timedelta(days=2), QUINUA, AYACUCHO, HUANTA),),
        vencidos_count=40,
        esta_semana=(an_acuerdo(TODAY),),
        esta_semana_count=1,
        abiertos=1234,
    )
    screen = Scene(panorama).shown()
    overdue, due = screen.acuerdos
    assert overdue.descripcion == "Comprar cloro"
    assert overdue.detalle == "Quinua (Huamanga) y 2 más · Rosmery Taipe"
    assert (overdue.estado.text, due.estado.text) == ("Vencido hace 2 días", "Vence hoy")
    assert screen.open == "1\N{THIN SPACE}234 acuerdos abiertos en total"
    assert len(screen.notes) == 1
    assert screen.notes[0].startswith("Hay 39 más vencidos desde antes.")


@pytest.mark.parametrize(
    ("entrega", "said"),
    [
        (
            Undelivered(9, 4, NOW - timedelta(days=9)),
            (
                "4",
                "fichas sin acuse de la región",
                "La más antigua se selló hace 9 días. Llévelas en un USB o envíe el archivo.",
            ),
        ),
        (
            Undelivered(9, 1, NOW - timedelta(days=1)),
            (
                "1",
                "ficha sin acuse de la región",
                "Se selló ayer. Llévela en un USB o envíe el archivo.",
            ),
        ),
    ],
)
def test_what_waits_for_an_answer(entrega: Undelivered, said: tuple[str, ...]) -> None:
    assert Scene(replace(EMPTY, entrega=entrega)).shown().delivery == said


@pytest.mark.parametrize(
    ("days", "since", "said", "late"),
    [
        (0, 0, "El último fue hoy a las 10:32.", False),
        (1, 1, "El último fue ayer. Después se selló 1 ficha.", False),
        (2, 3, "El último fue hace 2 días. Después se sellaron 3 fichas.", False),
        (9, 0, "El último fue hace 9 días.", False),
        (9, 3, "El último fue hace 9 días. Después se sellaron 3 fichas.", True),
        (9, COUNTED, "El último fue hace 9 días. Después se sellaron más de 99 fichas.", True),
    ],
)
def test_how_old_the_backup_is(days: int, since: int, said: str, late: bool) -> None:  # noqa: FBT001
    scene = Scene(replace(EMPTY, selladas_desde=since), NOW - timedelta(days=days))
    assert scene.shown().backup == (said, late)
    assert scene.asked == [NOW - timedelta(days=days)]


def test_the_moment_of_a_backup_is_told_in_local_time() -> None:
    utc = datetime(2026, 11, 19, 3, 5, tzinfo=UTC)  # still the 18th here
    screen = Scene(EMPTY, utc).shown()
    assert screen.foot[1] == "Último respaldo: 18/11/2026, 22:05"
    assert screen.backup[0] == "El último fue hace 2 días."


def test_a_backup_is_made_once_and_then_shown() -> None:
    scene = Scene()
    scene.shown()
    scene.presenter.back_up()
    scene.presenter.back_up()
    scene.tasks.run()
    assert scene.backups == 1
    assert scene.go.told == ["Respaldo hecho. Está en este equipo; guarde otra copia en un USB."]
    assert scene.screen.backup[0] == "El último fue hoy a las 10:32."
    scene.presenter.back_up()
    scene.tasks.run()
    assert scene.backups == 2


def test_a_backup_that_fails_says_why_and_may_be_tried_again() -> None:
    scene = Scene()
    scene.shown()
    scene.refusal = UserFacingError("storage.no_space")
    scene.presenter.back_up()
    scene.tasks.run()
    assert "espacio" in scene.screen.backup_error
    scene.refusal = None
    scene.presenter.back_up()
    scene.tasks.run()
    assert (scene.backups, scene.screen.backup_error) == (1, "")


def test_a_backup_that_is_stopped_may_be_made_again() -> None:
    scene = Scene()
    scene.shown()
    scene.presenter.back_up()
    scene.tasks.waiting[-1].cancel()
    scene.tasks.run()
    assert (scene.backups, scene.go.told) == (0, [])
    scene.presenter.back_up()
    scene.tasks.run()
    assert scene.backups == 1


def test_a_folder_of_backups_that_cannot_be_read_hides_nothing_else() -> None:
    scene = Scene(replace(EMPTY, entrega=Undelivered(2, 2, NOW)))
    scene.refusal = UserFacingError("storage.io")
    screen = scene.shown()
    assert screen.delivery[0] == "2"
    assert screen.backup_error != ""


def test_every_button_leads_to_its_place() -> None:
    scene = Scene()
    presenter = scene.presenter
    presenter.new_visit()
    presenter.go_on("A")
    presenter.open_ficha("B")
    presenter.all_drafts()
    presenter.export()
    assert scene.go.routes == [
        routes.NuevaVisita(),
        routes.EditarFicha("A"),
        routes.VerFicha("B"),
        routes.Fichas(),
        routes.Paquetes(),
    ]


def test_only_what_is_shown_is_looked_up_again() -> None:
    scene = Scene()
    scene.shown()
    scene.presenter.changed(Changes.of(Kind.DEVICE))
    assert scene.tasks.waiting == []
    scene.presenter.changed(Changes.of(Kind.DRAFT))
    assert len(scene.tasks.waiting) == 1


def test_a_draft_without_place_or_day_still_has_a_name() -> None:
    assert whole_place([], TERRITORIO) == "Sin municipalidad"
    assert whole_place(["999999"], TERRITORIO) == "999999"
    assert visit_words(a_draft(fecha=None), TODAY) == "Visita sin fecha"
    corrected = replace(a_draft(), supersedes=Supersedes(1, "ab" * 32, "error"))
    assert visit_words(corrected, TODAY) == "Corrige la ficha 05-2026-K7Q2MX-0012"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "guardado 10:32"),
        (1, "guardado ayer 10:32"),
        (3, "guardado el martes"),
        (8, "guardado el 12/11/2026"),
    ],
)
def test_when_a_draft_was_saved(days: int, said: str) -> None:
    assert saved_words(NOW - timedelta(days=days), NOW) == said
