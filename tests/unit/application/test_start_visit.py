"""A new ficha begins with everything that is known, and with nothing that is not."""

import dataclasses
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from fichaat.application.annul_ficha import AnnulFicha
from fichaat.application.changes import Changes, Kind
from fichaat.application.ports.rows import Draft, Profile
from fichaat.application.recorder import Recorder, ToSeal
from fichaat.application.save_draft import DiscardDraft, SaveDraft, new_codigos
from fichaat.application.start_visit import HISTORY, StartVisit
from fichaat.domain.acuerdo import Acuerdo, EstadoAcuerdo, Seguimiento
from fichaat.domain.codec import check_shape
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import (
    DistritoAtendido,
    Ejecutor,
    Ficha,
    Modalidad,
    Nivel,
    NudoCritico,
    Sesion,
    duplicate_ids,
)
from fichaat.domain.persona import Destinatario, Responsable
from fichaat.domain.record import Kind as RecordKind
from fichaat.domain.rol import Rol
from tests.support.fichas import ABANCAY, AYACUCHO, HUANTA, QUINUA, unsigned_ficha
from tests.support.installations import Laptop

TODAY = date(2026, 11, 20)


def seal(
    laptop: Laptop,
    ubigeo: str = QUINUA,
    *,
    fecha: date = TODAY - timedelta(days=30),
    sesion: Sesion = Sesion.DIAGNOSTICO,
    acuerdos: int = 0,
    people: tuple[str, ...] = ("Ana",),
    **changes: object,
) -> str:
    """A sealed visit; its code."""
    here = laptop.here
    new_id = here.ids.new_id
    with here.store.write() as tx:
        codigo = new_codigos(tx, here, 1)[0]
        ficha = replace(
            unsigned_ficha(),
            codigo=codigo,
            fecha=fecha,
            distritos=(DistritoAtendido(ubigeo, sesion),),
            destinatarios=tuple(
                Destinatario(new_id(), ubigeo, "Municipalidad", name, "Gerente") for name in people
            ),
            acuerdos=tuple(
                Acuerdo(new_id(), f"Acuerdo {n}", "Ana", TODAY + timedelta(days=9 - n), ubigeo)
                for n in range(acuerdos)
            ),
        )
        ficha = replace(ficha, **changes)
        recorder = Recorder(here)
        tx.add_records(
            recorder.seal(tx, [ToSeal(RecordKind.FICHA, ficha, new_id())]),
            recorder.certificates(),
        )
    return codigo


def begin(laptop: Laptop, ubigeo: str = QUINUA, duplicate: str | None = None) -> Draft:
    draft, changes = StartVisit(laptop.here)(ubigeo, duplicate)
    assert changes == Changes.of(Kind.DRAFT)
    check_shape(draft.ficha)
    assert duplicate_ids(draft.ficha) == []
    with laptop.here.store.read() as reader:
        assert reader.draft(draft.ficha.codigo) == draft
    return draft


def test_a_first_visit_knows_the_day_the_place_and_the_person(laptop: Laptop) -> None:
    ficha = begin(laptop).ficha
    assert ficha.codigo.startswith("05-2026-")
    assert ficha.codigo.endswith("-0001")
    assert ficha.fecha == TODAY
    assert ficha.gobierno_regional == "05"
    assert ficha.ejecutor == laptop.here.ejecutor
    assert ficha.distritos == (DistritoAtendido(QUINUA, Sesion.DIAGNOSTICO),)
    assert [(p.nombre, p.cargo, p.entidad) for p in ficha.responsables] == [
        ("Persona 1", "Especialista", "GORE (ficticio)")
    ]
    assert (ficha.modalidad, ficha.lugar, ficha.hora_inicio, ficha.hora_fin) == (None,) * 4
    assert (len(ficha.destinatarios), len(ficha.seguimientos), len(ficha.firmas)) == (0, 0, 0)


