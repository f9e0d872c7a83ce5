"""Papers on a printer: what is seen before, and the pages drawn at the printer's resolution.

QtPrintSupport is imported when somebody prints.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QObject,
    QPointF,
    QRectF,
    QSizeF,
    Qt,
    QTimer,
    QUrl,
    Signal,
)
from PySide6.QtGui import QDesktopServices, QPainter
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from fichaat.gui.paper_actions import Paper
from fichaat.gui.text import say
from fichaat.gui.theme.style import set_role
from fichaat.gui.theme.tokens import GAP, MARGIN
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button, icon_button
from fichaat.gui.widgets.paper_preview import PaperPreview

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPrintSupport import QPrinter

_DPI: Final = 300
"""Finer than ink shows; a page of 1200 would take half a gigabyte. One picture for each page:
where several meet, a printer that resamples them leaves seams."""


class PaperWindows:
    """`paper_actions.PaperShower` of a page."""

    def __init__(self, page: QWidget) -> None:
        self._page = page

    def open_outside(self, path: Path) -> None:
        """With the system's own program for such files."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def ask_where(self, name: str, on_chosen: Callable[[Path], object]) -> None:
        """Where a file of this name is to be saved."""
        dialog = QFileDialog(self._page, say("lista.save"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{say('lista.pdf_filter')} (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda chosen: on_chosen(Path(chosen)))
        dialog.open()

    def show_for_print(self, papers: Sequence[Paper]) -> None:
        """As they will be printed, and then the printer."""
        PrintDialog(self._page, papers).open()


class PrintDialog(QDialog):
    """What will be printed; *Imprimir…* asks for the printer."""

    def __init__(self, parent: QWidget, papers: Sequence[Paper]) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("lista.print_title"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_role(self, "page")
        self._papers = papers
        self._shown = 0
        self._job: PrintJob | None = None
        self._pages = sum(page_count(paper.pdf) for paper in papers)
        self.preview = PaperPreview(say("lista.print_title"), header=False)
        self._which = labels.field_label()
        self._words = labels.second(self._count_words())
        self._before = icon_button("atras", say("lista.print_before"), lambda: self._turn(-1))
        self._after = icon_button("siguiente", say("lista.print_after"), lambda: self._turn(1))
        self._no = button(say("ventana.cancel"), self.reject)
        self.yes = button(say("lista.print_yes"), self._on_yes, role="primary", icon="imprimir")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        column.addWidget(self.preview, 1)
        column.addLayout(self._make_foot())
        room = parent.window().size()
        self.resize(min(760, room.width() - 24), min(900, room.height() - 24))
        self._turn(0)
        self.yes.setFocus()

    def print_on(self, printer: "QPrinter") -> None:
        """Draw every page there, one after the other, while the window stays alive."""
        job = PrintJob(printer, [paper.pdf for paper in self._papers], self)
        self._job = job
        self.yes.setEnabled(False)
        job.page_begun.connect(self._on_page)
        job.ended.connect(self.accept)
        job.failed.connect(self._on_failed)
        job.start()

    def reject(self) -> None:
        """Esc and *Cancelar*: what is not printed yet is not printed."""
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def _make_head(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(MARGIN, 8, MARGIN, 8)
        row.setSpacing(GAP)
        row.addWidget(self._before)
        row.addWidget(self._which, 1)
        row.addWidget(self._after)
        made.setVisible(len(self._papers) > 1)
        return made

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        row.setSpacing(GAP)
        row.addWidget(self._words, 1)
        row.addWidget(self._no)
        row.addWidget(self.yes)
        return row

    def _count_words(self) -> str:
        if len(self._papers) == 1:
            return say("lista.print_pages", cantidad=self._pages)
        return say("lista.print_papers", cantidad=len(self._papers), paginas=self._pages)

    def _turn(self, by: int) -> None:
        self._shown = min(max(self._shown + by, 0), len(self._papers) - 1)
        paper = self._papers[self._shown]
        self._which.setText(
            say(
                "lista.print_which",
                numero=self._shown + 1,
                total=len(self._papers),
                nombre=paper.name,
            )
        )
        self._before.setEnabled(self._shown > 0)
        self._after.setEnabled(self._shown < len(self._papers) - 1)
        self.preview.show_pdf(paper.pdf)

    def _on_yes(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog

        printer = new_printer(self._papers[0].name)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(printer))
        QDialog.open(dialog)  # its own would need a slot by name

    def _on_page(self, page: int) -> None:
        self._words.setText(say("lista.print_doing", pagina=page, total=self._pages))

    def _on_failed(self) -> None:
        self._job = None
        self._words.setText(say("lista.print_failed"))
        self.yes.setEnabled(True)


class PrintJob(QObject):
    """Draws one page at each turn of the event loop."""

    page_begun = Signal(int)
    """Its number, from 1."""
    ended = Signal()
    failed = Signal()

    def __init__(self, printer: "QPrinter", pdfs: Sequence[bytes], parent: QObject) -> None:
        super().__init__(parent)
        self._printer = printer
        self._pdfs = pdfs
        self._painter = QPainter()
        self._steps: Iterator[None] = iter(())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_turn)

    def start(self) -> None:
        if not self._painter.begin(self._printer):
            self.failed.emit()
            return
        self._steps = self._draw()
        self._timer.start(0)

    def cancel(self) -> None:
        """What was not drawn yet is not printed."""
        self._timer.stop()
        if self._painter.isActive():
            self._printer.abort()
            self._painter.end()

    def _on_turn(self) -> None:
        try:
            next(self._steps)
        except StopIteration:
            self._timer.stop()
            self._painter.end()
            self.ended.emit()

    def _draw(self) -> Iterator[None]:
        number = 0
        for place, pdf in enumerate(self._pdfs):
            document = open_pdf(pdf)
            for page in range(document.pageCount()):
                if number:
                    self._printer.newPage()
                number += 1
                self.page_begun.emit(number)
                yield
                self._draw_page(document, page)
            last = place == len(self._pdfs) - 1
            if self._two_sided() and document.pageCount() % 2 and not last:
                # The next ficha begins on a sheet of its own.
                self._printer.newPage()

    def _draw_page(self, document: "QPdfDocument", page: int) -> None:
        """As large as the sheet lets it be."""
        sheet = self._printer.pageLayout().fullRectPixels(self._printer.resolution())
        size = document.pagePointSize(page)
        drawn = size.scaled(QSizeF(sheet.size()), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(QPointF(0, 0), drawn)
        place.moveCenter(QRectF(sheet).center())
        self._painter.drawImage(place, document.render(page, (size * _DPI / 72).toSize()))

    def _two_sided(self) -> bool:
        from PySide6.QtPrintSupport import QPrinter

        return self._printer.duplex() not in (
            QPrinter.DuplexMode.DuplexNone,
            QPrinter.DuplexMode.DuplexAuto,
        )


def new_printer(name: str) -> "QPrinter":
    """The person's own printer, to the edges of an A4 sheet; the queue shows the job's name."""
    from PySide6.QtGui import QPageSize
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    return printer


def page_count(pdf: bytes) -> int:
    """0 for bytes that are no PDF."""
    return max(0, open_pdf(pdf).pageCount())


def open_pdf(pdf: bytes) -> "QPdfDocument":
    """A document that reads from memory."""
    from PySide6.QtPdf import QPdfDocument

    document = QPdfDocument()
    buffer = QBuffer(document)
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return document
