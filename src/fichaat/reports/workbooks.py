"""XLSX files: XlsxWriter writes them, calamine reads them; each is loaded on first use."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from math import isfinite

from fichaat.application.ports.papers import Workbooks
from fichaat.application.sheets import RawSheet, RawValue, Unread, Workbook
from fichaat.domain.errors import UserFacingError
from fichaat.reports.sheet_scan import Oddities, scan_workbook

_DAY = timedelta(days=1)
_MIDNIGHT = datetime(2000, 1, 1)  # noqa: DTZ001  # of any day
_EXACT = 10**15
"""Whole numbers up to here are exact in the cells of a sheet."""

_Cell = int | float | str | bool | time | date | datetime | timedelta


class XlsxWorkbooks(Workbooks):
    def write(self, workbook: Workbook) -> bytes:
        from fichaat.reports.workbook_writer import write_workbook

        return write_workbook(workbook)

    def read(self, data: bytes) -> tuple[RawSheet, ...]:
        odd = scan_workbook(data)
        try:
            return _read(data, odd)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # a panic in Rust is no Exception
            raise UserFacingError("hoja.unreadable") from error


def _read(data: bytes, odd: dict[str, Oddities]) -> tuple[RawSheet, ...]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    sheets = []
    with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
        for index, meta in enumerate(book.sheets_metadata):
            if meta.typ is SheetTypeEnum.WorkSheet:
                rows = book.get_sheet_by_index(index).to_python(skip_empty_area=False)
                sheets.append(RawSheet(meta.name, _marked(rows, odd[meta.name])))
    return tuple(sheets)


def _marked(rows: list[list[_Cell]], odd: Oddities) -> tuple[tuple[RawValue, ...], ...]:
    """The values of a sheet, which grows where something odd stands beyond the last one."""
    values: list[list[RawValue]] = [
        [cell if isinstance(cell, str) and cell else _value(cell) for cell in row] for row in rows
    ]
    for (row, column), text in odd.items():
        values.extend([] for _ in range(row + 1 - len(values)))
        values[row].extend(None for _ in range(column + 1 - len(values[row])))
        values[row][column] = Unread(text)
    return tuple(map(tuple, values))


def _value(cell: _Cell) -> RawValue:
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, timedelta):
        if timedelta() <= cell < _DAY:
            return (_MIDNIGHT + cell).time()
        return Decimal(repr(cell / _DAY))
    return None if cell == "" else cell


def _number(value: float) -> RawValue:
    """Whole, or the decimals that a person typed."""
    if not isfinite(value):
        return Unread(str(value))
    if value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return Decimal(repr(value))