def test_after_a_diagnosis_a_follow_up_is_proposed_with_people_and_agreements(
    laptop: Laptop,
) -> None:
    seal(laptop, people=("Rosa",), fecha=TODAY - timedelta(days=60))
    seal(laptop, people=("Ana", "Elmer"), acuerdos=2, sesion=Sesion.ESPECIFICA)
    before = StartVisit(laptop.here).propose(QUINUA)
    ficha = begin(laptop).ficha
    assert ficha.distritos[0].sesion is before.sesion is Sesion.SEGUIMIENTO
    assert [(p.nombre, p.distrito) for p in ficha.destinatarios] == [
        ("Ana", QUINUA),
        ("Elmer", QUINUA),
    ]
    assert [s.acuerdo for s in ficha.seguimientos] == [row.id for row in before.acuerdos]
    assert [row.plazo for row in before.acuerdos] == ["2026-11-28", "2026-11-29"]
    assert {s.estado for s in ficha.seguimientos} == {EstadoAcuerdo.PENDIENTE}


def test_people_of_an_earlier_visit_get_ids_of_their_own(laptop: Laptop) -> None:
    seal(laptop)
    first, second = begin(laptop), begin(laptop)
    ids = [p.id for draft in (first, second) for p in draft.ficha.responsables]
    ids += [p.id for draft in (first, second) for p in draft.ficha.destinatarios]
    assert len(set(ids)) == 4


def test_an_agreement_under_way_stays_under_way(laptop: Laptop) -> None:
    seal(laptop, acuerdos=1, fecha=TODAY - timedelta(days=60))
    [row] = StartVisit(laptop.here).propose(QUINUA).acuerdos
    seal(
        laptop,
        sesion=Sesion.SEGUIMIENTO,
        seguimientos=(Seguimiento(row.id, estado=EstadoAcuerdo.EN_PROCESO, avance=40),),
    )
    [line] = begin(laptop).ficha.seguimientos
    assert line.estado is EstadoAcuerdo.EN_PROCESO


@pytest.mark.parametrize(
    ("sealed", "lacking", "proposed"),
    [
        ((), {Sesion.DIAGNOSTICO, Sesion.SEGUIMIENTO}, Sesion.DIAGNOSTICO),
        (
            (Sesion.ESPECIFICA,),
            {Sesion.DIAGNOSTICO, Sesion.SEGUIMIENTO},
            Sesion.DIAGNOSTICO,
        ),
        ((Sesion.DIAGNOSTICO,), {Sesion.SEGUIMIENTO}, Sesion.SEGUIMIENTO),
        ((Sesion.SEGUIMIENTO,), {Sesion.DIAGNOSTICO}, Sesion.DIAGNOSTICO),
        ((Sesion.DIAGNOSTICO, Sesion.SEGUIMIENTO), set(), Sesion.SEGUIMIENTO),
    ],
)
def test_what_a_municipality_lacks_decides_the_session(
    laptop: Laptop, sealed: tuple[Sesion, ...], lacking: set[Sesion], proposed: Sesion
) -> None:
    for sesion in sealed:
        seal(laptop, sesion=sesion)
    found = StartVisit(laptop.here).propose(QUINUA)
    assert set(found.falta) == lacking
    assert found.sesion is proposed


def test_an_annulled_visit_is_shown_and_counts_for_nothing(laptop: Laptop) -> None:
    codigo = seal(laptop, sesion=Sesion.SEGUIMIENTO, people=("Ana",))
    AnnulFicha(laptop.here)(codigo, "registrada dos veces")
    found = StartVisit(laptop.here).propose(QUINUA)
    assert [visit.estado for visit in found.historia] == ["anulada"]
    assert Sesion.SEGUIMIENTO in found.falta
    assert found.destinatarios == ()


def test_a_long_history_is_cut_and_still_searched_to_its_end(laptop: Laptop) -> None:
    seal(laptop, sesion=Sesion.SEGUIMIENTO, fecha=TODAY - timedelta(days=200))
    for days in range(1, 61):
        seal(laptop, fecha=TODAY - timedelta(days=days))
    found = StartVisit(laptop.here).propose(QUINUA)
    assert (len(found.historia), found.visitas) == (HISTORY, 61)
    assert found.falta == ()


