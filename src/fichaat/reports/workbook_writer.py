"""How a workbook looks: typed cells, a header that stays, lists and notes where one types.

No text ever becomes a formula, a link or a number; the same workbook gives the same bytes.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from itertools import chain
from textwrap import wrap
from typing import Any, Final, TypeGuard

from xlsxwriter import Workbook as Book
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from fichaat.application.sheets import CellKind, Column, Sheet, Value, Workbook
from fichaat.reports.sheet_scan import LOWEST

MAX_TEXT: Final = 32_767
"""UTF-16 units that a cell holds."""
CUT: Final = "[… sigue en la ficha]"
"""Ends a text that no cell could hold."""
LISTS: Final = "Listas"
"""The hidden sheet of long drop-down lists."""
TYPED_ROWS: Final = 1_000
"""Rows of a template that are prepared for typing."""

_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  # a constant, so that bytes repeat
_FIRST_DAY = date(1900, 3, 1)
"""Sheets count the days before in two ways."""
_EXACT = 10**15
_MAX_SOURCE = 255
_MAX_ENTRIES = 20
_MAX_PROMPT_TITLE = 32
_MAX_PROMPT = 255
_MAX_HEADER = 200
_PAPER_A4 = 9
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a sheet would take for a formula once the text is saved as CSV and opened again."""
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")

_WIDTHS = {
    CellKind.TEXTO: (10, 42),
    CellKind.TEXTO_LARGO: (32, 60),
    CellKind.FECHA: (12, 18),
    CellKind.HORA: (8, 12),
    CellKind.ENTERO: (8, 16),
    CellKind.DECIMAL: (10, 18),
    CellKind.PORCENTAJE: (8, 14),
}
_BUTTON = 3
"""Letters that the button of the filter takes from a title."""
_LETTERS = 1.1
"""Of a text that have the width of one digit, in which columns are measured."""
_LINE = 15
_TALLEST = 409
"""Points: of one line, and of the tallest row that there can be."""
_DAY = "dd/mm/yyyy"
_FORMATS = {
    CellKind.TEXTO: "@",
    CellKind.TEXTO_LARGO: "@",
    CellKind.FECHA: _DAY,
    CellKind.HORA: "hh:mm",
    CellKind.ENTERO: "0",
    CellKind.DECIMAL: "General",
    CellKind.PORCENTAJE: '0"%"',
}
_BASE = {"valign": "top", "font_name": "Calibri", "font_size": 11}
_HEADER = {
    **_BASE,
    "bold": True,
    "text_wrap": True,
    "valign": "vcenter",
    "font_color": "#15202A",
    "bg_color": "#DDEEF1",
    "bottom": 1,
    "bottom_color": "#0B5C6B",
}


def write_workbook(workbook: Workbook) -> bytes:
    """The bytes of an XLSX file."""
    out = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Book(out, options) as book:
        title = clean_text(workbook.title)
        book.set_properties({"title": title, "author": "fichaat", "created": _CREATED})
        formats, lists = _Formats(book), _Lists()
        for sheet in workbook.sheets:
            _SheetWriter(book, formats, lists, sheet).write(title, template=workbook.template)
        lists.write(book, formats)
    return out.getvalue()


def clean_text(text: str) -> str:
    """A text that XML and a cell can hold; what they cannot stays visible as a mark."""
    if text.isprintable() and len(text) <= MAX_TEXT // 2:
        return text  # nothing that the lines below look for is printable
    text = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text.encode("utf-16-le")) // 2 <= MAX_TEXT:
        return text
    kept = text.encode("utf-16-le")[: 2 * (MAX_TEXT - len(CUT))]
    return kept.decode("utf-16-le", "ignore") + CUT


class _Formats:
    """Each look is made once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._known: dict[tuple[tuple[str, Any], ...], Format] = {}

    def get(self, **properties: Any) -> Format:  # noqa: ANN401  # XlsxWriter's own
        key = tuple(sorted(properties.items()))
        if key not in self._known:
            self._known[key] = self._book.add_format(properties)
        return self._known[key]


class _Lists:
    """Drop-down lists that are too long for a cell stand in a hidden sheet."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, ...], int] = {}

    def source(self, choices: tuple[str, ...]) -> list[str] | str:
        """As XlsxWriter wants it: the entries, or the range that holds them."""
        entries = tuple(map(clean_text, choices))
        short = len(entries) <= _MAX_ENTRIES and len(",".join(entries)) <= _MAX_SOURCE
        if short and not any(mark in entry for entry in entries for mark in ',"'):
            return list(entries)
        letter = _letters(self._columns.setdefault(entries, len(self._columns)))
        return f"={LISTS}!${letter}$1:${letter}${len(entries)}"

    def write(self, book: Book, formats: _Formats) -> None:
        if not self._columns:
            return
        sheet = book.add_worksheet(LISTS)
        look = formats.get(**_BASE, num_format="@")
        for entries, column in self._columns.items():
            for row, entry in enumerate(entries):
                sheet.write_string(row, column, entry, look)
        sheet.hide()


