"""A reader that also writes; everything of one transaction is kept, or nothing."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from fichaat.application.ports.rows import Draft
from fichaat.domain.codec import encode
from fichaat.domain.record import SealedRecord
from fichaat.storage.projections import believe, update
from fichaat.storage.reader import SqlReader


class SqlTransaction(SqlReader):
    """See `ports.Transaction`."""

    def set_setting(self, key: str, value: str) -> None:
        self._session.run(
            "INSERT INTO settings (key, value) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            key,
            value,
        )

    def set_root(self, device: str) -> None:
        """Believe this region key and no other, and draw anew what hangs on it."""
        believe(self._session, device)

    def put_draft(self, draft: Draft) -> None:
        self.put_drafts([draft])

    def put_drafts(self, drafts: Sequence[Draft]) -> None:
        """Save drafts over what they were."""
        self._session.run_many(
            "INSERT INTO drafts (id, codigo, discarded, data) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET codigo = excluded.codigo,"
            " discarded = excluded.discarded, data = excluded.data",
            [
                (
                    draft.id,
                    draft.ficha.codigo,
                    int(draft.discarded_at is not None),
                    encode(draft),
                )
                for draft in drafts
            ],
        )

    def delete_drafts(self, ids: Collection[str]) -> None:
        self._session.run_many("DELETE FROM drafts WHERE id = ?", [(id_,) for id_ in ids])

    def next_numbers(self, chain: str, year: int, count: int) -> int:
        """Reserve `count` consecutive numbers of a chain's year; the first of them."""
        last = self._session.value(
            "INSERT INTO counters (chain, year, last) VALUES (?, ?, ?)"
            " ON CONFLICT (chain, year) DO UPDATE SET last = last + excluded.last RETURNING last",
            chain,
            year,
            count,
        )
        return int(last) - count + 1

    def add_records(
        self, records: Sequence[SealedRecord], certificates: Mapping[str, bytes]
    ) -> None:
        """Insert records that are not here yet and bring the projections up to date."""
        offered = {item.sha256: item for item in records}
        held = self.known(offered)
        fresh = [item for digest, item in offered.items() if digest not in held]
        if not fresh:
            return
        first = self._session.value("SELECT coalesce(max(n), 0) + 1 FROM records")
        numbered = list(enumerate(fresh, first))
        self._session.run_many(
            "INSERT INTO records (n, sha256, kind, id, version, device, chain, sequence, previous,"
            " region, practice, signature, raw) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [record_row(n, item) for n, item in numbered],
        )
        devices = {item.record.device for item in fresh}
        self._session.run_many(
            "INSERT INTO certificates (device, pem) VALUES (?, ?) ON CONFLICT DO NOTHING",
            sorted((device, pem) for device, pem in certificates.items() if device in devices),
        )
        update(self._session, numbered)

    def add_blob(self, sha256: str, data: bytes) -> None:
        """Idempotent; the hash is the caller's responsibility."""
        self._session.run(
            "INSERT INTO blobs (sha256, data) VALUES (?, ?) ON CONFLICT DO NOTHING", sha256, data
        )

    def put_paper(self, key: str, pdf: bytes) -> None:
        self._session.run("INSERT OR REPLACE INTO papers (key, pdf) VALUES (?, ?)", key, pdf)

    def mark_exported(self, sha256s: Collection[str], bundle: str, at: datetime) -> None:
        """A local mark, not a record."""
        moment = at.isoformat()
        self._session.run_many(
            "INSERT INTO export_marks (sha256, bundle, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            [(digest, bundle, moment) for digest in sha256s],
        )


def record_row(n: int, item: SealedRecord) -> tuple[object, ...]:
    """The columns of `records`: the place of a record beside its exact bytes."""
    record = item.record
    return (
        n,
        item.sha256,
        record.kind,
        record.id,
        record.version,
        record.device,
        record.chain,
        record.sequence,
        record.previous,
        record.region,
        int(record.practice),
        item.signature,
        item.raw,
    )
