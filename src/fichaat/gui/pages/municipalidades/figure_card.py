"""The key figure and those beside it; each leads to the municipalities of which it speaks."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fichaat.gui.pages.municipalidades.figures import BESIDE, Behind, FigureRow, Figures
from fichaat.gui.text import say
from fichaat.gui.theme.tokens import CARD_PAD, FIGURE2_PT
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.rows import EDGE, RowButton
from fichaat.gui.widgets.surfaces import Card


class FigureCard(Card):
    """«29 de 48», and what else there is to say of it."""

    def __init__(self, on_figure: Callable[[Behind], object]) -> None:
        super().__init__()
        self._on_figure = on_figure
        self.column.setContentsMargins(CARD_PAD - EDGE, 12, CARD_PAD - EDGE, 8)
        self.column.setSpacing(0)
        self.title = labels.field_label()
        self.headline = labels.figure()
        self.percent = labels.toned("", "primary", points=FIGURE2_PT)
        self.percent.setWordWrap(False)
        self.goal = labels.second()
        self._head = QVBoxLayout()
        self._head.setContentsMargins(EDGE, 0, EDGE, 0)
        self._head.addWidget(self.title)
        self.column.addLayout(self._head)
        self._main = RowButton("", lambda: on_figure(Behind.APROBADAS), _inside(self.headline))
        self.column.addWidget(self._main)
        beside = FlowRow(spacing=12, centred=True)
        beside.setContentsMargins(EDGE, 0, EDGE, 8)
        beside.add(self.percent)
        beside.add(self.goal, 1)
        self.column.addLayout(beside)
        lined = QHBoxLayout()
        lined.setContentsMargins(EDGE, 0, EDGE, 2)
        lined.addWidget(labels.line())
        self.column.addLayout(lined)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.column.addLayout(self._rows)
        self.column.addStretch(1)
        self._held: dict[Behind, tuple[QWidget, QLabel, QLabel]] = {}
        for behind in BESIDE:
            self._rows.addWidget(self._make(behind))

    def show_figures(self, figures: Figures) -> None:
        self.title.setText(figures.title)
        self.headline.setText(figures.headline)
        self._main.setAccessibleName(f"{figures.title}: {figures.headline}")
        self._main.setAccessibleDescription(say("municipalidades.see"))
        self._main.setToolTip(say("municipalidades.see"))
        self.percent.setText(figures.percent)
        self.goal.setText(figures.goal)
        for row in figures.rows:
            self._fill(row)

    def row(self, behind: Behind) -> tuple[str, str]:
        """Words and figure that are shown."""
        _, words, figure = self._held[behind]
        return words.text(), figure.text()

    def button(self, behind: Behind) -> QWidget:
        """What is pressed to see who stands behind a figure."""
        return self._main if behind is Behind.APROBADAS else self._held[behind][0]

    def _make(self, behind: Behind) -> QWidget:
        words, figure = labels.hint(), labels.body(bold=True)
        figure.setWordWrap(False)
        made = RowButton("", lambda: self._on_figure(behind), _inside(words, figure))
        self._held[behind] = (made, words, figure)
        return made

    def _fill(self, row: FigureRow) -> None:
        made, words, figure = self._held[row.behind]
        words.setText(row.words)
        figure.setText(row.figure)
        made.setAccessibleName(f"{row.words}: {row.figure}")
        told = [words for words in (row.more, row.leads) if words]
        made.setAccessibleDescription(" ".join(told))
        made.setToolTip("\n".join(told))
        made.setEnabled(bool(row.leads))


def _inside(words: QLabel, figure: QLabel | None = None) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    row.addWidget(words, 1)
    if figure is not None:
        row.addWidget(figure, 0, Qt.AlignmentFlag.AlignVCenter)
    return made
