"""Three hundred workbooks that cannot be imported: each tells a cell and a reason, or that it is
none; never a traceback, and nothing of them is kept.
"""

import random
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from fichaat.application.import_fichas import How, ImportReport
from fichaat.bootstrap import Program, Session
from fichaat.domain.errors import UserFacingError
from fichaat.system.settings import Settings
from fichaat.texts import MESSAGES, message
from scripts.books import visits
from tests.support.fichas_book import opened, saved, two_visits, written
from tests.support.program import CHEAP_KEYS

SEED = 20261120
OF_EACH = 10
FILES = {"hoja.unreadable", "hoja.too_large"}
CELL = re.compile(r".+![A-Z]{1,3}[1-9][0-9]*")

Book = Any
"""Of openpyxl."""
Change = Callable[[random.Random, Book], bytes | None]
"""Makes a workbook wrong: in place, or as bytes."""

SHEETS = (
    "Fichas",
    "Distritos",
    "Responsables",
    "Destinatarios",
    "Nudos",
    "Acuerdos",
    "Seguimientos",
)
DATES = (("Fichas", "B"), ("Acuerdos", "D"), ("Seguimientos", "E"), ("Seguimientos", "F"))
CHOICES = (
    ("Fichas", "E"),
    ("Fichas", "H"),
    ("Distritos", "C"),
    ("Responsables", "E"),
    ("Destinatarios", "F"),
    ("Seguimientos", "C"),
)
LINES = (("Fichas", "F"), ("Responsables", "C"), ("Destinatarios", "D"), ("Acuerdos", "C"))
LONG = (("Fichas", "N"), ("Nudos", "B"), ("Nudos", "C"), ("Acuerdos", "B"), ("Seguimientos", "B"))


def row(rng: random.Random) -> int:
    return rng.choice((2, 3))


def put(book: Book, sheet: str, ref: str, value: object, *, kind: str | None = None) -> None:
    cell = book[sheet][ref]
    cell.value = value
    if kind is not None:
        cell.data_type = kind


def not_a_date(rng: random.Random, book: Book) -> None:
    sheet, letter = rng.choice(DATES)
    values = ("31/02/2026", "ayer", True, 12.5, 9_999_999, time(9), "20/11/26", "01/01/1850")
    put(book, sheet, f"{letter}{row(rng)}", rng.choice(values))


def before_1900(rng: random.Random, book: Book) -> None:
    ref = f"B{row(rng)}"
    put(book, "Fichas", ref, rng.choice((-5, -1, 0.25)))
    book["Fichas"][ref].number_format = "dd/mm/yyyy"


def not_an_hour(rng: random.Random, book: Book) -> None:
    values = ("25:00", "9:75", "mañana", -1, 24, 2460, 99.5, True)
    put(book, "Fichas", f"{rng.choice('CD')}{row(rng)}", rng.choice(values))


def not_an_option(rng: random.Random, book: Book) -> None:
    sheet, letter = rng.choice(CHOICES)
    put(book, sheet, f"{letter}{row(rng)}", rng.choice(("Telefónica", "si o no", 7, "Sí, No")))


def not_a_share(rng: random.Random, book: Book) -> None:
    values = (-1, 101, 0.4, "mucho", "120%", 33.3, True)
    put(book, "Seguimientos", f"D{row(rng)}", rng.choice(values))


def not_a_place_in_the_list(rng: random.Random, book: Book) -> None:
    put(book, "Acuerdos", f"G{row(rng)}", rng.choice((0, -1, 2, 199, 1.5, "uno", 10**12, False)))


def not_a_district(rng: random.Random, book: Book) -> None:
    sheet = rng.choice(("Distritos", "Destinatarios", "Nudos", "Acuerdos"))
    letter = {"Distritos": "B", "Destinatarios": "B", "Nudos": "D", "Acuerdos": "E"}[sheet]
    values = ("Nada", "999999 Nada", 999999, 12, "Santa Rosa de Lima", "050108x")
    put(book, sheet, f"{letter}{row(rng)}", rng.choice(values))


def an_error(rng: random.Random, book: Book) -> None:
    shown = rng.choice(("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?"))
    put(book, rng.choice(SHEETS), f"{rng.choice('ABC')}{row(rng)}", shown, kind="e")


def a_formula_without_value(rng: random.Random, book: Book) -> None:
    formula = rng.choice(("=1+1", "=HYPERLINK(A1)", "=NOW()", "=cmd|' /C calc'!A0"))
    put(book, rng.choice(SHEETS), f"{rng.choice('ABC')}{row(rng)}", formula)


def a_boolean_for_a_text(rng: random.Random, book: Book) -> None:
    sheet, letter = rng.choice(LINES + LONG)
    put(book, sheet, f"{letter}{row(rng)}", rng.choice((True, False)))


