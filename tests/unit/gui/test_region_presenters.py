"""What the window says of the region: approved or not, its words, its devices; no Qt."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from fichaat.application.changes import Changes, Kind
from fichaat.application.observed import Observations, Observed
from fichaat.application.party import Party
from fichaat.application.ports.rows import Draft, FichaRow, Profile
from fichaat.application.region.approve_devices import Approval, Terms
from fichaat.application.region.believe_region import KnownRoot
from fichaat.application.region.devices import Aprobacion, DeviceRow
from fichaat.application.region.read_region import RegionState
from fichaat.application.region.requests import Asked
from fichaat.domain.authority import Grant
from fichaat.domain.errors import UserFacingError
from fichaat.domain.paquete import Solicitud
from fichaat.domain.rol import Rol
from fichaat.domain.territorio import Territorio
from fichaat.gui import routes
from fichaat.gui.key_file import KeyFile
from fichaat.gui.pages.equipos.presenter import (
    RELIEVE,
    RENEW,
    REVOKE,
    Deed,
    EquiposPresenter,
    EquiposSources,
    Said,
)
from fichaat.gui.pages.equipos.words import EquipoWords
from fichaat.gui.pages.inicio.region_presenter import (
    InicioRegionPresenter,
    InicioRegionSources,
    ObservedWords,
    RegionNote,
)
from fichaat.gui.pages.recepcion.approving import ApprovingSources, Decision, Question
from fichaat.gui.region_words import RegionWords
from fichaat.texts import message
from tests.support.fichas import DISTRITOS, LIMA, QUINUA
from tests.support.queued_tasks import QueuedTasks, Steps

TERRITORIO = Territorio(DISTRITOS.values())
DESDE, HASTA = datetime(2026, 1, 1, tzinfo=LIMA), datetime(2029, 11, 2, tzinfo=LIMA)
WORDS = ("uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho")
OTHER = tuple(reversed(WORDS))
D1, D2, D3 = "1" * 64, "2" * 64, "3" * 64
ASKED = Solicitud("Teófilo", "Responsable", "Provincia", Rol.PROVINCIAL, "0501", "age1" + "q" * 58)
KEY = KeyFile(Path("region.llave"), "secreto")


def a_grant(device: str = D1, nombre: str = "Rosa") -> Grant:
    return Grant(
        device, nombre, "Esp.", "GORE", Rol.ESPECIALISTA, "05", DESDE, HASTA, False, None, "s"
    )


def a_state(aprobacion: Aprobacion, *roots: KnownRoot, grant: Grant | None = None) -> RegionState:
    return RegionState(roots, aprobacion, grant, None, None, opens=False)


class Scene:
    """Words and Inicio's region over what a test says is here."""

    def __init__(self, state: RegionState, *, coordinates: bool = False) -> None:
        self.state = state
        self.tasks, self.steps = QueuedTasks(), Steps()
        self.asked: list[tuple[Sequence[str], Callable[[bool], object]]] = []
        self.accepted: list[tuple[str, bool]] = []
        self.refusal: UserFacingError | None = None
        self.note: RegionNote | None = None
        self.observed: tuple[Sequence[ObservedWords], str] = ((), "")
        self.waiting = Observations()
        self.corrected: list[str] = []
        self.words = RegionWords(self, self.tasks, self.steps, lambda: self.state, self._accept)
        self.inicio = InicioRegionPresenter(
            self,
            self.tasks,
            self.steps,
            self.words,
            InicioRegionSources(
                TERRITORIO, coordinates, lambda: self.state, lambda: self.waiting, self._correct
            ),
        )

    def arrived(self) -> "Scene":
        self.inicio.arrived()
        self.tasks.run()
        return self

    def ask_words(
        self,
        title: str,
        sentence: str,
        words: Sequence[str],
        on_answer: Callable[[bool], object],
    ) -> None:
        assert title.endswith("?")
        assert sentence
        self.asked.append((words, on_answer))

    def show_region(self, note: RegionNote) -> None:
        self.note = note

    def show_observed(self, rows: Sequence[ObservedWords], more: str) -> None:
        self.observed = rows, more

    def _accept(self, words: str, *, replace: bool) -> tuple[KnownRoot, Changes]:
        if self.refusal is not None:
            raise self.refusal
        self.accepted.append((words, replace))
        return self.state.roots[0], Changes.of(Kind.DEVICE)

    def _correct(self, codigo: str) -> tuple[Draft | None, Changes]:
        self.corrected.append(codigo)
        return None, Changes()


