"""What is written, read back by openpyxl; what is read, written by hand; nothing is a formula."""

import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as Book

from fichaat.application.sheets import CellKind, Column, Sheet, Unread, Value, Workbook
from fichaat.domain.errors import UserFacingError
from fichaat.reports import sheet_scan
from fichaat.reports.workbook_writer import CUT, LISTS, MAX_TEXT, TYPED_ROWS
from fichaat.reports.workbooks import XlsxWorkbooks
from tests.support.fichas_book import opened, saved

K = CellKind
BOOKS = XlsxWorkbooks()
COLUMNS = (
    Column("Texto", note="Lo que se escribe", required=True),
    Column("Largo", K.TEXTO_LARGO),
    Column("Fecha", K.FECHA),
    Column("Hora", K.HORA),
    Column("Entero", K.ENTERO),
    Column("Decimal", K.DECIMAL),
    Column("Avance", K.PORCENTAJE),
    Column("Corta", choices=("Sí", "No")),
    Column("Con coma", choices=("a, b", 'c "d"')),
    Column("Larga", choices=tuple(f"opción {n}" for n in range(40))),
)
MOMENT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
ROWS: tuple[tuple[Value, ...], ...] = (
    ("uno", "dos\ntres", date(2026, 11, 20), time(9, 30), 7, Decimal("1.25"), 40, "Sí", None, None),
    ("050108", None, MOMENT, None, 0, 3, Decimal("12.5"), True, None, "opción 39"),
)


def sheet(rows: tuple[tuple[Value, ...], ...] = ROWS, lead: tuple[str, ...] = ()) -> Sheet:
    return Sheet("Fichas", COLUMNS, rows, lead)


def written(*sheets: Sheet, template: bool = False) -> bytes:
    return BOOKS.write(Workbook("Título & más", sheets, template=template))


def one_cell(value: Value, kind: CellKind = K.TEXTO) -> Any:  # noqa: ANN401  # openpyxl's cell
    data = written(Sheet("S", (Column("C", kind),), ((value,),)))
    return opened(data)["S"]["A2"]


def refused(data: bytes) -> str:
    with pytest.raises(UserFacingError) as caught:
        BOOKS.read(data)
    return caught.value.code


# writing


def test_the_same_workbook_gives_the_same_bytes() -> None:
    assert written(sheet()) == written(sheet())
    for info in zipfile.ZipFile(BytesIO(written(sheet()))).infolist():
        assert info.date_time == (1980, 1, 1, 0, 0, 0)


def test_cells_have_the_types_of_their_values() -> None:
    cells = list(opened(written(sheet()))["Fichas"].iter_rows())
    first, second = cells[1], cells[2]
    assert [cell.value for cell in first[:7]] == [
        *ROWS[0][:2],
        datetime.fromisoformat("2026-11-20"),
        time(9, 30),
        7,
        1.25,
        40,
    ]
    assert [cell.number_format for cell in first[2:7]] == [
        "dd/mm/yyyy",
        "hh:mm",
        "0",
        "General",
        '0"%"',
    ]
    assert (second[0].data_type, second[0].value) == ("s", "050108")
    assert second[2].value == MOMENT.replace(tzinfo=None)
    assert second[6].value == 12.5
    assert second[7].value == "Sí"