def a_text_too_long(rng: random.Random, book: Book) -> None:
    if rng.random() < 0.5:
        sheet, letter = rng.choice(LINES)
        text = "ñ" * rng.randint(301, 5_000)
    else:
        sheet, letter = rng.choice(LONG)
        text = "x" * rng.randint(20_001, 32_767)
    put(book, sheet, f"{letter}{row(rng)}", text)


def no_title(rng: random.Random, book: Book) -> None:
    sheet = rng.choice(SHEETS)
    # Of a column that holds something: of an empty one it would be allowed.
    put(book, sheet, rng.choice(("A1", "B1")), rng.choice((None, "", "  ")))


def another_title(rng: random.Random, book: Book) -> None:
    titles = ("Teléfono", "DNI", 2026, True, "N.º", "Fecha de la visita", "x" * 400)
    put(book, rng.choice(SHEETS), rng.choice(("A1", "B1", "Z1")), rng.choice(titles))


def a_title_twice(rng: random.Random, book: Book) -> None:
    sheet = book[rng.choice(SHEETS)]
    sheet["Q1"].value = sheet[rng.choice(("A1", "B1", "C1"))].value


def merged_titles(rng: random.Random, book: Book) -> None:
    book[rng.choice(SHEETS)].merge_cells(rng.choice(("A1:B1", "A1:C2", "A1:A3", "B1:C1")))


def titles_too_low(rng: random.Random, book: Book) -> None:
    book[rng.choice(SHEETS)].insert_rows(1, amount=rng.randint(10, 30))


def a_sheet_less(rng: random.Random, book: Book) -> None:
    del book[rng.choice(SHEETS)]


def a_sheet_of_another_name(rng: random.Random, book: Book) -> None:
    sheet = book[rng.choice(SHEETS)]
    sheet.title = rng.choice((f"{sheet.title} 2", "Hoja1", "ñ"))


def a_sheet_twice(rng: random.Random, book: Book) -> bytes:
    # Names that differ only by accents: Excel takes them, an import cannot choose.
    book.copy_worksheet(book[rng.choice(SHEETS)]).title = "COPIA"
    name = book.sheetnames[rng.randrange(1, 8)]
    accented = re.sub("[iue]", lambda vowel: "íúé"["iue".index(vowel[0])], name, count=1)
    book["COPIA"].title = accented
    return saved(book)


def a_number_twice(rng: random.Random, book: Book) -> None:
    put(book, "Fichas", "A3", rng.choice((1, "1", " 1 ")))


def a_number_of_no_ficha(rng: random.Random, book: Book) -> None:
    put(book, rng.choice(SHEETS[1:]), f"A{row(rng)}", rng.choice((7, "x", 1.5, 10**9, "ficha 1")))


def no_number(rng: random.Random, book: Book) -> None:
    put(book, rng.choice(SHEETS), f"A{row(rng)}", rng.choice((None, "   ")))


def a_cell_beside_the_table(rng: random.Random, book: Book) -> None:
    put(book, rng.choice(SHEETS), f"{rng.choice('TUVX')}{row(rng)}", rng.choice((1, "nota", True)))


def a_cell_far_away(rng: random.Random, book: Book) -> None:
    ref = rng.choice(("XFD1048576", "A60000", "DD2", "XFD2"))
    put(book, rng.choice(SHEETS), ref, "x")


# the file itself


def part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            held = old.read(info)
            new.writestr(info, change(held) if info.filename == name else held, 8)
    return out.getvalue()


def no_number_at_all(rng: random.Random, _: Book) -> bytes:
    """NaN and the infinite, which no cell should hold."""
    wrong = rng.choice((b"NaN", b"inf", b"-inf", b"1e999", b"0x10", b"1,5", b"--1"))
    date_cell = re.compile(rb'(<c r="B2"[^>]*>)<v>[0-9.]+</v>')
    return part(
        two_visits(),
        "xl/worksheets/sheet2.xml",
        lambda xml: date_cell.sub(rb"\1<v>" + wrong + b"</v>", xml, count=1),
    )


def a_control_character(rng: random.Random, _: Book) -> bytes:
    hidden = rng.choice((b"_x0007_", b"_x0000_", b"_x001B_", b"\xc2\x85", b"\x7f"))
    return part(
        two_visits(),
        "xl/sharedStrings.xml",
        lambda xml: xml.replace(b"Sala de regidores", b"Sala" + hidden + b"de regidores"),
    )


def a_bomb(rng: random.Random, _: Book) -> bytes:
    depth = rng.randint(2, 9)
    entities = b"".join(
        b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10 if n else b"boom") for n in range(depth)
    )
    name = rng.choice(("xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/workbook.xml"))
    doctype = b"?><!DOCTYPE x [" + entities + b"]>"
    return part(two_visits(), name, lambda xml: xml.replace(b"?>", doctype, 1))


