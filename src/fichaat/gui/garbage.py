"""Garbage is looked for in the window's thread alone.

Python looks for cycles in whatever thread happens to fill up its count. What it finds may be
objects of Qt, and those may end only where they live: a worker that ended one would end the
process with it, once in some hour of typing.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_EVERY_MS: Final = 500


class GarbageWatch(QObject):
    """Does from time to time what Python does after so many new objects."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def hold(self) -> None:
        """From now on nothing is looked for, in whatever thread."""
        gc.disable()

    def begin(self) -> None:
        """From now on it is looked for here."""
        gc.disable()
        self._timer.start()

    def settle(self) -> None:
        """What is held by now stays: a look that went through all of it would be felt."""
        gc.freeze()

    def end(self) -> None:
        """No worker is left: Python may look again by itself."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def look(self) -> None:
        """Collect the oldest generation whose time has come."""
        counts, limits = gc.get_count(), gc.get_threshold()
        due = [age for age in range(len(counts)) if counts[age] > limits[age]]
        if due:
            gc.collect(due[-1])
