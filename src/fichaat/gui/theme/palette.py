"""Tokens as a palette: what Fusion draws by itself follows the theme without style sheets."""

from typing import Final

from PySide6.QtGui import QColor, QPalette

from fichaat.gui.theme.tokens import Tokens

_Role = QPalette.ColorRole
_Group = QPalette.ColorGroup


_FUSION_DARKENS: Final = 140
"""Per cent by which Fusion darkens the window's colour for the edge of a check box."""


def make_palette(tokens: Tokens) -> QPalette:
    """The palette of one theme, the disabled group included."""
    palette = QPalette()
    for role, color in (
        (_Role.Window, tokens.bg),
        (_Role.WindowText, tokens.text),
        (_Role.Base, tokens.surface),
        (_Role.AlternateBase, tokens.surface2),
        (_Role.Text, tokens.text),
        (_Role.PlaceholderText, tokens.text3),
        (_Role.Button, tokens.surface),
        (_Role.ButtonText, tokens.text),
        (_Role.BrightText, tokens.error),
        (_Role.Highlight, tokens.primary),
        (_Role.HighlightedText, tokens.onprimary),
        (_Role.Link, tokens.primary),
        (_Role.LinkVisited, tokens.primary),
        (_Role.Accent, tokens.primary),
        (_Role.ToolTipBase, tokens.surface),
        (_Role.ToolTipText, tokens.text),
        (_Role.Light, tokens.surface),
        (_Role.Midlight, tokens.surface2),
        (_Role.Mid, tokens.border),
        (_Role.Dark, tokens.strong),
        (_Role.Shadow, tokens.strong),
    ):
        palette.setColor(role, QColor(color))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        palette.setColor(_Group.Disabled, role, QColor(tokens.text3))
    for role in (_Role.Base, _Role.Button):
        palette.setColor(_Group.Disabled, role, QColor(tokens.surface2))
    return palette


def make_check_palette(tokens: Tokens) -> QPalette:
    """Of check boxes and radio buttons: Fusion makes their edge from the window's colour, and it
    would not be seen in the dark.
    """
    palette = make_palette(tokens)
    palette.setColor(_Role.Window, QColor(tokens.strong).lighter(_FUSION_DARKENS))
    return palette
