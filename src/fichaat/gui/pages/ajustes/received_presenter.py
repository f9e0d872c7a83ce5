"""The files that were received: how much room they take, and emptying their folder."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from fichaat.application.changes import Changes
from fichaat.application.ports.bundles import KeptFiles
from fichaat.domain.errors import UserFacingError
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say, short_date, size_words
from fichaat.texts import message


class ReceivedView(Protocol):
    def show_received(self, sentence: str, *, removable: bool) -> None:
        """Without a sentence there is nothing to show."""
        ...

    def show_received_result(self, sentence: str, *, done: bool) -> None: ...
    def ask_empty(self, sentence: str, on_yes: Callable[[], object]) -> None: ...


@dataclass(frozen=True, slots=True)
class ReceivedSources:
    """What the presenter asks of the program."""

    held: Callable[[datetime | None], KeptFiles]
    remove: Callable[[datetime], KeptFiles]
    last_backup: Callable[[], datetime | None]


@dataclass(frozen=True, slots=True)
class _Found:
    everything: KeptFiles
    saved: KeptFiles
    """What came before the last backup: what it brought stands there too."""
    backup: datetime | None


class ReceivedPresenter:
    def __init__(self, view: ReceivedView, tasks: Tasks, sources: ReceivedSources) -> None:
        self._view = view
        self._tasks = tasks
        self._from = sources

    def begin(self) -> None:
        """Show how much there is."""
        self._tasks.read(self._look, self._show, self._refused)

    def empty(self) -> None:
        """Ask before anything goes."""
        self._tasks.read(self._look, self._ask, self._refused)

    def _look(self) -> _Found:
        backup = self._from.last_backup()
        saved = KeptFiles() if backup is None else self._from.held(backup)
        return _Found(self._from.held(None), saved, backup)

    def _show(self, found: _Found) -> None:
        kept = found.everything
        removable = found.saved.count > 0
        sentence = say("ajustes.received_held", cantidad=kept.count, bytes=size_words(kept.bytes))
        if not removable:
            sentence += " " + say("ajustes.received_unsaved")
        self._view.show_received(sentence if kept.count else "", removable=removable)

    def _ask(self, found: _Found) -> None:
        backup = found.backup
        if backup is None or not found.saved.count:
            self._show(found)  # somebody else was here meanwhile
            return

        def empty() -> None:
            self._tasks.write(
                lambda: (self._from.remove(backup), Changes()), self._on_removed, self._refused
            )

        sentence = say(
            "ajustes.received_ask",
            cantidad=found.saved.count,
            bytes=size_words(found.saved.bytes),
            dia=short_date(backup.date()),
        )
        self._view.ask_empty(sentence, empty)

    def _on_removed(self, gone: KeptFiles) -> None:
        self._view.show_received_result(
            say("ajustes.received_gone", bytes=size_words(gone.bytes)), done=True
        )
        self.begin()

    def _refused(self, error: UserFacingError) -> None:
        self._view.show_received_result(message(error.code, error.params), done=False)
