"""The chosen municipality, at the right: what it lacks, its history, what the ficha begins with."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fichaat.gui.pages.visita.words import Line, Panel
from fichaat.gui.text import say
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.icons import SMALL, IconLabel
from fichaat.gui.widgets.surfaces import Banner, Card, Chip, EmptyState, PageScroll

_LABELS = 7
"""Lines of text that a label of the second card is wide."""


class MunicipalityPanel(QWidget):
    """Two cards, or what to do while no municipality is chosen."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._empty = EmptyState("municipalidad", say("visita.choose"))
        self._card = Card()
        self._name = labels.card_title()
        self._where = labels.hint()
        self.banner = Banner("info")
        self._history = _Lines(say("visita.history"))
        self._acuerdos = _Lines(say("visita.acuerdos"))
        self._pacto = Chip("", "ok", "aprobada")
        chips = FlowRow()
        chips.add(self._pacto)
        self._card.add(self._name)
        self._card.add(self._where)
        self._card.column.addLayout(chips)
        for widget in (self.banner, self._history, self._acuerdos):
            self._card.add(widget)
        self._begins = Card(say("visita.starts"))
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._begins.column.addLayout(self._grid)
        column.addWidget(self._empty)
        column.addWidget(self._card)
        column.addWidget(self._begins)
        column.addStretch(1)
        self._show(chosen=False)

    def show_panel(self, shown: Panel) -> None:
        """A municipality."""
        self._name.setText(shown.nombre)
        self._where.setText(shown.donde)
        if shown.pacto is not None:
            self._pacto.show_state(shown.pacto.largo, *shown.pacto.look)
        self._pacto.setVisible(shown.pacto is not None)
        self.banner.say(shown.aviso.sentence, shown.aviso.what, shown.aviso.tone)
        self._history.show_lines(shown.historia)
        self._acuerdos.show_lines(shown.acuerdos)
        self._show_begins(shown.empieza)
        self._show(chosen=True)
        self._begins.setVisible(shown.puede and not shown.otra)

    def show_choose(self, sentence: str) -> None:
        """None is chosen."""
        self._empty.say(sentence)
        self._show(chosen=False)

    def _show(self, *, chosen: bool) -> None:
        self._empty.setVisible(not chosen)
        self._card.setVisible(chosen)
        self._begins.setVisible(chosen)

    def _show_begins(self, pairs: Sequence[tuple[str, str]]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            _drop(item.widget())
        for row, (label, value) in enumerate(pairs):
            name = labels.hint(label)
            name.setMinimumWidth(_LABELS * self.fontMetrics().lineSpacing() * 3 // 4)
            words = labels.body(value)
            words.setAccessibleName(f"{label}: {value}")
            self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, row, 1)


class PanelScroll(PageScroll):
    """The panel beside the list scrolls by itself; below the list it is shown whole."""

    def __init__(self, panel: MunicipalityPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._whole = False

    def show_whole(self, *, whole: bool) -> None:
        """Whether the page scrolls instead."""
        self._whole = whole
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:  # noqa: N802  # Qt's name
        return self._whole

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        return self._panel.heightForWidth(width)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(200, 100)


class _Lines(QWidget):
    """A small heading and lines with an icon."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(6)
        column.addWidget(labels.field_label(heading))
        self._body = QVBoxLayout()
        self._body.setSpacing(6)
        column.addLayout(self._body)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """These instead."""
        while (item := self._body.takeAt(0)) is not None:
            _drop(item.widget())
        for line in lines:
            self._body.addWidget(_line(line))


def _line(line: Line) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    words: QLabel = labels.body(line.text)
    row.addWidget(IconLabel(line.icon, line.color, SMALL), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(words, 1)
    return made


def _drop(widget: QWidget | None) -> None:
    if widget is not None:
        widget.hide()
        widget.deleteLater()
