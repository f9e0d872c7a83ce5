"""At the left: the sections of the paper with their state, and what is wrong with the ficha."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOption,
    QVBoxLayout,
    QWidget,
)

from fichaat.gui.pages.ficha.board import SECTIONS, Line, Shown
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.style import restyle, set_role
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.icons import SMALL, IconLabel, set_icon
from fichaat.gui.widgets.surfaces import PageScroll

_LOOK = {
    "error": ("error", "error"),
    "warn": ("aviso", "warn"),
    "ok": ("bien", "ok"),
    "empty": ("vacio", "text3"),
}
WIDTH = 229


class Index(QFrame):
    """Sections above, problems below."""

    section_chosen = Signal(str)
    problem_chosen = Signal(object)
    """Line."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "index")
        self.setMinimumWidth(WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 12, 16)
        column.setSpacing(0)
        column.addWidget(labels.field_label(say("editor.sections")))
        column.addSpacing(8)
        self._group = QButtonGroup(self)
        self._entries = {name: self._entry(name) for name in SECTIONS}
        for entry in self._entries.values():
            column.addWidget(entry)
        self.problems = ProblemList()
        self.problems.chosen.connect(self.problem_chosen)
        column.addSpacing(8)
        column.addWidget(self.problems)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(PageScroll(inside))

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As wide as the longest entry: larger letters are not cut."""
        bold = QFontMetrics(font(bold=True))  # as the one is written where the focus is
        widest = max(
            entry.sizeHint().width()
            + max(0, bold.horizontalAdvance(entry.text()) - _advance(entry))
            for entry in self._entries.values()
        )
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return QSize(max(WIDTH, widest + bar + 30), super().sizeHint().height())

    def show_shown(self, shown: Shown) -> None:
        """The states of the sections, and the problems."""
        for name, state in shown.sections.items():
            entry = self._entries[name]
            icon, color = _LOOK[state]
            set_icon(entry, icon, color)
            words = say(f"editor.section_{name}")
            state_words = say(f"editor.state_{state}")
            entry.setAccessibleName(say("editor.section_state", seccion=words, estado=state_words))
        self.problems.show_lines(shown.lines, shown.count)

    def mark(self, section: str) -> None:
        """Where the focus is."""
        self._entries[section].setChecked(True)

    def _entry(self, name: str) -> QPushButton:
        made = QPushButton(f"  {say(f'editor.section_{name}')}")
        made.setCheckable(True)
        made.setFont(font())
        made.setAutoDefault(False)
        set_role(made, "section")
        set_icon(made, "vacio", "text3")
        made.clicked.connect(lambda: self.section_chosen.emit(name))
        self._group.addButton(made)
        return made


def _advance(entry: QPushButton) -> int:
    return entry.fontMetrics().horizontalAdvance(entry.text())


class ProblemList(QWidget):
    """The count first; errors before warnings, in the order of the paper."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(say("editor.problems"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(labels.line())
        column.addSpacing(4)
        self._count = labels.card_title()
        column.addWidget(self._count)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        column.addLayout(self._column)
        self._items: list[ProblemItem] = []

    @property
    def items(self) -> Sequence["ProblemItem"]:
        return tuple(self._items)

    def show_lines(self, lines: Sequence[Line], count: str) -> None:
        """Items that stay the same are not touched: the focus stays in them."""
        self._count.setText(count)
        while len(self._items) > len(lines):
            gone = self._items.pop()
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self._items) < len(lines):
            item = ProblemItem()
            item.clicked.connect(lambda _=False, source=item: self._on_clicked(source))
            self._column.addWidget(item)
            self._items.append(item)
        for item, line in zip(self._items, lines, strict=True):
            item.show_line(line)

    def mark(self, line: Line | None) -> None:
        """The one that is being mended."""
        for item in self._items:
            item.set_current(current=item.line == line)

    def _on_clicked(self, item: "ProblemItem") -> None:
        if item.line is not None:
            self.chosen.emit(item.line)


class ProblemItem(QAbstractButton):
    """Where something is wrong and what to do; a click goes there."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "problem")
        self.line: Line | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._icon = IconLabel("error", "error", SMALL - 2)
        self._place = labels.field_label()
        self._sentence = labels.hint()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._place)
        words.addWidget(self._sentence)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 8)
        row.setSpacing(8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        for child in (self._icon, self._place, self._sentence):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_line(self, line: Line) -> None:
        if line == self.line:
            return
        self.line = line
        icon, color = _LOOK[line.tone]
        self._icon.show_icon(icon, color)
        sentence = line.sentence
        if line.answered:
            sentence = say("editor.problem_answered", frase=sentence)
        self._place.setText(line.place)
        self._sentence.setText(sentence)
        kind = say(f"editor.problem_{line.tone}")
        self.setAccessibleName(say("editor.problem", tipo=kind, lugar=line.place, frase=sentence))

    def set_current(self, *, current: bool) -> None:
        tone = self.line.tone if self.line is not None and current else ""
        restyle(self, state=tone)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return self._inside().sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return self._inside().minimumSize()

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        return self._inside().heightForWidth(width)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter does what Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        del event
        option = QStyleOption()
        option.initFrom(self)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        painter.end()

    def _inside(self) -> QLayout:
        found = self.layout()
        assert found is not None  # made with it
        return found


class Strip(QFrame):
    """In a short window, instead of the list: the count, the first problem, the way to it."""

    go_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "foot")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 2, 16, 2)
        row.setSpacing(10)
        self._icon = IconLabel("error", "error")
        self._count = labels.body(bold=True)
        self._count.setWordWrap(False)
        self._first = labels.hint()
        self._go = button(say("editor.go_to_field"), self.go_asked.emit, role="link")
        self._key = labels.hint(say("editor.next_problem"))
        self._key.setWordWrap(False)
        row.addWidget(self._icon)
        row.addWidget(self._count)
        row.addWidget(self._first, 1)
        row.addWidget(self._go)
        row.addWidget(self._key)

    def show_shown(self, shown: Shown) -> None:
        """The first problem, or that there is none."""
        first = shown.lines[0] if shown.lines else None
        icon, color = _LOOK["ok" if first is None else first.tone]
        self._icon.show_icon(icon, color)
        self._count.setText(shown.count)
        words = (
            ""
            if first is None
            else say("editor.first_problem", lugar=first.place, frase=first.sentence)
        )
        self._first.setText(words)
        restyle(self._first, state="" if first is None else first.tone)
        self._go.setVisible(first is not None)
        self._key.setVisible(first is not None)
