"""The indicators of a visit: chosen by their names where a catalogue knows them."""

from collections.abc import Callable, Collection, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from fichaat.domain.ficha import Tema
from fichaat.domain.text import fold
from fichaat.gui.pages.ficha.guide import Offer
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.theme import theme
from fichaat.gui.widgets.form_dialog import FormDialog
from fichaat.gui.widgets.typed_fields import LineBox

_OPENS: Final = frozenset(
    {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_F2}
)
_CODE: Final = Qt.ItemDataRole.UserRole


class IndicatorBox(LineBox):
    """Codes as they are typed; where there is a catalogue a click or a key opens the choice."""

    pick_asked = Signal()

    def __init__(self, name: str, placeholder: str) -> None:
        super().__init__(name, placeholder)
        self._action = QAction(say("editor.indicators_pick"), self)
        self._action.triggered.connect(self.pick_asked)
        self._picking = False
        theme().changed.connect(self._draw)

    def set_picking(self, *, picking: bool) -> None:
        """Whether codes are chosen instead of typed."""
        if picking == self._picking:
            return
        self._picking = picking
        self.setReadOnly(picking)
        if picking:
            self.setPlaceholderText(say("editor.indicators_pick"))
            self.addAction(self._action, QLineEdit.ActionPosition.TrailingPosition)
            self.setAccessibleDescription(say("editor.indicators_keys"))
        else:
            self.setPlaceholderText(say("editor.indicadores_hint"))
            self.removeAction(self._action)
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        if self._picking and event.key() in _OPENS:
            self.pick_asked.emit()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        super().mouseReleaseEvent(event)
        if self._picking and event.button() == Qt.MouseButton.LeftButton:
            self.pick_asked.emit()

    def _draw(self) -> None:
        self._action.setIcon(theme().icon("abajo", "text2"))


class IndicatorDialog(FormDialog):
    """Every indicator in force with a box; those of the chosen themes first and alone."""

    def __init__(
        self,
        parent: QWidget,
        offers: Sequence[Offer],
        chosen: Collection[str],
        temas: Collection[Tema],
        on_chosen: Callable[[Sequence[str]], object],
    ) -> None:
        super().__init__(
            parent,
            say("editor.indicators_title"),
            say("editor.indicators_what"),
            say("editor.indicators_do"),
            self._on_yes,
        )
        self._offers = offers
        self._chosen = set(chosen)
        self._temas = frozenset(temas)
        self._on_chosen = on_chosen
        self.search = LineBox(say("editor.indicators_search"), say("editor.indicators_search"))
        self.search.setClearButtonEnabled(True)
        self.search.typed.connect(lambda _: self._show())
        self.everything = QCheckBox(say("editor.indicators_all"))
        self.everything.setFont(font())
        self.everything.toggled.connect(lambda _: self._show())
        self.list = QListWidget()
        self.list.setAccessibleName(say("editor.indicators_title"))
        self.list.setFont(font())
        self.list.setWordWrap(True)
        self.list.setSpacing(4)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemChanged.connect(self._on_changed)
        self.list.setMinimumHeight(6 * self.list.fontMetrics().lineSpacing())
        for widget in (self.search, self.everything):
            self.add(widget)
        if not self._temas:
            self.everything.hide()
        self.column.addWidget(self.list, 1)
        self._show()
        self.search.setFocus()

    @property
    def chosen(self) -> list[str]:
        """In the order of the catalogue."""
        return [offer.codigo for offer in self._offers if offer.codigo in self._chosen]

    def _show(self) -> None:
        words = fold(self.search.text()).split()
        narrow = bool(self._temas) and not self.everything.isChecked()
        self.list.blockSignals(True)
        self.list.clear()
        for offer in self._offers:
            held = offer.codigo in self._chosen
            if narrow and not held and offer.tema not in self._temas:
                continue
            if all(word in fold(offer.words) for word in words):
                item = QListWidgetItem(offer.words)
                item.setData(_CODE, offer.codigo)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                state = Qt.CheckState.Checked if held else Qt.CheckState.Unchecked
                item.setCheckState(state)
                self.list.addItem(item)
        self.list.blockSignals(False)
        if self.list.count():
            self.list.setCurrentRow(0)

    def _on_changed(self, item: QListWidgetItem) -> None:
        code = str(item.data(_CODE))
        if item.checkState() is Qt.CheckState.Checked:
            self._chosen.add(code)
        else:
            self._chosen.discard(code)

    def _on_yes(self) -> None:
        self.accept()
        self._on_chosen(self.chosen)
