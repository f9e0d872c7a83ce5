"""One cell that a person filled in, as a value of its column's kind; or why it is none."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from fichaat.application.sheets import CellKind, Column, RawValue, Unread, Value
from fichaat.domain.content_checks import FIRST_YEAR, LAST_YEAR
from fichaat.domain.errors import Param
from fichaat.domain.text import MAX_LINE, MAX_LONG, defect, fold, normalise
from fichaat.domain.typed_text import parse_hour

QUOTED: Final = 60
"""Characters of a cell that a sentence repeats."""

_DATE: Final = re.compile(r"([0-9]{1,2})\s*[/.\-]\s*([0-9]{1,2})\s*[/.\-]\s*([0-9]{4})")
_DATE_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_SERIAL_EPOCH: Final = date(1899, 12, 30)
_SERIALS: Final = range(36_526, 73_051)
"""Days of 2000 to 2099 as sheets count them: a date whose cell lost its format. A year typed
alone, 2026, is not among them.
"""
_MINUTES: Final = 24 * 60
_NUMBERS: Final = frozenset({CellKind.ENTERO, CellKind.DECIMAL, CellKind.PORCENTAJE})
_MOST_DIGITS: Final = 15
"""That a number of a sheet holds exactly."""
_NUMBER: Final = re.compile(r"([+-]?[0-9]{1,15})(?:[.,]([0-9]{1,15}))?")


class NotReadError(Exception):
    """A cell that is refused: a code of the room "hoja" and its parameters."""

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: dict[str, Param] = params


def read_value(cell: RawValue, column: Column) -> Value:
    """The value of a cell: str, date, time, int or Decimal, as the column says; None where blank.

    Raises:
        NotReadError: "hoja.required", "hoja.error_value", "hoja.formula", "hoja.text",
            "hoja.date", "hoja.time", "hoja.whole", "hoja.number", "hoja.number_long",
            "hoja.percent", "hoja.choice", "hoja.control_character", "hoja.too_long".
    """
    if isinstance(cell, Unread):
        if cell.text.strip():
            raise NotReadError("hoja.error_value", texto=shown(cell))
        raise NotReadError("hoja.formula")
    if blank(cell):
        if column.required:
            raise NotReadError("hoja.required", columna=column.title)
        return None
    if column.choices:
        return _choice(cell, column.choices)
    code, read = _READERS[column.kind]
    value = read(cell)
    if value is None:
        _refuse_long_number(cell, column.kind)
        raise NotReadError(code, texto=shown(cell))
    return value


def _refuse_long_number(cell: RawValue, kind: CellKind) -> None:
    """Digits alone, but more than any sheet keeps: it is a number, and cannot be this one."""
    if kind not in _NUMBERS or not isinstance(cell, str):
        return
    digits = cell.strip().lstrip("+-")
    if len(digits) > _MOST_DIGITS and digits.isascii() and digits.isdecimal():
        raise NotReadError(
            "hoja.number_long", texto=shown(cell), cifras=len(digits), maximo=_MOST_DIGITS
        )


def blank(cell: RawValue) -> bool:
    """Nothing that a reader would see."""
    return cell is None or (isinstance(cell, str) and (not cell or cell.isspace()))


def shown(cell: RawValue) -> str:
    """The beginning of what stands in a cell, as a sentence quotes it."""
    if isinstance(cell, Unread):
        text = cell.text
    elif isinstance(cell, bool):
        text = "VERDADERO" if cell else "FALSO"
    elif isinstance(cell, datetime):
        text = f"{cell:%d/%m/}{cell.year:04d} {cell:%H:%M}"
    elif isinstance(cell, date):
        text = f"{cell:%d/%m/}{cell.year:04d}"
    elif isinstance(cell, time):
        text = f"{cell:%H:%M}"
    else:
        text = str(cell)
    words = " ".join(text[: 4 * QUOTED].split())
    return words if len(words) <= QUOTED else f"{words[:QUOTED]}…"


def _choice(cell: RawValue, choices: tuple[str, ...]) -> str:
    wanted = _folded(("sí" if cell else "no") if isinstance(cell, bool) else _plain(cell))
    for choice in choices:
        if _folded(choice) == wanted:
            return choice
    raise NotReadError("hoja.choice", texto=shown(cell))


def _folded(text: str) -> str:
    return fold(" ".join(text[:1000].split()))


def _plain(cell: RawValue) -> str:
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def _text(cell: RawValue, *, multiline: bool) -> str | None:
    if isinstance(cell, bool | date | time) or not isinstance(cell, str | int | Decimal):
        return None
    text = normalise(_plain(cell))
    if not multiline:
        text = text.replace("\n", " ").replace("\t", " ")
    if defect(text, multiline=multiline) is not None:
        raise NotReadError("hoja.control_character")
    most = MAX_LONG if multiline else MAX_LINE
    if len(text) > most:
        raise NotReadError("hoja.too_long", letras=len(text), maximo=most)
    return text


def _line(cell: RawValue) -> str | None:
    return _text(cell, multiline=False)


def _long_text(cell: RawValue) -> str | None:
    return _text(cell, multiline=True)


def _date(cell: RawValue) -> date | None:
    day: date | None = None
    if isinstance(cell, datetime):
        day = cell.date() if cell.time() == time() else None
    elif isinstance(cell, date):
        day = cell
    elif isinstance(cell, int) and not isinstance(cell, bool) and cell in _SERIALS:
        day = _SERIAL_EPOCH + timedelta(days=cell)
    elif isinstance(cell, str):
        day = _typed_date(cell.strip())
    return day if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _typed_date(text: str) -> date | None:
    if match := _DATE.fullmatch(text):
        day, month, year = map(int, match.groups())
    elif match := _DATE_ISO.fullmatch(text):
        year, month, day = map(int, match.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time(cell: RawValue) -> time | None:
    if isinstance(cell, time):
        return _of_day((cell.hour * 60 + cell.minute) + round(cell.second / 60))
    if isinstance(cell, Decimal):
        return _of_day(round(cell * _MINUTES)) if 0 < cell < 1 else None
    if isinstance(cell, bool) or not isinstance(cell, str | int):
        return None
    hour = parse_hour(str(cell))
    return None if hour is None else time.fromisoformat(hour)


def _of_day(minutes: int) -> time | None:
    hours, minutes = divmod(minutes, 60)
    return time(hours, minutes) if hours < 24 else None


def _number(cell: RawValue) -> int | Decimal | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | Decimal):
        return cell
    match = _NUMBER.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if match is None or not match[0].isascii():
        return None
    return int(match[1]) if match[2] is None else Decimal(f"{match[1]}.{match[2]}")


def _whole(cell: RawValue) -> int | None:
    number = _number(cell)
    return number if isinstance(number, int) else None


def _decimal(cell: RawValue) -> Decimal | None:
    number = _number(cell)
    return None if number is None else Decimal(number)


def _percent(cell: RawValue) -> int | Decimal | None:
    """A share between nothing and one is what sheets make of a typed «45%»: it is asked for again
    rather than taken for half a per cent.
    """
    text = cell.strip().removesuffix("%") if isinstance(cell, str) else cell
    number = _number(text)
    if number is None or not 0 <= number <= 100 or 0 < number < 1:
        return None
    return int(number) if number == int(number) else number


_READERS: Final[Mapping[CellKind, tuple[str, Callable[[RawValue], Value]]]] = MappingProxyType(
    {
        CellKind.TEXTO: ("hoja.text", _line),
        CellKind.TEXTO_LARGO: ("hoja.text", _long_text),
        CellKind.FECHA: ("hoja.date", _date),
        CellKind.HORA: ("hoja.time", _time),
        CellKind.ENTERO: ("hoja.whole", _whole),
        CellKind.DECIMAL: ("hoja.number", _decimal),
        CellKind.PORCENTAJE: ("hoja.percent", _percent),
    }
)
"""Kind -> the code of what is no such value, and how it is read."""
