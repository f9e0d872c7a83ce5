"""What a member of a catalogue's entry may hold, and in which words another value is refused."""

from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

import msgspec
from msgspec import Struct, inspect

from fichaat.application.sheet_values import QUOTED
from fichaat.domain.catalogo import Cantidad, Porcentaje, ProvinciaUbigeo
from fichaat.domain.errors import Param
from fichaat.domain.text import MAX_LINE, Code, DistritoUbigeo, Fecha, Uuid7, defect


class Misfit(NamedTuple):
    """Why a value is refused: a code and what its sentence names."""

    code: str
    params: dict[str, Param]


class Literal(NamedTuple):
    """A number of a JSON file that no record can hold, as it is written there."""

    text: str
    is_decimal: bool = False
    """It has a point and is finite: between quotes it may be an amount."""


class Member(NamedTuple):
    """One member of an entry."""

    type: object
    """As msgspec takes it, limits included."""
    required: bool
    code: str
    """Of what is expected there."""
    params: Mapping[str, Param]


@cache
def members_of(entry: type[Struct]) -> Mapping[str, Member]:
    """The members of one kind of entry, by their names."""
    return {
        field.name: _member(field.type, required=field.required)
        for field in msgspec.structs.fields(entry)
    }


AMOUNTS: Final = frozenset({"catalogo.want_cantidad", "catalogo.want_porcentaje"})
"""Numbers that stand in records as texts: those have no floats."""

_TEXT: Final = "catalogo.want_texto"

_PATTERNS: Final[tuple[tuple[object, str], ...]] = (
    (DistritoUbigeo, "catalogo.want_ubigeo"),
    (ProvinciaUbigeo, "catalogo.want_provincia"),
    (Code, "catalogo.want_codigo"),
    (Cantidad, "catalogo.want_cantidad"),
    (Porcentaje, "catalogo.want_porcentaje"),
    (Uuid7, "catalogo.want_id"),
)


def _member(type_: object, *, required: bool) -> Member:
    info = inspect.type_info(type_)
    if isinstance(info, inspect.UnionType):
        info = next(item for item in info.types if not isinstance(item, inspect.NoneType))
    code, params = _wanted(info)
    return Member(type_, required, code, params)


def _wanted(info: inspect.Type) -> tuple[str, dict[str, Param]]:
    match info:
        case inspect.DateType():
            return "catalogo.want_fecha", {}
        case inspect.BoolType():
            return "catalogo.want_si_no", {}
        case inspect.EnumType():
            return "catalogo.want_tema", {}
        case inspect.IntType():
            return "catalogo.want_entero", {"minimo": info.ge or 0, "maximo": info.le or 0}
        case inspect.StrType(pattern=str()):
            return _BY_PATTERN[info.pattern or ""], {}
    least = info.min_length if isinstance(info, inspect.StrType) else 0
    return _TEXT, {"minimo": least or 0, "maximo": MAX_LINE}


def _pattern(type_: object) -> str:
    info = inspect.type_info(type_)
    assert isinstance(info, inspect.StrType)  # of `_PATTERNS`
    return info.pattern or ""


_BY_PATTERN: Final = {_pattern(type_): code for type_, code in _PATTERNS}

PROVINCIA: Final = _member(ProvinciaUbigeo, required=True)
INICIO_PLAN: Final = _member(Fecha | None, required=False)


def misfit(value: object, member: Member, quoted: str = "") -> Misfit | None:
    """Why a value cannot stand in a member; None where it can.

    Args:
        value: of JSON or of a cell, its texts in their normal form.
        member: where it would stand.
        quoted: what the person wrote, where that is not the value.
    """
    found = quoted or found_words(value)
    if isinstance(value, Literal):
        if value.is_decimal and member.code in AMOUNTS:
            return Misfit("catalogo.float", {"value": found})
        return Misfit(member.code, {"hallado": found, **member.params})
    try:
        msgspec.convert(value, member.type)
    except (msgspec.ValidationError, RecursionError):
        if isinstance(value, str) and len(value) > MAX_LINE and member.code == _TEXT:
            return Misfit("hoja.too_long", {"letras": len(value), "maximo": MAX_LINE})
        return Misfit(member.code, {"hallado": found, **member.params})
    code = defect(value, multiline=False) if isinstance(value, str) else None
    return None if code is None else Misfit(code, {})


def found_words(value: object) -> str:
    """What stands in a file, as a sentence quotes it: its beginning, and how long it is."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case dict():
            return "un objeto entre llaves"
        case list():
            return "una lista entre corchetes"
        case Literal():
            return _shortened(value.text, "cifras")
        case str():
            printable = value.encode("utf-8", "replace").decode()
            return f"«{_shortened(printable, 'letras')}»"
    return _shortened(str(value), "cifras")


def _shortened(text: str, unit: str) -> str:
    """Without control characters, which would break the sentence."""
    whole = "".join(char if char.isprintable() else " " for char in text[: QUOTED + 1])
    return whole if len(text) <= QUOTED else f"{whole[:QUOTED]}… ({len(text)} {unit})"
