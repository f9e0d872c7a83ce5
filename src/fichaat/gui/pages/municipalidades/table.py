"""The table of municipalities: columns that share the width, the least needed hidden first."""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from fichaat.gui.pages.municipalidades.lines import GLColumn, Line
from fichaat.gui.pages.municipalidades.model import COLUMNS, NEED_ROLE, GLTable
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.theme import theme
from fichaat.gui.theme.tokens import BODY_PT, SMALL_PT
from fichaat.gui.widgets.list_view import choose_rows, draw_ground, lay_heads

PAD: Final = 8
_ICON: Final = 16
_BETWEEN: Final = 8
_SAMPLES: Final = {
    GLColumn.NOMBRE: "San José de Ticllas",
    GLColumn.PROVINCIA: "Huanca Sancos",
    GLColumn.UBIGEO: "000000",
    GLColumn.DIAGNOSTICO: "00/00/0000",
    GLColumn.SEGUIMIENTO: "00/00/0000",
    GLColumn.OTRAS: "00",
}
_STRETCHED: Final = {GLColumn.NOMBRE: 4, GLColumn.PROVINCIA: 1, GLColumn.FALTA: 3}
"""Columns that take what is left, by their shares."""
_HIDDEN_FIRST: Final = (
    GLColumn.UBIGEO,
    GLColumn.OTRAS,
    GLColumn.PROVINCIA,
    GLColumn.SEGUIMIENTO,
    GLColumn.DIAGNOSTICO,
)


class GLDelegate(QStyledItemDelegate):
    """Draws a cell; what is lacking has an icon and a bold word of its tone."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        tokens = theme().tokens
        rect: QRect = option.rect
        painter.save()
        draw_ground(painter, option)
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        room = rect.adjusted(PAD, 0, -PAD, -1)
        need = index.data(NEED_ROLE)
        face = font(BODY_PT)
        painter.setPen(QColor(tokens.text))
        if need is not None:
            tone, icon = need
            place = QRect(0, 0, _ICON, _ICON)
            place.moveCenter(room.center())
            place.moveLeft(room.left())
            theme().icon(icon, tone).paint(painter, place)
            room = room.adjusted(_ICON + _BETWEEN, 0, 0, 0)
            face = font(SMALL_PT, bold=True)
            painter.setPen(QColor(getattr(tokens, tone)))
        painter.setFont(face)
        shown = QFontMetrics(face).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        alignment = int(index.data(Qt.ItemDataRole.TextAlignmentRole))
        painter.drawText(room, alignment, shown)
        painter.restore()

    def sizeHint(  # noqa: N802  # Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Of any cell: never asked of all."""
        del option, index
        return QSize(80, row_height())


def row_height() -> int:
    """A line of letters and its air."""
    return QFontMetrics(font(BODY_PT)).lineSpacing() + 15


class GLTableView(QTableView):
    """Arrows move, Enter and a double click open."""

    opened = Signal(str)
    """A municipality, by its ubigeo."""
    selected = Signal(str)
    sort_asked = Signal(object)
    """GLColumn."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = GLTable()
        self._natural: dict[GLColumn, int] = {}
        self.setAccessibleName(say("municipalidades.table"))
        self.setModel(self.lines)
        self.setItemDelegate(GLDelegate(self))
        choose_rows(self, QAbstractItemView.SelectionMode.SingleSelection)
        self._lay_headers()
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self.selectionModel().currentRowChanged.connect(self._on_current)
        theme().changed.connect(self.viewport().update)

    def show_lines(self, lines: Sequence[Line], ubigeo: str) -> None:
        """Others; the chosen municipality stays chosen and in sight."""
        self.lines.show_lines(lines)
        self._measure(lines)
        self._share_width()
        self.choose(ubigeo)

    def choose(self, ubigeo: str) -> None:
        """Mark a municipality."""
        row = self.lines.row_of(ubigeo)
        if row is None:
            return
        flags = QItemSelectionModel.SelectionFlag
        index = self.lines.index(row, 0)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def show_order(self, column: GLColumn, *, ascending: bool) -> None:
        """By which column the lines stand."""
        # Fusion points up where the greatest stands first; everybody else points down.
        order = Qt.SortOrder.DescendingOrder if ascending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(COLUMNS.index(column), order)

    # Qt tells

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter opens; Home and End go to the ends of the list."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex().row())
            return
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.lines.rowCount():
            last = self.lines.rowCount() - 1
            self.selectRow(0 if key == Qt.Key.Key_Home else last)
            self.scrollTo(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._share_width()

    # inside

    def _open(self, row: int) -> None:
        if 0 <= row < self.lines.rowCount():
            self.opened.emit(self.lines.line(row).ubigeo)

    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.selected.emit(self.lines.line(index.row()).ubigeo)

    def _lay_headers(self) -> None:
        lay_heads(self, row_height())
        across = self.horizontalHeader()
        across.setSectionsClickable(True)
        across.setSortIndicatorShown(True)
        across.sectionClicked.connect(lambda section: self.sort_asked.emit(COLUMNS[section]))
        self._measure(())

    def _measure(self, lines: Iterable[Line]) -> None:
        body = QFontMetrics(font(BODY_PT))
        bold = QFontMetrics(font(SMALL_PT, bold=True))
        needs = {line.need.words for line in lines}
        for column in COLUMNS:
            title = say(f"municipalidades.column_{column.value}")
            if column is GLColumn.FALTA:
                widest = max(map(bold.horizontalAdvance, needs), default=0)
                cell = widest + _ICON + _BETWEEN + 2 * PAD + 2
            else:
                cell = body.horizontalAdvance(_SAMPLES[column]) + 2 * PAD + 2
            self._natural[column] = max(bold.horizontalAdvance(title) + 22, cell)

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
