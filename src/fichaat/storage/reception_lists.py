"""What *Recepción* lists: what is kept apart, what contradicts, what was received, who waits."""

from collections.abc import Collection
from typing import Final

from fichaat.application.ports.rows import ApartRow, FichaRow, News
from fichaat.domain.codec import decode_record
from fichaat.domain.ficha import Ficha
from fichaat.domain.lineage import Estado
from fichaat.domain.record import Kind, SealedRecord
from fichaat.domain.text import fold
from fichaat.storage.answers import Answers
from fichaat.storage.lists import Lists
from fichaat.storage.rows import AFTER_A_DAY
from fichaat.storage.session import Session, one_list

OTHER_LINE: Final = "otra_linea"
"""Why a ficha whose signer did nothing wrong is kept apart: another holds its id by right."""

_LIVING: Final = (Estado.SELLADA.value, Estado.CONFLICTO.value)
_APART: Final = (
    "SELECT f.id AS ficha, f.codigo AS codigo, f.distritos AS distritos, f.fecha AS fecha,"
    " f.sha256 AS sha256, CASE WHEN f.aprobacion IN ('aprobado', 'por_aprobar')"
    f" THEN '{OTHER_LINE}' ELSE f.aprobacion END AS motivo, f.key AS key FROM fichas f"
    f" WHERE f.estado = '{Estado.CUARENTENA.value}'"
    " UNION ALL SELECT s.ficha, coalesce(f.codigo, ''), coalesce(f.distritos, ''),"
    " coalesce(f.fecha, ''), s.sha256, s.motivo, coalesce(f.key, '') FROM sin_efecto s"
    # Of several lineages of one id any tells which visit it is about.
    " LEFT JOIN fichas f ON f.n = (SELECT min(o.n) FROM fichas o WHERE o.id = s.ficha)"
)


