"""Columns that stand beside each other only where there is room for their words."""

from PySide6.QtWidgets import QBoxLayout, QWidget


def place_columns(page: QWidget, columns: QBoxLayout, lines: int) -> bool:
    """Side by side where the page is wider than so many lines of letters are high; else one below
    the other.

    Returns:
        Whether they stand side by side.
    """
    beside = page.width() > lines * page.fontMetrics().lineSpacing()
    columns.setDirection(
        QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
    )
    return beside
