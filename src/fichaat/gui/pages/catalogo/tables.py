"""The lists of a catalogue as tables of texts, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import msgspec
from msgspec import Struct

from fichaat.application.catalogue.content import CatalogueContent
from fichaat.application.catalogue.edit_catalogue import Rows, WorkingCopy
from fichaat.domain.catalogo import (
    MAX_ROWS,
    ActividadPlan,
    Firmante,
    Indicador,
    MetaIndicador,
    PeriodoVerificacion,
    PersonaDirectorio,
)
from fichaat.domain.text import MAX_LIST, fold
from fichaat.gui.pages.catalogo.cells import IN_FORCE, Member, Reader
from fichaat.gui.text import say

RESUMEN: Final = "resumen"
PROVINCIAS: Final = "provincias"
INICIO_PLAN: Final = "inicio_plan"
ID: Final = "id"
"""Of an activity: kept with its row, never shown."""


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One list."""

    name: str
    """The member of `CatalogueContent`, and the section of the page."""
    makes: type[Struct]
    members: tuple[Member, ...]
    most: int = MAX_ROWS
    tall: bool = False
    """Its rows have too many members to stand beside each other."""

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(member.key for member in self.members)


def _days(*keys: str, required: bool = True) -> tuple[Member, ...]:
    return tuple(Member(key, "day", required=required) for key in keys)


def _counts(*keys: str) -> tuple[Member, ...]:
    return tuple(Member(key, "count", required=False, empty=0) for key in keys)


TABLES: Final[Mapping[str, TableSpec]] = {
    spec.name: spec
    for spec in (
        TableSpec("firmantes", Firmante, (Member("ubigeo", "distrito", 5), *_days("firmo_el"))),
        TableSpec(
            "indicadores",
            Indicador,
            (
                Member("codigo", "code", 2),
                Member("nombre", "line", 7),
                Member("tema", "tema", 2),
                Member("retirado", "estado", 2),
            ),
        ),
        TableSpec(
            "metas",
            MetaIndicador,
            (
                Member("indicador", "indicador", 4),
                Member("distrito", "distrito", 4),
                Member("meta", "cantidad", 2),
                *_days("mide_desde", "mide_hasta"),
            ),
        ),
        TableSpec(
            "verificaciones",
            PeriodoVerificacion,
            (
                Member("numero", "count"),
                *_days("desde", "hasta", "corte", "corte_acuerdos"),
                Member("meta", "percent", required=False),
                Member("minimo_acuerdos", "percent", required=False, empty="80"),
                *_counts("minimo_analisis", "minimo_socializacion", "minimo_evaluacion"),
                Member("minimo_compromisos", "percent", required=False),
                *_days(
                    "plan_desde",
                    "plan_hasta",
                    "valida_desde",
                    "valida_hasta",
                    "evalua_desde",
                    "evalua_hasta",
                    required=False,
                ),
            ),
            most=MAX_LIST,
            tall=True,
        ),
        TableSpec(
            "directorio",
            PersonaDirectorio,
            (
                Member("entidad", "line", 5),
                Member("nombre", "line", 4, required=False, empty=""),
                Member("cargo", "line", 4, required=False, empty=""),
                Member("distrito", "distrito", 4, required=False),
            ),
        ),
        TableSpec("actividades", ActividadPlan, (Member("nombre", "line", 1),)),
    )
}
SECTIONS: Final = (
    RESUMEN,
    "firmantes",
    "indicadores",
    "metas",
    "verificaciones",
    PROVINCIAS,
    "directorio",
    "actividades",
)
"""In the order of the page."""


WHOLE: Final = -1
"""The row of what is said of a whole section."""


class Cell(NamedTuple):
    """A place of the page."""

    section: str
    row: int
    key: str


class Reading(NamedTuple):
    """What the texts say."""

    content: CatalogueContent
    """Of the rows that can be read."""
    unread: dict[Cell, str]
    """What is wrong with the cells that cannot."""
    places: Mapping[str, Sequence[int]]
    """By table, the row of the page of each entry of the content."""

    def cell(self, path: str) -> Cell:
        """Where a pointer into the content is on the page."""
        section, number, key = ([*path.split("/")[1:], "", "", ""])[:3]
        spec = TABLES.get(section)
        if spec is None:
            return Cell(section if section in SECTIONS else RESUMEN, 0, section)
        rows = self.places[section]
        row = rows[int(number)] if number.isdecimal() and int(number) < len(rows) else WHOLE
        return Cell(section, row, key if key in spec.keys else spec.keys[0])


