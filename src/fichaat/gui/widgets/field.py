"""A labelled input with one line below it, whose space is kept so that nothing jumps."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from fichaat.gui.theme.style import restyle
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.icons import IconLabel

_ICONS = {"error": "error", "warn": "aviso"}


@runtime_checkable
class Choice(Protocol):
    """A control that shows in its own way that a choice is missing."""

    def set_error(self, *, wrong: bool) -> None: ...


class Field(QWidget):
    """Bold label above, input, hint or error below."""

    def __init__(
        self,
        label: str,
        control: QWidget,
        hint: str = "",
        *,
        tight: bool = False,
        steady: bool = False,
    ) -> None:
        """A field.

        Args:
            label: above, and for screen readers.
            control: the input.
            hint: below, while nothing is wrong.
            tight: no room is kept below where there is nothing to say.
            steady: what is said below never changes how wide it is; so for tight ones.
        """
        super().__init__()
        self._tight = tight
        self.control = control
        self._hint = hint
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._label = labels.field_label(label)
        self._label.setBuddy(control)
        if not control.accessibleName():
            control.setAccessibleName(label)
        self._below = labels.hint(hint)
        self._below.setMinimumHeight(self._below.fontMetrics().lineSpacing())
        column.addWidget(self._label)
        column.addWidget(control)
        if tight or steady:
            policy = self._below.sizePolicy()
            policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
            self._below.setSizePolicy(policy)
        self._icon = IconLabel("error", "error", 14)
        self._icon.setFixedHeight(self._below.fontMetrics().lineSpacing())
        self._icon.hide()
        self._foot = QWidget()
        below = QHBoxLayout(self._foot)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(4)
        below.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._below, 1)
        column.addWidget(self._foot)
        self._foot.setVisible(bool(hint) or not tight)

    @property
    def below(self) -> str:
        """The line under the input."""
        return self._below.text()

    def set_label(self, label: str) -> None:
        """Another name, also for screen readers."""
        self._label.setText(label)
        self.control.setAccessibleName(label)

    def set_hint(self, hint: str) -> None:
        """What helps while nothing is wrong."""
        self._hint = hint
        if not self._below.property("state"):
            self._below.setText(hint)
            self._foot.setVisible(bool(hint) or not self._tight)
            self.control.setAccessibleDescription(hint)

    def show_error(self, sentence: str | None) -> None:
        """What is wrong, instead of the hint; None when nothing is."""
        self.show_note("error" if sentence else "", sentence or "")

    def show_note(self, tone: str, sentence: str) -> None:
        """An error or a warning instead of the hint; "" for neither."""
        said = sentence if tone else self._hint
        self._foot.setVisible(bool(said) or not self._tight)
        self._below.setText(said)
        self.control.setAccessibleDescription(said)
        restyle(self._below, state=tone)
        self._icon.setVisible(bool(tone))
        if tone:
            self._icon.show_icon(_ICONS[tone], tone)
        wrong = tone == "error"
        if isinstance(self.control, QLineEdit | QPlainTextEdit):
            restyle(self.control, state="error" if wrong else "")
        elif isinstance(self.control, Choice):
            self.control.set_error(wrong=wrong)
