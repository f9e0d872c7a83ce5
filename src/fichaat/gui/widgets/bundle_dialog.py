"""Choosing packages in the system's own window."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from fichaat.gui.text import say


def ask_bundles(
    parent: QWidget, start: Path, on_chosen: Callable[[Sequence[Path]], object]
) -> QFileDialog:
    """Open the window; nothing waits for its answer."""
    dialog = QFileDialog(parent, say("paquetes.import_ask"), str(start))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters(say("paquetes.import_filter").split(";;"))
    dialog.filesSelected.connect(lambda paths: on_chosen([Path(path) for path in paths]))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
