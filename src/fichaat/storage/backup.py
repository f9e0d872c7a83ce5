"""Backups: small snapshots of everything but blobs, and the blobs once for all of them.

A snapshot is a database under the same key, beside the slots that open it. Drawn tables and kept
papers are left out: they follow from the rest.
"""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from fichaat.application.jobs import Progress
from fichaat.domain.errors import UserFacingError
from fichaat.storage.engine import attach, connect
from fichaat.storage.errors import CORRUPT_RESULTS, file_errors, result_code
from fichaat.storage.files import PRIVATE, discard, flush, make_private
from fichaat.storage.retention import expired
from fichaat.storage.tables import VERSION_SETTING
from fichaat.system.atomic import atomic_write
from fichaat.system.profile_files import SLOTS

BLOBS: Final = "blobs.db"

_NAME: Final = "fichaat-{}.db"
_SLOTS_COPY: Final = "ranuras-{}.json"
_INSTANT: Final = "%Y%m%dT%H%M%SZ"
_PARTIAL: Final = ".fichaat-copia.parcial"
_COPIED: Final = (
    "alembic_version",
    "records",
    "certificates",
    "drafts",
    "counters",
    "settings",
    "export_marks",
)
_EMPTY: Final = ("blobs", "papers")
_BATCH_BYTES: Final = 32_000_000


class BackupInfo(Struct, frozen=True):
    """One snapshot that can be restored."""

    path: Path
    slots: Path
    instant: datetime
    bytes: int

    @property
    def files(self) -> tuple[Path, Path, Path]:
        """All that a restore reads: the snapshot, what opens it, and the attachments."""
        return self.path, self.slots, self.path.with_name(BLOBS)


def list_backups(folder: Path) -> list[BackupInfo]:
    """The complete snapshots of a folder, newest first; none where there is no such folder.

    Raises:
        UserFacingError: "storage.read_only", "storage.io": the folder cannot be read.
    """
    found = []
    with file_errors(folder):
        for path in folder.iterdir() if folder.is_dir() else ():
            instant = _instant_of(path)
            if instant is None:
                continue
            slots = path.with_name(_SLOTS_COPY.format(instant.strftime(_INSTANT)))
            if slots.exists():
                found.append(BackupInfo(path, slots, instant, path.stat().st_size))
    return sorted(found, key=lambda backup: backup.instant, reverse=True)


def make_backup(
    database: Path, key: bytes, folder: Path, now: datetime, progress: Progress
) -> Path:
    """Write one snapshot; it gets its name once it, its slots and its blobs are complete.

    Raises:
        UserFacingError: "storage.backup_foreign": the folder has backups of another profile.
        OSError: the folder cannot be written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    moment = now.astimezone(UTC).replace(microsecond=0)
    while (target := folder / _NAME.format(moment.strftime(_INSTANT))).exists():
        moment += timedelta(seconds=1)
    partial = folder / _PARTIAL
    discard(partial)
    try:
        with closing(connect(database, key)) as connection:
            _write_snapshot(connection, partial, key)
            _write_blobs(connection, folder / BLOBS, key, progress)
        flush(partial)
        slots_copy = target.with_name(_SLOTS_COPY.format(moment.strftime(_INSTANT)))
        atomic_write(slots_copy, database.with_name(SLOTS).read_bytes(), mode=PRIVATE)
        partial.replace(target)
        flush(folder)
    except BaseException:
        discard(partial)
        raise
    return target


def prune(folder: Path, now: datetime) -> list[Path]:
    """Remove the snapshots that newer ones make superfluous; blobs stay.

    Raises:
        OSError: a file cannot be removed.
    """
    backups = list_backups(folder)
    superfluous = expired([backup.instant for backup in backups], now)
    removed = [backup for backup in backups if backup.instant in superfluous]
    for backup in removed:
        backup.path.unlink()
        backup.slots.unlink()
    return [backup.path for backup in removed]


def _write_snapshot(connection: Any, target: Path, key: bytes) -> None:  # noqa: ANN401
    make_private(target)
    attach(connection, target, key, "copia")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN")  # one moment of the database, whatever is written meanwhile
    for kind in ("table", "index", "trigger"):
        for name in (*_COPIED, *_EMPTY):
            _copy_ddl(connection, kind, name)
            if kind == "table" and name in _COPIED:
                connection.execute(f"INSERT INTO copia.{name} SELECT * FROM main.{name}")
    connection.execute("DELETE FROM copia.settings WHERE key = ?", (VERSION_SETTING,))
    connection.execute("COMMIT")
    connection.execute("DETACH copia")


def _copy_ddl(connection: Any, kind: str, table: str) -> None:  # noqa: ANN401
    statements = connection.execute(
        "SELECT sql FROM main.sqlite_master WHERE type = ? AND tbl_name = ? AND sql IS NOT NULL"
        " ORDER BY rowid",
        (kind, table),
    ).fetchall()
    for (sql,) in statements:
        head, name = f"CREATE {kind.upper()} ", sql.split(None, 2)[2]
        connection.execute(f"{head}copia.{name}")


def _write_blobs(connection: Any, target: Path, key: bytes, progress: Progress) -> None:  # noqa: ANN401
    """Add the blobs that no earlier backup brought here."""
    make_private(target)
    try:
        attach(connection, target, key, "archivo")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS archivo.blobs (sha256 TEXT PRIMARY KEY, data BLOB NOT NULL)"
        )
    except Exception as error:
        if result_code(error) in CORRUPT_RESULTS:
            raise UserFacingError("storage.backup_foreign") from error
        raise
    missing = connection.execute(
        "SELECT sha256, length(data) FROM main.blobs"
        " WHERE sha256 NOT IN (SELECT sha256 FROM archivo.blobs) ORDER BY sha256"
    ).fetchall()
    size = 0
    for done, (digest, length) in enumerate(missing, 1):
        if not size:
            connection.execute("BEGIN")
        connection.execute(
            "INSERT INTO archivo.blobs SELECT sha256, data FROM main.blobs WHERE sha256 = ?",
            (digest,),
        )
        size += length + 1
        if size >= _BATCH_BYTES or done == len(missing):
            connection.execute("COMMIT")
            size = 0
        progress(done, len(missing))
    connection.execute("DETACH archivo")


def _instant_of(path: Path) -> datetime | None:
    head, _, tail = _NAME.partition("{}")
    if not (path.name.startswith(head) and path.name.endswith(tail)):
        return None
    try:
        text = path.name[len(head) : -len(tail)]
        return datetime.strptime(text, _INSTANT).replace(tzinfo=UTC)
    except ValueError:
        return None
