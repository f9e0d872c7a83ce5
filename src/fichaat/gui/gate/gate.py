"""What stands before the pages: who are you, the passphrase, what keeps the data from opening."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.style import set_role
from fichaat.gui.theme.tokens import CARD_TITLE_PT, GAP, MARGIN, SHORT
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.icons import IconLabel
from fichaat.gui.widgets.surfaces import PageScroll

_LETTERS_WIDE = 66
"""A panel is as wide as so many letters, so that it grows with them."""


class Panel(QWidget):
    """One screen of the gate."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP)

    def begin(self) -> None:
        """The panel is shown: the focus goes to where work begins."""

    def may_close(self, close: Callable[[], object]) -> bool:
        """Whether the window may close now. If not, the panel asks, and calls `close` later."""
        del close
        return True


class Gate(QWidget):
    """The brand, and one panel at a time in the middle."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "page")
        self._panel: Panel | None = None
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self._column.setSpacing(MARGIN)
        self._middle = QHBoxLayout()
        self._brand = _Brand()
        self._column.addStretch(1)
        self._column.addWidget(self._brand, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addLayout(self._middle)
        self._column.addStretch(2)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(PageScroll(inside))

    @property
    def panel(self) -> Panel | None:
        """What is shown."""
        return self._panel

    def show_panel(self, panel: Panel) -> None:
        """Show another screen; the one before is gone, and what it held with it."""
        if self._panel is not None:
            self._middle.removeWidget(self._panel)
            self._panel.hide()
            self._panel.deleteLater()
        self._panel = panel
        letters = self.fontMetrics().averageCharWidth()
        panel.setMaximumWidth(letters * _LETTERS_WIDE)
        self._middle.addWidget(panel, 1)
        panel.show()
        panel.begin()

    def may_close(self, close: Callable[[], object]) -> bool:
        """See `Panel.may_close`."""
        return self._panel is None or self._panel.may_close(close)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """A low window has no room to spare for the brand."""
        super().resizeEvent(event)
        low = self.height() < SHORT
        margin = GAP if low else MARGIN
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(margin)


class _Brand(QWidget):
    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel("marca", "primary", 32))
        name = labels.body("fichaat", bold=True)
        name.setFont(font(CARD_TITLE_PT, bold=True))
        name.setWordWrap(False)
        row.addWidget(name)
