"""A sealed ficha: its paper, what was sealed, its history, and what can be done with it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fichaat.application.changes import Changes
from fichaat.domain.rol import Rol
from fichaat.gui import routes
from fichaat.gui.asking import PageAsker
from fichaat.gui.desk import Desk
from fichaat.gui.diff_words import ChangeLine
from fichaat.gui.ficha_deeds import FichaDeeds
from fichaat.gui.files import read_scans
from fichaat.gui.pages.page import Page
from fichaat.gui.pages.ver_ficha.presenter import (
    Deeds,
    Head,
    VerFichaPresenter,
    VerFichaSources,
)
from fichaat.gui.pages.ver_ficha.words import Fact, StoryLine
from fichaat.gui.paper_actions import PaperActions
from fichaat.gui.paper_sources import paper_sources
from fichaat.gui.printing import PaperWindows
from fichaat.gui.routes import Route
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.style import restyle
from fichaat.gui.theme.tokens import GAP, MARGIN, MARGIN_NARROW
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.changes_card import ChangesCard
from fichaat.gui.widgets.dialogs import ask
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.icons import SMALL, IconLabel, set_icon
from fichaat.gui.widgets.menu import MoreMenu
from fichaat.gui.widgets.paper_preview import PaperPreview
from fichaat.gui.widgets.surfaces import (
    CHIPS,
    Banner,
    Card,
    Chip,
    EmptyState,
    PageHeader,
    PageScroll,
    clear_layout,
)

_LETTERS_WITH_PAPER = 112
_PATTERNS = "*.pdf *.jpg *.jpeg *.png *.webp *.heic *.tif *.tiff"


class VerFichaPage(Page):
    place = "fichas"
    rail = True
    help_topic = "fichas"

    def __init__(self, desk: Desk, codigo: str, copia: str = "") -> None:
        super().__init__(desk)
        session, here = desk.session, desk.session.here
        self.presenter = VerFichaPresenter(
            self,
            VerFichaSources(
                here.territorio,
                here.clock,
                session.read_sealed,
                session.print_ficha.sealed,
                read_scans,
                session.add_evidence,
                here.profile.rol is not Rol.ESPECIALISTA,
            ),
            PaperActions(PaperWindows(self), self.tasks, desk.go, paper_sources(desk)),
            FichaDeeds(PageAsker(self), self.tasks, desk.runner, desk.go, session),
            tasks=self.tasks,
            go=desk.go,
            codigo=codigo,
            copia=copia,
        )
        self._paper_beside, self._paper_instead = True, False
        self._lay()
        key = QShortcut(QKeySequence("F8"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self._on_toggle)

    # Page

    def takes(self, route: Route) -> bool:
        return route == routes.VerFicha(self.presenter.codigo, self.presenter.copia)

    def arrive(self, route: Route) -> None:
        del route
        self.presenter.open()
        self._view.setFocus()

    def changed(self, changes: Changes) -> None:
        self.presenter.changed(changes)

    def adapt(self, *, narrow: bool, short: bool) -> None:
        """The paper beside its history only where there is room for both."""
        del short
        side = MARGIN_NARROW if narrow else MARGIN
        self._column.setContentsMargins(side, 16, side, 16)
        self._foot.setContentsMargins(side, 8, side, 16)
        letter = QFontMetrics(font()).horizontalAdvance("0")
        self._paper_beside = not narrow and self.width() >= letter * _LETTERS_WITH_PAPER
        self._lay_paper()

    # what the presenter shows

    def show_head(self, head: Head) -> None:
        self.header.say(head.title, head.context)
        tone, icon = CHIPS[head.estado]
        self.chip.show_state(head.estado_words, tone, icon)
        self.chip.show()

    def show_notice(self, tone: str, sentence: str) -> None:
        self.banner.setVisible(bool(tone))
        if tone:
            self.banner.say(sentence, "", tone)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        clear_layout(self._facts)
        for row, fact in enumerate(facts):
            name = labels.field_label(fact.name)
            name.setWordWrap(False)
            self._facts.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(labels.body(fact.words), row, 1)

    def show_story(self, lines: Sequence[StoryLine]) -> None:
        clear_layout(self._story)
        for line in lines:
            self._story.addWidget(_story_row(line))

    def show_changes(self, heading: str, lines: Sequence[ChangeLine]) -> None:
        self.changes.heading.setText(heading)
        self.changes.show_changes("", lines)
        self.changes.setVisible(bool(lines))

    def show_deeds(self, deeds: Deeds) -> None:
        _keep_room(self._correct, kept=False)
        self._correct.setText(deeds.correct)
        self._correct.setVisible(bool(deeds.correct))
        _make_first(self._correct, "corregir", first=deeds.asked)
        _make_first(self._view, "pdf", first=not deeds.asked)
        self._review.setVisible(deeds.review)
        self._annul.setVisible(deeds.annul)
        self._late.setVisible(deeds.late)
        self._attach.setVisible(deeds.attach)

    def show_paper(self, pdf: bytes) -> None:
        self.paper.show_pdf(pdf)

    def show_paper_error(self, sentence: str) -> None:
        self.paper.show_error(sentence)

    def show_gone(self, sentence: str) -> None:
        """There is nothing to show: only the way back is left."""
        self._left.hide()
        self.paper.hide()
        self._gone.say(sentence)
        self._gone.show()
        self._gone_back.setFocus()

    def ask_files(self) -> None:
        dialog = QFileDialog(self, say("lista.attach_title", codigo=self.presenter.codigo))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(f"{say('lista.attach_filter')} ({_PATTERNS})")
        dialog.filesSelected.connect(
            lambda names: self.presenter.attach_files([Path(name) for name in names])
        )
        dialog.open()

    def ask_attach(
        self, title: str, sentence: str, verb: str, on_yes: Callable[[], object]
    ) -> None:
        ask(self, title, sentence, verb, on_yes)

    # inside

    def _lay(self) -> None:
        self.header = PageHeader(" ", " ", self.presenter.back)
        self.chip = Chip("", "neutral", "sellada")
        self.chip.hide()
        self.header.add_beside(self.chip)
        self._toggle = button("", self._on_toggle, icon="hoja")
        self.header.add(self._toggle)
        self.banner = Banner("info")
        self.banner.hide()
        facts, self._facts = Card(say("lista.facts")), QGridLayout()
        self._facts.setHorizontalSpacing(GAP)
        self._facts.setVerticalSpacing(6)
        self._facts.setColumnStretch(1, 1)
        facts.column.addLayout(self._facts)
        story, self._story = Card(say("lista.story")), QVBoxLayout()
        self._story.setSpacing(8)
        story.column.addLayout(self._story)
        self.changes = ChangesCard(" ")
        self.changes.hide()
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setSpacing(GAP)
        for widget in (self.banner, facts, self.changes, story):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self.paper = PaperPreview(say("lista.paper"), hideable=False)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(PageScroll(inside), 1)
        left.addLayout(self._make_foot())
        self._gone_back = button(say("ventana.back"), self.presenter.back)
        self._gone = EmptyState("ficha", say("lista.gone"), self._gone_back)
        self._gone.hide()
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._left, 55)
        middle.addWidget(self.paper, 45)
        middle.addWidget(self._gone, 100)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.header)
        page.addLayout(middle, 1)

    def _make_foot(self) -> FlowRow:
        presenter = self.presenter
        self._foot = FlowRow(spacing=8, centred=True)
        more = MoreMenu(say("lista.more"))
        self._review = more.add(say("lista.review"), presenter.review)
        more.add(say("lista.save"), presenter.save_pdf)
        more.add(say("lista.duplicate"), presenter.duplicate)
        self._late = more.add(say("lista.late"), presenter.sign_late)
        self._attach = more.add(say("lista.attach"), presenter.attach)
        self._annul = more.add(say("lista.annul"), presenter.annul)
        self._correct = button(say("lista.correct_ask"), presenter.correct, icon="corregir")
        self._correct.hide()
        # Most fichas here are one's own: nothing moves under the pointer when that is known.
        _keep_room(self._correct, kept=True)
        self._view = button(say("lista.view"), presenter.view_pdf, role="primary", icon="pdf")
        for widget in (
            self._view,
            button(say("lista.print"), presenter.print, icon="imprimir"),
            self._correct,
            more,
        ):
            self._foot.add(widget)
        return self._foot

    def _on_toggle(self) -> None:
        if not self._paper_beside:
            self._paper_instead = not self._paper_instead
            self._lay_paper()

    def _lay_paper(self) -> None:
        """Beside, or in its place by F8 where there is room for one."""
        if not self._gone.isHidden():
            return
        instead = self._paper_instead and not self._paper_beside
        self._left.setVisible(not instead)
        self.paper.setVisible(self._paper_beside or instead)
        self._toggle.setVisible(not self._paper_beside)
        self._toggle.setText(say("sellar.paper_hide" if instead else "sellar.paper_show") + "  F8")


def _make_first(made: QPushButton, icon: str, *, first: bool) -> None:
    restyle(made, role="primary" if first else "")
    set_icon(made, icon, "onprimary" if first else "text")


def _keep_room(widget: QWidget, *, kept: bool) -> None:
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(kept)
    widget.setSizePolicy(policy)


def _story_row(line: StoryLine) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GAP)
    words = QVBoxLayout()
    words.setSpacing(1)
    words.addWidget(labels.body(line.words))
    words.addWidget(labels.hint(line.when))
    top = Qt.AlignmentFlag.AlignTop
    row.addWidget(IconLabel(line.icon, line.tone, SMALL), 0, top)
    row.addLayout(words, 1)
    if line.chip:
        row.addWidget(Chip(say(f"lista.estado_{line.chip}"), *CHIPS[line.chip]), 0, top)
    return made