def test_a_draft_of_today_is_found_and_no_other(laptop: Laptop) -> None:
    start = StartVisit(laptop.here)
    draft = begin(laptop)
    assert start.propose(QUINUA).hoy == draft.ficha.codigo
    assert start.propose(AYACUCHO).hoy is None
    yesterday = replace(draft.ficha, fecha=TODAY - timedelta(days=1))
    SaveDraft(laptop.here)(draft.ficha.codigo, yesterday)
    assert start.propose(QUINUA).hoy is None
    DiscardDraft(laptop.here)(begin(laptop).ficha.codigo)
    assert start.propose(QUINUA).hoy is None


def test_another_region_is_told_apart(laptop: Laptop) -> None:
    start = StartVisit(laptop.here)
    assert start.propose(ABANCAY).ajena
    assert not start.propose(QUINUA).ajena


def test_a_province_acts_in_its_own_name_and_only_there(laptop: Laptop) -> None:
    profile = Profile(Rol.PROVINCIAL, "05", "0501", "Ana", "Gerenta", "Municipalidad de Huamanga")
    here = dataclasses.replace(laptop.here, profile=profile)
    start = StartVisit(here)
    assert start.propose(HUANTA).ajena
    draft, _ = start(QUINUA)
    assert draft.ficha.gobierno_regional == "05"
    assert draft.ficha.ejecutor == Ejecutor(Nivel.PROVINCIAL, "0501", "Municipalidad de Huamanga")


def test_a_copy_takes_the_content_and_nothing_of_that_day(laptop: Laptop) -> None:
    codigo = seal(
        laptop,
        acuerdos=2,
        nudos_criticos=(NudoCritico("Sin agua", "Comprar cloro", QUINUA, None),),
        responsables=(
            Responsable(laptop.here.ids.new_id(), "GORE", "PERSONA 1", "Otro cargo"),
            Responsable(laptop.here.ids.new_id(), "DIRESA", "Yolanda", "Nutricionista"),
        ),
        observaciones="Se repite",
    )
    copy = begin(laptop, HUANTA, codigo).ficha
    with laptop.here.store.read() as reader:
        row = reader.fichas_with_codigo(codigo)[0]
        sealed = reader.record(row.sha256)
    assert sealed is not None
    source = sealed.record.content
    assert isinstance(source, Ficha)
    assert copy.codigo != codigo
    assert copy.fecha == TODAY
    assert copy.distritos == (DistritoAtendido(HUANTA, Sesion.DIAGNOSTICO),)
    assert (copy.modalidad, copy.temas) == (Modalidad.PRESENCIAL, source.temas)
    assert (copy.lugar, copy.hora_inicio, copy.hora_fin) == (None, None, None)
    assert copy.nudos_criticos == (NudoCritico("Sin agua", "Comprar cloro", HUANTA, None),)
    assert [p.nombre for p in copy.responsables] == ["Persona 1", "Yolanda"]
    assert copy.destinatarios == ()  # nobody of Quinua was in Huanta
    left = (copy.seguimientos, copy.firmas, copy.adjuntos, copy.advertencias)
    assert [len(rows) for rows in left] == [0, 0, 0, 0]
    assert [(a.descripcion, a.distrito) for a in copy.acuerdos] == [
        ("Acuerdo 0", HUANTA),
        ("Acuerdo 1", HUANTA),
    ]
    assert not {a.id for a in copy.acuerdos} & {a.id for a in source.acuerdos}
    assert copy.observaciones == "Se repite"


def test_a_copy_asks_again_for_dates_that_have_passed(laptop: Laptop) -> None:
    late = Acuerdo(laptop.here.ids.new_id(), "Tarde", "Ana", TODAY - timedelta(days=1))
    soon = Acuerdo(laptop.here.ids.new_id(), "Pronto", "Ana", TODAY)
    draft = begin(laptop)
    SaveDraft(laptop.here)(draft.ficha.codigo, replace(draft.ficha, acuerdos=(late, soon)))
    copy = begin(laptop, QUINUA, draft.ficha.codigo).ficha
    assert [a.plazo for a in copy.acuerdos] == [None, TODAY]


