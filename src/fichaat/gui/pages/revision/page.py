"""A ficha beside its history, the queue at its left, and what is said of it below."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fichaat.application.changes import Changes
from fichaat.gui import routes
from fichaat.gui.desk import Desk
from fichaat.gui.ficha_words import estado_words
from fichaat.gui.pages.page import Page
from fichaat.gui.pages.revision.bulk_dialog import BulkDialog
from fichaat.gui.pages.revision.decision import Answers, DecisionCard
from fichaat.gui.pages.revision.detail import Detail
from fichaat.gui.pages.revision.detail_presenter import DetailPresenter, DetailSources
from fichaat.gui.pages.revision.panel import QueuePanel
from fichaat.gui.pages.revision.presenter import RevisionPresenter, RevisionSources, filters_of
from fichaat.gui.pages.revision.side import SideColumn
from fichaat.gui.pages.revision.verdicts import BulkWords, Verdicts, VerdictSources
from fichaat.gui.pages.revision.words import Head
from fichaat.gui.paper_actions import PaperActions
from fichaat.gui.paper_sources import paper_sources
from fichaat.gui.printing import PaperWindows
from fichaat.gui.routes import Route
from fichaat.gui.text import say
from fichaat.gui.widgets.buttons import button, icon_button
from fichaat.gui.widgets.dialogs import Question, ask
from fichaat.gui.widgets.surfaces import CHIPS, Chip, EmptyState, PageHeader, PageScroll
from fichaat.gui.widgets.typed_fields import DateField

_LIST_BESIDE: Final = 104
_SIDE_BESIDE: Final = 142
"""Letters that fit in the width of the page where another column is comfortable."""
_TITLE_WHOLE: Final = 100
_LIST_WIDE: Final = 30
_SIDE_WIDE: Final = 41
_ROWS_BESIDE: Final = 66
"""Letters of the middle in which two versions stand beside each other."""
_BAR_WHOLE: Final = 34
_BAR_FIXED: Final = 25
"""Lines of the page above which the decision bar stands below what scrolls."""


class RevisionPage(Page):
    place = "revision"
    rail = True
    help_topic = "revision"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.dialog: Question | BulkDialog | None = None
        self._list_beside, self._list_wanted, self._fresh = True, False, False
        self._of = ""
        self._head: Head | None = None
        self._make_presenters()
        self._make_header()
        self._lay()
        self._connect()

    # Page

    def takes(self, route: Route) -> bool:
        return isinstance(route, routes.Revision)

    def arrive(self, route: Route) -> None:
        """The queue has the focus: arrows move, Ctrl+Enter decides."""
        self._fresh = True
        self.presenter.arrived(route.codigo if isinstance(route, routes.Revision) else None)
        self._give_focus()

    def changed(self, changes: Changes) -> None:
        self.presenter.changed(changes)

    def may_leave(self) -> bool:
        return not self.presenter.verdicts.holds_words

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Three columns, two, or one."""
        super().resizeEvent(event)
        self._arrange()

    # what the presenters show

    def show_head(self, head: Head) -> None:
        self._detail.setCurrentWidget(self.detail)
        self._head = head
        tone, icon = CHIPS[head.estado]
        self.chip.show_state(estado_words(head.estado), tone, icon)
        self.chip.show()
        self._pdf.show()
        if self._of != head.context:
            self._of = head.context
            self.detail.begin()
        self._arrange()

    def show_nothing(self, sentence: str, *, inbox: bool) -> None:
        self._head = None
        self.chip.hide()
        self._pdf.hide()
        self._nothing.say(sentence)
        self._nothing_inbox.setVisible(inbox)
        self._detail.setCurrentWidget(self._nothing)
        self._arrange()

    def show_motive_error(self, sentence: str) -> None:
        self.decision.show_motive_error(sentence)

    def show_plazo_error(self, sentence: str) -> None:
        self.decision.show_plazo_error(sentence)

    def ask(
        self, title: str, sentence: str, verb: str, on_yes: Callable[[], object], *, danger: bool
    ) -> None:
        self.dialog = ask(self, title, sentence, verb, on_yes, danger=danger)

    def ask_bulk(self, bulk: BulkWords) -> None:
        self.dialog = BulkDialog(self, bulk, self.presenter.verdicts.approve_several)
        self.dialog.open()

    # inside

    def _make_presenters(self) -> None:
        desk = self.desk
        session, here = desk.session, desk.session.here
        territorio, clock = here.territorio, here.clock
        verdicts = Verdicts(
            self,
            VerdictSources(territorio, clock, session.review_queue.bulk, session.review.several),
            tasks=self.tasks,
            lasting=desk.runner,
            go=desk.go,
        )
        answers = Answers(
            verdicts.approve,
            verdicts.observe,
            verdicts.reject,
            verdicts.retract,
            verdicts.motive_typed,
        )
        self.decision = DecisionCard(clock.now().date(), answers)
        self.side = SideColumn(lambda codigo: self.presenter.open_ficha(codigo))
        to_inbox = button(say("revisar.inbox"), lambda: self.presenter.inbox())
        self.detail = Detail(self.decision, self.side, to_inbox)
        detail = DetailPresenter(
            self,
            self.detail,
            DetailSources(territorio, clock, session.read_review, session.print_ficha.sealed),
            PaperActions(PaperWindows(self), self.tasks, desk.go, paper_sources(desk)),
            verdicts,
            tasks=self.tasks,
        )
        self.panel = QueuePanel(filters_of(territorio, here.profile.region))
        self.presenter = RevisionPresenter(
            self.panel,
            RevisionSources(territorio, clock, session.review_queue),
            detail,
            verdicts,
            tasks=self.tasks,
            go=desk.go,
        )

    def _make_header(self) -> None:
        presenter = self.presenter
        self.header = PageHeader(say("revisar.place"), "")
        self.chip = Chip("", "neutral", "sellada")
        self.chip.hide()
        self.header.add_beside(self.chip)
        self._list_button = button(say("revisar.list"), self._on_list, icon="revision")
        before = icon_button("atras", say("revisar.before"), lambda: presenter.step(-1))
        after = icon_button("siguiente", say("revisar.after"), lambda: presenter.step(1))
        self._steps: tuple[QWidget, ...] = (self._list_button, before, after)
        self._pdf = button(say("revisar.view_pdf"), presenter.detail.view_pdf, icon="pdf")
        for widget in (*self._steps, self._pdf):
            self.header.add(widget)

    def _lay(self) -> None:
        self._nothing_inbox = button(say("revisar.inbox"), self.presenter.inbox, icon="recepcion")
        self._nothing = EmptyState("revision", say("revisar.none_por_revisar"), self._nothing_inbox)
        self._detail = QStackedWidget()
        self._detail.addWidget(self.detail)
        self._detail.addWidget(self._nothing)
        room = QWidget()
        self._side_place = QVBoxLayout(room)
        self._side_place.setContentsMargins(0, 14, 18, 14)
        self._side_place.addWidget(self.side)
        self._side_scroll = PageScroll(room)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.panel)
        below.addWidget(self._detail, 1)
        below.addWidget(self._side_scroll)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.header)
        page.addLayout(below, 1)

    def _connect(self) -> None:
        presenter, panel = self.presenter, self.panel
        panel.tab_chosen.connect(presenter.choose_tab)
        panel.searched.connect(presenter.search)
        panel.filtered.connect(presenter.filter)
        panel.cleared.connect(presenter.clear)
        panel.bulk.clicked.connect(presenter.ask_bulk)
        panel.list.chosen.connect(presenter.select)
        panel.shown.connect(self._on_shown)
        self.detail.parts.chosen.connect(presenter.detail.show_part)
        for keys, deed in (
            ("Ctrl+Return", presenter.verdicts.approve),
            ("Ctrl+Enter", presenter.verdicts.approve),
            ("Alt+Up", lambda: presenter.step(-1)),
            ("Alt+Down", self._on_down),
        ):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(deed)

    def _on_down(self) -> None:
        focus = QApplication.focusWidget()
        if isinstance(focus, DateField):
            focus.open_calendar()  # there these keys mean the month
        else:
            self.presenter.step(1)

    def _on_list(self) -> None:
        self._list_wanted = not self._list_wanted
        self._arrange()
        self._give_focus()

    def _on_shown(self) -> None:
        """On arrival the page was not laid out yet: what is seen now has the focus."""
        self._arrange()
        if self._fresh:
            self._fresh = False
            self._give_focus()

    def _give_focus(self) -> None:
        if self.panel.isHidden():
            self._list_button.setFocus()
        else:
            self.panel.give_focus()

    def _arrange(self) -> None:
        """By how many letters and lines fit, so that large letters count as a small window."""
        metrics = self.fontMetrics()
        letter = metrics.horizontalAdvance("0")
        wide, tall = self.width() // letter, self.height() // metrics.lineSpacing()
        self._list_beside = wide >= _LIST_BESIDE
        instead = self._list_wanted and not self._list_beside
        self.panel.setVisible(self._list_beside or instead)
        self._detail.setVisible(not instead)
        self.panel.setFixedWidth(letter * _LIST_WIDE if self._list_beside else self.width())
        for widget in self._steps:
            widget.setVisible(not self._list_beside)
        words = say("revisar.list_back") if instead else self.panel.count_words
        self._list_button.setText(words)
        self._say_title(whole=wide >= _TITLE_WHOLE)
        beside = wide >= _SIDE_BESIDE and self._head is not None
        self._place_side(letter * _SIDE_WIDE, beside=beside)
        self.detail.place_decision(fixed=tall >= _BAR_FIXED)
        self.decision.tighten(tight=_BAR_FIXED <= tall < _BAR_WHOLE)
        taken = _LIST_WIDE * self._list_beside + _SIDE_WIDE * beside
        self.detail.stack(stacked=wide - taken < _ROWS_BESIDE)

    def _say_title(self, *, whole: bool) -> None:
        """Only the place, where the whole title would be cut."""
        head = self._head
        if head is None:
            self.header.say(say("revisar.place"), "")
        elif whole:
            self.header.say(head.title, head.context)
        else:
            self.header.say(head.place, head.short)

    def _place_side(self, width: int, *, beside: bool) -> None:
        """At the right, or below what is judged."""
        self._side_scroll.setVisible(beside)
        self._side_scroll.setFixedWidth(width)
        if not beside:
            self.detail.take_side()
        elif self._side_place.indexOf(self.side) < 0:
            self._side_place.addWidget(self.side)
