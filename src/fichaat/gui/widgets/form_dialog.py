"""A question with several fields: it stays until what was asked is done, and says what is wrong."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from fichaat.gui.text import say
from fichaat.gui.theme.style import set_role
from fichaat.gui.theme.tokens import GAP, MARGIN
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.surfaces import Banner, PageScroll

_WIDE = 560
_TALL = 620


class FormDialog(QDialog):
    """A sentence, fields, and a button that repeats the verb. Esc is always safe."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        sentence: str,
        verb: str,
        on_yes: Callable[[], object],
        *,
        danger: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_role(self, "page")
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(MARGIN, 20, MARGIN, 8)
        self.column.setSpacing(GAP)
        self.column.addWidget(labels.card_title(title))
        self.column.addWidget(labels.body(sentence))
        self.error = Banner("error")
        self.error.hide()
        self.yes = button(verb, on_yes, role="danger" if danger else "primary")
        self.no = button(say("ventana.cancel"), self.reject)
        row = QHBoxLayout()
        row.setContentsMargins(MARGIN, 8, MARGIN, 16)
        row.addStretch(1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(PageScroll(inside), 1)
        whole.addLayout(row)
        self.resize(_WIDE, _TALL)

    def add(self, widget: QWidget) -> None:
        """Below what is there."""
        self.column.addWidget(widget)

    def finish(self) -> None:
        """Nothing more comes: what goes wrong is told at the end."""
        self.column.addWidget(self.error)
        self.column.addStretch(1)

    def show_error(self, sentence: str) -> None:
        """What kept it from being done; "" for nothing."""
        self.error.setVisible(bool(sentence))
        self.error.say(sentence)
        self.set_busy(busy=False)

    def set_busy(self, *, busy: bool) -> None:
        """Nothing can be changed while it is being done."""
        self.yes.setEnabled(not busy)
