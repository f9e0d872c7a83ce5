"""What the program knows before anything heavy is loaded: folders, files, clock, log.

The window is shown with this alone; `bootstrap.Program` adds the rest.
"""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from fichaat import __version__
from fichaat.application.wanted import KnownFolder
from fichaat.system.paths import manual, resource
from fichaat.system.preferences import read_preferences, remember_folder, write_preferences
from fichaat.system.profile_files import has_profile
from fichaat.system.settings import RELOJ, Settings

if TYPE_CHECKING:
    from fichaat.application.ports.keys import Clock
    from fichaat.system.lent_files import LentFiles
    from fichaat.system.log import LogFile


class Outside:
    """See `program.Program`."""

    version = __version__

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._log: LogFile | None = None
        self._lent: LentFiles | None = None

    @cached_property
    def clock(self) -> "Clock":
        """Raises:
        UserFacingError: "system.clock".
        """
        return self._settings.clock()

    def folder(self, chosen: str | None) -> Path:
        """The data folder that is worked on."""
        return self._settings.folder(chosen)

    def practice_folder(self, chosen: str | None) -> Path:
        """Where a practice profile is made."""
        return self._settings.practice_folder(chosen)

    def known_folders(self, chosen: str | None) -> tuple[KnownFolder, ...]:
        """The data folders to choose from, the one opened last first; one that was named is the
        only one.
        """
        if self._settings.is_named(chosen):
            named = self.folder(chosen)
            return (KnownFolder(named, "otra"),) if has_profile(named) else ()
        account, practice = self.folder(None), self.practice_folder(None)
        days = {Path(item.path): item.day for item in read_preferences().folders}
        places = dict.fromkeys((*days, account, practice))
        kinds = {account: "cuenta", practice: "practica"}
        return tuple(
            KnownFolder(path, kinds.get(path, "otra"), days.get(path) or None)
            for path in places
            if has_profile(path)
        )

    def remember_folder(self, folder: Path) -> None:
        """Note for the next start that this folder was opened."""
        remember_folder(folder, self.clock.now().date().isoformat())

    def passphrase_in_file(self) -> str | None:
        """What `FICHAAT_CLAVE_ARCHIVO` holds."""
        return self._settings.passphrase()

    def region_passphrase_in_file(self) -> str | None:
        """What `FICHAAT_CLAVE_REGION_ARCHIVO` holds, else `FICHAAT_CLAVE_ARCHIVO`."""
        return self._settings.region_passphrase()

    @property
    def idle_minutes(self) -> int:
        """Minutes without a key or a click after which the window locks itself; 0 for never."""
        return read_preferences().idle_minutes

    def set_idle_minutes(self, minutes: int) -> None:
        """Raises:
        UserFacingError: "system.*": it could not be noted.
        """
        write_preferences(read_preferences()._replace(idle_minutes=minutes))

    def exists(self, folder: Path) -> bool:
        """Whether a folder has a complete profile."""
        return has_profile(folder)

    def note(self, folder: Path) -> None:
        """Log what is unusual about this run before it begins."""
        if self._settings.reloj is not None:
            moment = self.clock.now().isoformat()
            self._log_of(folder).note(f"{RELOJ} replaces the clock: {moment}")

    def log_bug(self, error: BaseException, folder: Path | None) -> Path | None:
        """Keep a traceback; the file it is in."""
        log = self._log_of(folder)
        log.bug(error)
        return log.path

    def resource(self, *parts: str) -> Path:
        """A file that came with the program."""
        return resource(*parts)

    def manual(self) -> Path:
        """The folder of the manual's pages."""
        return manual()

    def lend_file(self, name: str, data: bytes) -> Path:
        """Write a file for another program to show; it goes when this one ends.

        Raises:
            UserFacingError: "system.*".
        """
        from fichaat.system.lent_files import LentFiles

        if self._lent is None:
            self._lent = LentFiles()
        return self._lent.write(name, data)

    def close(self) -> None:
        """Let go of the log, and of what was lent."""
        if self._lent is not None:
            self._lent.close()
        if self._log is not None:
            self._log.close()

    def _log_of(self, folder: Path | None) -> "LogFile":
        from fichaat.system.log import LogFile

        if self._log is None:
            self._log = LogFile(folder)
        return self._log
