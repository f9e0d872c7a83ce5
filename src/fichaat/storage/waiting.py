"""What waits for the person: drafts, agreements that fall due, fichas nobody acknowledged."""

from collections.abc import Collection
from datetime import date, datetime
from heapq import nlargest
from typing import Final

import msgspec
from msgspec import Struct

from fichaat.application.ports.rows import Carried, Draft, PastExport, Sealed, Undelivered
from fichaat.domain.lineage import Estado
from fichaat.domain.record import Kind
from fichaat.storage.session import Session, one_list
from fichaat.storage.trust_rows import REGIONS

_UNKNOWN: Final = (
    f" NOT EXISTS (SELECT 1 FROM recepciones x WHERE x.sha256 = {{0}}.sha256"
    f" AND x.vale = {REGIONS})"
)
"""No coordinator says to have received it."""


class _Moment(Struct):
    """As much of a draft as its place in the list needs."""

    updated_at: datetime


class _Sealing(Struct):
    """As much of a record as its age needs."""

    kind: str
    sealed_at: datetime


class Waiting:
    """The part of `ports.Reader` behind *Inicio*: few rows, read through indexes."""

    _session: Session

    def newest_drafts(self, limit: int) -> tuple[list[Draft], int]:
        """The drafts saved last, newest first, and how many there are in all."""
        # An unsealed import may leave thousands: only those shown are decoded whole.
        decoder = msgspec.json.Decoder(_Moment)
        moments = [
            (decoder.decode(data).updated_at, id_)
            for id_, data in self._session.each("SELECT id, data FROM drafts WHERE discarded = 0")
        ]
        chosen = [id_ for _, id_ in nlargest(limit, moments)]
        found = {
            id_: msgspec.json.decode(data, type=Draft)
            for id_, data in self._session.rows(
                f"SELECT id, data FROM drafts WHERE id IN ({','.join('?' * len(chosen))})", *chosen
            )
        }
        return [found[id_] for id_ in chosen], len(moments)

    def open_plazos(self, origins: Collection[str] | None = None) -> list[tuple[str, str]]:
        """(date or "", id) of every agreement that is not closed, once each, by date; of those that
        these devices began where some are named.
        """
        # Sorted here: the database takes three times as long to set repeated ones aside.
        if origins is None:
            rows = self._session.each(
                "SELECT plazo, acuerdo FROM acuerdo_distritos WHERE abierto = 1"
            )
        else:
            rows = self._session.each(
                "SELECT d.plazo, d.acuerdo FROM acuerdo_distritos d JOIN acuerdos a"
                " ON a.id = d.acuerdo WHERE d.abierto = 1"
                " AND a.origin IN (SELECT value FROM json_each(?))",
                one_list(origins),
            )
        return sorted(set(rows))

    def undelivered(self, device: str) -> Undelivered:
        """Fichas whose newest version a device sealed, whoever began them, and those of them that
        no coordinator has said to have received as they are.
        """
        total, waiting = self._session.row(
            f"SELECT count(*), coalesce(sum({_UNKNOWN.format('f')}), 0) FROM records r"
            " CROSS JOIN fichas f ON f.id = r.id AND f.sha256 = r.sha256 WHERE r.device = ?",
            device,
        )
        oldest = self._oldest_undelivered(device) if waiting else None
        return Undelivered(int(total), int(waiting), oldest)

    def sealed_since(self, device: str, moment: datetime, limit: int) -> int:
        """How many versions of fichas a device sealed after a moment; it stops at a limit."""
        decoder = msgspec.json.Decoder(_Sealing)
        count = 0
        rows = self._session.each(
            "SELECT raw FROM records WHERE device = ? ORDER BY chain DESC, sequence DESC", device
        )
        for (raw,) in rows:
            sealing = decoder.decode(raw)
            if count >= limit or sealing.sealed_at <= moment:
                break
            count += sealing.kind == Kind.FICHA
        return count

    def past_exports(self, limit: int) -> list[PastExport]:
        """The last bundles that were written here, the last first."""
        rows = self._session.rows(
            "SELECT bundle, min(at), count(*) FROM export_marks GROUP BY bundle"
            " ORDER BY min(at) DESC, bundle DESC LIMIT ?",
            limit,
        )
        return [PastExport(bundle, datetime.fromisoformat(at), count) for bundle, at, count in rows]

    def sealed_by(self, *, pending: bool = False) -> list[Sealed]:
        """How much each device sealed, by device; `pending`: of what no coordinator received,
        receptions aside, which are no delivery by themselves.
        """
        # The length of a record stands before its bytes, which are not read.
        rows = self._session.rows(
            "SELECT r.device, count(*), sum(r.kind = ?), sum(length(r.raw)) FROM records r"
            f" {'WHERE r.kind <> ? AND' + _UNKNOWN.format('r') if pending else ''}"
            " GROUP BY r.device ORDER BY r.device",
            *((Kind.FICHA, Kind.RECEPCION) if pending else (Kind.FICHA,)),
        )
        return [Sealed(*row) for row in rows]

    def carried(self) -> Carried:
        """All attachments, and the papers that are kept."""
        (blobs,) = self._session.row("SELECT coalesce(sum(length(data)), 0) FROM blobs")
        papers = self._session.row("SELECT count(*), coalesce(sum(length(pdf)), 0) FROM papers")
        return Carried(blobs, *papers)

    def last_visits(self, ubigeos: Collection[str]) -> dict[str, date]:
        """The day of the newest sealed, not annulled visit of each district that has one."""
        found = {}
        for ubigeo in ubigeos:
            key = self._session.value(
                "SELECT key FROM ficha_distritos WHERE ubigeo = ? AND estado = ?"
                " ORDER BY key DESC LIMIT 1",
                ubigeo,
                Estado.SELLADA.value,
            )
            if key is not None and key[:4] != "0000":
                found[ubigeo] = date.fromisoformat(key[:10])
        return found

    def visit_count(self, ubigeo: str) -> int:
        """How many fichas of a district are here, annulled ones included."""
        return int(
            self._session.value("SELECT count(*) FROM ficha_distritos WHERE ubigeo = ?", ubigeo)
        )

    def _oldest_undelivered(self, device: str) -> datetime | None:
        # In the order of the chains, which is that of sealing: what is received is passed over
        # without a look at its bytes.
        rows = self._session.each(
            "SELECT r.sha256 FROM records r WHERE r.device = ? AND"
            f" {_UNKNOWN.format('r')} ORDER BY r.chain, r.sequence",
            device,
        )
        for (digest,) in rows:
            raw = self._session.value(
                "SELECT r.raw FROM records r JOIN fichas f ON f.id = r.id AND f.sha256 = r.sha256"
                " WHERE r.sha256 = ?",
                digest,
            )
            if raw is not None:
                return msgspec.json.decode(raw, type=_Sealing).sealed_at
        return None