def half_a_part(rng: random.Random, _: Book) -> bytes:
    names = ("xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/workbook.xml")
    share = rng.uniform(0.1, 0.9)
    return part(two_visits(), rng.choice(names), lambda xml: xml[: int(len(xml) * share)])


def a_part_less(rng: random.Random, _: Book) -> bytes:
    gone = rng.choice(("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet3.xml"))
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(two_visits())) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            if info.filename != gone:
                new.writestr(info, old.read(info))
    return out.getvalue()


def flipped(rng: random.Random, _: Book) -> bytes:
    """One bit inside the packed bytes of a part: its checksum tells."""
    data = bytearray(two_visits())
    with zipfile.ZipFile(BytesIO(bytes(data))) as archive:
        info = rng.choice([i for i in archive.infolist() if i.filename.endswith(".xml")])
    start = info.header_offset + 30 + len(info.filename)
    data[start + rng.randrange(info.compress_size)] ^= 1 << rng.randrange(8)
    return bytes(data)


def cut_short(rng: random.Random, _: Book) -> bytes:
    data = two_visits()
    return data[: rng.randrange(len(data) - 30)]


def something_else(rng: random.Random, _: Book) -> bytes:
    return rng.choice((b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) + rng.randbytes(
        rng.randrange(3_000)
    )


CHANGES: tuple[Change, ...] = (
    not_a_date,
    before_1900,
    not_an_hour,
    not_an_option,
    not_a_share,
    not_a_place_in_the_list,
    not_a_district,
    an_error,
    a_formula_without_value,
    a_boolean_for_a_text,
    a_text_too_long,
    no_title,
    another_title,
    a_title_twice,
    merged_titles,
    titles_too_low,
    a_sheet_less,
    a_sheet_of_another_name,
    a_sheet_twice,
    a_number_twice,
    a_number_of_no_ficha,
    no_number,
    a_cell_beside_the_table,
    a_cell_far_away,
    no_number_at_all,
    a_control_character,
    a_bomb,
    half_a_part,
    a_part_less,
    flipped,
    cut_short,
    something_else,
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """One computer for all: what is refused leaves nothing."""
    from fichaat.application.profiles import PRACTICE

    folder: Path = tmp_path_factory.mktemp("libros") / "datos"
    program = Program(Settings(reloj="2026-11-20T10:00:00-05:00"))
    program.keys = CHEAP_KEYS
    program.create(folder, PRACTICE, "frase de acceso de prueba")
    with program.open(folder, "frase de acceso de prueba") as session:
        yield session
    program.close()


def kept(session: Session) -> tuple[int, int, int]:
    """Drafts, discarded ones and records."""
    with session.store.read() as reader:
        return len(reader.drafts()), len(reader.drafts(discarded=True)), reader.record_count()


def told(session: Session, data: bytes, how: How) -> str | ImportReport:
    """The code of a file that is refused as a whole, or the report."""
    try:
        report, _ = session.fichas_book(data, how)
    except UserFacingError as error:
        return error.code
    return report


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_malformed_book_is_told_by_cell_and_reason(office: Session, change: Change) -> None:
    rng = random.Random(f"{SEED} {change.__name__}")
    for _ in range(OF_EACH):
        book = opened(two_visits())
        data = change(rng, book) or saved(book)
        before = kept(office)
        how = How(seal=rng.random() < 0.3, motivo="m", preview=rng.random() < 0.3)
        found = told(office, data, how)
        assert kept(office) == before == (0, 0, before[2])
        if isinstance(found, str):
            assert found in FILES
            continue
        assert found.importadas == found.selladas == 0
        assert found.rechazadas >= 1
        for refused in (item for item in found.detalle if item.estado == "rechazada"):
            assert len(refused.problemas) == len(refused.celdas) > 0
            assert all(CELL.fullmatch(celda) for celda in refused.celdas)
            for problem in refused.problemas:
                assert problem.code in MESSAGES
                sentence = message(problem.code, {"path": problem.path, **problem.params})
                assert "{" not in sentence
                assert "…." not in sentence


def test_there_are_three_hundred_of_them() -> None:
    assert len(CHANGES) * OF_EACH >= 300


def test_what_was_not_changed_is_imported_and_undone_at_once(office: Session) -> None:
    report, _ = office.fichas_book(written(visits(3)), How())
    assert (report.importadas, report.rechazadas) == (3, 0)
    codigos = [item.codigo for item in report.detalle if item.codigo]
    assert office.discard.many(codigos)[0] == 3
    assert office.discard.many(codigos)[0] == 0
    with office.store.write() as tx:
        assert tx.drafts() == []
        tx.delete_drafts([draft.id for draft in tx.drafts(discarded=True)])
