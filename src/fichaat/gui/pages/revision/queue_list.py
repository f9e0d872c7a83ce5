"""The queue as cards in a list: as long as it is, only what is seen is drawn."""

import re
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QFont, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from fichaat.gui.pages.revision.words import CardWords
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.style import set_role
from fichaat.gui.theme.theme import theme
from fichaat.gui.theme.tokens import BODY_PT, RADIUS, SMALL_PT
from fichaat.gui.widgets.cell_text import CellText
from fichaat.gui.widgets.icons import SMALL

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole

CARD: Final = int(_Role.UserRole)
_PAD: Final = 8
_LEFT: Final = 12
_BESIDE_ICON: Final = _LEFT + SMALL + 10
_BETWEEN: Final = 6
"""Free height below a card."""
_NUMBER: Final = re.compile("([0-9]) ")
"""It stays with what it counts."""


class QueueModel(QAbstractListModel):
    """The cards that are shown now."""

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[CardWords] = []

    def show(self, cards: Sequence[CardWords]) -> None:
        """These instead; nothing moves where they are the same."""
        if list(cards) == self._cards:
            return
        self.beginResetModel()
        self._cards = list(cards)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008  # Qt's name
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        card = self._cards[index.row()]
        if role == CARD:
            return card
        spoken = (_Role.DisplayRole, _Role.AccessibleTextRole, _Role.ToolTipRole)
        return card.spoken if role in spoken else None


class _Delegate(QStyledItemDelegate):
    """An icon, the municipality, and what of it waits since when: as many lines as they need."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._text = CellText()
        self._room = 0
        self._names: dict[str, int] = {}
        self._details: dict[str, int] = {}
        """Heights in that room: Qt asks for those of all cards, many of which say the same."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802
        """As tall as its words; Qt gives every card the width of the list."""
        del option
        room = _room(self._view.viewport().width())
        if room != self._room:
            self._room, self._names, self._details = room, {}, {}
        card: CardWords = index.data(CARD)
        name, detail = self._names.get(card.name), self._details.get(card.detail)
        if name is None or detail is None:
            name, detail = (self._text.height(text, face, room) for text, face, _ in _lines(card))
            self._names[card.name], self._details[card.detail] = name, detail
        return QSize(1, name + detail + 2 * _PAD + _BETWEEN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        card, tokens = index.data(CARD), theme().tokens
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        edge = 2 if focused else 1
        rect = QRectF(option.rect).adjusted(0, 0, 0, -_BETWEEN)
        frame = rect.adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.primary if chosen or focused else tokens.border), edge))
        painter.setBrush(QColor(tokens.sel if chosen else tokens.surface))
        painter.drawRoundedRect(frame, RADIUS, RADIUS)
        middle = rect.y() + (rect.height() - SMALL) / 2
        drawn = theme().icon(card.icon, card.tone)
        drawn.paint(painter, round(rect.x()) + _LEFT, round(middle), SMALL, SMALL)
        room, top = _room(option.rect.width()), rect.y() + _PAD
        for words, face, color in _lines(card):
            at = QPointF(rect.x() + _BESIDE_ICON, top)
            self._text.draw(painter, at, words, face, room, color=color)
            top += self._text.height(words, face, room)
        painter.restore()


def _room(width: int) -> int:
    """Of the words, in a list of this width."""
    return width - _BESIDE_ICON - _PAD


def _lines(card: CardWords) -> tuple[tuple[str, QFont, str], ...]:
    """Words, letters and colour of each text of a card."""
    tokens = theme().tokens
    return (
        (card.name, font(BODY_PT, bold=True), tokens.text),
        (_NUMBER.sub("\\1\N{NO-BREAK SPACE}", card.detail), font(SMALL_PT), tokens.text3),
    )


class QueueList(QListView):
    """One card is chosen; arrows move through them."""

    chosen = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._quiet = False
        self.cards = QueueModel()
        self.setModel(self.cards)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        set_role(self, "queue")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setTabKeyNavigation(False)
        self.verticalScrollBar().setSingleStep(24)
        theme().changed.connect(self.viewport().update)

    def show_cards(self, cards: Sequence[CardWords], chosen: int) -> None:
        """These cards, one of them chosen; -1 for none."""
        self._quiet = True
        self.cards.show(cards)
        self._quiet = False
        self.choose(chosen)

    def choose(self, place: int) -> None:
        """Mark a card without telling, and bring it in sight."""
        self._quiet = True
        index = self.cards.index(place) if place >= 0 else QModelIndex()
        self.setCurrentIndex(index)
        if index.isValid():
            self.scrollTo(index)
        self._quiet = False

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """In another width the words break elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Qt makes a card the current one where none is: that chooses nothing."""
        self._quiet = True
        super().focusInEvent(event)
        self._quiet = False

    def currentChanged(self, current: _Index, previous: _Index) -> None:  # noqa: N802  # Qt's name
        """Qt tells that another card is the one."""
        super().currentChanged(current, previous)
        if not self._quiet and current.isValid():
            self.chosen.emit(current.row())
