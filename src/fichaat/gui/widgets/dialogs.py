"""The few questions the program asks: a reason, what cannot be undone, what went wrong."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from fichaat.gui.text import say
from fichaat.gui.theme.style import set_role
from fichaat.gui.theme.tokens import MARGIN
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button


class Question(QDialog):
    """A sentence, and a button that repeats the verb. Esc is always safe."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        sentence: str,
        verb: str,
        on_yes: Callable[[], object],
        *,
        danger: bool = False,
        no: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_role(self, "page")
        self._on_yes = on_yes
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(MARGIN, 20, MARGIN, 20)
        self.column.setSpacing(12)
        self.column.addWidget(labels.card_title(title))
        words = labels.body(sentence)
        words.setMinimumWidth(420)
        self.column.addWidget(words)
        self.yes = button(verb, self._on_accepted, role="danger" if danger else "primary")
        self.no = button(no or say("ventana.cancel"), self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        self.column.addLayout(row)
        (self.no if danger else self.yes).setFocus()

    def _on_accepted(self) -> None:
        self.accept()
        self._on_yes()


class ReasonDialog(Question):
    """Asks why, in the person's words."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        sentence: str,
        verb: str,
        on_reason: Callable[[str], object],
        *,
        danger: bool = False,
    ) -> None:
        super().__init__(
            parent, title, sentence, verb, lambda: on_reason(self.reason), danger=danger
        )
        self._text = QPlainTextEdit()
        self._text.setAccessibleName(title)
        self._text.setTabChangesFocus(True)
        self._text.setMinimumHeight(84)
        self.column.insertWidget(2, self._text)
        self._text.textChanged.connect(self._on_text_changed)
        self._on_text_changed()
        self._text.setFocus()

    @property
    def reason(self) -> str:
        return self._text.toPlainText().strip()

    def _on_text_changed(self) -> None:
        self.yes.setEnabled(bool(self.reason))


def ask(
    parent: QWidget,
    title: str,
    sentence: str,
    verb: str,
    on_yes: Callable[[], object],
    *,
    danger: bool = False,
) -> Question:
    """Open a question; nothing waits for its answer."""
    dialog = Question(parent, title, sentence, verb, on_yes, danger=danger)
    dialog.open()
    return dialog


def ask_reason(
    parent: QWidget,
    title: str,
    sentence: str,
    verb: str,
    on_reason: Callable[[str], object],
    *,
    danger: bool = False,
) -> ReasonDialog:
    """Open a question for a reason."""
    dialog = ReasonDialog(parent, title, sentence, verb, on_reason, danger=danger)
    dialog.open()
    return dialog