UNKNOWN = KnownRoot(D2, WORDS, accepted=False)
BELIEVED = KnownRoot(D1, OTHER, accepted=True)


def test_a_first_key_is_asked_about_and_believed_only_when_the_words_agree() -> None:
    scene = Scene(a_state(Aprobacion.SIN_REGION, UNKNOWN))
    scene.words.ask_if_new()
    scene.tasks.run()
    ((shown, answer),) = scene.asked
    assert shown == WORDS
    answer(False)
    scene.tasks.run()
    assert scene.accepted == []
    assert scene.steps.told[-1].startswith("No se aceptó la llave.")
    answer(True)
    scene.tasks.run()
    assert scene.accepted == [(" ".join(WORDS), False)]


def test_another_key_than_the_believed_one_is_never_asked_about_by_itself() -> None:
    scene = Scene(a_state(Aprobacion.APROBADO, BELIEVED, UNKNOWN))
    scene.words.ask_if_new()
    scene.tasks.run()
    assert scene.asked == []


def test_of_two_keys_none_is_proposed() -> None:
    second = KnownRoot("3" * 64, OTHER, accepted=False)
    scene = Scene(a_state(Aprobacion.SIN_REGION, UNKNOWN, second))
    scene.words.ask_if_new()
    scene.tasks.run()
    assert scene.asked == []
    assert scene.steps.told == [
        "Llegaron 2 llaves de región distintas. Compare sus palabras en Ajustes."
    ]


def test_a_new_key_replaces_the_old_only_when_asked_to() -> None:
    scene = Scene(a_state(Aprobacion.APROBADO, BELIEVED, UNKNOWN))
    scene.words.ask(UNKNOWN, replace=True)
    scene.refusal = UserFacingError("region.words")
    scene.asked[0][1](True)
    scene.tasks.run()
    assert scene.steps.told[-1].startswith("Aquí no hay nada sellado")
    scene.refusal = None
    scene.asked[0][1](True)
    scene.tasks.run()
    assert scene.accepted == [(" ".join(WORDS), True)]


@pytest.mark.parametrize(
    ("state", "tone", "verb"),
    [
        (a_state(Aprobacion.SIN_REGION), "warn", "Pedir aprobación…"),
        (a_state(Aprobacion.SIN_REGION, UNKNOWN), "warn", "Comparar las palabras…"),
        (a_state(Aprobacion.POR_APROBAR, BELIEVED), "warn", "Pedir aprobación…"),
        (a_state(Aprobacion.APROBADO, BELIEVED, grant=a_grant()), "ok", ""),
        (
            a_state(Aprobacion.FUERA_DE_VIGENCIA, BELIEVED, grant=a_grant()),
            "warn",
            "Pedir aprobación…",
        ),
        (a_state(Aprobacion.REVOCADO, BELIEVED, grant=a_grant()), "warn", ""),
    ],
)
def test_inicio_says_where_this_device_stands(state: RegionState, tone: str, verb: str) -> None:
    note = Scene(state).arrived().note
    assert note is not None
    assert (note.tone, note.verb) == (tone, verb)
    assert note.sentence.endswith(".")


def test_inicio_leads_a_coordinator_to_the_region() -> None:
    scene = Scene(a_state(Aprobacion.SIN_REGION), coordinates=True).arrived()
    assert scene.note is not None
    assert scene.note.verb == "Ir a Ajustes"
    scene.inicio.act()
    assert scene.steps.routes == [routes.Ajustes()]


def test_the_button_of_a_new_key_asks_for_its_words() -> None:
    scene = Scene(a_state(Aprobacion.SIN_REGION, UNKNOWN)).arrived()
    scene.inicio.act()
    assert [words for words, _ in scene.asked] == [WORDS]


