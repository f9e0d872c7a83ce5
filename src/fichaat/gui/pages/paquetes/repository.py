"""The upload package of a coordinator: what it is made of, and what became of it; no Qt."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.ports.rows import Profile
from fichaat.application.repository.build import Delivered
from fichaat.application.repository.choose import Wanted
from fichaat.domain.errors import UserFacingError
from fichaat.domain.rol import Rol
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say, size_words, thousands
from fichaat.texts import message

PARTS: Final = ("0", "25", "100")
"""Megabytes of a part; 0 for none, or for those that the folder has."""


class RepositoryView(Protocol):
    def show_busy(self, *, busy: bool) -> None: ...
    def show_told(self, sentence: str, details: str, folder: Path | None) -> None:
        """What a run left; an empty sentence: nothing to tell."""
        ...

    def show_refusal(self, sentence: str) -> None: ...
    def ask_folder(self, start: Path) -> None: ...
    def open_folder(self, folder: Path) -> None: ...


class Build(Protocol):
    """See `BuildRepository`."""

    def __call__(
        self,
        folder: Path,
        wanted: Wanted,
        *,
        volume_mb: int | None,
        progress: Progress,
        cancel: CancelToken,
    ) -> Delivered: ...


@dataclass(frozen=True, slots=True)
class RepositorySources:
    """What the presenter asks of the program and of the system."""

    build: Callable[[], Build]
    documents: Callable[[], Path]


def uploads(profile: Profile) -> bool:
    """Whether this person has a repository to upload to."""
    return profile.rol is Rol.COORDINADOR and not profile.practice


class RepositoryPresenter:
    def __init__(
        self,
        view: RepositoryView,
        lasting: Tasks,
        go: Navigator,
        sources: RepositorySources,
        *,
        there: Callable[[], bool],
    ) -> None:
        """`lasting` goes on while the page is not `there` any more."""
        self._view = view
        self._lasting = lasting
        self._go = go
        self._from = sources
        self._there = there
        self._all = self._busy = False
        self._part = PARTS[0]
        self._last: Path | None = None

    def take_all(self, *, everything: bool) -> None:
        """Whether also what the region has not approved leaves."""
        self._all = everything

    def split(self, part: str) -> None:
        """How large a part may be: one of `PARTS`."""
        self._part = part

    def choose_folder(self) -> None:
        if not self._busy:
            self._view.ask_folder(self._last or self._from.documents())

    def open_folder(self, folder: Path) -> None:
        self._view.open_folder(folder)

    def build(self, folder: Path) -> None:
        """A folder was chosen: bring it up to date."""
        if self._busy:
            return
        self._busy = True
        self._last = folder
        wanted, part = Wanted(todas=self._all), int(self._part) or None

        def work(progress: Progress, cancel: CancelToken) -> Delivered:
            return self._from.build()(
                folder, wanted, volume_mb=part, progress=progress, cancel=cancel
            )

        self._view.show_told("", "", None)
        self._view.show_refusal("")
        self._view.show_busy(busy=True)
        self._lasting.look(
            say("repositorio.working"), work, self._on_done, self._on_refused, self._on_stopped
        )

    def _on_done(self, found: Delivered) -> None:
        sentence = say(
            "repositorio.card_done", fichas=thousands(found.fichas), bytes=size_words(found.bytes)
        )
        if self._end():
            self._view.show_told(sentence, _details(found), found.folder)
        else:
            self._go.tell(sentence)

    def _on_refused(self, error: UserFacingError) -> None:
        sentence = message(error.code, error.params)
        if self._end():
            self._view.show_refusal(sentence)
        else:
            self._go.tell(sentence, tone="error")

    def _on_stopped(self) -> None:
        sentence = say("repositorio.card_stopped")
        if self._end():
            self._view.show_refusal(sentence)
        else:
            self._go.tell(sentence, tone="info")

    def _end(self) -> bool:
        """Whether somebody still sees the page."""
        self._busy = False
        if self._there():
            self._view.show_busy(busy=False)
            return True
        return False


def _details(found: Delivered) -> str:
    said = [say("repositorio.card_same")]
    if found.escritos or found.retiradas:
        said = [
            say(
                "repositorio.card_wrote",
                nuevas=thousands(found.nuevas),
                cambiadas=thousands(found.cambiadas),
                retiradas=thousands(len(found.retiradas)),
            )
        ]
    if found.grandes:
        said.append(say("repositorio.card_large", cantidad=len(found.grandes)))
    if found.sin_escaneo:
        said.append(say("repositorio.card_scans", cantidad=len(found.sin_escaneo)))
    if found.ajenos:
        said.append(say("repositorio.card_foreign", cantidad=found.ajenos))
    return "\n".join(said)
