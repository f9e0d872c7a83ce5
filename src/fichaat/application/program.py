"""What windows and commands receive from bootstrap: the program, and one open data folder."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

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
from fichaat.application.catalogue.update_ubigeo import UpdateUbigeo
from fichaat.application.coverage import ReadCoverage
from fichaat.application.delivery import ReadDelivery
from fichaat.application.edit_ficha import EditFicha
from fichaat.application.export_bundle import ExportBundle
from fichaat.application.export_coverage import ExportCoverage
from fichaat.application.export_list import ExportList
from fichaat.application.fichas_book import FichasBook
from fichaat.application.import_bundle import ImportBundle
from fichaat.application.import_fichas import ImportFichas
from fichaat.application.inicio import ReadPanorama
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.keep_stroke import KeepStroke
from fichaat.application.list_fichas import ListFichas
from fichaat.application.observed import ReadObserved
from fichaat.application.ports.keys import Clock, RegionKeys
from fichaat.application.ports.papers import Workbooks
from fichaat.application.ports.rows import Integrity
from fichaat.application.preview_bundle import PreviewBundle
from fichaat.application.print_ficha import PrintFicha
from fichaat.application.profiles import NewProfile
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
from fichaat.application.region_recovery import AnswerRecovery, KeepRegionSlot, RecoveryRequest
from fichaat.application.repository.build import BuildRepository
from fichaat.application.request_credential import RequestCredential
from fichaat.application.review_ficha import ReviewFicha
from fichaat.application.review_queue import ReviewQueue
from fichaat.application.save_draft import DiscardDraft, RestoreDraft, SaveDraft
from fichaat.application.seal_ficha import SealFicha
from fichaat.application.seed_fichas import SeedFichas
from fichaat.application.sign_ficha import SignFicha
from fichaat.application.signatures import Signatures
from fichaat.application.start_visit import StartVisit
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


class Session(Protocol):
    """One open data folder and everything that can be done with it."""

    @property
    def here(self) -> Installation: ...
    @property
    def folder(self) -> Path: ...
    @property
    def import_fichas(self) -> ImportFichas: ...
    @property
    def fichas_book(self) -> FichasBook: ...
    @property
    def seal(self) -> SealFicha: ...
    @property
    def sign(self) -> SignFicha: ...
    @property
    def signatures(self) -> Signatures: ...
    @property
    def keep_stroke(self) -> KeepStroke: ...
    @property
    def rectify(self) -> RectifyFicha: ...
    @property
    def annul(self) -> AnnulFicha: ...
    @property
    def edit(self) -> EditFicha: ...
    @property
    def save_draft(self) -> SaveDraft: ...
    @property
    def attach(self) -> AttachFiles: ...
    @property
    def discard(self) -> DiscardDraft: ...
    @property
    def restore_draft(self) -> RestoreDraft: ...
    @property
    def start_visit(self) -> StartVisit: ...
    @property
    def panorama(self) -> ReadPanorama: ...
    @property
    def add_evidence(self) -> AddEvidence: ...
    @property
    def print_ficha(self) -> PrintFicha: ...
    @property
    def queries(self) -> Queries: ...
    @property
    def list_fichas(self) -> ListFichas: ...
    @property
    def export_list(self) -> ExportList: ...
    @property
    def read_sealed(self) -> ReadSealed: ...
    @property
    def export(self) -> ExportBundle: ...
    @property
    def build_repository(self) -> BuildRepository: ...
    @property
    def delivery(self) -> ReadDelivery: ...
    @property
    def import_bundle(self) -> ImportBundle: ...
    @property
    def receive_bundles(self) -> ReceiveBundles: ...
    @property
    def reception(self) -> ReadReception: ...
    @property
    def observed(self) -> ReadObserved: ...
    @property
    def answer_senders(self) -> AnswerSenders: ...
    @property
    def preview_bundle(self) -> PreviewBundle: ...
    @property
    def request(self) -> RequestCredential: ...
    @property
    def create_region(self) -> CreateRegion: ...
    @property
    def open_region(self) -> OpenRegion: ...
    @property
    def accept_region(self) -> AcceptRegion: ...
    @property
    def read_region(self) -> ReadRegion: ...
    @property
    def read_request(self) -> ReadRequest: ...
    @property
    def devices(self) -> ReadDevices: ...
    @property
    def approve_devices(self) -> ApproveDevices: ...
    @property
    def renew_credential(self) -> RenewCredential: ...
    @property
    def revoke_device(self) -> RevokeDevice: ...
    @property
    def relieve_device(self) -> RelieveDevice: ...
    @property
    def review(self) -> ReviewFicha: ...
    @property
    def review_queue(self) -> ReviewQueue: ...
    @property
    def read_review(self) -> ReadReview: ...
    @property
    def coverage(self) -> ReadCoverage: ...
    @property
    def export_coverage(self) -> ExportCoverage: ...
    @property
    def workbooks(self) -> Workbooks:
        """Writes and reads XLSX."""
        ...

    @property
    def list_acuerdos(self) -> ListAcuerdos: ...
    @property
    def read_acuerdo(self) -> ReadAcuerdo: ...
    @property
    def add_evento(self) -> AddEvento: ...
    @property
    def write_matrix(self) -> WriteMatrix: ...
    @property
    def event_sheet(self) -> EventSheet: ...
    @property
    def catalogue(self) -> ReadCatalogue: ...
    @property
    def edit_catalogue(self) -> EditCatalogue: ...
    @property
    def publish_catalogue(self) -> PublishCatalogue: ...
    @property
    def catalogue_files(self) -> CatalogueFiles: ...
    @property
    def update_ubigeo(self) -> UpdateUbigeo: ...
    @property
    def seed(self) -> SeedFichas: ...
    def check(self, progress: Progress, cancel: CancelToken) -> Integrity:
        """Compare everything stored with what it should be."""
        ...

    def rebuild(self, progress: Progress, cancel: CancelToken) -> Integrity:
        """Make every projection anew."""
        ...

    def backup(self, folder: Path | None, progress: Progress) -> Path:
        """Write a snapshot, beside the data where no folder is named."""
        ...

    def check_passphrase(self, passphrase: str) -> None:
        """Whether this passphrase opens these data, which stay open meanwhile.

        Raises:
            UserFacingError: "storage.wrong_passphrase", "storage.*".
        """
        ...

    def change_passphrase(self, current: str, new: str) -> None:
        """Raises:
        UserFacingError: "storage.wrong_passphrase", "system.*".
        """
        ...

    def recover(self, code: str, new: str) -> None:
        """Give these data a new passphrase with their recovery code.

        Raises:
            UserFacingError: "storage.wrong_recovery", "trust.recovery_code", "system.*".
        """
        ...

    @property
    def keep_region_slot(self) -> KeepRegionSlot: ...
    def recovery_request(self) -> RecoveryRequest:
        """What asks the region to open these data, which stay open meanwhile.

        Raises:
            UserFacingError: "recuperacion.no_slot".
        """
        ...

    def recover_by_region(self, answer: bytes, words: str, new: str) -> None:
        """Give these data a new passphrase with an answer of the region.

        Raises:
            UserFacingError: "recuperacion.*", "trust.recovery_code", "system.*".
        """
        ...

    def close(self) -> None:
        """Let go of the data folder."""
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
