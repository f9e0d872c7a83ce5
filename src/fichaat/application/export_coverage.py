"""Use case: coverage as a workbook and as a paper, with the figures of one view."""

from collections.abc import Callable
from pathlib import Path

from fichaat.application.coverage import CoverageReport, CoverageView
from fichaat.application.installation import Installation
from fichaat.application.ports.papers import Workbooks
from fichaat.application.sheets import Workbook


class ExportCoverage:
    def __init__(
        self,
        here: Installation,
        workbooks: Workbooks,
        sheets: Callable[[CoverageReport], Workbook],
        paper: Callable[[CoverageReport], bytes],
        write_file: Callable[[Path, bytes], None],
    ) -> None:
        self._here = here
        self._workbooks = workbooks
        self._sheets = sheets
        self._paper = paper
        self._write_file = write_file

    def xlsx(self, view: CoverageView, target: Path) -> bytes:
        """Write the sheets Resumen, Municipalidades, Acciones, Por provincia, Evolución, Excluidas.

        Returns:
            What was written.

        Raises:
            UserFacingError: "system.*": the old file stays.
        """
        return self._write(target, self._workbooks.write(self._sheets(self._report(view))))

    def pdf(self, view: CoverageView, target: Path) -> bytes:
        """Write the paper.

        Returns:
            What was written.

        Raises:
            UserFacingError: "system.*": the old file stays.
        """
        return self._write(target, self._paper(self._report(view)))

    def _report(self, view: CoverageView) -> CoverageReport:
        here = self._here
        return CoverageReport(view, here.territorio, here.profile.practice)

    def _write(self, target: Path, data: bytes) -> bytes:
        self._write_file(target, data)
        return data
