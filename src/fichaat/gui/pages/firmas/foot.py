"""The buttons under the pad: large enough for a finger, fewer where there is less room."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from fichaat.gui.pages.firmas.screen import Deed, Mode, Screen
from fichaat.gui.text import say
from fichaat.gui.theme.tokens import HEIGHT_SIGN
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.icons import MEDIUM, set_icon

Click = Callable[[], object]
_ICONS: Final = {
    Deed.ACCEPT: "aceptar",
    Deed.NEXT: "siguiente",
    Deed.FINISH: "aceptar",
    Deed.FIX: "corregir",
    Deed.ATTACH: "adjunto",
}


class Foot(QWidget):
    """What does not fit beside *Aceptar firma* waits under «Más opciones»."""

    def __init__(
        self,
        *,
        on_clear: Click,
        on_paper: Click,
        on_leave: Click,
        on_refused: Click,
        on_pending: Click,
        on_again: Click,
        on_read: Click,
        on_do: Click,
        on_person: Callable[[str], object],
    ) -> None:
        super().__init__()
        self.clear = button(say("firmas.clear"), on_clear, icon="limpiar", size="sign")
        self.paper = button(say("firmas.on_paper"), on_paper, icon="papel", size="sign")
        self.leave = button(say("firmas.later"), on_leave, role="ghost", size="sign")
        self.more = button("", self._open_menu, role="ghost", icon="menu", size="sign")
        self.more.setAccessibleName(say("firmas.more"))
        self.more.setToolTip(say("firmas.more"))
        self._key = labels.keycap("Enter")
        self.do = button(say("firmas.accept"), on_do, role="big", icon="aceptar")
        self._menu = QMenu(self)
        self._refused = self._action("firmas.refused", on_refused)
        self._pending = self._action("firmas.pending", on_pending)
        self._again = self._action("firmas.again", on_again)
        self._paper_too = self._action("firmas.on_paper", on_paper)
        self._read_too = self._action("firmas.read_all", on_read)
        self._leave_too = self._action("firmas.later", on_leave)
        self._people = QMenu(say("firmas.people"), self._menu)
        self._on_person = on_person
        self._menu.addMenu(self._people)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for widget in (self.clear, self.paper, self.leave, self.more):
            widget.setMinimumHeight(HEIGHT_SIGN)
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._key, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.do)
        self._row = row
        self._screen: Screen | None = None
        self._folded = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def show_screen(self, screen: Screen) -> None:
        """The buttons that this participant can use."""
        self._screen = screen
        self.do.setText(screen.deed_words)
        set_icon(self.do, _ICONS[screen.deed], "onprimary", MEDIUM)
        words = "firmas.later" if screen.mode is Mode.PAD else "firmas.leave"
        self.leave.setText(say(words))
        self._leave_too.setText(say(words))
        self._people.clear()
        for chip in screen.people:
            line = self._people.addAction(say("firmas.person", nombre=chip.name, estado=chip.words))
            line.triggered.connect(partial(self._on_chosen, chip.id))
        self._fit()

    def show_drawn(self, *, drawn: bool, restorable: bool, busy: bool) -> None:
        """What is on the pad decides what can be done with it."""
        self.clear.setText(say("firmas.restore" if restorable else "firmas.clear"))
        set_icon(self.clear, "deshacer" if restorable else "limpiar")
        self.clear.setEnabled((drawn or restorable) and not busy)
        accepting = self._screen is not None and self._screen.deed is Deed.ACCEPT
        self.do.setEnabled(not busy and (drawn or not accepting))
        for other in (self.paper, self.more):
            other.setEnabled(not busy)

    def set_folded(self, *, cards: bool, people: bool) -> None:
        """What else of the page is hidden, and so in the menu."""
        self._folded = cards
        self._people.menuAction().setVisible(people)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The page is never as wide as all the buttons."""
        return QSize(200, self._row.minimumSize().height())

    def _fit(self) -> None:
        """Hide what does not fit, the least needed first; the menu has it."""
        screen = self._screen
        if screen is None:
            return
        for action, may in (
            (self._refused, screen.may_refuse),
            (self._pending, screen.may_refuse),
            (self._again, screen.may_repeat),
            (self._read_too, self._folded),
        ):
            action.setVisible(may)
        self.clear.setVisible(screen.mode is Mode.PAD)
        wanted: list[tuple[QWidget, bool]] = [
            (self._key, True),
            (self.paper, screen.may_paper),
            (self.leave, True),
        ]
        for widget, shown in wanted:
            widget.setVisible(shown)
        self._paper_too.setVisible(False)
        self._leave_too.setVisible(False)
        self.more.setVisible(self._any_in_menu())
        for widget, shown in wanted:
            if not shown or self._needed() <= self.width():
                continue
            widget.setVisible(False)
            self._paper_too.setVisible(self.paper.isHidden() and screen.may_paper)
            self._leave_too.setVisible(self.leave.isHidden())
            self.more.setVisible(self._any_in_menu())

    def _on_chosen(self, id_: str, *_: object) -> None:
        self._on_person(id_)

    def _any_in_menu(self) -> bool:
        return any(action.isVisible() for action in self._menu.actions())

    def _needed(self) -> int:
        shown: Sequence[QWidget] = [
            widget
            for widget in (self.clear, self.paper, self.leave, self.more, self._key, self.do)
            if not widget.isHidden()
        ]
        return sum(widget.sizeHint().width() + self._row.spacing() for widget in shown)

    def _action(self, code: str, on_triggered: Click) -> QAction:
        made = QAction(say(code), self)
        made.triggered.connect(lambda: on_triggered())
        self._menu.addAction(made)
        return made

    def _open_menu(self) -> None:
        above = self.more.mapToGlobal(QPoint(0, -self._menu.sizeHint().height()))
        self._menu.popup(above)