def test_the_header_stays_filters_and_repeats() -> None:
    data = written(sheet(lead=("Título del reporte", "Corte: hoy")))
    made = opened(data)["Fichas"]
    assert made["A1"].value == "Título del reporte"
    assert made["A4"].value == "Texto"
    assert made["A4"].font.bold
    assert made["A4"].fill.fgColor.rgb == "FFDDEEF1"
    assert made.freeze_panes == "A5"
    assert made.auto_filter.ref == "A4:J6"
    assert made.print_title_rows == "$4:$4"
    assert (made.page_setup.orientation, made.page_setup.paperSize) == ("landscape", 9)
    assert (made.page_setup.fitToHeight, made.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
    assert made.oddFooter.right.text == "Página &P de &N"


def test_widths_follow_the_content_up_to_a_limit() -> None:
    columns = (Column("A"), Column("B", K.TEXTO_LARGO), Column("C"))
    data = written(Sheet("S", columns, (("abc", "x" * 5000, "y" * 30),)))
    made = opened(data)["S"]
    widths = [made.column_dimensions[letter].width for letter in "ABC"]
    assert widths[0] < widths[2] < widths[1] < 70
    assert made["B2"].alignment.wrap_text


def test_an_empty_column_is_as_wide_as_what_is_typed_there() -> None:
    columns = (
        Column("N.º"),
        Column("Nombre", typed=28),
        Column("Entidad", typed=500),
        Column("Fecha", K.FECHA),
        Column("Observaciones", K.TEXTO_LARGO),
        Column("Distrito", choices=("050108 Quinua (Huamanga)",), typed=12),
    )
    made = opened(written(Sheet("S", columns), template=True))["S"]
    widths = [made.column_dimensions[letter].width for letter in "ABCDEF"]
    assert [round(width) for width in widths] == [11, 31, 43, 13, 33, 27]
    wrapped = [made.column_dimensions[letter].alignment.wrap_text for letter in "ABCDEF"]
    assert wrapped == [True, True, True, None, True, True]


def test_a_text_that_its_column_cannot_show_goes_on_below() -> None:
    made = opened(written(Sheet("S", (Column("C"),), (("x" * 42,), ("y" * 43,)))))["S"]
    assert [made[ref].alignment.wrap_text for ref in ("A2", "A3")] == [None, True]


def test_a_template_is_prepared_for_typing() -> None:
    made = opened(written(sheet(()), template=True))["Fichas"]
    rules = {
        str(rule.sqref).partition(":")[0]: rule for rule in made.data_validations.dataValidation
    }
    assert all(f"{TYPED_ROWS + 1}" in str(rule.sqref) for rule in rules.values())
    note = rules["A2"]
    assert (note.promptTitle, note.prompt) == ("Texto", "Lo que se escribe")
    kinds = {place: rule.type for place, rule in rules.items()}
    assert kinds == {
        "A2": None,
        "C2": "date",
        "D2": "time",
        "E2": "whole",
        "F2": "decimal",
        "G2": "decimal",
        "H2": "list",
        "I2": "list",
        "J2": "list",
    }
    assert rules["H2"].formula1 == '"Sí,No"'
    # What holds a comma, or is too long for a cell, stands in a hidden sheet.
    assert rules["I2"].formula1 == f"{LISTS}!$A$1:$A$2"
    assert rules["J2"].formula1 == f"{LISTS}!$B$1:$B$40"
    lists = opened(written(sheet(()), template=True))[LISTS]
    assert lists.sheet_state == "hidden"
    assert [lists[ref].value for ref in ("A1", "A2", "B40")] == ["a, b", 'c "d"', "opción 39"]


def test_who_made_it_stands_in_the_properties() -> None:
    properties = opened(written(sheet())).properties
    assert (properties.title, properties.creator) == ("Título & más", "fichaat")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+51 999",
        "-5",
        "@SUM(A1)",
        "\t=1",
        '=HYPERLINK("x")',
        "{=1}",
        "https://ejemplo.pe",
        "mailto:a@b.c",
        "1e5",
        "0501",
        "_x0041_",
        " con blancos ",
        "🙂 ñ",
        "TRUE",
        "#REF!",
    ],
)
def test_a_text_stays_the_text(text: str) -> None:
    cell = one_cell(text)
    assert (cell.data_type, cell.value) == ("s", text)
    assert cell.hyperlink is None
    assert cell.quotePrefix is text.startswith(("=", "+", "-", "@", "\t"))
    data = written(Sheet("S", (Column("C"),), ((text,),)))
    assert BOOKS.read(data)[0].rows[1] == (text,)


def test_what_no_cell_can_hold_is_seen() -> None:
    assert one_cell("a\x00b\x0bc\ud800d\uffff").value == "a�b�c�d�"
    long = one_cell("😀" * 20_000).value
    assert long.endswith(CUT)
    assert len(long.encode("utf-16-le")) // 2 <= MAX_TEXT
    assert one_cell("ñ" * MAX_TEXT).value == "ñ" * MAX_TEXT
    assert one_cell(date(1899, 12, 31), K.FECHA).value == "31/12/1899"
    assert one_cell(datetime(1800, 1, 2, 3, 4, tzinfo=UTC)).value == "02/01/1800 03:04"
    for number in (10**18, sheet_scan.LOWEST - 1):
        assert one_cell(number, K.ENTERO).value == str(number)
    assert one_cell(Decimal("NaN"), K.DECIMAL).value == "NaN"
    assert one_cell(Decimal("Infinity"), K.DECIMAL).value == "Infinity"


VALUES = (
    st.none()
    | st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=40)
    | st.integers(sheet_scan.LOWEST, 10**15)
    | st.dates(date(1900, 3, 1), date(2199, 12, 31))
    | st.times().map(lambda t: t.replace(second=0, microsecond=0))
    | st.decimals(-(10**6), 10**6, places=2)
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=8))
def test_what_was_written_is_read_again(rows: list[tuple[Value, Value]]) -> None:
    data = written(Sheet("S", (Column("Uno"), Column("Dos")), rows))
    found = BOOKS.read(data)[0].rows[1:]
    expected = [tuple(None if v == "" else v for v in row) for row in rows]
    filled = [row for row in expected if row != (None, None)]
    assert [row for row in found if any(cell is not None for cell in row)] == filled


