"""From a snapshot back to a data folder. What stands there is put aside, never deleted.

A restored installation begins a new chain: the old one may have gone on after the snapshot.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct
from sqlcipher3 import dbapi2

from fichaat.application.contexto import blobs_of, blobs_of_record
from fichaat.application.jobs import Progress
from fichaat.application.ports.rows import Draft
from fichaat.domain.codec import decode_record
from fichaat.domain.errors import SchemaError, UserFacingError
from fichaat.storage import schema
from fichaat.storage.backup import BLOBS
from fichaat.storage.engine import attach, connect
from fichaat.storage.errors import CORRUPT_RESULTS, result_code
from fichaat.storage.files import copy_file, discard, flush
from fichaat.storage.trust_rows import ROOT_SETTING

CHAIN_SETTING: Final = "chain"
CHAIN_PREVIOUS_SETTING: Final = "chain_previous"
REGION_CHAIN_SETTING: Final = "region_chain"
REGION_CHAIN_PREVIOUS_SETTING: Final = "region_chain_previous"
CERTIFICATE_SETTING: Final = "device_certificate"

# An emptied archive opens, but has no table: SQLite calls that a mere error.
_UNREADABLE: Final = CORRUPT_RESULTS | {
    sqlite3.SQLITE_ERROR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
}


class Restored(Struct, frozen=True):
    """What a restore found and did besides."""

    aside: Path | None
    """The folder where what was here before now lies; None where nothing was."""
    missing_blobs: int
    """How many blobs the records and drafts name that no backup brought."""


def prepare(snapshot: Path, key: bytes, target: Path, new_chain: str, progress: Progress) -> int:
    """Make `target` a complete database from a snapshot, its blobs, and a new chain.

    Returns:
        How many blobs are named but missing. A failure leaves no target.

    Raises:
        UserFacingError: "storage.corrupt", "storage.backup_corrupt" (the blobs),
            "storage.newer_schema", "system.*".
        OSError: a file cannot be read or written.
    """
    discard(target)
    try:
        return _prepare(snapshot, key, target, new_chain, progress)
    except BaseException:
        discard(target)
        raise


def _prepare(snapshot: Path, key: bytes, target: Path, new_chain: str, progress: Progress) -> int:
    copy_file(snapshot, target)
    with closing(connect(target, key)) as connection:
        if connection.execute("PRAGMA cipher_integrity_check").fetchall():
            raise UserFacingError("storage.corrupt")
    if schema.needs_migration(target, key):
        schema.migrate(target, key)
    with closing(connect(target, key)) as connection:
        _bring_blobs(connection, snapshot.parent / BLOBS, key, progress)
        missing = _count_missing_blobs(connection)
        connection.execute("BEGIN IMMEDIATE")
        _begin_chain(connection, new_chain)
        connection.execute("COMMIT")
    flush(target)
    return missing


def _bring_blobs(connection: Any, source: Path, key: bytes, progress: Progress) -> None:  # noqa: ANN401
    """Every blob that was ever backed up here: more than the snapshot knew does no harm."""
    if not source.exists():
        return  # what is missing for it is counted
    try:
        _copy_blobs(connection, source, key, progress)
    except dbapi2.Error as error:
        if result_code(error) in _UNREADABLE:
            raise UserFacingError("storage.backup_corrupt") from error
        raise


def _copy_blobs(connection: Any, source: Path, key: bytes, progress: Progress) -> None:  # noqa: ANN401
    attach(connection, source, key, "archivo")
    digests = connection.execute("SELECT sha256 FROM archivo.blobs ORDER BY sha256").fetchall()
    for done, row in enumerate(digests, 1):
        connection.execute(
            "INSERT INTO main.blobs SELECT sha256, data FROM archivo.blobs WHERE sha256 = ?", row
        )
        progress(done, len(digests))
    connection.execute("DETACH archivo")


def _count_missing_blobs(connection: Any) -> int:  # noqa: ANN401
    """What cannot be read names nothing here: `datos comprobar` tells of it."""
    named: set[str] = set()
    for raw, signature in connection.execute("SELECT raw, signature FROM records"):
        try:
            named |= blobs_of_record(decode_record(raw, signature).record)
        except SchemaError:
            continue
    for (data,) in connection.execute("SELECT data FROM drafts"):
        try:
            named |= blobs_of(msgspec.json.decode(data, type=Draft).ficha)
        except msgspec.DecodeError:
            continue
    return len(named.difference(d for (d,) in connection.execute("SELECT sha256 FROM blobs")))


def _begin_chain(connection: Any, new_chain: str) -> None:  # noqa: ANN401
    """The head of the old chain, as the snapshot knows it, is what the new one follows; likewise
    in the chain of what was sealed here with the region key, which is named at its next use.
    """
    head = connection.execute(
        "SELECT r.sha256 FROM records r"
        " JOIN settings old ON old.key = ? AND old.value = r.chain"
        " JOIN certificates c ON c.device = r.device"
        " JOIN settings own ON own.key = ? AND CAST(own.value AS BLOB) = CAST(c.pem AS BLOB)"
        " ORDER BY r.sequence DESC, r.sha256 LIMIT 1",
        (CHAIN_SETTING, CERTIFICATE_SETTING),
    ).fetchone()
    _follow(connection, (CHAIN_SETTING, CHAIN_PREVIOUS_SETTING), head, new_chain)
    head = connection.execute(
        "SELECT r.sha256 FROM records r JOIN settings old ON old.key = ? AND old.value = r.chain"
        " JOIN settings root ON root.key = ? AND root.value = r.device"
        " ORDER BY r.sequence DESC, r.sha256 LIMIT 1",
        (REGION_CHAIN_SETTING, ROOT_SETTING),
    ).fetchone()
    _follow(connection, (REGION_CHAIN_SETTING, REGION_CHAIN_PREVIOUS_SETTING), head, "")


def _follow(
    connection: Any,  # noqa: ANN401
    settings: tuple[str, str],
    head: tuple[str] | None,
    new_chain: str,
) -> None:
    chain, previous = settings
    if head is None:
        # Nothing was sealed in the old chain: what that one followed, the new one follows.
        head = connection.execute(
            "SELECT value FROM settings WHERE key = ?", (previous,)
        ).fetchone()
    for setting, value in ((chain, new_chain), (previous, "" if head is None else head[0])):
        connection.execute(
            "INSERT INTO settings (key, value) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (setting, value),
        )
