"""Workbooks of fichas as people fill them in, and openpyxl to change what is in them."""

from collections.abc import Mapping, Sequence
from functools import cache
from io import BytesIO
from typing import Any

from msgspec.structs import replace
from openpyxl import load_workbook

from fichaat.application.fichas_columns import FichasWords
from fichaat.application.fichas_template import fichas_template
from fichaat.application.sheets import Column, Workbook
from fichaat.reports.workbooks import XlsxWorkbooks
from fichaat.system.territorio_file import load_territorio
from fichaat.texts import message
from scripts.books import SHEETS as NAMES
from scripts.books import Row, fill, visits

__all__ = ["NAMES", "blank", "opened", "saved", "two_visits", "written"]


@cache
def blank() -> Workbook:
    """The template of Ayacucho."""
    return fichas_template(FichasWords(message), load_territorio().distritos_of("05"), ())


def written(rows: Mapping[str, Sequence[Row]]) -> bytes:
    """A file with these rows."""
    return XlsxWorkbooks().write(fill(blank(), rows))


@cache
def two_visits() -> bytes:
    """What can be imported, without the lists and notes of a template: openpyxl is slow."""
    filled = fill(blank(), visits(2))
    sheets = (
        replace(sheet, columns=tuple(Column(c.title, c.kind) for c in sheet.columns))
        for sheet in filled.sheets
    )
    return XlsxWorkbooks().write(Workbook(filled.title, tuple(sheets)))


def opened(data: bytes) -> Any:  # noqa: ANN401  # openpyxl has no types
    return load_workbook(BytesIO(data))


def saved(book: Any) -> bytes:  # noqa: ANN401
    out = BytesIO()
    book.save(out)
    return out.getvalue()
