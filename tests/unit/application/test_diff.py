"""What changed between two versions: nothing for the same, one line for one field."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from fichaat.application.diff import diff
from fichaat.domain.acuerdo import Acuerdo, EstadoAcuerdo, Seguimiento
from fichaat.domain.ficha import DistritoAtendido, Ficha, Modalidad, NudoCritico, Sesion, Tema
from fichaat.domain.firma import ClaseAdjunto
from fichaat.domain.persona import Destinatario
from tests.support.fichas import (
    AYACUCHO,
    DESTINATARIO,
    HUANTA,
    QUINUA,
    complete_ficha,
    sign,
    unsigned_ficha,
    uuid7,
)
from tests.support.strategies import incomplete_fichas

_NAMES = ("id", "sha256")
_ROWS = (
    "distritos",
    "responsables",
    "destinatarios",
    "nudos_criticos",
    "acuerdos",
    "seguimientos",
    "adjuntos",
)
_OTHER: dict[type, list[Any]] = {
    str: ["otro texto", "otra cosa distinta", ""],
    int: [1, 2, 3],
    date: [date(2026, 1, 2), date(2026, 1, 3)],
    type(None): ["050102", "050103"],
    Sesion: [*Sesion],
    EstadoAcuerdo: [*EstadoAcuerdo],
    Modalidad: [*Modalidad],
    ClaseAdjunto: [*ClaseAdjunto],
}


@settings(max_examples=10)
@given(incomplete_fichas())
def test_nothing_changed_is_no_line(ficha: Ficha) -> None:
    assert diff(ficha, ficha) == []


@settings(max_examples=40)
@given(incomplete_fichas(), st.data())
def test_one_field_of_one_row_is_one_line(ficha: Ficha, data: st.DataObject) -> None:
    cells = [
        (section, row, name)
        for section in _ROWS
        for row, item in enumerate(getattr(ficha, section))
        for name in item.__struct_fields__
        if name not in _NAMES
    ]
    if not cells:
        return
    section, row, name = data.draw(st.sampled_from(cells))
    rows = getattr(ficha, section)
    old = getattr(rows[row], name)
    others = [value for value in _OTHER.get(type(old), ["otro"]) if value != old]
    new = data.draw(st.sampled_from(others))
    changed = (*rows[:row], replace(rows[row], **{name: new}), *rows[row + 1 :])
    (line,) = diff(ficha, replace(ficha, **{section: changed}))
    assert (line.path, line.field) == (f"/{section}/{row}/{name}", f"{section}.{name}")
    assert (line.row, line.before, line.after) == (row + 1, old, new)


@settings(max_examples=25)
@given(incomplete_fichas(), incomplete_fichas())
def test_any_two_contents_can_be_compared(before: Ficha, after: Ficha) -> None:
    lines = diff(before, after)
    left_out = {"firmas": (), "advertencias": (), "codigo": before.codigo}
    same = replace(before, **left_out) == replace(after, **left_out)
    assert bool(lines) is not same


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"lugar": "Otro lugar"}, "lugar"),
        ({"fecha": date(2026, 11, 1)}, "fecha"),
        ({"temas": (Tema.SALUD, Tema.AGUA)}, "temas"),
        ({"observaciones": "algo"}, "observaciones"),
        ({"distritos": (DistritoAtendido(AYACUCHO, Sesion.DIAGNOSTICO),)}, "distritos.ubigeo"),
    ],
)
def test_one_member_is_one_line(change: dict[str, Any], field: str) -> None:
    before = unsigned_ficha()
    (line,) = diff(before, replace(before, **change))
    assert line.field == field


def test_signatures_and_reasons_are_given_anew_and_say_nothing() -> None:
    before = complete_ficha()
    assert diff(before, sign(before)) == []
    assert diff(before, replace(before, firmas=())) == []


def test_a_row_more_and_a_row_less_are_one_line_each() -> None:
    before = unsigned_ficha()
    more = Destinatario(uuid7(9), QUINUA, "Municipalidad", "Yesenia Rúa", "Responsable")
    (added,) = diff(before, replace(before, destinatarios=(more, DESTINATARIO)))
    assert (added.path, added.before, added.after) == ("/destinatarios/0", None, more)
    (removed,) = diff(before, replace(before, destinatarios=()))
    assert (removed.path, removed.before, removed.after) == ("/destinatarios/0", DESTINATARIO, None)


def test_a_nudo_put_first_moves_the_others_without_a_word() -> None:
    before = unsigned_ficha()
    fresh = NudoCritico("El agua no se clora.", "Llenar el cuaderno.")
    moved = (replace(before.acuerdos[0], nudo=1),)
    after = replace(before, nudos_criticos=(fresh, *before.nudos_criticos), acuerdos=moved)
    (line,) = diff(before, after)
    assert (line.path, line.after) == ("/nudos_criticos/0", fresh)


def test_a_corrected_word_keeps_the_nudo() -> None:
    first, second = before = (
        NudoCritico("Catorce niñas sin DNI", "Ir"),
        NudoCritico("Agua", "Ver"),
    )
    ficha = unsigned_ficha(nudos_criticos=before, acuerdos=())
    after = replace(ficha, nudos_criticos=(replace(first, descripcion="Quince niñas sin DNI"),))
    lines = diff(ficha, after)
    assert [(line.path, line.field) for line in lines] == [
        ("/nudos_criticos/0/descripcion", "nudos_criticos.descripcion"),
        ("/nudos_criticos/1", "nudos_criticos"),
    ]
    assert lines[1].before == second


def test_people_that_only_changed_places_are_one_line() -> None:
    other = replace(DESTINATARIO, id=uuid7(9), nombre="Yesenia Rúa")
    before = unsigned_ficha(destinatarios=(DESTINATARIO, other))
    (line,) = diff(before, replace(before, destinatarios=(other, DESTINATARIO)))
    assert (line.path, line.field) == ("/destinatarios", "destinatarios.orden")


def test_rows_are_told_apart_by_what_names_them() -> None:
    first, second = Seguimiento(uuid7(20)), Seguimiento(uuid7(21))
    before = unsigned_ficha(seguimientos=(first, second))
    after = replace(before, seguimientos=(replace(second, avance=50),))
    fields = [(line.field, line.row) for line in diff(before, after)]
    assert fields == [("seguimientos", 1), ("seguimientos.avance", 1)]


def test_an_agreement_whose_nudo_is_gone_says_so_only_when_it_points_elsewhere() -> None:
    nudos = (NudoCritico("Uno", "a"), NudoCritico("Dos cosas", "b"))
    acuerdo = Acuerdo(uuid7(3), "Realizar", "Wilber", date(2026, 12, 15), nudo=0)
    before = unsigned_ficha(nudos_criticos=nudos, acuerdos=(acuerdo,))
    gone = replace(before, nudos_criticos=nudos[1:], acuerdos=(replace(acuerdo, nudo=None),))
    assert [line.field for line in diff(before, gone)] == ["nudos_criticos"]
    other = replace(before, nudos_criticos=nudos[1:])
    assert [line.field for line in diff(before, other)] == ["nudos_criticos", "acuerdos.nudo"]


def test_places_that_stand_twice_while_they_are_written() -> None:
    row = DistritoAtendido(QUINUA, Sesion.DIAGNOSTICO)
    before = unsigned_ficha(distritos=(row, DistritoAtendido(HUANTA, Sesion.SEGUIMIENTO)))
    after = replace(before, distritos=(replace(before.distritos[1], sesion=row.sesion),) * 2)
    assert {line.field for line in diff(before, after)} <= {"distritos.ubigeo", "distritos.sesion"}
