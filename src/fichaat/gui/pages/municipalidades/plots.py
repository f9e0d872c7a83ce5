"""The drawings of coverage. This module loads pyqtgraph: only `charts` imports it, once the page
is shown.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QMouseEvent, QPen, QWheelEvent

from fichaat.domain.ficha import Sesion
from fichaat.gui.pages.municipalidades.figures import Bar, Goal, Mark, Timeline
from fichaat.gui.pages.municipalidades.periods import month_words
from fichaat.gui.text import say, short_date
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.theme import theme
from fichaat.gui.theme.tokens import SMALL_PT
from fichaat.gui.widgets.labels import name_for_readers
from fichaat.texts.cobertura_names import SESIONES

_SIDES: Final = ("left", "right", "bottom")
_THICK: Final = 0.42
"""Of a row, for its bar."""
_COLUMN: Final = 0.6
_AIR: Final = 10
_FEW: Final = 18
"""Months that have room for a number each."""
_SYMBOLS: Final = {Sesion.DIAGNOSTICO: "o", Sesion.SEGUIMIENTO: "s", Sesion.ESPECIFICA: "t1"}
_MARK: Final = 13
_MONTHS: Final = 12


class Plot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """A drawing in the colours of the theme that nobody can push about."""

    def __init__(self, name: str) -> None:
        super().__init__(enableMenu=False)
        self._name = name
        self._draw: Callable[[], None] = lambda: None
        self._hit: Callable[[QPointF], None] = lambda _: None
        self.setFrameShape(pg.QtWidgets.QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAntialiasing(True)
        self.setMouseEnabled(x=False, y=False)
        self.hideButtons()
        item = self.getPlotItem()
        item.layout.setContentsMargins(0, 2, 0, 0)
        item.getViewBox().setDefaultPadding(0)
        for side in _SIDES:
            item.showAxis(side)
            axis = item.getAxis(side)
            axis.setStyle(
                tickLength=0, tickAlpha=0, tickFont=font(SMALL_PT), autoExpandTextSpace=False
            )
            axis.setTicks([[]])
        theme().changed.connect(self._redraw)
        name_for_readers(self, name)

    def draw(self, draw: Callable[[], None], sentences: Sequence[str]) -> None:
        """Draw now and whenever the theme changes; the sentences say the same in words."""
        self._draw = draw
        name_for_readers(self, self._name, " ".join(sentences))
        self._redraw()

    # Qt tells

    def sizeHint(self) -> QSize:  # noqa: N802
        """As large as the room that is given."""
        return QSize(240, max(1, self.minimumHeight()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(1, 1)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """The wheel scrolls the page."""
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click is on what lies below it."""
        if event.button() is Qt.MouseButton.LeftButton:
            view = self.getPlotItem().getViewBox()
            self._hit(view.mapSceneToView(self.mapToScene(event.position().toPoint())))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        event.accept()

    # for the drawings

    def axis(self, side: str, ticks: Sequence[tuple[float, str]], *, bold: bool = False) -> None:
        """Words beside these places, and as much room as they need."""
        axis = self.getPlotItem().getAxis(side)
        face = font(SMALL_PT, bold=bold)
        axis.setStyle(tickFont=face, hideOverlappingLabels=False)
        axis.setTicks([list(ticks)])
        metrics = QFontMetrics(face)
        if side in ("left", "right"):
            wide = max((metrics.horizontalAdvance(words) for _, words in ticks), default=0)
            axis.setWidth(wide + _AIR)
        else:
            axis.setHeight(metrics.lineSpacing() + 4 if ticks else 2)

    def add_bars(self, brush: QBrush, **places: Any) -> None:  # noqa: ANN401  # of pyqtgraph
        """Without an edge."""
        self.addItem(pg.BarGraphItem(brush=brush, pen=QPen(Qt.PenStyle.NoPen), **places))

    def add_line(self, place: float, angle: int) -> None:
        """The goal."""
        pen = QPen(QColor(theme().tokens.text), 1.6, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([4, 2.5])
        pen.setCosmetic(True)
        line = pg.InfiniteLine(place, angle, pen=pen)
        line.setZValue(10)
        self.addItem(line)

    def limit(self, across: tuple[float, float], down: tuple[float, float]) -> None:
        """What is seen."""
        self.setRange(
            QRectF(across[0], down[0], across[1] - across[0], down[1] - down[0]), padding=0
        )

    def _redraw(self) -> None:
        tokens = theme().tokens
        self.setBackground(tokens.surface)
        self.clear()
        for side in _SIDES:
            axis = self.getPlotItem().getAxis(side)
            axis.setPen(QColor(Qt.GlobalColor.transparent))
            axis.setTextPen(QColor(tokens.text))
        self._draw()


def solid() -> QBrush:
    """What is approved."""
    return QBrush(QColor(theme().tokens.primary))


def hatched() -> QBrush:
    """What waits for it."""
    return QBrush(QColor(theme().tokens.primary), Qt.BrushStyle.BDiagPattern)


def _trough() -> QBrush:
    return QBrush(QColor(theme().tokens.surface2))


class ProvincePlot(Plot):
    """A bar for each province, from nobody to all of its signatories."""

    picked = Signal(str)
    """A province was clicked."""

    def __init__(self) -> None:
        super().__init__(say("municipalidades.chart_provincias"))
        self._bars: Sequence[Bar] = ()
        self._hit = self._on_hit
        self.invertY(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_bars(self, bars: Sequence[Bar], goal: Goal | None) -> None:
        self._bars = bars
        line = QFontMetrics(font(SMALL_PT)).lineSpacing()
        self.setMinimumHeight(len(bars) * (line + 8) + 2 * line)
        sentences = [bar.sentence for bar in bars]
        self.draw(lambda: self._draw_bars(goal), [*sentences, *([goal.words] if goal else [])])

    def _draw_bars(self, goal: Goal | None) -> None:
        bars = self._bars
        rows = range(len(bars))
        done = [bar.aprobadas / bar.firmantes for bar in bars]
        more = [bar.recibidas / bar.firmantes for bar in bars]
        self.axis("left", [(row, bar.name) for row, bar in enumerate(bars)])
        self.axis("right", [(row, bar.figure) for row, bar in enumerate(bars)])
        self.axis("bottom", [(goal.percent / 100, goal.words)] if goal else [], bold=True)
        self.limit((0, 1), (-0.55, max(len(bars), 1) - 0.4))
        if not bars:
            return
        self.add_bars(_trough(), x0=0, y=rows, height=_THICK, width=[1.0] * len(bars))
        self.add_bars(solid(), x0=0, y=rows, height=_THICK, width=done)
        self.add_bars(hatched(), x0=done, y=rows, height=_THICK, width=more)
        if goal is not None:
            self.add_line(goal.percent / 100, 90)

    def _on_hit(self, place: QPointF) -> None:
        row = round(place.y())
        if 0 <= row < len(self._bars):
            self.picked.emit(self._bars[row].key)


class MonthPlot(Plot):
    """How many had received assistance at the end of each month."""

    picked = Signal(str)
    """A month was clicked, by its last day."""

    def __init__(self) -> None:
        super().__init__(say("municipalidades.chart_evolucion"))
        self._bars: Sequence[Bar] = ()
        self._hit = self._on_hit
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_months(self, bars: Sequence[Bar], goal: Goal | None, whole: int) -> None:
        self._bars = bars
        sentences = [bar.sentence for bar in bars]
        self.draw(lambda: self._draw_months(bars, goal, whole), sentences)

    def _draw_months(self, bars: Sequence[Bar], goal: Goal | None, whole: int) -> None:
        places = range(len(bars))
        done = [bar.aprobadas for bar in bars]
        more = [bar.recibidas for bar in bars]
        step = max(1, -(-len(bars) // 8))
        named = [(at, bar.name) for at, bar in enumerate(bars) if (len(bars) - 1 - at) % step == 0]
        self.axis("bottom", named)
        self.axis("left", [(0, "0"), (whole, str(whole))])
        line = None if goal is None else goal.percent * whole / 100
        self.axis("right", [] if goal is None or line is None else [(line, goal.words)], bold=True)
        self.limit((-0.6, max(len(bars), 1) - 0.4), (0, max(1, whole) * 1.15))
        self.add_bars(
            _trough(), x=places, y0=0, width=_COLUMN, height=[bar.firmantes for bar in bars]
        )
        self.add_bars(solid(), x=places, y0=0, width=_COLUMN, height=done)
        self.add_bars(hatched(), x=places, y0=done, width=_COLUMN, height=more)
        for at, bar in enumerate(bars):
            if len(bars) <= _FEW or at == len(bars) - 1:
                self._number(at, bar)
        if line is not None:
            self.add_line(line, 0)

    def _on_hit(self, place: QPointF) -> None:
        at = round(place.x())
        if 0 <= at < len(self._bars):
            self.picked.emit(self._bars[at].key)

    def _number(self, at: int, bar: Bar) -> None:
        words = pg.TextItem(str(bar.aprobadas), color=theme().tokens.text, anchor=(0.5, 1))
        words.setFont(font(SMALL_PT, bold=True))
        words.setPos(at, bar.firmantes)
        self.addItem(words)


class TimelinePlot(Plot):
    """The visits to one municipality: what kind by row and shape, when from left to right."""

    picked = Signal(str)
    """A ficha was clicked, by its code."""

    def __init__(self) -> None:
        super().__init__(say("municipalidades.chart_linea"))
        self._marks: Sequence[Mark] = ()
        self._hit = self._on_hit
        self.invertY(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_timeline(self, timeline: Timeline) -> None:
        self._marks = timeline.marks
        self.draw(
            lambda: self._draw_timeline(timeline),
            [timeline.lugar, *(mark.sentence for mark in timeline.marks)],
        )

    def _draw_timeline(self, timeline: Timeline) -> None:
        tokens = theme().tokens
        first, last = timeline.desde.toordinal(), timeline.hasta.toordinal()
        air = max(4.0, (last - first) * 0.04)
        self.limit((first - air, last + air), (-0.8, len(_SYMBOLS) - 0.4))
        self.axis("left", [(row, SESIONES[sesion]) for row, sesion in enumerate(_SYMBOLS)])
        self.axis("bottom", _months(timeline.desde, timeline.hasta))
        self.axis("right", [])
        for row in range(len(_SYMBOLS)):
            pen = QPen(QColor(tokens.border), 1)
            pen.setCosmetic(True)
            self.addItem(pg.InfiniteLine(row, 0, pen=pen))
        for mark in timeline.marks:
            self._add_mark(mark)

    def _add_mark(self, mark: Mark) -> None:
        tokens = theme().tokens
        at, row = mark.fecha.toordinal(), list(_SYMBOLS).index(mark.sesion)
        self.addItem(
            pg.ScatterPlotItem(
                [at],
                [row],
                symbol=_SYMBOLS[mark.sesion],
                size=_MARK,
                pen=pg.mkPen(tokens.primary, width=2),
                brush=pg.mkBrush(tokens.primary if mark.approved else tokens.surface),
            )
        )
        words = pg.TextItem(short_date(mark.fecha)[:5], color=tokens.text, anchor=(0.5, 1.25))
        words.setFont(font(SMALL_PT))
        words.setPos(at, row)
        self.addItem(words)

    def _on_hit(self, place: QPointF) -> None:
        """The nearest mark, if it is near."""
        view = self.getPlotItem().getViewBox()
        here = view.mapViewToScene(place)
        for mark in self._marks:
            row = list(_SYMBOLS).index(mark.sesion)
            there = view.mapViewToScene(QPointF(mark.fecha.toordinal(), row))
            if (here - there).manhattanLength() <= 2 * _MARK:
                self.picked.emit(mark.ficha)
                return


def _months(desde: date, hasta: date) -> list[tuple[float, str]]:
    """Beginnings of months, so many as have room."""
    found = []
    month = date(desde.year, desde.month, 1)
    while month <= hasta:
        if month >= desde:
            found.append((float(month.toordinal()), month_words(month)))
        month = date(month.year + month.month // _MONTHS, month.month % _MONTHS + 1, 1)
    step = max(1, -(-len(found) // 8))
    return found[::step]
