"""What belongs to the window ends in its own thread: elsewhere the process would end with it."""

import gc
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from fichaat.application.changes import Changes
from fichaat.gui.app import Desktop
from fichaat.gui.task_runner import TaskRunner

Ends = list[threading.Thread]


class Page(QObject):
    """Tells in which thread it ended."""

    def __init__(self, ends: Ends) -> None:
        super().__init__()
        self._ends = ends
        self.itself: object = None

    def __del__(self) -> None:
        self._ends.append(threading.current_thread())


@pytest.fixture
def runner(qapp: object) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.close()


def test_a_worker_never_collects_what_a_page_left(qtbot: QtBot, desktop: Desktop) -> None:
    ends: Ends = []
    for _ in range(50):
        page = Page(ends)
        page.itself = page  # a cycle: only the search for garbage finds it
        del page
    # They stay: what goes again at once is not counted when the window looks.
    made: list[list[list[int]]] = []
    desktop.runner.read(lambda: [[number] for number in range(200_000)], made.append)
    qtbot.waitUntil(lambda: bool(made))
    qtbot.waitUntil(lambda: len(ends) == 50)
    assert set(ends) == {threading.main_thread()}


def test_python_looks_again_once_the_window_is_closed(desktop: Desktop) -> None:
    assert not gc.isenabled()
    desktop.close()
    assert gc.isenabled()


def test_what_a_job_knew_is_let_go_in_the_windows_thread(qtbot: QtBot, runner: TaskRunner) -> None:
    ends: Ends = []
    told: list[str] = []

    def job_of(page: Page) -> Callable[[], tuple[str, Changes]]:
        return lambda: (str(page.itself), Changes())

    for _ in range(200):
        runner.write(job_of(Page(ends)), told.append)
    qtbot.waitUntil(lambda: not runner.busy)
    assert len(told) == len(ends) == 200
    assert set(ends) == {threading.main_thread()}
