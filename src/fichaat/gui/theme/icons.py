"""Icons by what they mean, drawn from a font in any colour and sharp at any scale."""

from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QIconEngine, QPainter, QPixmap

from fichaat.gui.theme.glyphs import GLYPHS
from fichaat.gui.theme.icon_names import NAMES

FAMILY = "Material Design Icons"
"""Of `resources/fonts/iconos.ttf`; `fonts.load_fonts` makes it known to Qt."""


class _GlyphEngine(QIconEngine):
    """Draws one glyph: no picture is kept, so no scale can blur it."""

    def __init__(self, glyph: str, color: str, disabled: str) -> None:
        super().__init__()
        self._glyph = glyph
        self._color = color
        self._disabled = disabled

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        del state
        font = QFont(FAMILY)
        font.setPixelSize(max(1, rect.height()))
        painter.save()
        painter.setFont(font)
        painter.setPen(QColor(self._disabled if mode == QIcon.Mode.Disabled else self._color))
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.drawText(QRectF(rect), Qt.AlignmentFlag.AlignCenter, self._glyph)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _GlyphEngine(self._glyph, self._color, self._disabled)


@lru_cache(maxsize=512)
def icon(meaning: str, color: str, disabled: str | None = None) -> QIcon:
    """The icon of a meaning in a colour ("#RRGGBB").

    Raises:
        KeyError: nobody gave this meaning an icon.
    """
    return QIcon(_GlyphEngine(chr(GLYPHS[NAMES[meaning]]), color, disabled or color))