class _SheetWriter:
    def __init__(self, book: Book, formats: _Formats, lists: _Lists, sheet: Sheet) -> None:
        self._formats, self._lists, self._sheet = formats, lists, sheet
        self._looks: dict[tuple[CellKind, str, bool, bool], Format] = {}
        name = _NOT_IN_NAMES.sub(" ", clean_text(sheet.name))[:31].strip("' ")
        self._out: Worksheet = book.add_worksheet(name)
        self._head = len(sheet.lead) + 1 if sheet.lead else 0
        """The row of the titles; a blank one stands above it where there is a lead."""
        columns = enumerate(sheet.columns)
        self._widths = [_width(column, number, sheet.rows) for number, column in columns]
        self._lines: dict[int, int] = {}
        """How many lines a row shows, where there are several: not every program finds out."""

    def write(self, title: str, *, template: bool) -> None:
        sheet, out = self._sheet, self._out
        template = template and not sheet.read_only
        self._write_lead()
        header = self._formats.get(**_HEADER)
        required = self._formats.get(**{**_HEADER, "bottom": 2})
        for number, column in enumerate(sheet.columns):
            look = required if column.required else header
            text = clean_text(column.title)[:_MAX_HEADER]
            out.write_string(self._head, number, text, look)
            self._make_room(self._head, text, self._widths[number] - _BUTTON)
        kinds = [column.kind for column in sheet.columns]
        for row, values in enumerate(sheet.rows, self._head + 1):
            for number, (kind, value) in enumerate(zip(kinds, values, strict=True)):
                if isinstance(value, str):
                    self._write_text(row, number, kind, value)
                elif value is not None:
                    self._write_value(row, number, kind, value)
        last = self._head + len(sheet.rows) + (TYPED_ROWS if template else 0)
        for number, column in enumerate(sheet.columns):
            look = self._typed_look(column.kind) if template else None
            out.set_column(number, number, self._widths[number], look)
            if last > self._head and not sheet.read_only:
                self._guide(number, column, last)
        for row, lines in self._lines.items():
            out.set_row(row, min(_LINE * lines, _TALLEST))
        if sheet.columns:
            out.freeze_panes(self._head + 1, 0)
            out.autofilter(self._head, 0, max(last, self._head), len(sheet.columns) - 1)
        self._set_up_print(title)

    def _write_lead(self) -> None:
        for row, line in enumerate(self._sheet.lead):
            look = {"bold": True, "font_size": 14} if row == 0 else {}
            text = clean_text(line)
            quote = {"quote_prefix": True} if text.startswith(_FORMULA_STARTS) else {}
            self._out.write_string(row, 0, text, self._formats.get(**{**_BASE, **look, **quote}))

    def _look(
        self, kind: CellKind, num_format: str = "", *, wrap: bool = False, quote: bool = False
    ) -> Format:
        """Of a column's cells, unless one needs another; `quote`: never taken for a formula."""
        wanted = (kind, num_format, wrap, quote)
        known = self._looks.get(wanted)
        if known is None:
            known = self._looks[wanted] = self._formats.get(
                **_BASE,
                num_format=num_format or _FORMATS[kind],
                **({"text_wrap": True} if wrap or kind is CellKind.TEXTO_LARGO else {}),
                **({"quote_prefix": True} if quote else {}),
            )
        return known

    def _typed_look(self, kind: CellKind) -> Format:
        """Of cells that are still empty: a text goes on below its first line, not out of sight."""
        return self._look(kind, wrap=kind is CellKind.TEXTO)

    def _write_value(self, row: int, number: int, kind: CellKind, value: Value) -> None:
        out = self._out
        if isinstance(value, bool):
            self._write_text(row, number, kind, "Sí" if value else "No")
        elif _is_exact(value):
            shown_as = _number_format(kind, whole=value == int(value))
            out.write_number(row, number, value, self._look(kind, shown_as))
        elif isinstance(value, datetime) and value.date() >= _FIRST_DAY:
            shown = value.replace(tzinfo=None)
            out.write_datetime(row, number, shown, self._look(kind, f"{_DAY} hh:mm"))
        elif isinstance(value, date) and not isinstance(value, datetime) and value >= _FIRST_DAY:
            out.write_datetime(row, number, value, self._look(kind, _DAY))
        elif isinstance(value, time):
            out.write_datetime(row, number, value.replace(tzinfo=None), self._look(kind, "hh:mm"))
        else:
            self._write_text(row, number, kind, _spelled(value))

    def _write_text(self, row: int, number: int, kind: CellKind, value: str) -> None:
        text = clean_text(value)
        width = self._widths[number]
        several = len(text) > (width if kind is CellKind.TEXTO_LARGO else _WIDTHS[kind][1])
        several = several or "\n" in text
        if several:
            self._make_room(row, text, width)
        look = self._look(kind, "@", wrap=several, quote=text.startswith(_FORMULA_STARTS))
        self._out.write_string(row, number, text, look)

    def _make_room(self, row: int, text: str, width: float) -> None:
        room = max(4, int(width * _LETTERS))
        lines = sum(
            # Wrapping costs more than all the rest of a cell; most lines need none.
            1 if len(line) <= room else max(1, len(wrap(line, room)))
            for line in text.split("\n")
        )
        if lines > max(1, self._lines.get(row, 0)):
            self._lines[row] = lines

    def _guide(self, number: int, column: Column, last: int) -> None:
        """The list, the note and the check of a column's cells."""
        rule = self._rule(column)
        if column.note:
            rule["input_title"] = clean_text(column.title)[:_MAX_PROMPT_TITLE]
            rule["input_message"] = _shortened(clean_text(column.note), _MAX_PROMPT)
        if rule["validate"] == "any" and not column.note:
            return
        self._out.data_validation(self._head + 1, number, last, number, rule)

    def _rule(self, column: Column) -> dict[str, Any]:
        if column.choices:
            told = "Elija una opción de la lista."
            source = self._lists.source(column.choices)
            refuse = {"show_error": False} if column.free else _told(told)
            return {"validate": "list", "source": source, **refuse}
        match column.kind:
            case CellKind.FECHA:
                between = {"minimum": date(1900, 3, 1), "maximum": date(2199, 12, 31)}
                return {"validate": "date", **_BETWEEN, **between, **_told(_TYPE_A_DAY)}
            case CellKind.HORA:
                between_times = {"minimum": time(0), "maximum": time(23, 59, 59)}
                return {"validate": "time", **_BETWEEN, **between_times, **_told(_TYPE_A_TIME)}
            case CellKind.ENTERO:
                bounds = {"minimum": -_EXACT, "maximum": _EXACT}
                return {"validate": "integer", **_BETWEEN, **bounds, **_told(_TYPE_A_WHOLE)}
            case CellKind.DECIMAL:
                bounds = {"minimum": -_EXACT, "maximum": _EXACT}
                return {"validate": "decimal", **_BETWEEN, **bounds, **_told(_TYPE_A_NUMBER)}
            case CellKind.PORCENTAJE:
                bounds = {"minimum": 0, "maximum": 100}
                return {"validate": "decimal", **_BETWEEN, **bounds, **_told(_TYPE_A_SHARE)}
        return {"validate": "any"}

    def _set_up_print(self, title: str) -> None:
        out = self._out
        out.set_landscape()
        out.set_paper(_PAPER_A4)
        out.fit_to_pages(1, 0)
        out.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        out.repeat_rows(self._head)
        shown = _shortened(title, 120).replace("&", "&&").replace("\n", " ")
        out.set_footer(f"&L{shown}&RPágina &P de &N")


