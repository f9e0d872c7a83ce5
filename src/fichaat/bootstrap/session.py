"""One open data folder and everything that can be done with it."""

from functools import partial
from pathlib import Path

from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.ports.rows import Integrity
from fichaat.application.region_recovery import RecoveryRequest, make_request, use_answer
from fichaat.bootstrap.bundle_jobs import BundleJobs
from fichaat.bootstrap.coordination_jobs import CoordinationJobs


class Session(BundleJobs, CoordinationJobs):
    """See `session.Session`."""

    def check(self, progress: Progress, cancel: CancelToken) -> Integrity:
        """Compare everything stored with what it should be."""
        return self.store.check(self._adapters.trust, progress, cancel)

    def rebuild(self, progress: Progress, cancel: CancelToken) -> Integrity:
        """Make every projection anew."""
        return self.store.rebuild(progress, cancel)

    def backup(self, folder: Path | None, progress: Progress) -> Path:
        """Write a snapshot, beside the data where no folder is named."""
        target = self._adapters.backup_folder(self.folder) if folder is None else folder
        return self.store.backup(target, self.here.clock.now(), progress)

    def check_passphrase(self, passphrase: str) -> None:
        """Whether this passphrase opens these data, which stay open meanwhile.

        Raises:
            UserFacingError: "storage.wrong_passphrase", "storage.*".
        """
        self._adapters.data_folder(self.folder).check(passphrase)

    def change_passphrase(self, current: str, new: str) -> None:
        """Raises:
        UserFacingError: "storage.wrong_passphrase", "system.*".
        """
        self._adapters.data_folder(self.folder).rekey(new, passphrase=current)
        self.keep_region_slot.attempt()

    def recover(self, code: str, new: str) -> None:
        """Give these data a new passphrase with their recovery code.

        Raises:
            UserFacingError: "storage.wrong_recovery", "trust.recovery_code", "system.*".
        """
        self._adapters.data_folder(self.folder).rekey(new, recovery=code)
        self.keep_region_slot.attempt()

    def recovery_request(self) -> RecoveryRequest:
        """What asks the region to open these data, which stay open meanwhile.

        Raises:
            UserFacingError: "recuperacion.no_slot".
        """
        slot = self._adapters.data_folder(self.folder).region_slot()
        return make_request(slot, self.here.clock.now(), self._adapters.fingerprint_words)

    def recover_by_region(self, answer: bytes, words: str, new: str) -> None:
        """Give these data a new passphrase with an answer of the region.

        Raises:
            UserFacingError: "recuperacion.*", "trust.recovery_code", "system.*".
        """
        folder = self._adapters.data_folder(self.folder)
        use_answer(answer, folder.region_slot(), words, partial(folder.rekey_with, new))
        self.keep_region_slot.attempt()

    def close(self) -> None:
        """Let go of the data folder."""
        self.store.close()