class ReceptionLists(Lists, Answers):
    """The part of `ports.Reader` behind *Recepción*."""

    _session: Session

    def apart(self, limit: int) -> tuple[list[ApartRow], int]:
        """What is kept without effect, the newest visits first, and how many there are in all."""
        total = self._session.value(
            "SELECT (SELECT count(*) FROM fichas WHERE estado = ?)"
            " + (SELECT count(*) FROM sin_efecto)",
            Estado.CUARENTENA.value,
        )
        rows = self._session.rows(
            "SELECT a.ficha, a.codigo, a.distritos, a.fecha, r.kind, r.version, r.device,"
            f" a.sha256, a.motivo FROM ({_APART}) a JOIN records r ON r.sha256 = a.sha256"
            " ORDER BY a.key DESC, a.sha256 LIMIT ?",
            limit,
        )
        found = [
            ApartRow(id_, codigo, tuple(ubigeos.split()), *rest)
            for id_, codigo, ubigeos, *rest in rows
        ]
        return found, int(total)

    def contested(self, limit: int) -> tuple[list[str], int]:
        """Ids of fichas of which several copies have an equal right, newest first, and how many
        there are in all.
        """
        # Each half is answered by an index of its own.
        found = (
            "SELECT id, key FROM fichas WHERE estado = ?"
            " UNION ALL SELECT id, key FROM fichas WHERE disputada = 1"
        )
        rows = self._session.rows(
            f"SELECT id FROM ({found}) GROUP BY id ORDER BY max(key) DESC", Estado.CONFLICTO.value
        )
        return [id_ for (id_,) in rows[:limit]], len(rows)

    def crowded_days(self) -> list[tuple[str, str]]:
        """(day, ubigeo) with more than one living ficha, newest first."""
        rows = self._session.rows(
            "SELECT substr(key, 1, 10) AS day, ubigeo FROM ficha_distritos"
            " WHERE estado IN (?, ?) AND key >= '1' GROUP BY ubigeo, day HAVING count(*) > 1",
            *_LIVING,
        )
        return sorted(rows, reverse=True)

    def namesakes(self, day: str, ubigeo: str) -> list[tuple[FichaRow, Ficha]]:
        """The living fichas of one day in one district that share a responsable with another, with
        what they say.
        """
        rows = self._session.rows(
            "SELECT f.id, f.sha256, f.responsable FROM ficha_distritos p JOIN fichas f ON f.n = p.n"
            " WHERE p.ubigeo = ? AND p.key >= ? AND p.key < ? AND p.estado IN (?, ?)",
            ubigeo,
            day,
            day + AFTER_A_DAY,
            *_LIVING,
        )
        people: dict[str, set[str]] = {}
        for id_, _, names in rows:
            for name in _people(names):
                people.setdefault(name, set()).add(id_)
        shared = {name for name, ids in people.items() if len(ids) > 1}
        chosen = {digest: id_ for id_, digest, names in rows if shared & _people(names)}
        return self._contents(chosen)

    def own_receptions(self, device: str, limit: int) -> tuple[list[SealedRecord], int]:
        """The last receptions that a device sealed, the last first, and how many there are."""
        total = self._session.value(
            "SELECT count(DISTINCT por) FROM recepciones WHERE device = ?", device
        )
        rows = self._session.rows(
            "SELECT raw, signature FROM records WHERE n IN"
            " (SELECT DISTINCT por FROM recepciones WHERE device = ?)"
            " ORDER BY chain DESC, sequence DESC LIMIT ?",
            device,
            limit,
        )
        return [decode_record(*row) for row in rows], int(total)

    def news_for(self, device: str, since: int) -> News:
        """What a sender has not been told: records that came here after one with this number."""
        fresh = [place for place in self.answer_to(device) if place.n > since]
        numbers = one_list([place.n for place in fresh])
        # Every answer brings what the region said of all devices: that one was approved is no news
        # for another; that one is believed no longer is.
        said = self._session.rows(
            "SELECT r.kind, r.sha256, (SELECT min(subject) FROM record_subjects s"
            " WHERE s.record = c.n) FROM confianza c JOIN records r ON r.n = c.n"
            " WHERE c.n IN (SELECT value FROM json_each(?)) AND NOT EXISTS"
            " (SELECT 1 FROM record_subjects s WHERE s.subject = ? AND s.record = c.n)",
            numbers,
            device,
        )
        catalogos = tuple(sha256 for kind, sha256, _ in said if kind == Kind.CATALOGO)
        revoked = [subject for kind, _, subject in said if kind == Kind.REVOCACION]
        own = len(fresh) - (len(said) - len(catalogos) - len(revoked))
        return News(len(fresh), own, catalogos, len(revoked), len(set(revoked)))

    def held_of(self) -> dict[str, int]:
        """How many records of each device are here; no record is read."""
        return dict(self._session.rows("SELECT device, count(*) FROM records GROUP BY device"))

    def judged(
        self, verdict: str, origins: Collection[str], limit: int
    ) -> tuple[list[FichaRow], int]:
        """Living fichas that these devices began and of which this was said, newest first, and how
        many there are in all.
        """
        rows = self._session.rows(
            "SELECT id, origin FROM fichas WHERE revision = ? AND revision <> '' AND estado = ?"
            " AND origin IN (SELECT value FROM json_each(?)) ORDER BY key DESC",
            verdict,
            Estado.SELLADA.value,
            one_list(origins),
        )
        found = [
            row
            for id_, origin in rows[:limit]
            for row in self.fichas_with_id(id_)
            if row.origin == origin
        ]
        return found, len(rows)

    def last_number(self) -> int:
        """The number of the record that came last; 0 where there is none."""
        return int(self._session.value("SELECT coalesce(max(n), 0) FROM records"))

    def _contents(self, chosen: dict[str, str]) -> list[tuple[FichaRow, Ficha]]:
        rows = (row for id_ in dict.fromkeys(chosen.values()) for row in self.fichas_with_id(id_))
        return [(row, self._content(row.sha256)) for row in rows if row.sha256 in chosen]

    def _content(self, sha256: str) -> Ficha:
        raw = self._session.value("SELECT raw FROM records WHERE sha256 = ?", sha256)
        content = decode_record(raw).record.content
        assert isinstance(content, Ficha)  # a row of `fichas` is drawn of nothing else
        return content


def _people(names: str) -> set[str]:
    """Names of the responsible, comparable as `problems.overlaps` compares them."""
    return {" ".join(fold(name).split()) for name in names.split("; ")} - {""}