_BETWEEN: Mapping[str, Any] = {"criteria": "between"}
_TYPE_A_DAY = "Escriba una fecha con día, mes y año: 20/11/2026."
_TYPE_A_TIME = "Escriba una hora de 24 horas: 09:30."
_TYPE_A_WHOLE = "Escriba un número entero."
_TYPE_A_NUMBER = "Escriba un número."
_TYPE_A_SHARE = "Escriba un número de 0 a 100."


def _told(sentence: str) -> dict[str, str]:
    return {"error_title": "Valor no permitido", "error_message": sentence}


def _is_exact(value: Value) -> TypeGuard[int | Decimal]:
    """A number that a cell holds without loss of what stands before the point, and gives back."""
    if isinstance(value, Decimal) and not value.is_finite():
        return False
    return isinstance(value, int | Decimal) and LOWEST <= value <= _EXACT


def _number_format(kind: CellKind, *, whole: bool) -> str:
    if kind is CellKind.PORCENTAJE:
        return '0"%"' if whole else '0.0#"%"'
    return "0" if kind is CellKind.ENTERO and whole else "General"


def _spelled(value: Value) -> str:
    """What no cell can hold as what it is, in words of the screens."""
    if isinstance(value, datetime):
        return f"{value:%d/%m/}{value.year:04d} {value:%H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/}{value.year:04d}"
    return str(value)


def _width(column: Column, number: int, rows: Sequence[Sequence[Value]]) -> float:
    low, high = _WIDTHS[column.kind]
    high = max(high, low)
    longest = max(low, column.typed + 2, max(map(len, column.title.split()), default=0) + 4)
    for value in chain((row[number] for row in rows), column.choices):
        if longest >= high:
            break
        if isinstance(value, str):
            if len(value) + 2 > longest:  # and perhaps one of its lines, too
                longest = max(longest, _longest_line(value) + 2)
        elif isinstance(value, datetime):
            longest = max(longest, len("dd/mm/yyyy hh:mm") + 2)
        elif value is not None:
            longest = max(longest, len(str(value)) + 2)
    return float(min(longest, high))


def _longest_line(text: str) -> int:
    return max(map(len, text[:MAX_TEXT].splitlines()), default=0)


def _shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _letters(column: int) -> str:
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
