"""Parts that are only looked at hold exactly what hearing every element of them finds."""

import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fichaat.application.sheets import CellKind, Column, Sheet, Value, Workbook
from fichaat.domain.errors import UserFacingError
from fichaat.reports import sheet_scan
from fichaat.reports.sheet_plain import plain_part
from fichaat.reports.sheet_scan import Oddities, _Budget, _odd_in
from fichaat.reports.workbooks import XlsxWorkbooks

HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def page(rows: bytes) -> bytes:
    return HEAD + b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"


def row(cells: bytes, attributes: bytes = b' r="1"') -> bytes:
    return b"<row" + attributes + b">" + cells + b"</row>"


Found = tuple[Oddities, int, int, list[int]]


def found(part: bytes, *, looked_at: bool) -> Found | str:
    """What one part holds, or why it is refused."""
    budget = _Budget()
    budget.shared = [3, 5]
    size = len(part) if looked_at else sheet_scan._LOOKED_AT + 1
    try:
        odd = _odd_in(BytesIO(part).read, size, budget)
    except UserFacingError as error:
        return error.code
    except Exception:  # noqa: BLE001  # scan_workbook makes one code of them
        return "unreadable"
    return odd, budget.cells, budget.characters, budget.shared


PLAIN = (
    row(b'<c r="A1" s="1" t="s"><v>1</v></c><c r="B1" s="2"/><c r="CV1"><v>-7.25</v></c>'),
    row(b'<c r="A50000" t="n"><v>1E-3</v></c>', b' r="50000" spans="1:2" x14ac:dyDescent="0.25"'),
    row(b'<c r="A2" t="b"><v>1</v></c><c r="B2" t="str"><v>a &lt; b</v></c>', b""),
    row(b'<c r="A2" t="inlineStr"><is><t xml:space="preserve"> \xc3\xb1 </t></is></c>'),
    row(b'<c r="A2" t="s"><v>9</v></c>') + b'<row r="3"/>',
)
HEARD = (
    row(b'<c r="A1" t="e"><v>#REF!</v></c>'),
    row(b"<c r='A1' t='e'><v>#REF!</v></c>"),
    row(b'<c t="e" r="A1"><v>#REF!</v></c>'),
    row(b'<c r="A1" t="&#101;"><v>#REF!</v></c>'),
    row(b'<c r="A1"><f>B1+1</f><v></v></c>'),
    row(b'<c r="A1"><f>B1+1</f></c>'),
    row(b"<c><v>1</v></c>"),
    row(b'<c r="A1"><v>1</v></c>', b' r="nada"'),
    row(b'<c r="A1"><v>1</v></c>', b' spans="1:1" r="nada"'),
    b'<row r="nada"/>',
    row(b'<c r="A1"><v>-100000000001</v></c>'),
    row(b'<c r="A1"><v>-1e300</v></c>'),
    row(b'<c r="CW1"><v>1</v></c>'),
    row(b'<c r="A50001"><v>1</v></c>'),
    row(b'<c r="A1"><v>1</v></c>', b' r="50001"'),
    row(b'<c r="A1"><v>1</v><!-- <c r="A2"/> --></c>'),
    b"<!--" + row(b'<c r="A1"><v>1</v></c>') + b"-->",
    b"<![CDATA[" + row(b'<c r="A1"><v>1</v></c>') + b"]]>",
    b'<x:row xmlns:x="a" r="1"><x:c r="A1" t="e"><x:v>#N/A</x:v></x:c></x:row>',
    b"<si><t>uno</t></si>" + row(b'<c r="A1" t="s"><v>0</v></c>'),
    b"<si><r><t>uno</t></r><r><t>dos</t></r></si>",
)
BROKEN = (
    row(b'<c r="A1"><v>1</v></c>')[:-2],
    row(b'<c r="A1"><v>1</v></c>') + b"</sheetData>",
    row(b'<c r="A1" t="str"><v>&nada;</v></c>'),
    row(b'<c r="A1" t="str"><v>\xff</v></c>'),
    row(b'<c r="A1" t="str"><v>\x01</v></c>'),
)


@pytest.mark.parametrize("rows", PLAIN)
def test_what_programs_write_is_only_looked_at(rows: bytes) -> None:
    assert plain_part(page(rows)) is not None
    assert found(page(rows), looked_at=True) == found(page(rows), looked_at=False)


@pytest.mark.parametrize("rows", HEARD)
def test_whatever_differs_is_heard(rows: bytes) -> None:
    assert plain_part(page(rows)) is None
    assert found(page(rows), looked_at=True) == found(page(rows), looked_at=False)


@pytest.mark.parametrize("rows", BROKEN)
def test_xml_is_proved_either_way(rows: bytes) -> None:
    assert found(page(rows), looked_at=True) == "unreadable"
    assert found(page(rows), looked_at=False) == "unreadable"


@pytest.mark.parametrize(
    "change",
    [
        lambda part: part.replace(HEAD, b""),
        lambda part: part.replace(b"UTF-8", b"ISO-8859-1"),
        lambda part: part.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        lambda part: b"\xef\xbb\xbf" + part,
        lambda part: part.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>'),
        lambda part: part.replace(b"<row", b"\r\n<row"),
    ],
)
def test_another_beginning_is_heard(change: Callable[[bytes], bytes]) -> None:
    part = change(page(PLAIN[2]))
    assert plain_part(part) is None
    assert found(part, looked_at=True) == found(part, looked_at=False)


def test_the_texts_that_cells_share_are_counted_in_letters() -> None:
    texts = "<si><t>ñandú &amp; &#241;</t></si><si><t xml:space='preserve'>a</t></si><si><t/></si>"
    for part in (texts, texts.replace("'", '"').replace("<t/>", "<t></t>")):
        whole = HEAD + b"<sst>" + part.encode() + b"</sst>"
        assert (
            found(whole, looked_at=True)
            == found(whole, looked_at=False)
            == (
                {},
                0,
                0,
                [3, 5, 9, 1, 0],
            )
        )


TEXTS = st.text(st.characters(min_codepoint=1, exclude_categories=["Cs"]), max_size=12)
VALUES = st.one_of(
    TEXTS,
    st.integers(-(10**14), 10**14),
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-1000, max_value=1000),
    st.dates(date(1890, 1, 1), date(2300, 1, 1)),
    st.none(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(VALUES, VALUES), max_size=6))
def test_both_ways_agree_about_what_the_program_writes(rows: list[tuple[Value, Value]]) -> None:
    columns = (Column("Uno"), Column("Dos", CellKind.DECIMAL))
    data = XlsxWorkbooks().write(Workbook("L", (Sheet("S", columns, rows),)))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
            part = archive.read(name)
            assert found(part, looked_at=True) == found(part, looked_at=False)


def test_an_ordinary_workbook_is_only_looked_at() -> None:
    rows: list[tuple[Value, ...]] = [
        ("Ñahui & <hijos>", Decimal("0.5"), date(2026, 11, 20)),
        ("=1+1\n dos", 3, None),
    ] * 3
    columns = (Column("A"), Column("B", CellKind.DECIMAL), Column("C", CellKind.FECHA))
    data = XlsxWorkbooks().write(Workbook("L", (Sheet("S", columns, rows),)))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert all(plain_part(archive.read(name)) for name in archive.namelist())
