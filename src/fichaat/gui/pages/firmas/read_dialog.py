"""Everything that is signed, as it is printed, over the whole window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from fichaat.gui.text import say
from fichaat.gui.theme.style import set_role
from fichaat.gui.theme.tokens import GAP
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.paper_preview import PaperPreview


class ReadDialog(QDialog):
    """A signer reads before signing; Esc goes back to the pad."""

    def __init__(self, parent: QWidget, title: str, pdf: bytes) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_role(self, "page")
        self.paper = PaperPreview(title, header=False)
        self.paper.show_pdf(pdf)
        head = QHBoxLayout()
        head.addWidget(labels.card_title(title), 1)
        close = button(say("ventana.close"), self.accept, role="primary", size="sign")
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addWidget(self.paper, 1)
        room = parent.window().size()
        self.resize(min(960, room.width() - 40), room.height() - 40)
        close.setFocus()
