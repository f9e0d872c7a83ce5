"""Texts of the window, by their place in the hierarchy."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.style import restyle, set_role
from fichaat.gui.theme.tokens import (
    BADGE_PT,
    BODY_PT,
    CARD_TITLE_PT,
    FIGURE_PT,
    SMALL_PT,
    TITLE_PT,
)


def _label(text: str, points: float, role: str, *, bold: bool = False, wrap: bool = True) -> QLabel:
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(font(points, bold=bold))
    made.setWordWrap(wrap)
    if wrap:
        # A wrapped label takes the height that its width asks for.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    set_role(made, role)
    return made


def title(text: str = "") -> QLabel:
    """Of a page."""
    return _label(text, TITLE_PT, "title", bold=True)


def card_title(text: str = "") -> QLabel:
    return _label(text, CARD_TITLE_PT, "title", bold=True)


def figure(text: str = "") -> QLabel:
    """The one figure of a screen."""
    return _label(text, FIGURE_PT, "title", bold=True, wrap=False)


def body(text: str = "", *, bold: bool = False) -> QLabel:
    return _label(text, BODY_PT, "body", bold=bold)


def second(text: str = "") -> QLabel:
    """Body, a little quieter."""
    return _label(text, BODY_PT, "second")


def field_label(text: str = "") -> QLabel:
    """Above an input; `setBuddy` makes it the input's name for screen readers."""
    return _label(text, SMALL_PT, "label", bold=True)


def hint(text: str = "") -> QLabel:
    return _label(text, SMALL_PT, "hint")


def keycap(text: str) -> QLabel:
    """A key to press."""
    made = _label(text, BADGE_PT, "keycap", wrap=False)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


def badge(text: str = "") -> QLabel:
    """How much work waits."""
    made = _label(text, BADGE_PT, "badge", bold=True, wrap=False)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made


def toned(text: str, tone: str, *, points: float = SMALL_PT) -> QLabel:
    """A bold word in the colour of a tone; its icon stands beside it."""
    made = _label(text, points, "toned", bold=True)
    restyle(made, tone=tone)
    return made


def line() -> QFrame:
    """A thin line between rows."""
    made = QFrame()
    set_role(made, "line")
    return made


def name_for_readers(widget: QWidget, name: str, description: str = "") -> None:
    """What a screen reader says of a control that shows no text of its own."""
    widget.setAccessibleName(name)
    if description:
        widget.setAccessibleDescription(description)
