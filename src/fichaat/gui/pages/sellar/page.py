"""*Revisar y sellar*: what will be sealed, what it lacks, why, and the seal."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from fichaat.gui import routes
from fichaat.gui.desk import Desk
from fichaat.gui.diff_words import ChangeLine
from fichaat.gui.pages.page import Page
from fichaat.gui.pages.sellar.presenter import Lack, Sealed, SellarPresenter, SellarSources
from fichaat.gui.pages.sellar.reasons import ReasonsCard
from fichaat.gui.pages.sellar.summary import Missing, Reason, SummaryLine
from fichaat.gui.paper_actions import PaperActions
from fichaat.gui.paper_sources import paper_sources
from fichaat.gui.printing import PaperWindows
from fichaat.gui.routes import Route
from fichaat.gui.saving.qt_timers import QtTimers
from fichaat.gui.saving.status import Status as StatusWords
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.tokens import GAP, MARGIN, MARGIN_NARROW
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.changes_card import ChangesCard
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.icons import MEDIUM, SMALL, IconLabel
from fichaat.gui.widgets.paper_preview import PaperPreview
from fichaat.gui.widgets.rows import RowButton
from fichaat.gui.widgets.surfaces import Banner, Card, PageHeader, PageScroll, Status, clear_layout

_LETTERS_WITH_PAPER = 112


class SellarPage(Page):
    place = "fichas"
    rail = True
    help_topic = "sellar"

    def __init__(self, desk: Desk, codigo: str) -> None:
        super().__init__(desk)
        session = desk.session
        self.presenter = SellarPresenter(
            self,
            SellarSources(
                session.here.territorio,
                session.here.clock,
                session.edit.open,
                session.save_draft,
                session.seal,
                session.read_sealed,
                session.read_sealed.changes_of,
                session.print_ficha,
            ),
            PaperActions(PaperWindows(self), self.tasks, desk.go, paper_sources(desk)),
            tasks=self.tasks,
            timers=QtTimers(self),
            go=desk.go,
            codigo=codigo,
        )
        self._is_sealed = self._short = False
        self._paper_beside, self._paper_instead = True, False
        self._lay()
        self._keys()

    # Page

    def takes(self, route: Route) -> bool:
        return isinstance(route, routes.Sellar) and route.codigo == self.presenter.codigo

    def arrive(self, route: Route) -> None:
        del route
        self.presenter.open()

    def leave(self) -> None:
        self.presenter.leave()

    def settle(self) -> bool:
        return self.presenter.settle()

    def may_leave(self) -> bool:
        return self.presenter.may_leave()

    @property
    def saving(self) -> bool:
        return self.presenter.saving

    def adapt(self, *, narrow: bool, short: bool) -> None:
        """The paper beside what is asked only where there is room for both."""
        self._short = short
        self._show_final()
        side = MARGIN_NARROW if narrow else MARGIN
        self._column.setContentsMargins(side, 16, side, 8)
        self._foot.setContentsMargins(side, 8, side, 16)
        letter = QFontMetrics(font()).horizontalAdvance("0")
        self._paper_beside = not narrow and self.width() >= letter * _LETTERS_WITH_PAPER
        self._lay_paper()

    # what the presenter shows

    def show_head(self, context: str) -> None:
        self.header.say(say("sellar.title"), context)

    def show_saving(self, status: StatusWords) -> None:
        self._saving.show_state(status.words, status.tone, status.icon)
        self._saving.setAccessibleName(status.words)

    def show_state(self, tone: str, sentence: str, what: str) -> None:
        self.banner.say(sentence, what, tone)
        self.banner.show()

    def show_missing(self, missing: Sequence[Missing]) -> None:
        clear_layout(self._missing_rows)
        for item in missing:
            self._missing_rows.addWidget(self._missing_row(item))
        self._missing_card.setVisible(bool(missing))

    def show_summary(self, lines: Sequence[SummaryLine]) -> None:
        clear_layout(self._summary_grid)
        for row, line in enumerate(lines):
            icon, tone = ("error", "error") if line.wrong else ("bien", "ok")
            top = Qt.AlignmentFlag.AlignTop
            name = labels.field_label(line.name)
            name.setWordWrap(False)
            self._summary_grid.addWidget(IconLabel(icon, tone, SMALL), row, 0, top)
            self._summary_grid.addWidget(name, row, 1, top)
            self._summary_grid.addWidget(labels.body(line.words), row, 2)

    def show_changes(self, context: str, lines: Sequence[ChangeLine]) -> None:
        self.changes.show_changes(context, lines)
        self.changes.show()

    def show_reasons(self, reasons: Sequence[Reason]) -> None:
        self.reasons.show_reasons(reasons)
        self.reasons.setVisible(bool(reasons))

    def show_reason_count(self, words: str) -> None:
        self.reasons.count.setText(words)

    def show_lack(self, lack: Lack) -> None:
        self._lack.setText(lack.words)
        self._lack.setVisible(bool(lack.words))
        self.seal.setEnabled(lack.ready)
        self._show_final()
        self.seal.setAccessibleDescription(lack.words)

    def show_paper(self, pdf: bytes) -> None:
        self.paper.show_pdf(pdf)

    def show_paper_error(self, sentence: str) -> None:
        self.paper.show_error(sentence)

    def show_refused(self, sentence: str) -> None:
        self.banner.say(sentence, "", "error")
        self.banner.show()

    def show_sealed(self, sealed: Sealed) -> None:
        """Nothing of the question is left; what comes next is."""
        self._is_sealed = True
        self.header.say(say("sellar.sealed_title"), sealed.title)
        self.paper.wait(say("lista.paper"))
        self.banner.say(say("sellar.done"), say("sellar.done_what"), "ok")
        self.banner.show()
        self._show_final()
        asked = (self._missing_card, self._summary_card, self.changes, self.reasons)
        for widget in (*asked, self._back, self._lack, self.seal, self._saving):
            widget.hide()
        self._sealed_title.setText(sealed.title)
        self._sealed_fact.setText(sealed.fact)
        self._sealed_hash.setText(sealed.hash)
        self._sealed_card.show()
        self.view.setFocus()

    def focus_first(self) -> None:
        """Where work is left: the first reason that lacks, else the seal."""
        empty = self.reasons.first_empty if self.reasons.isVisibleTo(self) else None
        rows = self._missing_card.findChildren(RowButton)
        if rows:
            rows[0].setFocus()
        elif empty is not None:
            empty.setFocus()
        else:
            self.seal.setFocus()

    # inside

    def _lay(self) -> None:
        presenter = self.presenter
        self.header = PageHeader(say("sellar.title"), " ", presenter.back)
        self._saving = Status(say("editor.saving"), "neutral", "guardando")
        self._toggle = button("", self._on_toggle, icon="hoja")
        self.header.add(self._toggle)
        self.header.add(self._saving)
        self.banner = Banner("ok")
        self.banner.hide()
        self.reasons = ReasonsCard()
        self.reasons.explained.connect(presenter.explain)
        self.reasons.finished.connect(self.focus_first)
        self.changes = ChangesCard(say("sellar.changes"))
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setSpacing(GAP)
        cards = (
            self.banner,
            self._make_missing(),
            self._make_sealed(),
            self._make_summary(),
            self.changes,
            self.reasons,
        )
        for card in cards:
            self._column.addWidget(card)
            card.hide()
        self._summary_card.show()
        self._column.addStretch(1)
        self._column.addWidget(self._make_final())
        scroll = PageScroll(inside)
        self.paper = PaperPreview(say("sellar.paper"), hideable=False)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(scroll, 1)
        left.addLayout(self._make_foot())
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._left, 65)
        middle.addWidget(self.paper, 35)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.header)
        page.addLayout(middle, 1)

    def _make_missing(self) -> Card:
        self._missing_card = Card(say("sellar.missing"))
        self._missing_rows = QVBoxLayout()
        self._missing_rows.setSpacing(0)
        self._missing_card.column.addLayout(self._missing_rows)
        return self._missing_card

    def _missing_row(self, item: Missing) -> RowButton:
        name = say("sellar.fix_name", problema=item.sentence)
        link = labels.toned(say("sellar.sign" if item.signature else "sellar.fix"), "primary")
        link.setWordWrap(False)
        words = QWidget()
        row = QHBoxLayout(words)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(IconLabel("error", "error", SMALL), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(labels.body(item.sentence), 1)
        row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        return RowButton(name, lambda: self.presenter.fix(item), words)

    def _make_summary(self) -> Card:
        self._summary_card = Card(say("sellar.summary"))
        self._summary_grid = QGridLayout()
        self._summary_grid.setHorizontalSpacing(GAP)
        self._summary_grid.setVerticalSpacing(6)
        self._summary_grid.setColumnStretch(2, 1)
        self._summary_card.column.addLayout(self._summary_grid)
        return self._summary_card

    def _make_sealed(self) -> Card:
        presenter = self.presenter
        self._sealed_card = Card()
        self._sealed_title = labels.card_title()
        self._sealed_fact = labels.body()
        self._sealed_hash = labels.hint()
        for words in (self._sealed_title, self._sealed_fact, self._sealed_hash):
            self._sealed_card.add(words)
        self.view = button(say("sellar.view"), presenter.view_pdf, icon="pdf")
        self.export = button(
            say("sellar.export"), presenter.export, role="primary", icon="paquetes"
        )
        flow = FlowRow(spacing=GAP)
        flow.add(self.export)
        flow.add(self.view)
        flow.add(button(say("sellar.print"), presenter.print, icon="imprimir"))
        flow.add(button(say("sellar.open"), presenter.open_ficha, role="link"))
        row = QWidget()
        row.setLayout(flow)
        self._sealed_card.add(row)
        return self._sealed_card

    def _make_final(self) -> QWidget:
        self._final = QWidget()
        row = QHBoxLayout(self._final)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(GAP)
        row.addWidget(IconLabel("sellada", "primary", MEDIUM), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(labels.body(say("sellar.final")), 1)
        return self._final

    def _make_foot(self) -> FlowRow:
        self._foot = FlowRow(spacing=GAP, centred=True)
        self._back = button(say("sellar.back_key"), self.presenter.back, icon="atras")
        self._lack = labels.toned("", "warn")
        self._lack.setWordWrap(False)
        self.seal = button(
            say("sellar.seal"),
            self.presenter.seal,
            role="primary",
            icon="sellada",
            size="action",
        )
        self.seal.setEnabled(False)
        self._final_beside = labels.hint(say("sellar.final"))
        end = QWidget()
        row = QHBoxLayout(end)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addStretch(1)
        row.addWidget(self._lack)
        row.addWidget(self._final_beside, 100)
        row.addWidget(self.seal)
        self._foot.add(self._back)
        self._foot.add(end, 1)
        return self._foot

    def _keys(self) -> None:
        for keys, pressed in (
            ("Ctrl+Return", self.presenter.seal),
            ("Ctrl+Enter", self.presenter.seal),
            ("Esc", self.presenter.back),
            ("F8", self._on_toggle),
        ):
            key = QShortcut(QKeySequence(keys), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(pressed)

    def _show_final(self) -> None:
        """What cannot be undone is said in sight of the button, however low the window is."""
        self._final.setVisible(not self._short and not self._is_sealed)
        beside = self._short and not self._is_sealed and self.seal.isEnabled()
        self._final_beside.setVisible(beside)

    def _on_toggle(self) -> None:
        if not self._paper_beside:
            self._paper_instead = not self._paper_instead
            self._lay_paper()

    def _lay_paper(self) -> None:
        """Beside, or in its place by F8 where there is room for one."""
        instead = self._paper_instead and not self._paper_beside
        seen = self._paper_beside or instead
        self._left.setVisible(not instead)
        self.paper.setVisible(seen)
        self._toggle.setVisible(not self._paper_beside)
        self._toggle.setText(say("sellar.paper_hide" if instead else "sellar.paper_show") + "  F8")
        self.presenter.watch_paper(seen=seen)
