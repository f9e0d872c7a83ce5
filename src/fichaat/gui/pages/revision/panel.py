"""The left of *Revisión*: which fichas, how they are filtered, and the queue itself."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from fichaat.gui.pages.revision.presenter import Filters
from fichaat.gui.pages.revision.queue_list import QueueList
from fichaat.gui.pages.revision.words import CardWords
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.style import set_role
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button, icon_button
from fichaat.gui.widgets.combo_box import NoWheelComboBox
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.surfaces import EmptyState, PageScroll

_REST_MS: Final = 150
"""Without a key: then the search begins."""

_CARDS: Final = 2
"""So many are seen at least."""


class QueuePanel(QFrame):
    """Tab, filters, cards, and what is done with many."""

    tab_chosen = Signal(str)
    searched = Signal(str)
    filtered = Signal(str, str)
    """Name of the filter, value."""
    cleared = Signal()
    shown = Signal()
    """Other cards stand here."""

    def __init__(self, filters: Filters) -> None:
        super().__init__()
        self.count_words = say("revisar.list")
        """What a button that leads here says."""
        set_role(self, "index")
        self.tabs = NoWheelComboBox(say("revisar.tabs"))
        self.tabs.setFont(font(bold=True))
        self.tabs.chosen.connect(self.tab_chosen)
        self.toggle = icon_button("filtro", say("revisar.filter"), self._on_toggle)
        self._first = labels.hint()
        self.list = QueueList(say("revisar.queue"))
        self.bulk = button(say("revisar.bulk"), icon="aceptar")
        self.bulk.hide()
        self._keys = labels.hint(say("revisar.keys_move"))
        self._empty = EmptyState("revision", say("revisar.none_por_revisar"))
        self._middle = QStackedWidget()
        self._middle.addWidget(self.list)
        self._middle.addWidget(self._empty)
        self._lay(filters)

    def show_tabs(self, options: Sequence[tuple[str, str]], chosen: str) -> None:
        """With how many are in each."""
        self.tabs.set_options(options)
        self.tabs.show_value(chosen)

    def show_rows(
        self, rows: Sequence[CardWords], chosen: int, count: str, *, filtered: bool
    ) -> None:
        """The queue."""
        self.count_words = say("revisar.list_count", cantidad=count)
        first = say(f"revisar.first_{self.tabs.value}")
        self._first.setText(say("revisar.filtered", cantidad=count) if filtered else first)
        self._clear.setVisible(filtered)
        self._keys.setVisible(len(rows) > 1)
        self._middle.setCurrentWidget(self.list)
        self.list.show_cards(rows, chosen)
        self.shown.emit()

    def show_no_rows(self, sentence: str, *, filtered: bool) -> None:
        """Nothing, in words."""
        self.count_words = say("revisar.list")
        self._first.setText("")
        self._clear.setVisible(filtered)
        self._keys.hide()
        held = self.list.hasFocus()
        self.list.show_cards([], -1)
        self._empty.say(sentence)
        self._middle.setCurrentWidget(self._empty)
        if held:
            self.tabs.setFocus()
        self.shown.emit()

    def choose_row(self, place: int) -> None:
        """Mark a card."""
        self.list.choose(place)

    def show_bulk(self, *, offered: bool) -> None:
        """Whether several may be decided together."""
        self.bulk.setVisible(offered)

    def give_focus(self) -> None:
        """To the cards, or to what chooses others where there are none."""
        empty = self._middle.currentWidget() is self._empty
        (self.tabs if empty else self.list).setFocus()

    def _on_clear(self) -> None:
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        for box in self.boxes.values():
            box.show_value("")
        self.cleared.emit()

    # inside

    def _lay(self, filters: Filters) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.tabs, 1)
        head.addWidget(self.toggle)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(14, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._make_filters(filters))
        column.addWidget(self._first)
        self._clear = button(say("revisar.clear"), self._on_clear, role="link")
        self._clear.hide()
        column.addWidget(self._clear)
        column.addWidget(self._middle, 1)
        column.addWidget(self.bulk)
        column.addWidget(self._keys)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 1, 0)
        # In a low window filters and cards do not fit at once.
        whole.addWidget(PageScroll(inside))
        self._middle.setMinimumHeight(_CARDS * (3 * self.fontMetrics().lineSpacing()))

    def _make_filters(self, filters: Filters) -> QWidget:
        self.filters = QWidget()
        flow = FlowRow(spacing=6)
        self.filters.setLayout(flow)
        self.search = QLineEdit()
        self.search.setFont(font())
        self.search.setAccessibleName(say("revisar.search"))
        self.search.setPlaceholderText(say("revisar.search"))
        self.search.setClearButtonEnabled(True)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(lambda: self.searched.emit(self.search.text()))
        self.search.textChanged.connect(self._rest.start)
        flow.add(self.search, 1)
        self.boxes = {
            name: NoWheelComboBox(say(f"revisar.filter_{name}"), options)
            for name, options in filters._asdict().items()
        }
        for name, box in self.boxes.items():
            box.chosen.connect(lambda value, name=name: self.filtered.emit(name, value))
            flow.add(box, 1)
        self.filters.hide()
        return self.filters

    def _on_toggle(self) -> None:
        shown = self.filters.isHidden()
        self.filters.setVisible(shown)
        words = say("revisar.filter_hide" if shown else "revisar.filter")
        self.toggle.setAccessibleName(words)
        self.toggle.setToolTip(words)
        if shown:
            self.search.setFocus()
