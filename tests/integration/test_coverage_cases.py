"""Anexo N°2 case by case: figures written by hand, met by the oracle and by the program.

Each case seals records as laptops of a region would; the database draws them and `ReadCoverage`
reads it. The same case tells the oracle, in its plain words, what happened.
"""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from fichaat.domain.ficha import Modalidad
from fichaat.domain.record import Kind
from fichaat.domain.revision import Veredicto
from tests.support import coverage_oracle
from tests.support.coverage_story import (
    FROM,
    HUANTA,
    PACAYCASA,
    QUINUA,
    SIGNED,
    TO,
    VINCHOS,
    Expected,
    Told,
    content_of,
)
from tests.support.coverage_words import program_says
from tests.support.fake_region import day, received, review

D, S, E = "diagnostico", "seguimiento", "especifica"
NOVEMBER = "2026-11-20"
ALL = "diagnostico seguimiento accion"
CASES: list[Callable[[Told], Expected]] = []


def case(tell: Callable[[Told], Expected]) -> Callable[[Told], Expected]:
    CASES.append(tell)
    return tell


@case
def a_diagnosis_and_a_follow_up(t: Told) -> Expected:
    t.approved({QUINUA: D})
    t.approved({QUINUA: S}, NOVEMBER)
    return Expected("1/1/1", "1/1/1", {QUINUA: "", VINCHOS: ALL, HUANTA: ALL})


@case
def nothing_at_all(t: Told) -> Expected:
    return Expected("0/0/0", "0/0/0", {QUINUA: ALL, VINCHOS: ALL, HUANTA: ALL})


@case
def a_group_ficha_is_one_action_for_each_district(t: Told) -> Expected:
    t.approved({QUINUA: D, VINCHOS: D, HUANTA: D})
    t.approved({QUINUA: S, VINCHOS: S}, NOVEMBER)
    return Expected("2/2/2", "2/2/2", {HUANTA: "seguimiento accion"})


@case
def a_group_ficha_may_be_something_else_in_each_district(t: Told) -> Expected:
    t.approved({QUINUA: D, VINCHOS: S})
    t.approved({QUINUA: S, VINCHOS: S}, NOVEMBER)
    return Expected("1/1/1", "2/2/2", {QUINUA: "", VINCHOS: "diagnostico"})


@case
def a_mixta_ficha_is_one_action(t: Told) -> Expected:
    t.approved({QUINUA: D}, modality=Modalidad.MIXTA)
    return Expected("0/0/0", "0/0/0", {QUINUA: "seguimiento accion"})


@case
def two_diagnoses_are_two_actions_and_no_follow_up(t: Told) -> Expected:
    t.approved({QUINUA: D})
    t.approved({QUINUA: D}, NOVEMBER)
    return Expected("0/0/0", "1/1/1", {QUINUA: "seguimiento"})


@case
def specific_assistance_is_no_session_of_the_two(t: Told) -> Expected:
    t.approved({QUINUA: E})
    t.approved({QUINUA: E}, NOVEMBER)
    return Expected("0/0/0", "1/1/1", {QUINUA: "diagnostico seguimiento"})


@case
def a_cascade_ficha_that_the_region_received_counts(t: Told) -> Expected:
    t.approved({QUINUA: D}, by=t.prov, level="provincial")
    t.approved({QUINUA: S}, NOVEMBER)
    return Expected("1/1/1", "1/1/1", {QUINUA: ""})


@case
def a_cascade_ficha_not_received_does_not_exist_for_the_region(t: Told) -> Expected:
    t.visit({QUINUA: D}, by=t.prov, level="provincial")
    t.approved({QUINUA: S}, NOVEMBER)
    return Expected("0/0/0", "0/0/0", {QUINUA: "diagnostico accion"}, "1 cascada_no_recibida")


@case
def the_visa_of_a_province_is_no_reception(t: Told) -> Expected:
    ficha = t.visit({QUINUA: D}, by=t.prov, level="provincial")
    t.judge(ficha, Veredicto.VISADA, by=t.prov)
    t.approved({QUINUA: S}, NOVEMBER)
    return Expected("0/0/0", "0/0/0", {QUINUA: "diagnostico accion"}, "1 cascada_no_recibida")


@case
def the_visa_of_a_province_is_no_answer_of_the_region(t: Told) -> Expected:
    ficha = t.visit({QUINUA: D}, by=t.prov, level="provincial")
    t.judge(ficha, Veredicto.VISADA, by=t.prov)
    t.receive(ficha)
    t.approved({QUINUA: S}, NOVEMBER)
    return Expected("0/1/1", "0/1/1", {QUINUA: "aprobacion"})


