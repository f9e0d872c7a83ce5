"""The parts of the catalogue at the left, or above where the window is narrow."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy, QStyle, QVBoxLayout
from PySide6.QtWidgets import QWidget as Widget

from fichaat.gui.pages.catalogo.tables import SECTIONS
from fichaat.gui.pages.catalogo.words import Entry
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.style import set_role
from fichaat.gui.widgets.combo_box import NoWheelComboBox
from fichaat.gui.widgets.icons import set_icon
from fichaat.gui.widgets.surfaces import PageScroll

_LOOKS = {"error": ("error", "error"), "warn": ("aviso", "warn")}
_ICONS = {
    "resumen": "catalogo",
    "firmantes": "municipalidad",
    "indicadores": "indicador",
    "metas": "meta",
    "verificaciones": "plazos",
    "provincias": "municipalidades",
    "directorio": "persona",
    "actividades": "ficha",
}


class SectionList(QFrame):
    """One stop of Tab; arrows choose."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "index")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._group = QButtonGroup(self)
        inside = Widget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(2)
        self.entries: dict[str, QPushButton] = {}
        for name in SECTIONS:
            made = QPushButton(say(f"catalogar.section_{name}"))
            made.setCheckable(True)
            made.setFont(font())
            made.setAutoDefault(False)
            set_role(made, "section")
            set_icon(made, _ICONS[name], "text2")
            made.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            self._group.addButton(made)
            column.addWidget(made)
            self.entries[name] = made
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(PageScroll(inside))

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As wide as the longest entry, which may be bold."""
        bold = QFontMetrics(font(bold=True))
        widest = max(bold.horizontalAdvance(entry.text()) for entry in self.entries.values())
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return QSize(widest + bar + 84, super().sizeHint().height())

    def show_entries(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            made = self.entries[entry.name]
            made.setText(f" {entry.words}")
            set_icon(made, *_LOOKS.get(entry.tone, (_ICONS[entry.name], "text2")))
            made.setAccessibleName(_spoken(entry))
        self.updateGeometry()

    def mark(self, name: str) -> None:
        self.entries[name].setChecked(True)

    @property
    def current(self) -> QPushButton:
        """Where Tab comes in."""
        found = self._group.checkedButton()
        return found if isinstance(found, QPushButton) else next(iter(self.entries.values()))


class SectionBox(NoWheelComboBox):
    """The same as a choice from a list."""

    def __init__(self) -> None:
        options = [(name, say(f"catalogar.section_{name}")) for name in SECTIONS]
        super().__init__(say("catalogar.sections"), options)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        self.set_options([(entry.name, _spoken(entry)) for entry in entries])


def _spoken(entry: Entry) -> str:
    if not entry.tone:
        return entry.words
    state = say(f"editor.state_{entry.tone}")
    return say("catalogar.section", seccion=entry.words, estado=state)
