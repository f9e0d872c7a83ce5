"""Title and state of the ficha, and what can be done with it."""

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from fichaat.gui.pages.ficha.head import Head
from fichaat.gui.saving.status import Status as StatusWords
from fichaat.gui.text import say
from fichaat.gui.theme.style import set_role
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button, icon_button
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.surfaces import Chip, Status


class Header(QFrame):
    """In a narrow window what is rarely used is under «⋯»."""

    back_asked = Signal()
    undo_asked = Signal()
    redo_asked = Signal()
    signatures_asked = Signal()
    review_asked = Signal()
    revert_asked = Signal()
    check_asked = Signal()
    paper_asked = Signal()
    discard_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "header")
        self._contexts = ("", "")
        self._narrow = False
        self.setMinimumHeight(62)
        row = FlowRow(spacing=8, centred=True)
        row.setContentsMargins(20, 6, 24, 6)
        self._deeds = self._actions()
        row.add(self._names(), 1)
        row.add(self._deeds)
        self.setLayout(row)

    def show_head(self, head: Head) -> None:
        self._title.setText(head.title)
        self._contexts = (head.context, head.brief)
        self._show_context()
        self._chip.show_state(head.chip, "neutral", "borrador")
        self._signatures.setText(f" {head.signatures}")

    def show_gone(self) -> None:
        """There is no draft, and nothing that could be done with it."""
        self._chip.hide()
        self._deeds.hide()

    def show_saving(self, status: StatusWords) -> None:
        self._saving.show_state(status.words, status.tone, status.icon)
        self._saving.setAccessibleName(status.words)

    def show_steps(self, *, undo: bool, redo: bool) -> None:
        self._undo.setEnabled(undo)
        self._redo.setEnabled(redo)
        self._undo_entry.setEnabled(undo)
        self._redo_entry.setEnabled(redo)

    def set_narrow(self, *, narrow: bool) -> None:
        """Undo and redo in the menu instead of beside it."""
        self._narrow = narrow
        self._show_context()
        self._undo.setVisible(not narrow)
        self._redo.setVisible(not narrow)
        self._undo_entry.setVisible(narrow)
        self._redo_entry.setVisible(narrow)

    def show_paper_words(self, words: str) -> None:
        """What F8 does now."""
        self._paper.setText(words)

    def _show_context(self) -> None:
        self._context.setText(self._contexts[self._narrow])

    def _names(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(icon_button("atras", say("ventana.back"), self.back_asked.emit))
        words = QVBoxLayout()
        words.setSpacing(0)
        self._title = labels.title()
        self._title.setWordWrap(False)
        self._context = labels.hint()
        self._context.setWordWrap(False)
        words.addWidget(self._title)
        words.addWidget(self._context)
        row.addLayout(words)
        self._chip = Chip(say("editor.draft"), "neutral", "borrador")
        row.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        return made

    def _actions(self) -> QWidget:
        made = QWidget()
        row = FlowRow(spacing=8, centred=True)
        self._saving = Status(say("editor.saving"), "neutral", "guardando")
        self._undo = icon_button("deshacer", say("editor.undo"), self.undo_asked.emit)
        self._redo = icon_button("rehacer", say("editor.redo"), self.redo_asked.emit)
        self._undo.setToolTip(f"{say('editor.undo')} (Ctrl+Z)")
        self._redo.setToolTip(f"{say('editor.redo')} (Ctrl+Y)")
        self._more = icon_button("menu", say("editor.more"), self._open_menu)
        self._menu = self._make_menu()
        self._signatures = button("", self.signatures_asked.emit, icon="firmar")
        review = button(
            f" {say('editor.review')}", self.review_asked.emit, role="primary", icon="sellada"
        )
        for widget in (
            self._saving,
            self._undo,
            self._redo,
            self._more,
            self._signatures,
            review,
        ):
            row.add(widget)
        made.setLayout(row)
        return made

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        self._undo_entry = self._entry(menu, "editor.undo", self.undo_asked)
        self._redo_entry = self._entry(menu, "editor.redo", self.redo_asked)
        self._paper = self._entry(menu, "editor.show_paper", self.paper_asked)
        self._entry(menu, "editor.check_all", self.check_asked)
        menu.addSeparator()
        self._entry(menu, "editor.revert", self.revert_asked)
        self._entry(menu, "editor.discard", self.discard_asked)
        return menu

    def _entry(self, menu: QMenu, code: str, asked: SignalInstance) -> QAction:
        made = QAction(say(code), menu)
        made.triggered.connect(asked)
        menu.addAction(made)
        return made

    def _open_menu(self) -> None:
        self._menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))
