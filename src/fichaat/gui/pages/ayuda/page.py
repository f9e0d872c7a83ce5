"""The manual, at the chapter of the page where F1 was pressed."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QTextBrowser,
    QVBoxLayout,
)

from fichaat.gui.desk import Desk
from fichaat.gui.pages.ayuda.manual import Chapter, find_chapter, read_manual
from fichaat.gui.pages.page import Page
from fichaat.gui.routes import Ayuda, Route
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.tokens import GAP, MARGIN, MARGIN_NARROW
from fichaat.gui.widgets.surfaces import Banner, PageHeader


class AyudaPage(Page):
    """Chapters at the left, the text at the right."""

    place = "ayuda"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._chapters: list[Chapter] = []
        self._topic = ""
        self.list = QListWidget()
        self.list.setAccessibleName(say("ajustes.chapters"))
        self.list.setFont(font())
        self.list.setWordWrap(True)
        self.list.setSpacing(4)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.list.currentRowChanged.connect(self._on_row_changed)
        self.text = QTextBrowser()
        self.text.setAccessibleName(say("ajustes.chapter_text"))
        self.text.setFont(font())
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(16)
        self.text.anchorClicked.connect(self._on_link)
        self._missing = Banner("error")
        self._missing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PageHeader(say("ajustes.help"), say("ajustes.help_context"), desk.go.back))
        self._row = QHBoxLayout()
        self._row.setSpacing(GAP)
        self._row.addWidget(self.list)
        self._row.addWidget(self.text, 1)
        column.addWidget(self._missing)
        column.addLayout(self._row, 1)
        self.adapt(narrow=False, short=False)

    def takes(self, route: Route) -> bool:
        return isinstance(route, Ayuda)

    def arrive(self, route: Route) -> None:
        assert isinstance(route, Ayuda)  # `takes`
        self._topic = route.tema
        if self._chapters:
            self._open(self._topic)
        else:
            self.tasks.read(lambda: read_manual(self.desk.program.manual()), self._on_read)

    def adapt(self, *, narrow: bool, short: bool) -> None:
        del short
        margin = MARGIN_NARROW if narrow else MARGIN
        self._row.setContentsMargins(margin, margin, margin, margin)
        letters = self.fontMetrics().averageCharWidth()
        self.list.setFixedWidth(min(letters * 26, self.width() * 2 // 5 or letters * 26))

    def _on_read(self, chapters: list[Chapter]) -> None:
        self._chapters = chapters
        self._missing.setVisible(not chapters)
        self._missing.say(say("ajustes.manual_missing"))
        for chapter in chapters:
            self.list.addItem(QListWidgetItem(chapter.title))
        self._open(self._topic)

    def _open(self, topic: str) -> None:
        self.list.setCurrentRow(find_chapter(self._chapters, topic))
        self.list.setFocus()

    def _on_row_changed(self, row: int) -> None:
        if 0 <= row < len(self._chapters):
            self.text.setMarkdown(self._chapters[row].text)

    def _on_link(self, link: QUrl) -> None:
        self._open(link.toString())
