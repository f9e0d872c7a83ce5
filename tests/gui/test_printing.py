"""What is printed is what the PDF shows, page by page; it is seen before."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from fichaat.gui.paper_actions import Paper
from fichaat.gui.printing import PaperWindows, PrintDialog, PrintJob, new_printer, page_count
from fichaat.reports.ficha_pdf import ReportlabPaperRenderer
from tests.support.window import untidy


@pytest.fixture(scope="module")
def blank() -> bytes:
    return ReportlabPaperRenderer().render_blank()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1093, 545)
    made.show()
    return made


def pdf_printer(target: Path) -> QPrinter:
    printer = new_printer("05-2026-K7Q2MX-0012")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    margins = QMarginsF(0, 0, 0, 0)
    size = QPageSize(QPageSize.PageSizeId.A4)
    layout = QPageLayout(size, QPageLayout.Orientation.Portrait, margins)
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)
    printer.setResolution(150)
    return printer


def test_papers_are_printed_one_after_the_other_as_they_look(
    qtbot: QtBot, window: QWidget, blank: bytes, tmp_path: Path
) -> None:
    pages = page_count(blank)
    target = tmp_path / "impreso.pdf"
    dialog = PrintDialog(window, [Paper("uno", blank), Paper("dos", blank)])
    dialog.open()
    with qtbot.waitSignal(dialog.accepted):
        dialog.print_on(pdf_printer(target))
    printed = pypdfium2.PdfDocument(target)
    assert len(printed) == 2 * pages
    before = pypdfium2.PdfDocument(blank)[0].render(scale=1).to_pil().convert("L")
    after = printed[0].render(scale=1).to_pil().convert("L").resize(before.size)
    left, right = before.tobytes(), after.tobytes()
    apart = sum(abs(a - b) for a, b in zip(left, right, strict=True)) / len(left)
    assert apart < 4
    assert sum(before.histogram()[:128]) > 100


def test_two_sided_each_ficha_begins_on_a_sheet_of_its_own(
    qtbot: QtBot, window: QWidget, blank: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page_count(blank) % 2 == 1
    target = tmp_path / "impreso.pdf"
    printer = pdf_printer(target)
    # One that writes a file knows no two sides.
    monkeypatch.setattr(printer, "duplex", lambda: QPrinter.DuplexMode.DuplexLongSide)
    job = PrintJob(printer, [blank, blank], window)
    with qtbot.waitSignal(job.ended):
        job.start()
    assert len(pypdfium2.PdfDocument(target)) == 2 * page_count(blank) + 1


def test_what_will_be_printed_is_seen_before(qtbot: QtBot, window: QWidget, blank: bytes) -> None:
    PaperWindows(window).show_for_print([Paper("uno", blank), Paper("dos", blank)])
    (dialog,) = window.findChildren(PrintDialog)
    with qtbot.waitSignal(dialog.preview.sheets.version_shown):
        pass
    shown = {label.text() for label in dialog.findChildren(QWidget) if hasattr(label, "text")}
    assert {"1 de 2: uno", f"2 fichas, {2 * page_count(blank)} páginas"} <= shown
    assert untidy(dialog) == []
    following = next(
        b for b in dialog.findChildren(QAbstractButton) if b.accessibleName() == "Ver la siguiente"
    )
    following.click()
    assert not following.isEnabled()
    dialog.reject()


def test_the_printer_is_chosen_after_that(window: QWidget, blank: bytes) -> None:
    dialog = PrintDialog(window, [Paper("05-2026-K7Q2MX-0012", blank)])
    dialog.open()
    dialog.yes.click()
    (chooser,) = dialog.findChildren(QPrintDialog)
    assert chooser.printer().docName() == "05-2026-K7Q2MX-0012"
    chooser.reject()
    dialog.reject()


def test_a_job_that_is_cancelled_prints_no_more(
    qtbot: QtBot, window: QWidget, blank: bytes, tmp_path: Path
) -> None:
    dialog = PrintDialog(window, [Paper("uno", blank)] * 20)
    dialog.open()
    job_pages: list[int] = []
    dialog.print_on(pdf_printer(tmp_path / "impreso.pdf"))
    assert dialog._job is not None
    dialog._job.page_begun.connect(job_pages.append)
    with qtbot.waitSignal(dialog._job.page_begun):
        pass
    with qtbot.waitSignal(dialog.finished):
        dialog.reject()
    assert len(job_pages) < 20


def test_a_printer_that_does_not_answer_is_said(
    window: QWidget, blank: bytes, tmp_path: Path
) -> None:
    dialog = PrintDialog(window, [Paper("uno", blank)])
    dialog.open()
    printer = pdf_printer(tmp_path / "no" / "hay" / "impreso.pdf")
    dialog.print_on(printer)
    shown = {label.text() for label in dialog.findChildren(QWidget) if hasattr(label, "text")}
    assert "La impresora no respondió. Revísela e intente otra vez." in shown
    assert dialog.yes.isEnabled()
    dialog.reject()


def test_bytes_that_are_no_paper_have_no_pages() -> None:
    assert page_count(b"nada") == 0