@case
def an_annulled_ficha_is_left_out(t: Told) -> Expected:
    t.annul(t.approved({QUINUA: D}))
    t.approved({QUINUA: S}, NOVEMBER)
    return Expected("0/0/0", "0/0/0", {QUINUA: "diagnostico accion"}, "1 anulada")


@case
def a_rectification_to_another_district_waits_there_for_its_approval(t: Told) -> Expected:
    moved = t.approved({QUINUA: D})
    t.approved({QUINUA: S, VINCHOS: S}, NOVEMBER)
    t.correct(moved, {VINCHOS: D})
    return Expected("0/0/1", "0/0/1", {QUINUA: "diagnostico accion", VINCHOS: "aprobacion"})


@case
def a_rectification_to_another_district_counts_there_once_approved(t: Told) -> Expected:
    moved = t.approved({QUINUA: D})
    t.approved({QUINUA: S, VINCHOS: S}, NOVEMBER)
    new = t.correct(moved, {VINCHOS: D})
    t.receive(new)
    t.judge(new, Veredicto.APROBADA)
    return Expected("1/1/1", "1/1/1", {QUINUA: "diagnostico accion", VINCHOS: ""})


@case
def two_visits_of_one_day_are_two_actions(t: Told) -> Expected:
    t.approved({QUINUA: D})
    t.approved({QUINUA: S})
    return Expected("1/1/1", "1/1/1", {QUINUA: ""})


@case
def a_follow_up_before_the_diagnosis_counts_and_is_marked(t: Told) -> Expected:
    t.approved({QUINUA: S})
    t.approved({QUINUA: D}, NOVEMBER)
    return Expected("1/1/1", "1/1/1", {QUINUA: ""}, antes=(QUINUA,))


@case
def a_diagnosis_of_the_earlier_period_only_accumulates(t: Told) -> Expected:
    t.approved({QUINUA: D}, "2026-06-30")
    t.approved({QUINUA: S}, NOVEMBER)
    return Expected(
        *("0/0/0", "0/0/0", {QUINUA: "diagnostico accion"}, "1 fuera_de_ventana"),
        acumulada="1/1/1",
    )


@case
def what_was_before_the_plan_accumulates_nowhere(t: Told) -> Expected:
    t.approved({QUINUA: D}, "2025-12-31")
    t.approved({QUINUA: S}, NOVEMBER)
    return Expected("0/0/0", "0/0/0", {QUINUA: "diagnostico accion"}, "1 fuera_de_ventana")


@case
def nothing_accumulates_where_the_plan_has_no_beginning(t: Told) -> Expected:
    t.catalogue["inicio_plan"] = None
    t.approved({QUINUA: D}, "2026-06-30")
    t.approved({QUINUA: S}, NOVEMBER)
    return Expected(
        *("0/0/0", "0/0/0", {QUINUA: "diagnostico accion"}, "1 fuera_de_ventana"),
        acumulada=None,
    )


@case
def a_plan_that_began_within_the_period_accumulates_less(t: Told) -> Expected:
    t.catalogue["inicio_plan"] = "2026-09-01"
    t.approved({QUINUA: D})
    t.approved({QUINUA: S}, NOVEMBER)
    return Expected("1/1/1", "1/1/1", {QUINUA: ""}, acumulada="0/0/0")


@case
def the_first_and_the_last_day_belong_to_the_period(t: Told) -> Expected:
    t.approved({QUINUA: D}, FROM.isoformat())
    t.approved({QUINUA: S}, TO.isoformat())
    return Expected("1/1/1", "1/1/1", {QUINUA: ""})


@case
def what_comes_behind_the_last_day_counts_nowhere(t: Told) -> Expected:
    t.approved({QUINUA: D})
    t.approved({QUINUA: S}, "2027-01-01")
    return Expected("0/0/0", "0/0/0", {QUINUA: "seguimiento accion"}, "2 fuera_de_ventana")


@case
def a_district_that_did_not_sign_does_not_count(t: Told) -> Expected:
    t.approved({QUINUA: D, PACAYCASA: D})
    t.approved({QUINUA: S, PACAYCASA: S}, NOVEMBER)
    out = (f"1 {PACAYCASA} no_firmante", f"2 {PACAYCASA} no_firmante")
    return Expected("1/1/1", "1/1/1", {QUINUA: ""}, *out)


