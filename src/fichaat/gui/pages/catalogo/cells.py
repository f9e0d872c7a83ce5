"""What stands in one cell of the catalogue: how a text is read, and how a value is written."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from fichaat.domain.ficha import Tema
from fichaat.domain.territorio import Territorio
from fichaat.domain.text import MAX_LINE, clean, fold
from fichaat.domain.typed_text import parse_date, parse_number
from fichaat.gui.widgets.cells_model import Kind

Read = Literal[
    "line", "code", "tema", "estado", "distrito", "cantidad", "percent", "count", "day", "indicador"
]

RETIRED: Final = "retirado"
IN_FORCE: Final = "vigente"

_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_UBIGEO: Final = re.compile(r"(?<![0-9])[0-9]{6}(?![0-9])")
_BLANKS: Final = re.compile(r"[\s\u00a0\u2009\u202f]")
_DECIMAL: Final = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,4})?")
_PERCENT: Final = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,2})?")
_MOST_COUNT: Final = 99
_MOST_PERCENT: Final = 100


@dataclass(frozen=True, slots=True)
class Member:
    """One column of a table of the catalogue."""

    key: str
    reads: Read
    weight: int = 2
    required: bool = True
    empty: str | int | None = None
    """The value of a blank cell that is not required."""

    @property
    def kind(self) -> Kind:
        """How the cell is edited."""
        if self.reads in ("tema", "estado", "indicador"):
            return "choice"
        return {"day": "date", "count": "number", "percent": "number", "cantidad": "number"}.get(  # type: ignore[return-value]
            self.reads, "line"
        )


class Reader:
    """Reads the texts of cells, and writes values as they are shown."""

    def __init__(self, territorio: Territorio, region: str, today: date) -> None:
        self._territorio = territorio
        self._today = today
        self._region = region
        self.look_again()
        self._readers: dict[Read, Callable[[str], object]] = {
            "line": _line,
            "code": _code,
            "indicador": _code,
            "tema": Tema,
            "estado": _retired,
            "distrito": self._distrito,
            "cantidad": _cantidad,
            "percent": _percent,
            "count": _count,
            "day": self._day,
        }

    def look_again(self) -> None:
        """The list of districts may be another one."""
        own: dict[str, str] = {}
        by_name: dict[str, set[str]] = {}
        for row in self._territorio.distritos_of(self._region):
            own[row.ubigeo] = self._named(row.distrito, row.provincia, row.ubigeo)
            for name in (row.distrito, f"{row.distrito} ({row.provincia})"):
                by_name.setdefault(fold(name), set()).add(row.ubigeo)
        # Whole: a review in the background goes by them.
        self._own, self._by_name = own, by_name

    @property
    def distritos(self) -> list[str]:
        """Those of the region, as they stand in a cell."""
        return list(self._own.values())

    def read(self, member: Member, text: str) -> object:
        """The value of a text that is not blank.

        Raises:
            ValueError: it cannot be read as what the member holds.
        """
        return self._readers[member.reads](clean(text, multiline=False))

    def show(self, member: Member, value: object) -> str:
        """The text of a value."""
        if value is None:
            return ""
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        if isinstance(value, bool):
            return RETIRED if value else IN_FORCE
        if isinstance(value, Tema):
            return value.value
        if member.reads == "distrito":
            return self.distrito(str(value))
        if member.reads in ("cantidad", "percent"):
            return str(value).replace(".", ",")
        return str(value)

    def settled(self, member: Member, text: str) -> str:
        """A text in its full form; as it is where it cannot be read."""
        if not text.strip():
            return ""
        try:
            return self.show(member, self.read(member, text))
        except ValueError:
            return text

    def distrito(self, ubigeo: str) -> str:
        """«Quinua (Huamanga) · 050108»."""
        own = self._own.get(ubigeo)
        if own is not None:
            return own
        row = self._territorio.known(ubigeo)
        return ubigeo if row is None else self._named(row.distrito, row.provincia, ubigeo)

    @staticmethod
    def _named(distrito: str, provincia: str, ubigeo: str) -> str:
        return f"{distrito} ({provincia}) · {ubigeo}"

    def _distrito(self, text: str) -> str:
        codes = _UBIGEO.findall(text)
        if len(codes) == 1:
            return str(codes[0])
        named = self._by_name.get(fold(" ".join(text.split())), set())
        if len(named) != 1:
            raise ValueError
        return next(iter(named))

    def _day(self, text: str) -> date:
        iso = parse_date(text, self._today)
        if iso is None:
            raise ValueError
        return date.fromisoformat(iso)


def _line(text: str) -> str:
    if len(text) > MAX_LINE:
        raise ValueError
    return text


def _code(text: str) -> str:
    if _CODE.fullmatch(text) is None:
        raise ValueError
    return text


def _retired(text: str) -> bool:
    if text not in (RETIRED, IN_FORCE):
        raise ValueError
    return text == RETIRED


def _cantidad(text: str) -> str:
    return _decimal(_BLANKS.sub("", text), _DECIMAL)


def _percent(text: str) -> str:
    found = _decimal(_BLANKS.sub("", text).removesuffix("%"), _PERCENT)
    if Decimal(found) > _MOST_PERCENT:
        raise ValueError
    return found


def _decimal(text: str, pattern: re.Pattern[str]) -> str:
    """In its shortest form: records hold no floats and no idle zeros."""
    if pattern.fullmatch(text) is None:
        raise ValueError
    shown = f"{Decimal(text.replace(',', '.')):f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown


def _count(text: str) -> int:
    number = parse_number(text)
    if number is None or number > _MOST_COUNT:
        raise ValueError
    return number
