"""The card of drawings: by province, month by month, the visits of one municipality."""

from importlib import import_module
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from fichaat.gui.pages.municipalidades.figures import Timeline
from fichaat.gui.pages.municipalidades.view import CHARTS, EVOLUCION, LINEA, PROVINCIAS, Charts
from fichaat.gui.text import say
from fichaat.gui.theme.theme import theme
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import Segmented
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.surfaces import Card

if TYPE_CHECKING:
    from fichaat.gui.pages.municipalidades.plots import MonthPlot, ProvincePlot, TimelinePlot

_PLOTS: Final = "fichaat.gui.pages.municipalidades.plots"
_LOWEST: Final = 9
"""Lines of letters that a drawing is high at least."""
_SWATCH: Final = 16


def load_plots() -> None:
    """What draws takes half a second to load: in the background, when the page is first shown."""
    import_module(_PLOTS)


class Swatch(QWidget):
    """A little sample of how something is drawn; the word beside it says what it is."""

    def __init__(self, brush: Qt.BrushStyle, *, round_: bool) -> None:
        super().__init__()
        self._brush, self._round = brush, round_
        self.setFixedSize(_SWATCH, 12)
        theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        del event
        color = QColor(theme().tokens.primary)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color, 1))
        painter.setBrush(QBrush(color, self._brush))
        place = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self._round:
            place.setWidth(place.height())
            painter.drawEllipse(place)
        else:
            painter.drawRect(place)
        painter.end()


class ChartCard(Card):
    """One drawing at a time; what it is of stands above it."""

    chosen = Signal(str)
    province_picked = Signal(str)
    month_picked = Signal(str)
    ficha_picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._charts: Charts | None = None
        self._timeline: Timeline | None = None
        self._loaded = False
        # Made when they are first looked at.
        self._provinces: ProvincePlot | None = None
        self._months: MonthPlot | None = None
        self._line: TimelinePlot | None = None
        self.segments = Segmented(
            say("municipalidades.chart"),
            [(name, say(f"municipalidades.chart_{name}")) for name in CHARTS],
        )
        self.segments.chosen.connect(self._on_chosen)
        self._shapes = _legend(
            (Qt.BrushStyle.SolidPattern, say("cobertura.approved_word")),
            (Qt.BrushStyle.BDiagPattern, say("cobertura.received_word")),
        )
        self._marks = _legend(
            (Qt.BrushStyle.SolidPattern, say("municipalidades.mark_approved")),
            (Qt.BrushStyle.NoBrush, say("municipalidades.mark_other")),
            round_=True,
        )
        head = FlowRow(spacing=12, centred=True)
        head.add(self.segments)
        head.add(QWidget(), 1)
        head.add(self._shapes)
        head.add(self._marks)
        self.column.addLayout(head)
        self.caption = labels.second()
        self.add(self.caption)
        self._stack = QStackedWidget()
        self._words = labels.second()
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self._words)
        self._stack.setMinimumHeight(_LOWEST * self.fontMetrics().lineSpacing())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.column.addWidget(self._stack, 1)
        self.choose(PROVINCIAS)

    @property
    def value(self) -> str:
        return self.segments.value or PROVINCIAS

    @property
    def words(self) -> str:
        """What stands in the place of a drawing; "" where there is one."""
        return self._words.text() if self._stack.currentWidget() is self._words else ""

    def plots_loaded(self) -> None:
        """From now on there are drawings."""
        self._loaded = True
        self._draw()

    def choose(self, name: str) -> None:
        """Another drawing, without telling."""
        if name != self.segments.value:
            self.segments.choose(name)
            self._turn_to(name)

    def show_charts(self, charts: Charts) -> None:
        self._charts = charts
        self._draw()

    def show_timeline(self, timeline: Timeline | None) -> None:
        self._timeline = timeline
        if self.value == LINEA:
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Letters of another size need another height."""
        super().resizeEvent(event)
        self._stack.setMinimumHeight(_LOWEST * self.fontMetrics().lineSpacing())

    def _on_chosen(self, name: str) -> None:
        self._turn_to(name)
        self.chosen.emit(name)

    def _turn_to(self, name: str) -> None:
        self._shapes.setVisible(name != LINEA)
        self._marks.setVisible(name == LINEA)
        self._draw()

    def _draw(self) -> None:
        if self._charts is None or not self._loaded:
            return
        if self.value == PROVINCIAS:
            self._draw_provinces(self._charts)
        elif self.value == EVOLUCION:
            self._draw_months(self._charts)
        else:
            self._draw_line(self._timeline)

    def _draw_provinces(self, charts: Charts) -> None:
        if self._provinces is None:
            from fichaat.gui.pages.municipalidades.plots import ProvincePlot

            self._provinces = ProvincePlot()
            self._provinces.picked.connect(self.province_picked)
            self._stack.addWidget(self._provinces)
        self._caption("")
        self._provinces.show_bars(charts.provincias, charts.goal)
        self._stack.setCurrentWidget(self._provinces)

    def _draw_months(self, charts: Charts) -> None:
        if not charts.meses:
            self._say(say("municipalidades.no_months"))
            return
        if self._months is None:
            from fichaat.gui.pages.municipalidades.plots import MonthPlot

            self._months = MonthPlot()
            self._months.picked.connect(self.month_picked)
            self._stack.addWidget(self._months)
        self._caption(say("municipalidades.months_of"))
        self._months.show_months(charts.meses, charts.goal_meses, charts.firmantes)
        self._stack.setCurrentWidget(self._months)

    def _draw_line(self, timeline: Timeline | None) -> None:
        if timeline is None:
            self._say(say("municipalidades.no_line"))
            return
        if not timeline.marks:
            self._say(say("municipalidades.no_marks", lugar=timeline.lugar))
            return
        if self._line is None:
            from fichaat.gui.pages.municipalidades.plots import TimelinePlot

            self._line = TimelinePlot()
            self._line.picked.connect(self.ficha_picked)
            self._stack.addWidget(self._line)
        self._caption(timeline.lugar)
        self._line.show_timeline(timeline)
        self._stack.setCurrentWidget(self._line)

    def _caption(self, words: str) -> None:
        self.caption.setText(words)
        self.caption.setVisible(bool(words))

    def _say(self, words: str) -> None:
        self._caption("")
        self._words.setText(words)
        self._stack.setCurrentWidget(self._words)


def _legend(*entries: tuple[Qt.BrushStyle, str], round_: bool = False) -> QWidget:
    made = QWidget()
    row = FlowRow(spacing=16, centred=True)
    made.setLayout(row)
    for brush, words in entries:
        pair = QWidget()
        beside = QHBoxLayout(pair)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(6)
        beside.addWidget(Swatch(brush, round_=round_))
        label = labels.hint(words)
        label.setWordWrap(False)
        beside.addWidget(label)
        row.add(pair)
    return made