def an_observed(motivo: str, *, correcting: bool = False) -> Observed:
    row = FichaRow(
        "k", "i", D1, "05-2026-A-0001", 1, "s", "sellada", "aprobado", "2026-11-05", (QUINUA,), "R"
    )
    return Observed(row, motivo, date(2026, 11, 25), Party(D2, "Gladis", "GORE"), correcting)


def test_an_observation_says_why_who_until_when_and_opens_the_correction() -> None:
    scene = Scene(a_state(Aprobacion.APROBADO, BELIEVED, grant=a_grant()))
    scene.waiting = Observations((an_observed("Falta\nla hora."),), 3)
    scene.arrived()
    (row,), more = scene.observed
    assert row == ObservedWords(
        "05-2026-A-0001",
        "Quinua (Huamanga)",
        "«Falta la hora.»",
        "Gladis, GORE",
        "hasta el 25/11/2026",
        "Corregir ficha",
    )
    assert more == "y 2 fichas observadas más, en Fichas"
    scene.inicio.correct(row.codigo)
    scene.tasks.run()
    assert scene.corrected == ["05-2026-A-0001"]
    assert scene.steps.routes == [routes.EditarFicha("05-2026-A-0001")]


def test_a_long_reason_shows_that_it_goes_on() -> None:
    scene = Scene(a_state(Aprobacion.APROBADO, BELIEVED, grant=a_grant()))
    scene.waiting = Observations((an_observed("palabra " * 200, correcting=True),), 1)
    scene.arrived()
    (row,), more = scene.observed
    assert row.motivo.endswith("…»")
    assert (row.verb, more) == ("Seguir la corrección", "")


# the devices


class FixedClock:
    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        return self._moment


class Devices:
    """A presenter over two devices: the own one and another."""

    def __init__(self, *waiting: DeviceRow) -> None:
        self.tasks, self.steps = QueuedTasks(), Steps()
        self.questions: list[Question] = []
        self.rows: Sequence[EquipoWords] = ()
        self.deeds: list[Deed] = []
        self.done: list[tuple[str, ...]] = []
        self.error = ""
        self.closed = 0
        self.refusal: UserFacingError | None = None
        approved = Aprobacion.APROBADO
        own = DeviceRow(D1, WORDS, approved, a_grant(), None, None, (), 2, own=True)
        theirs = a_grant(D2, "Edwin")
        other = DeviceRow(D2, OTHER, approved, theirs, None, None, (), 0, own=False)
        self.presenter = EquiposPresenter(
            self,
            self.tasks,
            self.steps,
            EquiposSources(
                TERRITORIO,
                True,
                lambda: [own, other, *waiting],
                lambda _key, device: self._did(RENEW, device),
                lambda _key, device, why: self._did(REVOKE, device, why),
                lambda _key, old, new, why: self._did(RELIEVE, old, new, why),
                lambda row: self._did("aside", row.device),
                lambda row: self._did("back", row.device),
                ApprovingSources(
                    Profile(Rol.COORDINADOR, "05", None, "Gladis", "Coordinadora", "GORE"),
                    TERRITORIO,
                    FixedClock(DESDE),
                    lambda: {D3: Asked(D3, b"pem", ASKED)},
                    self._approve,
                ),
            ),
        )
        self.presenter.arrived()
        self.tasks.run()

    def show_devices(self, rows: Sequence[EquipoWords], *, coordinates: bool) -> None:
        assert coordinates
        self.rows = rows

    def ask_deed(self, deed: Deed) -> None:
        self.deeds.append(deed)

    def show_deed_error(self, sentence: str) -> None:
        self.error = sentence

    def close_deed(self) -> None:
        self.closed += 1

    def ask_approval(self, question: Question) -> None:
        self.questions.append(question)

    def show_approval_error(self, sentence: str) -> None:
        self.error = sentence

    def close_approval(self) -> None:
        self.closed += 1

    def _approve(self, key: KeyFile, asked: Asked, terms: Terms) -> tuple[list[Approval], Changes]:
        del key
        self._did("approve", asked.device, terms.ambito or "")
        return [], Changes.of(Kind.DEVICE)

    def _did(self, *what: str) -> tuple[object, Changes]:
        if self.refusal is not None:
            raise self.refusal
        self.done.append(what)
        return None, Changes()


