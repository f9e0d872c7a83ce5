"""Draws the cells of a table that is edited in place, and opens the editor over them."""

from typing import Final, Protocol

from PySide6.QtCore import QEvent, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextCursor
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.theme import theme
from fichaat.gui.theme.tokens import HEIGHT_ROW, SMALL_PT, Tone
from fichaat.gui.widgets.cell_editor import EDGE, PAD_H, PAD_V, CellEditor
from fichaat.gui.widgets.cell_text import CellText
from fichaat.gui.widgets.cells_model import CellsModel, Column, Index, Part, Spot
from fichaat.gui.widgets.icons import SMALL
from fichaat.gui.widgets.suggest import Suggest

_SAMPLES: Final = {
    "date": "00/00/0000",
    "number": "00000",
    "choice": "Seguimiento",
    "fixed": "Responsable",
}
_GAP: Final = 3
"""Between a text and the sentence about it."""


class Surroundings(Protocol):
    """What the delegate asks of its grid."""

    def is_at_work(self, index: Index) -> bool:
        """Whether this cell is the one that keys would change."""

    def is_near(self, index: Index) -> bool:
        """Whether the cursor or the mouse is in the record of this place."""

    def is_open(self, index: Index) -> bool:
        """Whether an editor stands over this cell."""

    def write(self, place: QPersistentModelIndex, text: str) -> None:
        """A keystroke in the editor of a cell."""


