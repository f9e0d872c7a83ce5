"""What touches the world outside, made when it is first needed.

Help and `paquete verificar` touch neither the database nor the renderer.
"""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from fichaat.application.installation import Installation
from fichaat.application.ports.bundles import BundleReader, BundleWriter, Envelope
from fichaat.application.ports.keys import IdGenerator, RegionKeys
from fichaat.application.ports.papers import PaperRenderer, Workbooks
from fichaat.application.ports.slots import KeyWrapper, RegionSlots
from fichaat.application.profiles import (
    age_identities,
)
from fichaat.domain.territorio import Territorio
from fichaat.system.chosen_target import write_chosen
from fichaat.system.ids import Uuid7Ids
from fichaat.system.outside import Outside
from fichaat.system.territorio_file import load_territorio

if TYPE_CHECKING:
    from fichaat.storage.data_folder import DataFolder
    from fichaat.trust.service import TrustService


class Adapters(Outside):
    """One of each, shared by everything that needs it."""

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

    @cached_property
    def region_slots(self) -> RegionSlots:
        from fichaat.trust.region_slot import AgeRegionSlots

        return AgeRegionSlots()

    @cached_property
    def workbooks(self) -> Workbooks:
        from fichaat.reports.workbooks import XlsxWorkbooks

        return XlsxWorkbooks()

    def data_folder(self, folder: Path) -> "DataFolder":
        """The files of a profile."""
        from fichaat.storage.data_folder import DataFolder

        return DataFolder(folder, self.keys)

    def backup_folder(self, folder: Path) -> Path:
        """Where the backups of a data folder are kept unless another folder is named."""
        return self.data_folder(folder).backups

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

    def write_file(self, path: Path, data: bytes) -> None:
        """Write a whole file that only this person may read, or leave the old one.

        Raises:
            UserFacingError: as `write_chosen`.
        """
        write_chosen(path, data, mode=0o600)
