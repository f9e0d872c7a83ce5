"""A workbook that somebody filled in: what is wrong has its cell, and nothing of it is used."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from fichaat.application.catalogue import sheets
from fichaat.application.sheets import RawSheet, RawValue, Unread
from fichaat.domain.catalogo import DEFAULT_VERIFICACIONES, Firmante
from fichaat.texts import message
from tests.support.catalogues import COMPLETE, DISTRITOS, SCOPE
from tests.support.fichas import uuid7

FIRMANTES = ("Distrito", "Fecha de firma")
METAS = ("Indicador", "Distrito", "Meta", "Mide desde", "Mide hasta")
INDICADORES = ("Código", "Nombre", "Tema", "Retirado")
DAY = date(2023, 6, 14)


def sheet(name: str, titles: Sequence[str], *rows: Sequence[RawValue]) -> RawSheet:
    return RawSheet(name, (tuple(titles), *map(tuple, rows)))


def read(*raw: RawSheet) -> sheets.ReadSheets:
    return sheets.read_sheets(raw, lambda _: uuid7(99))


def problems(*raw: RawSheet) -> list[tuple[str, str, str]]:
    return [(item.hoja, item.celda, item.code) for item in read(*raw).problems]


@pytest.mark.parametrize(
    "typed", ["050101 Ayacucho (Huamanga)", "050101", " 050101 ", 50101, "50101"]
)
def test_a_district_is_chosen_from_the_list_or_typed(typed: RawValue) -> None:
    found = read(sheet("Firmantes", FIRMANTES, (typed, DAY)))
    assert found.problems == ()
    assert found.sections == {"firmantes": (Firmante("050101", DAY),)}


@pytest.mark.parametrize("typed", ["Ayacucho", "05010", 5, "0501012", Decimal("50101.5")])
def test_what_names_no_district_is_refused(typed: RawValue) -> None:
    wrong = problems(sheet("Firmantes", FIRMANTES, ("050101", DAY), (typed, DAY)))
    expected = [] if typed == "05010" else [("Firmantes", "A3", "catalogo.distrito_form")]
    assert wrong == expected


def test_every_wrong_cell_is_told() -> None:
    wrong = problems(
        sheet(
            "metas ",
            METAS,
            ("I-01", "050101", "mucho", DAY, DAY),
            ("I 01", "050101", 80, DAY, None),
            ("I-01", "050101", Decimal("80.123456"), DAY, DAY),
            ("I-01", "050101", -3, DAY, "ayer"),
        ),
        sheet("Indicadores", INDICADORES, ("I-01", "Agua", "Deporte", "Tal vez")),
        sheet("Provincias", ("Provincia",), ("Huamanga",)),
    )
    assert wrong == [
        ("metas ", "C2", "hoja.number"),
        ("metas ", "E3", "hoja.required"),
        ("metas ", "E5", "hoja.date"),
        ("metas ", "A3", "catalogo.want_codigo"),
        ("metas ", "C4", "catalogo.want_cantidad"),
        ("metas ", "C5", "catalogo.want_cantidad"),
        ("Indicadores", "C2", "hoja.choice"),
        ("Indicadores", "D2", "hoja.choice"),
        ("Provincias", "A2", "catalogo.provincia_form"),
    ]


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        (-3, "catalogo.want_cantidad", "«-3» y se espera un número de 0 a 999999999"),
        (Decimal("1E+300"), "catalogo.want_cantidad", "«1E+300»"),
        ("9" * 5000, "hoja.number_long", "tiene 5000 cifras y caben 15"),
        (Unread("nan"), "hoja.error_value", "el error nan"),
        ("nan", "hoja.number", "«nan» no es un número"),
    ],
)
def test_a_goal_that_is_none_is_quoted_with_what_goes_there(
    typed: RawValue, code: str, words: str
) -> None:
    (problem,) = read(sheet("Metas", METAS, ("I-01", "050101", typed, DAY, DAY))).problems
    assert (problem.celda, problem.code) == ("C2", code)
    assert words in message(problem.code, problem.params)


@pytest.mark.parametrize("typed", ["0.5", Decimal("0.5"), "2,5"])
def test_a_part_of_a_session_is_no_session(typed: RawValue) -> None:
    titles = ("Número", "Desde", "Hasta", "Corte", "Corte de acuerdos", "Sesiones de análisis")
    (problem,) = read(sheet("Verificaciones", titles, (1, DAY, DAY, DAY, DAY, typed))).problems
    assert (problem.celda, problem.code) == ("F2", "hoja.whole")


def test_a_count_above_its_limit_says_the_limit() -> None:
    titles = ("Número", "Desde", "Hasta", "Corte", "Corte de acuerdos")
    (problem,) = read(sheet("Verificaciones", titles, (100, DAY, DAY, DAY, DAY))).problems
    assert (problem.celda, problem.code) == ("A2", "catalogo.want_entero")
    assert "de 1 a 99" in message(problem.code, problem.params)


def test_what_can_be_read_beside_wrong_cells_keeps_its_place() -> None:
    found = read(sheet("Firmantes", FIRMANTES, ("x", DAY), ("050101", DAY), ("050108", "ayer")))
    assert found.sections == {"firmantes": (Firmante("050101", DAY),)}
    assert found.cells["firmantes"].cell("0/ubigeo") == "A3"
    assert found.short == {"firmantes"}


def test_sheets_that_nobody_knows_are_refused_unless_blank() -> None:
    known = sheet("FIRMANTES", FIRMANTES, ("050101", DAY))
    assert problems(known, RawSheet("Hoja1", ((None, None),))) == []
    assert problems(known, RawSheet("Listas", (("050101",),))) == []
    assert problems(known, RawSheet("Firmante", (("050101",),))) == [
        ("Firmante", "A1", "catalogo.sheet_unknown")
    ]
    assert problems(known, known) == [("FIRMANTES", "A1", "hoja.repeated")]
    assert problems(RawSheet("Hoja1", ())) == [("General", "A1", "hoja.missing")]


def test_a_sheet_without_rows_changes_nothing() -> None:
    found = read(sheet("Firmantes", FIRMANTES), sheet("Metas", METAS))
    assert (dict(found.sections), found.problems) == ({}, ())


def test_the_beginning_of_the_plan_is_one_day() -> None:
    general = sheet("General", ("Inicio del plan",), (DAY,))
    assert read(general).sections == {"inicio_plan": DAY}
    twice = sheet("General", ("Inicio del plan",), (DAY,), (DAY,))
    assert problems(twice) == [("General", "A3", "catalogo.general_rows")]


def test_cells_without_a_value_are_refused() -> None:
    wrong = problems(sheet("Firmantes", FIRMANTES, (Unread("#REF!"), DAY), ("050101", Unread(""))))
    assert wrong == [
        ("Firmantes", "A2", "hoja.error_value"),
        ("Firmantes", "B3", "hoja.formula"),
    ]


def test_a_path_leads_to_its_cell() -> None:
    found = read(
        RawSheet(
            "Firmantes",
            ((), FIRMANTES[::-1], (DAY, "050101"), (None, None), (DAY, "050108")),
        ),
        sheet("General", ("Inicio del plan",), (None,), (DAY,)),
    )
    place = found.cells["firmantes"]
    assert [place.cell(path) for path in ("0/ubigeo", "1/firmo_el", "1", "2", "x")] == [
        "B3",
        "A5",
        "A5",
        None,
        None,
    ]
    assert found.cells["inicio_plan"].cell("") == "A3"


def test_the_template_offers_the_districts_of_the_region() -> None:
    book = sheets.template(SCOPE)
    by_name = {item.name: item for item in book.sheets}
    choices = by_name["Firmantes"].columns[0].choices
    assert [choice[:6] for choice in choices] == list(DISTRITOS)
    assert choices[0] == "050101 Ayacucho (Huamanga)"
    assert by_name["Indicadores"].columns[2].choices == (
        "Salud",
        "Agua",
        "Educación",
        "Articulación territorial",
    )
    assert len(by_name["Verificaciones"].rows) == len(DEFAULT_VERIFICACIONES)
    assert book.template
    assert [row[0] for row in by_name["Instrucciones"].rows] == list(range(1, 9))
    assert not by_name["Firmantes"].rows


def test_goals_offer_the_indicators_in_use() -> None:
    book = sheets.workbook_of(COMPLETE, SCOPE)
    metas = next(item for item in book.sheets if item.name == "Metas")
    assert metas.columns[0].choices == ("I-01", "I-02")
