"""Light or dark, as the system says; set once on the application, and again when it changes."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.icons import icon
from fichaat.gui.theme.palette import make_check_palette, make_palette
from fichaat.gui.theme.style import make_sheet
from fichaat.gui.theme.tokens import DARK, LIGHT, Tokens


class Theme(QObject):
    """The look in force. Widgets that draw with colours of their own listen to `changed`."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._tokens = LIGHT
        app.setStyle("Fusion")
        app.setFont(font())
        hints = app.styleHints()
        self._apply(dark=hints.colorScheme() == Qt.ColorScheme.Dark)
        hints.colorSchemeChanged.connect(self._on_scheme_changed)

    @property
    def tokens(self) -> Tokens:
        return self._tokens

    def icon(self, meaning: str, color: str = "text") -> QIcon:
        """An icon in a token's colour, grey where disabled."""
        return icon(meaning, str(getattr(self._tokens, color)), self._tokens.text3)

    def use(self, *, dark: bool) -> None:
        """Show light or dark whatever the system says."""
        self._apply(dark=dark)
        self.changed.emit()

    def _on_scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        dark = scheme == Qt.ColorScheme.Dark
        if (self._tokens is DARK) != dark:
            self.use(dark=dark)

    def _apply(self, *, dark: bool) -> None:
        self._tokens = DARK if dark else LIGHT
        self._app.setPalette(make_palette(self._tokens))
        for kind in ("QCheckBox", "QRadioButton"):
            checks = make_check_palette(self._tokens)
            # The stubs say bytes, and PySide6 takes only a str.
            self._app.setPalette(checks, kind)  # type: ignore[arg-type]
        self._app.setStyleSheet(make_sheet(self._tokens))


def theme() -> Theme:
    """The theme of the running application."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)  # widgets exist only inside one
    found = app.findChild(Theme)
    assert found is not None
    return found
