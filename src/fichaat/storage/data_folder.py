"""The folder of one profile: database, key slots, backups."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from fichaat.application.jobs import Progress, no_progress
from fichaat.application.ports.slots import KeySlot, KeyWrapper, RegionSlot
from fichaat.domain.errors import UserFacingError
from fichaat.storage import schema
from fichaat.storage.backup import list_backups
from fichaat.storage.engine import connect
from fichaat.storage.errors import file_errors, nothing_to_save
from fichaat.storage.files import LOGS, copy_file, discard, flush, move_aside
from fichaat.storage.lock import FolderLock
from fichaat.storage.restore import Restored, prepare
from fichaat.storage.slot_file import OpenSlots
from fichaat.storage.slots import (
    Slots,
    new_slots,
    read_slots,
    unlock,
    used,
    with_passphrase,
    write_slots,
)
from fichaat.storage.store import SqlStore
from fichaat.storage.transaction import SqlTransaction
from fichaat.system.profile_files import DATABASE, SLOTS

BACKUPS: Final = "respaldos"

_LOCK: Final = "fichaat.lock"
_UNBORN: Final = "fichaat.db.nueva"
_RESTORED: Final = "fichaat.db.restaurada"
_ASIDE: Final = "anterior-{}"


class DataFolder:
    """Makes, opens and re-keys the database of one folder; holds the folder while it is open."""

    def __init__(self, path: Path, keys: KeyWrapper) -> None:
        self._path = path
        self._keys = keys
        self._lock = FolderLock(str(path / _LOCK))

    @property
    def path(self) -> Path:
        return self._path

    @property
    def backups(self) -> Path:
        """Where the automatic backups go."""
        return self._path / BACKUPS

    def exists(self) -> bool:
        """Whether there is a complete profile to open."""
        return self._database.exists() and self._slots.exists()

    def create(
        self,
        passphrase: str,
        recovery: str,
        found: Callable[[SqlTransaction], None] = lambda _: None,
    ) -> SqlStore:
        """Make the database, and open it. Interrupted anywhere, it can be begun again.

        Args:
            passphrase: opens it from now on.
            recovery: the twelve words that were shown to the person.
            found: writes the profile, before the database gets its name: so there is never a
                database without one.

        Raises:
            UserFacingError: "storage.exists", "storage.files_missing" (half of a profile is here:
                nothing is touched), "storage.in_use", "trust.recovery_code", "storage.*".
        """
        with file_errors(self._path):
            self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._held():
            self._demand_absent()
            with file_errors(self._path):
                self._make(passphrase, recovery, found)
            return self._open_store(self._unlock(passphrase=passphrase))

    def open(
        self,
        *,
        passphrase: str | None = None,
        recovery: str | None = None,
        progress: Progress = no_progress,
    ) -> SqlStore:
        """Open the database, an older one after a copy of it was kept.

        Raises:
            UserFacingError: "storage.missing", "storage.files_missing", "storage.in_use",
                "storage.wrong_passphrase", "storage.wrong_recovery", "storage.newer_schema",
                "storage.corrupt", "storage.read_only", "storage.no_space_to_read"…
        """
        self._demand_present()
        with nothing_to_save(), self._held():
            key = self._unlock(passphrase=passphrase, recovery=recovery)
            with file_errors(self._path):
                if schema.needs_migration(self._database, key):
                    self._keep_before_migration()
                    schema.migrate(self._database, key)
            return self._open_store(key, progress)

    def change_passphrase(
        self, new: str, *, passphrase: str | None = None, recovery: str | None = None
    ) -> None:
        """Wrap the key under another passphrase. Older backups keep the one they were made with.

        Raises:
            UserFacingError: those of `open`.
        """
        self._demand_present()
        with self._held():
            self.rekey(new, passphrase=passphrase, recovery=recovery)
            self._lock.release()

    def rekey(
        self, new: str, *, passphrase: str | None = None, recovery: str | None = None
    ) -> None:
        """`change_passphrase`, for the program that already holds the folder.

        Raises:
            UserFacingError: those of `open`.
        """
        with file_errors(self._path):
            slots = self._read_slots()
            key = unlock(slots, self._keys, passphrase=passphrase, recovery=recovery)
            write_slots(self._slots, with_passphrase(slots, self._keys, key, new))

    def region_slot(self) -> RegionSlot | None:
        """What the region can open these data with; no secret is needed to read it.

        Raises:
            UserFacingError: "storage.missing", "storage.files_missing", "trust.key_slot",
                "storage.*".
        """
        self._demand_present()
        return self._read_slots().region

    def recover(self, new: str, slot: KeySlot, words: str) -> None:
        """Wrap the key under a new passphrase with a slot that came from elsewhere.

        Raises:
            UserFacingError: those of `open`, and of `rekey_with`.
        """
        self._demand_present()
        with self._held():
            self.rekey_with(new, slot, words)
            self._lock.release()

    def rekey_with(self, new: str, slot: KeySlot, words: str) -> None:
        """`recover`, for the program that already holds the folder.

        Raises:
            UserFacingError: "storage.wrong_recovery", "trust.recovery_code", "trust.key_slot",
                "storage.corrupt" (what the slot holds is not the key of these data), "storage.*".
        """
        with file_errors(self._path):
            key = self._keys.unwrap(slot, words)
            with closing(connect(self._database, key)):
                pass  # it proves the key before the old passphrase is gone
            slots = self._read_slots()
            write_slots(self._slots, with_passphrase(slots, self._keys, key, new))

    def open_slots(self, store: SqlStore) -> OpenSlots:
        """The slots of these data, while `store` has them open."""
        return OpenSlots(self._slots, store.key)

    def check(self, passphrase: str) -> None:
        """Whether this passphrase opens the database; nothing is opened.

        Raises:
            UserFacingError: "storage.wrong_passphrase", "trust.key_slot", "storage.*".
        """
        self._unlock(passphrase=passphrase)

    def restore(
        self,
        snapshot: Path,
        new_chain: str,
        now: datetime,
        *,
        passphrase: str | None = None,
        recovery: str | None = None,
        progress: Progress = no_progress,
    ) -> Restored:
        """Put a snapshot in the place of what is here, which is kept in a folder of its own.

        Interrupted anywhere, it can be begun again.

        Args:
            snapshot: one of `list_backups`; its slots stand beside it.
            new_chain: a fresh UUID version 7: the restored installation begins this chain.
            now: names the folder of what was here before.
            passphrase: the one of that snapshot.
            recovery: or its recovery code.
            progress: blobs brought back.

        Raises:
            UserFacingError: "storage.backup_missing", "storage.in_use", "storage.wrong_passphrase",
                "storage.wrong_recovery", "storage.snapshot_corrupt", "storage.backup_corrupt" (its
                blobs), "storage.newer_schema", "storage.*", "system.*".
        """
        found = next((b for b in list_backups(snapshot.parent) if b.path == snapshot), None)
        if found is None:
            raise UserFacingError("storage.backup_missing")
        with file_errors(snapshot.parent):
            slots = read_slots(found.slots)
        key = unlock(slots, self._keys, passphrase=passphrase, recovery=recovery)
        with self._leaving_no_trace(), self._held(), file_errors(self._path):
            restored = self._path / _RESTORED
            with _snapshot_errors(self._path):
                missing = prepare(snapshot, key, restored, new_chain, progress)
            aside = self._put_aside(now)
            write_slots(self._slots, used(slots))
            restored.replace(self._database)
            flush(self._path)
            self._lock.release()
        return Restored(aside, missing)

    @contextmanager
    def _leaving_no_trace(self) -> Iterator[None]:
        """Make the folder where it is missing; nothing of this stays if the block fails in a folder
        where nothing was.
        """
        with file_errors(self._path):
            born = not self._path.exists()
            self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
            empty = born or not any(self._path.iterdir())
        try:
            yield
        except BaseException:
            if empty:
                # A second program that came in between keeps what it holds.
                with suppress(OSError):
                    (self._path / _LOCK).unlink(missing_ok=True)
                    if born:
                        self._path.rmdir()
            raise

    def _put_aside(self, now: datetime) -> Path | None:
        """The database goes first and its log after it: it is never seen without the log.

        Returns:
            The folder they went to, or None where nothing was here.
        """
        aside = self._path / _ASIDE.format(f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
        if self._slots.exists():
            aside.mkdir(mode=0o700, exist_ok=True)
            if not (aside / SLOTS).exists():
                copy_file(self._slots, aside / SLOTS)
        for suffix in ("", *LOGS):
            move_aside(self._path / (DATABASE + suffix), aside)
        flush(self._path)
        return aside if aside.exists() else None

    @property
    def _database(self) -> Path:
        return self._path / DATABASE

    @property
    def _slots(self) -> Path:
        return self._path / SLOTS

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Hold the folder from here on; let go of it if the block fails."""
        with file_errors(self._path):
            self._lock.acquire()
        try:
            yield
        except BaseException:
            self._lock.release()
            raise

    def _demand_present(self) -> None:
        with file_errors(self._path):
            if self.exists():
                return
            half = self._database.exists() or (
                self._slots.exists() and not (self._path / _UNBORN).exists()
            )
        raise UserFacingError("storage.files_missing" if half else "storage.missing")

    def _demand_absent(self) -> None:
        """The slots of an interrupted creation stand beside an unborn database; any other half
        of a profile may be all that somebody has left.
        """
        if self.exists():
            raise UserFacingError("storage.exists")
        unborn = (self._path / _UNBORN).exists()
        if self._database.exists() or (self._slots.exists() and not unborn):
            raise UserFacingError("storage.files_missing")

    def _make(
        self, passphrase: str, recovery: str, found: Callable[[SqlTransaction], None]
    ) -> None:
        unborn = self._path / _UNBORN
        discard(unborn)
        key = self._keys.new_key()
        slots = new_slots(self._keys, key, passphrase, recovery)
        schema.make(unborn, key)
        store = SqlStore(unborn, key)
        try:
            with store.write() as tx:
                found(tx)
        finally:
            store.close()
        flush(unborn)
        write_slots(self._slots, slots)
        unborn.replace(self._database)
        flush(self._path)

    def _unlock(self, *, passphrase: str | None = None, recovery: str | None = None) -> bytes:
        return unlock(self._read_slots(), self._keys, passphrase=passphrase, recovery=recovery)

    def _read_slots(self) -> Slots:
        with file_errors(self._path):
            return read_slots(self._slots)

    def _open_store(self, key: bytes, progress: Progress = no_progress) -> SqlStore:
        with file_errors(self._path):
            return SqlStore(self._database, key, self._lock.release, progress)

    def _keep_before_migration(self) -> None:
        """A copy of both files as they are; nothing else has the database open."""
        self.backups.mkdir(mode=0o700, exist_ok=True)
        for name in (DATABASE, *(DATABASE + log for log in LOGS), SLOTS):
            if (self._path / name).exists():
                copy_file(self._path / name, self.backups / f"antes-de-actualizar-{name}")


@contextmanager
def _snapshot_errors(folder: Path) -> Iterator[None]:
    """What is damaged is the copy that is being restored, not the data of a folder."""
    try:
        with file_errors(folder):
            yield
    except UserFacingError as error:
        if error.code != "storage.corrupt":
            raise
        raise UserFacingError("storage.snapshot_corrupt") from error
