"""The canonical strict codec: one value has one encoding, and nothing else is accepted.

Canonical JSON: sorted keys, UTF-8, no insignificant white space, no floats, no duplicate keys,
only the escapes JSON requires, every member present, texts normal (`text.defect`).
"""

import re
from functools import cache
from typing import Any, TypeVar, cast

import msgspec
from msgspec import Struct

from fichaat.domain.content_checks import check_content, check_envelope
from fichaat.domain.errors import SchemaError
from fichaat.domain.ficha import MAX_CONTENT, Ficha
from fichaat.domain.normal_texts import check_texts, surely_normal
from fichaat.domain.record import (
    KINDS,
    MAX_OPAQUE_VALUES,
    SIGNED_BYTES_MAX,
    Kind,
    Record,
    SealedRecord,
    sha256_hex,
)
from fichaat.domain.schema_refusals import pointer_step, schema_error

S = TypeVar("S", bound=Struct)
T = TypeVar("T")

_envelope = msgspec.json.Decoder(Record[msgspec.Raw])
_decoders: dict[str, msgspec.json.Decoder[Any]] = {
    kind: msgspec.json.Decoder(cast(Any, Record)[spec.type]) for kind, spec in KINDS.items()
}
_builtins: msgspec.json.Decoder[object] = msgspec.json.Decoder()
_encoder = msgspec.json.Encoder(order="sorted")

MAX_NESTING = 100
"""Levels of an opaque content: the same answer whatever the depth of the caller's stack."""

_KIND = b'"kind":"'
_KIND_AND_SCHEMA = re.compile(
    rb'"kind":"([a-z][a-z0-9_]{0,39})","practice":(?:true|false),'
    rb'"previous":(?:null|"[0-9a-f]{64}"),"region":"[0-9]{2}","schema":([1-9][0-9]{0,3}),'
)
_READ = {(kind.encode(), str(spec.schema).encode()): kind for kind, spec in KINDS.items()}
"""As `_KIND_AND_SCHEMA` finds them."""


def encode(value: object) -> bytes:
    """The canonical bytes of a Struct or of plain built-ins."""
    return _encoder.encode(value)


def decode_record(raw: bytes, signature: bytes = b"") -> SealedRecord:
    """Read the exact bytes of a record.

    A record of an unknown kind or of a newer schema is read as far as its envelope and kept opaque.

    Raises:
        SchemaError: the bytes are not canonical, not of their kind's shape, or too large.
    """
    if len(raw) > SIGNED_BYTES_MAX:
        raise SchemaError("schema.too_large", limit=SIGNED_BYTES_MAX)
    kind = known_kind(raw)
    record = _decode_opaque(raw) if kind is None else _decode(_decoders[kind], raw)
    if encode(record) != raw:
        raise SchemaError("schema.not_canonical")
    if kind is not None:
        _check_content_size(raw, record.content, KINDS[kind].max_bytes)
    if not surely_normal(raw):
        check_texts(record, "")
    check_content(record.content, "/content")
    check_envelope(record, versioned=kind in (None, Kind.FICHA))
    return SealedRecord(raw, signature, sha256_hex(raw), record, opaque=kind is None)


def decode_stored(raw: bytes, signature: bytes, sha256: str) -> SealedRecord:
    """A record whose bytes were proved by `decode_record` when they came in, and kept since: its
    form, texts and hash are not proved again.

    Raises:
        SchemaError: the bytes are not of their kind's shape after all.
    """
    kind = known_kind(raw)
    record = _decode_opaque(raw) if kind is None else _decode(_decoders[kind], raw)
    return SealedRecord(raw, signature, sha256, record, opaque=kind is None)


def decode_as(raw: bytes, type_: type[S]) -> S:
    """Read the canonical bytes of one Struct that is not a record.

    Raises:
        SchemaError: the bytes are not canonical or not of that shape.
    """
    value: S = _decode(_decoder_of(type_), raw)
    if encode(value) != raw:
        raise SchemaError("schema.not_canonical")
    if not surely_normal(raw):
        check_texts(value, "")
    _check_size_and_content(value, "")
    return value


def convert(value: object, type_: type[S]) -> S:
    """A Struct from plain built-ins (an imported row), texts already normalised.

    Raises:
        SchemaError: the value is not of that shape, with the pointer to what is wrong.
    """
    try:
        converted = msgspec.convert(value, type_)
    except msgspec.ValidationError as error:
        raise schema_error(error) from None
    except RecursionError:
        raise SchemaError("schema.nesting") from None
    check_shape(converted)
    return converted


def check_shape(value: object, path: str = "") -> None:
    """What the types alone cannot say: normal texts, unique ids, valid indexes.

    Raises:
        SchemaError: with the pointer to what is wrong.
    """
    check_texts(value, path)
    _check_size_and_content(value, path)


@cache
def _decoder_of(type_: type[S]) -> msgspec.json.Decoder[S]:
    return msgspec.json.Decoder(type_)


def _check_size_and_content(value: object, path: str) -> None:
    if isinstance(value, Ficha) and len(encode(value)) > MAX_CONTENT:
        raise SchemaError("schema.too_large", path, limit=MAX_CONTENT)
    check_content(value, path)


def known_kind(raw: bytes) -> str | None:
    """The kind, where this version reads it and its schema; the envelope's keys are sorted, so
    nothing that a person typed stands unescaped behind the last `"kind"`.
    """
    match = _KIND_AND_SCHEMA.match(raw, max(raw.rfind(_KIND), 0))
    return None if match is None else _READ.get((match[1], match[2]))


def _decode_opaque(raw: bytes) -> Record[object]:
    record = _decode(_envelope, raw)
    spec = KINDS.get(record.kind)
    if spec is not None and spec.schema >= record.schema:
        raise SchemaError("schema.not_canonical")  # a kind we know, in an order we never write
    if sum(map(raw.count, (b",", b"[", b"{"))) > MAX_OPAQUE_VALUES:
        raise SchemaError("schema.too_many_values", "/content", limit=MAX_OPAQUE_VALUES)
    content = _decode(_builtins, record.content)
    _refuse_floats_in(content, "/content")
    return cast(Record[object], msgspec.structs.replace(record, content=content))


def _decode(decoder: msgspec.json.Decoder[T], raw: bytes | msgspec.Raw) -> T:
    try:
        return decoder.decode(raw)
    except msgspec.ValidationError as error:
        raise schema_error(error) from None
    except msgspec.DecodeError:
        raise SchemaError("schema.not_json") from None
    except UnicodeDecodeError:
        raise SchemaError("schema.not_utf8") from None
    except RecursionError:
        raise SchemaError("schema.nesting") from None


def _check_content_size(raw: bytes, content: object, limit: int) -> None:
    if len(raw) > limit and len(encode(content)) > limit:
        raise SchemaError("schema.too_large", "/content", limit=limit)


def _refuse_floats_in(value: object, path: str, depth: int = 0) -> None:
    if depth > MAX_NESTING:
        raise SchemaError("schema.nesting")
    if isinstance(value, float):
        raise SchemaError("schema.float", path, value=str(value))
    children = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, child in children:
        _refuse_floats_in(child, f"{path}/{pointer_step(str(key))}", depth + 1)
