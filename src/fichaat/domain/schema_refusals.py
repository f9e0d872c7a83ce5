"""How a shape that is refused is told: a stable code and the pointer to what is wrong, never the
English sentence of the library.
"""

import re

import msgspec

from fichaat.domain.errors import SchemaError

_STEP = re.compile(r"\.([A-Za-z0-9_]+)|\[([0-9.]+|\.\.\.)\]")
_LENGTH = re.compile(r"of length (<=|>=|==) ([0-9]+)")
_SENTENCES = (
    (r"unknown field `([A-Za-z0-9_]+)`", "schema.unknown_member"),
    (r"unknown field", "schema.unknown_member"),
    (r"missing required field `([A-Za-z0-9_]+)`", "schema.missing_member"),
    (r"matching regex", "schema.pattern"),
    (r"of length", "schema.length"),
    (r"Expected `int` [<>]", "schema.range"),
    (r"[Ii]nteger value out of range", "schema.range"),
    (r"Invalid enum value", "schema.value"),
    (r"(?:date|RFC3339|ISO8601|timezone)", "schema.date"),
    (r"Expected `", "schema.type"),
)


def schema_error(error: msgspec.ValidationError) -> SchemaError:
    """The code and pointer behind msgspec's English sentence."""
    message, _, place = str(error).partition(" - at `$")
    pointer = _STEP.sub(lambda step: "/" + (step[1] or step[2] or "*"), place.rstrip("`"))
    for pattern, code in _SENTENCES:
        match = re.search(pattern, message)
        if match is not None:
            member = f"/{match[1]}" if match.groups() else ""
            return _with_limit(code, pointer + member, message)
    return SchemaError("schema.shape", pointer)


def _with_limit(code: str, pointer: str, message: str) -> SchemaError:
    """A length says its limit, as msgspec words it: "Expected `str` of length <= 300"."""
    if code != "schema.length":
        return SchemaError(code, pointer)
    found = _LENGTH.search(message)
    if found is None:
        return SchemaError("schema.shape", pointer)
    short = "schema.too_short"
    return SchemaError(code if found[1] == "<=" else short, pointer, limit=int(found[2]))


def pointer_step(key: str) -> str:
    """A member in a pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")
