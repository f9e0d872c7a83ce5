"""The list of municipalities: drawn by a delegate, what matches marked in each name."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from fichaat.gui.pages.visita.highlight import Span
from fichaat.gui.pages.visita.words import ListRow
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.theme import theme
from fichaat.gui.theme.tokens import BODY_PT, SMALL_PT, Tone
from fichaat.gui.widgets.icons import MEDIUM

_Index = QModelIndex | QPersistentModelIndex

ROW: Final = int(Qt.ItemDataRole.UserRole)
_PAD: Final = 12
_EDGE: Final = 3
_BETWEEN: Final = 10
_CHIP_ICON: Final = 14
_NAME_LETTERS: Final = 22
"""Of a name, beside which a chip still stands."""


class MunicipalityModel(QAbstractListModel):
    """The rows that are shown now."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[ListRow] = []

    def show(self, rows: Sequence[ListRow]) -> None:
        """These rows instead."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def update(self, rows: Sequence[ListRow]) -> None:
        """The same municipalities with other words."""
        self._rows = list(rows)
        if rows:
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008  # Qt's name
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (
            ROW,
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        row = self._rows[index.row()]
        return row if role == ROW else row.spoken


class _Delegate(QStyledItemDelegate):
    """Name, province, what is known, and the code at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        row = index.data(ROW)
        line = QFontMetricsF(font(BODY_PT)).lineSpacing()
        small = QFontMetricsF(font(SMALL_PT)).lineSpacing()
        lines = line if self._fits(row, width) else 2 * line
        return QSize(width, round(lines + small + 2 * _PAD - 4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row, tokens = index.data(ROW), theme().tokens
        rect = QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens.sel))
            painter.fillRect(QRectF(rect.x(), rect.y(), _EDGE, rect.height()), tokens.primary)
        if index.row():
            painter.fillRect(QRectF(rect.x(), rect.y(), rect.width(), 1), QColor(tokens.border))
        drawn = theme().icon("municipalidad", "primary")
        top = rect.y() + (rect.height() - MEDIUM) / 2
        drawn.paint(painter, round(rect.x()) + _PAD + _EDGE, round(top), MEDIUM, MEDIUM)
        self._write(painter, rect, row)
        painter.restore()

    def _write(self, painter: QPainter, rect: QRectF, row: ListRow) -> None:
        tokens = theme().tokens
        line = QFontMetricsF(font(BODY_PT)).lineSpacing()
        left = rect.x() + self._left()
        top = rect.y() + _PAD - 2
        room = rect.right() - _PAD - left
        chip = self._chip_width(row, round(rect.width()))
        if chip:
            self._chip(painter, rect, row, chip)
        painter.setFont(font(BODY_PT))
        painter.setPen(QColor(tokens.text2))
        middle = QRectF(left, rect.y(), room, rect.height())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(middle, right, row.ubigeo)
        room -= self._code_width(row) + chip
        apart = not self._fits(row, round(rect.width()))
        end = self._text(painter, QPointF(left, top), row.nombre, row.nombre_spans, room, bold=True)
        if apart:
            top += line
            self._text(painter, QPointF(left, top), row.resto, row.resto_spans, room)
        else:
            dot = " · "
            painter.setFont(font(BODY_PT))
            painter.setPen(QColor(tokens.text2))
            painter.drawText(QPointF(end, top + self._ascent()), dot)
            end += QFontMetricsF(font(BODY_PT)).horizontalAdvance(dot)
            self._text(painter, QPointF(end, top), row.resto, row.resto_spans, left + room - end)
        small = QFontMetricsF(font(SMALL_PT))
        painter.setFont(font(SMALL_PT))
        painter.setPen(QColor(tokens.text3))
        words = row.detalle if chip else row.detalle_con_pacto
        detail = small.elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(left, top + line + small.ascent() + 1), detail)

    def _text(
        self,
        painter: QPainter,
        at: QPointF,
        text: str,
        marked: Sequence[Span],
        room: float,
        *,
        bold: bool = False,
    ) -> float:
        """Write one line with its marks; where it ends."""
        letters = font(BODY_PT, bold=bold)
        metrics, tokens = QFontMetricsF(letters), theme().tokens
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        if shown == text:
            for start, end in marked:
                x = at.x() + metrics.horizontalAdvance(text[:start])
                wide = metrics.horizontalAdvance(text[:end]) + at.x() - x
                mark = QRectF(x - 1, at.y(), wide + 2, metrics.height())
                painter.fillRect(mark, QColor(tokens.warnt))
        painter.setFont(letters)
        painter.setPen(QColor(tokens.text if bold else tokens.text2))
        painter.drawText(QPointF(at.x(), at.y() + metrics.ascent()), shown)
        return at.x() + metrics.horizontalAdvance(shown)

    def _fits(self, row: ListRow, width: int) -> bool:
        """Whether name and province stand in one line."""
        plain, bold = QFontMetricsF(font(BODY_PT)), QFontMetricsF(font(BODY_PT, bold=True))
        words = bold.horizontalAdvance(row.nombre) + plain.horizontalAdvance(f" · {row.resto}")
        taken = self._left() + _PAD + self._code_width(row) + self._chip_width(row, width)
        return words <= width - taken

    def _chip(self, painter: QPainter, rect: QRectF, row: ListRow, wide: float) -> None:
        """Before the code, in the middle."""
        assert row.pacto is not None  # only then it has a width
        tokens, (name, icon) = theme().tokens, row.pacto.look
        tone, letters = Tone(name), font(SMALL_PT, bold=True)
        tall = QFontMetricsF(letters).lineSpacing() + 6
        left = rect.right() - _PAD - self._code_width(row) - wide + _PAD
        chip = QRectF(left, rect.y() + (rect.height() - tall) / 2, wide - _PAD, tall)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.ink(tone)), 1))
        painter.setBrush(QColor(tokens.tint(tone)))
        painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), tall / 2, tall / 2)
        place = QPoint(round(chip.x()) + 9, round(chip.y() + (tall - _CHIP_ICON) / 2))
        theme().icon(icon, name).paint(painter, QRect(place, QSize(_CHIP_ICON, _CHIP_ICON)))
        painter.setFont(letters)
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(chip.adjusted(9 + _CHIP_ICON + 5, 0, 0, 0), middle, row.pacto.texto)

    def _chip_width(self, row: ListRow, width: int) -> float:
        """With the air before the code; 0 where the name would have too little room beside it."""
        if row.pacto is None:
            return 0
        words = QFontMetricsF(font(SMALL_PT, bold=True)).horizontalAdvance(row.pacto.texto)
        wide = words + _CHIP_ICON + 26 + _PAD
        least = _NAME_LETTERS * QFontMetricsF(font(BODY_PT)).averageCharWidth()
        room = width - self._left() - _PAD - self._code_width(row) - wide
        return wide if room >= least else 0

    def _code_width(self, row: ListRow) -> float:
        return QFontMetricsF(font(BODY_PT)).horizontalAdvance(row.ubigeo) + _PAD

    def _ascent(self) -> float:
        return QFontMetricsF(font(BODY_PT)).ascent()

    def _left(self) -> int:
        return _EDGE + _PAD + MEDIUM + _BETWEEN


class MunicipalityList(QListView):
    """One choice; the search box keeps the focus and moves it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = MunicipalityModel()
        self.setModel(self.rows)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        theme().changed.connect(self.viewport().update)

    def choose(self, index: int) -> None:
        """Mark a row and bring it in sight; -1 marks none."""
        if index < 0:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return
        self.setCurrentIndex(self.rows.index(index))
        self.scrollTo(self.currentIndex())

    def tall(self, most: int | None) -> int:
        """Height in which every row is seen, or at most so many."""
        rows = range(self.rows.rowCount())[:most]
        return sum(self.sizeHintForRow(row) for row in rows) + 2 * self.frameWidth()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Narrower rows may need another line."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
