"""The canonical strict codec: one value has one encoding, and nothing else is accepted.

Canonical JSON: sorted keys, UTF-8, no insignificant white space, no floats, no duplicate keys,
only the escapes JSON requires, every member present, texts normal (`text.defect`).
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any, TypeVar, cast

import msgspec
from msgspec import Struct

from fichaat.domain.acuerdo import EventoAcuerdo
from fichaat.domain.catalogo import Catalogo
from fichaat.domain.credencial import Credencial, Revocacion
from fichaat.domain.errors import SchemaError
from fichaat.domain.ficha import MAX_CONTENT, Ficha, duplicate_ids
from fichaat.domain.firma import Evidencia
from fichaat.domain.paquete import PaqueteInfo
from fichaat.domain.recepcion import Recepcion
from fichaat.domain.record import (
    KINDS,
    MAX_OPAQUE_VALUES,
    SIGNED_BYTES_MAX,
    Kind,
    Record,
    SealedRecord,
    sha256_hex,
)
from fichaat.domain.revision import Revision
from fichaat.domain.rol import Rol
from fichaat.domain.text import defect

S = TypeVar("S", bound=Struct)
T = TypeVar("T")

_envelope = msgspec.json.Decoder(Record[msgspec.Raw])
_decoders: dict[str, msgspec.json.Decoder[Any]] = {
    kind: msgspec.json.Decoder(cast(Any, Record)[spec.type]) for kind, spec in KINDS.items()
}
_builtins: msgspec.json.Decoder[object] = msgspec.json.Decoder()
_encoder = msgspec.json.Encoder(order="sorted")

FIRST_YEAR = 1900
LAST_YEAR = 2199
MAX_NESTING = 100
"""Levels of an opaque content: the same answer whatever the depth of the caller's stack."""

_ASCII_PRINTABLE = bytes(range(0x20, 0x7F)).replace(b"\\", b"")
"""But the backslash, which stays and is then no character of the common ones."""
# Latin-1 letters and signs, dashes and curly quotes: normal in any place, never blank.
_COMMON = re.compile(rb"(?:\xc2[\xa1-\xbf]|\xc3[\x80-\xbf]|\xe2\x80[\x90-\xa7])*+\Z")
_BLANK_AT_A_QUOTE = re.compile(rb' (?:"|(?<=" ))')
_KIND = b'"kind":"'
_KIND_AND_SCHEMA = re.compile(
    rb'"kind":"([a-z][a-z0-9_]{0,39})","practice":(?:true|false),'
    rb'"previous":(?:null|"[0-9a-f]{64}"),"region":"[0-9]{2}","schema":([1-9][0-9]{0,3}),'
)
_READ = {(kind.encode(), str(spec.schema).encode()): kind for kind, spec in KINDS.items()}
"""As `_KIND_AND_SCHEMA` finds them."""
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
    if not _surely_normal(raw):
        _check_texts(record, "")
    _check_content(record.content, "/content")
    _check_envelope(record, versioned=kind in (None, Kind.FICHA))
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
    if not _surely_normal(raw):
        _check_texts(value, "")
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
        raise _schema_error(error) from None
    except RecursionError:
        raise SchemaError("schema.nesting") from None
    check_shape(converted)
    return converted


def check_shape(value: object, path: str = "") -> None:
    """What the types alone cannot say: normal texts, unique ids, valid indexes.

    Raises:
        SchemaError: with the pointer to what is wrong.
    """
    _check_texts(value, path)
    _check_size_and_content(value, path)


@cache
def _decoder_of(type_: type[S]) -> msgspec.json.Decoder[S]:
    return msgspec.json.Decoder(type_)


def _check_size_and_content(value: object, path: str) -> None:
    if isinstance(value, Ficha) and len(encode(value)) > MAX_CONTENT:
        raise SchemaError("schema.too_large", path, limit=MAX_CONTENT)
    _check_content(value, path)


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
        raise _schema_error(error) from None
    except msgspec.DecodeError:
        raise SchemaError("schema.not_json") from None
    except UnicodeDecodeError:
        raise SchemaError("schema.not_utf8") from None
    except RecursionError:
        raise SchemaError("schema.nesting") from None


def _check_content_size(raw: bytes, content: object, limit: int) -> None:
    if len(raw) > limit and len(encode(content)) > limit:
        raise SchemaError("schema.too_large", "/content", limit=limit)


def _check_envelope(record: Record[object], *, versioned: bool) -> None:
    """A first version replaces nothing, a later one the version before; likewise in the chain."""
    replaced = record.supersedes
    if (record.version == 1) != (replaced is None) or (
        replaced is not None and replaced.version != record.version - 1
    ):
        raise SchemaError("schema.supersedes", "/supersedes")
    if record.version > 1 and not versioned:
        raise SchemaError("schema.version", "/version")
    if record.sequence > 1 and record.previous is None:
        raise SchemaError("schema.previous", "/previous")
    if any(a >= b for a, b in pairwise(record.after)):
        raise SchemaError("schema.after_order", "/after")
    if not FIRST_YEAR <= record.sealed_at.year <= LAST_YEAR:
        raise SchemaError("schema.date", "/sealed_at")


