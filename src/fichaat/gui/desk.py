"""What a page works with: the open data folder, background work, and the way to other places."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from fichaat.gui.routes import Navigator
from fichaat.gui.task_runner import PageTasks, TaskRunner

if TYPE_CHECKING:
    from fichaat.application.program import Program
    from fichaat.application.session import Session


def nobody_watches(minutes: int) -> None:
    """For windows that never lock themselves."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Given to every page by the main window."""

    program: "Program"
    session: "Session"
    runner: TaskRunner
    go: Navigator
    lock: Callable[[], None]
    """Hide everything behind the passphrase; nothing typed is lost."""
    watch_idle: Callable[[int], object] = nobody_watches
    """Do so by itself after so many minutes without a key or a click; 0 for never."""
    kept: dict[str, object] = field(default_factory=dict)
    """What pages remember of themselves while the window lives, by their place."""

    def tasks_of(self, page: QObject) -> PageTasks:
        """Background work whose results are dropped once the page is gone."""
        return PageTasks(self.runner, page)
