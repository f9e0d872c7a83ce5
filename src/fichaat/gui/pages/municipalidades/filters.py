"""A filter as wide as what is chosen in it, whose list is as wide as its longest line."""

from collections.abc import Sequence

from PySide6.QtCore import QSize

from fichaat.gui.theme.tokens import HEIGHT
from fichaat.gui.widgets.combo_box import NoWheelComboBox
from fichaat.gui.widgets.icons import SMALL

_AIR = 34


class FilterBox(NoWheelComboBox):
    def __init__(self, name: str, options: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(name, options)
        self.currentTextChanged.connect(lambda _: self.updateGeometry())

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        metrics = self.fontMetrics()
        wide = metrics.horizontalAdvance(self.currentText()) + SMALL + _AIR
        return QSize(wide, max(HEIGHT, metrics.lineSpacing() + 14))

    def showPopup(self) -> None:  # noqa: N802
        metrics = self.fontMetrics()
        widest = max(
            (metrics.horizontalAdvance(self.itemText(row)) for row in range(self.count())),
            default=0,
        )
        self.view().setMinimumWidth(widest + SMALL + _AIR)
        super().showPopup()
