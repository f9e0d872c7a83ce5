"""The titles above a table that is edited in place."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView

from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.theme import theme
from fichaat.gui.theme.tokens import SMALL_PT
from fichaat.gui.widgets.cell_editor import PAD_H
from fichaat.gui.widgets.cells_model import CellsModel, Part

_HEAD_FLAGS: Final = (
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
)


class Head(QHeaderView):
    """Titles that wrap: none is cut, however large the letters."""

    def __init__(self, model: CellsModel) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._cells = model
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(1)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        metrics = QFontMetrics(_head_font())
        tall = metrics.height()
        for section in range(self.count()):
            room = QRect(0, 0, max(1, self.sectionSize(section) - 2 * PAD_H), 10_000)
            tall = max(tall, metrics.boundingRect(room, _HEAD_FLAGS, self._title(section)).height())
        return QSize(0, tall + 12)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803
        tokens = theme().tokens
        painter.save()
        painter.fillRect(rect, QColor(tokens.surface2))
        painter.setPen(QColor(tokens.strong))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if self._cells.parts[logicalIndex] is not Part.REMOVE and self._is_divided(logicalIndex):
            painter.setPen(QColor(tokens.border))
            painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setPen(QColor(tokens.text2))
        painter.setFont(_head_font())
        painter.drawText(rect.adjusted(PAD_H, 0, -PAD_H, 0), _HEAD_FLAGS, self._title(logicalIndex))
        painter.restore()

    def _title(self, section: int) -> str:
        title = self._cells.headerData(section, Qt.Orientation.Horizontal)
        return str(title or "")

    def _is_divided(self, section: int) -> bool:
        """Whether a line stands after this title: not before the column of buttons."""
        parts = self._cells.parts
        return section + 1 < len(parts) and parts[section + 1] is not Part.REMOVE


def number_width() -> int:
    """What the column of numbers needs."""
    return QFontMetrics(_head_font()).horizontalAdvance(say("editor.table_number")) + 2 * PAD_H


def _head_font() -> QFont:
    return font(SMALL_PT, bold=True)
