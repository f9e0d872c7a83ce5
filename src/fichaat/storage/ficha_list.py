"""The whole list of fichas, drafts among the sealed: first only numbers, then the rows in sight."""

import re
from collections.abc import Collection
from typing import Any, Final

import msgspec

from fichaat.application.ports.rows import Draft, ListColumn, ListFilter, ListRow
from fichaat.domain.ficha import Ficha
from fichaat.domain.lineage import Estado
from fichaat.domain.revision import Veredicto
from fichaat.domain.text import fold
from fichaat.storage.lists import Lists
from fichaat.storage.rows import AFTER_A_DAY, ROW_BITS, ficha_key, search_text, shown_columns
from fichaat.storage.search_text import search_expression
from fichaat.storage.session import json_list
from fichaat.storage.tables import SEARCH_TABLE

BORRADOR: Final = "borrador"
RECIBIDA: Final = "recibida"
EXPORTADA: Final = "exportada"

ARRIVED: Final = "x.device <> f.origin AND x.vale > 0"
"""Of a reception x of this version: somebody of the region or of a province has it. Who began it
says nothing new by having it.
"""

ESTADO: Final = (
    f"CASE WHEN f.estado <> '{Estado.SELLADA.value}' THEN f.estado"
    " WHEN f.revision <> '' THEN f.revision"
    " WHEN EXISTS (SELECT 1 FROM recepciones x WHERE x.sha256 = f.sha256"
    f" AND {ARRIVED}) THEN '{RECIBIDA}'"
    f" WHEN EXISTS (SELECT 1 FROM export_marks x WHERE x.sha256 = f.sha256) THEN '{EXPORTADA}'"
    " ELSE f.estado END"
)
"""What somebody else confirmed says more than what was only handed over."""

_COLUMNS: Final = {
    ListColumn.ESTADO: ESTADO,
    ListColumn.CODIGO: "f.codigo",
    ListColumn.FECHA: "f.fecha",
    ListColumn.DISTRITO: "f.distritos",
    ListColumn.SESION: "f.sesion",
    ListColumn.MODALIDAD: "f.modalidad",
    ListColumn.RESPONSABLE: "f.responsable",
    ListColumn.ACUERDOS: "f.acuerdos",
    ListColumn.VERSION: "f.version",
}
_WORD: Final = re.compile(r"\w+")


