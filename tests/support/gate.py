"""The gate without Qt and without a disk: a program that says what it is told to say."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from fichaat.application.wanted import KnownFolder
from fichaat.domain.errors import UserFacingError
from fichaat.system.territorio_file import load_territorio

if TYPE_CHECKING:
    from fichaat.application.profiles import NewProfile
    from fichaat.application.program import Program
    from fichaat.application.session import Session

WORDS = tuple(f"palabra{number}" for number in range(1, 13))
SESSION = cast("Session", object())


class FakeProgram:
    """What the presenters of the gate ask of `Program`."""

    def __init__(self) -> None:
        self.known: tuple[KnownFolder, ...] = ()
        self.in_file: str | None = None
        self.file_error: UserFacingError | None = None
        self.demanded: UserFacingError | None = UserFacingError("perfil.missing")
        self.failing: UserFacingError | None = None
        self.right = "la frase correcta"
        self.created: list[tuple[Path, NewProfile, str]] = []
        self.remembered: list[Path] = []
        self.written: list[tuple[Path, bytes]] = []
        self.territorio = load_territorio()

    @property
    def as_program(self) -> "Program":
        return cast("Program", self)

    def folder(self, chosen: str | None) -> Path:
        return Path("/datos") if chosen is None else Path(chosen)

    def practice_folder(self, chosen: str | None) -> Path:
        return Path("/practica")

    def known_folders(self, chosen: str | None) -> tuple[KnownFolder, ...]:
        return self.known

    def exists(self, folder: Path) -> bool:
        return any(item.path == folder for item in self.known)

    def demand(self, folder: Path) -> None:
        if self.demanded is not None:
            raise self.demanded

    def passphrase_in_file(self) -> str | None:
        if self.file_error is not None:
            raise self.file_error
        return self.in_file

    def note(self, folder: Path) -> None: ...

    def remember_folder(self, folder: Path) -> None:
        self.remembered.append(folder)

    def unlock(self, folder: Path, passphrase: str) -> "Session":
        if self.failing is not None:
            raise self.failing
        if passphrase != self.right:
            raise UserFacingError("storage.wrong_passphrase")
        return SESSION

    def create(self, folder: Path, wanted: "NewProfile", passphrase: str) -> tuple[str, ...]:
        if self.failing is not None:
            raise self.failing
        self.created.append((folder, wanted, passphrase))
        return WORDS

    def recovery_sheet(self, profile: "NewProfile", words: Sequence[str]) -> bytes:
        return " ".join((profile.nombre, *words)).encode()

    def write_file(self, path: Path, data: bytes) -> None:
        if self.failing is not None:
            raise self.failing
        self.written.append((path, data))
