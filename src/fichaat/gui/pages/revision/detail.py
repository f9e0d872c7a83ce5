"""The ficha under review: what it changes, what it says, its paper, and what is decided of it."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fichaat.gui.pages.revision.content_view import ContentView
from fichaat.gui.pages.revision.content_words import Section
from fichaat.gui.pages.revision.decision import DecisionCard
from fichaat.gui.pages.revision.detail_presenter import CHANGES, CONTENT, PAPER
from fichaat.gui.pages.revision.diff_table import DiffTable
from fichaat.gui.pages.revision.side import SideColumn
from fichaat.gui.pages.revision.side_words import SideWords
from fichaat.gui.pages.revision.words import ChangesWords, Deeds, Notice
from fichaat.gui.text import say
from fichaat.gui.theme.tokens import GAP, MARGIN_NARROW
from fichaat.gui.widgets.buttons import Segmented
from fichaat.gui.widgets.paper_preview import PaperPreview
from fichaat.gui.widgets.surfaces import Banner, Card, PageScroll

_SIDE: Final = 18
_PAPER_LEAST: Final = 420


class Detail(QWidget):
    """What is judged scrolls; the decision stands below it while there is room for both."""

    def __init__(self, decision: DecisionCard, side: SideColumn, to_inbox: QPushButton) -> None:
        super().__init__()
        self.decision, self.side = decision, side
        self._to_inbox = to_inbox
        self.banner = Banner("info")
        self.banner.hide()
        self.banner.set_action(to_inbox)
        self.table, self.content = DiffTable(), ContentView()
        self.paper = PaperPreview(say("revisar.what_papel"), hideable=False)
        self.paper.setMinimumHeight(_PAPER_LEAST)
        self._what = Card(say("revisar.what_cambios"))
        options = [(name, say(f"revisar.part_{name}")) for name in (CHANGES, CONTENT, PAPER)]
        self.parts = Segmented(say("revisar.parts"), options)
        self._what.head.addWidget(self.parts)
        self._parts: dict[str, QWidget] = {
            CHANGES: self.table,
            CONTENT: self.content,
            PAPER: self.paper,
        }
        for name, widget in self._parts.items():
            self._what.add(widget)  # first: alone it would be a window of its own
            widget.setVisible(name == CHANGES)
        self._lay()

    # what the presenter shows

    def show_notice(self, notice: Notice) -> None:
        self.banner.setVisible(bool(notice.tone))
        if notice.tone:
            self.banner.say(notice.sentence, notice.rest, notice.tone)
        self._to_inbox.setVisible(notice.inbox)

    def show_changes(self, changes: ChangesWords) -> None:
        self.table.show_changes(changes)

    def show_content(self, sections: Sequence[Section]) -> None:
        self.content.show_sections(sections)

    def show_side(self, side: SideWords) -> None:
        self.side.show_side(side)

    def show_deeds(self, deeds: Deeds, motivo: str, plazo: date | None) -> None:
        self.decision.show_deeds(deeds, motivo, plazo)

    def show_part(self, part: str) -> None:
        self.parts.choose(part)
        self._what.heading.setText(say(f"revisar.what_{part}"))
        for name, widget in self._parts.items():
            widget.setVisible(name == part)

    def show_paper(self, pdf: bytes) -> None:
        self.paper.show_pdf(pdf)

    def show_paper_error(self, sentence: str) -> None:
        self.paper.show_error(sentence)

    # how it stands

    def begin(self) -> None:
        """Another ficha: from its top, and without the paper of the one before."""
        self.paper.wait(say("revisar.what_papel"))
        self._scroll.verticalScrollBar().setValue(0)

    def stack(self, *, stacked: bool) -> None:
        """Columns one below the other."""
        self.table.stack(stacked=stacked)
        self.content.stack(stacked=stacked)
        side = MARGIN_NARROW if stacked else _SIDE
        self._column.setContentsMargins(side, 14, side, 8)
        self._foot.setContentsMargins(side, 4, side, 14)

    def take_side(self) -> None:
        """The history stands below what is judged: there is no room beside it."""
        if self._column.indexOf(self.side) < 0:
            self._column.insertWidget(self._column.count() - 1, self.side)

    def place_decision(self, *, fixed: bool) -> None:
        """Below what scrolls; in a low window within it, after what is judged."""
        if fixed and self._foot.indexOf(self.decision) < 0:
            self._foot.addWidget(self.decision)
        elif not fixed and self._column.indexOf(self.decision) < 0:
            self._column.insertWidget(self._column.indexOf(self._what) + 1, self.decision)

    # inside

    def _lay(self) -> None:
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(_SIDE, 14, _SIDE, 8)
        self._column.setSpacing(GAP)
        self._column.addWidget(self.banner)
        self._column.addWidget(self._what)
        self._column.addStretch(1)
        self._scroll = PageScroll(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._scroll, 1)
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(_SIDE, 4, _SIDE, 14)
        self._foot.addWidget(self.decision)
        whole.addLayout(self._foot)
