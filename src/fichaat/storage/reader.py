"""One consistent view of the database: settings, drafts, records and blobs."""

from collections.abc import Collection, Iterator
from datetime import datetime
from operator import attrgetter

import msgspec

from fichaat.application.ports.rows import Draft, ExportMark, GapRow, RecordPlace
from fichaat.domain.chains import Gap, Link
from fichaat.domain.codec import decode_record
from fichaat.domain.record import Kind, SealedRecord
from fichaat.storage.acuerdo_lists import AcuerdoLists
from fichaat.storage.arrivals import Arrivals
from fichaat.storage.coverage_reader import CoverageReader
from fichaat.storage.ficha_list import FichaList
from fichaat.storage.reception_lists import ReceptionLists
from fichaat.storage.review_lists import ReviewLists
from fichaat.storage.session import one_list
from fichaat.storage.shared_acuerdos import SharedAcuerdos
from fichaat.storage.trust_reader import TrustReader
from fichaat.storage.waiting import Waiting

_ORDER = "ORDER BY r.device, r.chain, r.sequence, r.sha256"


class SqlReader(
    FichaList,
    Arrivals,
    Waiting,
    TrustReader,
    ReceptionLists,
    ReviewLists,
    CoverageReader,
    AcuerdoLists,
    SharedAcuerdos,
):
    """See `ports.Reader`; the lists and searches are in `Lists`, `FichaList` and `Waiting`,
    what the region says in `TrustReader`.
    """

    def setting(self, key: str) -> str | None:
        found: str | None = self._session.value("SELECT value FROM settings WHERE key = ?", key)
        return found

    # drafts

    def draft(self, codigo: str) -> Draft | None:
        """The draft with this code, unless it is in the bin."""
        row = self._session.row(
            "SELECT data FROM drafts WHERE codigo = ? AND discarded = 0 ORDER BY id LIMIT 1", codigo
        )
        return None if row is None else _draft(row[0])

    def drafts(self, *, discarded: bool = False) -> list[Draft]:
        """By code."""
        rows = self._session.rows(
            "SELECT data FROM drafts WHERE discarded = ? ORDER BY codigo, id", int(discarded)
        )
        return [_draft(data) for (data,) in rows]

    def taken_codigos(self, codigos: Collection[str]) -> set[str]:
        """Which of these codes a draft (those in the bin included) or a sealed ficha has."""
        wanted = one_list(codigos)
        rows = self._session.rows(
            "SELECT codigo FROM drafts WHERE codigo IN (SELECT value FROM json_each(?))"
            " UNION SELECT codigo FROM fichas WHERE codigo IN (SELECT value FROM json_each(?))",
            wanted,
            wanted,
        )
        return {codigo for (codigo,) in rows}

    # records

    def record(self, sha256: str) -> SealedRecord | None:
        row = self._session.row("SELECT raw, signature FROM records WHERE sha256 = ?", sha256)
        return None if row is None else decode_record(*row)

    def known(self, sha256s: Collection[str]) -> set[str]:
        """Which of these records are here."""
        if not sha256s:
            return set()
        rows = self._session.rows(
            "SELECT sha256 FROM records WHERE sha256 IN (SELECT value FROM json_each(?))",
            one_list(sha256s),
        )
        return {digest for (digest,) in rows}

    def records_about(self, subjects: Collection[str]) -> list[SealedRecord]:
        """Every record about any of these subjects (`subjects.subjects_of`), by sha256."""
        if not subjects:
            return []
        rows = self._session.rows(
            "SELECT raw, signature FROM records WHERE n IN (SELECT s.record"
            " FROM json_each(?) AS wanted JOIN record_subjects s ON s.subject = wanted.value)",
            one_list(subjects),
        )
        # Sorted here: the database would carry the bytes of every record through its sorter.
        return sorted((decode_record(*row) for row in rows), key=attrgetter("sha256"))

    def receptions_of(self, sha256s: Collection[str]) -> list[SealedRecord]:
        """The records in which installations say to have received any of these."""
        found: dict[str, SealedRecord] = {}
        for digest, device in self._session.rows(
            "SELECT sha256, device FROM recepciones"
            " WHERE sha256 IN (SELECT value FROM json_each(?)) ORDER BY sha256, device",
            one_list(sha256s),
        ):
            # Looked for in the bytes: which record said so is asked for one ficha at a time.
            rows = self._session.rows(
                "SELECT raw, signature FROM records WHERE device = ? AND kind = ?"
                " AND instr(raw, ?) > 0",
                device,
                Kind.RECEPCION.value,
                digest.encode(),
            )
            found |= {item.sha256: item for item in (decode_record(*row) for row in rows)}
        return [found[digest] for digest in sorted(found)]

    def exports_of(self, sha256s: Collection[str]) -> list[ExportMark]:
        """When any of these left in a bundle, oldest first."""
        rows = self._session.rows(
            "SELECT sha256, bundle, at FROM export_marks"
            " WHERE sha256 IN (SELECT value FROM json_each(?)) ORDER BY at, bundle, sha256",
            one_list(sha256s),
        )
        return [
            ExportMark(digest, bundle, datetime.fromisoformat(at)) for digest, bundle, at in rows
        ]

    def records_at(
        self, device: str, chain: str, desde: int = 1, hasta: int | None = None
    ) -> list[Link]:
        """The places of a chain that are held, between two sequences."""
        rows = self._session.rows(
            "SELECT sequence, sha256, previous FROM records WHERE device = ? AND chain = ?"
            " AND sequence >= ? AND (? IS NULL OR sequence <= ?) ORDER BY sequence, sha256",
            device,
            chain,
            desde,
            hasta,
            hasta,
        )
        return [Link(*row) for row in rows]

    def gaps_in(self, device: str, chain: str) -> list[Gap]:
        """What misses in one chain, in order."""
        rows = self._session.rows(
            "SELECT chain, desde, hasta FROM huecos WHERE device = ? AND chain = ?"
            " ORDER BY desde, hasta",
            device,
            chain,
        )
        return [Gap(*row) for row in rows]

    def shared(self, subjects: Collection[str]) -> set[str]:
        """Which of these subjects more than one record is about."""
        rows = self._session.rows(
            "SELECT s.subject FROM json_each(?) AS wanted JOIN record_subjects s"
            " ON s.subject = wanted.value GROUP BY s.subject HAVING count(*) > 1",
            one_list(subjects),
        )
        return {subject for (subject,) in rows}

    def places(self) -> Iterator[RecordPlace]:
        """Where every record stands, by device, chain, sequence, sha256: all of it is in an index,
        and no record is read.
        """
        rows = self._session.each(
            f"SELECT r.n, r.sha256, r.device, r.chain, r.sequence FROM records r {_ORDER}"
        )
        return (RecordPlace(*row) for row in rows)

    def records(self) -> Iterator[SealedRecord]:
        """All of them, decoded, in the order of `places`."""
        for raw, signature in self._session.each(
            f"SELECT r.raw, r.signature FROM records r {_ORDER}"
        ):
            yield decode_record(raw, signature)

    def signed_bytes(self, numbers: Collection[int]) -> dict[int, tuple[bytes, bytes]]:
        """Bytes and signature of the records with these numbers (`RecordPlace.n`), as they are
        kept, all at once: the caller asks for few.
        """
        rows = self._session.rows(
            "SELECT n, raw, signature FROM records WHERE n IN (SELECT value FROM json_each(?))",
            one_list(numbers),
        )
        return {n: (raw, signature) for n, raw, signature in rows}

    def record_count(self) -> int:
        return int(self._session.value("SELECT count(*) FROM records"))

    # chains and devices

    def chain_head(self, device: str, chain: str) -> Link | None:
        """The newest place; of a fork there, the smallest hash."""
        row = self._session.row(
            "SELECT sequence, sha256, previous FROM records WHERE device = ? AND chain = ?"
            " ORDER BY sequence DESC, sha256 LIMIT 1",
            device,
            chain,
        )
        return None if row is None else Link(*row)

    def gaps(self) -> list[GapRow]:
        rows = self._session.rows(
            "SELECT device, chain, desde, hasta FROM huecos ORDER BY device, chain, desde, hasta"
        )
        return [GapRow(device, Gap(chain, desde, hasta)) for device, chain, desde, hasta in rows]

    def forks(self) -> list[tuple[str, str, int]]:
        """(device, chain, sequence) of every fork."""
        return self._session.rows(
            "SELECT device, chain, sequence FROM bifurcaciones ORDER BY device, chain, sequence"
        )

    def certificates(self, devices: Collection[str]) -> dict[str, bytes]:
        rows = self._session.rows(
            "SELECT device, pem FROM certificates"
            " WHERE device IN (SELECT value FROM json_each(?)) ORDER BY device",
            one_list(devices),
        )
        return dict(rows)

    # blobs and papers

    def blob(self, sha256: str) -> bytes | None:
        found: bytes | None = self._session.value("SELECT data FROM blobs WHERE sha256 = ?", sha256)
        return found

    def blobs(self, sha256s: Collection[str]) -> dict[str, bytes]:
        """Those of these that are here, all at once: the caller asks for few."""
        rows = self._session.rows(
            "SELECT sha256, data FROM blobs WHERE sha256 IN (SELECT value FROM json_each(?))",
            one_list(sha256s),
        )
        return dict(rows)

    def blob_sizes(self, sha256s: Collection[str]) -> dict[str, int]:
        """Size of those that are here."""
        if not sha256s:
            return {}
        rows = self._session.rows(
            "SELECT sha256, length(data) FROM blobs"
            " WHERE sha256 IN (SELECT value FROM json_each(?)) ORDER BY sha256",
            one_list(sha256s),
        )
        return dict(rows)

    def paper_sizes(self, keys: Collection[str]) -> dict[str, int]:
        """Size of those that are kept; no page of a PDF is read."""
        if not keys:
            return {}
        rows = self._session.rows(
            "SELECT key, length(pdf) FROM papers WHERE key IN (SELECT value FROM json_each(?))",
            one_list(keys),
        )
        return dict(rows)

    def papers(self, keys: Collection[str]) -> dict[str, bytes]:
        """PDFs rendered before, by the hash of all that decides them; the caller asks for few."""
        rows = self._session.rows(
            "SELECT key, pdf FROM papers WHERE key IN (SELECT value FROM json_each(?))",
            one_list(keys),
        )
        return dict(rows)


def _draft(data: bytes) -> Draft:
    return msgspec.json.decode(data, type=Draft)
