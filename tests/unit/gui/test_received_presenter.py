"""How much room received files take, and what goes when their folder is emptied; no Qt."""

from collections.abc import Callable
from datetime import datetime, timedelta

from fichaat.application.ports.bundles import KeptFiles
from fichaat.domain.errors import UserFacingError
from fichaat.gui.pages.ajustes.received_presenter import ReceivedPresenter, ReceivedSources
from tests.support.fichas import LIMA
from tests.support.queued_tasks import QueuedTasks

NOW = datetime(2026, 11, 20, 10, 32, tzinfo=LIMA)


class Scene:
    """A folder with a file of a megabyte for each day."""

    def __init__(self, *days_ago: int, backup: int | None = None) -> None:
        self.files = [NOW - timedelta(days=days) for days in days_ago]
        self.backup = None if backup is None else NOW - timedelta(days=backup)
        self.shown: tuple[str, bool] = ("?", False)
        self.result: tuple[str, bool] | None = None
        self.asked = ""
        self.yes: Callable[[], object] = lambda: None
        self.full = False
        self.tasks = QueuedTasks()
        self.presenter = ReceivedPresenter(
            self, self.tasks, ReceivedSources(self._held, self._remove, lambda: self.backup)
        )
        self.presenter.begin()
        self.tasks.run()

    def show_received(self, sentence: str, *, removable: bool) -> None:
        self.shown = sentence, removable

    def show_received_result(self, sentence: str, *, done: bool) -> None:
        self.result = sentence, done

    def ask_empty(self, sentence: str, on_yes: Callable[[], object]) -> None:
        self.asked, self.yes = sentence, on_yes

    def _held(self, before: datetime | None) -> KeptFiles:
        count = sum(before is None or file < before for file in self.files)
        return KeptFiles(count, count * 1_000_000)

    def _remove(self, before: datetime) -> KeptFiles:
        if self.full:
            raise UserFacingError("storage.io")
        gone = self._held(before)
        self.files = [file for file in self.files if file >= before]
        return gone


def test_where_nothing_was_received_nothing_is_shown() -> None:
    assert Scene(backup=1).shown[0] == ""


def test_what_came_after_the_last_backup_stays() -> None:
    scene = Scene(9, 5, 1, backup=3)
    assert scene.shown == ("3 paquetes guardados, 3,0 MB.", True)
    scene.presenter.empty()
    scene.tasks.run()
    assert scene.asked.startswith("Se eliminan 2 paquetes recibidos antes del último respaldo")
    assert len(scene.files) == 3
    scene.yes()
    scene.tasks.run()
    assert scene.result == ("Se liberaron 2,0 MB.", True)
    assert scene.shown[0].startswith("1 paquete guardado, 1,0 MB.")
    assert not scene.shown[1]


def test_without_a_backup_nothing_can_go() -> None:
    for scene in (Scene(2), Scene(2, backup=3)):
        sentence, removable = scene.shown
        assert not removable
        assert sentence.endswith("Haga un respaldo antes de vaciar la carpeta.")
        scene.presenter.empty()
        scene.tasks.run()
        assert scene.asked == ""


def test_what_cannot_be_removed_is_said() -> None:
    scene = Scene(2, backup=1)
    scene.full = True
    scene.presenter.empty()
    scene.tasks.run()
    scene.yes()
    scene.tasks.run()
    assert scene.result is not None
    assert not scene.result[1]
