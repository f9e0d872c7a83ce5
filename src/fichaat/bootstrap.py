"""The only composition root: joins settings, engine, adapters and use cases for whoever asks.

Everything heavy is imported where it is first needed: help and `paquete verificar` touch neither
the database nor the renderer.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from fichaat import __version__
from fichaat.application.add_evidence import AddEvidence
from fichaat.application.annul_ficha import AnnulFicha
from fichaat.application.export_bundle import ExportBundle
from fichaat.application.import_bundle import ImportBundle, VerifyBundle
from fichaat.application.import_fichas import ImportFichas
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.papers import Papers
from fichaat.application.ports import (
    BundleReader,
    BundleWriter,
    Clock,
    IdGenerator,
    Integrity,
    KeyWrapper,
    PaperRenderer,
    Store,
    Transaction,
)
from fichaat.application.print_ficha import PrintFicha
from fichaat.application.profiles import (
    NewProfile,
    found_profile,
    make_profile,
    read_device_key,
    read_profile,
)
from fichaat.application.queries import Queries
from fichaat.application.rectify_ficha import RectifyFicha
from fichaat.application.request_credential import RequestCredential
from fichaat.application.save_draft import DiscardDraft
from fichaat.application.seal_ficha import SealFicha
from fichaat.application.seed_fichas import SeedFichas
from fichaat.application.sign_ficha import SignFicha
from fichaat.application.verdict import BundleVerdict
from fichaat.domain.errors import UserFacingError
from fichaat.domain.territorio import Territorio
from fichaat.system.ids import Uuid7Ids
from fichaat.system.log import LogFile
from fichaat.system.paths import resource
from fichaat.system.settings import RELOJ, Settings
from fichaat.system.territorio_file import load_territorio
from fichaat.texts import message

if TYPE_CHECKING:
    from fichaat.storage.backup import BackupInfo
    from fichaat.storage.data_folder import DataFolder
    from fichaat.storage.restore import Restored
    from fichaat.trust.service import TrustService


def run(argv: Sequence[str], environ: Mapping[str, str] | None = None) -> int:
    """Run one command; its exit code.

    Args:
        argv: the arguments after the program's name.
        environ: where `FICHAAT_*` is looked up; the environment of the process where None.
    """
    from fichaat.cli.runner import run as run_command

    program = Program(Settings.of(os.environ if environ is None else environ))
    try:
        return run_command(program, argv)
    finally:
        program.close()


class Program:
    """See `cli.context.Program`: the program before any data folder is open."""

    version = __version__

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._log: LogFile | None = None

    @cached_property
    def clock(self) -> Clock:
        """Raises:
        UserFacingError: "system.clock".
        """
        return self._settings.clock()

    @cached_property
    def ids(self) -> IdGenerator:
        return Uuid7Ids()

    @cached_property
    def territorio(self) -> Territorio:
        return load_territorio()

    @cached_property
    def trust(self) -> "TrustService":
        from fichaat.trust.service import TrustService

        return TrustService()

    @cached_property
    def bundle_reader(self) -> BundleReader:
        from fichaat.bundle.reader import StrictBundleReader

        return StrictBundleReader(self.trust)

    @cached_property
    def bundle_writer(self) -> BundleWriter:
        from fichaat.bundle.writer import StrictBundleWriter

        return StrictBundleWriter()

    @cached_property
    def renderer(self) -> PaperRenderer:
        from fichaat.reports.ficha_pdf import ReportlabPaperRenderer

        return ReportlabPaperRenderer()

    @cached_property
    def keys(self) -> KeyWrapper:
        from fichaat.trust.key_slots import LocalKeyWrapper

        return LocalKeyWrapper()

    def folder(self, chosen: str | None) -> Path:
        """The data folder that a command works on."""
        return self._settings.folder(chosen)

    def practice_folder(self, chosen: str | None) -> Path:
        """Where a practice profile is made."""
        return self._settings.practice_folder(chosen)

    def passphrase_in_file(self) -> str | None:
        """What `FICHAAT_CLAVE_ARCHIVO` holds."""
        return self._settings.passphrase()

    def exists(self, folder: Path) -> bool:
        return self._data(folder).exists()

    def demand(self, folder: Path) -> None:
        """Raises:
        UserFacingError: "perfil.missing", "storage.files_missing" (half of one is here).
        """
        data = self._data(folder)
        if data.exists():
            return
        try:
            data.open()
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

        self._data(folder).create(passphrase, " ".join(recovery), found).close()
        return recovery

    @contextmanager
    def open(self, folder: Path, passphrase: str) -> Iterator["Session"]:
        """Raises:
        UserFacingError: "perfil.missing", "storage.*".
        """
        from fichaat.trust.device_key import LocalDeviceKey

        store = self._data(folder).open(passphrase=passphrase)
        try:
            with store.read() as reader:
                profile = read_profile(reader)
                key = LocalDeviceKey(read_device_key(reader))
            here = Installation(
                store, profile, key, self.clock, self.ids, self.territorio, self.version
            )
            yield Session(self, here, folder)
        finally:
            store.close()

    def change_passphrase(self, folder: Path, current: str, new: str) -> None:
        """Raises:
        UserFacingError: "storage.wrong_passphrase", "system.*".
        """
        self._data(folder).change_passphrase(new, passphrase=current)

    def recover(self, folder: Path, code: str, new: str) -> None:
        """Give a new passphrase to a data folder with its recovery code."""
        self._data(folder).change_passphrase(new, recovery=code)

    def backups(self, folder: Path) -> Sequence["BackupInfo"]:
        """The snapshots of a folder, newest first."""
        from fichaat.storage.backup import list_backups

        return list_backups(folder)

    def backup_folder(self, folder: Path) -> Path:
        """Where the backups of a data folder are kept unless another folder is named."""
        return self._data(folder).backups

    def restore(
        self, snapshot: Path, folder: Path, passphrase: str, progress: Progress
    ) -> "Restored":
        """Bring a snapshot back into a data folder, as a new chain."""
        return self._data(folder).restore(
            snapshot,
            self.ids.new_id(),
            self.clock.now(),
            passphrase=passphrase,
            progress=progress,
        )

    def verify(
        self, path: Path, here: Installation | None, progress: Progress, cancel: CancelToken
    ) -> BundleVerdict:
        return VerifyBundle(self.bundle_reader)(path, here, progress, cancel)

    def fingerprint_words(self, device: str) -> tuple[str, ...]:
        return self.trust.fingerprint_words(device)

    def blank_form(self) -> bytes:
        return self.renderer.render_blank()

    def note(self, folder: Path) -> None:
        """Log what is unusual about this run before it begins."""
        if self._settings.reloj is not None:
            moment = self.clock.now().isoformat()
            self._log_of(folder).note(f"{RELOJ} replaces the clock: {moment}")

    def log_bug(self, error: BaseException, folder: Path | None) -> Path | None:
        """Keep a traceback; the file it is in."""
        log = self._log_of(folder)
        log.bug(error)
        return log.path

    def resource(self, *parts: str) -> Path:
        return resource(*parts)

    def close(self) -> None:
        if self._log is not None:
            self._log.close()

    def _log_of(self, folder: Path | None) -> LogFile:
        if self._log is None:
            self._log = LogFile(folder)
        return self._log

    def _data(self, folder: Path) -> "DataFolder":
        from fichaat.storage.data_folder import DataFolder

        return DataFolder(folder, self.keys)


class Session:
    """See `cli.context.Session`: one open data folder and everything that can be done with it."""

    def __init__(self, program: Program, here: Installation, folder: Path) -> None:
        self._program = program
        self.here = here
        self.folder = folder

    @property
    def store(self) -> Store:
        return self.here.store

    @cached_property
    def papers(self) -> Papers:
        return Papers(self._program.renderer, self.here, message)

    @cached_property
    def import_fichas(self) -> ImportFichas:
        return ImportFichas(self.here)

    @cached_property
    def seal(self) -> SealFicha:
        return SealFicha(self.here)

    @cached_property
    def sign(self) -> SignFicha:
        return SignFicha(self.here)

    @cached_property
    def rectify(self) -> RectifyFicha:
        return RectifyFicha(self.here)

    @cached_property
    def annul(self) -> AnnulFicha:
        return AnnulFicha(self.here)

    @cached_property
    def discard(self) -> DiscardDraft:
        return DiscardDraft(self.here)

    @cached_property
    def add_evidence(self) -> AddEvidence:
        return AddEvidence(self.here)

    @cached_property
    def print_ficha(self) -> PrintFicha:
        return PrintFicha(self.here, self.papers)

    @cached_property
    def queries(self) -> Queries:
        return Queries(self.here)

    @cached_property
    def export(self) -> ExportBundle:
        from fichaat.bundle import names

        return ExportBundle(self.here, self._program.bundle_writer, names, self.papers)

    @cached_property
    def import_bundle(self) -> ImportBundle:
        return ImportBundle(self.here, self._program.bundle_reader)

    @cached_property
    def request(self) -> RequestCredential:
        from fichaat.bundle import names

        return RequestCredential(self.here, self._program.bundle_writer, names)

    @cached_property
    def seed(self) -> SeedFichas:
        return SeedFichas(self.here)

    def check(self, progress: Progress, cancel: CancelToken) -> Integrity:
        """Compare everything stored with what it should be."""
        return self.store.check(self._program.trust, progress, cancel)

    def rebuild(self, progress: Progress, cancel: CancelToken) -> Integrity:
        """Make every projection anew."""
        return self.store.rebuild(progress, cancel)

    def backup(self, folder: Path | None, progress: Progress) -> Path:
        """Write a snapshot, beside the data where no folder is named."""
        target = self._program.backup_folder(self.folder) if folder is None else folder
        return self.store.backup(target, self.here.clock.now(), progress)
