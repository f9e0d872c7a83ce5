"""From a snapshot back to a data folder. What stands there is put aside, never deleted.

A restored installation begins a new chain: the old one may have gone on after the snapshot.
"""

from contextlib import closing
from pathlib import Path
from typing import Any, Final

from fichaat.application.jobs import Progress
from fichaat.domain.errors import UserFacingError
from fichaat.storage import schema
from fichaat.storage.backup import BLOBS, attach
from fichaat.storage.engine import connect
from fichaat.storage.files import copy_file, discard, flush

CHAIN_SETTING: Final = "chain"
CHAIN_PREVIOUS_SETTING: Final = "chain_previous"
CERTIFICATE_SETTING: Final = "device_certificate"


def prepare(snapshot: Path, key: bytes, target: Path, new_chain: str, progress: Progress) -> None:
    """Make `target` a complete database from a snapshot, its blobs, and a new chain.

    Raises:
        UserFacingError: "storage.corrupt", "storage.newer_schema", "system.*".
        OSError: a file cannot be read or written.
    """
    discard(target)
    copy_file(snapshot, target)
    with closing(connect(target, key)) as connection:
        if connection.execute("PRAGMA cipher_integrity_check").fetchall():
            raise UserFacingError("storage.corrupt")
    if schema.needs_migration(target, key):
        schema.migrate(target, key)
    with closing(connect(target, key)) as connection:
        _bring_blobs(connection, snapshot.parent / BLOBS, key, progress)
        connection.execute("BEGIN IMMEDIATE")
        _begin_chain(connection, new_chain)
        connection.execute("COMMIT")
    flush(target)


def _bring_blobs(connection: Any, source: Path, key: bytes, progress: Progress) -> None:  # noqa: ANN401
    """Every blob that was ever backed up here: more than the snapshot knew does no harm."""
    if not source.exists():
        return
    attach(connection, source, key, "archivo")
    digests = connection.execute("SELECT sha256 FROM archivo.blobs ORDER BY sha256").fetchall()
    for done, row in enumerate(digests, 1):
        connection.execute(
            "INSERT INTO main.blobs SELECT sha256, data FROM archivo.blobs WHERE sha256 = ?", row
        )
        progress(done, len(digests))
    connection.execute("DETACH archivo")


def _begin_chain(connection: Any, new_chain: str) -> None:  # noqa: ANN401
    """The head of the old chain, as the snapshot knows it, is what the new one follows."""
    head = connection.execute(
        "SELECT r.sha256 FROM records r"
        " JOIN settings old ON old.key = ? AND old.value = r.chain"
        " JOIN certificates c ON c.device = r.device"
        " JOIN settings own ON own.key = ? AND CAST(own.value AS BLOB) = CAST(c.pem AS BLOB)"
        " ORDER BY r.sequence DESC, r.sha256 LIMIT 1",
        (CHAIN_SETTING, CERTIFICATE_SETTING),
    ).fetchone()
    if head is None:
        # Nothing was sealed in the old chain: what that one followed, the new one follows.
        head = connection.execute(
            "SELECT value FROM settings WHERE key = ?", (CHAIN_PREVIOUS_SETTING,)
        ).fetchone()
    for setting, value in (
        (CHAIN_SETTING, new_chain),
        (CHAIN_PREVIOUS_SETTING, "" if head is None else head[0]),
    ):
        connection.execute(
            "INSERT INTO settings (key, value) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (setting, value),
        )
