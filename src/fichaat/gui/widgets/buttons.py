"""Buttons by what they are for. One primary button per screen."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.style import restyle, set_role
from fichaat.gui.theme.tokens import BODY_PT, CARD_TITLE_PT
from fichaat.gui.widgets.icons import SMALL, set_icon

_SEGMENT_PAD = 14
_COLORS = {"primary": "onprimary", "big": "onprimary", "danger": "error", "link": "primary"}


def button(
    text: str,
    on_click: Callable[[], object] | None = None,
    *,
    role: str = "",
    icon: str | None = None,
    size: str = "",
    shortcut: str | QKeySequence.StandardKey | None = None,
) -> QPushButton:
    """A button.

    Args:
        text: its verb.
        on_click: what it does.
        role: "primary", "danger", "link", "ghost", "big", or "" for an ordinary one.
        icon: a meaning of `icon_names`.
        size: "action" (46 px), "sign" (58 px) or "" (36 px).
        shortcut: keys that do the same.
    """
    made = QPushButton(text)
    made.setFont(font(CARD_TITLE_PT if role == "big" or size else BODY_PT, bold=True))
    set_role(made, role)
    if size:
        # Not «size»: that is a property of Qt's own.
        made.setProperty("tall", size)
    if icon is not None:
        set_icon(made, icon, _COLORS.get(role, "text"), 22 if role == "big" else SMALL)
    if on_click is not None:
        made.clicked.connect(lambda: on_click())
    if shortcut is not None:
        made.setShortcut(QKeySequence(shortcut))
    # Words are never cut: a button may grow, never shrink below its text.
    made.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    made.setAutoDefault(True)  # Enter presses the button that has the focus, as Space does
    return made


def icon_button(
    icon: str, name: str, on_click: Callable[[], object] | None = None, *, shortcut: str = ""
) -> QToolButton:
    """A button without words; `name` is its tooltip and what a screen reader says."""
    made = QToolButton()
    set_role(made, "ghost")
    set_icon(made, icon)
    made.setFixedSize(36, 36)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setAccessibleName(name)
    made.setToolTip(f"{name} ({shortcut})" if shortcut else name)
    if shortcut:
        made.setShortcut(QKeySequence(shortcut))
    if on_click is not None:
        made.clicked.connect(lambda: on_click())
    return made


class Segmented(QFrame):
    """A choice among a few, all of them seen: Presencial · Virtual · Mixta."""

    chosen = Signal(str)

    def __init__(self, name: str, options: Sequence[tuple[str, str]]) -> None:
        """One button for each (value, words); `name` is what a screen reader says."""
        super().__init__()
        set_role(self, "segmented")
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._values = [value for value, _ in options]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, (_, words) in enumerate(options):
            made = QPushButton(words)
            made.setCheckable(True)
            made.setFont(font())
            made.setAccessibleName(f"{name}: {words}")
            made.setAutoDefault(False)
            set_role(made, "seg")
            # The chosen one is bold: nothing is cut, and nothing moves when the choice does.
            bold = QFontMetrics(font(bold=True)).horizontalAdvance(words)
            made.setMinimumWidth(bold + 2 * _SEGMENT_PAD)
            self._group.addButton(made, number)
            row.addWidget(made)
        # One stop of Tab, arrows choose: `QButtonGroup` does both for exclusive buttons.
        self._group.idClicked.connect(self._on_clicked)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self._group.button(0))

    @property
    def value(self) -> str | None:
        """What is chosen."""
        number = self._group.checkedId()
        return None if number < 0 else self._values[number]

    def choose(self, value: str | None) -> None:
        """Show a choice without telling."""
        self._group.setExclusive(False)
        for number, known in enumerate(self._values):
            self._group.button(number).setChecked(known == value)
        self._group.setExclusive(True)
        chosen = self._values.index(value) if value in self._values else 0
        self.setFocusProxy(self._group.button(chosen))

    def rename(self, value: str, words: str) -> None:
        """Other words for an option."""
        made = self._group.button(self._values.index(value))
        if made.text() == words:
            return
        made.setText(words)
        made.setAccessibleName(f"{self.accessibleName()}: {words}")
        bold = QFontMetrics(font(bold=True)).horizontalAdvance(words)
        made.setMinimumWidth(bold + 2 * _SEGMENT_PAD)

    def set_error(self, *, wrong: bool) -> None:
        """Show that a choice is missing."""
        restyle(self, state="error" if wrong else "")

    def buttons(self) -> list[QWidget]:
        """In their order."""
        return list(self._group.buttons())

    def _on_clicked(self, number: int) -> None:
        self.chosen.emit(self._values[number])
