"""Lines for what nobody beside may read."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit

from fichaat.gui.text import say


def secret_box() -> QLineEdit:
    """A line whose letters are not shown."""
    box = QLineEdit()
    box.setEchoMode(QLineEdit.EchoMode.Password)
    # Neither the system nor another program keeps or completes a passphrase.
    box.setInputMethodHints(
        Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
    )
    return box


def show_check(*boxes: QLineEdit) -> QCheckBox:
    """Shows the letters of secret boxes while it is on."""
    check = QCheckBox(say("entrada.show_typed"))
    modes = QLineEdit.EchoMode

    def toggled(shown: bool) -> None:  # noqa: FBT001  # Qt's signal
        for box in boxes:
            box.setEchoMode(modes.Normal if shown else modes.Password)

    check.toggled.connect(toggled)
    return check