def test_the_own_device_is_renewed_and_never_revoked() -> None:
    own, other = Devices().rows
    assert (own.renewable, own.revocable, own.relievable) == (True, False, False)
    assert (other.renewable, other.revocable, other.relievable) == (True, True, True)
    assert own.estado == "Aprobado hasta 02/11/2029"


def test_a_device_that_waits_is_approved_where_all_devices_stand() -> None:
    waiting = DeviceRow(D3, OTHER, Aprobacion.POR_APROBAR, None, ASKED, None, (), 1, own=False)
    scene = Devices(waiting)
    assert [row.approvable for row in scene.rows] == [False, False, True]
    assert [row.relievable for row in scene.rows] == [False, True, False]
    scene.presenter.approve(D3)
    scene.tasks.run()
    (question,) = scene.questions
    assert (question.palabras, question.provincia) == (OTHER, "0501")
    scene.presenter.approved(Decision(D3, question.rol, question.provincia, 3, KEY))
    scene.tasks.run()
    assert (scene.done, scene.closed) == ([("approve", D3, "0501")], 1)


def test_a_device_that_waits_is_put_aside_and_brought_back() -> None:
    waiting = DeviceRow(D3, OTHER, Aprobacion.POR_APROBAR, None, ASKED, None, (), 1, own=False)
    scene = Devices(waiting)
    assert [row.aside for row in scene.rows] == [None, None, False]
    for device in (D3, "9" * 64):
        scene.presenter.set_aside(device)
        scene.tasks.run()
    assert scene.done == [("aside", D3)]
    aside = Devices(replace(waiting, visto_en=DESDE))
    row = aside.rows[-1]
    assert (row.aside, row.approvable) == (True, False)
    assert row.estado.startswith("Dejado de lado el ")
    aside.presenter.set_aside(D3)
    aside.tasks.run()
    assert aside.done == [("back", D3)]
    aside.refusal = UserFacingError("storage.full")
    aside.presenter.set_aside(D3)
    aside.tasks.run()
    assert aside.steps.told[-1] == message("storage.full", {})


def test_a_device_without_request_says_what_misses() -> None:
    silent = DeviceRow(D3, OTHER, Aprobacion.POR_APROBAR, None, None, None, (), 1, own=False)
    row = Devices(silent).rows[-1]
    assert not row.approvable
    assert row.detalle.startswith(message("recepcion.asks_nothing", {}))
    own = replace(silent, own=True, solicitud=ASKED)
    assert not Devices(own).rows[-1].approvable


@pytest.mark.parametrize(
    ("what", "done"),
    [(RENEW, (RENEW, D2)), (REVOKE, (REVOKE, D2, "m")), (RELIEVE, (RELIEVE, D2, D1, "m"))],
)
def test_each_deed_does_its_own(what: str, done: tuple[str, ...]) -> None:
    scene = Devices()
    scene.presenter.ask(what, D2)
    (deed,) = scene.deeds
    assert [device for device, _ in deed.successors] == ([D1] if what == RELIEVE else [])
    scene.presenter.decided(Said(deed, "m", D1, KEY))
    scene.tasks.run()
    assert (scene.done, scene.closed) == ([done], 1)
    assert "Edwin" in scene.steps.told[0]


def test_a_refused_deed_stays_open_and_may_be_tried_again() -> None:
    scene = Devices()
    scene.presenter.ask(REVOKE, D2)
    scene.refusal = UserFacingError("region.wrong_passphrase")
    scene.presenter.decided(Said(scene.deeds[0], "m", "", KEY))
    scene.tasks.run()
    assert (scene.closed, scene.error) == (
        0,
        "La frase de la llave de la región no es correcta.",
    )
    scene.refusal = None
    scene.presenter.decided(Said(scene.deeds[0], "m", "", KEY))
    scene.tasks.run()
    assert scene.closed == 1


def test_a_secret_is_in_no_repr() -> None:
    assert "secreto" not in repr(Said(Deed(RENEW, Devices().rows[0]), "m", "", KEY))
