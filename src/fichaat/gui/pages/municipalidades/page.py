"""Coverage: how many municipalities received assistance, where, and what the others lack."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fichaat.application.changes import Changes
from fichaat.application.coverage import CoverageView
from fichaat.application.session import Session
from fichaat.domain.rol import Rol
from fichaat.gui import routes
from fichaat.gui.desk import Desk
from fichaat.gui.pages.municipalidades.chart_card import ChartCard, load_plots
from fichaat.gui.pages.municipalidades.dialogs import DaysDialog, ExcludedDialog, GlDialog
from fichaat.gui.pages.municipalidades.figure_card import FigureCard
from fichaat.gui.pages.municipalidades.figures import Figures, Timeline
from fichaat.gui.pages.municipalidades.filters import FilterBox
from fichaat.gui.pages.municipalidades.lines import Line
from fichaat.gui.pages.municipalidades.periods import Days
from fichaat.gui.pages.municipalidades.presenter import MunicipalidadesPresenter
from fichaat.gui.pages.municipalidades.table import GLTableView, row_height
from fichaat.gui.pages.municipalidades.view import (
    FALTA,
    TODAS,
    Charts,
    Choices,
    Filters,
    GlWords,
    MunicipalidadesSources,
    Reason,
    Shown,
)
from fichaat.gui.pages.municipalidades.visit import Visit, VisitSources
from fichaat.gui.pages.page import Page
from fichaat.gui.routes import Route
from fichaat.gui.text import say
from fichaat.gui.theme.tokens import GAP, MARGIN, MARGIN_NARROW
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import Segmented, button
from fichaat.gui.widgets.columns import place_columns
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.menu import MoreMenu
from fichaat.gui.widgets.save_dialog import ask_save
from fichaat.gui.widgets.surfaces import EmptyState, PageHeader, PageScroll

_TWO_COLUMNS: Final = 43
"""Lines of text that fit in the width of the page where both cards stand beside each other."""
_LINES: Final = 5
"""Of the table that are seen at least."""


class MunicipalidadesPage(Page):
    place = "municipalidades"
    help_topic = "cobertura"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = MunicipalidadesPresenter(
            self, self.tasks, desk.go, _sources(desk), desk.kept
        )
        presenter = self.presenter
        self.dialog: QDialog | None = None
        self._short = False
        self._came = False
        """Whether somebody came, and the focus waits for what is shown."""
        self._lay()
        self.charts.chosen.connect(presenter.chart)
        self.charts.province_picked.connect(presenter.pick_province)
        self.charts.month_picked.connect(presenter.pick_month)
        self.charts.ficha_picked.connect(presenter.open_ficha)
        self.table.opened.connect(presenter.open)
        self.table.selected.connect(presenter.select)
        self.table.sort_asked.connect(presenter.sort)
        self.segments.chosen.connect(presenter.show)
        self.tasks.read(load_plots, lambda _: self.charts.plots_loaded())

    # Page

    def takes(self, route: Route) -> bool:
        return isinstance(route, routes.Municipalidades)

    def arrive(self, route: Route) -> None:
        """The table has the focus, or what stands first where that is not seen."""
        self._came = True
        self._more.button.setFocus()
        self.presenter.arrived(route.ubigeo if isinstance(route, routes.Municipalidades) else None)

    def changed(self, changes: Changes) -> None:
        self.presenter.changed(changes)

    def adapt(self, *, narrow: bool, short: bool) -> None:
        self._short = short
        side = MARGIN_NARROW if narrow else MARGIN
        self._column.setContentsMargins(side, 14, side, GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """One column where two would squeeze the words."""
        super().resizeEvent(event)
        place_columns(self, self._columns, _TWO_COLUMNS)
        head = self.table.horizontalHeader().sizeHint().height()
        self._middle.setMinimumHeight(head + _LINES * row_height() + 4)

    # what the presenter shows

    def show_filters(self, filters: Filters, choices: Choices) -> None:
        self._all.setCurrentWidget(self._scroll)
        for name, options in filters._asdict().items():
            box = self.filters[name]
            box.set_options(options)
            box.show_value(getattr(choices, name))
        self.charts.choose(choices.grafico)
        self._focus()

    def show_cutoff(self, words: str, context: str) -> None:
        self.cutoff.setText(words)
        self._header.say(say("municipalidades.title"), context)

    def show_figures(self, figures: Figures) -> None:
        self.figures.show_figures(figures)
        for action in self._exports:
            action.setEnabled(True)

    def show_charts(self, charts: Charts) -> None:
        self.charts.show_charts(charts)

    def show_timeline(self, timeline: Timeline | None) -> None:
        self.charts.show_timeline(timeline)

    def show_lines(self, lines: Sequence[Line], shown: Shown, choices: Choices, empty: str) -> None:
        self.segments.rename(FALTA, shown.falta)
        self.segments.rename(TODAS, shown.todas)
        self.segments.choose(choices.lista)
        self.note.setText(shown.note)
        self.note.setVisible(bool(shown.note))
        self._clear.setVisible(bool(shown.note))
        self.table.show_order(choices.column, ascending=choices.ascending)
        self.table.show_lines(lines, choices.ubigeo)
        self._open.setEnabled(bool(lines))
        self._nothing.say(empty)
        self._middle.setCurrentWidget(self.table if lines else self._nothing)

    def show_visit(self, visit: Visit | None) -> None:
        self._visit.setEnabled(visit is not None and not visit.why_not)
        self._why_not.setText("" if visit is None else visit.why_not)
        if visit is not None:
            self._visit.setAccessibleName(visit.name)
            self._visit.setAccessibleDescription(visit.why_not)
            self._visit.setToolTip(say("municipalidades.visit_keys", visita=visit.name))

    def show_excluded(self, words: str, *, any_: bool) -> None:
        self.excluded.setText(words)
        self.excluded.setEnabled(any_)

    def show_nothing(self, sentence: str, action: str) -> None:
        self._none.say(sentence)
        self._act.setText(action)
        self._act.setVisible(bool(action))
        self._all.setCurrentWidget(self._none)
        for export in self._exports:
            export.setEnabled(False)
        self._focus()

    def ask_dates(self, days: Days) -> None:
        today = self.desk.session.here.clock.now().date()
        self.dialog = DaysDialog(self, days, today, self.presenter.choose_days)
        self.dialog.rejected.connect(self.presenter.cancel_days)
        self.dialog.open()

    def ask_where(self, name: str, kind: str, on_chosen: Callable[[Path], object]) -> None:
        words = say(f"municipalidades.{kind}_filter")
        self.dialog = ask_save(self, say("municipalidades.save"), words, name, on_chosen)

    def open_gl(self, words: GlWords) -> None:
        self.dialog = GlDialog(self, words, self.presenter)
        self.dialog.open()

    def open_excluded(self, what: str, reasons: Sequence[Reason]) -> None:
        self.dialog = ExcludedDialog(self, what, reasons, self.presenter.open_ficha)
        self.dialog.open()

    # inside

    def _focus(self) -> None:
        """Where work begins and is seen, once there is something to see."""
        if not self._came:
            return
        self._came = False
        if self._all.currentWidget() is self._none:
            (self._more.button if self._act.isHidden() else self._act).setFocus()
            return
        first = self.filters["periodo"] if self._short else self.table
        first.setFocus()
        self._scroll.ensureWidgetVisible(first)

    def _lay(self) -> None:
        presenter = self.presenter
        self._header = PageHeader(say("municipalidades.title"))
        self._more = MoreMenu(say("municipalidades.more"))
        pdf = self._more.add(say("municipalidades.pdf"), lambda: presenter.export("pdf"))
        xlsx = button(say("municipalidades.xlsx"), lambda: presenter.export("xlsx"), icon="xlsx")
        self._exports = (xlsx, pdf)
        self._header.add(xlsx)
        self._header.add(self._more)
        for action in self._exports:
            action.setEnabled(False)
        self._act = button("", presenter.act)
        self._none = EmptyState("municipalidades", say("municipalidades.looking"), self._act)
        self._act.hide()
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setSpacing(GAP)
        # Tab goes from one to the next as they are made.
        filters = self._make_filters()
        self.figures = FigureCard(presenter.look_behind)
        self.charts = ChartCard()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(GAP)
        self._columns.addWidget(self.figures, 30)
        self._columns.addWidget(self.charts, 70)
        self._column.addLayout(filters)
        self._column.addLayout(self._columns)
        self._column.addLayout(self._make_heading())
        self._column.addWidget(self._make_table(), 1)
        self._scroll = PageScroll(inside)
        self._all = QStackedWidget()
        self._all.addWidget(self._none)
        self._all.addWidget(self._scroll)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._header)
        page.addWidget(self._all, 1)

    def _make_filters(self) -> FlowRow:
        flow = FlowRow(spacing=8, centred=True)
        self.filters = {
            name: FilterBox(say(f"municipalidades.filter_{name}")) for name in Filters._fields
        }
        for name, box in self.filters.items():
            box.chosen.connect(lambda value, name=name: self.presenter.filter(name, value))
            flow.add(box)
        self.cutoff = labels.second()
        self.cutoff.setWordWrap(False)
        self.cutoff.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        flow.add(self.cutoff, 1)
        return flow

    def _make_heading(self) -> FlowRow:
        flow = FlowRow(spacing=8, centred=True)
        flow.add(labels.card_title(say("municipalidades.table")), 1)
        self.note = labels.field_label()
        self._clear = button(say("municipalidades.clear"), self.presenter.clear, role="link")
        self.segments = Segmented(say("municipalidades.shown"), [(FALTA, FALTA), (TODAS, TODAS)])
        for widget in (self.note, self._clear, self.segments):
            flow.add(widget)
        self.note.setWordWrap(False)
        self.note.hide()
        self._clear.hide()
        return flow

    def _make_table(self) -> QWidget:
        presenter = self.presenter
        self.table = GLTableView()
        self._middle = QStackedWidget()
        self._middle.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._nothing = EmptyState(
            "bien",
            say("municipalidades.no_lines"),
            button(say("municipalidades.clear"), presenter.clear),
        )
        self._middle.addWidget(self.table)
        self._middle.addWidget(self._nothing)
        self._visit = button(say("municipalidades.visit"), presenter.start_visit, icon="mas")
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            key = QShortcut(QKeySequence(keys), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(presenter.start_visit)
        self._why_not = labels.hint()
        self._open = button(
            say("municipalidades.open"), presenter.open_selected, role="link", icon="abrir"
        )
        self.excluded: QPushButton = button("", presenter.open_excluded, role="link")
        foot = FlowRow(spacing=8, centred=True)
        foot.add(self._visit)
        foot.add(self._open)
        foot.add(self._why_not, 1)
        foot.add(self.excluded)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._middle, 1)
        column.addLayout(foot)
        return made


def _sources(desk: Desk) -> MunicipalidadesSources:
    session = desk.session
    here, coverage = session.here, session.coverage
    return MunicipalidadesSources(
        here.territorio,
        here.clock,
        here.profile.rol is Rol.COORDINADOR,
        here.profile.provincia or "",
        lambda days, tema, provincia: coverage(
            days.desde, days.hasta, tema=tema, provincia=provincia
        ),
        coverage.periods,
        coverage.default_period,
        lambda kind, view, path: _write(session, kind, view, path),
        VisitSources(here.ambito, here.territorio, session.start_visit.go_on),
    )


def _write(session: Session, kind: str, view: CoverageView, path: Path) -> None:
    export = session.export_coverage
    (export.xlsx if kind == "xlsx" else export.pdf)(view, path)
