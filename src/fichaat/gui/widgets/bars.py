"""What the window says at its foot: a sentence with *Deshacer*, and the progress of long work."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from fichaat.gui.task_runner import RunningJob
from fichaat.gui.text import say, thousands
from fichaat.gui.theme.style import restyle, set_role
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.icons import SMALL, IconLabel

TELL_MS = 10_000
_ICONS = {"ok": "bien", "warn": "aviso", "error": "error", "info": "nota"}


class MessageBar(QFrame):
    """One sentence for ten seconds; an error stays until it is closed."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "banner")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        self._icon = IconLabel("bien", "ok", SMALL)
        self._words = labels.body()
        self._undo = button(say("ventana.undo"), self._on_undo, role="link", icon="deshacer")
        self._close = button(say("ventana.close"), self.hide, role="link")
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        row.addWidget(self._undo)
        row.addWidget(self._close)
        self._on_undone: Callable[[], object] | None = None
        self._carried = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        return self._words.text()

    def tell(self, text: str, tone: str, undo: Callable[[], object] | None) -> None:
        """Show a sentence; the one before goes, and with it its *Deshacer*."""
        restyle(self, tone=tone)
        self._icon.show_icon(_ICONS[tone], tone)
        self._words.setText(text)
        self.setAccessibleName(text)
        self._on_undone = undo
        self._carried = False
        self._undo.setVisible(undo is not None)
        self.show()
        if tone == "error":
            self._timer.stop()
        else:
            self._timer.start(TELL_MS)

    def turn_page(self) -> None:
        """Another page comes. What was said on the way to it goes with it; at the next one it
        would speak of what is no longer there. A failure stays until it is closed.
        """
        if self._carried and self._timer.isActive():
            self._timer.stop()
            self.hide()
        self._carried = True

    def _on_undo(self) -> None:
        self.hide()
        if self._on_undone is not None:
            self._on_undone()


class ProgressBar(QFrame):
    """What long work is doing: title, bar, «12 de 340», *Cancelar*."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "foot")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 16, 8)
        self._title = labels.body(bold=True)
        self._title.setWordWrap(False)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._count = labels.hint()
        self._count.setWordWrap(False)
        self._cancel = button(say("ventana.cancel"), self._on_cancel)
        for widget in (self._title, self._bar, self._count, self._cancel):
            row.addWidget(widget)
        row.setStretch(1, 1)
        self._job: RunningJob | None = None
        self.hide()

    def follow(self, job: RunningJob) -> None:
        """Show this work until it ends."""
        self._job = job
        self._title.setText(job.title)
        self._bar.setAccessibleName(job.title)
        self._bar.setRange(0, 0)
        self._count.setText("")
        self._cancel.setEnabled(True)
        job.progressed.connect(self._on_progressed)
        job.ended.connect(self._on_ended)
        self.show()

    def _on_progressed(self, done: int, total: int) -> None:
        if self.sender() is not self._job:
            return
        # A QProgressBar counts in 32 bits; bytes of a large bundle are more.
        self._bar.setRange(0, 1000 if total else 0)
        self._bar.setValue(done * 1000 // total if total else 0)
        self._count.setText(
            say("ventana.progress", hechos=thousands(done), total=thousands(total)) if total else ""
        )

    def _on_ended(self) -> None:
        if self.sender() is self._job:
            self._job = None
            self.hide()

    def _on_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self._title.setText(say("ventana.cancelling"))
        if self._job is not None:
            self._job.cancel()


def stack_bars(*bars: QWidget) -> QWidget:
    """Bars one above the other, gone when all are hidden."""
    from PySide6.QtWidgets import QVBoxLayout

    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for bar in bars:
        column.addWidget(bar)
    return made
