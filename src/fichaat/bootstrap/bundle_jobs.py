"""What is done with bundles: sent, received, answered, uploaded."""

from collections.abc import Sequence
from functools import cached_property

from fichaat.application.answers import AnswerSenders
from fichaat.application.delivery import ReadDelivery
from fichaat.application.export_bundle import ExportBundle
from fichaat.application.import_bundle import ImportBundle
from fichaat.application.jobs import CancelToken
from fichaat.application.observed import ReadObserved
from fichaat.application.ports.bundles import BundleWriter, ReceivedRoom
from fichaat.application.preview_bundle import PreviewBundle
from fichaat.application.receive_bundles import ReceiveBundles
from fichaat.application.reception import ReadReception
from fichaat.application.repository.build import BuildRepository, Tools
from fichaat.application.repository.records import RecordFiles
from fichaat.application.set_aside import SetAside
from fichaat.application.verify_bundle import VerifyBundle
from fichaat.bootstrap.ficha_jobs import FichaJobs
from fichaat.bootstrap.region_jobs import RegionJobs
from fichaat.system.profile_files import RECEIVED
from fichaat.texts import message


class BundleJobs(FichaJobs, RegionJobs):
    """See `session.BundleJobs`."""

    @cached_property
    def export(self) -> ExportBundle:
        from fichaat.bundle import names

        return ExportBundle(
            self.here, self._adapters.bundle_writer, names, self.papers, self.writer_for
        )

    def writer_for(self, recipients: Sequence[str], cancel: CancelToken) -> BundleWriter:
        """Writes bundles that only these age recipients can open."""
        from fichaat.bundle.sealed import SealedBundleWriter

        return SealedBundleWriter(self._adapters.envelope, recipients, self.folder, cancel)

    @cached_property
    def build_repository(self) -> BuildRepository:
        from fichaat.bundle import names
        from fichaat.system.repository_folder import DiskFolder

        records = RecordFiles(self.here, self._adapters.bundle_writer, names)
        tools = Tools(self.papers, self.workbooks, records, DiskFolder, message)
        return BuildRepository(self.here, tools)

    @cached_property
    def delivery(self) -> ReadDelivery:
        return ReadDelivery(self.here)

    @cached_property
    def import_bundle(self) -> ImportBundle:
        return ImportBundle(
            self.here, self._reader, self.received_files, self.keep_region_slot.attempt
        )

    @cached_property
    def received_files(self) -> ReceivedRoom:
        from fichaat.bundle.received import ReceivedFolder

        return ReceivedFolder(self.folder / RECEIVED, self._adapters.envelope)

    @cached_property
    def receive_bundles(self) -> ReceiveBundles:
        return ReceiveBundles(self.import_bundle)

    @cached_property
    def set_aside(self) -> SetAside:
        return SetAside(self.here)

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
