"""Sheets of a workbook as use cases see them: what stands in a column, not how it is written."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

Value = str | int | bool | Decimal | date | datetime | time | None
"""What one cell holds; None is an empty one."""


class CellKind(StrEnum):
    """How a column is typed, shown and checked."""

    TEXTO = "texto"
    TEXTO_LARGO = "texto_largo"  # wraps
    FECHA = "fecha"
    HORA = "hora"
    ENTERO = "entero"
    DECIMAL = "decimal"
    PORCENTAJE = "porcentaje"  # 0 to 100


class Column(Struct, frozen=True):
    """One column; its title is how an import finds it again."""

    title: str
    kind: CellKind = CellKind.TEXTO
    choices: tuple[str, ...] = ()
    """A drop-down list; anything else is refused on import."""
    note: str = ""
    """What to write, shown beside the chosen cell."""
    required: bool = False
    free: bool = False
    """The list only helps: a sheet lets one type something else, which the import judges."""
    typed: int = 0
    """Letters that people usually write in a cell, where no row shows it yet; 0: what its kind
    says.
    """


class Sheet(Struct, frozen=True):
    """One table with its titles in the first row below `lead`."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]] = ()
    lead: tuple[str, ...] = ()
    """Lines above the table: what it is, its cut-off. A template has none."""
    read_only: bool = False
    """For people to read: nothing is typed there, so that nothing is checked."""


class Workbook(Struct, frozen=True):
    title: str
    sheets: tuple[Sheet, ...]
    template: bool = False
    """Empty rows are prepared for typing: lists and notes reach beyond the rows given."""


class Unread(Struct, frozen=True):
    """A cell that holds something, but no value."""

    text: str
    """What the sheet shows there ("#REF!"); blank for a formula that was never calculated."""


RawValue = Value | Unread


class RawSheet(Struct, frozen=True):
    """What a file holds, unjudged: every row of a sheet from its first one."""

    name: str
    rows: tuple[tuple[RawValue, ...], ...]
