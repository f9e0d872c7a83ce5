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
_LEAST = 300
_FRAME = 40
"""What the title bar of a dialog takes of the screen."""


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
        # Outside what scrolls: seen wherever the page was left.
        told = QVBoxLayout()
        told.setContentsMargins(MARGIN, 0, MARGIN, 0)
        told.addWidget(self.error)
        row = QHBoxLayout()
        row.setContentsMargins(MARGIN, 8, MARGIN, 16)
        row.addStretch(1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(PageScroll(inside), 1)
        whole.addLayout(told)
        whole.addLayout(row)
        # Otherwise Enter in a line would press the first button of the dialog.
        self.yes.setDefault(True)
        # A screen of 1366x768 at 150 % has room for some 480: the buttons stay on it, and within
        # the window where that is lower.
        room = min(self.screen().availableGeometry().height(), parent.window().height())
        self.resize(_WIDE, max(_LEAST, min(_TALL, room - _FRAME)))

    def add(self, widget: QWidget) -> None:
        """Below what is there."""
        self.column.addWidget(widget)

    def finish(self) -> None:
        """Nothing more comes: what is there stays at the top."""
        self.column.addStretch(1)

    def show_error(self, sentence: str) -> None:
        """What kept it from being done; "" for nothing."""
        self.error.setVisible(bool(sentence))
        self.error.say(sentence)
        self.set_busy(busy=False)

    def set_busy(self, *, busy: bool) -> None:
        """Nothing can be changed while it is being done."""
        self.yes.setEnabled(not busy)
