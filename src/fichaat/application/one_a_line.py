"""A file of fichas holds one on each line; JSON that another program laid out over many lines is
recognised before each of them is refused by itself.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Final

from fichaat.domain.errors import UserFacingError

_LOOKED_AT: Final = 8_000_000
"""Bytes from the first line on that are read together at most."""
_BOM: Final = b"\xef\xbb\xbf"


def one_a_line(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The same lines.

    Raises:
        UserFacingError: "ficha.one_each_line": the first ficha goes over several of them.
    """
    rest = iter(lines)
    head: list[bytes] = []
    for line in rest:
        head.append(line)
        if line.removeprefix(_BOM).strip():
            break
    if head and _is_begun(head[-1]):
        size = len(head[-1])
        for line in rest:
            head.append(line)
            size += len(line)
            if size > _LOOKED_AT:
                break
        if _value(b"".join(head)) is not None:
            raise UserFacingError("ficha.one_each_line")
    yield from head
    yield from rest


def _is_begun(line: bytes) -> bool:
    """Whether an object or a list begins here and does not end."""
    text = line.removeprefix(_BOM).strip()
    return text[:1] in (b"{", b"[") and len(line) <= _LOOKED_AT and _value(line) is None


def _value(data: bytes) -> object:
    """The JSON value at the beginning; None where there is none."""
    try:
        value, _ = json.JSONDecoder().raw_decode(data.decode("utf-8-sig").lstrip())
    except (ValueError, RecursionError):
        return None
    return value
