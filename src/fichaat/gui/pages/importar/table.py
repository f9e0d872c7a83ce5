"""The records of a package: ten thousand of them open without a wait, because only what is seen
is put into words and drawn.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from fichaat.gui.pages.importar.record_words import RowWords
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.theme import theme
from fichaat.gui.theme.tokens import HEIGHT_ROW, SMALL_PT, Tone

_Index = QModelIndex | QPersistentModelIndex

RESULT, KIND, RECORD, PLACE, DETAIL = range(5)
_COLUMNS: Final = (
    "paquetes.column_result",
    "paquetes.column_kind",
    "paquetes.column_record",
    "paquetes.column_place",
    "paquetes.column_detail",
)
_SAMPLES: Final = {
    RESULT: ("Fuera de ámbito",),
    KIND: ("Seguimiento",),
    RECORD: ("05-2026-K7Q2MX-00012",),
    PLACE: ("San José de Ticllas (Huamanga)",),
}
"""The longest that a column usually holds; the detail takes what is left."""

_DETAIL_SAMPLE: Final = "paquetes.detail_conflict"
"""What must not be cut: it asks for a person."""

ROW: Final = int(Qt.ItemDataRole.UserRole)
_PAD: Final = 8
_ICON: Final = 14
_CHIP: Final = 24
_ROWS_SEEN: Final = 7
"""The table is never lower than so many rows, or than those it has."""


class RecordsModel(QAbstractTableModel):
    """The records in the order that the presenter gave them."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[RowWords] = ()

    def show(self, rows: Sequence[RowWords]) -> None:
        """These instead."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008  # Qt's name
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(_COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return say(_COLUMNS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role not in (
            ROW,
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        cells = (row.resultado, row.tipo, row.registro, row.lugar, row.detalle)
        return cells[index.column()]


class _Delegate(QStyledItemDelegate):
    """The result as a chip; in a narrow table, the rest in lines below each other."""

    def __init__(self, table: "RecordsTable") -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: RowWords = index.data(ROW)
        rect, tokens = option.rect, theme().tokens
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, QColor(tokens.sel if chosen else tokens.surface))
        painter.setPen(QPen(QColor(tokens.border), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if index.column() == RESULT:
            if chosen:
                edge = QRect(rect.left(), rect.top(), 3, rect.height())
                painter.fillRect(edge, QColor(tokens.primary))
            self._paint_chip(painter, rect, row)
        elif index.column() == RECORD and self._table.lines > 1:
            self._paint_lines(painter, rect, row)
        elif index.column() == DETAIL and self._table.lines > 1:
            self._paint_wrapped(painter, rect, row.detalle)
        else:
            self._paint_text(painter, rect, str(index.data()), tokens.text)
        painter.restore()

    def _paint_chip(self, painter: QPainter, rect: QRect, row: RowWords) -> None:
        tokens, tone = theme().tokens, Tone(row.tone)
        letters = font(SMALL_PT, bold=True)
        metrics = QFontMetrics(letters)
        tall = max(_CHIP, metrics.height() + 4)
        wide = metrics.horizontalAdvance(row.resultado) + _ICON + 5 + 20
        room = rect.width() - 2 * _PAD
        chip = QRect(
            rect.left() + _PAD, rect.top() + (rect.height() - tall) // 2, min(wide, room), tall
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.ink(tone)), 1))
        painter.setBrush(QColor(tokens.tint(tone)))
        painter.drawRoundedRect(chip.adjusted(0, 0, -1, -1), 12, 12)
        icon = QRect(chip.left() + 9, chip.center().y() - _ICON // 2 + 1, _ICON, _ICON)
        theme().icon(row.icon, tone.value).paint(painter, icon)
        painter.setFont(letters)
        painter.setPen(QColor(tokens.ink(tone)))
        text = chip.adjusted(9 + _ICON + 5, 0, -6, -1)
        _draw(painter, text, row.resultado, metrics)

    def _paint_lines(self, painter: QPainter, rect: QRect, row: RowWords) -> None:
        """Record and kind; municipality; and the detail where it has no column of its own."""
        tokens, metrics = theme().tokens, QFontMetrics(font())
        line = metrics.lineSpacing()
        first = " · ".join(part for part in (row.registro, row.tipo) if part)
        texts = [(first, tokens.text), (row.lugar, tokens.text2), (row.detalle, tokens.text2)]
        shown = texts[: self._table.lines]
        top = rect.top() + (rect.height() - line * len(shown)) // 2
        for text, color in shown:
            self._paint_text(painter, QRect(rect.left(), top, rect.width(), line), text, color)
            top += line

    def _paint_wrapped(self, painter: QPainter, rect: QRect, text: str) -> None:
        """In a row of two lines there is room for two lines of it."""
        painter.setFont(font())
        painter.setPen(QColor(theme().tokens.text))
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        place = rect.adjusted(_PAD, 2, -_PAD, -2)
        painter.drawText(place, side | Qt.TextFlag.TextWordWrap, text)

    def _paint_text(self, painter: QPainter, rect: QRect, text: str, color: str) -> None:
        painter.setFont(font())
        painter.setPen(QColor(color))
        _draw(painter, rect.adjusted(_PAD, 0, -_PAD, 0), text, QFontMetrics(font()))


def _draw(painter: QPainter, rect: QRect, text: str, metrics: QFontMetrics) -> None:
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(rect, side, shown)


class RecordsTable(QTableView):
    """Read by the arrows; what does not fit in a cell is its tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = RecordsModel()
        self.lines = 1
        """Of a row: 2 where kind and municipality stand with the record, 3 where the detail too."""
        self.setModel(self.rows)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.setFont(font())
        self.setAccessibleName(say("paquetes.content"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        # One height for all: none of ten thousand rows is measured.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setFont(font(SMALL_PT, bold=True))
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionsClickable(False)
        theme().changed.connect(self.viewport().update)

    def show_rows(self, rows: Sequence[RowWords]) -> None:
        """These records instead."""
        self.rows.show(rows)
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As tall as its rows, up to a few of them."""
        return QSize(480, self._tall())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(200, self._tall())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Another width may have room for other columns."""
        super().resizeEvent(event)
        self._fit()

    def _tall(self) -> int:
        rows = min(max(1, self.rows.rowCount()), _ROWS_SEEN)
        head = self.horizontalHeader().sizeHint().height()
        return head + rows * self._row_height() + 2 * self.frameWidth()

    def _row_height(self) -> int:
        line = QFontMetrics(font()).lineSpacing()
        return max(HEIGHT_ROW, self.lines * line + 14)

    def _fit(self) -> None:
        widths = {column: self._natural(column) for column in _SAMPLES}
        metrics, room = QFontMetrics(font()), self.viewport().width()
        detail = metrics.horizontalAdvance(say(_DETAIL_SAMPLE, version=1)) + 2 * _PAD
        together = widths[RECORD] + metrics.horizontalAdvance(f" · {_SAMPLES[KIND][0]}")
        if room >= sum(widths.values()) + detail:
            self.lines = 1
        elif room >= widths[RESULT] + together + detail * 2 // 3:
            self.lines = 2
            widths[RECORD], widths[KIND], widths[PLACE] = together, 0, 0
        else:
            self.lines = 3
            widths[RECORD], widths[KIND], widths[PLACE] = room - widths[RESULT], 0, 0
        for column, width in widths.items():
            self.setColumnHidden(column, width <= 0)
            self.setColumnWidth(column, max(0, width))
        self.setColumnHidden(DETAIL, self.lines == 3)
        self.setColumnWidth(DETAIL, max(0, room - sum(widths.values())))
        if self.verticalHeader().defaultSectionSize() != self._row_height():
            self.verticalHeader().setDefaultSectionSize(self._row_height())
            self.updateGeometry()

    def _natural(self, column: int) -> int:
        metrics = QFontMetrics(font(SMALL_PT, bold=True) if column == RESULT else font())
        samples = (*_SAMPLES[column], say(_COLUMNS[column]))
        widest = max(metrics.horizontalAdvance(text) for text in samples)
        return widest + 2 * _PAD + (_ICON + 25 if column == RESULT else 4)
