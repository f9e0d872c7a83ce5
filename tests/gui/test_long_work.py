"""Long work in the background: looks beside writes, and what a cancelled job still tells."""

from collections.abc import Iterator
from threading import Event

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from fichaat.application.changes import Changes, Kind
from fichaat.application.jobs import CancelToken, Progress
from fichaat.gui.task_runner import PageTasks, TaskRunner


@pytest.fixture
def runner(qapp: object) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.close()


def test_a_look_does_not_wait_for_the_writer(qtbot: QtBot, runner: TaskRunner) -> None:
    looked, told = Event(), list[str]()

    def write() -> tuple[str, Changes]:
        assert looked.wait(30)  # the look below ends first
        return "escrito", Changes()

    def look(progress: Progress, cancel: CancelToken) -> str:
        looked.set()
        return "visto"

    runner.write(write, told.append)
    runner.look("Mirando", look, told.append)
    qtbot.waitUntil(lambda: not runner.busy)
    assert sorted(told) == ["escrito", "visto"]


@pytest.mark.parametrize("notices", [True, False])
def test_a_cancelled_job_tells_only_that_it_stopped(
    qtbot: QtBot, runner: TaskRunner, *, notices: bool
) -> None:
    begun, go_on = Event(), Event()
    told: list[object] = []
    runner.changed.connect(told.append)

    def work(progress: Progress, cancel: CancelToken) -> tuple[str, Changes]:
        begun.set()
        assert go_on.wait(30)
        if notices:
            cancel.check()
        return "hecho", Changes.of(Kind.FICHA)

    job = runner.long("Importando", work, told.append, told.append, lambda: told.append("parado"))
    assert begun.wait(30)
    job.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: not runner.busy)
    # What was written before it noticed is written: open pages hear of it.
    assert told == (["parado"] if notices else ["parado", Changes.of(Kind.FICHA)])


def test_a_page_that_is_gone_hears_nothing(qtbot: QtBot, runner: TaskRunner) -> None:
    page = QObject()
    told: list[object] = []
    begun, go_on = Event(), Event()

    def look(progress: Progress, cancel: CancelToken) -> str:
        begun.set()
        assert go_on.wait(30)
        cancel.check()
        return "visto"

    job = PageTasks(runner, page).look(
        "Mirando", look, told.append, told.append, lambda: told.append("parado")
    )
    assert begun.wait(30)
    job.cancel()
    from shiboken6 import delete

    delete(page)
    go_on.set()
    qtbot.waitUntil(lambda: not runner.busy)
    assert told == []
