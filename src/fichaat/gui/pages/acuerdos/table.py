"""The list of agreements: two lines of words a row, the next due first."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
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

from fichaat.gui.pages.acuerdos.words import Due, RowWords
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.theme import theme
from fichaat.gui.theme.tokens import BODY_PT, SMALL_PT
from fichaat.gui.widgets.list_view import choose_rows, draw_ground, lay_heads

Index = QModelIndex | QPersistentModelIndex

PAD: Final = 8
_ICON: Final = 16
_Role = Qt.ItemDataRole
DUE_ROLE: Final = Qt.ItemDataRole.UserRole
SECOND_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""The quieter line of a cell."""

COLUMNS: Final = ("due", "acuerdo", "estado")
_WIDEST: Final = {
    "due": ("Venció hace 000 días", "Cumplido el 00/00/0000"),
    "estado": ("Reprogramado, 100 %", "En contradicción"),
}
_ANSWERED: Final = frozenset(
    {
        _Role.DisplayRole.value,
        _Role.ToolTipRole.value,
        _Role.AccessibleTextRole.value,
        DUE_ROLE.value,
        SECOND_ROLE.value if isinstance(SECOND_ROLE, Qt.ItemDataRole) else int(SECOND_ROLE),
    }
)


class AcuerdoTableModel(QAbstractTableModel):
    """All rows: some thousands at most, as words."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[RowWords, ...] = ()

    def show_rows(self, rows: Sequence[RowWords]) -> None:
        """Another list."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def place(self, id_: str) -> int | None:
        """Where an agreement stands."""
        return next((n for n, row in enumerate(self.rows) if row.id == id_), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802  # Qt's
        """How many lines."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """How many columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:  # noqa: ANN401  # what the role says
        across = orientation is Qt.Orientation.Horizontal and 0 <= section < len(COLUMNS)
        if across and role == _Role.DisplayRole:
            return say(f"acuerdos.column_{COLUMNS[section]}")
        return None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:  # noqa: ANN401
        """Most roles that are asked for mean nothing here: they are answered first."""
        if role not in _ANSWERED or not index.isValid():
            return None
        row, column = self.rows[index.row()], COLUMNS[index.column()]
        if role == _Role.AccessibleTextRole:
            return row.spoken if column == "due" else f"{self._first(row, column)}"
        if role == DUE_ROLE:
            return row.due if column == "due" else None
        if role == SECOND_ROLE:
            return self._second(row, column)
        if role == _Role.ToolTipRole:
            return f"{row.acuerdo}\n{row.responsable}" if column == "acuerdo" else None
        return self._first(row, column)

    def _first(self, row: RowWords, column: str) -> str:
        return {"due": row.due.words, "acuerdo": row.acuerdo, "estado": row.estado}[column]

    def _second(self, row: RowWords, column: str) -> str:
        if column == "acuerdo":
            return say("acuerdos.row_second", lugar=row.lugar, responsable=row.responsable)
        return row.ficha if column == "estado" else ""


class AcuerdoDelegate(QStyledItemDelegate):
    """Draws a cell: what is due has an icon and a bold word of its tone."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        painter.save()
        draw_ground(painter, option)
        room = rect.adjusted(PAD, 0, -PAD, -1)
        due = index.data(DUE_ROLE)
        if due is not None:
            _draw_due(painter, room, due)
        else:
            _draw_lines(painter, room, index)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Of any cell: never asked of all."""
        del option, index
        return QSize(80, row_height())


def row_height() -> int:
    """Two lines of letters and their air."""
    body, small = QFontMetrics(font(BODY_PT)), QFontMetrics(font(SMALL_PT))
    return body.lineSpacing() + small.lineSpacing() + 12


def _draw_due(painter: QPainter, room: QRect, due: Due) -> None:
    place = QRect(0, 0, _ICON, _ICON)
    place.moveCenter(room.center())
    place.moveLeft(room.left())
    theme().icon(due.icon, due.tone).paint(painter, place)
    words = room.adjusted(_ICON + PAD, 0, 0, 0)
    painter.setPen(QColor(getattr(theme().tokens, due.tone)))
    _draw(painter, words, due.words, font(SMALL_PT, bold=True))


def _draw_lines(painter: QPainter, room: QRect, index: Index) -> None:
    first, second = str(index.data(_Role.DisplayRole) or ""), str(index.data(SECOND_ROLE) or "")
    body, small = font(BODY_PT), font(SMALL_PT)
    upper = QFontMetrics(body).lineSpacing()
    whole = upper + QFontMetrics(small).lineSpacing()
    top = room.top() + (room.height() - whole) // 2
    painter.setPen(QColor(theme().tokens.text))
    _draw(painter, QRect(room.left(), top, room.width(), upper), first, body)
    below = QRect(room.left(), top + upper, room.width(), whole - upper)
    painter.setPen(QColor(theme().tokens.text2))
    _draw(painter, below, second, small)


def _draw(painter: QPainter, room: QRect, words: str, face: Any) -> None:  # noqa: ANN401  # QFont
    painter.setFont(face)
    shown = QFontMetrics(face).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class AcuerdosTable(QTableView):
    """Arrows choose, Enter goes to the form, letters search."""

    chosen = Signal(str)
    """The id of the current agreement."""
    entered = Signal()
    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.acuerdos = AcuerdoTableModel()
        self.setAccessibleName(say("acuerdos.title"))
        self.setModel(self.acuerdos)
        self.setItemDelegate(AcuerdoDelegate(self))
        choose_rows(self, QAbstractItemView.SelectionMode.SingleSelection)
        self._lay_headers()
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.doubleClicked.connect(lambda _: self.entered.emit())
        theme().changed.connect(self.viewport().update)

    def show_rows(self, rows: Sequence[RowWords], chosen: str) -> None:
        """Another list; the agreement that was chosen stays so where it is still in it."""
        self.selectionModel().blockSignals(True)
        self.acuerdos.show_rows(rows)
        place = self.acuerdos.place(chosen)
        if place is not None:
            index = self.acuerdos.index(place, 0)
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    # Qt tells

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter goes on to the form; a letter goes to the search."""
        text = event.text()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.entered.emit()
            return
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if text and text.isprintable() and not text.isspace() and not control:
            self.typed.emit(text)
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802
        """Never: letters go to the search."""

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._share_width()

    # inside

    def _lay_headers(self) -> None:
        lay_heads(self, row_height())
        across = self.horizontalHeader()
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        small, body = QFontMetrics(font(SMALL_PT, bold=True)), QFontMetrics(font(BODY_PT))
        due = max(map(small.horizontalAdvance, _WIDEST["due"]))
        estado = max(map(body.horizontalAdvance, _WIDEST["estado"]))
        self._natural = {"due": due + _ICON + 3 * PAD + 2, "estado": estado + 2 * PAD + 2}

    def _share_width(self) -> None:
        room = self.viewport().width()
        natural = self._natural
        # The words of the agreement come first; its state stands in the panel too.
        least = 2 * natural["due"]
        with_state = room - natural["due"] - natural["estado"] >= least
        due = min(natural["due"], room // 2)
        state = natural["estado"] if with_state else 0
        self.setColumnHidden(COLUMNS.index("estado"), not with_state)
        self.setColumnWidth(COLUMNS.index("due"), due)
        self.setColumnWidth(COLUMNS.index("acuerdo"), max(1, room - due - state))
        self.setColumnWidth(COLUMNS.index("estado"), max(1, state))

    def _on_current(self, current: QModelIndex, before: QModelIndex) -> None:
        del before
        if current.isValid():
            self.chosen.emit(self.acuerdos.rows[current.row()].id)
