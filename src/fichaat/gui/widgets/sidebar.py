"""The way to the places of the window: words where there is room, else a rail of icons."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.style import set_role
from fichaat.gui.theme.tokens import CARD_TITLE_PT, RAIL, SIDEBAR
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.icons import MEDIUM, SMALL, IconLabel, set_icon

ABOVE = (
    ("inicio", "recepcion", "revision"),
    ("fichas", "municipalidades", "acuerdos"),
    ("catalogo", "paquetes"),
)
"""What wants to be done, what is looked up, what goes in and out: a line stands between them."""
BELOW = ("ayuda", "ajustes")
_KEYS = {"ayuda": "F1"}


class Sidebar(QFrame):
    """Entries in groups, the person at the foot."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "sidebar")
        self.setAccessibleName(say("ventana.places"))
        self._rail = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._brand = _Brand()
        column.addWidget(self._brand)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._entries: dict[str, _Entry] = {}
        for number, group in enumerate(ABOVE):
            if number:
                column.addWidget(labels.line())
            for name in group:
                column.addWidget(self._entry(name))
        column.addStretch(1)
        for name in BELOW:
            column.addWidget(self._entry(name))
        self._line = labels.line()
        column.addWidget(self._line)
        self._person = _Person()
        column.addWidget(self._person)
        self.set_rail(rail=False)

    def set_rail(self, *, rail: bool) -> None:
        """Only icons, or icons and words."""
        self._rail = rail
        self.setFixedWidth(RAIL if rail else self._wide())
        self._brand.set_rail(rail=rail)
        for entry in self._entries.values():
            entry.set_rail(rail=rail)
        self._person.setVisible(not rail)
        self._line.setVisible(not rail)

    def mark(self, name: str) -> None:
        """Which place is shown."""
        if name in self._entries:
            self._entries[name].button.setChecked(True)

    def show_person(self, name: str, role: str) -> None:
        """Who works here, and as what."""
        self._person.say(name, role)

    def offer(self, name: str, *, offered: bool) -> None:
        """Whether a place is one of this person's."""
        self._entries[name].setVisible(offered)

    def show_badge(self, name: str, count: int) -> None:
        """How much work waits in a place; nothing for none."""
        self._entries[name].show_count(count)

    def _wide(self) -> int:
        # Larger letters need a wider bar: nothing is cut.
        return max(SIDEBAR, *(entry.wide() for entry in self._entries.values()))

    def _entry(self, name: str) -> "_Entry":
        entry = _Entry(name)
        entry.button.clicked.connect(lambda: self.chosen.emit(name))
        self._group.addButton(entry.button)
        self._entries[name] = entry
        return entry


class _Entry(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._words = say(f"ventana.place_{name}")
        self._key = _KEYS.get(name, "")
        self.button = QPushButton()
        self.button.setCheckable(True)
        self.button.setFont(font())
        self.button.setAccessibleName(self._words)
        set_role(self.button, "nav")
        set_icon(self.button, name, "text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        self._badge = labels.badge()
        self._badge.hide()
        inside = QHBoxLayout(self.button)
        inside.setContentsMargins(0, 0, 12, 0)
        inside.addStretch(1)
        inside.addWidget(self._badge)
        self._badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._count = 0

    def set_rail(self, *, rail: bool) -> None:
        self.button.setText("" if rail else f"  {self._words}  {self._key}".rstrip())
        self.button.setToolTip(self._words if rail else "")
        set_icon(self.button, self._icon, "text2", MEDIUM if rail else SMALL)
        self._badge.setVisible(bool(self._count) and not rail)

    def wide(self) -> int:
        metrics = self.button.fontMetrics()
        return metrics.horizontalAdvance(f"    {self._words}  {self._key}") + 80

    def show_count(self, count: int) -> None:
        self._count = count
        self._badge.setText(str(count))
        self._badge.setVisible(bool(count) and bool(self.button.text()))
        words = say("ventana.waiting", lugar=self._words, cantidad=count) if count else self._words
        self.button.setAccessibleName(words)

    @property
    def _icon(self) -> str:
        return str(self.button.property("icon_meaning"))


class _Brand(QWidget):
    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 12, 12)
        row.setSpacing(8)
        row.addWidget(IconLabel("marca", "primary", 28))
        self._name = labels.body("fichaat", bold=True)
        self._name.setFont(font(CARD_TITLE_PT, bold=True))
        row.addWidget(self._name, 1)

    def set_rail(self, *, rail: bool) -> None:
        self._name.setVisible(not rail)


class _Person(QWidget):
    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 10)
        row.setSpacing(10)
        row.addWidget(IconLabel("persona", "text2", MEDIUM))
        words = QVBoxLayout()
        words.setSpacing(0)
        self._name = labels.field_label()
        self._role = labels.hint()
        words.addWidget(self._name)
        words.addWidget(self._role)
        row.addLayout(words, 1)

    def say(self, name: str, role: str) -> None:
        self._name.setText(name)
        self._role.setText(role)
