"""The warnings of a ficha, each with the field of its reason."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from fichaat.gui.pages.sellar.summary import Reason
from fichaat.gui.text import say
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.icons import MEDIUM, IconLabel
from fichaat.gui.widgets.surfaces import Card, clear_layout
from fichaat.gui.widgets.text_box import PlainTextBox


class ReasonBox(PlainTextBox):
    """As tall as its reason; Enter goes on, Shift+Enter begins a line."""

    finished = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.finished.emit()
            return
        super().keyPressEvent(event)


class ReasonsCard(Card):
    """«Avisos: diga por qué»."""

    explained = Signal(object, str)
    """Reason, and what its field holds now: at every key."""
    finished = Signal()
    """Enter in the last field."""

    def __init__(self) -> None:
        super().__init__()
        self.head.addWidget(IconLabel("aviso", "warn", MEDIUM), 0, Qt.AlignmentFlag.AlignTop)
        self.heading.setText(say("sellar.reasons"))
        self.head.addWidget(self.heading, 1)
        self.count = labels.hint()
        self.count.setWordWrap(False)
        self.head.addWidget(self.count)
        self.column.addLayout(self.head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.column.addLayout(self._rows)
        self.add(labels.hint(say("sellar.reason_note")))
        self._shown: list[tuple[str, str, str]] = []
        self.boxes: list[ReasonBox] = []

    def show_reasons(self, reasons: Sequence[Reason]) -> None:
        """The fields; those of the same warnings stay, and with them the cursor."""
        shown = [(reason.code, reason.path, reason.sentence) for reason in reasons]
        if shown != self._shown:
            self._shown = shown
            self._lay(reasons)
        for box, reason in zip(self.boxes, reasons, strict=True):
            box.show_text(reason.motivo)

    @property
    def first_empty(self) -> ReasonBox | None:
        """The first field without a reason."""
        return next((box for box in self.boxes if not box.toPlainText().strip()), None)

    def _lay(self, reasons: Sequence[Reason]) -> None:
        clear_layout(self._rows)
        self.boxes = []
        for row, reason in enumerate(reasons):
            label = labels.field_label(reason.sentence)
            box = ReasonBox(reason.sentence, say("sellar.reason_example"), lines=1)
            label.setBuddy(box)
            box.typed.connect(lambda text, about=reason: self.explained.emit(about, text))
            box.finished.connect(lambda row=row: self._go_on(row))
            self.boxes.append(box)
            if row:
                self._rows.addSpacing(6)
            self._rows.addWidget(label)
            self._rows.addWidget(box)

    def _go_on(self, row: int) -> None:
        if row + 1 < len(self.boxes):
            self.boxes[row + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()
