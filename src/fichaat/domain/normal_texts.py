"""Whether every text of a value is normal (`text.defect`): a fast look at the bytes, which most
records pass (ADR 0006), and a slow one that says where.
"""

import re
from functools import cache

import msgspec
from msgspec import Struct

from fichaat.domain.errors import SchemaError
from fichaat.domain.schema_refusals import pointer_step
from fichaat.domain.text import defect

_ASCII_PRINTABLE = bytes(range(0x20, 0x7F)).replace(b"\\", b"")
"""But the backslash, which stays and is then no character of the common ones."""
# Latin-1 letters and signs, dashes and curly quotes: normal in any place, never blank.
_COMMON = re.compile(rb"(?:\xc2[\xa1-\xbf]|\xc3[\x80-\xbf]|\xe2\x80[\x90-\xa7])*+\Z")
_BLANK_AT_A_QUOTE = re.compile(rb' (?:"|(?<=" ))')


def surely_normal(raw: bytes) -> bool:
    """True only where every text is normal: a fast look that most records pass.

    Without a backslash there is no control character and every quote ends a text; what remains
    after the printable ASCII must be characters that are normal wherever they stand.
    """
    if _BLANK_AT_A_QUOTE.search(raw) is not None:
        return False
    return _COMMON.match(raw.translate(None, _ASCII_PRINTABLE)) is not None


def check_texts(value: object, path: str) -> None:
    """The slow look, which every text passes one by one.

    Raises:
        SchemaError: with the pointer to the first text that is not normal.
    """
    for pointer, text, multiline in _walk_texts(value, path, multiline=True):
        code = defect(text, multiline=multiline)
        if code is not None:
            raise SchemaError(code, pointer)


def _walk_texts(value: object, path: str, *, multiline: bool) -> list[tuple[str, str, bool]]:
    """Every text below a value with its pointer, and whether it may hold line ends."""
    found: list[tuple[str, str, bool]] = []
    _gather_texts(found, value, path, multiline=multiline)
    return found


def _gather_texts(
    found: list[tuple[str, str, bool]], value: object, path: str, *, multiline: bool
) -> None:
    if isinstance(value, str):
        found.append((path, value, multiline))
    elif isinstance(value, Struct):
        long_fields = _multiline_fields(type(value))
        for name in value.__struct_fields__:
            child = getattr(value, name)
            if child is not None:
                _gather_texts(found, child, f"{path}/{name}", multiline=name in long_fields)
    elif isinstance(value, tuple | list):
        for row, child in enumerate(value):
            _gather_texts(found, child, f"{path}/{row}", multiline=multiline)
    elif isinstance(value, dict):
        for key, child in value.items():
            found.append((f"{path}/{pointer_step(key)}", key, False))
            _gather_texts(found, child, f"{path}/{pointer_step(key)}", multiline=multiline)


@cache
def _multiline_fields(type_: type[Struct]) -> frozenset[str]:
    fields = msgspec.inspect.type_info(type_)
    if not isinstance(fields, msgspec.inspect.StructType):
        return frozenset()
    return frozenset(field.encode_name for field in fields.fields if _is_multiline(field.type))


def _is_multiline(type_: msgspec.inspect.Type) -> bool:
    if isinstance(type_, msgspec.inspect.Metadata):
        return bool((type_.extra or {}).get("multiline")) or _is_multiline(type_.type)
    if isinstance(type_, msgspec.inspect.UnionType):
        return any(_is_multiline(member) for member in type_.types)
    return isinstance(type_, msgspec.inspect.AnyType)
