"""The workbook of a catalogue: one sheet a section, written for people and read back."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from fichaat.application.catalogue.columns import (
    HELP,
    HELP_LINES,
    HELP_TITLES,
    SINGLE,
    TABLES,
    RefusedError,
    Scope,
    Table,
    list_distritos,
    list_provincias,
)
from fichaat.application.catalogue.content import CatalogueContent
from fichaat.application.catalogue.members import PROVINCIA, Member, members_of, misfit
from fichaat.application.sheet_table import (
    CellProblem,
    SheetTable,
    TableRow,
    address,
    read_table,
)
from fichaat.application.sheet_values import shown
from fichaat.application.sheets import CellKind, Column, RawSheet, Sheet, Value, Workbook
from fichaat.domain.catalogo import DEFAULT_VERIFICACIONES, ActividadPlan
from fichaat.domain.codec import convert
from fichaat.domain.errors import SchemaError
from fichaat.domain.text import fold

LISTS: Final = "Listas"
"""The hidden sheet of long drop-down lists, which a workbook may have."""


class SectionCells(Struct, frozen=True):
    """Where the entries of one section stand in a workbook: those that could be read."""

    hoja: str
    rows: tuple[int, ...]
    columns: Mapping[str, int]
    """Member -> its column, from 0."""

    def cell(self, path: str) -> str | None:
        """The address of "3/ubigeo", or of the row of "3"; of the only row where blank."""
        row, _, member = (path or "0").partition("/")
        if not row.isdecimal() or int(row) >= len(self.rows):
            return None
        return address(self.rows[int(row)], self.columns.get(member, 0))


class ReadSheets(Struct, frozen=True):
    """What a workbook says."""

    sections: Mapping[str, Any]
    """Member of the content -> its value: of the rows that can be read. A section whose sheet has
    no such rows is not here.
    """
    cells: Mapping[str, SectionCells]
    problems: tuple[CellProblem, ...]
    short: frozenset[str] = frozenset()
    """Sections that lack something because it cannot be read."""


def workbook_of(content: CatalogueContent, scope: Scope) -> Workbook:
    """A content as sheets to be read, changed and published again."""
    lists = {
        "distritos": tuple(list_distritos(scope)),
        "provincias": tuple(list_provincias(scope)),
        "indicadores": tuple(i.codigo for i in content.indicadores if not i.retirado),
    }
    sheets = [_HELP]
    for table in TABLES:
        value = getattr(content, table.section)
        items = value if isinstance(value, tuple) else () if value is None else (value,)
        rows = [_written(table, item, scope) for item in items]
        sheets.append(Sheet(table.name, _columns(table, lists), rows))
    return Workbook("Catálogo de la región", tuple(sheets), template=True)


def template(scope: Scope) -> Workbook:
    """The sheets without entries but the verification periods of ART-01."""
    return workbook_of(CatalogueContent(verificaciones=DEFAULT_VERIFICACIONES), scope)


def read_sheets(sheets: Iterable[RawSheet], known_ids: Callable[[str], str]) -> ReadSheets:
    """The sections that a workbook has.

    Args:
        sheets: all of them.
        known_ids: the id of an activity by its name, for those without one.
    """
    by_name = {_key(table.name): table for table in TABLES}
    problems: list[CellProblem] = []
    sections: dict[str, Any] = {}
    cells: dict[str, SectionCells] = {}
    short: set[str] = set()
    misnamed = False
    """Whether some section may stand under another name."""
    for raw in sheets:
        table = by_name.get(_key(raw.name))
        if table is None:
            if _key(raw.name) not in _PASSED_OVER and not _is_blank(raw):
                problems.append(CellProblem(raw.name, "A1", "catalogo.sheet_unknown"))
                misnamed = True
        elif table.section in cells:
            problems.append(CellProblem(raw.name, "A1", "hoja.repeated", {"hoja": raw.name}))
        else:
            entries, cells[table.section], wrong = _read(table, raw, known_ids)
            problems += wrong
            if wrong:
                short.add(table.section)
            if entries:
                sections[table.section] = entries[0] if table.section == SINGLE else entries
    if not cells and not problems:
        name = TABLES[0].name
        problems.append(CellProblem(name, "A1", "hoja.missing", {"hoja": name}))
    if misnamed:
        short |= {table.section for table in TABLES} - cells.keys()
    return ReadSheets(sections, cells, tuple(problems), frozenset(short))


_HELP: Final = Sheet(
    HELP,
    (Column(HELP_TITLES[0], CellKind.ENTERO), Column(HELP_TITLES[1], CellKind.TEXTO_LARGO)),
    tuple(enumerate(HELP_LINES, 1)),
    read_only=True,
)


def _written(table: Table, item: Any, scope: Scope) -> list[Value]:  # noqa: ANN401  # any entry
    """What a sheet shows of an entry."""
    if table.type is None:
        return [cell.write(item, scope) for cell in table.cells]
    return [cell.write(getattr(item, cell.member), scope) for cell in table.cells]


def _columns(table: Table, lists: Mapping[str, tuple[str, ...]]) -> tuple[Column, ...]:
    """With their drop-down lists."""
    return tuple(
        replace(cell.column, choices=lists[cell.lists]) if cell.lists else cell.column
        for cell in table.cells
    )


def _read(
    table: Table, raw: RawSheet, known_ids: Callable[[str], str]
) -> tuple[tuple[Any, ...], SectionCells, list[CellProblem]]:
    """The entries of a sheet, where they stand, and what is wrong with its cells."""
    found = read_table(raw, tuple(cell.column for cell in table.cells))
    problems = list(found.problems)
    entries: list[Any] = []
    rows: list[int] = []
    for row in found.rows:
        values, wrong = _values(table, found, row)
        if row.sound and not wrong:
            if table.type is ActividadPlan:
                values.setdefault("id", known_ids(str(values.get("nombre", ""))))
            try:
                entries.append(_entry(table, values))
                rows.append(row.number)
            except SchemaError as error:
                wrong.append(_placed(table, found, row, error))
        problems += wrong
    if table.section == SINGLE and len(found.rows) > 1:
        title = table.cells[0].column.title
        problems.append(found.problem(found.rows[1].number, title, "catalogo.general_rows"))
    columns = {cell.member: found.columns.get(cell.column.title, 0) for cell in table.cells}
    return tuple(entries), SectionCells(found.name, tuple(rows), columns), problems


def _values(
    table: Table, found: SheetTable, row: TableRow
) -> tuple[dict[str, object], list[CellProblem]]:
    values: dict[str, object] = {}
    wrong = []
    for cell in table.cells:
        title = cell.column.title
        value = row.cells.get(title)
        if value is None:
            continue
        try:
            read = cell.read(value)
        except RefusedError as refused:
            wrong.append(found.problem(row.number, title, str(refused), texto=shown(value)))
            continue
        values[cell.member] = read
        member = _member(table, cell.member)
        told = None if member is None else misfit(read, member, f"«{shown(value)}»")
        if told is not None:
            params = {"path": f"«{title}»", **told.params}
            wrong.append(replace(found.problem(row.number, title, told.code), params=params))
    return values, wrong


def _member(table: Table, name: str) -> Member | None:
    if table.type is not None:
        return members_of(table.type)[name]
    return PROVINCIA if table.section == "provincias" else None


def _entry(table: Table, values: dict[str, object]) -> object:
    if table.type is None:
        return next(iter(values.values()))
    return convert(values, table.type)


def _placed(table: Table, found: SheetTable, row: TableRow, error: SchemaError) -> CellProblem:
    """The cell that the schema refuses, named by its title."""
    titles = {cell.member: cell.column.title for cell in table.cells}
    title = titles.get(error.path.removeprefix("/"), table.cells[0].column.title)
    params = {**error.params, "path": f"«{title}»"}
    return replace(found.problem(row.number, title, error.code), params=params)


def _key(name: str) -> str:
    return " ".join(fold(name).split())


_PASSED_OVER: Final = frozenset(map(_key, (HELP, LISTS)))


def _is_blank(raw: RawSheet) -> bool:
    return not any(cell is not None for row in raw.rows for cell in row)
