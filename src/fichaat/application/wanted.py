"""What the window is opened with. Nothing heavy is imported here: the window is waiting."""

from pathlib import Path
from typing import Final, NamedTuple

BUNDLE_SUFFIX: Final = ".fichaat"
"""How the name of every bundle ends."""


class WindowWanted(NamedTuple):
    """What was said when the program was started."""

    folder: str | None = None
    """The data folder that was named."""
    bundles: tuple[Path, ...] = ()
    """Files to preview."""


class KnownFolder(NamedTuple):
    """A data folder on this machine that has a profile."""

    path: Path
    kind: str
    """"cuenta" (of the account), "practica" or "otra"."""
    opened: str | None = None
    """Day (ISO) on which the window last opened it."""
