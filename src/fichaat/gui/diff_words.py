"""What changed between two versions, in the words of the paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from msgspec import Struct

from fichaat.application.diff import FieldChange
from fichaat.domain.territorio import Territorio
from fichaat.gui.text import say, short_date

_SHOWN = ("descripcion", "nombre", "ubigeo", "estado")
"""The member by which a whole row is known."""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One field: its name on the paper, what it said and what it says."""

    name: str
    before: str
    after: str


def change_lines(changes: Iterable[FieldChange], territorio: Territorio) -> list[ChangeLine]:
    """In the order of the paper."""
    return [_line(change, territorio) for change in changes]


def _line(change: FieldChange, territorio: Territorio) -> ChangeLine:
    section, _, member = change.field.partition(".")
    name = say(f"sellar.field_{section}")
    if change.row is not None:
        name = say("sellar.change_row", lista=name, fila=change.row)
    if member == "orden":
        return ChangeLine(name, "", say("sellar.change_moved"))
    if member:
        field = say(f"sellar.field_{section}_{member}")
        name = say("sellar.change_field", lista=name, campo=field)
    elif change.before is None and isinstance(change.after, Struct):
        return ChangeLine(name, say("sellar.change_added"), _words(change.after, territorio))
    elif change.after is None and isinstance(change.before, Struct):
        return ChangeLine(name, _words(change.before, territorio), say("sellar.change_removed"))
    if section == "seguimientos" and member == "acuerdo":
        return ChangeLine(name, "", say("sellar.change_other"))
    if member == "nudo":
        return ChangeLine(name, _number(change.before), _number(change.after))
    return ChangeLine(name, _words(change.before, territorio), _words(change.after, territorio))


def _words(value: Any, territorio: Territorio) -> str:  # noqa: ANN401  # of any field
    if value is None or value in ("", ()):
        return say("sellar.change_blank")
    if isinstance(value, Enum):
        return say(f"sellar.word_{value.value}")
    if isinstance(value, tuple):
        return ", ".join(_words(item, territorio) for item in value)
    if isinstance(value, Struct):
        shown = (getattr(value, name, None) for name in _SHOWN)
        return _words(next((item for item in shown if item), None), territorio)
    if isinstance(value, str):
        place = territorio.known(value)
        return value if place is None else f"{place.distrito} ({place.provincia})"
    return short_date(value) if hasattr(value, "isoformat") else str(value)


def _number(nudo: int | None) -> str:
    return say("sellar.change_blank") if nudo is None else str(nudo + 1)
