"""The list of fichas: search, filters, the table, and what can be done with what is selected."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from fichaat.application.changes import Changes
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.ports.rows import ListColumn
from fichaat.application.session import Session
from fichaat.gui import routes
from fichaat.gui.asking import PageAsker
from fichaat.gui.desk import Desk
from fichaat.gui.ficha_deeds import FichaDeeds
from fichaat.gui.pages.fichas.model import COLUMNS
from fichaat.gui.pages.fichas.pages import Pages
from fichaat.gui.pages.fichas.presenter import Bar, Chosen, FichasPresenter, FichasSources
from fichaat.gui.pages.fichas.sheets import Asked, FichasSheets, Write
from fichaat.gui.pages.fichas.table import FichasTable
from fichaat.gui.pages.page import Page
from fichaat.gui.paper_actions import PaperActions
from fichaat.gui.paper_sources import paper_sources
from fichaat.gui.printing import PaperWindows
from fichaat.gui.routes import Route
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.style import restyle
from fichaat.gui.theme.theme import theme
from fichaat.gui.theme.tokens import GAP, MARGIN, MARGIN_NARROW
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.combo_box import NoWheelComboBox
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.menu import MoreMenu
from fichaat.gui.widgets.open_dialog import ask_open
from fichaat.gui.widgets.save_dialog import ask_save
from fichaat.gui.widgets.surfaces import EmptyState, PageHeader

_REST_MS: Final = 150
"""Without a key: then the search begins."""


def _list_writer(session: Session) -> Write:
    def write(path: Path, asked: Asked, progress: Progress, cancel: CancelToken) -> int:
        wanted, column, ascending = asked
        return session.export_list(
            path, wanted, column, ascending=ascending, progress=progress, cancel=cancel
        )

    return write


class SearchBox(QLineEdit):
    """Esc clears it; arrow down goes to the list."""

    def __init__(self, name: str, to_list: QWidget) -> None:
        super().__init__()
        self._list = to_list
        self.setFont(font())
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setClearButtonEnabled(True)
        self._icon = QAction(self)
        self.addAction(self._icon, QLineEdit.ActionPosition.LeadingPosition)
        theme().changed.connect(self._draw)
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)

    def _draw(self) -> None:
        self._icon.setIcon(theme().icon("buscar", "text2"))


class FichasPage(Page):
    place = "fichas"
    help_topic = "fichas"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        session, here = desk.session, desk.session.here
        self.presenter = FichasPresenter(
            self,
            FichasSources(
                here.territorio,
                here.clock,
                here.profile.region,
                here.key.device,
                lambda wanted, column, ascending, keep: session.list_fichas(
                    wanted, column, ascending=ascending, keep=keep
                ),
                session.list_fichas.rows,
            ),
            PaperActions(PaperWindows(self), self.tasks, desk.go, paper_sources(desk)),
            FichaDeeds(PageAsker(self), self.tasks, desk.runner, desk.go, session),
            tasks=self.tasks,
            go=desk.go,
        )
        self.sheets = FichasSheets(
            self,
            self.tasks,
            desk.go,
            write_list=_list_writer(session),
            write_template=lambda path: desk.program.write_file(
                path, session.fichas_book.template()
            ),
        )
        self.table = FichasTable(here.territorio)
        self.search = SearchBox(say("lista.search"), self.table)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(lambda: self.presenter.search(self.search.text()))
        self._lay()
        self._connect()

    # Page

    def takes(self, route: Route) -> bool:
        return isinstance(route, routes.Fichas)

    def arrive(self, route: Route) -> None:
        """Look for what is asked; the list has the focus."""
        self.presenter.arrived(route.buscar if isinstance(route, routes.Fichas) else "")
        self.table.setFocus()

    def changed(self, changes: Changes) -> None:
        self.presenter.changed(changes)

    def adapt(self, *, narrow: bool, short: bool) -> None:
        side, gap = (MARGIN_NARROW if narrow else MARGIN), (6 if short else GAP)
        self._column.setContentsMargins(side, gap, side, gap)
        self._column.setSpacing(gap)

    # what the presenter shows

    def show_chosen(self, chosen: Chosen) -> None:
        self.search.blockSignals(True)
        self.search.setText(chosen.texto)
        self.search.blockSignals(False)
        for name, box in self.filters.items():
            box.show_value(getattr(chosen, name))

    def show_order(self, column: ListColumn, *, ascending: bool) -> None:
        self.table.show_order(column, ascending=ascending)

    def show_pages(self, pages: Pages, select: int | None) -> None:
        self._middle.setCurrentWidget(self.table)
        self.table.show_pages(pages, select)

    def show_rows(self, places: range) -> None:
        self.table.fichas.show_rows(places)

    def show_count(self, words: str, *, filtered: bool) -> None:
        restyle(self.count, state="")
        self.count.setText(words)
        self._clear.setVisible(filtered)

    def show_empty(self, sentence: str, *, filtered: bool) -> None:
        empty = self._nothing if filtered else self._none
        empty.say(sentence)
        self._middle.setCurrentWidget(empty)

    def show_bar(self, bar: Bar) -> None:
        self._selected.setText(bar.words)
        self._open.setText(bar.open or say("lista.open"))
        wanted = (
            (self._open, bool(bar.open)),
            (self._view, bool(bar.open)),
            (self._print, bar.papers),
            (self._duplicate, bar.duplicate),
            (self._correct, bar.correct),
            (self._discard, bar.discard),
            (self._more_row, bar.annul or bar.late or bar.story),
        )
        changed = [(widget, shown) for widget, shown in wanted if widget.isHidden() is shown]
        if changed:
            self._change_buttons(changed)
        self._annul.setVisible(bar.annul)
        self._late.setVisible(bar.late)
        self._story.setVisible(bar.story)

    def show_error(self, sentence: str) -> None:
        """In the place of the count: what is shown is not what was asked for."""
        restyle(self.count, state="error")
        self.count.setText(sentence)

    def ask_file(self, on_chosen: Callable[[Path], object]) -> None:
        ask_open(self, say("importar.ask"), say("importar.filter"), ".xlsx", on_chosen)

    def ask_where(self, name: str, on_chosen: Callable[[Path], object]) -> None:
        ask_save(self, say("importar.list_ask"), say("importar.filter"), name, on_chosen)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        super().showEvent(event)
        self.table.setFocus()

    # inside

    def _change_buttons(self, changed: Sequence[tuple[QWidget, bool]]) -> None:
        """All at once: each would lay the page out anew."""
        held = QApplication.focusWidget()
        held = held if held is not None and self._buttons.isAncestorOf(held) else None
        self._buttons.hide()
        for widget, shown in changed:
            widget.setVisible(shown)
        self._buttons.show()
        if held is not None and held.isVisible():
            held.setFocus()

    def _lay(self) -> None:
        presenter = self.presenter
        header = PageHeader(say("lista.title"), say("lista.context"))
        more = MoreMenu(say("lista.more"))
        more.add(say("lista.blank"), presenter.print_blank)
        more.add(say("lista.bin"), presenter.bin)
        more.menu.addSeparator()
        more.add(say("importar.menu"), self.sheets.bring_in)
        more.add(say("importar.menu_template"), self.sheets.template)
        more.menu.addSeparator()
        sorting = more.menu.addMenu(say("lista.sort"))
        for column in COLUMNS:
            line = QAction(say(f"lista.column_{column.value}"), sorting)
            line.triggered.connect(lambda *_, by=column: presenter.sort(by))
            sorting.addAction(line)
        header.add(more)
        header.add(
            button(say("importar.list"), lambda: self.sheets.export(presenter.asked), icon="xlsx")
        )
        header.add(button(say("lista.new"), presenter.new_visit, role="primary", icon="mas"))
        self._middle = QStackedWidget()
        self._none = EmptyState(
            "fichas", say("lista.empty"), button(say("lista.new"), presenter.new_visit)
        )
        self._nothing = EmptyState(
            "buscar", say("lista.no_matches"), button(say("lista.clear"), presenter.clear)
        )
        for widget in (self.table, self._none, self._nothing):
            self._middle.addWidget(widget)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.addLayout(self._make_filters())
        self._column.addWidget(self._middle, 1)
        self._column.addLayout(self._make_bar())
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(header)
        page.addWidget(inside, 1)

    def _make_filters(self) -> FlowRow:
        flow = FlowRow(spacing=8, centred=True)
        self.search.setMinimumWidth(13 * self.fontMetrics().averageCharWidth())
        flow.add(self.search, 1)
        offered = self.presenter.filters()
        self.filters = {
            name: NoWheelComboBox(say(f"lista.filter_{name}"), options)
            for name, options in offered._asdict().items()
        }
        for box in self.filters.values():
            flow.add(box)
        self._clear = button(say("lista.clear"), self.presenter.clear, role="link")
        self._clear.hide()
        flow.add(self._clear)
        self.count = labels.body(bold=True)
        self.count.setWordWrap(False)
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        flow.add(self.count)
        return flow

    def _make_bar(self) -> FlowRow:
        presenter = self.presenter
        flow = FlowRow(spacing=8, centred=True)
        self._selected = labels.field_label()
        flow.add(self._selected, 1)
        self._more_row = MoreMenu(say("lista.more"))
        self._late = self._more_row.add(say("lista.late"), presenter.sign_late)
        self._story = self._more_row.add(say("lista.history"), presenter.story)
        self._annul = self._more_row.add(say("lista.annul"), presenter.annul)
        self._discard = button(say("lista.discard"), presenter.discard, icon="papelera")
        self._duplicate = button(say("lista.duplicate"), presenter.duplicate, icon="duplicar")
        self._print = button(say("lista.print"), presenter.print, icon="imprimir")
        self._view = button(say("lista.view"), presenter.view_pdf, icon="pdf")
        self._correct = button(say("lista.correct"), presenter.correct, icon="corregir")
        self._open = button(say("lista.open"), presenter.open_selected, icon="abrir")
        self._buttons = QWidget()
        row = FlowRow(spacing=8, centred=True)
        self._buttons.setLayout(row)
        for widget in (
            self._more_row,
            self._discard,
            self._duplicate,
            self._print,
            self._view,
            self._correct,
            self._open,
        ):
            row.add(widget)
            widget.hide()
        flow.add(self._buttons)
        return flow

    def _connect(self) -> None:
        presenter, table = self.presenter, self.table
        self.search.textChanged.connect(self._rest.start)
        for name, box in self.filters.items():
            box.chosen.connect(lambda value, name=name: presenter.filter(name, value))
        table.fichas.page_lacked.connect(presenter.look_at)
        table.chosen.connect(presenter.open)
        table.selected.connect(presenter.select)
        table.sort_asked.connect(presenter.sort)
        table.typed.connect(self._on_typed)

    def _on_typed(self, text: str) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.setText(self.search.text() + text)
