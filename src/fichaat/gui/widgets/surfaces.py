"""Cards, banners, chips and the places where nothing is yet."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from fichaat.gui.theme.style import restyle, set_role
from fichaat.gui.theme.tokens import CARD_PAD, GAP
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.icons import LARGE, MEDIUM, SMALL, IconLabel

CHIPS = {
    "borrador": ("neutral", "borrador"),
    "sellada": ("primary", "sellada"),
    "exportada": ("violet", "exportada"),
    "recibida": ("info", "recibida"),
    "visada": ("info", "visada"),
    "aprobada": ("ok", "aprobada"),
    "observada": ("warn", "observada"),
    "rechazada": ("error", "rechazada"),
    "anulada": ("neutral", "anulada"),
    "reemplazada": ("neutral", "reemplazada"),
    "conflicto": ("error", "conflicto"),
    "cuarentena": ("neutral", "conflicto"),
}
"""State of a ficha -> its tone and its icon."""

_BANNER_ICONS = {"ok": "bien", "warn": "aviso", "error": "error", "info": "nota"}


class Card(QFrame):
    """One thing, with at most one button."""

    def __init__(self, heading: str = "") -> None:
        super().__init__()
        set_role(self, "card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(CARD_PAD, GAP, CARD_PAD, CARD_PAD)
        self.column.setSpacing(8)
        self.head = QHBoxLayout()
        self.heading = labels.card_title(heading)
        if heading:
            self.head.addWidget(self.heading, 1)
            self.column.addLayout(self.head)

    def add(self, widget: QWidget) -> None:
        """Below what is there."""
        self.column.addWidget(widget)


class Chip(QFrame):
    """A state: tint, icon and word."""

    def __init__(self, text: str, tone: str, icon: str) -> None:
        super().__init__()
        set_role(self, "chip")
        restyle(self, tone=tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 1, 10, 2)
        row.setSpacing(5)
        self._icon = IconLabel(icon, tone, 14)
        self._words = labels.toned(text, tone)
        self._words.setWordWrap(False)
        row.addWidget(self._icon)
        row.addWidget(self._words)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)

    def show_state(self, text: str, tone: str, icon: str) -> None:
        """Another state."""
        restyle(self, tone=tone)
        restyle(self._words, tone=tone)
        self._words.setText(text)
        self._icon.show_icon(icon, tone)


class Status(QWidget):
    """An icon and a bold word of one tone, without a frame: «3 errores, 1 aviso»."""

    def __init__(self, text: str = "", tone: str = "neutral", icon: str = "nota") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._icon = IconLabel(icon, tone, SMALL - 2)
        self._words = labels.toned(text, tone)
        self._words.setWordWrap(False)
        row.addWidget(self._icon)
        row.addWidget(self._words)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)

    @property
    def text(self) -> str:
        return self._words.text()

    def show_state(self, text: str, tone: str, icon: str) -> None:
        """Other words."""
        restyle(self._words, tone=tone)
        self._words.setText(text)
        self._icon.show_icon(icon, tone)


class Banner(QFrame):
    """What a page has to say before all else; one per page."""

    def __init__(self, tone: str = "info") -> None:
        super().__init__()
        set_role(self, "banner")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(GAP)
        self._icon = IconLabel(_BANNER_ICONS[tone], tone, MEDIUM)
        self._bold = labels.body(bold=True)
        self._rest = labels.body()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._bold)
        words.addWidget(self._rest)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self._row = row
        self.action: QPushButton | None = None
        restyle(self, tone=tone)

    @property
    def text(self) -> str:
        return f"{self._bold.text()} {self._rest.text()}".strip()

    def say(self, sentence: str, what_to_do: str = "", tone: str | None = None) -> None:
        """A bold sentence, and what to do."""
        if tone is not None:
            restyle(self, tone=tone)
            self._icon.show_icon(_BANNER_ICONS[tone], tone)
        self._bold.setText(sentence)
        self._rest.setText(what_to_do)
        self._rest.setVisible(bool(what_to_do))
        self.setAccessibleName(self.text)

    def set_action(self, button: QPushButton) -> None:
        """The button that helps; it replaces the one before."""
        if self.action is not None:
            self._row.removeWidget(self.action)
            self.action.deleteLater()
        self.action = button
        self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)


class EmptyState(QWidget):
    """In the place where a list will be: one sentence and one button."""

    def __init__(self, icon: str, sentence: str, button: QPushButton | None = None) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(8)
        self._words: QLabel = labels.second(sentence)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addStretch(1)
        column.addWidget(IconLabel(icon, "text3", LARGE), 0, centre)
        column.addWidget(self._words)
        if button is not None:
            column.addWidget(button, 0, centre)
        column.addStretch(1)

    def say(self, sentence: str) -> None:
        self._words.setText(sentence)


class PageScroll(QScrollArea):
    """What does not fit is scrolled up and down, never sideways."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        set_role(content, "scrolled")
        # As wide as the page, and as tall as that width asks for: the hint of wrapped words is
        # taller, and would scroll a page that fits.
        content.setMinimumSize(1, 1)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


class PageHeader(QFrame):
    """Title, one line of context, and what the page does, at the right."""

    def __init__(
        self, title: str = "", context: str = "", on_back: Callable[[], object] | None = None
    ) -> None:
        super().__init__()
        from fichaat.gui.text import say
        from fichaat.gui.widgets.buttons import icon_button

        set_role(self, "header")
        self.setMinimumHeight(62)
        flow = FlowRow(spacing=GAP, centred=True)
        flow.setContentsMargins(24, 6, 24, 6)
        names, self._actions = QWidget(), FlowRow(spacing=GAP, centred=True)
        self._names = QHBoxLayout(names)
        self._names.setContentsMargins(0, 0, 0, 0)
        self._names.setSpacing(GAP)
        if on_back is not None:
            self._names.addWidget(icon_button("atras", say("ventana.back"), on_back))
        words = QVBoxLayout()
        words.setSpacing(0)
        self._title = labels.title(title)
        self._title.setWordWrap(False)
        self._context = labels.hint(context)
        self._context.setWordWrap(False)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._context)
        words.addStretch(1)
        self._names.addLayout(words)
        self._names.addStretch(1)
        actions = QWidget()
        actions.setLayout(self._actions)
        flow.add(names, 1)
        flow.add(actions)
        self.setLayout(flow)
        self.say(title, context)

    def say(self, title: str, context: str = "") -> None:
        """Another title and line."""
        self._title.setText(title)
        self._context.setText(context)
        self._context.setVisible(bool(context))

    def add(self, widget: QWidget) -> None:
        """At the right; below where there is no room."""
        self._actions.add(widget)

    def add_beside(self, widget: QWidget) -> None:
        """Beside the title."""
        self._names.insertWidget(self._names.count() - 1, widget)


def clear_layout(layout: QLayout) -> None:
    """Take away what was shown."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def column_of(*widgets: QWidget, spacing: int = GAP) -> QVBoxLayout:
    """Widgets one below the other."""
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    for widget in widgets:
        made.addWidget(widget)
    return made
