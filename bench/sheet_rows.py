"""Workbooks: ten thousand lines of twelve columns, written and read.

Floor of a workbook out: XlsxWriter's own calls put the same cells, as text, day, hour or number,
each with the look of its column, which was made before; no temporary file holds them, and no text
is taken for a formula, a link or a number. The program besides looks at every text and number for
what no cell can hold, quotes what another program could take for a formula, and fits widths.
Floor of a workbook in: calamine gives the rows, every number as a float. The second floor, which
only informs, is what nobody can leave out who opens a file of a stranger: every part is unpacked,
its check sum compared and its XML proved to declare nothing, before calamine believes it.
"""

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from io import BytesIO
from random import Random
from typing import Any
from xml.parsers import expat
from zipfile import ZipFile

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook as Book

from bench.harness import Case, timed
from bench.places import Workshop
from fichaat.application.sheets import CellKind, Column, Sheet, Workbook
from fichaat.reports.workbooks import XlsxWorkbooks

_LINES = 10_000
_COLUMNS = (
    Column("Código"),
    Column("Fecha", CellKind.FECHA),
    Column("Hora", CellKind.HORA),
    Column("Provincia"),
    Column("Municipalidad"),
    Column("Modalidad", choices=("Presencial", "Virtual")),
    Column("Responsable"),
    Column("Asistentes", CellKind.ENTERO),
    Column("Presupuesto", CellKind.DECIMAL),
    Column("Avance", CellKind.PORCENTAJE),
    Column("Acuerdo", CellKind.TEXTO_LARGO),
    Column("Observaciones", CellKind.TEXTO_LARGO),
)
_PEOPLE = ("Ñusta Inventado Quispealaya", "Félix Ñañez Ficticia", "Nélida Ejemplar Oré")
_REMARKS = (
    "Se revisó el cuaderno de cloración; falta la firma de la JASS.",
    "=1+1 dijo alguien que escribía de prisa",
    "- sin novedad",
    "Las niñas y los niños\nde los anexos no tienen DNI.",
)


def sheets(work: Workshop, *, full: bool) -> Iterator[Case]:  # noqa: ARG001  # nothing on disk
    lines = list(_lines())
    books = XlsxWorkbooks()
    workbook = Workbook("Fichas", (Sheet("Fichas", _COLUMNS, lines),))
    data = books.write(workbook)
    size = f"XLSX {_LINES:,} x {len(_COLUMNS)}"
    yield Case(
        f"{size} out",
        1.3,
        {"XlsxWriter": lambda: timed(lambda: _bare(lines))},
        lambda: timed(lambda: books.write(workbook)),
    )
    proved = "expat + calamine"
    yield Case(
        f"{size} in",
        1.3,
        {
            "calamine": lambda: timed(lambda: _calamine(data)),
            proved: lambda: timed(lambda: _prove(data)) + timed(lambda: _calamine(data)),
        },
        lambda: timed(lambda: books.read(data)),
        rounds=7,
        calls=3,
        informs=(proved,),
    )


def _lines() -> Iterator[tuple[Any, ...]]:
    random = Random(1)
    for number in range(_LINES):
        yield (
            f"AYA-2026-{number:05d}",
            date(2026, 1, 1) + timedelta(number % 300),
            time(8 + number % 10, 15),
            random.choice(("Huamanga", "Víctor Fajardo")),
            f"Municipalidad Distrital de {random.choice(('Chungui', 'Ñahuimpuquio'))}",
            random.choice(("Presencial", "Virtual")),
            random.choice(_PEOPLE),
            random.randrange(200),
            Decimal(random.randrange(10**6)) / 100,
            random.randrange(101),
            f"Realizar la jornada de documentación número {number}",
            random.choice(_REMARKS),
        )


def _bare(lines: list[tuple[Any, ...]]) -> bytes:
    out = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Book(out, options) as book:
        page = book.add_worksheet("Fichas")
        puts = [_put(page, book, column.kind) for column in _COLUMNS]
        for number, column in enumerate(_COLUMNS):
            page.write_string(0, number, column.title)
        for row, line in enumerate(lines, 1):
            for number, ((put, look), value) in enumerate(zip(puts, line, strict=True)):
                put(row, number, value, look)
    return out.getvalue()


def _put(page: Any, book: Book, kind: CellKind) -> tuple[Callable[..., object], Any]:  # noqa: ANN401
    """The call that writes one column's cells, and their look."""
    match kind:
        case CellKind.FECHA:
            return page.write_datetime, book.add_format({"num_format": "dd/mm/yyyy"})
        case CellKind.HORA:
            return page.write_datetime, book.add_format({"num_format": "hh:mm"})
        case CellKind.TEXTO | CellKind.TEXTO_LARGO:
            wrap = kind is CellKind.TEXTO_LARGO
            return page.write_string, book.add_format({"num_format": "@", "text_wrap": wrap})
        case _:
            return page.write_number, book.add_format({"num_format": "General"})


def _calamine(data: bytes) -> list[list[Any]]:
    with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
        return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def _prove(data: bytes) -> None:
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            parser = expat.ParserCreate()
            parser.Parse(archive.read(name), True)
