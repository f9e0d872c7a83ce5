"""Nueva visita asks one thing, the municipality; all that is known is filled in."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from fichaat.application.changes import Changes
from fichaat.application.known_catalogue import known_firmantes
from fichaat.gui.desk import Desk
from fichaat.gui.pages.page import Page
from fichaat.gui.pages.visita.municipality_list import MunicipalityList
from fichaat.gui.pages.visita.panel import MunicipalityPanel, PanelScroll
from fichaat.gui.pages.visita.presenter import VisitaPresenter, VisitaSources
from fichaat.gui.pages.visita.words import ListRow, Panel
from fichaat.gui.routes import NuevaVisita, Route
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.theme import theme
from fichaat.gui.theme.tokens import CARD_TITLE_PT, MARGIN, MARGIN_NARROW
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.surfaces import EmptyState, PageHeader, PageScroll

_TWO_COLUMNS = 44
"""Lines of text that fit in the width of the page where two columns are comfortable."""
_ROWS_SEEN = 4
"""Rows of the list that are seen however small the window is."""


class NuevaVisitaPage(Page):
    place = "inicio"
    help_topic = "nueva-visita"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        here = desk.session.here
        self._presenter = VisitaPresenter(
            self,
            self.tasks,
            desk.go,
            VisitaSources(
                here.profile,
                here.ambito,
                here.territorio,
                here.clock,
                desk.session.start_visit,
                lambda: _firmantes(desk),
            ),
        )
        self._header = PageHeader(say("visita.title"))
        self.search = SearchBox()
        self.search.setPlaceholderText(say("visita.search"))
        self.search.setAccessibleName(say("visita.ask"))
        self.search.setAccessibleDescription(say("visita.keys_hint"))
        self.list = MunicipalityList(say("visita.list"))
        self._heading = labels.field_label()
        self._none = EmptyState("buscar", "")
        self.panel = MunicipalityPanel()
        self._beside = PanelScroll(self.panel)
        self.start = button(
            say("visita.start"),
            self._presenter.start,
            role="primary",
            icon="siguiente",
            size="action",
        )
        self.start.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.another = button(say("visita.another"), self._presenter.start_another, size="action")
        self._cancel = button(
            say("visita.cancel"), self._presenter.cancel, role="link", size="action"
        )
        self._error = labels.hint()
        self._error.setProperty("state", "error")
        self._rows_seen = _ROWS_SEEN
        self._lay()
        self._connect()

    # Page

    def takes(self, route: Route) -> bool:
        return isinstance(route, NuevaVisita)

    def arrive(self, route: Route) -> None:
        """The search box has the focus, and keeps it."""
        self.search.setFocus()
        assert isinstance(route, NuevaVisita)
        self._presenter.arrived(route.duplicar, route.copia)

    def changed(self, changes: Changes) -> None:
        """A draft was saved or a ficha arrived: what is said about municipalities may differ."""
        if changes:
            self._presenter.refresh()

    def adapt(self, *, narrow: bool, short: bool) -> None:
        del short
        side = MARGIN_NARROW if narrow else MARGIN
        self._columns.setContentsMargins(side, 16, side, 12)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """One column where two would squeeze the words."""
        super().resizeEvent(event)
        line = self.fontMetrics().lineSpacing()
        two = self.width() > _TWO_COLUMNS * line
        self._columns.setDirection(
            QBoxLayout.Direction.LeftToRight if two else QBoxLayout.Direction.TopToBottom
        )
        self._rows_seen = _ROWS_SEEN if two else _ROWS_SEEN // 2
        self._beside.show_whole(whole=not two)
        self._fit_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc leaves: nothing was typed that could be lost."""
        if event.key() == Qt.Key.Key_Escape:
            self._presenter.cancel()
            return
        super().keyPressEvent(event)

    # what the presenter shows

    def show_context(self, text: str) -> None:
        self._header.say(say("visita.title"), text)

    def show_rows(self, rows: Sequence[ListRow], heading: str) -> None:
        self._show_list(shown=True)
        self._heading.setText(heading)
        self.list.rows.show(rows)
        self._fit_list()

    def show_details(self, rows: Sequence[ListRow]) -> None:
        self.list.rows.update(rows)

    def show_none(self, sentence: str) -> None:
        self._none.say(sentence)
        self.list.rows.show(())
        self._show_list(shown=False)

    def choose(self, index: int) -> None:
        self.list.choose(index)
        if index < 0:
            self._enable(shown=None)

    def show_panel(self, shown: Panel) -> None:
        self.panel.show_panel(shown)
        self._beside.updateGeometry()
        self._enable(shown)

    def show_choose(self, sentence: str) -> None:
        self.panel.show_choose(sentence)
        self._enable(shown=None)

    def show_error(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.show()

    # inside

    def _enable(self, shown: Panel | None) -> None:
        words = say("visita.start") if shown is None else shown.boton
        self.start.setText(f"{words}\N{NO-BREAK SPACE}")  # room before the arrow
        self.start.setAccessibleName(words)
        self.start.setEnabled(shown is not None and shown.puede)
        self.another.setVisible(shown is not None and shown.otra)
        self._error.hide()

    def _fit_list(self) -> None:
        """A short list is no taller than its rows."""
        self.list.setMaximumHeight(self.list.tall(None))
        self.list.setMinimumHeight(self.list.tall(self._rows_seen))

    def _show_list(self, *, shown: bool) -> None:
        self.list.setVisible(shown)
        self._heading.setVisible(shown)
        self._none.setVisible(not shown)

    def _lay(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        question = labels.card_title(say("visita.ask"))
        question.setBuddy(self.search)
        for widget in (question, self.search, labels.hint(say("visita.search_hint"))):
            left.addWidget(widget)
        left.addSpacing(4)
        left.addWidget(self._heading)
        left.addWidget(self.list, 100)
        left.addWidget(self._none)
        left.addStretch(1)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        inside = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns.setSpacing(20)
        self._columns.addLayout(left, 8)
        self._columns.addWidget(self._beside, 5)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._header)
        page.addWidget(PageScroll(inside), 1)
        page.addWidget(self._lay_bar())

    def _lay_bar(self) -> QFrame:
        bar = QFrame()
        column = QVBoxLayout(bar)
        column.setContentsMargins(MARGIN, 6, MARGIN, 14)
        column.addWidget(self._error)
        flow = FlowRow(spacing=12)
        flow.add(QWidget(), 1)
        for widget in (self._cancel, self.another, self.start):
            flow.add(widget)
        column.addLayout(flow)
        self._error.hide()
        return bar

    def _connect(self) -> None:
        self.search.textChanged.connect(self._presenter.typed)
        self.search.stepped.connect(self._presenter.moved)
        self.search.entered.connect(self._presenter.start)
        self.list.clicked.connect(self._on_clicked)
        self.list.doubleClicked.connect(self._on_double_clicked)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._presenter.chose(index.row())
        self.search.setFocus()

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self._presenter.chose(index.row())
        self._presenter.start()


def _firmantes(desk: Desk) -> dict[str, date] | None:
    view = desk.session.catalogue()
    return known_firmantes(None if view is None else view.catalogo)


_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}


class SearchBox(QLineEdit):
    """Types and moves the choice below without ever losing the focus."""

    stepped = Signal(int)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFont(font(CARD_TITLE_PT))
        self.setClearButtonEnabled(True)
        self._icon = QAction(self)
        self.addAction(self._icon, QLineEdit.ActionPosition.LeadingPosition)
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * 2)
        theme().changed.connect(self._draw)
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Arrows move the choice, Enter takes it."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.stepped.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _draw(self) -> None:
        self._icon.setIcon(theme().icon("buscar", "text2"))
