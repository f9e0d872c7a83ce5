"""Contrast as it is painted: of words against what lies behind them, by the formula of WCAG 2."""

from collections import Counter

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

AA = 4.2
"""WCAG asks for 4.5 of the colours themselves, which the test of the tokens computes; what is
painted of thin letters is never quite as dark.
"""
AA_LARGE = 3.0
_LARGE_POINTS = 18.0
_LARGE_BOLD_POINTS = 14.0


def faint(page: QWidget) -> list[str]:
    """Words that are hard to tell from what lies behind them; those of disabled controls may be."""
    image = page.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    scale = image.devicePixelRatio()
    found = []
    for widget in page.findChildren(QWidget):
        if not _has_words(widget) or not widget.isVisibleTo(page) or not widget.isEnabled():
            continue
        if widget.visibleRegion().boundingRect() != widget.rect():
            continue  # half of it is scrolled away
        corner = widget.mapTo(page, widget.rect().topLeft())
        place = QRect(corner * scale, widget.size() * scale).intersected(image.rect())
        ratio = _contrast_in(image.copy(place))
        font = widget.font()
        large = font.pointSizeF() >= (_LARGE_BOLD_POINTS if font.bold() else _LARGE_POINTS)
        if ratio < (AA_LARGE if large else AA):
            found.append(f"{type(widget).__name__} {widget.text()!r}: {ratio:.1f}")  # type: ignore[attr-defined]
    return found


def _has_words(widget: QWidget) -> bool:
    return isinstance(widget, QLabel | QAbstractButton) and bool(widget.text().strip())


def _contrast_in(image: QImage) -> float:
    """Between the colour that covers most, and the one that differs most from it."""
    colours = Counter(
        image.pixel(QPoint(x, y)) for y in range(image.height()) for x in range(image.width())
    )
    behind = _luminance(colours.most_common(1)[0][0])
    return max(_ratio(behind, _luminance(colour)) for colour in colours)


def _ratio(one: float, other: float) -> float:
    light, dark = max(one, other), min(one, other)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: int) -> float:
    seen = QColor(colour)
    red, green, blue = map(_linear, (seen.redF(), seen.greenF(), seen.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
