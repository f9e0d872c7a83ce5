"""Agreements outside a visit: listed, read, moved; on several laptops of one region."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from fichaat.application.acuerdo_line import AcuerdoFilter, Segmento
from fichaat.application.acuerdos.add_evento import AddEvento, Evento
from fichaat.application.acuerdos.list_acuerdos import ListAcuerdos
from fichaat.application.acuerdos.read_acuerdo import ReadAcuerdo
from fichaat.application.recorder import Recorder, ToSeal
from fichaat.domain.acuerdo import Acuerdo, EstadoAcuerdo, EventoAcuerdo
from fichaat.domain.authority import Standing
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import DistritoAtendido, Ficha, NudoCritico, Sesion
from fichaat.domain.record import Kind, SealedRecord, Supersedes
from fichaat.domain.rol import Rol
from tests.support.fichas import unsigned_ficha
from tests.support.installations import Laptop
from tests.support.offices import Office, make_region, say

HOY = date(2026, 11, 20)
CUMPLIDO, PROCESO = EstadoAcuerdo.CUMPLIDO, EstadoAcuerdo.EN_PROCESO
REPROGRAMADO, NO_CUMPLIDO = EstadoAcuerdo.REPROGRAMADO, EstadoAcuerdo.NO_CUMPLIDO


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(UserFacingError) as error:
        yield
    assert error.value.code == code


def visit(laptop: Laptop, *plazos: date | None, ubigeo: str = "050101") -> list[str]:
    """Seal a visit with one agreement a date; their ids."""
    acuerdos = tuple(
        Acuerdo(laptop.here.ids.new_id(), f"Acuerdo {n} de gestión", "Gerencia Ñ", plazo, nudo=0)
        for n, plazo in enumerate(plazos, 1)
    )
    ficha = replace(
        unsigned_ficha(),
        codigo=f"05-2026-ABC234-{int(acuerdos[0].id[15:18], 16):04d}",
        fecha=HOY - timedelta(days=10),
        distritos=(DistritoAtendido(ubigeo, Sesion.DIAGNOSTICO),),
        nudos_criticos=(NudoCritico("Falta agua segura", "Se orientó"),),
        acuerdos=acuerdos,
        seguimientos=(),
    )
    say(laptop, Kind.FICHA, ficha)
    return [acuerdo.id for acuerdo in acuerdos]


def move(laptop: Laptop, evento: Evento) -> SealedRecord:
    moved, _ = AddEvento(laptop.here)(evento)
    return moved.record


def test_the_list_stands_by_date_and_counts_its_segments(laptop: Laptop) -> None:
    late, soon, month, far, none = visit(
        laptop,
        HOY - timedelta(days=5),
        HOY + timedelta(days=1),
        date(2026, 11, 30),
        date(2027, 3, 1),
        None,
    )
    done = visit(laptop, HOY)[0]
    move(laptop, Evento(done, CUMPLIDO, cumplido_el=HOY))
    listing = ListAcuerdos(laptop.here)()
    assert listing.hoy == HOY
    assert [line.id for line in listing.lines] == [late, soon, month, far, none]
    assert listing.counts == {
        Segmento.ABIERTOS: 5,
        Segmento.VENCIDOS: 1,
        Segmento.SEMANA: 1,
        Segmento.MES: 2,
        Segmento.CONTRADICCIONES: 0,
        Segmento.CERRADOS: 1,
        Segmento.TODOS: 6,
    }
    assert listing.lines[0].atraso(HOY) == 5
    assert listing.responsables == ("Gerencia Ñ",)


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (AcuerdoFilter(texto="GESTION 1"), 2),
        (AcuerdoFilter(texto="huamanga"), 1),
        (AcuerdoFilter(texto="quinua acuerdo"), 1),
        (AcuerdoFilter(texto="nada"), 0),
        (AcuerdoFilter(responsable="gerencia n"), 2),
        (AcuerdoFilter(responsable="alcaldia"), 0),
        (AcuerdoFilter(ambito="0504"), 1),
        (AcuerdoFilter(ambito="050108"), 1),
        (AcuerdoFilter(estado=PROCESO), 0),
        (AcuerdoFilter(ficha="05-2026-ABC234-9999"), 0),
    ],
)
def test_filters(laptop: Laptop, wanted: AcuerdoFilter, count: int) -> None:
    visit(laptop, HOY, ubigeo="050108")
    visit(laptop, HOY, ubigeo="050401")
    assert len(ListAcuerdos(laptop.here)(wanted).lines) == count


def test_an_agreement_is_found_by_either_end_of_its_id(laptop: Laptop) -> None:
    first, second = visit(laptop, HOY, HOY)
    lists = ListAcuerdos(laptop.here)
    assert lists.find(first.upper()).id == first
    with refused("acuerdo.ambiguous"):
        lists.find(first[:8])
    for nothing in ("", "a", "ffffffff", second[1:-1]):
        with refused("acuerdo.unknown"):
            lists.find(nothing)


def test_what_happened_is_read_in_its_order(laptop: Laptop) -> None:
    (id_,) = visit(laptop, HOY + timedelta(days=3))
    laptop.clock.moment += timedelta(days=30)
    move(laptop, Evento(id_, PROCESO, 40, comentario=" Se compró\r\nel cloro "))
    laptop.clock.moment -= timedelta(days=60)  # a clock that was set back orders nothing
    move(laptop, Evento(id_, REPROGRAMADO, nuevo_plazo=date(2027, 1, 15), motivo="Faltó dinero"))
    detail = ReadAcuerdo(laptop.here)(id_)
    assert [event.estado for event in detail.eventos] == [PROCESO, REPROGRAMADO]
    assert detail.eventos[0].comentario == "Se compró\nel cloro"
    assert [event.cabeza for event in detail.eventos] == [False, True]
    assert detail.nudo == "Falta agua segura"
    assert detail.fecha == HOY - timedelta(days=10)
    assert detail.quien.device == laptop.device
    state = detail.state
    assert (state.estado, state.plazo, state.avance) == (REPROGRAMADO, date(2027, 1, 15), 40)
    assert not detail.lados
    line = ListAcuerdos(laptop.here)(AcuerdoFilter(Segmento.TODOS)).lines[0]
    assert (line.plazo, line.avance, line.movido_por) == ("2027-01-15", 40, "Persona 1")
    assert line.plazo_original == (HOY + timedelta(days=3)).isoformat()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("acuerdo.cumplido_el_required", {"estado": CUMPLIDO}),
        ("acuerdo.cumplido_el_future", {"estado": CUMPLIDO, "cumplido_el": date(2026, 11, 21)}),
        (
            "acuerdo.cumplido_el_before_visit",
            {"estado": CUMPLIDO, "cumplido_el": date(2026, 11, 9)},
        ),
        ("acuerdo.cumplido_el_unexpected", {"estado": PROCESO, "cumplido_el": HOY}),
        ("acuerdo.avance_not_full", {"estado": CUMPLIDO, "cumplido_el": HOY, "avance": 60}),
        ("acuerdo.avance_range", {"estado": PROCESO, "avance": 101}),
        ("acuerdo.avance_range", {"estado": PROCESO, "avance": -1}),
        ("acuerdo.nuevo_plazo_required", {"estado": REPROGRAMADO, "motivo": "x"}),
        ("acuerdo.nuevo_plazo_past", {"estado": REPROGRAMADO, "nuevo_plazo": date(2026, 11, 19)}),
        ("acuerdo.motivo_required", {"estado": REPROGRAMADO, "nuevo_plazo": HOY, "motivo": " \n"}),
        ("acuerdo.nuevo_plazo_unexpected", {"estado": PROCESO, "nuevo_plazo": HOY}),
        ("acuerdo.motivo_no_cumplido", {"estado": NO_CUMPLIDO}),
        ("acuerdo.text_too_long", {"estado": PROCESO, "comentario": "x" * 20_001}),
    ],
)
def test_what_makes_no_event(laptop: Laptop, code: str, said: dict[str, object]) -> None:
    (id_,) = visit(laptop, HOY)
    with refused(code):
        AddEvento(laptop.here)(Evento(id_, **said))  # type: ignore[arg-type]  # as a person types it
    assert len(laptop.held()) == 1


def test_of_several_events_all_or_none_are_sealed(laptop: Laptop) -> None:
    first, second = visit(laptop, HOY, HOY)
    add = AddEvento(laptop.here)
    with refused("acuerdo.cumplido_el_required"):
        add.many([Evento(first, PROCESO), Evento(second, CUMPLIDO)])
    with refused("acuerdo.unknown"):
        add.many([Evento(first, PROCESO), Evento("019a0000-0000-7000-8000-0000000000ff", PROCESO)])
    with pytest.raises(ValueError, match="one event"):
        add.many([Evento(first, PROCESO), Evento(first, PROCESO)])
    assert len(laptop.held()) == 1
    moved, _ = add.many([Evento(first, PROCESO), Evento(second, NO_CUMPLIDO, motivo="No hubo")])
    assert [item.espera for item in moved] == [False, False]
    assert len(laptop.held()) == 3


def test_what_arrived_since_is_not_passed_over(laptop: Laptop) -> None:
    (id_,) = visit(laptop, HOY)
    seen = ReadAcuerdo(laptop.here)(id_).state.heads
    move(laptop, Evento(id_, PROCESO, visto=seen))
    with refused("acuerdo.moved"):
        AddEvento(laptop.here)(Evento(id_, CUMPLIDO, cumplido_el=HOY, visto=seen))


def test_a_rectified_birth_does_not_come_between_two_events(laptop: Laptop) -> None:
    """The new version of the ficha knows the first event; the second one names it all the same."""
    (id_,) = visit(laptop, HOY)
    first = move(laptop, Evento(id_, PROCESO, 30))
    birth = next(item for item in laptop.held() if item.record.kind == Kind.FICHA)
    assert isinstance(birth.record.content, Ficha)
    content = replace(birth.record.content, observaciones="corregida")
    supersedes = Supersedes(1, birth.sha256, "se corrigió un dato")
    with laptop.here.store.write() as tx:
        recorder = Recorder(laptop.here)
        item = ToSeal(Kind.FICHA, content, birth.record.id, 2, supersedes)
        tx.add_records(recorder.seal(tx, [item]), recorder.certificates())
    second = move(laptop, Evento(id_, CUMPLIDO, cumplido_el=HOY))
    assert first.sha256 in second.record.after
    detail = ReadAcuerdo(laptop.here)(id_)
    assert not detail.state.contradiccion
    assert detail.state.estado is CUMPLIDO


class Two:
    """A coordinator and a specialist that know each other, and one that nobody approved."""

    def __init__(self, folder: Path, template: Path) -> None:
        self.jefe, self.ana, self.nueva = (
            Laptop(folder / name, template, skew=timedelta(0), number=number)
            for number, name in enumerate(("jefe", "ana", "nueva"), 1)
        )
        self.office: Office = make_region(self.jefe, self.ana)
        self.office.tell(self.nueva)

    def close(self) -> None:
        for laptop in (self.jefe, self.ana, self.nueva):
            laptop.close()


@pytest.fixture
def two(tmp_path: Path, template: Path) -> Iterator[Two]:
    made = Two(tmp_path, template)
    yield made
    made.close()


def test_two_that_did_not_know_each_other_contradict_until_one_knows_both(two: Two) -> None:
    (id_,) = visit(two.ana, HOY)
    two.jefe.receive(two.ana.held(), two.ana)
    move(two.ana, Evento(id_, CUMPLIDO, cumplido_el=HOY))
    move(two.jefe, Evento(id_, NO_CUMPLIDO, motivo="No se hizo"))
    two.jefe.receive(two.ana.held(), two.ana)
    two.ana.receive(two.jefe.held(), two.jefe)
    for laptop in (two.jefe, two.ana):
        detail = ReadAcuerdo(laptop.here)(id_)
        assert detail.state.contradiccion
        assert {side.estado for side in detail.lados} == {CUMPLIDO, NO_CUMPLIDO}
        assert {side.quien.nombre for side in detail.lados} != {""}
        (line,) = ListAcuerdos(laptop.here)(AcuerdoFilter(Segmento.CONTRADICCIONES)).lines
        assert line.abierto
        assert ListAcuerdos(laptop.here).disputed() == 1
    settled = move(two.jefe, Evento(id_, CUMPLIDO, cumplido_el=HOY, comentario="Hay acta"))
    two.ana.receive([settled], two.jefe)
    for laptop in (two.jefe, two.ana):
        state = ReadAcuerdo(laptop.here)(id_).state
        assert (state.contradiccion, state.estado, state.avance) == (False, CUMPLIDO, 100)
        assert not ListAcuerdos(laptop.here)().lines
        assert ListAcuerdos(laptop.here).disputed() == 0


def test_an_event_of_a_device_that_is_not_approved_waits(two: Two) -> None:
    (id_,) = visit(two.ana, HOY)
    two.nueva.receive(two.ana.held(), two.ana)
    moved, _ = AddEvento(two.nueva.here)(Evento(id_, PROCESO))
    assert moved.espera
    detail = ReadAcuerdo(two.nueva.here)(id_)
    assert [event.aparte for event in detail.eventos] == [Standing.POR_APROBAR]
    assert detail.state.estado is EstadoAcuerdo.PENDIENTE
    two.office.approve(two.nueva)
    two.office.tell(two.nueva)
    assert ReadAcuerdo(two.nueva.here)(id_).state.estado is PROCESO


def test_by_what_right_an_event_is_sealed(two: Two) -> None:
    (id_,) = visit(two.ana, HOY, ubigeo="050401")
    two.nueva.receive(two.ana.held(), two.ana)
    two.office.approve(two.nueva, Rol.PROVINCIAL)
    two.office.tell(two.nueva)
    with refused("acuerdo.out_of_scope"):
        AddEvento(two.nueva.here)(Evento(id_, PROCESO))
    # One that is sealed all the same counts nowhere, and says so.
    say(two.nueva, Kind.SEGUIMIENTO, EventoAcuerdo(id_, PROCESO))
    (event,) = ReadAcuerdo(two.nueva.here)(id_).eventos
    assert event.aparte is Standing.FUERA_DE_AMBITO
    two.office.revoke(two.nueva, two.nueva.clock.now())
    two.office.tell(two.nueva)
    with refused("acuerdo.device_revoked"):
        AddEvento(two.nueva.here)(Evento(id_, PROCESO))


def test_of_an_annulled_visit_nothing_is_left(laptop: Laptop) -> None:
    (id_,) = visit(laptop, HOY)
    laptop.annul(0)
    with refused("acuerdo.unknown"):
        AddEvento(laptop.here)(Evento(id_, PROCESO))
    assert not ListAcuerdos(laptop.here)(AcuerdoFilter(Segmento.TODOS)).lines
