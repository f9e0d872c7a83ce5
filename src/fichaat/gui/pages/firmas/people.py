"""Everyone who signs, in the head of the page: scrolls sideways when there are many."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from fichaat.gui.pages.firmas.screen import PersonChip
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.style import set_role
from fichaat.gui.theme.tokens import BODY_PT, HEIGHT_SIGN
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import icon_button
from fichaat.gui.widgets.icons import SMALL, IconLabel

_GAP: Final = 10
_EDGE: Final = 3
"""Kept free around a chip that has the focus."""


class PersonButton(QPushButton):
    """Icon, short name and state of one participant; chosen by a click."""

    focused = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "person")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setMinimumHeight(HEIGHT_SIGN)
        self.id = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(10)
        self._icon = IconLabel("vacio", "text2", SMALL)
        self._name = labels.body()
        self._state = labels.hint()
        words = QVBoxLayout()
        words.setSpacing(0)
        for label in (self._name, self._state):
            label.setWordWrap(False)
            words.addWidget(label)
        row.addWidget(self._icon)
        row.addLayout(words)
        for part in (self._icon, self._name, self._state):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)

    def show_person(self, chip: PersonChip) -> None:
        """Another participant, or another state of the same."""
        self.id = chip.id
        self._icon.show_icon(chip.icon, chip.tone)
        self._name.setText(chip.short)
        self._name.setFont(font(BODY_PT, bold=chip.current))
        self._state.setText(chip.words)
        self.setChecked(chip.current)
        self.setAccessibleName(say("firmas.person", nombre=chip.name, estado=chip.words))
        self.setToolTip(chip.name)
        inside = self.layout()
        if inside is not None:
            inside.activate()  # a layout within a layout does not hear of other words
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Of what is inside: a button asks only about its own text."""
        inside = self.layout()
        hint = super().sizeHint() if inside is None else inside.sizeHint()
        return hint.expandedTo(QSize(0, HEIGHT_SIGN))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusInEvent(event)
        self.focused.emit()

    def nextCheckState(self) -> None:  # noqa: N802
        """A click asks; the page answers whose turn it is."""


class PeopleStrip(QWidget):
    """The chips in the order of the paper; who signs now is always in sight."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(say("firmas.people"))
        self._inside = QFrame()
        set_role(self._inside, "scrolled")
        self._chips = QHBoxLayout(self._inside)
        self._chips.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        self._chips.setSpacing(_GAP)
        self._area = _Sideways(self._inside)
        self._before = icon_button(
            "atras", say("firmas.people_before"), lambda: self._area.turn(-1)
        )
        self._after = icon_button(
            "siguiente", say("firmas.people_after"), lambda: self._area.turn(1)
        )
        for arrow in (self._before, self._after):
            arrow.setFixedSize(HEIGHT_SIGN, HEIGHT_SIGN)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self._before)
        row.addWidget(self._area, 1)
        row.addWidget(self._after)
        self._buttons: list[PersonButton] = []
        self._area.moved.connect(self._on_moved)

    @property
    def buttons(self) -> Sequence[PersonButton]:
        return self._buttons

    def show_people(self, people: Sequence[PersonChip]) -> None:
        """Chips are kept where there are as many: the focus stays on them."""
        while len(self._buttons) < len(people):
            made = PersonButton()
            made.clicked.connect(self._on_clicked)
            made.focused.connect(self._on_focused)
            self._chips.addWidget(made)
            made.show()  # a layout leaves out what is not shown yet
            self._buttons.append(made)
        while len(self._buttons) > len(people):
            gone = self._buttons.pop()
            self._chips.removeWidget(gone)
            gone.deleteLater()
        for made, chip in zip(self._buttons, people, strict=True):
            made.show_person(chip)
        self._chips.invalidate()
        hint = self._chips.sizeHint()
        self._inside.setFixedSize(hint)
        self._area.setFixedHeight(hint.height())
        self.updateGeometry()
        self._show_current()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for everyone."""
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(min(220, self._inside.width()), self._inside.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._show_current()

    def _show_current(self) -> None:
        crowded = self._inside.width() > self.width()
        self._before.setVisible(crowded)
        self._after.setVisible(crowded)
        for made in self._buttons:
            if made.isChecked():
                self._area.show_whole(made.geometry())
        self._on_moved()

    def _on_moved(self) -> None:
        self._before.setEnabled(not self._area.at_start)
        self._after.setEnabled(not self._area.at_end)

    def _on_focused(self) -> None:
        made = self.sender()
        if isinstance(made, PersonButton):
            self._area.show_whole(made.geometry())

    def _on_clicked(self) -> None:
        made = self.sender()
        if isinstance(made, PersonButton):
            self.chosen.emit(made.id)


class _Sideways(QWidget):
    """A window on a row that is wider: moves by wheel, focus and arrows, without a bar."""

    moved = Signal()

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        inside.setParent(self)
        self._at = 0

    @property
    def at_start(self) -> bool:
        return self._at <= 0

    @property
    def at_end(self) -> bool:
        return self._at >= self._last

    def turn(self, pages: int) -> None:
        """Show the ones before or after."""
        self._move(self._at + pages * max(40, self.width() - 80))

    def show_whole(self, place: QRect) -> None:
        """A chip, with a piece of its neighbours where there is room."""
        room = max(0, min(60, (self.width() - place.width()) // 2))
        if place.left() - room < self._at:
            self._move(place.left() - room)
        elif place.right() + room > self._at + self.width():
            self._move(place.right() + room - self.width())
        else:
            self._move(self._at)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        turned = event.angleDelta()
        self._move(self._at - (turned.x() or turned.y()))
        event.accept()

    @property
    def _last(self) -> int:
        return max(0, self._inside.width() - self.width())

    def _move(self, to: int) -> None:
        """Few stand at the right, where the picture has them."""
        self._at = max(0, min(to, self._last))
        spare = max(0, self.width() - self._inside.width())
        self._inside.move(spare - self._at, 0)
        self.moved.emit()
