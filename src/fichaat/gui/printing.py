"""Printing papers that are PDFs already: the system's dialog, then page by page."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSizeF, Qt
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtWidgets import QDialog, QWidget

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_DPI: Final = 300
"""Finer than ink shows; a page of 1200 would take half a gigabyte."""
_POINTS: Final = 72


def print_pdfs(parent: QWidget, papers: Sequence[bytes], name: str) -> None:
    """Ask on which printer, then print these papers one after the other.

    Args:
        parent: over which the dialog opens.
        papers: PDFs.
        name: of the job, as the printer's queue shows it.
    """
    # The print libraries take their time: nobody waits for them before printing.
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: paint_pdfs(printer, papers))
    QDialog.open(dialog)  # its own `open` hides this one


def paint_pdfs(printer: "QPrinter", papers: Sequence[bytes]) -> None:
    """Every page of every paper on a page of its own, as large as it is."""
    from PySide6.QtPdf import QPdfDocument

    painter = QPainter(printer)
    fresh = True
    for paper in papers:
        data = QBuffer()
        data.setData(QByteArray(paper))
        data.open(QIODevice.OpenModeFlag.ReadOnly)
        document = QPdfDocument()
        document.load(data)
        for page in range(document.pageCount()):
            if not fresh:
                printer.newPage()
            fresh = False
            size = document.pagePointSize(page)
            image = document.render(page, (size * _DPI / _POINTS).toSize())
            painter.drawImage(_place(size, printer.resolution()), image)
        document.close()
    painter.end()


def _place(size: QSizeF, resolution: int) -> QRectF:
    """A sheet in the dots of the printer, from its upper left corner."""
    dots = size * resolution / _POINTS
    return QRectF(0, 0, dots.width(), dots.height())
