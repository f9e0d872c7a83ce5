"""Where a file is to be written."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_save(
    parent: QWidget,
    title: str,
    kind: str,
    name: str,
    on_chosen: Callable[[Path], object],
) -> QFileDialog:
    """Open the question; nothing waits for its answer.

    Args:
        parent: over what it stands.
        title: of the question.
        kind: what files of this suffix are called.
        name: proposed; its suffix is added to a name that has none.
        on_chosen: hears of the file.
    """
    suffix = Path(name).suffix
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(f"{kind} (*{suffix})")
    dialog.setDefaultSuffix(suffix.removeprefix("."))
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda chosen: on_chosen(Path(chosen)))
    dialog.open()
    return dialog
