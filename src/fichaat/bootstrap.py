"""The only composition root: joins settings, engine, adapters and use cases for whoever asks.

Everything heavy is imported where it is first needed: help and `paquete verificar` touch neither
the database nor the renderer.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from fichaat.application.acuerdos.add_evento import AddEvento
from fichaat.application.acuerdos.event_sheet import EventSheet
from fichaat.application.acuerdos.list_acuerdos import ListAcuerdos
from fichaat.application.acuerdos.matrix import WriteMatrix
from fichaat.application.acuerdos.read_acuerdo import ReadAcuerdo
from fichaat.application.add_evidence import AddEvidence
from fichaat.application.annul_ficha import AnnulFicha
from fichaat.application.answers import AnswerSenders
from fichaat.application.attach_files import AttachFiles
from fichaat.application.catalogue.catalogue_files import CatalogueFiles
from fichaat.application.catalogue.edit_catalogue import EditCatalogue
from fichaat.application.catalogue.publish_catalogue import PublishCatalogue
from fichaat.application.catalogue.read_catalogue import ReadCatalogue
from fichaat.application.catalogue.update_ubigeo import UpdateUbigeo, kept_territorio
from fichaat.application.coverage import CoverageReport, ReadCoverage
from fichaat.application.delivery import ReadDelivery
from fichaat.application.edit_ficha import EditFicha
from fichaat.application.export_bundle import ExportBundle
from fichaat.application.export_coverage import ExportCoverage
from fichaat.application.export_list import ExportList
from fichaat.application.fichas_book import FichasBook
from fichaat.application.import_bundle import ImportBundle, VerifyBundle
from fichaat.application.import_fichas import ImportFichas
from fichaat.application.inicio import ReadPanorama
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.keep_stroke import KeepStroke
from fichaat.application.list_fichas import ListFichas
from fichaat.application.observed import ReadObserved
from fichaat.application.papers import Papers
from fichaat.application.ports.bundles import BundleReader, BundleWriter, Envelope
from fichaat.application.ports.keys import Clock, IdGenerator, RegionKeys
from fichaat.application.ports.papers import PaperRenderer, Workbooks
from fichaat.application.ports.rows import Integrity
from fichaat.application.ports.slots import Argon2Cost, KeyWrapper, RegionSlots, SlotFile
from fichaat.application.ports.store import Store, Transaction
from fichaat.application.preview_bundle import PreviewBundle
from fichaat.application.print_ficha import PrintFicha
from fichaat.application.profiles import (
    NewProfile,
    age_identities,
    found_profile,
    make_profile,
    read_device_key,
    read_profile,
)
from fichaat.application.queries import Queries
from fichaat.application.read_review import ReadReview
from fichaat.application.read_sealed import ReadSealed
from fichaat.application.receive_bundles import ReceiveBundles
from fichaat.application.reception import ReadReception
from fichaat.application.rectify_ficha import RectifyFicha
from fichaat.application.region.approve_devices import ApproveDevices
from fichaat.application.region.believe_region import AcceptRegion, OpenRegion
from fichaat.application.region.change_devices import (
    RelieveDevice,
    RenewCredential,
    RevokeDevice,
)
from fichaat.application.region.create_region import CreateRegion
from fichaat.application.region.devices import ReadDevices
from fichaat.application.region.read_region import ReadRegion
from fichaat.application.region.requests import ReadRequest
from fichaat.application.region_recovery import (
    AnswerRecovery,
    KeepRegionSlot,
    RecoveryRequest,
    make_request,
    use_answer,
)
from fichaat.application.repository.build import BuildRepository, Tools
from fichaat.application.repository.records import RecordFiles
from fichaat.application.request_credential import RequestCredential
from fichaat.application.review_ficha import ReviewFicha
from fichaat.application.review_queue import ReviewQueue
from fichaat.application.save_draft import DiscardDraft, RestoreDraft, SaveDraft
from fichaat.application.seal_ficha import SealFicha
from fichaat.application.seed_fichas import SeedFichas
from fichaat.application.sheets import Workbook
from fichaat.application.sign_ficha import SignFicha
from fichaat.application.signatures import Signatures
from fichaat.application.start_visit import StartVisit
from fichaat.application.verdict import BundleVerdict
from fichaat.domain.errors import UserFacingError
from fichaat.domain.territorio import Territorio
from fichaat.system.atomic import atomic_write
from fichaat.system.chosen_file import read_chosen
from fichaat.system.ids import Uuid7Ids
from fichaat.system.outside import Outside
from fichaat.system.profile_files import RECEIVED
from fichaat.system.settings import Settings
from fichaat.system.territorio_file import load_territorio
from fichaat.texts import message

if TYPE_CHECKING:
    from fichaat.storage.backup import BackupInfo
    from fichaat.storage.data_folder import DataFolder
    from fichaat.storage.restore import Restored
    from fichaat.trust.service import TrustService

_OPENING = (
    "fichaat.storage.data_folder",
    "fichaat.trust.device_key",
    "cryptography.hazmat.primitives.kdf.argon2",
)
"""What opening a data folder loads."""

_CHEAP = Argon2Cost(memory_kib=64, passes=1, lanes=1)
"""Guards nothing: for keys of people who do not exist."""


def run(argv: Sequence[str], environ: Mapping[str, str] | None = None) -> int:
    """Run one command; its exit code.

    Args:
        argv: the arguments after the program's name.
        environ: where `FICHAAT_*` is looked up; the environment of the process where None.
    """
    program = Program(Settings.of(os.environ if environ is None else environ))
    try:
        from fichaat.cli.runner import run as run_command

        return run_command(program, argv)
    finally:
        program.close()


class Program(Outside):
    """See `program.Program`: the program before any data folder is open."""

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
    def envelope(self) -> Envelope:
        from fichaat.trust.envelope import AgeEnvelope

        return AgeEnvelope()

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

    @cached_property
    def region_keys(self) -> RegionKeys:
        from fichaat.trust.region_key import LocalRegionKeys

        return LocalRegionKeys()

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
    def open(self, folder: Path, passphrase: str) -> Iterator["Session"]:
        """Raises:
        UserFacingError: "perfil.missing", "storage.*".
        """
        session = self.unlock(folder, passphrase)
        try:
            yield session
        finally:
            session.close()

    def unlock(self, folder: Path, passphrase: str) -> "Session":
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
                territorio = kept_territorio(reader, self.territorio)
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

    @cached_property
    def region_slots(self) -> RegionSlots:
        from fichaat.trust.region_slot import AgeRegionSlots

        return AgeRegionSlots()

    @cached_property
    def workbooks(self) -> Workbooks:
        from fichaat.reports.workbooks import XlsxWorkbooks

        return XlsxWorkbooks()

    def warm_up(self) -> None:
        """Load what opening a data folder needs, while the person types the passphrase."""
        for name in _OPENING:
            import_module(name)
        self.territorio.get("")

    def recovery_sheet(self, profile: NewProfile, words: Sequence[str]) -> bytes:
        """The paper that keeps the words of the recovery code, as PDF."""
        from fichaat.reports.recovery_sheet import render_recovery_sheet

        return render_recovery_sheet(profile, words, self.clock.now())

    def write_file(self, path: Path, data: bytes) -> None:
        """Write a whole file that only this person may read, or leave the old one.

        Raises:
            UserFacingError: "system.*".
        """
        atomic_write(path, data, mode=0o600)

    def backups(self, folder: Path) -> Sequence["BackupInfo"]:
        """The snapshots of a folder, newest first."""
        from fichaat.storage.backup import list_backups

        return list_backups(folder)

    def backup_folder(self, folder: Path) -> Path:
        """Where the backups of a data folder are kept unless another folder is named."""
        return self.data_folder(folder).backups

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

    def reader_of(self, here: Installation | None, scratch: Path | None = None) -> BundleReader:
        """Opens bundles, also those in an envelope for this installation.

        Args:
            here: whose envelopes can be opened; nobody's where None.
            scratch: the folder where the content of an envelope stands meanwhile.
        """
        from fichaat.bundle.reader import StrictBundleReader
        from fichaat.bundle.sealed import SealedBundleReader

        def identities() -> Sequence[str]:
            if here is None:
                return ()
            with here.store.read() as reader:
                return age_identities(reader)

        strict = StrictBundleReader(self.trust)
        return SealedBundleReader(strict, self.envelope, identities, scratch)

    def fingerprint_words(self, device: str) -> tuple[str, ...]:
        return self.trust.fingerprint_words(device)

    def blank_form(self) -> bytes:
        return self.renderer.render_blank()

    def data_folder(self, folder: Path) -> "DataFolder":
        """The files of a profile."""
        from fichaat.storage.data_folder import DataFolder

        return DataFolder(folder, self.keys)


class Session:
    """See `program.Session`: one open data folder and everything that can be done with it."""

    def __init__(self, program: Program, here: Installation, folder: Path, slots: SlotFile) -> None:
        self._program = program
        self._slots = slots
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
    def fichas_book(self) -> FichasBook:
        return FichasBook(self.here, self.workbooks, self.import_fichas, message)

    @cached_property
    def seal(self) -> SealFicha:
        return SealFicha(self.here)

    @cached_property
    def sign(self) -> SignFicha:
        return SignFicha(self.here)

    @cached_property
    def signatures(self) -> Signatures:
        return Signatures(self.here)

    @cached_property
    def keep_stroke(self) -> KeepStroke:
        return KeepStroke(self.here)

    @cached_property
    def rectify(self) -> RectifyFicha:
        return RectifyFicha(self.here)

    @cached_property
    def annul(self) -> AnnulFicha:
        return AnnulFicha(self.here)

    @cached_property
    def edit(self) -> EditFicha:
        return EditFicha(self.here)

    @cached_property
    def save_draft(self) -> SaveDraft:
        return SaveDraft(self.here)

    @cached_property
    def attach(self) -> AttachFiles:
        return AttachFiles(self.here)

    @cached_property
    def discard(self) -> DiscardDraft:
        return DiscardDraft(self.here)

    @cached_property
    def restore_draft(self) -> RestoreDraft:
        return RestoreDraft(self.here)

    @cached_property
    def start_visit(self) -> StartVisit:
        return StartVisit(self.here)

    @cached_property
    def panorama(self) -> ReadPanorama:
        return ReadPanorama(self.here)

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
    def list_fichas(self) -> ListFichas:
        return ListFichas(self.here)

    @cached_property
    def export_list(self) -> ExportList:
        return ExportList(self.here, self.list_fichas, self.workbooks, atomic_write, message)

    @cached_property
    def read_sealed(self) -> ReadSealed:
        return ReadSealed(self.here)

    @cached_property
    def export(self) -> ExportBundle:
        from fichaat.bundle import names

        return ExportBundle(
            self.here, self._program.bundle_writer, names, self.papers, self.writer_for
        )

    def writer_for(self, recipients: Sequence[str], cancel: CancelToken) -> BundleWriter:
        """Writes bundles that only these age recipients can open."""
        from fichaat.bundle.sealed import SealedBundleWriter

        return SealedBundleWriter(self._program.envelope, recipients, self.folder, cancel)

    @cached_property
    def build_repository(self) -> BuildRepository:
        from fichaat.bundle import names
        from fichaat.system.repository_folder import DiskFolder

        records = RecordFiles(self.here, self._program.bundle_writer, names)
        tools = Tools(self.papers, self.workbooks, records, DiskFolder, message)
        return BuildRepository(self.here, tools)

    @cached_property
    def delivery(self) -> ReadDelivery:
        return ReadDelivery(self.here)

    @cached_property
    def import_bundle(self) -> ImportBundle:
        from fichaat.bundle.received import ReceivedFolder

        received = ReceivedFolder(self.folder / RECEIVED, self._program.envelope)
        return ImportBundle(self.here, self._reader, received, self.keep_region_slot.attempt)

    @cached_property
    def keep_region_slot(self) -> KeepRegionSlot:
        return KeepRegionSlot(self.here, self._slots, self._program.region_slots)

    @cached_property
    def receive_bundles(self) -> ReceiveBundles:
        return ReceiveBundles(self.import_bundle)

    @cached_property
    def reception(self) -> ReadReception:
        return ReadReception(self.here, self.devices)

    @cached_property
    def observed(self) -> ReadObserved:
        return ReadObserved(self.here, self.rectify)

    @cached_property
    def answer_senders(self) -> AnswerSenders:
        return AnswerSenders(self.here, self.export)

    @cached_property
    def preview_bundle(self) -> PreviewBundle:
        return PreviewBundle(self.here, VerifyBundle(self._reader))

    @cached_property
    def _reader(self) -> BundleReader:
        return self._program.reader_of(self.here, self.folder)

    @cached_property
    def request(self) -> RequestCredential:
        from fichaat.bundle import names

        return RequestCredential(self.here, self._program.bundle_writer, names)

    @cached_property
    def create_region(self) -> CreateRegion:
        program = self._program
        return CreateRegion(self.here, program.trust, program.region_keys, program.write_file)

    @cached_property
    def open_region(self) -> OpenRegion:
        return OpenRegion(self.here)

    @cached_property
    def accept_region(self) -> AcceptRegion:
        return AcceptRegion(self.here, self._program.trust)

    @cached_property
    def read_region(self) -> ReadRegion:
        return ReadRegion(self.here, self._program.trust)

    @cached_property
    def read_request(self) -> ReadRequest:
        return ReadRequest(self.here, self._reader)

    @cached_property
    def devices(self) -> ReadDevices:
        return ReadDevices(self.here, self._program.trust)

    @cached_property
    def approve_devices(self) -> ApproveDevices:
        return ApproveDevices(self.here, self._program.trust)

    @cached_property
    def renew_credential(self) -> RenewCredential:
        return RenewCredential(self.here)

    @cached_property
    def revoke_device(self) -> RevokeDevice:
        return RevokeDevice(self.here)

    @cached_property
    def relieve_device(self) -> RelieveDevice:
        return RelieveDevice(self.here)

    @cached_property
    def review(self) -> ReviewFicha:
        return ReviewFicha(self.here)

    @cached_property
    def review_queue(self) -> ReviewQueue:
        return ReviewQueue(self.here)

    @cached_property
    def read_review(self) -> ReadReview:
        return ReadReview(self.here, self.review_queue)

    @cached_property
    def coverage(self) -> ReadCoverage:
        return ReadCoverage(self.here)

    @cached_property
    def export_coverage(self) -> ExportCoverage:
        def sheets(report: CoverageReport) -> Workbook:
            from fichaat.reports.coverage_sheets import coverage_workbook

            return coverage_workbook(report)

        def paper(report: CoverageReport) -> bytes:
            from fichaat.reports.coverage_pdf import render_coverage

            return render_coverage(report)

        return ExportCoverage(self.here, self._program.workbooks, sheets, paper, atomic_write)

    @property
    def workbooks(self) -> Workbooks:
        return self._program.workbooks

    @cached_property
    def catalogue(self) -> ReadCatalogue:
        return ReadCatalogue(self.here)

    @cached_property
    def edit_catalogue(self) -> EditCatalogue:
        return EditCatalogue(self.here)

    @cached_property
    def publish_catalogue(self) -> PublishCatalogue:
        return PublishCatalogue(self.here)

    @cached_property
    def catalogue_files(self) -> CatalogueFiles:
        return CatalogueFiles(self.here, self.workbooks, read_chosen, atomic_write)

    @cached_property
    def update_ubigeo(self) -> UpdateUbigeo:
        return UpdateUbigeo(self.here, load_territorio, read_chosen)

    @cached_property
    def list_acuerdos(self) -> ListAcuerdos:
        return ListAcuerdos(self.here)

    @cached_property
    def read_acuerdo(self) -> ReadAcuerdo:
        return ReadAcuerdo(self.here)

    @cached_property
    def add_evento(self) -> AddEvento:
        return AddEvento(self.here)

    @cached_property
    def write_matrix(self) -> WriteMatrix:
        return WriteMatrix(self.here, self.list_acuerdos)

    @cached_property
    def event_sheet(self) -> EventSheet:
        return EventSheet(self.here, self.list_acuerdos, self.add_evento, self.workbooks)

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

    def check_passphrase(self, passphrase: str) -> None:
        """Whether this passphrase opens these data, which stay open meanwhile.

        Raises:
            UserFacingError: "storage.wrong_passphrase", "storage.*".
        """
        self._program.data_folder(self.folder).check(passphrase)

    def change_passphrase(self, current: str, new: str) -> None:
        """Raises:
        UserFacingError: "storage.wrong_passphrase", "system.*".
        """
        self._program.data_folder(self.folder).rekey(new, passphrase=current)

    def recover(self, code: str, new: str) -> None:
        """Give these data a new passphrase with their recovery code.

        Raises:
            UserFacingError: "storage.wrong_recovery", "trust.recovery_code", "system.*".
        """
        self._program.data_folder(self.folder).rekey(new, recovery=code)

    def recovery_request(self) -> RecoveryRequest:
        """What asks the region to open these data, which stay open meanwhile.

        Raises:
            UserFacingError: "recuperacion.no_slot".
        """
        return self._program.recovery_request(self.folder)

    def recover_by_region(self, answer: bytes, words: str, new: str) -> None:
        """Give these data a new passphrase with an answer of the region.

        Raises:
            UserFacingError: "recuperacion.*", "trust.recovery_code", "system.*".
        """
        folder = self._program.data_folder(self.folder)
        use_answer(answer, folder.region_slot(), words, partial(folder.rekey_with, new))

    def close(self) -> None:
        """Let go of the data folder."""
        self.store.close()
