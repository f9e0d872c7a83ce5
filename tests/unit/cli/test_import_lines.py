"""What a person is told of an import, where it is no plain list of rows."""

from fichaat.application.import_fichas import ImportedRow, ImportReport
from fichaat.cli.shapes import import_lines
from fichaat.domain.problem import Problem, Severity


def refused(code: str, sheet: str, cell: str, fila: int = 1, **params: str) -> ImportedRow:
    problem = Problem(code, Severity.REFUSED, "", dict(params))
    return ImportedRow(fila, None, "rechazada", (problem,), (f"{sheet}!{cell}",), sheet)


def report(*rows: ImportedRow) -> ImportReport:
    gone = sum(row.estado == "rechazada" for row in rows)
    return ImportReport(len(rows), 0, 0, gone, rows)


def test_a_book_without_a_sheet_has_no_rows_to_count_nor_good_ones_to_take() -> None:
    found = report(refused("hoja.missing", "Nudos", "A1", hoja="Nudos"))
    for preview in (False, True):
        first, *others = import_lines(found, "borrador", preview=preview)
        assert first.startswith("No se leyó ninguna fila")
        assert "Falta la hoja «Nudos»" in others[0]
        assert "--parcial" not in "".join(others)


def test_rows_of_other_sheets_are_not_counted_as_fichas() -> None:
    good = ImportedRow(2, None, "no_importada", (), (), "Fichas")
    loose = refused("hoja.key_unknown", "Nudos", "A7", 7, texto="9", hoja="Fichas")
    lines = import_lines(report(good, loose), "borrador")
    assert lines[0] == "1 fila: 0 importadas, 0 selladas, 0 rechazadas."
    assert lines[1] == "Además, 1 fila de otras hojas no es de ninguna ficha."
    assert "Fila 2: está bien, pero no se importó por las otras." in lines
    preview = import_lines(report(good, loose), "borrador", preview=True)
    assert "Fila 2: está bien, pero no se importaría por las otras." in preview