# reading


def test_formulas_give_their_value_and_errors_are_no_values() -> None:
    book = Book()
    page = book.active
    assert page is not None
    for row, value in enumerate([1.0, 0.1, True, "=1+1", date(2026, 1, 2), time(8), -3], 1):
        page.cell(row, 1).value = value
    page["B9"].value = "#REF!"
    page["B9"].data_type = "e"
    rows = BOOKS.read(saved(book))[0].rows
    assert [row[0] for row in rows[:7]] == [
        1,
        Decimal("0.1"),
        True,
        Unread(""),
        date(2026, 1, 2),
        time(8),
        -3,
    ]
    assert rows[8][1] == Unread("#REF!")


def with_part(data: bytes, name: str, change: Any) -> bytes:  # noqa: ANN401  # bytes -> bytes
    """The same workbook, one of its parts changed."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            part = old.read(info)
            new.writestr(info, change(part) if info.filename == name else part, 8)
    return out.getvalue()


PAGE = "xl/worksheets/sheet1.xml"


def test_the_kept_result_of_a_formula_is_a_value_like_any_other() -> None:
    data = with_part(
        written(sheet()), PAGE, lambda part: part.replace(b"<v>7</v>", b"<f>A1+7</f><v>7</v>")
    )
    assert BOOKS.read(data)[0].rows == BOOKS.read(written(sheet()))[0].rows


BOMB = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda part: b"", id="empty"),
        pytest.param(lambda part: part[: len(part) // 2], id="half"),
        pytest.param(lambda part: part.replace(b"<row", BOMB + b"<row", 1), id="doctype inside"),
        pytest.param(lambda part: part.replace(b"?>", b"?>" + BOMB, 1), id="entities"),
        pytest.param(lambda part: b"\xff\xfe" + part, id="other encoding"),
        pytest.param(lambda part: part.replace(b'r="2"', b'r="nada"'), id="row number"),
        pytest.param(lambda part: part.replace(b"<v>7</v>", b"<v>-1e300</v>"), id="no such day"),
    ],
)
def test_a_broken_part_is_unreadable(change: Any) -> None:  # noqa: ANN401
    assert refused(with_part(written(sheet()), PAGE, change)) == "hoja.unreadable"


def cell_at(ref: str) -> bytes:
    text = f'<row><c r="{ref}"><v>1</v></c></row></sheetData>'.encode()
    return with_part(written(sheet()), PAGE, lambda part: part.replace(b"</sheetData>", text))


@pytest.mark.parametrize("ref", ["XFD1048576", "A50001", "CW1", "ZZZZ999999999"])
def test_a_cell_far_away_is_refused_before_room_is_made_for_it(ref: str) -> None:
    assert refused(cell_at(ref)) == "hoja.too_large"


def test_what_unpacks_too_large_is_refused_before_it_is_parsed() -> None:
    data = with_part(written(sheet()), PAGE, lambda part: part + b" " * 30_000_000)
    assert len(data) < 100_000
    assert refused(data) == "hoja.too_large"
    assert refused(b"PK" + b"x" * sheet_scan.MAX_BYTES) == "hoja.too_large"


def test_a_shared_text_in_many_cells_is_counted_in_each(monkeypatch: pytest.MonkeyPatch) -> None:
    data = written(Sheet("S", (Column("C"),), (("x" * 5_000,),) * 100))
    assert len(BOOKS.read(data)[0].rows) == 101
    monkeypatch.setattr(sheet_scan, "MAX_CHARACTERS", 400_000)
    assert refused(data) == "hoja.too_large"


def test_what_is_no_workbook_is_unreadable() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("content.xml", "<a/>")
    for data in (b"", b"nada", b"PK\x03\x04", out.getvalue(), b"\xd0\xcf\x11\xe0" + bytes(600)):
        assert refused(data) == "hoja.unreadable"


def test_two_sheets_of_one_name_are_unreadable() -> None:
    data = written(Sheet("Uno", COLUMNS, ROWS), Sheet("Dos", COLUMNS, ROWS))
    twice = with_part(data, "xl/workbook.xml", lambda xml: xml.replace(b"Dos", b"Uno"))
    assert refused(twice) == "hoja.unreadable"


def test_two_parts_of_one_name_are_unreadable() -> None:
    out = BytesIO(written(sheet()))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(PAGE.upper(), "<worksheet/>")
    assert refused(out.getvalue()) == "hoja.unreadable"
