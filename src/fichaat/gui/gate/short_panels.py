"""The short screens of the gate besides the passphrase: choice of the data, waiting, trouble."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QWidget

from fichaat.application.wanted import KnownFolder
from fichaat.gui.gate.gate import Panel
from fichaat.gui.gate.panels import Action, FormPanel, foot
from fichaat.gui.text import say
from fichaat.gui.theme.tokens import GAP
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.path_label import PathLabel


class ChooserPanel(FormPanel):
    """Several data folders on one machine."""

    def __init__(
        self,
        folders: Sequence[KnownFolder],
        on_chosen: Callable[[Path], object],
        on_practise: Action | None,
    ) -> None:
        super().__init__(say("entrada.choose"))
        self._on_chosen = on_chosen
        self._rows = [_FolderRow(folder, on_chosen) for folder in folders]
        for number, row in enumerate(self._rows):
            if number:
                self.card.add(labels.line())
            self.card.add(row)
        others = QWidget()
        inside = FlowRow()
        inside.add(button(say("entrada.other_folder"), self._on_other, role="link", icon="carpeta"))
        if on_practise is not None:
            inside.add(button(say("entrada.practise"), on_practise, role="link"))
        others.setLayout(inside)
        self.card.add(others)

    def begin(self) -> None:
        if self._rows:
            self._rows[0].button.setFocus()

    def _on_other(self) -> None:
        dialog = QFileDialog(self, say("entrada.other_folder_title"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self._on_chosen(Path(name)))
        dialog.open()


class _FolderRow(QWidget):
    def __init__(self, folder: KnownFolder, on_chosen: Callable[[Path], object]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        name = say(f"entrada.folder_{folder.kind}", nombre=folder.path.name)
        when = "" if folder.opened is None else say("entrada.folder_opened", dia=folder.opened)
        texts = Panel()
        texts.column.setSpacing(0)
        texts.column.addWidget(labels.body(name, bold=True))
        texts.column.addWidget(PathLabel(folder.path))
        if when:
            texts.column.addWidget(labels.hint(when))
        row.addWidget(texts, 1)
        self.button = button(say("entrada.open"), lambda: on_chosen(folder.path))
        self.button.setAccessibleName(f"{say('entrada.open')}: {name}, {folder.path}. {when}")
        row.addWidget(self.button)


class WaitPanel(FormPanel):
    """Something is opened without asking."""

    def __init__(self) -> None:
        super().__init__(say("entrada.opening"))
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(say("entrada.opening"))
        self.card.add(bar)


class TroublePanel(FormPanel):
    """Neither a profile to open nor room for a new one."""

    def __init__(self, sentence: str, on_retry: Action, on_other: Action) -> None:
        super().__init__(say("entrada.trouble"), sentence)
        self._retry = button(say("entrada.retry"), on_retry, role="primary")
        other = button(say("entrada.others"), on_other, role="link")
        self.card.add(foot(other, primary=self._retry))

    def begin(self) -> None:
        self._retry.setFocus()
