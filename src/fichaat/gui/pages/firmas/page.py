"""The full-window pad: who signs now and the white paper; nothing else competes."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fichaat.domain.firma import Trazo
from fichaat.gui.desk import Desk
from fichaat.gui.pages.firmas.foot import Foot
from fichaat.gui.pages.firmas.people import PeopleStrip
from fichaat.gui.pages.firmas.presenter import FirmasPresenter
from fichaat.gui.pages.firmas.screen import Mode, Note, Screen
from fichaat.gui.pages.firmas.side import NoticeCard, SideColumn
from fichaat.gui.pages.firmas.view import PaperOffer
from fichaat.gui.pages.page import Page
from fichaat.gui.routes import Firmar, Route
from fichaat.gui.text import say
from fichaat.gui.theme.style import set_role
from fichaat.gui.theme.tokens import GAP, MARGIN
from fichaat.gui.widgets import dialogs, labels
from fichaat.gui.widgets.icons import LARGE, IconLabel
from fichaat.gui.widgets.signature_pad import SignaturePad
from fichaat.gui.widgets.surfaces import Banner, PageScroll

KEEP_MS: Final = 400
"""What is drawn is kept this soon, also in the middle of a line."""
KEEP_AGAIN_MS: Final = 3000
_SIDE: Final = 330
_SIDE_SHORT: Final = 270
_FOLD: Final = 50
"""Narrower than this, in heights of a line, the pad needs the room of the cards."""
_NOTE_ICONS: Final = {"ok": "bien", "warn": "aviso", "error": "error", "info": "nota"}


class FirmasPage(Page):
    place = "fichas"
    full = True
    help_topic = "firmas"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = FirmasPresenter(self, self.tasks, desk.session, desk.go)
        self._codigo = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.presenter.stroke_changed)
        self._busy = False
        self._lay()
        self.pad.drawn.connect(self._on_drawn)
        self.pad.accepted.connect(self.presenter.do)
        self.pad.became_full.connect(self.presenter.pad_full)
        self.people.chosen.connect(self.presenter.choose)

    # page

    def arrive(self, route: Route) -> None:
        """See `Page.arrive`."""
        assert isinstance(route, Firmar)  # the registry says so
        self._codigo = route.codigo
        self.presenter.arrive(route.codigo, route.participante)

    def leave(self) -> None:
        """See `Page.leave`."""
        self._soon.stop()
        self.presenter.leave()

    def settle(self) -> bool:
        """See `Page.settle`."""
        return self.presenter.settled

    def may_leave(self) -> bool:
        """See `Page.may_leave`."""
        return self.presenter.settled

    def adapt(self, *, narrow: bool, short: bool) -> None:
        """The pad keeps the most room: cards shrink, then fold."""
        folded = self.width() < _FOLD * self._context.fontMetrics().height()
        tight = short or narrow
        margin = 16 if tight else MARGIN + 4
        self._grid.setContentsMargins(margin, 10 if short else 16, margin, 10 if short else 20)
        self._grid.setVerticalSpacing(8 if short else 14)
        self._grid.setHorizontalSpacing(0 if folded else 20)
        self._side.setVisible(not folded)
        self._side.setFixedWidth(_SIDE_SHORT if tight else _SIDE)
        self._side.set_short(short=short)
        self._notice.setVisible(folded)
        tiny = folded and short
        self.people.setVisible(not tiny)
        self.buttons.set_folded(cards=folded, people=tiny)
        self._grid.removeWidget(self.buttons)
        if short or folded:
            self._grid.addWidget(self.buttons, 3, 0, 1, 2)
        else:
            self._grid.addWidget(self.buttons, 3, 1)
        self._grid.removeWidget(self._side)
        self._grid.addWidget(self._side, 2, 0, 1 if short else 2, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter does what the focused or the large button says; Esc leaves, nothing is lost."""
        if event.key() == Qt.Key.Key_Escape:
            self.presenter.leave_for_later()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = QApplication.focusWidget()
            if isinstance(focused, QPushButton) and self.isAncestorOf(focused):
                focused.click()
            else:
                self.presenter.do()
        elif event.matches(QKeySequence.StandardKey.Undo) and self.pad.can_restore:
            self.pad.restore()
        else:
            super().keyPressEvent(event)

    # what the presenter asks: see `FirmasView`

    def show_screen(self, screen: Screen) -> None:
        self._title.setText(screen.title)
        self._context.setText(screen.context)
        self.people.show_people(screen.people)
        self._side.show_screen(screen)
        self._notice.say(screen.notice)
        self._message.show_note(screen.note if screen.mode is Mode.MESSAGE else None)
        self._middle.setCurrentWidget(self._message if screen.mode is Mode.MESSAGE else self.pad)
        self._show_note(screen)
        self.pad.show_signer(screen.person[0])
        self.buttons.show_screen(screen)
        self._show_drawn()

    def put_stroke(self, trazo: Trazo | None, *, locked: bool) -> None:
        self._soon.stop()
        self.pad.load(trazo, locked=locked)
        self._show_drawn()
        (self.pad if not self.pad.isHidden() and not locked else self.buttons.do).setFocus()

    def drawn(self) -> Trazo | None:
        return self.pad.trazo()

    def set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self._soon.stop()
        self.pad.freeze(frozen=busy)
        self._show_drawn()

    def ask(
        self,
        title: str,
        sentence: str,
        verb: str,
        on_yes: Callable[[], object],
        *,
        danger: bool = False,
    ) -> None:
        dialogs.ask(self, title, sentence, verb, on_yes, danger=danger)

    def ask_reason(
        self, title: str, sentence: str, verb: str, on_reason: Callable[[str], object]
    ) -> None:
        dialogs.ask_reason(self, title, sentence, verb, on_reason)

    def offer_paper(self, offer: PaperOffer) -> None:
        from fichaat.gui.pages.firmas.paper_dialog import PaperDialog

        dialog = PaperDialog(self, offer, self.presenter.print_to_sign)
        dialog.chosen.connect(self.presenter.signed_on_paper)
        dialog.open()

    def read_paper(self, pdf: bytes) -> None:
        from fichaat.gui.pages.firmas.read_dialog import ReadDialog

        ReadDialog(self, say("firmas.read_title", codigo=self._codigo), pdf).open()

    def print_paper(self, pdf: bytes) -> None:
        from fichaat.gui.paper_actions import Paper
        from fichaat.gui.printing import PrintDialog

        PrintDialog(self, [Paper(self._codigo, pdf)]).open()

    def keep_again_soon(self) -> None:
        self._soon.start(KEEP_AGAIN_MS)

    # inside

    def _on_drawn(self) -> None:
        """Kept at a steady pace while the line goes on, not only when it ends."""
        if not self._soon.isActive():
            self._soon.start(KEEP_MS)
        self._show_drawn()

    def _show_drawn(self) -> None:
        self.buttons.show_drawn(
            drawn=not self.pad.empty, restorable=self.pad.can_restore, busy=self._busy
        )

    def _on_clear(self) -> None:
        if self.pad.can_restore:
            self.pad.restore()
        else:
            self.pad.clear()
        self.pad.setFocus()

    def _show_note(self, screen: Screen) -> None:
        note = None if screen.mode is Mode.MESSAGE else screen.note
        self._banner.setVisible(note is not None)
        if note is not None:
            self._banner.say(note.bold, note.rest, note.tone)

    def _lay(self) -> None:
        presenter = self.presenter
        self._title = labels.title()
        self._context = labels.hint()
        self.people = PeopleStrip()
        self._side = SideColumn(presenter.read)
        self._banner = Banner()
        self._notice = NoticeCard()
        self._notice.set_plain()
        self.pad = SignaturePad()
        self._message = _MessagePanel()
        self._middle = QStackedWidget()
        self._middle.addWidget(self.pad)
        self._middle.addWidget(self._message)
        self.buttons = Foot(
            on_clear=self._on_clear,
            on_paper=presenter.on_paper,
            on_leave=presenter.leave_for_later,
            on_refused=presenter.refuses,
            on_pending=presenter.signs_later,
            on_again=presenter.sign_again,
            on_read=presenter.read,
            on_do=presenter.do,
            on_person=presenter.choose,
        )
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._title)
        words.addWidget(self._context)
        self._head = QHBoxLayout()
        self._head.setSpacing(GAP)
        self._head.addLayout(words, 3)
        self._head.addWidget(self.people, 4)
        centre = QVBoxLayout()
        centre.setSpacing(8)
        centre.addWidget(self._notice)
        centre.addWidget(self._banner)
        centre.addWidget(self._middle, 1)
        self._grid = QGridLayout(self)
        self._grid.addLayout(self._head, 0, 0, 1, 2)
        self._grid.addWidget(labels.line(), 1, 0, 1, 2)
        self._grid.addWidget(self._side, 2, 0, 2, 1)
        self._grid.addLayout(centre, 2, 1)
        self._grid.addWidget(self.buttons, 3, 1)
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(2, 1)


class _MessagePanel(PageScroll):
    """In the place of the pad: why there is nothing to draw on."""

    def __init__(self) -> None:
        card = QFrame()
        super().__init__(card)
        set_role(card, "card")
        self._icon = IconLabel("nota", "info", LARGE)
        self._bold = labels.card_title()
        self._rest = labels.second()
        self._lines = labels.body()
        column = QVBoxLayout(card)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(8)
        column.addStretch(1)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(self._icon, 0, centre)
        for label in (self._bold, self._rest, self._lines):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addStretch(2)
        self._inside: QWidget = card

    def show_note(self, note: Note | None) -> None:
        if note is None:
            return
        self._icon.show_icon(_NOTE_ICONS[note.tone], note.tone)
        self._bold.setText(note.bold)
        for label, text in ((self._rest, note.rest), (self._lines, "\n".join(note.lines))):
            label.setText(text)
            label.setVisible(bool(text))
        self._inside.setAccessibleName(f"{note.bold} {note.rest}".strip())
