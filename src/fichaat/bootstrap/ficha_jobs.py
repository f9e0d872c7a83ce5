"""What is done with visits: drafts, signatures, seals, papers, lists."""

from functools import cached_property

from fichaat.application.add_evidence import AddEvidence
from fichaat.application.annul_ficha import AnnulFicha
from fichaat.application.attach_files import AttachFiles
from fichaat.application.edit_ficha import EditFicha
from fichaat.application.export_list import ExportList
from fichaat.application.fichas_book import FichasBook
from fichaat.application.import_fichas import ImportFichas
from fichaat.application.inicio import ReadPanorama
from fichaat.application.keep_stroke import KeepStroke
from fichaat.application.list_fichas import ListFichas
from fichaat.application.papers import Papers
from fichaat.application.print_ficha import PrintFicha
from fichaat.application.queries import Queries
from fichaat.application.read_sealed import ReadSealed
from fichaat.application.rectify_ficha import RectifyFicha
from fichaat.application.save_draft import DiscardDraft, RestoreDraft, SaveDraft
from fichaat.application.seal_ficha import SealFicha
from fichaat.application.seed_fichas import SeedFichas
from fichaat.application.sign_ficha import SignFicha
from fichaat.application.signatures import Signatures
from fichaat.application.start_visit import StartVisit
from fichaat.bootstrap.open_folder import OpenFolder
from fichaat.system.chosen_target import write_chosen
from fichaat.texts import message


class FichaJobs(OpenFolder):
    """See `session.FichaJobs`."""

    @cached_property
    def papers(self) -> Papers:
        return Papers(self._adapters.renderer, self.here, message)

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
        return ExportList(self.here, self.list_fichas, self.workbooks, write_chosen, message)

    @cached_property
    def read_sealed(self) -> ReadSealed:
        return ReadSealed(self.here)

    @cached_property
    def seed(self) -> SeedFichas:
        return SeedFichas(self.here)
