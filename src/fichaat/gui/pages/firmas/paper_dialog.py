"""Signing with ink: print, sign, and attach the pages now or later."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from fichaat.gui.pages.firmas.view import PaperOffer
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.style import set_role
from fichaat.gui.theme.tokens import GAP, HEIGHT_SIGN, MARGIN
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.surfaces import PageScroll

PATTERNS = "*.pdf *.jpg *.jpeg *.png *.webp *.heic *.tif *.tiff"


class PaperDialog(QDialog):
    """Who signed on the sheet, and its pages. Esc changes nothing."""

    chosen = Signal(object, object)
    """Ids of who signed, and the paths of the pages."""

    def __init__(self, parent: QWidget, offer: PaperOffer, on_print: Callable[[], object]) -> None:
        super().__init__(parent)
        self._offer = offer
        self.setWindowTitle(say("firmas.paper_title"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        set_role(self, "page")
        self.paths: list[Path] = []
        self.boxes = {
            signer.id: QCheckBox(signer.nombre) for signer in (offer.signer, *offer.others)
        }
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(MARGIN, 20, MARGIN, GAP)
        self._column.setSpacing(GAP)
        self._column.addWidget(labels.card_title(say("firmas.paper_title")))
        steps = "firmas.paper_steps_sealed" if offer.sealed else "firmas.paper_steps"
        self._column.addWidget(labels.body(say(steps)))
        if not offer.sealed:
            self.print = button(say("firmas.paper_print"), on_print, icon="imprimir", size="sign")
            self._column.addWidget(self.print, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._make_pages())
        if offer.others:
            self._column.addWidget(self._make_people())
        self._column.addStretch(1)
        scroll = PageScroll(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll, 1)
        outer.addLayout(self._make_foot())
        self._on_pages_changed()
        room = parent.window().size()
        wide = min(600, room.width() - 24)
        tall = self._column.totalHeightForWidth(wide) + HEIGHT_SIGN + 2 * MARGIN
        self.resize(wide, min(tall, room.height() - 24))

    def add_pages(self, paths: list[Path]) -> None:
        """More pages of the signed sheet; one twice is one."""
        for path in paths:
            if path not in self.paths:
                self.paths.append(path)
        self._on_pages_changed()

    # drag and drop

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # Qt's name
        """Files only."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        urls = event.mimeData().urls()
        self.add_pages([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])
        event.acceptProposedAction()

    # inside

    def _make_pages(self) -> QWidget:
        frame = QFrame()
        set_role(frame, "card")
        column = QVBoxLayout(frame)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(labels.hint(say("firmas.paper_drop")))
        self.files = QListWidget()
        self.files.setAccessibleName(say("firmas.paper_files"))
        self.files.setFont(font())
        self.files.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.files.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.files.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.files)
        row = QHBoxLayout()
        self.choose = button(
            say("firmas.paper_choose"), self._on_choose, icon="adjunto", size="sign"
        )
        self.remove = button(say("firmas.paper_remove"), self._on_remove, role="link")
        row.addWidget(self.choose)
        row.addWidget(self.remove)
        row.addStretch(1)
        column.addLayout(row)
        return frame

    def _make_people(self) -> QWidget:
        frame = QFrame()
        set_role(frame, "card")
        column = QVBoxLayout(frame)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(labels.field_label(say("firmas.paper_who")), 1)
        if len(self._offer.others) > 1:
            head.addWidget(button(say("firmas.paper_all"), self._on_all, role="link"))
        column.addLayout(head)
        for id_, box in self.boxes.items():
            box.setFont(font())
            box.setMinimumHeight(44)
            if id_ == self._offer.signer.id:
                box.setChecked(True)
                box.setEnabled(False)
            column.addWidget(box)
        return frame

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(MARGIN, GAP, MARGIN, 16)
        row.setSpacing(10)
        row.addStretch(1)
        row.addWidget(button(say("ventana.cancel"), self.reject, size="sign"))
        self.yes = button(say("firmas.paper_yes"), self._on_yes, role="primary", size="sign")
        self.yes.setMinimumHeight(HEIGHT_SIGN)
        row.addWidget(self.yes)
        return row

    def _on_choose(self) -> None:
        dialog = QFileDialog(self, say("firmas.paper_choose"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(f"{say('firmas.paper_filter')} ({PATTERNS})")
        dialog.filesSelected.connect(lambda names: self.add_pages([Path(n) for n in names]))
        dialog.open()

    def _on_remove(self) -> None:
        gone = {self.files.row(item) for item in self.files.selectedItems()}
        gone = gone or {len(self.paths) - 1}
        self.paths = [path for row, path in enumerate(self.paths) if row not in gone]
        self._on_pages_changed()

    def _on_all(self) -> None:
        """Everyone, or nobody else where everyone was chosen."""
        others = [self.boxes[signer.id] for signer in self._offer.others]
        checked = not all(box.isChecked() for box in others)
        for box in others:
            box.setChecked(checked)

    def _on_pages_changed(self) -> None:
        self.files.clear()
        self.files.addItems([path.name for path in self.paths])
        self.files.setVisible(bool(self.paths))
        tall = self.files.sizeHintForRow(0) * min(4, max(1, len(self.paths))) + 8
        self.files.setFixedHeight(max(tall, 36))
        self.remove.setVisible(bool(self.paths))
        count = len(self.paths)
        words = say("firmas.paper_yes_scan", cantidad=count)
        self.yes.setText(words if count else say("firmas.paper_yes_none"))
        # A scan is all that can be added to a sealed ficha: without one there is nothing to keep.
        lacking = self._offer.sealed or self._offer.signer.given
        self.yes.setEnabled(bool(count) or not lacking)

    def _on_yes(self) -> None:
        signed = [id_ for id_, box in self.boxes.items() if box.isChecked()]
        self.accept()
        self.chosen.emit(signed, list(self.paths))
