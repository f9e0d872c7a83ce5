"""Which file is to be read."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_open(
    parent: QWidget, title: str, kind: str, suffix: str, on_chosen: Callable[[Path], object]
) -> QFileDialog:
    """Open the question; nothing waits for its answer.

    Args:
        parent: over what it stands.
        title: of the question.
        kind: what files of this suffix are called.
        suffix: ".xlsx".
        on_chosen: hears of the file.
    """
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(f"{kind} (*{suffix})")
    dialog.fileSelected.connect(lambda chosen: on_chosen(Path(chosen)))
    dialog.open()
    return dialog
