"""Searching a district to add: accents ignored, those of the region first."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from fichaat.domain.territorio import Territorio
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.style import set_role
from fichaat.gui.theme.tokens import MARGIN
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.typed_fields import LineBox

_MOST = 60


class FindDistrito(QDialog):
    """A box and what it finds; arrows choose, Enter takes, Esc is safe."""

    def __init__(
        self,
        parent: QWidget,
        territorio: Territorio,
        region: str,
        on_chosen: Callable[[str], object],
    ) -> None:
        super().__init__(parent)
        self._territorio, self._region, self._on_chosen = territorio, region, on_chosen
        self.setWindowTitle(say("editor.add_distrito_name"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        set_role(self, "page")
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 20, MARGIN, 20)
        column.addWidget(labels.card_title(say("editor.add_distrito_name")))
        self.box = LineBox(say("editor.add_distrito_name"), say("editor.find_distrito"))
        self.box.installEventFilter(self)
        self.box.typed.connect(self._on_typed)
        self.found = QListWidget()
        self.found.setAccessibleName(say("editor.add_distrito_name"))
        self.found.setFont(font())
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.itemClicked.connect(lambda _: self._take())
        self._hint = labels.hint(say("editor.find_distrito_what"))
        for widget in (self.box, self._hint, self.found):
            column.addWidget(widget)
        self.resize(560, 420)
        self.box.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """The box keeps the focus while arrows walk through the list."""
        pressed = watched is self.box and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent):
            return self._press(event.key())
        return super().eventFilter(watched, event)

    def _press(self, key: int) -> bool:
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            row = min(max(self.found.currentRow() + step, 0), self.found.count() - 1)
            self.found.setCurrentRow(row)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
            return True
        return False

    def _on_typed(self, text: str) -> None:
        own = self._territorio.search(text, self._region, _MOST)
        others = [row for row in self._territorio.search(text, "", _MOST) if row not in own]
        self.found.clear()
        for row in [*own, *others][:_MOST]:
            words = f"{row.distrito} · {row.provincia}, {row.departamento} · {row.ubigeo}"
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, row.ubigeo)
            self.found.addItem(item)
        self.found.setCurrentRow(0)

    def _take(self) -> None:
        if self.found.currentRow() < 0:
            return
        ubigeo = str(self.found.currentItem().data(Qt.ItemDataRole.UserRole))
        self.accept()
        self._on_chosen(ubigeo)
