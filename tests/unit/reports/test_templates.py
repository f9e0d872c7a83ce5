"""The workbooks that people fill in, as openpyxl finds them: room for what is typed, and help."""

from functools import cache
from typing import Any

import pytest
from openpyxl.utils import get_column_letter

from fichaat.application.catalogue import sheets
from fichaat.reports.workbook_writer import LISTS, TYPED_ROWS
from fichaat.reports.workbooks import XlsxWorkbooks
from tests.support.catalogues import SCOPE
from tests.support.fichas_book import blank, opened


@cache
def book(name: str) -> Any:  # noqa: ANN401  # openpyxl has no types
    made = sheets.template(SCOPE) if name == "catalogo" else blank()
    return opened(XlsxWorkbooks().write(made))


def columns(sheet: Any) -> dict[str, Any]:  # noqa: ANN401
    """Title -> what is said of its column."""
    return {cell.value: sheet.column_dimensions[cell.column_letter] for cell in sheet[1]}


BOOKS = pytest.mark.parametrize("name", ["catalogo", "fichas"])


@BOOKS
def test_titles_stay_and_are_seen_whole(name: str) -> None:
    for sheet in book(name).worksheets:
        if sheet.title == LISTS:
            continue
        assert sheet.freeze_panes == "A2"
        height = sheet.row_dimensions[1].height or 15
        for title, column in columns(sheet).items():
            assert len(title) <= column.width * height / 15, (sheet.title, title)


@BOOKS
def test_every_column_has_room_for_what_is_typed(name: str) -> None:
    for sheet in book(name).worksheets:
        for rule in sheet.data_validations.dataValidation:
            (cells,) = rule.sqref.ranges
            column = sheet.column_dimensions[get_column_letter(cells.min_col)]
            assert {"date": 12}.get(rule.type, 8) <= column.width <= 62
            assert cells.max_row > TYPED_ROWS


@BOOKS
def test_steps_for_people_are_seen_whole(name: str) -> None:
    sheet = book(name)["Instrucciones"]
    width = sheet.column_dimensions["B"].width
    assert not sheet.data_validations.dataValidation, "nothing is typed there"
    for row in range(2, sheet.max_row + 1):
        text, height = sheet.cell(row, 2).value, sheet.row_dimensions[row].height or 15
        assert sheet.cell(row, 2).alignment.wrap_text
        assert len(text) <= width * 1.1 * height / 15


@pytest.mark.parametrize(
    ("name", "sheet", "title", "least"),
    [
        ("catalogo", "Firmantes", "Distrito", 30),
        ("catalogo", "Indicadores", "Nombre", 40),
        ("catalogo", "Directorio", "Entidad", 40),
        ("catalogo", "Actividades", "Identificador", 36),
        ("fichas", "Fichas", "Lugar", 36),
        ("fichas", "Fichas", "Observaciones", 32),
        ("fichas", "Responsables", "Entidad", 36),
        ("fichas", "Responsables", "Nombres y apellidos", 28),
        ("fichas", "Nudos", "Nudo crítico o dificultad", 32),
    ],
)
def test_names_and_sentences_are_seen_as_they_are_typed(
    name: str, sheet: str, title: str, least: int
) -> None:
    column = columns(book(name)[sheet])[title]
    assert column.width >= least
    assert column.alignment.wrap_text


def test_lists_and_notes_are_kept() -> None:
    rules = {
        str(rule.sqref).partition(":")[0]: rule
        for rule in book("catalogo")["Firmantes"].data_validations.dataValidation
    }
    assert rules["A2"].type == "list"
    assert rules["A2"].formula1.startswith(f"{LISTS}!")
    assert "Elija el distrito" in rules["A2"].prompt
    assert (rules["B2"].type, rules["B2"].prompt) == ("date", "Día en que firmó el Pacto.")
