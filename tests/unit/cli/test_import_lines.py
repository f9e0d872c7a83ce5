"""What a person is told of an import, where it is no plain list of rows."""

from fichaat.application.import_fichas import ImportedRow, ImportReport
from fichaat.cli.import_view import MAX_RUNS, import_lines
from fichaat.cli.shapes import MAX_LINES
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
    assert "1 fila está bien, pero no se importó por las otras." in lines
    preview = import_lines(report(good, loose), "borrador", preview=True)
    assert "1 fila está bien, pero no se importaría por las otras." in preview


ERROR = Problem("ficha.firma_responsable_missing", Severity.ERROR, "/firmas")
BAD = Problem("ficha.codigo_known", Severity.REFUSED, "/codigo", {"codigo": "05-2026-K7Q2MX-0001"})


def code(number: int) -> str:
    return f"05-2026-K7Q2MX-{number:04d}"


def drafts(*numbers: int, problems: tuple[Problem, ...] = ()) -> list[ImportedRow]:
    return [ImportedRow(n, code(n), "borrador", problems) for n in numbers]


def taken(*rows: ImportedRow, sealed: int = 0) -> ImportReport:
    gone = sum(row.estado == "rechazada" for row in rows)
    return ImportReport(len(rows), len(rows) - gone, sealed, gone, rows)


def test_one_bad_row_after_hundreds_of_good_ones_is_told() -> None:
    good = [ImportedRow(n, None, "no_importada", ()) for n in range(1, 301)]
    bad = ImportedRow(301, None, "rechazada", (BAD,))
    lines = import_lines(ImportReport(301, 0, 0, 1, (*good, bad)), "borrador")
    assert lines[1] == "Fila 301: rechazada."
    assert "05-2026-K7Q2MX-0001" in lines[2]
    assert lines[3] == "300 filas están bien, pero no se importaron por las otras."
    (last,) = lines[4:]
    assert last.startswith("No se importó nada. Corrija las filas rechazadas")


def test_more_refused_rows_than_fit_leave_the_closing_sentence_in_its_place() -> None:
    bad = [ImportedRow(n, None, "rechazada", (BAD,)) for n in range(1, 301)]
    lines = import_lines(ImportReport(300, 0, 0, 300, tuple(bad)), "borrador")
    assert lines[-2] == f"… y {600 - MAX_LINES} líneas más; --json las da todas."
    assert lines[-1].startswith("No se importó nada.")


def test_refused_rows_stand_before_drafts_and_these_before_sealed_ones() -> None:
    sealed = [ImportedRow(n, code(n), "sellada", (ERROR,)) for n in range(1, 151)]
    bad = ImportedRow(400, None, "rechazada", (BAD,))
    lines = import_lines(
        taken(*sealed, *drafts(200, problems=(ERROR,)), bad, sealed=150), "sellada"
    )
    assert lines[1] == "Fila 400: rechazada."
    assert lines[3] == f"Fila 200: {code(200)} queda en borrador."
    assert lines[5] == f"Fila 1: {code(1)} sellada."
    assert lines[-1] == f"Códigos: {code(1)} a {code(150)}, {code(200)}."


def test_what_was_imported_without_a_line_of_its_own_tells_its_codes() -> None:
    assert import_lines(taken(*drafts(7)), "borrador")[1:] == [f"Código: {code(7)}."]
    told = import_lines(taken(*drafts(1, 2, 3, 9, 11)), "borrador")
    assert told[1:] == [f"Códigos: {code(1)} a {code(3)}, {code(9)}, {code(11)}."]
    odd = drafts(*range(1, 41, 2))
    (line,) = import_lines(taken(*odd), "borrador")[1:]
    assert line.startswith(f"Códigos: {code(1)}, {code(3)}, ")
    assert line.endswith(f"… y {20 - MAX_RUNS} más; --json los da todos.")
    assert len(import_lines(taken(*odd), "borrador", preview=True)) == 1


def test_codes_that_the_rows_tell_are_not_told_twice() -> None:
    lines = import_lines(taken(*drafts(1, 2, problems=(ERROR,))), "borrador")
    assert not any(line.startswith("Código") for line in lines)
