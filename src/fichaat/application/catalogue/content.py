"""What a coordinator edits of a catalogue, and how it is written as JSON."""

import json
import re
from decimal import Decimal
from typing import Annotated, Final

from msgspec import Meta, Struct, to_builtins
from msgspec.structs import asdict, replace

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


def decimal_text(text: str) -> str | None:
    """A number as people write it ("80.50", "80,5") in that form; None where it is none."""
    if _NUMBER.fullmatch(text) is None:
        return None
    return canonical_decimal(Decimal(text.replace(",", ".")))


_NUMBER: Final = re.compile(r"-?[0-9]{1,12}(?:[.,][0-9]{1,8})?")
