"""What is printed is what the PDF shows, page by page."""

from pathlib import Path

import pypdfium2
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fichaat.gui.printing import paint_pdfs, print_pdfs
from fichaat.reports.ficha_pdf import ReportlabPaperRenderer


def pdf_printer(target: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    return printer


def test_two_papers_are_printed_one_after_the_other(qapp: QApplication, tmp_path: Path) -> None:
    blank = ReportlabPaperRenderer().render_blank()
    pages = len(pypdfium2.PdfDocument(blank))
    target = tmp_path / "impreso.pdf"
    paint_pdfs(pdf_printer(target), [blank, blank])
    printed = pypdfium2.PdfDocument(target)
    assert len(printed) == 2 * pages
    before = pypdfium2.PdfDocument(blank)[0].render(scale=1).to_pil().convert("L")
    after = printed[0].render(scale=1).to_pil().convert("L").resize(before.size)
    dark = [sum(image.histogram()[:128]) for image in (before, after)]
    assert dark[1] > dark[0] / 2 > 100


def test_the_printer_is_asked_for_first(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    print_pdfs(window, [b"%PDF-1.4"], "05-2026-K7Q2MX-0012")
    (dialog,) = window.findChildren(QPrintDialog)
    assert dialog.printer().docName() == "05-2026-K7Q2MX-0012"
    dialog.reject()
