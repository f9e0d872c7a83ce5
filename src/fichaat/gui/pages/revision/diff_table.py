"""Two versions beside each other, field by field; what changed is marked word by word."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from fichaat.gui.pages.revision.word_diff import Pieces
from fichaat.gui.pages.revision.words import ChangesWords, DiffRow
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.style import set_role
from fichaat.gui.theme.theme import theme
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.surfaces import clear_layout

_SHARES: Final = (27, 33, 40)
_SIDE: Final = 8
_THIN: Final = "\N{NARROW NO-BREAK SPACE}"
_LETTERS: Final = 4000
"""Of a long text: the paper has all of it."""


class DiffText(QWidget):
    """A text whose changed stretches are marked: struck out if they went, bold if they came."""

    def __init__(self, pieces: Pieces, *, gone: bool) -> None:
        super().__init__()
        self._pieces, self._gone = pieces, gone
        self._document = QTextDocument(self)
        self._document.setDocumentMargin(0)
        self._document.setDefaultFont(font())
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.text)
        theme().changed.connect(self._draw)
        self._draw()

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self._pieces)

    def hasHeightForWidth(self) -> bool:  # noqa: N802  # Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        self._document.setTextWidth(max(1, width))
        return round(self._document.size().height() + 0.5)

    def sizeHint(self) -> QSize:  # noqa: N802
        width = self.width() or 200
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(1, self.fontMetrics().lineSpacing())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        del event
        self._document.setTextWidth(max(1, self.width()))
        painter = QPainter(self)
        self._document.drawContents(painter)
        painter.end()

    def _draw(self) -> None:
        tokens = theme().tokens
        self._document.clear()
        cursor = QTextCursor(self._document)
        left = _LETTERS
        for piece in self._pieces:
            style = QTextCharFormat()
            style.setFont(font(bold=piece.changed and not self._gone))
            style.setForeground(QColor(tokens.text))
            shown = piece.text[:left] + ("…" if len(piece.text) > left else "")
            if piece.changed:
                ink, tint = (tokens.error, tokens.errort) if self._gone else (tokens.ok, tokens.okt)
                style.setForeground(QColor(ink))
                style.setBackground(QColor(tint))
                style.setFontStrikeOut(self._gone)
                shown = f"{_THIN}{shown}{_THIN}"
            cursor.insertText(shown, style)
            left -= len(piece.text)
            if left <= 0:
                break
        self.updateGeometry()
        self.update()


class DiffTable(QFrame):
    """Three columns; one below the other where there is no room for them."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "inset")
        self._stacked = False
        self._changes = ChangesWords()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)

    def show_changes(self, changes: ChangesWords) -> None:
        """Replace what is shown."""
        self._changes = changes
        self._lay()

    def stack(self, *, stacked: bool) -> None:
        """How it is laid out."""
        if stacked != self._stacked:
            self._stacked = stacked
            self._lay()

    @property
    def texts(self) -> list[str]:
        """What each row says to a screen reader."""
        return [row.accessibleName() for row in self.findChildren(QWidget) if _is_row(row)]

    def _lay(self) -> None:
        clear_layout(self._column)
        changes = self._changes
        if not changes.rows:
            said = labels.second(changes.sentence)
            said.setContentsMargins(_SIDE, 12, _SIDE, 12)
            self._column.addWidget(said)
            return
        if not self._stacked:
            self._column.addWidget(_head((say("revisar.field"), changes.before, changes.after)))
        for number, row in enumerate(changes.rows):
            if number:
                self._column.addWidget(labels.line())
            self._column.addWidget(self._row(row))
        if changes.more:
            more = labels.hint(changes.more)
            more.setContentsMargins(_SIDE, 8, _SIDE, 8)
            self._column.addWidget(more)

    def _row(self, row: DiffRow) -> QWidget:
        made = QWidget()
        made.setProperty("diffrow", True)
        name = labels.body(row.name, bold=row.changed)
        before, after = DiffText(row.before, gone=True), DiffText(row.after, gone=False)
        code = "revisar.row_changed" if row.changed else "revisar.row_same"
        told = say(code, campo=row.name, antes=before.text or "—", despues=after.text or "—")
        made.setAccessibleName(told)
        direction = QBoxLayout.Direction.LeftToRight
        if self._stacked:
            direction = QBoxLayout.Direction.TopToBottom
        layout = QBoxLayout(direction, made)
        layout.setContentsMargins(_SIDE, 8, _SIDE, 8)
        layout.setSpacing(2 if self._stacked else 2 * _SIDE)
        for widget, share in zip((name, before, after), _SHARES, strict=True):
            if self._stacked:
                layout.addWidget(widget)
            else:
                _ignore_width(widget)
                layout.addWidget(widget, share)
        if self._stacked and not row.changed:
            before.hide()
        return made


def _head(words: Sequence[str]) -> QWidget:
    made = QFrame()
    set_role(made, "tablehead")
    layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, made)
    layout.setContentsMargins(_SIDE, 7, _SIDE, 7)
    layout.setSpacing(2 * _SIDE)
    for text, share in zip(words, _SHARES, strict=True):
        label = labels.field_label(text)
        _ignore_width(label)
        layout.addWidget(label, share)
    return made


def _ignore_width(widget: QWidget) -> None:
    policy = widget.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
    widget.setSizePolicy(policy)


def _is_row(widget: QWidget) -> bool:
    return bool(widget.property("diffrow")) and not isinstance(widget, QLabel)
