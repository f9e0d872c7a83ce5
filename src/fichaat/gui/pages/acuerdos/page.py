"""Agreements of visits: the list, the chosen one beside it, and what was heard of it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from fichaat.application.acuerdo_line import Segmento
from fichaat.application.changes import Changes
from fichaat.gui.desk import Desk
from fichaat.gui.files import read_book
from fichaat.gui.pages.acuerdos.panel import AcuerdoPanel
from fichaat.gui.pages.acuerdos.presenter import SHOWN, AcuerdosPresenter
from fichaat.gui.pages.acuerdos.preview_dialog import PreviewDialog
from fichaat.gui.pages.acuerdos.table import AcuerdosTable, row_height
from fichaat.gui.pages.acuerdos.view import AcuerdosSources, Preview
from fichaat.gui.pages.acuerdos.words import DetailWords, RowWords, segment_words
from fichaat.gui.pages.page import Page
from fichaat.gui.routes import Acuerdos, Route
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.tokens import GAP, MARGIN, MARGIN_NARROW
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.columns import place_columns
from fichaat.gui.widgets.combo_box import NoWheelComboBox
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.menu import MoreMenu
from fichaat.gui.widgets.save_dialog import ask_save
from fichaat.gui.widgets.surfaces import Banner, EmptyState, PageHeader, PageScroll
from fichaat.gui.widgets.typed_fields import LineBox

_REST_MS: Final = 200
"""Without a key: then the search begins."""
_TWO_COLUMNS: Final = 52
"""Lines of text that fit in the width of the page where list and panel stand side by side."""
_SEGMENT_PAD: Final = 16
_ROWS_LEAST: Final = 4
_ROWS_BESIDE: Final = 10


class SegmentRow(QWidget):
    """The segments as buttons that wrap: with counts they are too many for one line."""

    def __init__(self, on_chosen: Callable[[str], object]) -> None:
        super().__init__()
        self._row = FlowRow(spacing=6, centred=True)
        self.setLayout(self._row)
        self.setAccessibleName(say("acuerdos.segments"))
        self.buttons = {}
        for segmento in SHOWN:
            made = button(segment_words(segmento))
            made.setCheckable(True)
            made.setProperty("role", "seg")
            made.clicked.connect(lambda _=False, value=segmento: self._on_clicked(value))
            self.buttons[segmento] = made
            self._row.add(made)
        self._on_chosen = on_chosen
        self.choose(Segmento.ABIERTOS)
        self.show_counts({})

    def choose(self, chosen: Segmento) -> None:
        """Show a choice without telling."""
        for segmento, made in self.buttons.items():
            made.setChecked(segmento is chosen)

    def show_counts(self, counts: Mapping[Segmento, int]) -> None:
        for segmento, made in self.buttons.items():
            words = segment_words(segmento, counts.get(segmento, 0))
            made.setText(words)
            # The chosen one is bold: nothing is cut, and nothing moves when the choice does.
            bold = QFontMetrics(font(bold=True)).horizontalAdvance(words)
            made.setMinimumWidth(bold + 2 * _SEGMENT_PAD)

    def _on_clicked(self, segmento: Segmento) -> None:
        self.choose(segmento)
        self._on_chosen(segmento.value)


class AcuerdosPage(Page):
    place = "acuerdos"
    help_topic = "acuerdos"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = AcuerdosPresenter(self, self.tasks, desk.go, _sources(desk))
        presenter = self.presenter
        self.segments = SegmentRow(presenter.segment)
        self.table = AcuerdosTable()
        self.panel = AcuerdoPanel(
            desk.session.here.clock.now().date(), presenter.register, presenter.open_ficha
        )
        self.search = LineBox(say("acuerdos.search"), say("acuerdos.search"))
        self.responsable = LineBox(say("acuerdos.who"), say("acuerdos.who"))
        self.provincias = NoWheelComboBox(say("acuerdos.provincia"))
        self.municipios = NoWheelComboBox(say("acuerdos.municipio"))
        self.banner = Banner("error")
        self.banner.hide()
        self.dialog: PreviewDialog | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._lay()
        self._connect()

    # Page

    def takes(self, route: Route) -> bool:
        return isinstance(route, Acuerdos)

    def arrive(self, route: Route) -> None:
        """The list has the focus: arrows choose, letters search."""
        assert isinstance(route, Acuerdos)  # `takes` says so
        self.presenter.arrived(route)
        self.table.setFocus()

    def changed(self, changes: Changes) -> None:
        self.presenter.changed(changes)

    def adapt(self, *, narrow: bool, short: bool) -> None:
        side, gap = (MARGIN_NARROW if narrow else MARGIN), (8 if short else GAP)
        self._column.setContentsMargins(side, gap, side, side)
        self._column.setSpacing(gap)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The panel stands beside the list where there is room for both."""
        super().resizeEvent(event)
        beside = place_columns(self, self._columns, _TWO_COLUMNS)
        rows = _ROWS_BESIDE if beside else _ROWS_LEAST
        head = self.table.horizontalHeader().sizeHint().height()
        self._list.setMinimumHeight(rows * row_height() + head + 4)
        self._columns.setStretch(0, 3 if beside else 0)
        self._columns.setStretch(1, 2 if beside else 0)

    # what the presenter shows

    def show_filters(
        self, provincias: Sequence[tuple[str, str]], municipios: Sequence[tuple[str, str]]
    ) -> None:
        self.provincias.set_options(provincias)
        self.municipios.set_options(municipios)
        self.municipios.setVisible(len(municipios) > 1)

    def show_place(self, provincia: str, municipio: str) -> None:
        self.provincias.show_value(provincia)
        self.municipios.show_value(municipio)

    def show_counts(self, counts: Mapping[Segmento, int]) -> None:
        self.banner.hide()
        self.segments.show_counts(counts)

    def show_rows(self, rows: Sequence[RowWords], chosen: str) -> None:
        self._list.setCurrentWidget(self.table)
        self._clear.setVisible(self.presenter.filtered)
        self.table.show_rows(rows, chosen)

    def show_empty(self, sentence: str, *, filtered: bool) -> None:
        empty = self._nothing if filtered else self._none
        empty.say(sentence)
        self._clear.setVisible(filtered)
        self._list.setCurrentWidget(empty)
        self.table.show_rows((), "")

    def show_detail(self, detail: DetailWords | None, hoy: date) -> None:
        del hoy
        self.panel.setVisible(detail is not None)
        if detail is not None:
            self.panel.show_detail(detail)

    def show_registered(self) -> None:
        self.panel.registered()

    def show_form_error(self, field: str, sentence: str) -> None:
        self.panel.form.show_error(field, sentence)

    def show_error(self, sentence: str) -> None:
        self.banner.say(sentence)
        self.banner.show()

    def ask_where(self, name: str, on_chosen: Callable[[Path], object]) -> None:
        ask_save(self, say("acuerdos.save"), say("acuerdos.kind_xlsx"), name, on_chosen)

    def ask_file(self, on_chosen: Callable[[Path], object]) -> None:
        dialog = QFileDialog(self, say("acuerdos.load_ask"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(f"{say('acuerdos.kind_xlsx')} (*.xlsx)")
        dialog.fileSelected.connect(lambda path: on_chosen(Path(path)))
        dialog.open()

    def show_preview(self, preview: Preview) -> None:
        self.dialog = PreviewDialog(self, preview, self.presenter.apply)
        self.dialog.open()

    def close_preview(self) -> None:
        if self.dialog is not None and isValid(self.dialog):
            self.dialog.accept()
        self.dialog = None

    # inside

    def _lay(self) -> None:
        presenter = self.presenter
        header = PageHeader(say("acuerdos.title"), say("acuerdos.context"))
        more = MoreMenu(say("acuerdos.more"))
        more.add(say("acuerdos.template"), presenter.save_template)
        more.add(say("acuerdos.load"), presenter.load)
        header.add(button(say("acuerdos.export"), presenter.export, icon="xlsx"))
        header.add(more)
        self._none = EmptyState(
            "acuerdos", say("acuerdos.none"), button(say("acuerdos.visit"), presenter.new_visit)
        )
        self._nothing = EmptyState(
            "buscar", say("acuerdos.none_filtered"), button(say("acuerdos.clear"), self._on_clear)
        )
        self._list = QStackedWidget()
        for widget in (self.table, self._none, self._nothing):
            self._list.addWidget(widget)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(GAP)
        self._columns.addWidget(self._list, 3)
        self._columns.addWidget(self.panel, 2)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.addWidget(self.segments)
        self._column.addLayout(self._make_filters())
        self._column.addWidget(self.banner)
        self._column.addLayout(self._columns, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(header)
        page.addWidget(PageScroll(inside), 1)

    def _make_filters(self) -> FlowRow:
        flow = FlowRow(spacing=8, centred=True)
        for box in (self.search, self.responsable):
            box.setMinimumWidth(18 * self.fontMetrics().averageCharWidth())
            box.setClearButtonEnabled(True)
        self._clear = button(say("acuerdos.clear"), self._on_clear, role="link")
        self._clear.hide()
        flow.add(self.search, 2)
        flow.add(self.responsable, 1)
        for widget in (self.provincias, self.municipios, self._clear):
            flow.add(widget)
        return flow

    def _connect(self) -> None:
        presenter = self.presenter
        self._rest.timeout.connect(self._on_rest)
        self.search.textChanged.connect(lambda _: self._rest.start())
        self.responsable.textChanged.connect(lambda _: self._rest.start())
        self.provincias.chosen.connect(presenter.provincia)
        self.municipios.chosen.connect(presenter.municipio)
        self.table.chosen.connect(presenter.choose)
        self.table.entered.connect(self.panel.form.estado.setFocus)
        self.table.typed.connect(self._on_typed)

    def _on_rest(self) -> None:
        self.presenter.search(self.search.text())
        self.presenter.responsable(self.responsable.text())

    def _on_clear(self) -> None:
        self.search.clear()
        self.responsable.clear()
        self._rest.stop()
        self.presenter.clear()

    def _on_typed(self, text: str) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.setText(self.search.text() + text)


def _sources(desk: Desk) -> AcuerdosSources:
    session, program = desk.session, desk.program
    return AcuerdosSources(
        session.here.territorio,
        session.here.ambito,
        session.list_acuerdos,
        session.read_acuerdo,
        session.add_evento,
        lambda wanted: session.workbooks.write(session.write_matrix(wanted)),
        lambda wanted: session.workbooks.write(session.event_sheet.template(wanted)),
        read_book,
        session.event_sheet.read,
        session.event_sheet,
        program.write_file,
    )