class FichaList(Lists):
    """The part of `ports.Reader` behind the list of the window."""

    def listed(
        self, wanted: ListFilter, column: ListColumn = ListColumn.FECHA
    ) -> tuple[list[int], list[Any]]:
        """The number of every line that is wanted, newest first, and beside it one column (nothing
        for the date, by which they stand). A number names a line until the next write; those of
        drafts are below zero.
        """
        by_date = column is ListColumn.FECHA
        shown = "NULL" if by_date else _COLUMNS[column]
        drafts = [
            (row.number, getattr(row, column.value), key)
            for row, key, text in self._draft_rows()
            if _wants(wanted, row, text)
        ]
        where, values = self._sealed_filter(wanted)
        lines = f"SELECT f.n AS n, {shown} AS shown, f.key AS key FROM fichas f {where}"
        if drafts:
            lines += " UNION ALL SELECT value->>0, value->>1, value->>2 FROM json_each(?)"
            values.append(msgspec.json.encode(drafts).decode())
        # One text instead of a hundred thousand rows: a third of the time.
        columns = "json_group_array(n)" + ("" if by_date else ", json_group_array(shown)")
        found = self._session.row(f"SELECT {columns} FROM ({lines} ORDER BY key DESC)", *values)
        numbers, *cells = (msgspec.json.decode(text) for text in found)
        return numbers, cells[0] if cells else []

    def list_rows(self, numbers: Collection[int]) -> dict[int, ListRow]:
        """The lines that these numbers name; one that is gone has none."""
        found: dict[int, ListRow] = {}
        sealed = [number for number in numbers if number > 0]
        columns = ", ".join(_COLUMNS.values())
        for n, *cells in self._session.rows(
            f"SELECT f.n, {columns}, f.origin FROM json_each(?) AS wanted CROSS JOIN fichas f"
            " ON f.n = wanted.value",
            json_list(sealed),
        ):
            found[n] = ListRow(n, *cells)  # in the order of `_COLUMNS`
        drafted = [-number for number in numbers if number < 0]
        if drafted:
            for n, data in self._session.rows(
                "SELECT d.rowid, d.data FROM json_each(?) AS wanted CROSS JOIN drafts d"
                " ON d.rowid = wanted.value",
                json_list(drafted),
            ):
                found[-n] = _draft_row(n, msgspec.json.decode(data, type=Draft))
        return found

    def list_number(self, codigo: str, *, draft: bool) -> int | None:
        """The number of a draft, or of the newest sealed ficha of this code."""
        if draft:
            n = self._session.value(
                "SELECT -rowid FROM drafts WHERE codigo = ? AND discarded = 0", codigo
            )
        else:
            n = self._session.value(
                "SELECT n FROM fichas WHERE codigo = ? ORDER BY key DESC LIMIT 1", codigo
            )
        return None if n is None else int(n)

    def _sealed_filter(self, wanted: ListFilter) -> tuple[str, list[object]]:
        conditions: list[tuple[str, tuple[object, ...]]] = []
        if _WORD.search(wanted.texto):
            expression = search_expression(wanted.texto, self._terms_of)
            if expression is None:
                conditions.append(("0", ()))
            else:
                matched = f"SELECT rowid & ? FROM {SEARCH_TABLE} WHERE {SEARCH_TABLE} MATCH ?"
                conditions.append((f"f.n IN ({matched})", (ROW_BITS, expression)))
        if wanted.estado is not None:
            conditions += _with_estado(wanted.estado)
        if wanted.provincia is not None:
            places = "SELECT n FROM ficha_distritos WHERE ubigeo >= ? AND ubigeo < ?"
            span = (wanted.provincia, wanted.provincia + AFTER_A_DAY)
            conditions.append((f"f.n IN ({places})", span))
        if wanted.sesion is not None:
            conditions.append(("instr(f.sesion, ?) > 0", (wanted.sesion,)))
        if wanted.desde is not None:
            conditions.append(("f.key >= ?", (wanted.desde.isoformat(),)))
        if wanted.hasta is not None:
            conditions.append(("f.key < ?", (wanted.hasta.isoformat() + AFTER_A_DAY,)))
        if not conditions:
            return "", []
        where = " AND ".join(condition for condition, _ in conditions)
        return f"WHERE {where}", [value for _, values in conditions for value in values]

    def _draft_rows(self) -> list[tuple[ListRow, str, str]]:
        """Every draft as a line, its key in the order of the list, and its text."""
        rows = self._session.each("SELECT rowid, data FROM drafts WHERE discarded = 0")
        drafts = [(n, msgspec.json.decode(data, type=Draft)) for n, data in rows]
        return [
            (
                _draft_row(n, draft),
                # One without a date is being written now: it stands with the newest.
                ficha_key(draft.ficha.fecha or draft.updated_at.date(), draft.id, ""),
                search_text(draft.ficha),
            )
            for n, draft in drafts
        ]


def _with_estado(estado: str) -> list[tuple[str, tuple[object, ...]]]:
    if estado in tuple(Veredicto):
        return [("f.revision = ? AND f.estado = ?", (estado, Estado.SELLADA.value))]
    if estado not in (Estado.SELLADA, RECIBIDA, EXPORTADA):
        return [("f.estado = ?", (estado,))]
    return [("f.estado = ?", (Estado.SELLADA.value,)), (f"{ESTADO} = ?", (estado,))]


def _draft_row(n: int, draft: Draft) -> ListRow:
    ficha: Ficha = draft.ficha
    fecha, distritos, responsable, sesion, modalidad, acuerdos = shown_columns(ficha)
    return ListRow(
        -n,
        BORRADOR,
        ficha.codigo,
        fecha,
        distritos,
        sesion,
        modalidad,
        responsable,
        acuerdos,
        draft.version,
    )


def _wants(wanted: ListFilter, row: ListRow, text: str) -> bool:
    """The same of a draft, which no table is drawn of."""
    return (
        wanted.estado in (None, BORRADOR)
        and (wanted.sesion is None or wanted.sesion in row.sesion.split())
        and (
            wanted.provincia is None
            or any(ubigeo.startswith(wanted.provincia) for ubigeo in row.distrito.split())
        )
        and (wanted.desde is None or row.fecha >= wanted.desde.isoformat())
        and (wanted.hasta is None or "" < row.fecha <= wanted.hasta.isoformat())
        and _holds(text, wanted.texto)
    )


def _holds(text: str, wanted: str) -> bool:
    """Every word, from its beginning; what stands together in the search, together here."""
    held = _spaced(text)
    return all(_spaced(word) in held for word in wanted.split() if _WORD.search(word))


def _spaced(text: str) -> str:
    return "".join(f" {word}" for word in _WORD.findall(fold(text)))
