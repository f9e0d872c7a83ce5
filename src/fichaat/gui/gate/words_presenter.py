"""Decisions of the screen with the twelve words: kept on paper first, then the work begins."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from fichaat.application.changes import Changes
from fichaat.domain.errors import UserFacingError
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.texts import message

if TYPE_CHECKING:
    from fichaat.application.profiles import NewProfile
    from fichaat.application.program import Program
    from fichaat.application.session import Session


class WordsView(Protocol):
    def show_saved(self, sentence: str, path: Path) -> None:
        """The sheet is in a file."""
        ...

    def show_trouble(self, sentence: str | None) -> None:
        """The sheet could not be saved or printed, or the data not opened: the words stay."""
        ...

    def print_sheet(self, pdf: bytes) -> None: ...
    def set_can_begin(self, *, can: bool) -> None: ...
    def set_busy(self, *, busy: bool) -> None: ...


class WordsPresenter:
    """The profile exists already; its words are shown here and nowhere else, ever."""

    def __init__(
        self,
        view: WordsView,
        program: "Program",
        tasks: Tasks,
        folder: Path,
        made: tuple["NewProfile", str, tuple[str, ...]],
        *,
        entered: "Callable[[Session], None]",
    ) -> None:
        """`made` is the profile, its passphrase and the words."""
        self._view = view
        self._program = program
        self._tasks = tasks
        self._folder = folder
        self._profile, self._passphrase, self.words = made
        self._entered = entered
        self.kept = False
        """Whether the person says that the words are kept."""

    def save_sheet(self, path: Path) -> None:
        """Write the sheet as PDF."""

        def work() -> tuple[Path, Changes]:
            self._program.write_file(path, self._sheet())
            return path, Changes()

        self._view.show_trouble(None)
        self._tasks.write(work, self._saved, self._failed)

    def print_sheet(self) -> None:
        """Hand the sheet to the printer."""
        self._view.show_trouble(None)
        self._tasks.read(self._sheet, self._view.print_sheet, self._failed)

    def set_kept(self, *, kept: bool) -> None:
        """The person says so, or takes it back."""
        self.kept = kept
        self._view.set_can_begin(can=kept)

    def begin_work(self) -> None:
        """Open the new data."""
        if not self.kept:
            return
        self._view.show_trouble(None)
        self._view.set_busy(busy=True)
        self._tasks.read(
            lambda: self._program.unlock(self._folder, self._passphrase),
            self._entered,
            self._failed,
        )

    def _sheet(self) -> bytes:
        return self._program.recovery_sheet(self._profile, self.words)

    def _saved(self, path: Path) -> None:
        self._view.show_saved(say("entrada.sheet_saved", archivo=path.name), path)

    def _failed(self, error: UserFacingError) -> None:
        self._view.set_busy(busy=False)
        self._view.show_trouble(message(error.code, error.params))
