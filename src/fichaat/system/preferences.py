"""What the window remembers about this account: folders it opened, when it locks itself.

No secret and no name of a person is kept here. A broken file counts as none, and a file that
cannot be written stops nobody's work.
"""

from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from fichaat.domain.errors import UserFacingError

IDLE_MINUTES: Final = 10
MAX_IDLE_MINUTES: Final = 240
MAX_FOLDERS: Final = 12

_FILE: Final = "preferencias.json"
_MAX_BYTES: Final = 100_000
_MAX_PATH: Final = 4096
_PRIVATE: Final = 0o600


class Opened(NamedTuple):
    """A data folder and the day (ISO) on which it was last opened."""

    path: str
    day: str


class Preferences(NamedTuple):
    """Everything that is remembered."""

    folders: tuple[Opened, ...] = ()
    """The one opened last stands first."""
    idle_minutes: int = IDLE_MINUTES
    """Minutes without a key or a click after which the window locks itself; 0 for never."""

    def with_folder(self, path: Path, day: str) -> "Preferences":
        """The same, with a folder that was opened."""
        others = [known for known in self.folders if known.path != str(path)]
        return self._replace(folders=(Opened(str(path), day), *others)[:MAX_FOLDERS])


def read_preferences(path: Path | None = None) -> Preferences:
    """What is remembered; the defaults where the file is missing or broken."""
    import json

    try:
        with (path or _place()).open("rb") as file:
            found = json.loads(file.read(_MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return Preferences()
    if not isinstance(found, dict):
        return Preferences()
    return Preferences(_folders(found.get("carpetas")), _minutes(found.get("minutos")))


def write_preferences(preferences: Preferences, path: Path | None = None) -> None:
    """Raises:
    UserFacingError: "system.*": the old file stays.
    """
    import json

    from fichaat.system.atomic import atomic_write, system_error

    target = path or _place()
    data = {
        "carpetas": [{"ruta": known.path, "abierta": known.day} for known in preferences.folders],
        "minutos": preferences.idle_minutes,
    }
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise system_error(error, target.parent) from error
    # A path that is no Unicode text is written as escapes, and read again as it was.
    atomic_write(target, json.dumps(data, indent=1).encode("ascii") + b"\n", mode=_PRIVATE)


def remember_folder(folder: Path, day: str, path: Path | None = None) -> None:
    """Note that a folder was opened, if that can be noted."""
    with suppress(UserFacingError):
        write_preferences(read_preferences(path).with_folder(folder, day), path)


def _folders(found: object) -> tuple[Opened, ...]:
    if not isinstance(found, list):
        return ()
    return tuple(
        Opened(item["ruta"], str(item.get("abierta", ""))[:10])
        for item in found[:MAX_FOLDERS]
        if isinstance(item, dict) and _is_path(item.get("ruta"))
    )


def _is_path(text: object) -> bool:
    return (
        isinstance(text, str)
        and 0 < len(text) <= _MAX_PATH
        and "\0" not in text
        and Path(text).is_absolute()
    )


def _minutes(found: object) -> int:
    if isinstance(found, int) and not isinstance(found, bool) and 0 <= found <= MAX_IDLE_MINUTES:
        return found
    return IDLE_MINUTES


def _place() -> Path:
    from platformdirs import user_config_path

    return user_config_path("fichaat", appauthor=False) / _FILE
