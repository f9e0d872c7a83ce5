"""What *Revisión* lists: living fichas of approved devices, by what was said of them."""

import re
from typing import Final

from fichaat.application.ports.rows import QueueFilter, QueueRow, QueueTab
from fichaat.domain.authority import Standing
from fichaat.domain.lineage import Estado
from fichaat.domain.revision import Veredicto
from fichaat.storage.lists import Lists
from fichaat.storage.rows import AFTER_A_DAY, ROW_BITS
from fichaat.storage.search_text import search_expression
from fichaat.storage.session import Session, json_list
from fichaat.storage.tables import SEARCH_TABLE

_ARRIVED: Final = (
    "coalesce((SELECT min(x.en) FROM recepciones x WHERE x.sha256 = f.sha256 AND x.device = ?),"
    # What was sealed here came from nobody.
    " json_extract(CAST(r.raw AS TEXT), '$.sealed_at'))"
)
_PROVINCE_DIGITS: Final = 4
_UBIGEO_DIGITS: Final = 6
_WORD: Final = re.compile(r"\w+")

Conditions = list[tuple[str, tuple[object, ...]]]


class ReviewLists(Lists):
    """The part of `ports.Reader` behind *Revisión*."""

    _session: Session

    def review_queue(self, wanted: QueueFilter, device: str) -> list[QueueRow]:
        """What a filter leaves of a tab, corrections first, then what has waited longest; of what
        is decided the newest first.
        """
        where, values = _joined([*_of_tab(wanted), *self._chosen(wanted)])
        order = "r.n DESC" if wanted.tab is QueueTab.DECIDIDAS else "f.version = 1, r.n"
        rows = self._session.rows(
            "SELECT f.n, f.id, f.origin, f.codigo, f.version, f.sha256, f.fecha, f.distritos,"
            f" f.sesion, f.responsable, f.revision, {_ARRIVED} FROM fichas f"
            f" JOIN records r ON r.sha256 = f.sha256 WHERE {where} ORDER BY {order}",
            device,
            *values,
        )
        return [QueueRow(*row) for row in rows]

    def review_counts(self, wanted: QueueFilter) -> dict[QueueTab, int]:
        """How many there are in each tab, whatever else is filtered."""
        found = {}
        for tab in QueueTab:
            where, values = _joined(_of_tab(wanted, tab))
            found[tab] = int(
                self._session.value(f"SELECT count(*) FROM fichas f WHERE {where}", *values)
            )
        return found

    def _chosen(self, wanted: QueueFilter) -> Conditions:
        chosen: Conditions = []
        if _WORD.search(wanted.texto):
            # What is typed may also be the name of a place, which no ficha holds.
            named = "SELECT p.n FROM json_each(?) w CROSS JOIN ficha_distritos p"
            named += " WHERE p.ubigeo = w.value"
            condition = f"f.n IN ({named})"
            values: tuple[object, ...] = (json_list(wanted.lugares),)
            expression = search_expression(wanted.texto, self._terms_of)
            if expression is not None:
                matched = f"SELECT rowid & ? FROM {SEARCH_TABLE} WHERE {SEARCH_TABLE} MATCH ?"
                condition = f"({condition} OR f.n IN ({matched}))"
                values += (ROW_BITS, expression)
            chosen.append((condition, values))
        if wanted.provincia is not None:
            places = "SELECT n FROM ficha_distritos WHERE ubigeo >= ? AND ubigeo < ?"
            span = (wanted.provincia, wanted.provincia + AFTER_A_DAY)
            chosen.append((f"f.n IN ({places})", span))
        if wanted.sesion is not None:
            chosen.append(("instr(f.sesion, ?) > 0", (wanted.sesion,)))
        if wanted.nivel is not None:
            chosen.append(("f.nivel = ?", (wanted.nivel,)))
        return chosen


def _of_tab(wanted: QueueFilter, tab: QueueTab | None = None) -> Conditions:
    """Believed, living, undisputed; of a province only what lies wholly in it."""
    tab = wanted.tab if tab is None else tab
    conditions: Conditions = [
        ("f.estado = ?", (Estado.SELLADA.value,)),
        ("f.aprobacion = ?", (Standing.APROBADO.value,)),
        ("f.disputada = 0", ()),
        (
            "f.revision IN (SELECT value FROM json_each(?))",
            (json_list(_said(tab, visa=len(wanted.ambito) == _PROVINCE_DIGITS)),),
        ),
    ]
    if len(wanted.ambito) == _PROVINCE_DIGITS:
        # Of every district of the line the first four digits are those of the province.
        found = "length(' ' || f.distritos) - length(replace(' ' || f.distritos, ?, ''))"
        wholly = f"({found}) * {_UBIGEO_DIGITS + 1}"
        wholly += f" = (length(f.distritos) + 1) * {_PROVINCE_DIGITS + 1}"
        conditions.append((f"f.distritos <> '' AND {wholly}", (f" {wanted.ambito}",)))
    return conditions


def _said(tab: QueueTab, *, visa: bool) -> list[str]:
    """What was said of the newest version of the fichas of a tab.

    Args:
        tab: of the queue.
        visa: the queue is a province's, which has done with a ficha once it has seen it.
    """
    if tab is QueueTab.OBSERVADAS:
        return [Veredicto.OBSERVADA.value]
    decided = [Veredicto.APROBADA.value, Veredicto.RECHAZADA.value]
    seen = [Veredicto.VISADA.value]
    if tab is QueueTab.DECIDIDAS:
        return [*decided, *(seen if visa else ())]
    return ["", *(() if visa else seen)]


def _joined(conditions: Conditions) -> tuple[str, list[object]]:
    where = " AND ".join(condition for condition, _ in conditions)
    return where, [value for _, values in conditions for value in values]
