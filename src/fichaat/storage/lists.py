"""What lists, searches and rules ask of the drawn tables."""

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from fichaat.application.ports.rows import AcuerdoRow, FichaFilter, FichaRow
from fichaat.domain.codec import decode_record
from fichaat.domain.ficha import Ficha
from fichaat.domain.lineage import Estado
from fichaat.storage.rows import AFTER_A_DAY, first_of_day, key_id_span, row_number
from fichaat.storage.search_text import search_expression
from fichaat.storage.session import Session, json_list, one_list
from fichaat.storage.tables import SEARCH_TABLE, TERMS_TABLE

_FICHA: Final = (
    "f.key, f.id, f.origin, f.codigo, f.version, f.sha256, f.estado, f.aprobacion, f.fecha,"
    " f.distritos, f.responsable, f.revision"
)
_MAX_TERMS: Final = 200
"""Naming more of them takes longer than having FTS5 gather them."""

_LAST_CHARACTER: Final = chr(0x10FFFF)
"""Stands behind whatever a term goes on with."""

_NEXT_TERM: Final = (
    f"SELECT term FROM {TERMS_TABLE} WHERE term >= ? AND term < ? ORDER BY term LIMIT 1"
)
_BEHIND: Final = "\x01"
"""Added to a term: what stands directly behind all its entries. No term holds such a character."""


class Lists:
    """The drawn half of `ports.Reader`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def fichas(
        self, wanted: FichaFilter, *, after: str | None = None, limit: int = 50
    ) -> list[FichaRow]:
        """One page, newest first; every filter is answered by an index in the order of the page."""
        source = "fichas f" if wanted.distrito is None else "ficha_distritos p"
        table = source[-1]
        where: list[str] = []
        values: list[object] = []
        for condition, value in (
            ("ubigeo = ?", wanted.distrito),
            ("estado = ?", wanted.estado),
            ("key >= ?", None if wanted.desde is None else wanted.desde.isoformat()),
            ("key < ?", None if wanted.hasta is None else wanted.hasta.isoformat() + AFTER_A_DAY),
            ("key < ?", after),
        ):
            if value is not None:
                where.append(f"{table}.{condition}")
                values.append(value)
        if wanted.distrito is not None:
            source += " CROSS JOIN fichas f ON f.n = p.n"  # CROSS: the district is looked up first
        condition = f"WHERE {' AND '.join(where)} " if where else ""
        return _ficha_list(
            self._session.rows(
                f"SELECT {_FICHA} FROM {source} {condition}ORDER BY {table}.key DESC LIMIT ?",
                *values,
                limit,
            )
        )

    def fichas_with_codigo(self, codigo: str) -> list[FichaRow]:
        return _ficha_list(
            self._session.rows(
                f"SELECT {_FICHA} FROM fichas f WHERE f.codigo = ? ORDER BY f.key DESC", codigo
            )
        )

    def fichas_with_id(self, id_: str) -> list[FichaRow]:
        return _ficha_list(
            self._session.rows(
                f"SELECT {_FICHA} FROM fichas f WHERE f.id = ? ORDER BY f.key DESC", id_
            )
        )

    def search(self, text: str, *, limit: int = 50) -> list[FichaRow]:
        """Newest first; accents and case ignored, every word must match from its beginning."""
        expression = search_expression(text, self._terms_of)
        if expression is None or limit < 1:
            return []
        # Numbers of documents rise with the day. Within a day they say nothing, so the last day
        # of the page is read to its end before it is put in order.
        found: list[int] = []
        for (document,) in self._session.each(
            f"SELECT rowid FROM {SEARCH_TABLE} WHERE {SEARCH_TABLE} MATCH ? ORDER BY rowid DESC",
            expression,
        ):
            if len(found) >= limit and document < first_of_day(found[-1]):
                break
            found.append(document)
        return _ficha_list(
            self._session.rows(
                f"SELECT {_FICHA} FROM json_each(?) AS found CROSS JOIN fichas f"
                " ON f.n = found.value ORDER BY f.key DESC LIMIT ?",
                json_list(map(row_number, found)),
                limit,
            )
        )

    def _terms_of(self, beginning: str) -> list[str] | None:
        """From term to term: of the many entries of each only the first is looked at."""
        found: list[str] = []
        start, end = beginning, beginning + _LAST_CHARACTER
        while (term := self._session.value(_NEXT_TERM, start, end)) is not None:
            if len(found) == _MAX_TERMS:
                return None
            found.append(term)
            start = term + _BEHIND
        return found

    def first_diagnosis(self, ubigeos: Collection[str], *, but: str) -> dict[str, date]:
        """Earliest known `diagnostico` of each district, the ficha with id `but` aside."""
        start, length = key_id_span()
        found = {}
        for ubigeo in sorted(set(ubigeos)):
            key = self._session.value(
                f"SELECT key FROM diagnosticos WHERE ubigeo = ? AND substr(key, {start}, {length})"
                " <> ? ORDER BY key LIMIT 1",
                ubigeo,
                but.replace("-", ""),
            )
            if key is not None:
                found[ubigeo] = date.fromisoformat(key[: start - 1])
        return found

    def fichas_of_day(self, day: date, ubigeos: Collection[str]) -> list[tuple[str, Ficha]]:
        """(id, content) of sealed, not annulled fichas of a day in any of these districts."""
        rows = self._session.rows(
            "SELECT f.id, r.raw FROM fichas f JOIN records r ON r.sha256 = f.sha256 WHERE f.n IN"
            " (SELECT p.n FROM json_each(?) AS wanted CROSS JOIN ficha_distritos p"
            " WHERE p.ubigeo = wanted.value AND p.key >= ? AND p.key < ? AND p.estado IN (?, ?))"
            " ORDER BY f.key DESC",
            one_list(ubigeos),
            day.isoformat(),
            day.isoformat() + AFTER_A_DAY,
            Estado.SELLADA.value,
            Estado.CONFLICTO.value,
        )
        contents = ((id_, decode_record(raw).record.content) for id_, raw in rows)
        return [(id_, content) for id_, content in contents if isinstance(content, Ficha)]

    def acuerdos(self, ids: Collection[str]) -> dict[str, AcuerdoRow]:
        rows = self._session.rows(
            "SELECT id, ficha, descripcion, responsable, plazo, estado, contradiccion, distritos"
            " FROM acuerdos WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
            one_list(ids),
        )
        return {
            id_: AcuerdoRow(
                id_, ficha, text, who, plazo, estado, bool(disputed), tuple(ubigeos.split())
            )
            for id_, ficha, text, who, plazo, estado, disputed, ubigeos in rows
        }

    def open_acuerdos(self, ubigeos: Collection[str]) -> dict[str, frozenset[str]]:
        """Ids of the agreements of each district that are not closed."""
        found = {}
        for ubigeo in sorted(set(ubigeos)):
            rows = self._session.rows(
                "SELECT acuerdo FROM acuerdo_distritos WHERE ubigeo = ? AND abierto = 1", ubigeo
            )
            if rows:
                found[ubigeo] = frozenset(id_ for (id_,) in rows)
        return found


def _ficha_list(rows: list[Any]) -> list[FichaRow]:
    return [
        FichaRow(
            key,
            id_,
            origin,
            codigo,
            version,
            sha256,
            estado,
            standing,
            fecha,
            tuple(u.split()),
            who,
            said,
        )
        for key, id_, origin, codigo, version, sha256, estado, standing, fecha, u, who, said in rows
    ]