def _check_content(content: object, path: str) -> None:
    if isinstance(content, Ficha):
        if _surely_sound(content):
            return
        _check_ficha(content, path)
    if isinstance(content, Credencial):
        _check_credencial(content, path)
    if isinstance(content, Catalogo):
        _check_years((path + pointer, day) for pointer, day in content.fechas())
    _check_years(_dates(content, path))


def _surely_sound(ficha: Ficha) -> bool:
    """True only where no id repeats, every index is valid and every year lies in range: one look
    without pointers, which nearly every ficha passes.
    """
    ids = [item.id for item in ficha.responsables]
    ids += [item.id for item in ficha.destinatarios]
    days: list[date | None] = [ficha.fecha]
    nudos = len(ficha.nudos_criticos)
    for acuerdo in ficha.acuerdos:
        if acuerdo.nudo is not None and acuerdo.nudo >= nudos:
            return False
        ids.append(acuerdo.id)
        days.append(acuerdo.plazo)
    for event in ficha.seguimientos:
        days += (event.cumplido_el, event.nuevo_plazo)
    days += [firma.firmado_en for firma in ficha.firmas]
    for day in days:
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            return False
    return len(set(ids)) == len(ids)


def _check_ficha(ficha: Ficha, path: str) -> None:
    for pointer in duplicate_ids(ficha):
        raise SchemaError("schema.duplicate_id", path + pointer)
    for row, acuerdo in enumerate(ficha.acuerdos):
        if acuerdo.nudo is not None and acuerdo.nudo >= len(ficha.nudos_criticos):
            raise SchemaError("schema.nudo_index", f"{path}/acuerdos/{row}/nudo")


def _check_credencial(credencial: Credencial, path: str) -> None:
    """A province is the scope of provincial devices only; a validity has a beginning and an end."""
    if len(credencial.ambito) != (4 if credencial.rol is Rol.PROVINCIAL else 2):
        raise SchemaError("schema.scope", f"{path}/ambito")
    if credencial.emisor and credencial.rol is not Rol.COORDINADOR:
        raise SchemaError("schema.scope", f"{path}/emisor")
    if credencial.hasta <= credencial.desde:
        raise SchemaError("schema.date", f"{path}/hasta")


def _check_years(dated: Iterable[tuple[str, date | None]]) -> None:
    """Every day and moment lies where the calendars of all systems can follow."""
    for pointer, day in dated:
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise SchemaError("schema.date", pointer)


def _dates(content: object, path: str) -> Iterator[tuple[str, date | None]]:
    if isinstance(content, Ficha):
        yield f"{path}/fecha", content.fecha
        for row, acuerdo in enumerate(content.acuerdos):
            yield f"{path}/acuerdos/{row}/plazo", acuerdo.plazo
        for row, event in enumerate(content.seguimientos):
            yield f"{path}/seguimientos/{row}/cumplido_el", event.cumplido_el
            yield f"{path}/seguimientos/{row}/nuevo_plazo", event.nuevo_plazo
    if isinstance(content, Ficha | Evidencia):
        for row, firma in enumerate(content.firmas):
            yield f"{path}/firmas/{row}/firmado_en", firma.firmado_en
    elif isinstance(content, EventoAcuerdo):
        yield f"{path}/cumplido_el", content.cumplido_el
        yield f"{path}/nuevo_plazo", content.nuevo_plazo
    elif isinstance(content, Recepcion):
        yield f"{path}/recibido_en", content.recibido_en
    elif isinstance(content, PaqueteInfo):
        yield f"{path}/creado", content.creado
    elif isinstance(content, Revision):
        yield f"{path}/plazo", content.plazo
    elif isinstance(content, Credencial):
        yield f"{path}/desde", content.desde
        yield f"{path}/hasta", content.hasta
    elif isinstance(content, Revocacion):
        yield f"{path}/desde", content.desde


def _surely_normal(raw: bytes) -> bool:
    """True only where every text is normal: a fast look that most records pass.

    Without a backslash there is no control character and every quote ends a text; what remains
    after the printable ASCII must be characters that are normal wherever they stand.
    """
    if _BLANK_AT_A_QUOTE.search(raw) is not None:
        return False
    return _COMMON.match(raw.translate(None, _ASCII_PRINTABLE)) is not None


def _check_texts(value: object, path: str) -> None:
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
            found.append((f"{path}/{_escaped(key)}", key, False))
            _gather_texts(found, child, f"{path}/{_escaped(key)}", multiline=multiline)


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
        _refuse_floats_in(child, f"{path}/{_escaped(str(key))}", depth + 1)


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _schema_error(error: msgspec.ValidationError) -> SchemaError:
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
