"""The table of the list: columns that share the width, the least needed hidden first."""

from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from fichaat.application.ports.rows import ListColumn
from fichaat.domain.territorio import Territorio
from fichaat.gui.ficha_words import estado_words
from fichaat.gui.pages.fichas.delegate import PAD, FichaDelegate, chip_width, row_height
from fichaat.gui.pages.fichas.model import COLUMNS, FichaTable
from fichaat.gui.pages.fichas.pages import Pages
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.theme import theme
from fichaat.gui.theme.tokens import BODY_PT, SMALL_PT
from fichaat.gui.widgets.list_view import choose_rows, lay_heads

_USUAL: Final = ("borrador", "exportada", "recibida", "conflicto", "cuarentena")
_SAMPLES: Final = {
    ListColumn.CODIGO: "05-2026-KMQ2MX-0012",
    ListColumn.FECHA: "00/00/0000",
    ListColumn.DISTRITO: "San Miguel (Huamanga)",
    ListColumn.SESION: "Seguimiento",
    ListColumn.MODALIDAD: "Presencial",
    ListColumn.RESPONSABLE: "M. Ccorahua Tineo",
    ListColumn.ACUERDOS: "000",
    ListColumn.VERSION: "00",
}
_STRETCHED: Final = {ListColumn.DISTRITO: 3, ListColumn.RESPONSABLE: 2}
"""Columns that take what is left, by their shares."""
_HIDDEN_FIRST: Final = (
    ListColumn.VERSION,
    ListColumn.MODALIDAD,
    ListColumn.ACUERDOS,
    ListColumn.RESPONSABLE,
    ListColumn.SESION,
    ListColumn.FECHA,
    ListColumn.CODIGO,
)


class FichasTable(QTableView):
    """Arrows move, Enter opens, letters search."""

    chosen = Signal(int)
    """Enter or a double click on a line."""
    selected = Signal(object)
    """Places of all selected lines, the current one first."""
    sort_asked = Signal(object)
    """ListColumn."""
    typed = Signal(str)
    """A letter: the search takes it."""

    def __init__(self, territorio: Territorio) -> None:
        super().__init__()
        self.fichas = FichaTable(territorio)
        self._natural: dict[ListColumn, int] = {}
        self.setAccessibleName(say("lista.title"))
        self.setModel(self.fichas)
        self.setItemDelegate(FichaDelegate(self))
        choose_rows(self, QAbstractItemView.SelectionMode.ExtendedSelection)
        self._lay_headers()
        self.doubleClicked.connect(lambda index: self.chosen.emit(index.row()))
        self.selectionModel().selectionChanged.connect(self._on_selected)
        theme().changed.connect(self.viewport().update)

    def show_pages(self, pages: Pages, select: int | None) -> None:
        """Another list; the line in this place is selected and stays in sight."""
        self.fichas.show_pages(pages)
        if select is None:
            return
        index = self.fichas.index(select, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def show_order(self, column: ListColumn, *, ascending: bool) -> None:
        """By which column the lines stand."""
        # Fusion points up where the greatest stands first; everybody else points down.
        order = Qt.SortOrder.DescendingOrder if ascending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(COLUMNS.index(column), order)

    def places(self) -> list[int]:
        """The selected lines, the current one first."""
        parts = self.selectionModel().selection().toList()
        found = {row for part in parts for row in range(part.top(), part.bottom() + 1)}
        current = self.currentIndex().row()
        rest = sorted(found - {current})
        return [current, *rest] if current in found else rest

    # Qt tells

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Home and End go to the ends of the list; a letter goes to the search."""
        key, text = event.key(), event.text()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.chosen.emit(self.currentIndex().row())
            return
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.fichas.rowCount():
            last = self.fichas.rowCount() - 1
            self.selectRow(0 if key == Qt.Key.Key_Home else last)
            self.scrollTo(self.currentIndex())
            return
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if text and text.isprintable() and not text.isspace() and not control:
            self.typed.emit(text)
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802
        """Never: Qt would look through every line."""

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._share_width()

    # inside

    def _lay_headers(self) -> None:
        lay_heads(self, row_height())
        across = self.horizontalHeader()
        across.setSectionsClickable(True)
        across.setSortIndicatorShown(True)
        across.sectionClicked.connect(lambda section: self.sort_asked.emit(COLUMNS[section]))
        body = QFontMetrics(font(BODY_PT))
        head = QFontMetrics(font(SMALL_PT, bold=True))
        for column in COLUMNS:
            title = head.horizontalAdvance(say(f"lista.column_{column.value}")) + 22
            if column is ListColumn.ESTADO:
                cell = max(chip_width(estado_words(estado)) for estado in _USUAL)
            else:
                cell = body.horizontalAdvance(_SAMPLES[column]) + 2 * PAD + 2
            self._natural[column] = max(title, cell)

    def _share_width(self) -> None:
        room = self.viewport().width()
        shown = list(COLUMNS)
        for column in _HIDDEN_FIRST:
            if sum(self._natural[item] for item in shown) <= room:
                break
            shown.remove(column)
        free = max(0, room - sum(self._natural[column] for column in shown))
        shares = {column: part for column, part in _STRETCHED.items() if column in shown}
        whole = sum(shares.values())
        for section, column in enumerate(COLUMNS):
            self.setColumnHidden(section, column not in shown)
            more = free * shares.get(column, 0) // whole if whole else 0
            self.setColumnWidth(section, self._natural[column] + more)

    def _on_selected(self, chosen: QItemSelection, left: QItemSelection) -> None:
        del chosen, left
        self.selected.emit(self.places())
