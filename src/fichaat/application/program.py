"""What windows and commands receive from bootstrap before any data folder is open."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.ports.keys import Clock, RegionKeys
from fichaat.application.profiles import NewProfile
from fichaat.application.region_recovery import AnswerRecovery, RecoveryRequest
from fichaat.application.session import Session
from fichaat.application.verdict import BundleVerdict
from fichaat.application.wanted import KnownFolder
from fichaat.domain.territorio import Territorio


class BackupInfo(Protocol):
    """One snapshot in a folder of backups."""

    @property
    def path(self) -> Path: ...
    @property
    def instant(self) -> datetime: ...
    @property
    def bytes(self) -> int: ...
    @property
    def files(self) -> tuple[Path, Path, Path]:
        """All that a restore reads: the snapshot, what opens it, and the attachments."""
        ...


class Restored(Protocol):
    """What a restore found and did besides."""

    @property
    def aside(self) -> Path | None:
        """Where the earlier data now lies; None where there was none."""
        ...

    @property
    def missing_blobs(self) -> int:
        """How many attachments are named but came with no backup."""
        ...


class Program(Protocol):
    """The program before any data folder is open."""

    @property
    def version(self) -> str: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def territorio(self) -> Territorio: ...
    def folder(self, chosen: str | None) -> Path:
        """The data folder that is worked on."""
        ...

    def practice_folder(self, chosen: str | None) -> Path:
        """Where a practice profile is made."""
        ...

    def known_folders(self, chosen: str | None) -> tuple[KnownFolder, ...]:
        """The data folders to choose from, the one opened last first; one that was named is the
        only one.
        """
        ...

    def remember_folder(self, folder: Path) -> None:
        """Note for the next start that this folder was opened."""
        ...

    @property
    def idle_minutes(self) -> int:
        """Minutes without a key or a click after which the window locks itself; 0 for never."""
        ...

    def set_idle_minutes(self, minutes: int) -> None:
        """Raises:
        UserFacingError: "system.*": it could not be noted.
        """
        ...

    def passphrase_in_file(self) -> str | None:
        """What `FICHAAT_CLAVE_ARCHIVO` holds.

        Raises:
            UserFacingError: "system.passphrase_*".
        """
        ...

    def region_passphrase_in_file(self) -> str | None:
        """What `FICHAAT_CLAVE_REGION_ARCHIVO` holds, else `FICHAAT_CLAVE_ARCHIVO`.

        Raises:
            UserFacingError: "system.passphrase_*".
        """
        ...

    @property
    def region_keys(self) -> RegionKeys:
        """Makes and opens the files of region keys."""
        ...

    def exists(self, folder: Path) -> bool:
        """Whether a folder has a complete profile."""
        ...

    def demand(self, folder: Path) -> None:
        """Raises:
        UserFacingError: "perfil.missing", "storage.files_missing" (half of one is here).
        """
        ...

    def check_profile(self, wanted: NewProfile) -> None:
        """Raises:
        UserFacingError: "perfil.*": what was said makes no profile.
        """
        ...

    def create(self, folder: Path, wanted: NewProfile, passphrase: str) -> tuple[str, ...]:
        """Make a profile; the words of its recovery code.

        Raises:
            UserFacingError: "perfil.*", "storage.*", "system.*": nothing was made.
        """
        ...

    def open(self, folder: Path, passphrase: str) -> AbstractContextManager[Session]:
        """Raises:
        UserFacingError: "perfil.missing", "storage.*".
        """
        ...

    def unlock(self, folder: Path, passphrase: str) -> Session:
        """Open a data folder until `Session.close`.

        Raises:
            UserFacingError: "perfil.missing", "storage.*".
        """
        ...

    def warm_up(self) -> None:
        """Load what opening a data folder needs, while the person types the passphrase."""
        ...

    def recovery_sheet(self, profile: NewProfile, words: Sequence[str]) -> bytes:
        """The paper that keeps the words of the recovery code, as PDF."""
        ...

    def write_file(self, path: Path, data: bytes) -> None:
        """Write a whole file that only this person may read, or leave the old one.

        Raises:
            UserFacingError: "system.*".
        """
        ...

    def lend_file(self, name: str, data: bytes) -> Path:
        """Write a file for another program to show; it goes when this one ends.

        Raises:
            UserFacingError: "system.*".
        """
        ...

    def change_passphrase(self, folder: Path, current: str, new: str) -> None: ...
    def recover(self, folder: Path, code: str, new: str) -> None:
        """Give a new passphrase to a data folder with its recovery code."""
        ...

    def recovery_request(self, folder: Path) -> RecoveryRequest:
        """What asks the region to open a data folder; no secret is needed.

        Raises:
            UserFacingError: "storage.missing", "recuperacion.no_slot", "storage.*".
        """
        ...

    @property
    def answer_recovery(self) -> AnswerRecovery: ...
    def recover_by_region(self, folder: Path, answer: bytes, words: str, new: str) -> None:
        """Give a new passphrase to a data folder with an answer of the region.

        Raises:
            UserFacingError: "recuperacion.*", "trust.recovery_code", "storage.*", "system.*".
        """
        ...

    def backups(self, folder: Path) -> Sequence[BackupInfo]: ...
    def backup_folder(self, folder: Path) -> Path:
        """Where the backups of a data folder are kept unless another folder is named."""
        ...

    def restore(
        self, snapshot: Path, folder: Path, passphrase: str, progress: Progress
    ) -> Restored:
        """Bring a snapshot back into a data folder, as a new chain."""
        ...

    def verify(
        self, path: Path, here: Installation | None, progress: Progress, cancel: CancelToken
    ) -> BundleVerdict: ...
    def fingerprint_words(self, device: str) -> tuple[str, ...]: ...
    def blank_form(self) -> bytes: ...
    def note(self, folder: Path) -> None:
        """Log what is unusual about this run before it begins."""
        ...

    def log_bug(self, error: BaseException, folder: Path | None) -> Path | None:
        """Keep a traceback; the file it is in."""
        ...

    def rehearsal(self, clock: Clock) -> "Program":
        """This program for people who do not exist: by another clock, with keys that are cheap to
        open, so that a whole region acts in a minute. `close` it.
        """
        ...

    def close(self) -> None:
        """Let go of what this program holds besides data folders."""
        ...

    def resource(self, *parts: str) -> Path: ...
    def manual(self) -> Path:
        """The folder of the manual's pages."""
        ...
