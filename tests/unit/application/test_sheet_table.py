"""A table that people filled in: its titles, its cells by kind, and what is said of each."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fichaat.application.find_distrito import FindDistrito
from fichaat.application.sheet_table import (
    MAX_PROBLEMS,
    CellProblem,
    address,
    find_sheet,
    read_table,
)
from fichaat.application.sheet_values import NotReadError, read_value
from fichaat.application.sheets import CellKind, Column, RawSheet, RawValue, Unread, Value
from fichaat.domain.territorio import Territorio
from fichaat.texts import message
from tests.support.fichas import DISTRITOS, QUINUA

K = CellKind
COLUMNS = (
    Column("N.º de ficha", required=True),
    Column("Fecha", K.FECHA),
    Column("Sesión", choices=("Diagnóstico", "Asistencia específica")),
)
TITLES = ("N.º de ficha", "Fecha", "Sesión")


def table(*rows: tuple[RawValue, ...], columns: tuple[Column, ...] = COLUMNS) -> RawSheet:
    return RawSheet("Fichas", rows)


def told(raw: RawSheet) -> list[tuple[str, str]]:
    return [(item.celda, item.code) for item in read_table(raw, COLUMNS).problems]


# titles


def test_titles_are_found_by_their_words_wherever_they_stand() -> None:
    raw = table(
        ("Fichas de octubre", None, None),
        (),
        ("SESION", None, "n.º  de\nficha", "fecha"),
        ("diagnostico", None, 7, date(2026, 11, 20)),
        (None, None, "  ", None),
        ("Asistencia  Específica", None, "8", None),
    )
    found = read_table(raw, COLUMNS)
    assert found.problems == ()
    assert [(row.number, dict(row.cells), row.sound) for row in found.rows] == [
        (
            4,
            {"N.º de ficha": "7", "Fecha": date(2026, 11, 20), "Sesión": "Diagnóstico"},
            True,
        ),
        (6, {"N.º de ficha": "8", "Fecha": None, "Sesión": "Asistencia específica"}, True),
    ]
    assert found.problem(6, "Fecha", "hoja.date", texto="x") == CellProblem(
        "Fichas", "D6", "hoja.date", {"texto": "x"}
    )


def test_a_column_that_is_not_required_may_be_missing() -> None:
    found = read_table(table(("N.º de ficha",), (1,)), COLUMNS)
    assert (found.problems, found.rows[0].cells["Fecha"]) == ((), None)


@pytest.mark.parametrize(
    ("titles", "problems"),
    [
        (("Fecha", "Sesión"), [("A1", "hoja.column_missing")]),
        ((*TITLES, "Teléfono"), [("D1", "hoja.column_unknown")]),
        ((*TITLES, 2026), [("D1", "hoja.column_unknown")]),
        ((*TITLES, "FECHA"), [("D1", "hoja.column_repeated")]),
        (("Uno", "Dos"), [("A1", "hoja.no_header")]),
        ((), [("A1", "hoja.no_header")]),
    ],
)
def test_wrong_titles_are_told(titles: tuple[RawValue, ...], problems: list[object]) -> None:
    found = read_table(table(titles), COLUMNS)
    assert [(item.celda, item.code) for item in found.problems] == problems
    assert found.structural == found.problems


def test_titles_in_the_eleventh_row_are_not_looked_for() -> None:
    empty: tuple[tuple[RawValue, ...], ...] = ((),) * 10
    assert told(table(*empty, TITLES)) == [("A1", "hoja.no_header")]
    assert told(table(*empty[1:], TITLES)) == []


# rows


def test_every_wrong_cell_has_its_address() -> None:
    raw = table(
        TITLES,
        (None, "31/02/2026", "Otra", "nota"),
        (1, Unread("#REF!"), Unread(""), None),
    )
    assert told(raw) == [
        ("A2", "hoja.required"),
        ("B2", "hoja.date"),
        ("C2", "hoja.choice"),
        ("D2", "hoja.cell_outside"),
        ("B3", "hoja.error_value"),
        ("C3", "hoja.formula"),
    ]
    assert [row.sound for row in read_table(raw, COLUMNS).rows] == [False, False]


def test_more_problems_than_anybody_reads_refuse_the_sheet() -> None:
    found = read_table(table(TITLES, *[(1, "x", None)] * (MAX_PROBLEMS + 50)), COLUMNS)
    assert len(found.problems) == MAX_PROBLEMS + 1
    assert [item.code for item in found.structural] == ["hoja.too_many_problems"]


def test_sheets_are_found_by_their_name() -> None:
    sheets = [RawSheet("FICHAS ", ()), RawSheet("Nudos", ()), RawSheet("nudós", ())]
    assert find_sheet(sheets, "Fichas") == sheets[0]
    for name, code in (("Nudos", "hoja.repeated"), ("Acuerdos", "hoja.missing")):
        problem = find_sheet(sheets, name)
        assert isinstance(problem, CellProblem)
        assert problem.code == code
        assert name in message(problem.code, problem.params)


@pytest.mark.parametrize(
    ("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_addresses(column: int, letters: str) -> None:
    assert address(7, column) == f"{letters}7"


# values


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (K.TEXTO, " Pen\u0303a\n Alta ", "Peña  Alta"),
        (K.TEXTO, 50101, "50101"),
        (K.TEXTO, Decimal("1.5"), "1.5"),
        (K.TEXTO_LARGO, "uno\r\ndos\t", "uno\ndos"),
        (K.TEXTO, "=1+1", "=1+1"),
        (K.FECHA, date(2026, 12, 15), date(2026, 12, 15)),
        (K.FECHA, datetime(2026, 12, 15, tzinfo=UTC), date(2026, 12, 15)),
        (K.FECHA, "15/12/2026", date(2026, 12, 15)),
        (K.FECHA, " 5-1-2026 ", date(2026, 1, 5)),
        (K.FECHA, "2026-12-15", date(2026, 12, 15)),
        (K.FECHA, 46_371, date(2026, 12, 15)),
        (K.HORA, time(9, 30), time(9, 30)),
        (K.HORA, time(9, 29, 59), time(9, 30)),
        (K.HORA, "9:30", time(9, 30)),
        (K.HORA, 930, time(9, 30)),
        (K.HORA, "2:30 pm", time(14, 30)),
        (K.HORA, Decimal("0.3958333333333333"), time(9, 30)),
        (K.HORA, 0, time(0)),
        (K.ENTERO, "12", 12),
        (K.ENTERO, -3, -3),
        (K.DECIMAL, "1,5", Decimal("1.5")),
        (K.DECIMAL, 7, Decimal(7)),
        (K.PORCENTAJE, 40, 40),
        (K.PORCENTAJE, "45 %", 45),
        (K.PORCENTAJE, Decimal("12.5"), Decimal("12.5")),
    ],
)
def test_what_people_write_is_understood(kind: CellKind, cell: RawValue, value: Value) -> None:
    read = read_value(cell, Column("C", kind))
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("kind", "cell", "code"),
    [
        (K.TEXTO, True, "text"),
        (K.TEXTO, date(2026, 1, 1), "text"),
        (K.TEXTO, "a\x07b", "control_character"),
        (K.TEXTO_LARGO, "a\x00", "control_character"),
        (K.TEXTO, "x" * 301, "too_long"),
        (K.TEXTO_LARGO, "x" * 20_001, "too_long"),
        (K.FECHA, "30/02/2026", "date"),
        (K.FECHA, "20/11/26", "date"),
        (K.FECHA, "01/01/1850", "date"),
        (K.FECHA, date(2300, 1, 1), "date"),
        (K.FECHA, datetime(2026, 12, 15, 9, tzinfo=UTC), "date"),
        (K.FECHA, 2026, "date"),
        (K.FECHA, time(9), "date"),
        (K.FECHA, True, "date"),
        (K.FECHA, Decimal("46371.5"), "date"),
        (K.HORA, "25:00", "time"),
        (K.HORA, time(23, 59, 45), "time"),
        (K.HORA, 2460, "time"),
        (K.HORA, Decimal("1.5"), "time"),
        (K.HORA, False, "time"),
        (K.HORA, date(2026, 1, 1), "time"),
        (K.ENTERO, Decimal("1.5"), "whole"),
        (K.ENTERO, "1,5", "whole"),
        (K.ENTERO, "٣", "whole"),
        (K.ENTERO, True, "whole"),
        (K.DECIMAL, "1.234,5", "number"),
        (K.PORCENTAJE, Decimal("0.45"), "percent"),
        (K.PORCENTAJE, 101, "percent"),
        (K.PORCENTAJE, -1, "percent"),
        (K.PORCENTAJE, "mucho", "percent"),
    ],
)
def test_what_is_no_such_value_is_refused(kind: CellKind, cell: RawValue, code: str) -> None:
    with pytest.raises(NotReadError) as caught:
        read_value(cell, Column("C", kind))
    assert caught.value.code == f"hoja.{code}"
    assert "…" not in message(caught.value.code, caught.value.params)[-3:]


def test_a_boolean_answers_yes_or_no() -> None:
    column = Column("C", choices=("Sí", "No"))
    assert [read_value(cell, column) for cell in (True, False, "SI", "nó")] == [
        "Sí",
        "No",
        "Sí",
        "No",
    ]


CELLS = (
    st.none()
    | st.text(max_size=400)
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.builds(Unread, st.text(max_size=20))
)


@given(CELLS, st.sampled_from(CellKind), st.booleans())
def test_any_cell_is_a_value_of_its_kind_or_is_told(
    cell: RawValue,
    kind: CellKind,
    required: bool,  # noqa: FBT001
) -> None:
    kinds: dict[CellKind, type | tuple[type, ...]] = {
        K.TEXTO: str,
        K.TEXTO_LARGO: str,
        K.FECHA: date,
        K.HORA: time,
        K.ENTERO: int,
        K.DECIMAL: Decimal,
        K.PORCENTAJE: (int, Decimal),
    }
    column = Column("C", kind, required=required)
    try:
        value = read_value(cell, column)
    except NotReadError:
        return
    assert value is None or isinstance(value, kinds[kind])
    assert not isinstance(value, bool)
    assert value is not None or not required
    if value is not None:
        assert read_value(value, column) == value


@given(st.lists(st.lists(CELLS, max_size=4).map(tuple), max_size=6))
def test_any_rows_below_the_titles_are_read_or_told(rows: list[tuple[RawValue, ...]]) -> None:
    found = read_table(RawSheet("S", (TITLES, *rows)), COLUMNS)
    wrong = {item.celda.lstrip("ABCD") for item in found.problems}
    assert {str(row.number) for row in found.rows if not row.sound} == wrong


# districts


def test_a_district_by_its_code_or_by_its_name() -> None:
    find = FindDistrito(Territorio(DISTRITOS.values()), "05")
    named = DISTRITOS[QUINUA]
    for text in (
        QUINUA,
        QUINUA[1:],
        f"{QUINUA} {named.distrito} ({named.provincia})",
        named.distrito.upper(),
        f"{named.distrito}  ({named.provincia})",
    ):
        assert find(text) == QUINUA
    for text in ("999999", f"{QUINUA}x", f"{QUINUA} Otro", "Nada", QUINUA[2:]):
        with pytest.raises(NotReadError, match="district_unknown"):
            find(text)
