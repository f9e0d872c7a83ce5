"""The parts of the preview: three verdicts, the list of several files, the foot."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from fichaat.gui.pages.importar.presenter import FileRow, Foot
from fichaat.gui.pages.importar.words import Box
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.style import restyle, set_role
from fichaat.gui.theme.tokens import GAP, MARGIN, SMALL_PT
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.icons import MEDIUM, SMALL, IconLabel, set_icon
from fichaat.gui.widgets.surfaces import PageScroll


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
        told.addWidget(self._title)
        told.addWidget(self._detail)
        row.addWidget(self._icon)
        row.addLayout(told, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
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


class FileList(QWidget):
    """Several packages, one of which is shown."""

    def __init__(self, on_chosen: Callable[[int], object]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(lambda number: on_chosen(number))
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(labels.field_label(say("paquetes.files")))
        self._scroll = PageScroll(inside)
        column.addWidget(self._scroll, 1)
        self._inside = inside
        self.buttons: list[QPushButton] = []

    def show_files(self, rows: Sequence[FileRow], chosen: int) -> None:
        """These packages; buttons that stay keep the focus."""
        while len(self.buttons) > len(rows):
            gone = self.buttons.pop()
            self._group.removeButton(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.buttons) < len(rows):
            made = QPushButton()
            made.setCheckable(True)
            made.setFont(font())
            set_role(made, "row")
            self._group.addButton(made, len(self.buttons))
            self.buttons.append(made)
            self._rows.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        for number, (row, made) in enumerate(zip(rows, self.buttons, strict=True)):
            set_icon(made, row.icon, row.tone, SMALL)
            made.setText(f"{row.state} · {_short(row.name)}")
            made.setToolTip(row.name)
            made.setAccessibleName(say("paquetes.file_spoken", archivo=row.name, estado=row.state))
            made.setChecked(number == chosen)

    def lay(self, *, beside: bool) -> None:
        """At the side it is as tall as the page; above, a few rows."""
        if beside:
            self.setMaximumHeight(16_777_215)
            return
        row = self.fontMetrics().lineSpacing() + 18
        self.setMaximumHeight(min(3, len(self.buttons)) * row + row)


def _short(name: str) -> str:
    """What tells a file from the others is mostly at its end."""
    stem = name.removesuffix(".fichaat")
    return stem if len(stem) <= 24 else f"…{stem[-22:]}"


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
        set_icon(self.act, "fichas" if foot.over else "recepcion", "onprimary", 22)
