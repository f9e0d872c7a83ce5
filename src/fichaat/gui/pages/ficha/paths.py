"""Members of a ficha by their RFC 6901 pointer, the same that problems use."""

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from fichaat.domain.ficha import Ficha

Value = Any
"""Of a member: what it is depends on the pointer."""


def steps_of(path: str) -> list[str]:
    """The members and rows that a pointer goes through."""
    return path.split("/")[1:]


def get(ficha: Ficha, path: str) -> Value:
    """Raises:
    LookupError: the ficha has no such member or row.
    """
    found: Value = ficha
    for step in steps_of(path):
        if isinstance(found, tuple):
            if not step.isdecimal():
                raise LookupError(path)
            found = found[int(step)]
        elif isinstance(found, Struct) and step in found.__struct_fields__:
            found = getattr(found, step)
        else:
            raise LookupError(path)
    return found


def put(ficha: Ficha, path: str, value: Value) -> Ficha:
    """The ficha with another value there."""
    changed = _put(ficha, steps_of(path), value)
    assert isinstance(changed, Ficha)  # only a pointer to nothing replaces the whole
    return changed


def _put(target: Value, steps: list[str], value: Value) -> Value:
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(target, tuple):
        row = int(step)
        return (*target[:row], _put(target[row], rest, value), *target[row + 1 :])
    return replace(target, **{step: _put(getattr(target, step), rest, value)})


def section_row(path: str) -> tuple[str, int | None, str]:
    """List, row and member of a pointer into a list; row None where it names no row."""
    steps = steps_of(path)
    section = steps[0] if steps else ""
    row = int(steps[1]) if len(steps) > 1 and steps[1].isdecimal() else None
    return section, row, "/".join(steps[2:])


def moved(path: str, section: str, at: int, by: int) -> str | None:
    """Where a pointer leads once a row was put in (`by` 1) or taken out (-1) at `at`; None where
    the row is gone.
    """
    found, row, rest = section_row(path)
    if found != section or row is None or row < at:
        return path
    if by < 0 and row == at:
        return None
    return f"/{section}/{row + by}" + (f"/{rest}" if rest else "")
