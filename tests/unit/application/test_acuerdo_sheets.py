"""The matrix of agreements, and the sheet in which people say how they go."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from fichaat.application.acuerdo_line import AcuerdoFilter, Segmento
from fichaat.application.acuerdos.add_evento import AddEvento, Evento
from fichaat.application.acuerdos.event_sheet import COLUMNS, SHEET, EventSheet
from fichaat.application.acuerdos.list_acuerdos import ListAcuerdos
from fichaat.application.acuerdos.matrix import WriteMatrix
from fichaat.application.sheets import Sheet, Value, Workbook
from fichaat.domain.acuerdo import EstadoAcuerdo
from fichaat.domain.errors import UserFacingError
from fichaat.reports.workbooks import XlsxWorkbooks
from tests.support.installations import Laptop
from tests.unit.application.test_acuerdos import CUMPLIDO, HOY, PROCESO, REPROGRAMADO, move, visit

BOOKS = XlsxWorkbooks()
TITLES = [column.title for column in COLUMNS]


def sheet_of(laptop: Laptop) -> EventSheet:
    return EventSheet(laptop.here, ListAcuerdos(laptop.here), AddEvento(laptop.here), BOOKS)


def filled(book: Workbook, *changes: dict[str, Value]) -> bytes:
    """The template with these cells written, a row each."""
    (sheet,) = book.sheets
    rows: list[Sequence[Value]] = []
    for number, row in enumerate(sheet.rows):
        cells = dict(zip(TITLES, row, strict=True))
        rows.append([*(cells | (changes[number] if number < len(changes) else {})).values()])
    return BOOKS.write(Workbook(book.title, (replace(sheet, rows=rows),), template=True))


def test_the_matrix_has_a_row_an_agreement_and_a_row_an_event(laptop: Laptop) -> None:
    late, done = visit(laptop, HOY - timedelta(days=4), HOY)
    move(laptop, Evento(late, PROCESO, 40, comentario="Primero"))
    move(laptop, Evento(late, REPROGRAMADO, nuevo_plazo=date(2026, 12, 1), motivo="Lluvias"))
    move(laptop, Evento(done, CUMPLIDO, cumplido_el=HOY - timedelta(days=1), comentario="Acta"))
    lists = ListAcuerdos(laptop.here)
    book = WriteMatrix(laptop.here, lists)(AcuerdoFilter(Segmento.TODOS))
    matrix, events = book.sheets
    titles = [column.title for column in matrix.columns]
    rows = [dict(zip(titles, row, strict=True)) for row in matrix.rows]
    assert [row["Identificador"] for row in rows] == [done, late]
    assert rows[1] | {"Ficha": "", "Identificador": ""} == {
        "Gobierno local": "Ayacucho",
        "Provincia": "Huamanga",
        "Ficha": "",
        "Fecha": HOY - timedelta(days=10),
        "Acuerdo": "Acuerdo 1 de gestión",
        "Nudo crítico que atiende": "Falta agua segura",
        "Responsable": "Gerencia Ñ",
        "Plazo original": HOY - timedelta(days=4),
        "Plazo vigente": date(2026, 12, 1),
        "Estado": "Reprogramado",
        "Avance": 40,
        "Cumplido el": None,
        "Días de atraso": 0,
        "Último comentario": "Primero",
        "Identificador": "",
    }
    assert (rows[0]["Estado"], rows[0]["Cumplido el"]) == ("Cumplido", HOY - timedelta(days=1))
    assert [row[7] for row in events.rows] == ["Cumplido", "En proceso", "Reprogramado"]
    # What it says is what the list says, and an XLSX holds it.
    assert len(rows) == lists(AcuerdoFilter(Segmento.TODOS)).counts[Segmento.TODOS]
    raw, _ = BOOKS.read(BOOKS.write(book))
    assert late in [row[titles.index("Identificador")] for row in raw.rows]


def test_a_formula_in_an_agreement_stays_a_text(laptop: Laptop) -> None:
    (id_,) = visit(laptop, HOY)
    move(laptop, Evento(id_, PROCESO, comentario="=HYPERLINK(1)"))
    book = WriteMatrix(laptop.here, ListAcuerdos(laptop.here))(AcuerdoFilter(Segmento.TODOS))
    raw, _ = BOOKS.read(BOOKS.write(book))
    assert any("=HYPERLINK(1)" in row for row in raw.rows)


def test_what_is_filled_in_is_registered_and_the_rest_is_left(laptop: Laptop) -> None:
    first, second, third = visit(laptop, HOY, HOY + timedelta(days=1), HOY + timedelta(days=2))
    sheet = sheet_of(laptop)
    book = sheet.template()
    data = filled(
        book,
        {"Estado": "Cumplido", "Cumplido el": HOY, "Comentario": "Con acta"},
        {},
        {"Estado": "En proceso", "Avance": 60},
    )
    found = sheet.read(data)
    assert (found.problems, found.sin_cambio) == ((), 1)
    assert [(item.acuerdo, item.estado) for item in found.eventos] == [
        (first, CUMPLIDO),
        (third, PROCESO),
    ]
    assert len(laptop.held()) == 1
    imported, _ = sheet(data)
    assert len(imported.moved) == 2
    lines = {
        line.id: line for line in ListAcuerdos(laptop.here)(AcuerdoFilter(Segmento.TODOS)).lines
    }
    assert (lines[first].estado, lines[first].cumplido_el) == ("cumplido", HOY.isoformat())
    assert lines[second].movido_en == ""
    assert lines[third].avance == 60
    # The same file once more says what is known by now: nothing is registered twice.
    again = sheet.read(data)
    assert [problem.code for problem in again.problems] == ["acuerdo.moved"] * 2


@pytest.mark.parametrize(
    ("cells", "celda", "code"),
    [
        ({"Avance": 50}, "H2", "acuerdo.estado_required"),
        ({"Estado": "Cumplido"}, "J2", "acuerdo.cumplido_el_required"),
        ({"Estado": "Cumplido", "Cumplido el": date(2026, 12, 24)}, "J2", None),
        ({"Estado": "Reprogramado", "Motivo": "x"}, "K2", "acuerdo.nuevo_plazo_required"),
        ({"Estado": "Reprogramado", "Nuevo plazo": HOY}, "L2", "acuerdo.motivo_required"),
        ({"Estado": "No cumplido"}, "L2", "acuerdo.motivo_no_cumplido"),
        ({"Estado": "Terminado"}, "H2", "hoja.choice"),
        ({"Estado": "En proceso", "Avance": 160}, "I2", None),
        ({"Estado": "Cumplido", "Cumplido el": "ayer"}, "J2", "hoja.date"),
        ({"Estado": "En proceso", "Identificador": "otro"}, "N2", "acuerdo.unknown"),
        ({"Estado": "En proceso", "Identificador": None}, "N2", "hoja.required"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_registered(
    laptop: Laptop, cells: dict[str, Any], celda: str, code: str | None
) -> None:
    visit(laptop, HOY, HOY + timedelta(days=1))
    sheet = sheet_of(laptop)
    data = filled(sheet.template(), cells, {"Estado": "En proceso"})
    imported, changes = sheet(data)
    assert not changes
    assert not imported.moved
    assert [problem.celda for problem in imported.read.problems] == [celda]
    if code is not None:
        assert imported.read.problems[0].code == code
    assert len(laptop.held()) == 1


def test_an_agreement_twice_is_refused(laptop: Laptop) -> None:
    visit(laptop, HOY, HOY + timedelta(days=1))
    sheet = sheet_of(laptop)
    book = sheet.template()
    id_ = book.sheets[0].rows[0][-1]
    data = filled(book, {"Estado": "En proceso"}, {"Estado": "En proceso", "Identificador": id_})
    assert [p.code for p in sheet.read(data).problems] == ["acuerdo.repeated_row"]


def test_a_file_without_news_or_without_the_sheet(laptop: Laptop) -> None:
    visit(laptop, HOY)
    sheet = sheet_of(laptop)
    with pytest.raises(UserFacingError, match=r"acuerdo\.nothing_to_import"):
        sheet(filled(sheet.template()))
    other = BOOKS.write(Workbook("x", (Sheet("Otra", COLUMNS),)))
    assert [p.code for p in sheet.read(other).problems] == ["hoja.missing"]
    with pytest.raises(UserFacingError, match=r"hoja\.unreadable"):
        sheet.read(b"PK no es un libro")


def test_the_template_lists_what_is_open_of_a_place(laptop: Laptop) -> None:
    (closed,) = visit(laptop, HOY, ubigeo="050108")
    visit(laptop, HOY, ubigeo="050108")
    visit(laptop, HOY, ubigeo="050401")
    move(laptop, Evento(closed, EstadoAcuerdo.NO_CUMPLIDO, motivo="No hubo"))
    book = sheet_of(laptop).template(AcuerdoFilter(ambito="0501"))
    assert book.template
    assert [(row[0], row[1]) for row in book.sheets[0].rows] == [("Quinua", "Huamanga")]
    assert book.sheets[0].name == SHEET
