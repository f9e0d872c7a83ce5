"""What a coordinator edits of a catalogue, and how it is read from JSON."""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Final

from msgspec import Meta, Struct, to_builtins
from msgspec.structs import asdict, replace

from fichaat.application.import_fichas import normalise_deep
from fichaat.application.ports.keys import IdGenerator
from fichaat.domain.catalogo import (
    MAX_ROWS,
    ActividadPlan,
    Catalogo,
    Firmante,
    Indicador,
    MetaIndicador,
    PeriodoVerificacion,
    PersonaDirectorio,
    ProvinciaUbigeo,
)
from fichaat.domain.codec import convert, parse_foreign
from fichaat.domain.errors import SchemaError
from fichaat.domain.text import MAX_LIST, Fecha, fold

MAX_FILE: Final = 16_000_000
"""Bytes of a file that holds a catalogue."""


class CatalogueContent(Struct, frozen=True, forbid_unknown_fields=True):
    """The editable part of a `Catalogo`: its version and the region's keys are none of it."""

    inicio_plan: Fecha | None = None
    provincias: Annotated[tuple[ProvinciaUbigeo, ...], Meta(max_length=MAX_LIST)] = ()
    firmantes: Annotated[tuple[Firmante, ...], Meta(max_length=MAX_ROWS)] = ()
    indicadores: Annotated[tuple[Indicador, ...], Meta(max_length=MAX_ROWS)] = ()
    metas: Annotated[tuple[MetaIndicador, ...], Meta(max_length=MAX_ROWS)] = ()
    verificaciones: Annotated[tuple[PeriodoVerificacion, ...], Meta(max_length=MAX_LIST)] = ()
    directorio: Annotated[tuple[PersonaDirectorio, ...], Meta(max_length=MAX_ROWS)] = ()
    actividades: Annotated[tuple[ActividadPlan, ...], Meta(max_length=MAX_ROWS)] = ()


def content_of(catalogo: Catalogo) -> CatalogueContent:
    """What may be edited of a catalogue."""
    names = CatalogueContent.__struct_fields__
    return CatalogueContent(**{name: getattr(catalogo, name) for name in names})


def next_version(in_force: Catalogo, content: CatalogueContent) -> Catalogo:
    """The catalogue that follows the one in force, for the same region and its same keys."""
    return replace(in_force, version=in_force.version + 1, **asdict(content))


def keep_retired(
    content: CatalogueContent, in_force: CatalogueContent
) -> tuple[CatalogueContent, tuple[str, ...]]:
    """The content with every indicator of the one in force: a code that it does not name any more
    stays as retired, so that nobody reuses it and old fichas keep its name.

    Returns:
        The content, and the codes that were retired so.
    """
    named = {item.codigo for item in content.indicadores}
    gone = [item for item in in_force.indicadores if item.codigo not in named]
    if not gone:
        return content, ()
    kept = (*content.indicadores, *(replace(item, retirado=True) for item in gone))
    retired = tuple(item.codigo for item in gone if not item.retirado)
    return replace(content, indicadores=kept), retired


def read_json(data: bytes, base: CatalogueContent, ids: IdGenerator) -> CatalogueContent:
    """The content that a file says; a member that it does not name stays as it is in `base`.

    Args:
        data: the bytes of the file.
        base: the content in force.
        ids: for activities that have no id and no namesake in `base`.

    Raises:
        SchemaError: not JSON, an unknown member, a wrong type: with its pointer.
    """
    value = _parse(data)
    if not isinstance(value, dict):
        raise SchemaError("schema.type")
    row = {key: normalise_deep(child) for key, child in value.items()}
    for number, meta in _objects(row, "metas"):
        _make_canonical(meta, ("meta",), f"/metas/{number}")
    for number, item in _objects(row, "verificaciones"):
        _make_canonical(item, _PERCENTAGES, f"/verificaciones/{number}")
    known = activity_ids(base)
    for _, item in _objects(row, "actividades"):
        name = item.get("nombre")
        if isinstance(name, str):
            item.setdefault("id", known.get(fold(name)) or ids.new_id())
    whole = {**to_builtins(base), **row}
    return convert(whole, CatalogueContent)


def write_json(content: CatalogueContent) -> bytes:
    """The content as a person may read, edit and publish it again."""
    text = json.dumps(to_builtins(content), ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


def activity_ids(content: CatalogueContent) -> dict[str, str]:
    """The ids of known activities, by their folded names."""
    return {fold(item.nombre): item.id for item in content.actividades}


def canonical_decimal(value: Decimal) -> str:
    """A number in its shortest form, as `Porcentaje` and `Cantidad` want it: 80.50 is "80.5"."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


_PERCENTAGES: Final = ("meta", "minimo_acuerdos", "minimo_compromisos")


def _parse(data: bytes) -> object:
    try:
        return parse_foreign(data)
    except SchemaError as error:
        if error.code == "schema.float":
            raise SchemaError("catalogo.float", value=error.params["value"]) from None
        raise


def _objects(row: Mapping[str, object], name: str) -> Iterator[tuple[int, dict[str, object]]]:
    items = row.get(name)
    for number, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield number, item


def _make_canonical(row: dict[str, object], names: tuple[str, ...], path: str) -> None:
    """Numbers as people write them (80, "80.50", "80,5") in the one form that a record holds."""
    for name in names:
        value = row.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            row[name] = str(value)
        elif isinstance(value, str):
            row[name] = _decimal_text(value, f"{path}/{name}")


def _decimal_text(text: str, path: str) -> str:
    if _NUMBER.fullmatch(text) is None:
        raise SchemaError("schema.pattern", path)
    return canonical_decimal(Decimal(text.replace(",", ".")))


_NUMBER: Final = re.compile(r"-?[0-9]{1,12}(?:[.,][0-9]{1,8})?")
