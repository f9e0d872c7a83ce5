"""What was sealed, part by part, to be read on the screen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from fichaat.gui.pages.revision.content_words import Section, Told
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.surfaces import clear_layout

_SHARES = (27, 73)


class ContentView(QWidget):
    """Headings, and under each the names with what stands under them on the paper."""

    def __init__(self) -> None:
        super().__init__()
        self._stacked = False
        self._sections: tuple[Section, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Replace what is shown."""
        self._sections = tuple(sections)
        self._lay()

    def stack(self, *, stacked: bool) -> None:
        """Names above what they name, where there is no room beside."""
        if stacked != self._stacked:
            self._stacked = stacked
            self._lay()

    def _lay(self) -> None:
        clear_layout(self._column)
        for number, section in enumerate(self._sections):
            if number:
                self._column.addWidget(labels.line())
            heading = labels.body(section.heading, bold=True)
            heading.setContentsMargins(0, 4, 0, 0)
            self._column.addWidget(heading)
            for told in section.lines:
                self._column.addWidget(self._line(told))

    def _line(self, told: Told) -> QWidget:
        made = QWidget()
        direction = QBoxLayout.Direction.LeftToRight
        if self._stacked:
            direction = QBoxLayout.Direction.TopToBottom
        layout = QBoxLayout(direction, made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1 if self._stacked else 12)
        words = labels.body(told.words)
        if not told.name:
            layout.addWidget(words)
            return made
        name = labels.field_label(told.name)
        name.setAlignment(Qt.AlignmentFlag.AlignTop)
        for widget, share in zip((name, words), _SHARES, strict=True):
            if not self._stacked:
                policy = widget.sizePolicy()
                policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
                widget.setSizePolicy(policy)
            layout.addWidget(widget, 0 if self._stacked else share)
        return made
