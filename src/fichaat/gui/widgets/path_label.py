"""Where a folder is: a path has no blanks to wrap at, so its middle gives way."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.style import set_role
from fichaat.gui.theme.tokens import SMALL_PT


class PathLabel(QLabel):
    """Shows as much of a path as there is room for; the whole is its tooltip and its name."""

    def __init__(self, path: Path | str) -> None:
        super().__init__()
        self._path = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(SMALL_PT))
        set_role(self, "hint")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.show_path(path)

    def show_path(self, path: Path | str) -> None:
        """Another one."""
        self._path = str(path)
        self.setToolTip(self._path)
        self.setAccessibleName(self._path)
        self._shorten()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Its first and last letters."""
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * 8, metrics.lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Another width shows more or less of it."""
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        width = self.contentsRect().width()
        self.setText(self.fontMetrics().elidedText(self._path, Qt.TextElideMode.ElideMiddle, width))