@case
def who_signed_after_the_last_day_does_not_count_yet(t: Told) -> Expected:
    t.catalogue["firmantes"] = {**SIGNED, QUINUA: "2027-01-01"}
    t.approved({QUINUA: D})
    t.approved({QUINUA: S}, NOVEMBER)
    out = (f"1 {QUINUA} no_firmante", f"2 {QUINUA} no_firmante")
    return Expected("0/0/0", "0/0/0", {VINCHOS: ALL}, *out, firmantes=2)


@case
def who_signed_on_the_last_day_counts_with_all_its_visits(t: Told) -> Expected:
    t.catalogue["firmantes"] = {QUINUA: "2026-12-31"}
    t.approved({QUINUA: D})
    t.approved({QUINUA: S}, NOVEMBER)
    return Expected("1/1/1", "1/1/1", {QUINUA: ""}, firmantes=1)


@case
def a_catalogue_that_changed_half_way_is_read_in_its_last_version(t: Told) -> Expected:
    t.publish(1, {QUINUA: "2023-06-14"}, "2026-01-01")
    t.approved({QUINUA: D, HUANTA: D})
    t.publish(2, {HUANTA: "2026-09-15", VINCHOS: "2023-06-14"}, "2026-09-01")
    t.approved({QUINUA: S, HUANTA: S}, NOVEMBER)
    out = (f"1 {QUINUA} no_firmante", f"2 {QUINUA} no_firmante")
    return Expected(
        "1/1/1", "1/1/1", {HUANTA: "", VINCHOS: ALL}, *out, acumulada="0/0/0", firmantes=2
    )


@case
def a_revoked_laptop_keeps_what_the_region_had(t: Told) -> Expected:
    held = t.approved({QUINUA: D})
    t.approved({QUINUA: S}, NOVEMBER, by=t.coord)
    t.records.append(t.region.revoke(t.ana, day(330), held))
    return Expected("1/1/1", "1/1/1", {QUINUA: ""})


@case
def what_a_revoked_laptop_hands_in_later_is_in_quarantine(t: Told) -> Expected:
    held = t.approved({QUINUA: D})
    later = t.visit({QUINUA: S}, NOVEMBER)
    t.records.append(t.region.revoke(t.ana, day(330), held))
    t.receive(later, moment=day(340))
    t.fact(later, destino="cuarentena")
    return Expected("0/0/0", "0/0/0", {QUINUA: "seguimiento accion"}, "2 cuarentena")


@case
def what_nobody_received_is_only_sealed(t: Told) -> Expected:
    t.visit({QUINUA: D})
    t.visit({QUINUA: S}, NOVEMBER)
    return Expected("0/0/1", "0/0/1", {QUINUA: "aprobacion"})


@case
def what_waits_for_its_review_is_received(t: Told) -> Expected:
    t.receive(t.visit({QUINUA: D}), t.visit({QUINUA: S}, NOVEMBER))
    return Expected("0/1/1", "0/1/1", {QUINUA: "aprobacion"})


@case
def an_observed_ficha_counts_among_all_alone(t: Told) -> Expected:
    ficha = t.visit({QUINUA: D})
    t.receive(ficha)
    t.judge(ficha, Veredicto.OBSERVADA)
    t.approved({QUINUA: S}, NOVEMBER)
    return Expected("0/0/1", "0/0/1", {QUINUA: "aprobacion"})


@case
def an_observed_ficha_that_was_corrected_waits_again(t: Told) -> Expected:
    ficha = t.visit({QUINUA: D})
    t.receive(ficha)
    t.judge(ficha, Veredicto.OBSERVADA)
    t.receive(t.correct(ficha, {QUINUA: D}))
    t.approved({QUINUA: S}, NOVEMBER)
    return Expected("0/1/1", "0/1/1", {QUINUA: "aprobacion"})


@case
def a_rejected_ficha_is_left_out(t: Told) -> Expected:
    ficha = t.visit({QUINUA: D})
    t.receive(ficha)
    t.judge(ficha, Veredicto.RECHAZADA)
    t.approved({QUINUA: S}, NOVEMBER)
    return Expected("0/0/0", "0/0/0", {QUINUA: "diagnostico accion"}, "1 rechazada")


@case
def a_verdict_taken_back_is_none(t: Told) -> Expected:
    ficha = t.visit({QUINUA: D})
    t.receive(ficha)
    said = t.judge(ficha, Veredicto.APROBADA)
    t.judge(ficha, Veredicto.RETIRADA, said)
    t.approved({QUINUA: S}, NOVEMBER)
    return Expected("0/1/1", "0/1/1", {QUINUA: "aprobacion"})


