"""The paper as it will be printed, beside the form that fills it.

The next version replaces the one on show only once it is drawn, and the place stays: nothing
flashes while a person types. Pages are drawn by QtPdf on its own thread, those in sight first.
QtPdf is imported when a paper is first seen.

`QPdfView` is not used: it shows empty sheets until its pages are drawn, at every new version.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from fichaat.gui.text import say
from fichaat.gui.theme.style import set_role
from fichaat.gui.theme.tokens import GAP
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.paper_sheets import Sheets


class PaperPreview(QFrame):
    """A header, and the sheets below it."""

    hide_asked = Signal()
    """By the button; F8 is the page's."""
    page_changed = Signal(int, int)
    """Which page is in sight, from 1, and of how many."""

    def __init__(self, name: str = "", *, header: bool = True, hideable: bool = True) -> None:
        """`name` says what paper it is; without a header only the sheets are shown."""
        super().__init__()
        set_role(self, "desk")
        title = name or say("editor.preview_title")
        self._waiting: bytes | None = None
        self._title = labels.field_label()
        words = f"{say('editor.preview_hide')}  F8"
        self.hide_button = button(words, self.hide_asked.emit, role="ghost", icon="ocultar")
        self._pages = labels.hint()
        self._pages.setWordWrap(False)
        self._sentence = labels.second(say("editor.preview_waiting"))
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._sentence.setContentsMargins(GAP, GAP, GAP, GAP)
        self.sheets = Sheets(title)
        self.sheets.page_changed.connect(self._on_page_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if header:
            column.addWidget(self._header(title, hideable=hideable))
        column.addWidget(self._sentence, 1)
        column.addWidget(self.sheets, 1)
        self.sheets.hide()

    @property
    def sentence(self) -> str:
        """What stands in place of the paper; "" where the paper does."""
        return "" if self._sentence.isHidden() else self._sentence.text()

    def show_pdf(self, data: bytes) -> None:
        """A version of the paper; while nobody looks it only waits."""
        self._waiting = data
        if self.isVisible():
            self._show_waiting()

    def wait(self, title: str) -> None:
        """Another paper takes the place of this one once it is drawn."""
        self._title.setText(title)
        self.show_error(say("editor.preview_waiting"))

    def show_error(self, sentence: str) -> None:
        """Why there is no paper."""
        self._waiting = None
        self._sentence.setText(sentence)
        self._sentence.show()
        self.sheets.hide()
        self.sheets.forget()
        self._pages.clear()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        super().showEvent(event)
        self._show_waiting()

    def _show_waiting(self) -> None:
        data, self._waiting = self._waiting, None
        if data is None:
            return
        if self.sheets.show_pdf(data):
            self._sentence.hide()
            self.sheets.show()
        else:
            self.show_error(say("editor.preview_broken"))

    def _header(self, title: str, *, hideable: bool) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(GAP, 8, 8, 8)
        row.setSpacing(GAP)
        self._title.setText(title)
        row.addWidget(self._title, 1)
        row.addWidget(self._pages)
        if hideable:
            row.addWidget(self.hide_button)
        return made

    def _on_page_changed(self, page: int, total: int) -> None:
        self._pages.setText(say("editor.preview_page", pagina=page, total=total))
        self.page_changed.emit(page, total)
