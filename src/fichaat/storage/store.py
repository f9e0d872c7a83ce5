"""The encrypted database of one data folder, opened."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path

from fichaat.application.jobs import CancelToken, Progress, no_progress
from fichaat.application.ports.keys import Trust
from fichaat.application.ports.rows import Integrity
from fichaat.domain.errors import UserFacingError
from fichaat.storage import projections
from fichaat.storage.backup import make_backup, prune
from fichaat.storage.check import Checker
from fichaat.storage.engine import (
    BEGIN_READING,
    BEGIN_WRITING,
    BUSY_SECONDS,
    connect,
    reading_pool,
    transaction,
    writing_pool,
)
from fichaat.storage.errors import backup_errors, database_errors, nothing_to_save
from fichaat.storage.reader import SqlReader
from fichaat.storage.schema import redraw_if_needed
from fichaat.storage.session import AuthorityCache, Session
from fichaat.storage.transaction import SqlTransaction


class SqlStore:
    """See `ports.Store`. One connection writes; every reader has its own."""

    def __init__(
        self,
        path: Path,
        key: bytes,
        on_close: Callable[[], None] = lambda: None,
        progress: Progress = no_progress,
    ) -> None:
        """Open an up-to-date database; `on_close` lets go of the data folder.

        Raises:
            UserFacingError: "storage.*".
        """
        self._path = path
        self._key = key
        self._on_close = on_close
        self._writer = writing_pool(path, key)
        self._readers = reading_pool(path, key)
        self._turn = threading.Lock()
        self._authorities = AuthorityCache()
        try:
            with self._session(writes=True) as session:
                redraw_if_needed(session, progress)
        except BaseException:
            self._dispose()
            raise

    @property
    def key(self) -> bytes:
        """Of the database: for the slots beside it."""
        return self._key

    def __repr__(self) -> str:
        """Without the key: a repr ends in logs."""
        return f"SqlStore({self._path.name})"

    @contextmanager
    def read(self) -> Iterator[SqlReader]:
        """One consistent view.

        Raises:
            UserFacingError: "storage.corrupt", "storage.io"…
        """
        with self._session(writes=False) as session:
            yield SqlReader(session)

    @contextmanager
    def write(self, cancel: CancelToken | None = None) -> Iterator[SqlTransaction]:
        """The only writer (BEGIN IMMEDIATE).

        Args:
            cancel: looked at before every statement, and while many rows are written.

        Raises:
            CancelledError: nothing was changed.
            UserFacingError: "storage.no_space", "storage.read_only", "storage.corrupt"…
        """
        with self._session(writes=True, cancel=cancel) as session:
            yield SqlTransaction(session)

    @contextmanager
    def _session(self, *, writes: bool, cancel: CancelToken | None = None) -> Iterator[Session]:
        pool = self._writer if writes else self._readers
        with (
            self._alone() if writes else nullcontext(),
            database_errors(self._path.parent),
            transaction(pool, BEGIN_WRITING if writes else BEGIN_READING) as connection,
        ):
            yield Session(connection, self._authorities, cancel)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """The turn of the one who writes."""
        if not self._turn.acquire(timeout=BUSY_SECONDS):
            raise UserFacingError("storage.locked")
        try:
            yield
        finally:
            self._turn.release()

    def _fold_log(self) -> None:
        """Bring what is in the log into the database file."""
        with closing(connect(self._path, self._key)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def rebuild(self, progress: Progress, cancel: CancelToken) -> Integrity:
        """Make every projection anew from the records.

        Raises:
            CancelledError: nothing was changed.
            UserFacingError: those of `write`.
        """
        with self._session(writes=True) as session:
            count = projections.rebuild(session, progress, cancel)
            return Integrity(count, projections.fingerprint(session))

    def check(self, trust: Trust, progress: Progress, cancel: CancelToken) -> Integrity:
        """Recompute every page, hash, signature, chain and projection, and tell what differs.

        Raises:
            CancelledError: nothing is ever changed.
            UserFacingError: "storage.no_space_to_read", "storage.locked"…: it could not be
                checked.
        """
        with self._alone(), nothing_to_save(), database_errors(self._path.parent):
            self._fold_log()
            return Checker(self._path, self._key, trust, cancel)(progress)

    def backup(self, folder: Path, now: datetime, progress: Progress) -> Path:
        """Write one snapshot (and the blobs not yet copied) into a folder of backups; older ones
        that it makes superfluous go (`retention`).

        Raises:
            UserFacingError: "storage.backup_foreign"; "storage.no_space", "storage.read_only"…
                of the data folder; "storage.backup_no_space", "storage.backup_read_only",
                "storage.backup_io" of a folder in another place.
        """
        with backup_errors(folder, self._path.parent):
            made = make_backup(self._path, self._key, folder, now, progress)
            prune(folder, now)
            return made

    def close(self) -> None:
        """Fold the log into the database and let go of the folder."""
        self._dispose()

    def _dispose(self) -> None:
        self._readers.dispose()
        self._writer.dispose()
        self._on_close()