@case
def two_versions_in_conflict_count_neither(t: Told) -> Expected:
    ficha = t.approved({QUINUA: D})
    twin = t.ana.fork()
    t.records.append(t.ana.rectify(ficha, replace(content_of(ficha), lugar="aquí")))
    t.records.append(twin.rectify(ficha, replace(content_of(ficha), lugar="allá")))
    t.fact(ficha, destino="conflicto")
    t.approved({QUINUA: S}, NOVEMBER, by=t.coord)
    return Expected("0/0/0", "0/0/0", {QUINUA: "diagnostico accion"}, "1 conflicto")


@case
def the_version_that_the_region_chose_waits_for_its_review(t: Told) -> Expected:
    ficha = t.approved({QUINUA: D})
    twin = t.ana.fork()
    here = t.ana.rectify(ficha, replace(content_of(ficha), lugar="aquí"))
    there = twin.rectify(ficha, replace(content_of(ficha), lugar="allá"))
    t.records += [here, there, received(t.coord, [here, there], day(325))]
    t.records.append(review(t.coord, here, Veredicto.ELEGIDA))
    t.fact(ficha, recibida=True, veredicto=None)
    t.approved({QUINUA: S}, NOVEMBER, by=t.coord)
    return Expected("0/1/1", "0/1/1", {QUINUA: "aprobacion"})


@case
def a_ficha_beyond_the_right_of_its_laptop_is_in_quarantine(t: Told) -> Expected:
    """A province for a district of another one."""
    ficha = t.visit({HUANTA: D}, by=t.prov, level="provincial")
    t.receive(ficha)
    t.fact(ficha, destino="cuarentena")
    return Expected("0/0/0", "0/0/0", {HUANTA: ALL}, "1 cuarentena")


@case
def a_laptop_that_nobody_approved_counts_among_all_alone(t: Told) -> Expected:
    ficha = t.approved({QUINUA: D}, by=t.stranger)
    t.fact(ficha, equipo_aprobado=False)
    t.approved({QUINUA: S}, NOVEMBER)
    return Expected("0/0/1", "0/0/1", {QUINUA: "aprobacion"})


@case
def what_somebody_else_executed_never_counts(t: Told) -> Expected:
    t.approved({QUINUA: D}, level="otro")
    t.approved({QUINUA: S}, NOVEMBER)
    return Expected("0/0/0", "0/0/0", {QUINUA: "diagnostico accion"}, "1 otro_ejecutor")


@case
def a_specialist_approves_nothing(t: Told) -> Expected:
    ficha = t.visit({QUINUA: D})
    t.receive(ficha)
    t.judge(ficha, Veredicto.APROBADA, by=t.ana)
    t.fact(ficha, veredicto=None)
    t.approved({QUINUA: S}, NOVEMBER)
    return Expected("0/1/1", "0/1/1", {QUINUA: "aprobacion"})


@case
def a_province_receives_nothing_for_the_region(t: Told) -> Expected:
    ficha = t.visit({QUINUA: D})
    t.records.append(received(t.prov, [ficha], day(320)))
    t.approved({QUINUA: S}, NOVEMBER)
    return Expected("0/0/1", "0/0/1", {QUINUA: "aprobacion"})


@case
def of_one_theme_only_visits_about_it_count(t: Told) -> Expected:
    t.asked = {"theme": "agua"}
    t.approved({QUINUA: D}, themes=("agua", "salud"))
    t.approved({QUINUA: S}, NOVEMBER, themes=("salud",))
    return Expected("0/0/0", "0/0/0", {QUINUA: "seguimiento accion"}, "2 otro_tema")


@case
def of_one_province_only_its_signatories_count(t: Told) -> Expected:
    t.asked = {"province": "0504"}
    t.approved({QUINUA: D, HUANTA: D})
    t.approved({QUINUA: S, HUANTA: S}, NOVEMBER)
    t.annul(t.approved({QUINUA: E}))
    return Expected("1/1/1", "1/1/1", {HUANTA: ""}, firmantes=1)


@pytest.mark.parametrize("tell", CASES, ids=lambda tell: tell.__name__)
def test_the_figures_written_by_hand_are_met(tell: Callable[[Told], Expected]) -> None:
    told = Told()
    expected = tell(told)
    if not any(item.record.kind == Kind.CATALOGO for item in told.records):
        told.publish(1, told.catalogue["firmantes"], told.catalogue["inicio_plan"])
    facts = list(told.fichas.values())
    window = (FROM.isoformat(), TO.isoformat())
    said = coverage_oracle.coverage(facts, told.catalogue, *window, **told.asked)
    expected.demand(said, "oracle")
    for reverse in (False, True):
        seen = program_says(told.view(reverse=reverse))
        expected.demand(seen, "program")
        assert seen == said
