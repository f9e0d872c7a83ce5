"""Contrast as it is painted: of words against what lies behind them, by the formula of WCAG 2."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

AA = 4.2
"""WCAG asks for 4.5 of the colours themselves, which the test of the tokens computes; what is
painted of thin letters is never quite as dark.
"""
AA_LARGE = 3.0
_LARGE_POINTS = 18.0
_LARGE_BOLD_POINTS = 14.0

Pixels = NDArray[np.uint32]
"""0xFFRRGGBB, line by line."""


def faint(page: QWidget) -> list[str]:
    """Words that are hard to tell from what lies behind them; those of disabled controls may be."""
    image = page.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    scale = image.devicePixelRatio()
    pixels = _pixels(image)
    found = []
    for widget in page.findChildren(QWidget):
        if not _has_words(widget) or not widget.isVisibleTo(page) or not widget.isEnabled():
            continue
        if widget.visibleRegion().boundingRect() != widget.rect():
            continue  # half of it is scrolled away
        corner = widget.mapTo(page, widget.rect().topLeft())
        place = QRect(corner * scale, widget.size() * scale).intersected(image.rect())
        ratio = contrast(pixels[place.top() : place.bottom() + 1, place.left() : place.right() + 1])
        font = widget.font()
        large = font.pointSizeF() >= (_LARGE_BOLD_POINTS if font.bold() else _LARGE_POINTS)
        if ratio < (AA_LARGE if large else AA):
            found.append(f"{type(widget).__name__} {widget.text()!r}: {ratio:.1f}")  # type: ignore[attr-defined]
    return found


def _has_words(widget: QWidget) -> bool:
    return isinstance(widget, QLabel | QAbstractButton) and bool(widget.text().strip())


def _pixels(image: QImage) -> Pixels:
    lines = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)
    return lines[:, : image.width()].copy()


def contrast(pixels: Pixels) -> float:
    """Between the colour that covers most, and the one that differs most from it."""
    colours, counts = np.unique(pixels, return_counts=True)
    seen = _luminances(colours)
    behind = seen[counts.argmax()]
    light, dark = np.maximum(seen, behind), np.minimum(seen, behind)
    return float(((light + 0.05) / (dark + 0.05)).max())


def _luminances(colours: Pixels) -> NDArray[np.float64]:
    red, green, blue = (((colours >> shift) & 0xFF) / 255 for shift in (16, 8, 0))
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def _linear(part: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
