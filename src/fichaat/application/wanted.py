"""What the window is opened with. Nothing heavy is imported here: the window is waiting."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

BUNDLE_SUFFIX: Final = ".fichaat"
"""How the name of every bundle ends."""


@dataclass(frozen=True, slots=True)
class WindowWanted:
    """What was said when the program was started."""

    folder: str | None = None
    """The data folder that was named."""
    bundles: tuple[Path, ...] = ()
    """Files to preview."""


@dataclass(frozen=True, slots=True)
class KnownFolder:
    """A data folder on this machine that has a profile."""

    path: Path
    kind: str
    """"cuenta" (of the account), "practica" or "otra"."""
    opened: str | None = None
    """Day (ISO) on which the window last opened it."""
