"""JSON that people or other programs wrote, as plain built-ins that `codec.convert` takes."""

import json
import re
from functools import partial

from fichaat.domain.errors import SchemaError

_MAX_DIGITS = 40
"""Of an integer that is read at all: no member takes one of twenty."""

_SURROGATE = re.compile("[\ud800-\udfff]")


class _Number(str):
    """A number that no member takes, as it was written, until its place is known."""

    __slots__ = ()


def parse_foreign(data: bytes) -> object:
    """Plain built-ins from foreign JSON.

    Raises:
        SchemaError: not UTF-8, not JSON, a duplicate member, a number that no member takes (with
            decimals, not finite, too long), too deep, a lone surrogate.
    """
    try:
        text = data.decode("utf-8-sig")
        value = _loads(text)
        if "\\u" in text:
            _refuse_surrogates(value, "")
    except UnicodeDecodeError:
        raise SchemaError("schema.not_utf8") from None
    except RecursionError:
        raise SchemaError("schema.nesting") from None
    except ValueError:
        raise SchemaError("schema.not_json") from None
    return value


def _loads(text: str) -> object:
    strange: list[_Number] = []
    keep = partial(_keep_number, strange)
    loads = partial(
        json.loads, object_pairs_hook=_unique_members, parse_float=keep, parse_constant=keep
    )
    try:
        value: object = loads(text)
    except json.JSONDecodeError:
        raise
    except ValueError:  # an integer of more digits than Python reads
        value = loads(text, parse_int=partial(_read_int, strange))
    if strange and isinstance(value, dict | list):
        _refuse_numbers(value, "")
    return value


def _keep_number(strange: list[_Number], literal: str) -> _Number:
    strange.append(_Number(literal))
    return strange[-1]


def _read_int(strange: list[_Number], literal: str) -> int | _Number:
    return int(literal) if len(literal) <= _MAX_DIGITS else _keep_number(strange, literal)


def _refuse_numbers(value: object, path: str) -> None:
    """The first in the order of the text, with its pointer."""
    if isinstance(value, _Number):
        if value.lstrip("-").isdecimal():
            raise SchemaError("schema.range", path)
        raise SchemaError("schema.float", path, value=value[:40])
    if isinstance(value, dict):
        for key, child in value.items():
            _refuse_numbers(child, f"{path}/{_step(key)}")
    elif isinstance(value, list):
        for row, child in enumerate(value):
            _refuse_numbers(child, f"{path}/{row}")


def _unique_members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        repeated = next(key for key, _ in pairs if sum(key == other for other, _ in pairs) > 1)
        raise SchemaError("schema.duplicate_member", f"/{_step(repeated)}")
    return members


def _refuse_surrogates(value: object, path: str) -> None:
    if isinstance(value, str):
        if _SURROGATE.search(value):
            raise SchemaError("schema.lone_surrogate", path)
    elif isinstance(value, dict):
        for key, child in value.items():
            below = f"{path}/{_step(key)}"
            _refuse_surrogates(key, below)
            _refuse_surrogates(child, below)
    elif isinstance(value, list):
        for row, child in enumerate(value):
            _refuse_surrogates(child, f"{path}/{row}")


def _step(key: str) -> str:
    """A member in a pointer (RFC 6901), printable whatever it is."""
    printable = key.encode("utf-8", "replace").decode()[:200]
    return printable.replace("~", "~0").replace("/", "~1")
