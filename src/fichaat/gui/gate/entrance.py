"""Which screen of the gate comes first, and which after it: no Qt here."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from fichaat.application.wanted import KnownFolder, WindowWanted
from fichaat.domain.errors import UserFacingError
from fichaat.gui.tasks import Tasks
from fichaat.texts import message

if TYPE_CHECKING:
    from fichaat.application.profiles import NewProfile
    from fichaat.application.program import Program
    from fichaat.application.session import Session


class EntranceView(Protocol):
    def show_wait(self) -> None:
        """The data are being opened without asking."""
        ...

    def show_chooser(self, folders: Sequence[KnownFolder]) -> None: ...
    def show_unlock(self, folder: KnownFolder, *, others: bool) -> None: ...
    def show_unlock_error(self, error: UserFacingError) -> None:
        """Why the data did not open without asking, on the screen that asks."""
        ...

    def show_recover(self, folder: KnownFolder) -> None: ...
    def show_first_start(self, folder: Path, *, practice: bool) -> None: ...
    def show_words(self, made: "tuple[NewProfile, str, tuple[str, ...]]") -> None: ...
    def show_trouble(self, sentence: str) -> None: ...
    def entered(self, session: "Session", *, fresh_practice: bool) -> None:
        """The way is free.

        Args:
            session: what was opened.
            fresh_practice: whether it is a new practice profile, still without fichas.
        """
        ...


class Entrance:
    """From the start of the program to open data."""

    def __init__(
        self, view: EntranceView, program: "Program", wanted: WindowWanted, tasks: Tasks
    ) -> None:
        self._view = view
        self._program = program
        self._wanted = wanted
        self._tasks = tasks
        self._fresh_practice = False
        self.folder = program.folder(wanted.folder)

    def begin(self) -> None:
        """Show what comes first. A passphrase in a file opens without asking."""
        folders = self._program.known_folders(self._wanted.folder)
        if not folders:
            self._first_start(self.folder, practice=False)
            return
        try:
            passphrase = self._program.passphrase_in_file()
        except UserFacingError as error:
            self._unlock(folders[0], others=len(folders) > 1)
            self._view.show_unlock_error(error)
            return
        if passphrase is not None:
            self._open_with(passphrase, folders)
        elif len(folders) > 1:
            self._view.show_chooser(folders)
        else:
            self._unlock(folders[0], others=False)

    def chose(self, path: Path) -> None:
        """A folder was chosen: with a profile to open, or to make one in."""
        known = next((item for item in self._known() if item.path == path), None)
        if known is not None or self._program.exists(path):
            self._unlock(known or KnownFolder(path, "otra"), others=True)
        else:
            self._first_start(path, practice=False)

    def choose_again(self) -> None:
        """Back to all folders that are known."""
        self._view.show_chooser(self._known())

    def forgotten(self, folder: KnownFolder) -> None:
        """The passphrase of a folder is not remembered."""
        self._view.show_recover(folder)

    def remembered(self, folder: KnownFolder) -> None:
        """Back from the words to the passphrase."""
        self._unlock(folder, others=len(self._known()) > 1)

    def practise(self) -> None:
        """To the practice profile, which is made where there is none yet."""
        practice = self._program.practice_folder(None)
        if self._program.exists(practice):
            self._unlock(KnownFolder(practice, "practica"), others=True)
        else:
            self._first_start(practice, practice=True)

    def leave_practice(self) -> None:
        """Back from making a practice profile."""
        self.folder = self._program.folder(self._wanted.folder)
        self.begin()

    def made(self, profile: "NewProfile", passphrase: str, words: tuple[str, ...]) -> None:
        """A profile was made: its words come before everything else."""
        self._fresh_practice = profile.practice
        self._view.show_words((profile, passphrase, words))

    def opened(self, session: "Session") -> None:
        """Data are open: the folder is remembered for the next start."""
        self._tasks.read(self._note, lambda _: None)
        self._view.entered(session, fresh_practice=self._fresh_practice)

    # inside

    def _note(self) -> None:
        self._program.note(self.folder)
        self._program.remember_folder(self.folder)

    def _known(self) -> tuple[KnownFolder, ...]:
        return self._program.known_folders(self._wanted.folder)

    def _open_with(self, passphrase: str, folders: Sequence[KnownFolder]) -> None:
        first = folders[0]

        def failed(error: UserFacingError) -> None:
            self._unlock(first, others=len(folders) > 1)
            self._view.show_unlock_error(error)

        self.folder = first.path
        self._view.show_wait()
        self._tasks.read(lambda: self._program.unlock(first.path, passphrase), self.opened, failed)

    def _unlock(self, folder: KnownFolder, *, others: bool) -> None:
        self.folder = folder.path
        self._view.show_unlock(folder, others=others)

    def _first_start(self, folder: Path, *, practice: bool) -> None:
        self.folder = folder
        self._view.show_first_start(folder, practice=practice)
        # Half a profile may be all that somebody has left: nothing is typed in vain.
        self._tasks.read(lambda: self._program.demand(folder), lambda _: None, self._no_profile)

    def _no_profile(self, error: UserFacingError) -> None:
        if error.code != "perfil.missing":
            self._view.show_trouble(message(error.code, error.params))
