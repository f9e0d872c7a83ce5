"""The program before any data folder is open."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from fichaat.application.catalogue.update_ubigeo import kept_territorio
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.ports.keys import Clock
from fichaat.application.ports.slots import Argon2Cost
from fichaat.application.ports.store import Transaction
from fichaat.application.profiles import (
    NewProfile,
    found_profile,
    make_profile,
    read_device_key,
    read_profile,
)
from fichaat.application.region_recovery import (
    AnswerRecovery,
    RecoveryRequest,
    make_request,
    use_answer,
)
from fichaat.application.verdict import BundleVerdict
from fichaat.application.verify_bundle import VerifyBundle
from fichaat.bootstrap.adapters import Adapters
from fichaat.bootstrap.session import Session
from fichaat.domain.errors import UserFacingError

if TYPE_CHECKING:
    from fichaat.storage.backup import BackupInfo
    from fichaat.storage.restore import Restored

_OPENING = (
    "fichaat.storage.data_folder",
    "fichaat.trust.device_key",
    "cryptography.hazmat.primitives.kdf.argon2",
)
"""What opening a data folder loads."""

_CHEAP = Argon2Cost(memory_kib=64, passes=1, lanes=1)
"""Guards nothing: for keys of people who do not exist."""


class Program(Adapters):
    """See `program.Program`: the program before any data folder is open."""

    def rehearsal(self, clock: Clock) -> "Program":
        """This program for people who do not exist: by another clock, with keys that are cheap to
        open, so that a whole region acts in a minute.
        """
        from fichaat.trust.key_slots import LocalKeyWrapper
        from fichaat.trust.region_key import LocalRegionKeys

        program = Program(self._settings)
        program.clock = clock
        program.keys = LocalKeyWrapper(cost=_CHEAP)
        program.region_keys = LocalRegionKeys(cost=_CHEAP)
        return program

    def demand(self, folder: Path) -> None:
        """Raises:
        UserFacingError: "perfil.missing", "storage.files_missing" (half of one is here).
        """
        if self.exists(folder):
            return
        try:
            self.data_folder(folder).open()
        except UserFacingError as error:
            if error.code == "storage.missing":
                raise UserFacingError("perfil.missing") from None
            raise

    def check_profile(self, wanted: NewProfile) -> None:
        """Raises:
        UserFacingError: "perfil.*": what was said makes no profile.
        """
        make_profile(wanted, self.territorio)

    def create(self, folder: Path, wanted: NewProfile, passphrase: str) -> tuple[str, ...]:
        """Make a profile; the words of its recovery code.

        Raises:
            UserFacingError: "perfil.*", "storage.*", "system.*".
        """
        from fichaat.trust.age_key import create_age_identity
        from fichaat.trust.device_key import create_device_key

        profile = make_profile(wanted, self.territorio)
        stored = create_device_key(self.clock.now())
        age, chain = create_age_identity(), self.ids.new_id()
        recovery = self.keys.new_recovery_code()

        def found(tx: Transaction) -> None:
            found_profile(tx, profile, stored, age, chain)

        self.data_folder(folder).create(passphrase, " ".join(recovery), found).close()
        return recovery

    @contextmanager
    def open(self, folder: Path, passphrase: str) -> Iterator[Session]:
        """Raises:
        UserFacingError: "perfil.missing", "storage.*".
        """
        session = self.unlock(folder, passphrase)
        try:
            yield session
        finally:
            session.close()

    def unlock(self, folder: Path, passphrase: str) -> Session:
        """Open a data folder until `Session.close`.

        Raises:
            UserFacingError: "perfil.missing", "storage.*".
        """
        from fichaat.trust.device_key import LocalDeviceKey

        store = self.data_folder(folder).open(passphrase=passphrase)
        try:
            with store.read() as reader:
                profile = read_profile(reader)
                key = LocalDeviceKey(read_device_key(reader))
                territorio = kept_territorio(reader, self.territorio).copy()
        except BaseException:
            store.close()
            raise
        here = Installation(store, profile, key, self.clock, self.ids, territorio, self.version)
        session = Session(self, here, folder, self.data_folder(folder).open_slots(store))
        session.keep_region_slot.attempt()
        return session

    def change_passphrase(self, folder: Path, current: str, new: str) -> None:
        """Raises:
        UserFacingError: "storage.wrong_passphrase", "system.*".
        """
        self.data_folder(folder).change_passphrase(new, passphrase=current)

    def recover(self, folder: Path, code: str, new: str) -> None:
        """Give a new passphrase to a data folder with its recovery code."""
        self.data_folder(folder).change_passphrase(new, recovery=code)

    def recovery_request(self, folder: Path) -> RecoveryRequest:
        """What asks the region to open a data folder; no secret is needed.

        Raises:
            UserFacingError: "storage.missing", "recuperacion.no_slot", "storage.*".
        """
        slot = self.data_folder(folder).region_slot()
        return make_request(slot, self.clock.now(), self.fingerprint_words)

    @cached_property
    def answer_recovery(self) -> AnswerRecovery:
        return AnswerRecovery(self.keys, self.region_slots, self.fingerprint_words)

    def recover_by_region(self, folder: Path, answer: bytes, words: str, new: str) -> None:
        """Give a new passphrase to a data folder with an answer of the region.

        Raises:
            UserFacingError: "recuperacion.*", "trust.recovery_code", "storage.*", "system.*".
        """
        data = self.data_folder(folder)
        use_answer(answer, data.region_slot(), words, partial(data.recover, new))

    def warm_up(self) -> None:
        """Load what opening a data folder needs, while the person types the passphrase."""
        for name in _OPENING:
            import_module(name)
        self.territorio.get("")

    def recovery_sheet(self, profile: NewProfile, words: Sequence[str]) -> bytes:
        """The paper that keeps the words of the recovery code, as PDF."""
        from fichaat.reports.recovery_sheet import render_recovery_sheet

        return render_recovery_sheet(profile, words, self.clock.now())

    def backups(self, folder: Path) -> Sequence["BackupInfo"]:
        """The snapshots of a folder, newest first."""
        from fichaat.storage.backup import list_backups

        return list_backups(folder)

    def restore(
        self, snapshot: Path, folder: Path, passphrase: str, progress: Progress
    ) -> "Restored":
        """Bring a snapshot back into a data folder, as a new chain."""
        return self.data_folder(folder).restore(
            snapshot,
            self.ids.new_id(),
            self.clock.now(),
            passphrase=passphrase,
            progress=progress,
        )

    def verify(
        self, path: Path, here: Installation | None, progress: Progress, cancel: CancelToken
    ) -> BundleVerdict:
        return VerifyBundle(self.reader_of(here))(path, here, progress, cancel)

    def blank_form(self) -> bytes:
        return self.renderer.render_blank()