def test_a_copy_for_the_same_place_keeps_place_and_people(laptop: Laptop) -> None:
    codigo = seal(laptop, people=("Ana",))
    seal(laptop, people=("Rosa",), fecha=TODAY)
    copy = begin(laptop, QUINUA, codigo).ficha
    assert copy.lugar == "Sala de regidores"
    assert [p.nombre for p in copy.destinatarios] == ["Ana"]


def test_of_two_fichas_with_one_code_the_one_that_is_meant_is_copied(laptop: Laptop) -> None:
    codigo = seal(laptop, observaciones="Una", lugar="Sala")
    seal(laptop, observaciones="Otra", codigo=codigo, people=("Rosa",), lugar="Patio")
    start = StartVisit(laptop.here)
    with laptop.here.store.read() as reader:
        copies = [row.sha256 for row in reader.fichas_with_codigo(codigo)]
    assert len(copies) == 2
    found = {}
    for sha256 in copies:
        draft, _ = start(QUINUA, codigo, sha256)
        proposed = start.propose(QUINUA, codigo, sha256).destinatarios
        assert [p.nombre for p in draft.ficha.destinatarios] == [p.nombre for p in proposed]
        found[draft.ficha.observaciones] = (draft.ficha.lugar, proposed[0].nombre)
    assert found == {"Una": ("Sala", "Ana"), "Otra": ("Patio", "Rosa")}
    with pytest.raises(UserFacingError):
        start(QUINUA, codigo, "0" * 64)


def test_a_ficha_that_is_not_here_is_not_copied(laptop: Laptop) -> None:
    with pytest.raises(UserFacingError) as refused:
        StartVisit(laptop.here)(QUINUA, "05-2026-K7Q2MX-9999")
    assert refused.value.code == "ficha.unknown"
    with laptop.here.store.read() as reader:
        assert reader.drafts() == []


def test_the_list_says_what_is_known_of_each_municipality(laptop: Laptop) -> None:
    seal(laptop, acuerdos=2)
    begin(laptop, HUANTA)
    briefs = StartVisit(laptop.here).briefs([HUANTA, QUINUA, AYACUCHO])
    assert [(b.ubigeo, b.ultima, b.abiertos, b.borrador, b.dia_borrador) for b in briefs] == [
        (HUANTA, None, 0, True, TODAY),
        (QUINUA, TODAY - timedelta(days=30), 2, False, None),
        (AYACUCHO, None, 0, False, None),
    ]


def test_recent_municipalities_are_those_of_drafts_then_of_own_visits(
    laptop: Laptop, other: Laptop
) -> None:
    seal(other, AYACUCHO)
    laptop.receive(other.held(), other)
    seal(laptop, QUINUA)
    begin(laptop, HUANTA)
    recent = StartVisit(laptop.here).recent(5)
    assert [brief.ubigeo for brief in recent] == [HUANTA, QUINUA]
    assert [brief.ubigeo for brief in StartVisit(laptop.here).recent(1)] == [HUANTA]


def test_a_visit_is_not_begun_twice_on_one_day(laptop: Laptop) -> None:
    start = StartVisit(laptop.here)
    first, changes = start.go_on(QUINUA)
    assert (first.nueva, changes) == (True, Changes.of(Kind.DRAFT))
    again, unchanged = start.go_on(QUINUA)
    assert (again.codigo, again.nueva, bool(unchanged)) == (first.codigo, False, False)
    other, _ = start.go_on(HUANTA)
    assert other.nueva
    with laptop.here.store.read() as reader:
        held = reader.draft(first.codigo)
    assert held is not None
    assert [item.ubigeo for item in held.ficha.distritos] == [QUINUA]
    assert [person.nombre for person in held.ficha.responsables] == [laptop.here.profile.nombre]
