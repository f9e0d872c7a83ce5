"""The program's own letters: the window and the paper use the same files."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from fichaat.gui.theme.tokens import BODY_PT

FAMILY: Final = "Noto Sans"
_FILES: Final = (
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "NotoSans-Italic.ttf",
    "NotoSans-BoldItalic.ttf",
    "iconos.ttf",
)


def load_fonts(resource: Callable[..., Path]) -> None:
    """Make the letters known to Qt; what the program looks like never depends on the system.

    Raises:
        FileNotFoundError: the program was installed without its files.
    """
    for name in _FILES:
        QFontDatabase.addApplicationFont(str(resource("fonts", name)))


def font(points: float = BODY_PT, *, bold: bool = False) -> QFont:
    """Letters of a size in points; the system's scale is applied by Qt."""
    made = QFont(FAMILY)
    made.setPointSizeF(points)
    made.setBold(bold)
    return made