def working_copy(content: CatalogueContent, base: WorkingCopy, reader: Reader) -> WorkingCopy:
    """A content as texts.

    Args:
        content: what is edited from now on.
        base: says of which version it is a working copy.
        reader: writes the cells.
    """
    return msgspec.structs.replace(
        base,
        tablas={
            name: tuple(_row(spec, item, reader) for item in getattr(content, name))
            for name, spec in TABLES.items()
        },
        provincias=content.provincias,
        inicio_plan=reader.show(_INICIO, content.inicio_plan),
    )


def named_anew(copy: WorkingCopy, reader: Reader) -> WorkingCopy:
    """The same copy, its districts as they are called now."""
    keys = {
        name: [member for member in spec.members if member.reads == "distrito"]
        for name, spec in TABLES.items()
    }
    return msgspec.structs.replace(
        copy,
        tablas={
            name: tuple(
                {**row, **{m.key: reader.settled(m, row.get(m.key, "")) for m in keys[name]}}
                for row in rows
            )
            if keys.get(name)
            else rows
            for name, rows in copy.tablas.items()
        },
    )


def blank_row(section: str, new_id: str) -> Mapping[str, str]:
    """A row of which nothing is typed yet."""
    spec = TABLES[section]
    row = dict.fromkeys(spec.keys, "")
    if section == "actividades":
        row[ID] = new_id
    elif section == "indicadores":
        row["retirado"] = IN_FORCE
    return row


def is_blank(section: str, row: Mapping[str, str]) -> bool:
    """Whether nobody wrote anything in it."""
    return not any(row.get(key, "").strip() for key in TABLES[section].keys if key != "retirado")


def read(copy: WorkingCopy, reader: Reader) -> Reading:
    """The content of all rows that can be read, and what is wrong with the others."""
    unread: dict[Cell, str] = {}
    places: dict[str, list[int]] = {}
    lists: dict[str, tuple[Any, ...]] = {}
    for name, spec in TABLES.items():
        found = []
        places[name] = []
        for number, row in enumerate(copy.tablas.get(name, ())):
            item = None if is_blank(name, row) else _read_row(spec, row, number, reader, unread)
            if item is not None:
                found.append(item)
                places[name].append(number)
        lists[name] = tuple(found)
    inicio = None
    if copy.inicio_plan.strip():
        try:
            inicio = reader.read(_INICIO, copy.inicio_plan)
        except ValueError:
            unread[Cell(RESUMEN, 0, INICIO_PLAN)] = say("catalogar.cell_day")
    content = CatalogueContent(inicio_plan=inicio, provincias=copy.provincias, **lists)  # type: ignore[arg-type]
    return Reading(content, unread, places)


_INICIO: Final = Member(INICIO_PLAN, "day", required=False)


def _row(spec: TableSpec, item: Struct, reader: Reader) -> Mapping[str, str]:
    row = {member.key: reader.show(member, getattr(item, member.key)) for member in spec.members}
    if isinstance(item, ActividadPlan):
        row[ID] = item.id
    return row


def _read_row(
    spec: TableSpec,
    row: Mapping[str, str],
    number: int,
    reader: Reader,
    unread: dict[Cell, str],
) -> Struct | None:
    values: dict[str, object] = {ID: row[ID]} if ID in row else {}
    whole = True
    for member in spec.members:
        text = row.get(member.key, "")
        if not text.strip():
            if member.required:
                whole = False
                unread[Cell(spec.name, number, member.key)] = say("catalogar.cell_required")
            values[member.key] = member.empty
            continue
        try:
            values[member.key] = reader.read(member, text)
        except ValueError:
            whole = False
            unread[Cell(spec.name, number, member.key)] = say(f"catalogar.cell_{member.reads}")
    return spec.makes(**values) if whole else None


def matching(rows: Rows, typed: str) -> list[int]:
    """The rows that hold every word that was searched for, accents and case ignored."""
    words = fold(typed).split()
    if not words:
        return list(range(len(rows)))
    return [
        number
        for number, row in enumerate(rows)
        if _holds(fold(" ".join(text for key, text in row.items() if key != ID)), words)
    ]


def _holds(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)
