"""Recomputes everything that can be recomputed, and tells what differs (`datos comprobar`)."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from fichaat.application.contexto import blobs_of_record
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.omitted import BARE_SETTING, Span, is_bare, read_spans
from fichaat.application.ports.keys import RecordVerifier, Trust
from fichaat.application.ports.rows import Integrity
from fichaat.application.sealers import check_sealer
from fichaat.domain.codec import decode_record
from fichaat.domain.errors import SchemaError, UserFacingError
from fichaat.domain.record import SealedRecord
from fichaat.storage import projections
from fichaat.storage.engine import connect, lone_engine
from fichaat.storage.errors import CORRUPT_RESULTS, result_code
from fichaat.storage.rows import document_number
from fichaat.storage.session import Session
from fichaat.storage.tables import PROJECTIONS, SEARCH_TABLE
from fichaat.storage.transaction import record_row

_BATCH: Final = 1000
_BATCH_BYTES: Final = 32_000_000
_PROJECTION: Final = "storage.projection_differs"
_SEARCH: Final = "storage.search_differs"
_COLUMNS: Final = (
    "n, sha256, kind, id, version, device, chain, sequence, previous, region, practice, signature,"
    " raw"
)

_PAGE_NUMBER: Final = re.compile(r"\b[Pp]age (\d+)")
_PART: Final = re.compile(r"\b(?:index|value in|table) (?!for )(?:main\.)?([A-Za-z_][A-Za-z0-9_]*)")

Difference = tuple[str, str]


class _Sealer(Struct, frozen=True):
    verifier: RecordVerifier
    certificate_pem: bytes


class Checker:
    """One run over one database. Damage is reported, never raised.

    Every step has a connection of its own: one that has met a damaged page is of no more use.
    """

    def __init__(self, path: Path, key: bytes, trust: Trust, cancel: CancelToken) -> None:
        self._path = path
        self._key = key
        self._trust = trust
        self._cancel = cancel
        self._differences: list[Difference] = []
        self._named: set[str] = set()
        self._bare: dict[str, list[Span]] = {}
        self._count = 0
        self._fingerprint = ""

    def __call__(self, progress: Progress) -> Integrity:
        """Check pages, structure, records, blobs, drawn tables and search index.

        Raises:
            CancelledError: nothing was changed, as ever.
            UserFacingError: "storage.no_space", "storage.io"…: it could not be checked.
        """
        with self._step("storage.pages_unreadable"):
            self._check_pages()
        with self._step("storage.structure_damaged"):
            self._check_structure()
        with self._step("storage.records_unreadable"):
            self._check_records(progress)
        with self._step("storage.blobs_unreadable"):
            self._check_blobs()
        with self._step("storage.drawn_unreadable"):
            self._check_drawn(progress)
        found = tuple(dict.fromkeys(self._differences))
        return Integrity(self._count, self._fingerprint, found)

    def _add(self, code: str, detail: object = "") -> None:
        self._differences.append((code, str(detail)))

    @contextmanager
    def _step(self, code: str) -> Iterator[None]:
        """Damage on which a step founders is a finding too; what SQLite says of it is for nobody
        who reads this.
        """
        try:
            yield
        except (DBAPIError, dbapi2.Error) as error:
            if result_code(error) not in CORRUPT_RESULTS:
                raise
            self._add(code)

    def _open(self) -> Any:  # noqa: ANN401  # sqlcipher3 has no types
        return closing(connect(self._path, self._key, reads_only=True))

    def _check_pages(self) -> None:
        """The HMAC of every page, used or not, and that the file ends where its pages end."""
        with self._open() as connection:
            found = connection.execute("PRAGMA cipher_integrity_check").fetchall()
            for (detail,) in found:
                page = _PAGE_NUMBER.search(detail)
                if page is None:
                    self._add("storage.pages_unreadable")
                else:
                    self._add("storage.page_damaged", page[1])
            if not found:
                pages = connection.execute("PRAGMA page_count").fetchone()[0]
                size = int(
                    connection.execute("PRAGMA page_size").fetchone()[0]
                )  # it answers in text
                if pages * size != self._path.stat().st_size:
                    self._add("storage.size_differs", self._path.stat().st_size - pages * size)

    def _check_structure(self) -> None:
        with self._open() as connection:
            for (detail,) in connection.execute("PRAGMA integrity_check").fetchall():
                for line in detail.splitlines():
                    if line != "ok":
                        self._add(*_damaged_part(line))
            for table, *_ in connection.execute("PRAGMA foreign_key_check").fetchall():
                self._add("storage.table_damaged", table)

    def _check_records(self, progress: Progress) -> None:
        with self._open() as connection:
            total = connection.execute("SELECT count(*) FROM records").fetchone()[0]
            sealers = self._sealers(connection)
            self._bare = _bare(connection)
            rows = connection.execute(f"SELECT {_COLUMNS} FROM records ORDER BY n")
            for batch in _batches(rows):
                self._cancel.check()
                for row in batch:
                    self._check_record(row, sealers)
                self._check_signatures(batch, sealers)
                self._count += len(batch)
                progress(self._count, 2 * total)

    def _check_record(self, row: tuple[Any, ...], sealers: Mapping[str, _Sealer]) -> None:
        """The hash, the canonical bytes, the place that the columns name, and whether its key may
        seal it.
        """
        digest, signature, raw = row[1], row[11], row[12]
        if sha256(raw).hexdigest() != digest:
            self._add("storage.record_hash", digest)
        try:
            item = decode_record(raw, signature)
        except SchemaError as error:
            self._add("storage.record_damaged", f"{digest} {error.code} {error.path}")
            return
        if not is_bare((item.record.chain, item.record.sequence), self._bare):
            self._named |= blobs_of_record(item.record)
        if record_row(row[0], item) != row:
            self._add("storage.record_place", digest)
        sealer = sealers.get(item.record.device)
        if sealer is not None:
            self._check_sealer(item, sealer)

    def _check_sealer(self, item: SealedRecord, sealer: _Sealer) -> None:
        try:
            check_sealer(item, sealer.verifier, sealer.certificate_pem, self._trust)
        except UserFacingError as error:
            self._add("storage.record_sealer", f"{item.sha256} {error.code}")

    def _sealers(self, connection: Any) -> dict[str, _Sealer]:  # noqa: ANN401
        found: dict[str, _Sealer] = {}
        for device, pem in connection.execute("SELECT device, pem FROM certificates"):
            try:
                verifier = self._trust.verifier(pem)
            except UserFacingError as error:
                self._add("storage.certificate_damaged", f"{device} {error.code}")
                continue
            if verifier.device == device:
                found[device] = _Sealer(verifier, pem)
            else:
                self._add("storage.certificate_damaged", device)
        return found

    def _check_signatures(
        self, batch: Sequence[tuple[Any, ...]], sealers: Mapping[str, _Sealer]
    ) -> None:
        by_device: dict[str, list[tuple[str, bytes, bytes]]] = defaultdict(list)
        for row in batch:
            by_device[row[5]].append((row[1], row[12], row[11]))
        for device, records in by_device.items():
            sealer = sealers.get(device)
            if sealer is None:
                for digest, *_ in records:
                    self._add("storage.certificate_missing", digest)
                continue
            if _holds(sealer.verifier.verify_many, [record[1:] for record in records]):
                continue
            for digest, raw, signature in records:
                if not _holds(sealer.verifier.verify, raw, signature):
                    self._add("storage.record_signature", digest)

    def _check_blobs(self) -> None:
        """Every blob is what its hash says, and every blob that a record names is here, but those
        of records that came without on purpose.
        """
        held = set()
        with self._open() as connection:
            for digest, data in connection.execute("SELECT sha256, data FROM blobs"):
                self._cancel.check()
                held.add(digest)
                if sha256(data).hexdigest() != digest:
                    self._add("storage.blob_damaged", digest)
        for digest in sorted(self._named - held):
            self._add("storage.blob_missing", digest)

    def _check_drawn(self, progress: Progress) -> None:
        """Draw every table anew beside what stands there, compare, and take it back."""
        engine = lone_engine(self._path, self._key)
        try:
            with engine.connect() as connection, connection.begin() as transaction:
                session = Session(connection.connection)
                self._fingerprint = projections.fingerprint(session)
                before = _drawn(session)
                try:
                    projections.rebuild(
                        session, lambda n, all_: progress(all_ + n, 2 * all_), self._cancel
                    )
                except SchemaError:  # a record that was reported already cannot be drawn
                    self._add(_PROJECTION, "records")
                else:
                    after = _drawn(session)
                    for name, content in before.items():
                        if content != after[name]:
                            is_search = name == SEARCH_TABLE
                            self._add(_SEARCH if is_search else _PROJECTION, name)
                transaction.rollback()
        finally:
            engine.dispose()


def _damaged_part(line: str) -> Difference:
    """Which part a line of SQLite's integrity check is about: a table or an index, a page, or
    nothing that it names.
    """
    part = _PART.search(line)
    if part is not None:
        return "storage.table_damaged", part[1]
    page = _PAGE_NUMBER.search(line)
    return ("storage.structure_damaged", "") if page is None else ("storage.page_damaged", page[1])


def _drawn(session: Session) -> dict[str, str]:
    """A hash of every drawn table and of the search index."""
    encoder = msgspec.json.Encoder()
    found = {}
    for table in PROJECTIONS:
        digest = sha256()
        for row in session.each(table.canonical):
            digest.update(encoder.encode(row))
        found[table.name] = digest.hexdigest()
    found[SEARCH_TABLE] = _search_hash(session)
    return found


def _search_hash(session: Session) -> str:
    """Every word with its documents and occurrences, and how many words each ficha has."""
    digest = sha256()
    encoder = msgspec.json.Encoder()
    session.run(f"INSERT INTO {SEARCH_TABLE} ({SEARCH_TABLE}) VALUES ('integrity-check')")
    session.run(f"CREATE VIRTUAL TABLE temp.vocabulario USING fts5vocab(main, {SEARCH_TABLE}, row)")
    for row in session.each("SELECT term, doc, cnt FROM temp.vocabulario ORDER BY term"):
        digest.update(encoder.encode(row))
    session.run("DROP TABLE temp.vocabulario")
    sizes = dict(session.rows(f"SELECT id, sz FROM {SEARCH_TABLE}_docsize"))
    for key, n, fecha in session.each("SELECT key, n, fecha FROM fichas ORDER BY key"):
        digest.update(encoder.encode((key, sizes.pop(document_number(fecha, n), None))))
    digest.update(encoder.encode(len(sizes)))
    return digest.hexdigest()


def _bare(connection: Any) -> dict[str, list[Span]]:  # noqa: ANN401  # sqlcipher3 has no types
    rows = connection.execute("SELECT key, value FROM settings").fetchall()
    return read_spans({key: text for key, text in rows if key.startswith(BARE_SETTING)})


def _holds(verify: Callable[..., None], *values: object) -> bool:
    try:
        verify(*values)
    except UserFacingError:
        return False
    return True


def _batches(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    batch: list[tuple[Any, ...]] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += len(row[12])
        if len(batch) >= _BATCH or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
