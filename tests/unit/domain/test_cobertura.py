"""Anexo N°2, case by case: what counts, how far, and what is left out."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count

import pytest

from fichaat.domain.authority import Standing
from fichaat.domain.catalogo import Catalogo, Firmante
from fichaat.domain.cobertura import (
    Alcance,
    Cifra,
    Cobertura,
    CoberturaGL,
    Exclusion,
    Falta,
    Paso,
    Visita,
    cifra,
    cobertura,
)
from fichaat.domain.evolucion import evolucion
from fichaat.domain.ficha import Nivel, Sesion, Tema
from fichaat.domain.lineage import Estado
from fichaat.domain.revision import Veredicto

QUINUA, VINCHOS, PACAYCASA, HUANTA = "050108", "050114", "050107", "050401"
DESDE, HASTA = date(2026, 7, 1), date(2026, 12, 31)
SIGNED = date(2023, 6, 14)
FIRMANTES = {QUINUA: SIGNED, VINCHOS: SIGNED, HUANTA: SIGNED}
D, S, E = Sesion.DIAGNOSTICO, Sesion.SEGUIMIENTO, Sesion.ESPECIFICA

_numbers = count(1)


def visita(
    *distritos: tuple[str, Sesion | None],
    dia: str | None = "2026-08-05",
    nivel: Nivel = Nivel.REGIONAL,
    estado: Estado = Estado.SELLADA,
    aprobacion: Standing = Standing.APROBADO,
    disputada: bool = False,
    revision: Veredicto | None = Veredicto.APROBADA,
    recibida: bool = True,
    temas: tuple[Tema, ...] = (Tema.SALUD,),
    codigo: str | None = None,
) -> Visita:
    """Approved and received, unless it says otherwise."""
    number = next(_numbers)
    return Visita(
        id=f"{number}",
        codigo=codigo or f"05-2026-K7Q2MX-{number:04d}",
        fecha=None if dia is None else date.fromisoformat(dia),
        nivel=nivel,
        estado=estado,
        aprobacion=aprobacion,
        disputada=disputada,
        revision=revision,
        recibida=recibida,
        distritos=distritos,
        temas=temas,
    )


def of(*visitas: Visita, inicio: date | None = None, tema: Tema | None = None) -> Cobertura:
    return cobertura(visitas, FIRMANTES, DESDE, HASTA, inicio_plan=inicio, tema=tema)


def gl(found: Cobertura, ubigeo: str = QUINUA) -> CoberturaGL:
    return next(item for item in found.gl if item.ubigeo == ubigeo)


def reasons(found: Cobertura) -> list[tuple[str, str | None]]:
    return [(item.motivo.value, item.ubigeo) for item in found.excluidas]


def test_a_diagnosis_and_a_follow_up_are_what_it_takes() -> None:
    found = of(visita((QUINUA, D)), visita((QUINUA, S), dia="2026-11-20"))
    assert found.periodo.estricta == found.periodo.dos_acciones == Cifra(1, 1, 1)
    assert (gl(found).cuenta, gl(found).falta, gl(found).pasos) == (True, (), ())
    assert gl(found).diagnostico == date(2026, 8, 5)
    assert gl(found).seguimiento == date(2026, 11, 20)
    assert found.firmantes == 3
    assert [item.ubigeo for item in found.gl] == sorted(FIRMANTES)
    assert found.acumulada is None


@pytest.mark.parametrize(
    ("sesiones", "falta", "two"),
    [
        ((), (Falta.DIAGNOSTICO, Falta.SEGUIMIENTO, Falta.ACCION), 0),
        ((D,), (Falta.SEGUIMIENTO, Falta.ACCION), 0),
        ((S,), (Falta.DIAGNOSTICO, Falta.ACCION), 0),
        ((E,), (Falta.DIAGNOSTICO, Falta.SEGUIMIENTO, Falta.ACCION), 0),
        ((D, D), (Falta.SEGUIMIENTO,), 1),
        ((S, E), (Falta.DIAGNOSTICO,), 1),
        ((E, E, E), (Falta.DIAGNOSTICO, Falta.SEGUIMIENTO), 1),
        ((D, S, E), (), 1),
    ],
)
def test_what_it_lacks_is_named(
    sesiones: Sequence[Sesion], falta: tuple[Falta, ...], two: int
) -> None:
    found = of(*(visita((QUINUA, sesion)) for sesion in sesiones))
    assert gl(found).falta == falta
    assert found.periodo.estricta.aprobadas == int(not falta)
    assert found.periodo.dos_acciones.aprobadas == two
    assert gl(found).otras == sesiones.count(E)


def test_a_group_ficha_is_one_action_for_each_district_and_a_mixta_one() -> None:
    """Modalidad is not asked: a mixta ficha is one visit like any other."""
    found = of(visita((QUINUA, D), (VINCHOS, S), (HUANTA, D)), visita((QUINUA, S), (VINCHOS, S)))
    assert [len(item.acciones) for item in found.gl] == [2, 2, 1]
    assert found.periodo.estricta == Cifra(1, 1, 1)
    assert found.periodo.dos_acciones == Cifra(2, 2, 2)


def test_a_district_that_stands_twice_in_a_ficha_is_one_action() -> None:
    found = of(visita((QUINUA, D), (QUINUA, S), (QUINUA, D)))
    assert [item.sesion for item in gl(found).acciones] == [D]
    assert found.periodo.dos_acciones == found.periodo.estricta == Cifra(0, 0, 0)


def test_two_visits_of_one_day_count() -> None:
    assert of(visita((QUINUA, D)), visita((QUINUA, S))).periodo.estricta == Cifra(1, 1, 1)


@pytest.mark.parametrize(
    ("days", "before"),
    [
        (("2026-08-05", "2026-07-10"), True),
        (("2026-08-05", "2026-08-05"), False),
        (("2026-08-05", "2026-11-10"), False),
    ],
)
def test_a_follow_up_before_the_diagnosis_counts_and_is_marked(
    days: tuple[str, str], *, before: bool
) -> None:
    found = of(visita((QUINUA, D), dia=days[0]), visita((QUINUA, S), dia=days[1]))
    assert gl(found).cuenta
    assert gl(found).seguimiento_antes is before


def test_one_late_follow_up_is_enough_not_to_be_marked() -> None:
    found = of(
        visita((QUINUA, S), dia="2026-07-10"),
        visita((QUINUA, D)),
        visita((QUINUA, S), dia="2026-09-10"),
    )
    assert not gl(found).seguimiento_antes


def test_a_diagnosis_of_the_earlier_period_only_accumulates() -> None:
    early = visita((QUINUA, D), dia="2026-06-30")
    found = of(early, visita((QUINUA, S)), inicio=date(2026, 1, 1))
    assert found.periodo.estricta == Cifra(0, 0, 0)
    assert gl(found).falta == (Falta.DIAGNOSTICO, Falta.ACCION)
    assert found.acumulada is not None
    assert found.acumulada.estricta == found.acumulada.dos_acciones == Cifra(1, 1, 1)
    assert (found.acumulada.desde, found.acumulada.hasta) == (date(2026, 1, 1), HASTA)
    assert [item.ficha for item in found.excluidas] == [early.codigo]
    assert reasons(found) == [("fuera_de_periodo", None)]


def test_what_is_before_the_plan_or_behind_the_period_accumulates_nowhere() -> None:
    found = of(
        visita((QUINUA, D), dia="2025-12-31"),
        visita((QUINUA, S)),
        visita((QUINUA, D), dia="2027-01-01"),
        inicio=date(2026, 1, 1),
    )
    assert found.acumulada is not None
    assert found.acumulada.estricta == Cifra(0, 0, 0)
    assert reasons(found) == [("fuera_de_periodo", None)] * 2


@pytest.mark.parametrize("day", ["2026-07-01", "2026-12-31"])
def test_the_first_and_the_last_day_belong_to_the_period(day: str) -> None:
    found = of(visita((QUINUA, D), dia=day), visita((QUINUA, S), dia=day))
    assert found.periodo.estricta == Cifra(1, 1, 1)
    assert found.excluidas == ()


def test_without_a_first_day_it_counts_from_the_beginning() -> None:
    visitas = [visita((QUINUA, D), dia="2001-01-01"), visita((QUINUA, S))]
    found = cobertura(visitas, FIRMANTES, None, HASTA)
    assert (found.periodo.desde, found.periodo.estricta) == (None, Cifra(1, 1, 1))


def test_a_district_that_did_not_sign_is_left_out_of_its_ficha_alone() -> None:
    found = of(visita((QUINUA, D), (PACAYCASA, D)), visita((QUINUA, S)))
    assert found.periodo.estricta == Cifra(1, 1, 1)
    assert reasons(found) == [("no_firmante", PACAYCASA)]


def test_who_signed_after_the_last_day_is_no_signatory_yet() -> None:
    late = Firmante(QUINUA, HASTA + timedelta(days=1))
    catalogo = Catalogo(1, "05", "AAAA", "age1" + "q" * 58, (), firmantes=(late,))
    assert catalogo.firmantes_al(HASTA) == {}
    found = cobertura([visita((QUINUA, D))], catalogo.firmantes_al(HASTA), DESDE, HASTA)
    assert (found.firmantes, reasons(found)) == (0, [("no_firmante", QUINUA)])
    later = HASTA + timedelta(days=30)
    assert cobertura([], catalogo.firmantes_al(later), DESDE, later).firmantes == 1


def test_a_new_catalogue_changes_the_denominator_not_the_actions() -> None:
    visitas = [visita((QUINUA, D)), visita((QUINUA, S)), visita((HUANTA, D)), visita((HUANTA, S))]
    before = cobertura(visitas, {QUINUA: SIGNED}, DESDE, HASTA)
    after = cobertura(visitas, {HUANTA: SIGNED, VINCHOS: date(2026, 9, 1)}, DESDE, HASTA)
    assert (before.firmantes, before.periodo.estricta) == (1, Cifra(1, 1, 1))
    assert (after.firmantes, after.periodo.estricta) == (2, Cifra(1, 1, 1))
    assert {item.ubigeo for item in before.excluidas} == {HUANTA}
    assert {item.ubigeo for item in after.excluidas} == {QUINUA}


def test_a_rectification_moves_the_action_to_the_other_district() -> None:
    """Only the newest version is handed in; the projection holds no other."""
    moved = of(visita((VINCHOS, D)), visita((QUINUA, S)))
    assert gl(moved).falta == (Falta.DIAGNOSTICO, Falta.ACCION)
    assert gl(moved, VINCHOS).falta == (Falta.SEGUIMIENTO, Falta.ACCION)


@pytest.mark.parametrize(
    ("changes", "motivo"),
    [
        ({"estado": Estado.ANULADA}, Exclusion.ANULADA),
        ({"estado": Estado.CONFLICTO}, Exclusion.CONFLICTO),
        ({"disputada": True}, Exclusion.CONFLICTO),
        ({"estado": Estado.CUARENTENA}, Exclusion.CUARENTENA),
        (
            {"estado": Estado.CUARENTENA, "aprobacion": Standing.REVOCADO},
            Exclusion.CUARENTENA,
        ),
        ({"aprobacion": Standing.FUERA_DE_AMBITO}, Exclusion.CUARENTENA),
        ({"nivel": Nivel.OTRO}, Exclusion.EJECUTOR_OTRO),
        ({"revision": Veredicto.RECHAZADA}, Exclusion.RECHAZADA),
        (
            {"nivel": Nivel.PROVINCIAL, "recibida": False, "revision": None},
            Exclusion.CASCADA_SIN_RECIBIR,
        ),
        (
            {"nivel": Nivel.PROVINCIAL, "recibida": False, "revision": Veredicto.VISADA},
            Exclusion.CASCADA_SIN_RECIBIR,
        ),
        ({"dia": "2027-01-01"}, Exclusion.FUERA_DE_PERIODO),
        ({"dia": None}, Exclusion.INCOMPLETA),
    ],
)
def test_what_counts_nowhere_says_why(changes: dict[str, object], motivo: Exclusion) -> None:
    found = of(visita((QUINUA, D)), visita((QUINUA, S), **changes))  # type: ignore[arg-type]
    assert found.periodo.estricta == found.periodo.dos_acciones == Cifra(0, 0, 0)
    assert reasons(found) == [(motivo.value, None)]
    assert len(gl(found).acciones) == 1


def test_a_district_without_a_session_is_no_action() -> None:
    found = of(visita((QUINUA, None), (HUANTA, D), (PACAYCASA, None)))
    assert reasons(found) == [("incompleta", QUINUA), ("no_firmante", PACAYCASA)]
    assert [len(item.acciones) for item in found.gl] == [0, 0, 1]


def test_the_first_reason_is_the_one_that_says_most() -> None:
    worst = visita(
        (PACAYCASA, D),
        estado=Estado.ANULADA,
        nivel=Nivel.OTRO,
        revision=Veredicto.RECHAZADA,
        dia="2030-01-01",
    )
    assert reasons(of(worst)) == [("anulada", None)]


@pytest.mark.parametrize(
    ("changes", "alcance", "estado", "paso"),
    [
        ({}, Alcance.APROBADAS, "aprobada", None),
        ({"recibida": False}, Alcance.APROBADAS, "aprobada", None),
        ({"revision": None}, Alcance.RECIBIDAS, "recibida", Paso.APROBAR),
        ({"revision": Veredicto.VISADA}, Alcance.RECIBIDAS, "visada", Paso.APROBAR),
        ({"revision": Veredicto.OBSERVADA}, Alcance.TODAS, "observada", Paso.CORREGIR),
        ({"revision": None, "recibida": False}, Alcance.TODAS, "sellada", Paso.RECIBIR),
        (
            {"revision": Veredicto.VISADA, "recibida": False},
            Alcance.TODAS,
            "visada",
            Paso.RECIBIR,
        ),
        ({"aprobacion": Standing.POR_APROBAR}, Alcance.TODAS, "aprobada", Paso.EQUIPO),
        (
            {"aprobacion": Standing.POR_APROBAR, "revision": None},
            Alcance.TODAS,
            "recibida",
            Paso.EQUIPO,
        ),
    ],
)
def test_how_far_an_action_has_come(
    changes: dict[str, object], alcance: Alcance, estado: str, paso: Paso | None
) -> None:
    found = of(visita((QUINUA, D)), visita((QUINUA, S), **changes))  # type: ignore[arg-type]
    follow_up = next(item for item in gl(found).acciones if item.sesion is S)
    assert (follow_up.alcance, follow_up.estado, follow_up.espera) == (alcance, estado, paso)
    steps = [int(alcance >= step) for step in (Alcance.APROBADAS, Alcance.RECIBIDAS)]
    assert found.periodo.estricta == found.periodo.dos_acciones == Cifra(steps[0], steps[1], 1)
    assert gl(found).falta == (() if paso is None else (Falta.APROBACION,))
    assert gl(found).pasos == (() if paso is None else ((paso, 1),))


def test_a_cascade_ficha_counts_once_the_region_has_it() -> None:
    cascade = visita((QUINUA, D), nivel=Nivel.PROVINCIAL, revision=Veredicto.VISADA)
    found = of(cascade, visita((QUINUA, S)))
    assert found.periodo.estricta == Cifra(0, 1, 1)
    assert [item.cascada for item in gl(found).acciones] == [True, False]


def test_the_best_of_each_session_is_what_counts() -> None:
    found = of(
        visita((QUINUA, D), revision=Veredicto.OBSERVADA),
        visita((QUINUA, D)),
        visita((QUINUA, S), revision=None, recibida=False),
        visita((QUINUA, S), revision=None),
    )
    assert found.periodo.estricta == Cifra(0, 1, 1)
    assert found.periodo.dos_acciones == Cifra(0, 1, 1)
    assert gl(found).pasos == ((Paso.APROBAR, 1),)


def test_two_steps_are_told_in_the_order_in_which_they_come() -> None:
    found = of(
        visita((QUINUA, D), revision=None),
        visita((QUINUA, S), revision=Veredicto.OBSERVADA),
        visita((HUANTA, D), revision=None),
        visita((HUANTA, S), revision=None),
    )
    assert gl(found).pasos == ((Paso.CORREGIR, 1), (Paso.APROBAR, 1))
    assert gl(found, HUANTA).pasos == ((Paso.APROBAR, 2),)


def test_only_visits_about_a_theme() -> None:
    found = of(
        visita((QUINUA, D), temas=(Tema.AGUA, Tema.SALUD)),
        visita((QUINUA, S), temas=(Tema.SALUD,)),
        visita((QUINUA, S), temas=()),
        tema=Tema.AGUA,
    )
    assert found.periodo.estricta == Cifra(0, 0, 0)
    assert len(gl(found).acciones) == 1
    assert reasons(found) == [("otro_tema", None)] * 2


def test_nothing_at_all() -> None:
    assert cobertura([], {}, DESDE, HASTA).firmantes == 0
    found = of()
    assert found.periodo.estricta == Cifra(0, 0, 0)
    assert evolucion(found.gl, HASTA) == ()
    assert cifra([]) == Cifra(0, 0, 0)


def test_groups_of_local_governments_have_their_own_figures() -> None:
    found = of(visita((QUINUA, D), (HUANTA, D)), visita((QUINUA, S), (HUANTA, E), (VINCHOS, E)))
    assert cifra(found.gl) == found.periodo.estricta == Cifra(1, 1, 1)
    assert cifra(found.gl, dos_acciones=True) == found.periodo.dos_acciones == Cifra(2, 2, 2)
    assert cifra([gl(found, HUANTA)]) == Cifra(0, 0, 0)


def test_the_months_rise_to_the_headline() -> None:
    found = of(
        visita((QUINUA, D), dia="2026-08-31"),
        visita((QUINUA, S), dia="2026-09-01"),
        visita((HUANTA, D), dia="2026-09-30"),
        visita((HUANTA, S), dia="2026-11-21", revision=None),
    )
    months = evolucion(found.gl, date(2026, 11, 21))
    assert [(end.isoformat(), figure) for end, figure, _ in months] == [
        ("2026-08-31", Cifra(0, 0, 0)),
        ("2026-09-30", Cifra(1, 1, 1)),
        ("2026-10-31", Cifra(1, 1, 1)),
        ("2026-11-21", Cifra(1, 2, 2)),
    ]
    assert months[-1][1] == found.periodo.estricta


def test_the_months_end_at_the_end_of_the_calendar() -> None:
    end = date(9999, 12, 31)
    found = cobertura([visita((QUINUA, D), dia="9999-12-01")], FIRMANTES, None, end)
    assert evolucion(found.gl, end) == ((end, Cifra(0, 0, 0), len(FIRMANTES)),)


def test_a_local_government_counts_from_the_month_in_which_it_signed() -> None:
    later = {QUINUA: date(2026, 10, 5), HUANTA: date(2026, 8, 1)}
    held = [visita((QUINUA, D), dia="2026-08-31"), visita((QUINUA, S), dia="2026-09-01")]
    found = cobertura(held, later, DESDE, HASTA)
    assert [(figure.aprobadas, whole) for _, figure, whole in evolucion(found.gl, HASTA)][:3] == [
        (0, 1),
        (0, 1),
        (1, 2),
    ]
    cut = evolucion(found.gl, date(2026, 10, 4))[-1]
    assert (cut.cifra.aprobadas, cut.firmantes) == (0, 1)


def test_the_order_of_visits_changes_nothing() -> None:
    visitas = [
        visita((QUINUA, D), dia="2026-09-01", codigo="05-2026-K7Q2MX-0002"),
        visita((QUINUA, S), dia="2026-09-01", codigo="05-2026-K7Q2MX-0001"),
        visita((PACAYCASA, S), estado=Estado.ANULADA),
    ]
    assert of(*visitas) == of(*reversed(visitas))
    codes = [item.ficha[-4:] for item in gl(of(*visitas)).acciones]
    assert codes == ["0001", "0002"]


def test_nothing_accumulates_before_the_plan_begins() -> None:
    begins = date(2027, 1, 1)
    assert cobertura([], FIRMANTES, DESDE, HASTA, inicio_plan=begins).acumulada is None
    assert cobertura([], FIRMANTES, DESDE, HASTA, inicio_plan=HASTA).acumulada is not None
