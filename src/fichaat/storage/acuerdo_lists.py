"""The list of agreements, and what the next event about one has to know."""

from collections.abc import Collection
from typing import Any, Final

from fichaat.application.acuerdo_line import AcuerdoLine
from fichaat.storage.session import Session, one_list

_LINE: Final = (
    "id, ficha, descripcion, responsable, plazo, estado, cumplido_el, contradiccion, distritos,"
    " codigo, nacio, plazo_original, avance, movido_en, movido_por, heads"
)
_BEHIND: Final = "~"
"""Stands behind every ubigeo that begins with what it is added to."""


class AcuerdoLists:
    """The part of `ports.Reader` behind *Acuerdos*."""

    _session: Session

    def acuerdo_lines(self, ambito: str = "") -> list[AcuerdoLine]:
        """Every agreement with a district that begins so, in no order that means anything."""
        where = ""
        values: tuple[str, ...] = ()
        if ambito:
            where = (
                " WHERE id IN (SELECT acuerdo FROM acuerdo_distritos WHERE abierto IN (0, 1)"
                " AND ubigeo >= ? AND ubigeo < ?)"
            )
            values = (ambito, ambito + _BEHIND)
        rows = self._session.rows(f"SELECT {_LINE} FROM acuerdos{where}", *values)
        return list(map(_line, rows))

    def disputed_acuerdos(self) -> int:
        """How many have events that contradict each other."""
        return int(self._session.value("SELECT count(*) FROM acuerdos WHERE contradiccion = 1"))

    def acuerdo_heads(self, ids: Collection[str]) -> list[str]:
        """Hashes that the next event about these agreements has to name, each once, in order."""
        rows = self._session.rows(
            "SELECT heads FROM acuerdos WHERE id IN (SELECT value FROM json_each(?))",
            one_list(ids),
        )
        return sorted({digest for (heads,) in rows for digest in heads.split()})

    def drafted_acuerdos(self, ids: Collection[str]) -> dict[str, str]:
        """The code of the draft (those in the bin included) that bears each of these agreements;
        every draft is looked at: for an import, never while a person types.
        """
        rows = self._session.rows(
            "SELECT borne.value ->> 'id', d.codigo FROM drafts d,"
            " json_each(CAST(d.data AS TEXT), '$.ficha.acuerdos') AS borne"
            " WHERE borne.value ->> 'id' IN (SELECT value FROM json_each(?))"
            " ORDER BY d.codigo DESC, d.id",
            one_list(ids),
        )
        return dict(rows)


def _line(row: tuple[Any, ...]) -> AcuerdoLine:
    (
        id_,
        ficha,
        text,
        who,
        plazo,
        estado,
        cumplido,
        disputed,
        places,
        codigo,
        nacio,
        original,
        avance,
        moved,
        by,
        heads,
    ) = row
    return AcuerdoLine(
        id_,
        ficha,
        text,
        who,
        plazo,
        estado,
        cumplido,
        bool(disputed),
        tuple(places.split()),
        codigo,
        nacio,
        original,
        avance,
        moved,
        by,
        tuple(heads.split()),
    )