class CellsDelegate(QStyledItemDelegate):
    """Wrapped texts, what is wrong with them, and where the work is."""

    going = Signal(object, object)
    """An editor and the way it is left."""
    left = Signal(object)
    """An editor that the focus left."""

    def __init__(self, grid: Surroundings, model: CellsModel) -> None:
        super().__init__()
        self._grid = grid
        self._model = model
        self._text = CellText()
        self.replacing = False
        """Whether the editor that opens next begins with its text chosen, to be replaced."""

    # How tall

    def cell_height(self, spot: Spot, width: int) -> int:
        """What a cell needs at this width."""
        if spot.part is Part.REMOVE:
            return HEIGHT_ROW
        font_, words = self._font(spot), self._shown(spot)
        inner = self._inner(spot, width)
        tall = self._text.height(words, font_, inner) if words else _line(font_)
        if sentence := self._sentence(spot):
            more = self._text.height(sentence, _bold(), inner)
            tall = tall + _GAP + more if words else more
        return max(HEIGHT_ROW, tall + 2 * PAD_V)

    # How it looks

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        spot = self._model.spot(index)
        rect: QRect = option.rect
        tokens = theme().tokens
        painter.save()
        painter.setClipRect(rect)
        if spot.part is Part.REMOVE:
            painter.fillRect(rect, QColor(tokens.surface))
            self._paint_remove(painter, rect, index)
        elif self._grid.is_open(index):
            painter.fillRect(rect, QColor(tokens.surface))
        else:
            self._paint_cell(painter, rect, spot)
        if self._model.stacked and spot.row and self._model.is_first_line(index):
            painter.setPen(QPen(QColor(tokens.strong), 1))
            painter.drawLine(rect.topLeft(), rect.topRight())
        if self._grid.is_at_work(index):
            _edge(painter, rect, tokens.primary)
        painter.restore()

    def _paint_cell(self, painter: QPainter, rect: QRect, spot: Spot) -> None:
        tokens = theme().tokens
        problem = self._model.problem(spot.row, spot.key) if spot.part is Part.CELL else None
        tone = Tone(problem[0]) if problem is not None else None
        ground = tokens.tint(tone) if tone is not None else tokens.surface
        painter.fillRect(rect, QColor(ground))
        width = self._inner(spot, rect.width())
        words, font_ = self._shown(spot), self._font(spot)
        at = QPointF(rect.left() + PAD_H, rect.top() + PAD_V)
        if words:
            color = tokens.text if spot.part is Part.CELL else tokens.text2
            self._text.draw(painter, at, words, font_, width, color=color)
            at.setY(at.y() + self._text.height(words, font_, width) + _GAP)
        elif spot.column is not None and spot.column.placeholder and problem is None:
            self._text.draw(painter, at, spot.column.placeholder, font_, width, color=tokens.text3)
        if problem is not None and tone is not None:
            self._text.draw(painter, at, problem[1], _bold(), width, color=tokens.ink(tone))
            _edge(painter, rect, tokens.ink(tone))
        if spot.column is not None and spot.part is Part.CELL and spot.column.kind == "choice":
            top = rect.top() + PAD_V + (_line(font_) - SMALL) // 2
            place = QRect(rect.right() - SMALL - 5, top, SMALL, SMALL)
            theme().icon("abajo", "text2").paint(painter, place)

    def _paint_remove(self, painter: QPainter, rect: QRect, index: Index) -> None:
        if not (self._model.flags(index) & Qt.ItemFlag.ItemIsEnabled):
            return
        color = "text" if self._grid.is_near(index) else "text3"
        top = rect.top() + PAD_V + (_line(font()) - SMALL) // 2
        place = QRect(rect.left() + (rect.width() - SMALL) // 2, top, SMALL, SMALL)
        theme().icon("quitar", color).paint(painter, place)

    # How it is edited

    def createEditor(  # noqa: N802  # Qt's name
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        del option
        spot = self._model.spot(index)
        column = spot.column
        assert column is not None  # only cells are editable
        editor = CellEditor(
            str(self._model.data(index, Qt.ItemDataRole.AccessibleTextRole)),
            column.placeholder,
            one_line=column.kind != "text",
        )
        editor.setParent(parent)
        editor.setAccessibleDescription(
            str(self._model.data(index, Qt.ItemDataRole.AccessibleDescriptionRole) or "")
        )
        editor.show_text(self._model.text(spot.row, spot.key))
        if self.replacing:
            editor.selectAll()
        else:
            editor.moveCursor(QTextCursor.MoveOperation.End)
        place = QPersistentModelIndex(index)
        editor.typed.connect(lambda text: self._grid.write(place, text))
        editor.going.connect(lambda way: self.going.emit(editor, way))
        editor.left.connect(lambda: self.left.emit(editor))
        if column.suggestions is not None:
            Suggest(editor, column.suggestions)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        if isinstance(editor, CellEditor):
            spot = self._model.spot(index)
            editor.show_text(self._model.text(spot.row, spot.key))

    def setModelData(self, editor: QWidget, model: QObject, index: Index) -> None:  # noqa: N802
        """Nothing: every keystroke was written as it came."""

    def updateEditorGeometry(  # noqa: N802
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        del index
        rect: QRect = option.rect
        editor.setGeometry(rect.adjusted(EDGE, EDGE, -EDGE, -EDGE))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802
        """The editor knows its own keys, and Qt's ways of closing would lose what is typed."""
        del editor, event
        return False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        rect: QRect = option.rect
        return QSize(rect.width(), self.cell_height(self._model.spot(index), rect.width()))

    def _shown(self, spot: Spot) -> str:
        if spot.part is Part.NUMBER:
            return str(spot.row + 1)
        if spot.part is Part.LABEL:
            return self._model.label(spot)
        return self._model.words(spot.row, spot.column) if spot.column is not None else ""

    def _sentence(self, spot: Spot) -> str:
        problem = self._model.problem(spot.row, spot.key) if spot.part is Part.CELL else None
        return problem[1] if problem is not None else ""

    def _font(self, spot: Spot) -> QFont:
        return font(SMALL_PT, bold=True) if spot.part is Part.LABEL else font()

    def _inner(self, spot: Spot, width: int) -> int:
        choice = spot.part is Part.CELL and spot.column is not None and spot.column.kind == "choice"
        return max(1, width - 2 * PAD_H - (SMALL - 2 if choice else 0))


def least_width(column: Column) -> int:
    """Under which a column is no longer good to read or write in; its title is never cut."""
    words = max(column.title.split(), key=len, default="")
    title = QFontMetrics(font(SMALL_PT, bold=True)).horizontalAdvance(words)
    content = QFontMetrics(font()).horizontalAdvance(_SAMPLES.get(column.kind, "municipalidad x"))
    more = SMALL if column.kind == "choice" else 0
    return max(title, content + more) + 2 * PAD_H + 2


def _bold() -> QFont:
    return font(bold=True)


def _line(font_: QFont) -> int:
    return QFontMetrics(font_).height()


def _edge(painter: QPainter, rect: QRect, color: str) -> None:
    painter.setPen(
        QPen(
            QColor(color),
            EDGE,
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.FlatCap,
            Qt.PenJoinStyle.MiterJoin,
        )
    )
    painter.drawRect(rect.adjusted(1, 1, -1, -1))
