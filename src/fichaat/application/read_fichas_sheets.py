"""Turns the sheets of a workbook into contents of fichas, each with the cells it came from."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Final

from msgspec import Struct

from fichaat.application.fichas_columns import (
    DESTINATARIOS,
    DISTRITOS,
    FICHAS,
    NUMERO,
    RESPONSABLES,
    SPECS,
    FichasWords,
    Field,
    SheetSpec,
)
from fichaat.application.sheet_table import (
    CellProblem,
    SheetTable,
    TableRow,
    address,
    find_sheet,
    read_table,
)
from fichaat.application.sheet_values import NotReadError
from fichaat.application.sheets import RawSheet, Value
from fichaat.domain.errors import Param
from fichaat.domain.ficha import Origen, Tema
from fichaat.domain.firma import TipoFirma
from fichaat.domain.text import fold

Content = dict[str, object]
"""Plain built-ins, as a line of JSONL holds them."""

Finders = Mapping[str, Callable[[str], str]]
"""Lookup of a field -> the value of a cell of it; raises `NotReadError`."""

_ROW: Final = re.compile(r"[A-Z]+([0-9]+)")
_SEPARATORS: Final = re.compile(r"[;,\n]")
_SECTIONS: Final = {
    "distritos": "distritos",
    "responsables": "responsables",
    "destinatarios": "destinatarios",
    "nudos": "nudos_criticos",
    "acuerdos": "acuerdos",
    "seguimientos": "seguimientos",
}
"""Sheet -> member of the content."""


_SHOWN_IN: Final = {
    "fichas": (("temas", Tema.SALUD.value),),
    "distritos": (("ubigeo", "distrito"),),
}
"""Members that no column has for itself -> the column beside which they are told."""


_WARNED_OF: Final = {
    TipoFirma.PENDIENTE.value: "ficha.firma_pending",
    TipoFirma.NO_FIRMO.value: "ficha.firma_refused",
}
"""Who did not sign -> the warning that the reason of the sheet answers."""


class Place(Struct, frozen=True):
    """Where one object of a content stands in the workbook."""

    prefix: str
    """Its pointer."""
    hoja: str
    row: int
    columns: Mapping[str, int]
    """Member -> its column, from 0; "" where not the first one is meant without a member."""


class SheetFicha(Struct, frozen=True):
    """One ficha of a workbook."""

    fila: int
    """Its row in the sheet of fichas."""
    content: Content
    papel: tuple[str, ...]
    """Ids of those who signed on paper: a signature holds the hash of the final content."""
    places: tuple[Place, ...]
    """That of the ficha first."""
    problems: tuple[CellProblem, ...]

    def celda(self, path: str) -> str:
        """The cell of a pointer into the content, "Nudos!C7"; that of the ficha for the rest."""
        best = self.places[0]
        for place in self.places[1:]:
            if path == place.prefix or path.startswith(f"{place.prefix}/"):
                best = place
        member = path[len(best.prefix) + 1 :].partition("/")[0]
        column = best.columns.get(member, best.columns.get("", 0))
        return f"{best.hoja}!{address(best.row, column)}"


class SheetFichas(Struct, frozen=True):
    """What a workbook says."""

    fichas: tuple[SheetFicha, ...]
    loose: tuple[CellProblem, ...] = ()
    """Of no ficha: rows whose number is that of none."""
    structural: tuple[CellProblem, ...] = ()
    """Of the sheets and their titles: where there is one, nothing else was read."""


def row_of(celda: str) -> int:
    """The row of an address."""
    match = _ROW.fullmatch(celda)
    return int(match[1]) if match else 1


def read_fichas(
    sheets: Sequence[RawSheet],
    words: FichasWords,
    finders: Finders,
    region: str,
    new_id: Callable[[], str],
) -> SheetFichas:
    """Every ficha of a workbook, in the order of its sheet.

    Args:
        sheets: of a file that was filled in.
        words: titles and options, as the template has them.
        finders: what a cell of a column with that lookup means; each may refuse it.
        region: two digits, of every ficha.
        new_id: makes the ids of people, to which signatures refer.
    """
    tables: dict[str, SheetTable] = {}
    structural: list[CellProblem] = []
    for spec in SPECS:
        raw = find_sheet(sheets, words.name(spec))
        if isinstance(raw, CellProblem):
            structural.append(raw)
            continue
        table = read_table(raw, [words.column(spec, item) for item in spec.fields])
        structural += table.structural
        tables[spec.code] = table
    if structural:
        return SheetFichas((), structural=tuple(structural))
    return _Reading(tables, words, finders, region, new_id).fichas()


@dataclass(slots=True)
class _Made:
    """A ficha while its rows are gathered."""

    fila: int
    content: Content
    places: list[Place]
    problems: list[CellProblem]
    papel: list[str] = field(default_factory=list)
    papel_places: list[Place] = field(default_factory=list)
    sections: dict[str, list[Content]] = field(default_factory=lambda: defaultdict(list))

    def done(self) -> SheetFicha:
        firmas = len(self.sections["firmas"])
        late = (
            Place(f"/firmas/{number}", place.hoja, place.row, place.columns)
            for number, place in enumerate(self.papel_places, firmas)
        )
        return SheetFicha(
            self.fila,
            {**self.content, **self.sections},
            tuple(self.papel),
            (*self.places, *late),
            tuple(self.problems),
        )


@dataclass(frozen=True, slots=True)
class _Stray:
    """A row whose number is that of no ficha."""

    spec: SheetSpec
    row: TableRow
    key: str


class _Reading:
    """One workbook whose sheets are all there."""

    def __init__(
        self,
        tables: Mapping[str, SheetTable],
        words: FichasWords,
        finders: Finders,
        region: str,
        new_id: Callable[[], str],
    ) -> None:
        self._tables = tables
        self._words = words
        self._finders = finders
        self._region = region
        self._new_id = new_id
        self._made: dict[str, _Made] = {}
        self._loose: list[CellProblem] = []
        self._strays: dict[str, list[_Stray]] = defaultdict(list)
        self._options = {
            (spec.code, item.member): words.options(item) for spec in SPECS for item in spec.fields
        }
        self._columns = {spec.code: self._columns_of(spec) for spec in SPECS}

    def fichas(self) -> SheetFichas:
        made = [self._ficha(row, problems) for row, problems in self._rows(FICHAS)]
        for spec in SPECS[1:]:
            for row, problems in self._rows(spec):
                self._add(spec, row, problems)
        self._loose += map(self._stray_problem, self._strays.values())
        return SheetFichas(tuple(item.done() for item in made), tuple(self._loose))

    def _columns_of(self, spec: SheetSpec) -> dict[str, int]:
        at = self._tables[spec.code].columns
        titles = {item.member: self._words.title(spec, item) for item in spec.fields}
        found = {member: at[title] for member, title in titles.items() if title in at}
        for member, shown_in in _SHOWN_IN.get(spec.code, ()):
            found[member] = found.get(shown_in, 0)
        return found

    def _rows(self, spec: SheetSpec) -> Iterator[tuple[TableRow, list[CellProblem]]]:
        """The rows of a sheet, each with what is wrong in it."""
        table = self._tables[spec.code]
        wrong: dict[int, list[CellProblem]] = defaultdict(list)
        for problem in table.problems:
            wrong[row_of(problem.celda)].append(problem)
        for row in table.rows:
            yield row, wrong[row.number]

    def _ficha(self, row: TableRow, problems: list[CellProblem]) -> _Made:
        values = self._values(FICHAS, row, problems)
        key = str(values.pop(NUMERO, ""))
        temas = [tema.value for tema in Tema if values.pop(tema.value, None) == "si"]
        codes = _SEPARATORS.split(str(values.pop("indicadores", "")))
        indicadores = [code.strip() for code in codes if code.strip()]
        origen = Origen.PAPEL if values.pop("papel", None) == "si" else Origen.PROGRAMA
        said = {"gobierno_regional": self._region, "origen": origen.value}
        content = {**values, **said, "temas": temas, "indicadores": indicadores}
        made = _Made(row.number, content, [self._place(FICHAS, row, "")], problems)
        if key and fold(key) in self._made:
            problems.append(self._key_problem(FICHAS, row, "hoja.key_repeated", key))
        else:
            self._made[fold(key)] = made
        return made

    def _add(self, spec: SheetSpec, row: TableRow, problems: list[CellProblem]) -> None:
        values = self._values(spec, row, problems)
        key = str(values.pop(NUMERO, ""))
        made = self._made.get(fold(key)) if key else None
        if made is None:
            if key:
                self._strays[fold(key)].append(_Stray(spec, row, key))
            self._loose += problems
            return
        made.problems += problems
        section = _SECTIONS[spec.code]
        items = made.sections[section]
        place = self._place(spec, row, f"/{section}/{len(items)}")
        made.places.append(place)
        if spec in (RESPONSABLES, DESTINATARIOS):
            self._sign(made, values, place)
        items.append(values)

    def _sign(self, made: _Made, person: Content, place: Place) -> None:
        """What the sheet says of a person's signature; `person` gets the id it names."""
        tipo, motivo = person.pop("firma", None), person.pop("motivo_firma", None)
        if tipo is None:
            return
        id_ = person["id"] = self._new_id()
        column = place.columns.get("firma", 0)
        columns = {"": column, "motivo": place.columns.get("motivo_firma", column)}
        if tipo == TipoFirma.PAPEL.value:
            made.papel.append(id_)
            made.papel_places.append(Place("", place.hoja, place.row, columns))
            return
        firmas = made.sections["firmas"]
        made.places.append(Place(f"/firmas/{len(firmas)}", place.hoja, place.row, columns))
        if motivo is not None:
            warned = _WARNED_OF[str(tipo)]
            path = f"/firmas/{len(firmas)}"
            told = {"code": warned, "path": path, "motivo": motivo}
            made.sections["advertencias"].append(told)
        firmas.append({"participante": id_, "tipo": tipo, "motivo": motivo})

    def _place(self, spec: SheetSpec, row: TableRow, prefix: str) -> Place:
        name = self._tables[spec.code].name
        return Place(prefix, name, row.number, self._columns[spec.code])

    def _stray_problem(self, strays: Sequence[_Stray]) -> CellProblem:
        """One number that is that of no ficha, told once however many rows bear it."""
        first, rows = strays[0], len(strays)
        if rows == 1:
            return self._key_problem(first.spec, first.row, "hoja.key_unknown", first.key)
        code = "hoja.key_unknown_rows"
        return self._key_problem(first.spec, first.row, code, first.key, filas=rows)

    def _key_problem(
        self, spec: SheetSpec, row: TableRow, code: str, key: str, **more: Param
    ) -> CellProblem:
        title = self._words.title(spec, spec.fields[0])
        fichas = self._words.name(FICHAS)
        told = {**more, "texto": key, "hoja": fichas}
        return self._tables[spec.code].problem(row.number, title, code, **told)

    def _values(self, spec: SheetSpec, row: TableRow, problems: list[CellProblem]) -> Content:
        """The filled cells of a row as built-ins, by member."""
        values: Content = {}
        for item in spec.fields:
            title = self._words.title(spec, item)
            cell = row.cells[title]
            if cell is None:
                continue
            try:
                member, value = self._value(spec, item, cell)
            except NotReadError as error:
                table = self._tables[spec.code]
                problems.append(table.problem(row.number, title, error.code, **error.params))
            else:
                values[member] = value
        return values

    def _value(self, spec: SheetSpec, item: Field, cell: Value) -> tuple[str, object]:
        member = item.member
        if item.options:
            return member, self._options[spec.code, member][str(cell)]
        if find := self._finders.get(item.lookup):
            return "ubigeo" if spec is DISTRITOS else member, find(str(cell))
        if item.lookup == "indicador":
            return member, str(cell).split()[0]
        if isinstance(cell, Decimal):
            raise NotReadError("hoja.whole", texto=format(cell, "f"))
        if isinstance(cell, time):
            return member, f"{cell:%H:%M}"
        if isinstance(cell, date):
            return member, cell.isoformat()
        if member == "nudo" and isinstance(cell, int):
            return member, cell - 1
        return member, cell
