"""What one content of a catalogue changes of another, entry by entry."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from msgspec import Struct

from fichaat.application.catalogue.content import CatalogueContent


class Section(StrEnum):
    """The parts of a catalogue, by the name of their member."""

    INICIO_PLAN = "inicio_plan"
    PROVINCIAS = "provincias"
    FIRMANTES = "firmantes"
    INDICADORES = "indicadores"
    METAS = "metas"
    VERIFICACIONES = "verificaciones"
    DIRECTORIO = "directorio"
    ACTIVIDADES = "actividades"


class Deed(StrEnum):
    AGREGADO = "agregado"
    QUITADO = "quitado"
    CAMBIADO = "cambiado"


class CatalogueChange(Struct, frozen=True):
    """One entry that is added, removed or changed."""

    section: Section
    deed: Deed
    key: tuple[str, ...]
    """What names the entry: a ubigeo, a code, (indicator, district, since), (entity, name)…"""
    before: Any
    """The entry (a `Firmante`, a date, the four digits of a province…); None where it is added."""
    after: Any
    """Likewise; None where it is removed."""
    fields: tuple[str, ...] = ()
    """Members that differ, of a changed entry."""


def changes(before: CatalogueContent, after: CatalogueContent) -> tuple[CatalogueChange, ...]:
    """Everything that differs, by section, in the order of the newer content; what is removed
    stands behind. Another order of the same entries is no change.
    """
    found: list[CatalogueChange] = []
    if before.inicio_plan != after.inicio_plan:
        deed = (
            Deed.AGREGADO
            if before.inicio_plan is None
            else Deed.QUITADO
            if after.inicio_plan is None
            else Deed.CAMBIADO
        )
        section = Section.INICIO_PLAN
        found.append(CatalogueChange(section, deed, (), before.inicio_plan, after.inicio_plan))
    for section, key in _KEYS.items():
        old: Sequence[Any] = getattr(before, section)
        new: Sequence[Any] = getattr(after, section)
        if old != new:
            found += _between(section, _by_key(old, key), _by_key(new, key))
    return tuple(found)


Key = tuple[str, ...]

_KEYS: Final[Mapping[Section, Callable[[Any], Key]]] = {
    Section.PROVINCIAS: lambda code: (code,),
    Section.FIRMANTES: lambda item: (item.ubigeo,),
    Section.INDICADORES: lambda item: (item.codigo,),
    Section.METAS: lambda item: (item.indicador, item.distrito, item.mide_desde.isoformat()),
    Section.VERIFICACIONES: lambda item: (str(item.numero),),
    Section.DIRECTORIO: lambda item: (item.entidad, item.nombre, item.distrito or ""),
    Section.ACTIVIDADES: lambda item: (item.id,),
}


def _by_key(items: Sequence[Any], key: Callable[[Any], Key]) -> dict[tuple[Key, int], Any]:
    """Entries by what names them; namesakes are told apart by their order."""
    seen: dict[Key, int] = {}
    found = {}
    for item in items:
        name = key(item)
        seen[name] = seen.get(name, 0) + 1
        found[name, seen[name]] = item
    return found


def _between(
    section: Section, old: Mapping[tuple[Key, int], Any], new: Mapping[tuple[Key, int], Any]
) -> list[CatalogueChange]:
    found = []
    for place, item in new.items():
        before = old.get(place)
        if before is None:
            found.append(CatalogueChange(section, Deed.AGREGADO, place[0], None, item))
        elif before != item:
            fields = tuple(
                name
                for name in item.__struct_fields__
                if getattr(item, name) != getattr(before, name)
            )
            found.append(CatalogueChange(section, Deed.CAMBIADO, place[0], before, item, fields))
    found += [
        CatalogueChange(section, Deed.QUITADO, place[0], item, None)
        for place, item in old.items()
        if place not in new
    ]
    return found
