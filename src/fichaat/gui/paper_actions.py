"""Seeing, printing and saving the papers of fichas, from whatever page: no Qt here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from fichaat.application.changes import Changes
from fichaat.application.jobs import CancelToken, Progress
from fichaat.domain.errors import UserFacingError
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.texts import message

_COPY_DIGITS = 8


class PaperOf(NamedTuple):
    """Which paper of a ficha is meant."""

    codigo: str
    draft: bool = False
    """Of what is being written, where the ficha is sealed and corrected at the same time."""
    copia: str = ""
    """SHA-256 of the copy that is meant, where several contradict each other."""

    @property
    def name(self) -> str:
        """What its file is called: two copies of one ficha are two files."""
        return "-".join(filter(None, (self.codigo, self.copia[:_COPY_DIGITS])))


class Paper(NamedTuple):
    """A PDF and its name."""

    name: str
    pdf: bytes


class PaperShower(Protocol):
    """What the window does with papers."""

    def open_outside(self, path: Path) -> None:
        """With the system's own program for such files."""
        ...

    def ask_where(self, name: str, on_chosen: Callable[[Path], object]) -> None:
        """Where a file of this name is to be saved."""
        ...

    def show_for_print(self, papers: Sequence[Paper]) -> None:
        """As they will be printed, and then the printer."""
        ...


@dataclass(frozen=True, slots=True)
class PaperSources:
    """What makes papers, and what keeps files."""

    of_draft: Callable[[str], bytes]
    of_sealed: Callable[[str, str], bytes]
    """Given a code and, where one of several copies is meant, its SHA-256."""
    blank: Callable[[], bytes]
    lend: Callable[[str, bytes], Path]
    """Writes a file that is gone when the program ends."""
    write: Callable[[Path, bytes], object]


class PaperActions:
    """*Ver PDF*, *Imprimir*, *Guardar PDF* and the blank form."""

    def __init__(
        self, shower: PaperShower, tasks: Tasks, go: Navigator, sources: PaperSources
    ) -> None:
        self._shower = shower
        self._tasks = tasks
        self._go = go
        self._from = sources

    def view(self, paper: PaperOf) -> None:
        """Open it with the system's program for PDFs."""
        self._tasks.read(
            lambda: self._from.lend(file_name(paper.name), self._pdf(paper)),
            self._shower.open_outside,
            self._refused,
        )

    def save(self, paper: PaperOf) -> None:
        """Ask where, and write it there."""
        self._shower.ask_where(
            file_name(paper.name),
            lambda path: self._tasks.read(
                lambda: self._from.write(path, self._pdf(paper)),
                lambda _: self._go.tell(say("lista.saved", archivo=path.name)),
                self._refused,
            ),
        )

    def print(self, papers: Sequence[PaperOf]) -> None:
        """Show what will be printed."""
        if len(papers) == 1:
            self._tasks.read(
                lambda: [self._paper(papers[0])], self._shower.show_for_print, self._refused
            )
            return

        def make(progress: Progress, cancel: CancelToken) -> tuple[list[Paper], Changes]:
            made = []
            for done, paper in enumerate(papers, 1):
                cancel.check()
                made.append(self._paper(paper))
                progress(done, len(papers))
            return made, Changes()

        self._tasks.long(say("lista.preparing"), make, self._shower.show_for_print, self._refused)

    def print_blank(self) -> None:
        """The official form without anything written on it."""
        self._tasks.read(
            lambda: [Paper(say("lista.blank_name"), self._from.blank())],
            self._shower.show_for_print,
            self._refused,
        )

    def _paper(self, paper: PaperOf) -> Paper:
        return Paper(paper.name, self._pdf(paper))

    def _pdf(self, paper: PaperOf) -> bytes:
        if paper.draft:
            return self._from.of_draft(paper.codigo)
        return self._from.of_sealed(paper.codigo, paper.copia)

    def _refused(self, error: UserFacingError) -> None:
        self._go.tell(message(error.code, error.params), tone="error")


def file_name(codigo: str) -> str:
    return say("lista.file_name", codigo=codigo)
