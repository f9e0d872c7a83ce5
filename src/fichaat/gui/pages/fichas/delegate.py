"""Draws the lines of the list of fichas: states as chips, texts cut only at their end."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from fichaat.gui.pages.fichas.model import ESTADO_ROLE
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.theme import theme
from fichaat.gui.theme.tokens import BODY_PT, SMALL_PT, Tone
from fichaat.gui.widgets.list_view import draw_ground
from fichaat.gui.widgets.surfaces import CHIPS

PAD = 8
_ICON = 14


class FichaDelegate(QStyledItemDelegate):
    """One cell."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        rect: QRect = option.rect
        painter.save()
        draw_ground(painter, option)
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        estado = index.data(ESTADO_ROLE)
        if estado is not None:
            _draw_chip(painter, rect, words, str(estado))
        else:
            _draw_words(painter, rect, words, int(index.data(Qt.ItemDataRole.TextAlignmentRole)))
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


def chip_width(words: str) -> int:
    """What a chip takes, with the air of its cell."""
    return QFontMetrics(font(SMALL_PT, bold=True)).horizontalAdvance(words) + _ICON + 24 + 2 * PAD


def _draw_words(painter: QPainter, rect: QRect, words: str, alignment: int) -> None:
    room = rect.adjusted(PAD, 0, -PAD, -1)
    face = font(BODY_PT)
    painter.setFont(face)
    painter.setPen(QColor(theme().tokens.text))
    shown = QFontMetrics(face).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, alignment, shown)


def _draw_chip(painter: QPainter, rect: QRect, words: str, estado: str) -> None:
    tokens = theme().tokens
    name, icon = CHIPS[estado]
    tone = Tone(name)
    face = font(SMALL_PT, bold=True)
    metrics = QFontMetrics(face)
    tall = min(rect.height() - 6, metrics.lineSpacing() + 6)
    wide = min(chip_width(words) - 2 * PAD, rect.width() - 2 * PAD)
    chip = QRect(rect.left() + PAD, rect.top() + (rect.height() - 1 - tall) // 2, wide, tall)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tokens.ink(tone)), 1))
    painter.setBrush(QColor(tokens.tint(tone)))
    painter.drawRoundedRect(QRectF(chip).adjusted(0.5, 0.5, -0.5, -0.5), tall / 2, tall / 2)
    place = QRect(chip.left() + 9, chip.top() + (tall - _ICON) // 2, _ICON, _ICON)
    theme().icon(icon, tone.value).paint(painter, place)
    room = chip.adjusted(9 + _ICON + 5, 0, -6, 0)
    painter.setFont(face)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(room, left, shown)
