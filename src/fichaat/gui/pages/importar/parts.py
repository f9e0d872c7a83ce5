"""The parts of the preview: three verdicts, the list of several files, the foot."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from fichaat.gui.pages.importar.foot import Foot
from fichaat.gui.pages.importar.words import Box, FileRow
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.style import restyle, set_role
from fichaat.gui.theme.tokens import GAP, MARGIN, SMALL_PT
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.icons import MEDIUM, SMALL, IconLabel, set_icon
from fichaat.gui.widgets.path_label import PathLabel
from fichaat.gui.widgets.rows import RowButton
from fichaat.gui.widgets.surfaces import PageScroll

_ANY_HEIGHT: Final = 16_777_215
"""Qt's own for no limit."""


class VerdictBox(QFrame):
    """One verdict: icon, word, and what it means."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "banner")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 9, 12, 9)
        row.setSpacing(GAP)
        self._icon = IconLabel("vacio", "neutral", MEDIUM)
        self._title = labels.card_title()
        self._detail = labels.second()
        self._detail.setFont(font(SMALL_PT))
        told = QVBoxLayout()
        told.setSpacing(1)
        told.addStretch(1)
        told.addWidget(self._title)
        told.addWidget(self._detail)
        told.addStretch(1)
        row.addWidget(self._icon)
        row.addLayout(told, 1)
        # Three of them are equally wide, whatever they say.
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def text(self) -> str:
        return f"{self._title.text()}: {self._detail.text()}"

    @property
    def tone(self) -> str:
        return str(self.property("tone"))

    def show_box(self, box: Box) -> None:
        restyle(self, tone=box.tone)
        self._icon.show_icon(box.icon, box.tone)
        self._title.setText(box.title)
        self._detail.setText(box.detail)
        self.setAccessibleName(self.text)


class FileButton(RowButton):
    """One of several packages: its name, and what was found in it."""

    def __init__(self, on_click: Callable[[], object]) -> None:
        self._name = PathLabel("")
        restyle(self._name, role="body")
        self._icon = IconLabel("reloj", "neutral", SMALL - 2)
        self._state = labels.toned("", "neutral")
        self._state.setWordWrap(False)
        state = QHBoxLayout()
        state.setSpacing(6)
        state.addWidget(self._icon)
        state.addWidget(self._state, 1)
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(self._name)
        column.addLayout(state)
        super().__init__("", on_click, words)

    def show_row(self, row: FileRow, *, chosen: bool) -> None:
        self._name.show_path(row.name)
        self._icon.show_icon(row.icon, row.tone)
        restyle(self._state, tone=row.tone)
        self._state.setText(row.state)
        self.setToolTip(row.name)
        self.setAccessibleName(say("paquetes.file_spoken", archivo=row.name, estado=row.state))
        restyle(self, state="chosen" if chosen else "")


class FileList(QWidget):
    """Several packages, one of which is shown."""

    def __init__(self, on_chosen: Callable[[int], object]) -> None:
        super().__init__()
        self._on_chosen = on_chosen
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)
        self._rows.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(labels.field_label(say("paquetes.files")))
        column.addWidget(PageScroll(inside), 1)
        self.buttons: list[FileButton] = []

    def show_files(self, rows: Sequence[FileRow], chosen: int) -> None:
        """These packages; buttons that stay keep the focus."""
        while len(self.buttons) > len(rows):
            gone = self.buttons.pop()
            gone.hide()
            gone.deleteLater()
        while len(self.buttons) < len(rows):
            made = FileButton(partial(self._on_chosen, len(self.buttons)))
            self._rows.insertWidget(len(self.buttons), made)
            self.buttons.append(made)
        for number, (row, made) in enumerate(zip(rows, self.buttons, strict=True)):
            made.show_row(row, chosen=number == chosen)

    def lay(self, *, beside: bool) -> None:
        """At the side it is as tall as the page; above, three rows and the name of the list."""
        row = max((made.sizeHint().height() for made in self.buttons[:1]), default=0) + 2
        tall = min(3, len(self.buttons)) * row + 2 * self.fontMetrics().lineSpacing()
        self.setMinimumHeight(0 if beside else tall)
        self.setMaximumHeight(_ANY_HEIGHT if beside else tall)


class FootBar(QFrame):
    """What has happened so far, the way back and the one thing to do."""

    def __init__(self, on_cancel: Callable[[], object], on_act: Callable[[], object]) -> None:
        super().__init__()
        set_role(self, "foot")
        self._icon = IconLabel("nota", "info", SMALL)
        self.note = labels.second()
        said = QWidget()
        row = QHBoxLayout(said)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self.note, 1)
        said.setMinimumWidth(14 * self.fontMetrics().lineSpacing())
        self.cancel = button(say("paquetes.cancel"), on_cancel, role="ghost", shortcut="Esc")
        self.act = button("", on_act, role="primary", icon="recepcion", size="action")
        doing = QWidget()
        does = QHBoxLayout(doing)
        does.setContentsMargins(0, 0, 0, 0)
        does.setSpacing(8)
        does.addWidget(self.cancel)
        does.addWidget(self.act)
        flow = FlowRow(spacing=GAP, centred=True)
        flow.add(said, 1)
        flow.add(doing)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 8, MARGIN, 8)
        column.addLayout(flow)

    def show_foot(self, foot: Foot) -> None:
        self._icon.show_icon(foot.icon, foot.tone)
        self.note.setText(foot.note)
        self.cancel.setText(say("paquetes.close" if foot.over else "paquetes.cancel"))
        self.cancel.setShortcut("Esc")  # a new text takes the shortcut away
        self.act.setText(foot.action)
        self.act.setVisible(bool(foot.action))
        self.act.setEnabled(foot.enabled)
        listed = foot.action == say("paquetes.see")
        set_icon(self.act, "fichas" if listed else "recepcion", "onprimary", 22)
