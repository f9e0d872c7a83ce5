"""What a coordinator does with what was collected: review, coverage, catalogue, agreements."""

from functools import cached_property

from fichaat.application.acuerdos.add_evento import AddEvento
from fichaat.application.acuerdos.event_sheet import EventSheet
from fichaat.application.acuerdos.list_acuerdos import ListAcuerdos
from fichaat.application.acuerdos.matrix import WriteMatrix
from fichaat.application.acuerdos.read_acuerdo import ReadAcuerdo
from fichaat.application.catalogue.catalogue_files import CatalogueFiles
from fichaat.application.catalogue.edit_catalogue import EditCatalogue
from fichaat.application.catalogue.publish_catalogue import PublishCatalogue
from fichaat.application.catalogue.read_catalogue import ReadCatalogue
from fichaat.application.catalogue.update_ubigeo import UpdateUbigeo
from fichaat.application.coverage import CoverageReport, ReadCoverage
from fichaat.application.export_coverage import ExportCoverage
from fichaat.application.read_review import ReadReview
from fichaat.application.review_ficha import ReviewFicha
from fichaat.application.review_queue import ReviewQueue
from fichaat.application.sheets import Workbook
from fichaat.bootstrap.open_folder import OpenFolder
from fichaat.system.chosen_file import read_chosen
from fichaat.system.chosen_target import write_chosen
from fichaat.system.territorio_file import load_territorio


class CoordinationJobs(OpenFolder):
    """See `session.CoordinationJobs`."""

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

        return ExportCoverage(self.here, self._adapters.workbooks, sheets, paper, write_chosen)

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
        return CatalogueFiles(self.here, self.workbooks, read_chosen, write_chosen)

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
