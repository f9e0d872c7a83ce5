"""What the lists of the program share: whole rows, no grid, nothing sideways, equal heights."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
)

from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.theme import theme
from fichaat.gui.theme.tokens import SMALL_PT


def choose_rows(view: QTableView, mode: QAbstractItemView.SelectionMode) -> None:
    """Rows are chosen whole and never edited; Tab leaves the table."""
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(mode)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setTabKeyNavigation(False)
    view.setCornerButtonEnabled(False)


def lay_heads(view: QTableView, row_height: int) -> None:
    """Every row as high as any other: what is not shown is never measured."""
    down = view.verticalHeader()
    down.hide()
    down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    down.setMinimumSectionSize(1)
    down.setDefaultSectionSize(row_height)
    across = view.horizontalHeader()
    across.setFont(font(SMALL_PT, bold=True))
    across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    across.setMinimumSectionSize(1)
    across.setHighlightSections(False)


def draw_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """What is behind the words of a cell, and the line under it."""
    tokens = theme().tokens
    rect: QRect = option.rect
    state: QStyle.StateFlag = option.state
    selected = bool(state & QStyle.StateFlag.State_Selected)
    painter.fillRect(rect, QColor(tokens.sel if selected else tokens.surface))
    painter.setPen(QPen(QColor(tokens.border), 1))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
