"""One run of the program: what was said on the command line, and how a data folder is opened."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from fichaat.application.ports.keys import RegionKey
from fichaat.application.program import Program
from fichaat.application.session import Session
from fichaat.cli.answer import shown
from fichaat.cli.files import read_file
from fichaat.cli.terminal import ask_new_passphrase, ask_secret, checked_passphrase, has_terminal
from fichaat.domain.errors import UserFacingError

_MAX_KEY_FILE = 1_000_000


class Cli:
    """Handed to every command."""

    def __init__(self, program: Program, *, json: bool) -> None:
        self.program = program
        self.json = json
        self.datos: str | None = None

    @property
    def folder(self) -> Path:
        """The data folder that was chosen; it may not be there yet.

        Raises:
            UserFacingError: "cli.data_is_file".
        """
        folder = self.program.folder(self.datos)
        for place in (folder, *folder.parents):
            with suppress(OSError, ValueError):
                if place.is_file():
                    raise UserFacingError("cli.data_is_file", archivo=shown(str(place)))
        return folder

    @contextmanager
    def session(self) -> Iterator[Session]:
        """The open data folder.

        Raises:
            UserFacingError: "perfil.missing", "storage.*", "cli.no_passphrase".
        """
        folder = self.folder
        self.program.demand(folder)
        self.program.note(folder)
        with self.program.open(folder, self.passphrase()) as session:
            yield session

    @contextmanager
    def session_if_any(self) -> Iterator[Session | None]:
        """The open data folder, or nothing where there is none or nobody to give its passphrase."""
        askable = self.program.passphrase_in_file() is not None or has_terminal()
        if not askable or not self.program.exists(self.folder):
            yield None
            return
        with self.session() as session:
            yield session

    def passphrase(self) -> str:
        """From its file, else typed."""
        kept = self.program.passphrase_in_file()
        return ask_secret("cli.ask_passphrase") if kept is None else kept

    def new_passphrase(self) -> str:
        """From its file, else typed twice.

        Raises:
            UserFacingError: "cli.passphrase_*", "cli.no_passphrase".
        """
        kept = self.program.passphrase_in_file()
        return ask_new_passphrase() if kept is None else checked_passphrase(kept)

    def region_key(self, name: str) -> RegionKey:
        """The region key in a file, its passphrase from its own file, else typed.

        Raises:
            UserFacingError: "region.*", "cli.file_*", "cli.no_passphrase".
        """
        data = read_file(name, _MAX_KEY_FILE)
        kept = self.program.region_passphrase_in_file()
        passphrase = ask_secret("cli.ask_region_passphrase") if kept is None else kept
        return self.program.region_keys.open(data, passphrase)

    def new_region_passphrase(self) -> str:
        """Of a region key that is about to be made.

        Raises:
            UserFacingError: "cli.passphrase_*", "cli.no_passphrase".
        """
        kept = self.program.region_passphrase_in_file()
        if kept is None:
            return ask_new_passphrase("cli.ask_new_region_passphrase")
        return checked_passphrase(kept)
