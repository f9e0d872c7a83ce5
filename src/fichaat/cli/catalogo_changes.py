"""What a catalogue would change, entry by entry, for people."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from fichaat.application.catalogue.changes import CatalogueChange, Deed, Section
from fichaat.application.catalogue.columns import TABLES, Cell, Scope, Table
from fichaat.application.sheets import Value
from fichaat.cli.answer import shown
from fichaat.cli.shapes import say
from fichaat.texts.cobertura_words import day_words
from fichaat.texts.ordenes import CAMBIOS, SECCIONES

NAMED: Final = 20
"""Entries of each section that a person gets; --json has all of them."""

_TABLES: Final[Mapping[str, Table]] = {table.section: table for table in TABLES}
_NAMES: Final[Mapping[Section, Sequence[str]]] = {
    Section.FIRMANTES: ("ubigeo",),
    Section.INDICADORES: ("codigo", "nombre"),
    Section.METAS: ("indicador", "distrito", "mide_desde"),
    Section.VERIFICACIONES: ("numero",),
    Section.DIRECTORIO: ("nombre", "cargo", "entidad"),
    Section.ACTIVIDADES: ("nombre",),
}
"""Members by which a person knows an entry; of the other sections it is its own name."""


def change_lines(changes: Sequence[CatalogueChange], scope: Scope) -> list[str]:
    """How much changes of each section, and then what."""
    by_section: dict[Section, list[CatalogueChange]] = {}
    for item in changes:
        by_section.setdefault(item.section, []).append(item)
    lines = []
    for section, held in by_section.items():
        lines.append(_heading(section, held))
        lines += [_line(item, scope) for item in held[:NAMED]]
        if len(held) > NAMED:
            lines.append(f"    {say('cli.more_lines', cantidad=len(held) - NAMED)}")
    return lines


def _heading(section: Section, held: Sequence[CatalogueChange]) -> str:
    deeds = [item.deed for item in held]
    counted = (
        f"{count} {words[count > 1]}"
        for deed, words in CAMBIOS.items()
        if (count := deeds.count(deed))
    )
    seccion = SECCIONES[section].capitalize()
    return say("cli.catalogue_change", seccion=seccion, cambios=", ".join(counted))


def _line(item: CatalogueChange, scope: Scope) -> str:
    cells = _TABLES[item.section].cells
    entry = item.before if item.after is None else item.after
    deed = CAMBIOS[item.deed][0].capitalize()
    if item.deed is not Deed.CAMBIADO:
        return say("cli.catalogue_entry", hecho=deed, nombre=_name(item.section, entry, scope))
    if item.section not in _NAMES:
        (cell,) = cells
        differ = _differ(cell, item.before, item.after, scope)
        return say("cli.catalogue_entry", hecho=deed, nombre=differ)
    told = [
        _differ(cell, getattr(item.before, cell.member), getattr(item.after, cell.member), scope)
        for cell in cells
        if cell.member in item.fields
    ]
    name = _name(item.section, entry, scope)
    return say("cli.catalogue_changed", hecho=deed, nombre=name, cambios="; ".join(told))


def _name(section: Section, entry: Any, scope: Scope) -> str:  # noqa: ANN401  # one of eight shapes
    cells = _TABLES[section].cells
    if section not in _NAMES:
        return _words(cells[0], entry, scope)
    by_member = {cell.member: cell for cell in cells}
    parts = (
        _words(by_member[member], getattr(entry, member), scope)
        for member in _NAMES[section]
        if getattr(entry, member)
    )
    return ", ".join(parts)


def _differ(cell: Cell, before: object, after: object, scope: Scope) -> str:
    was, now = _words(cell, before, scope), _words(cell, after, scope)
    return say("cli.catalogue_field", campo=cell.column.title, antes=was, despues=now)


def _words(cell: Cell, member: object, scope: Scope) -> str:
    value: Value = None if member is None else cell.write(member, scope)
    if value is None:
        return say("cli.catalogue_blank")
    return day_words(value) if isinstance(value, date) else shown(str(value))
