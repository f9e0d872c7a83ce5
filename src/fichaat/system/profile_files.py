"""The two files that make a folder a data folder, looked for before anything heavy is loaded, and
the folder beside them.
"""

from pathlib import Path
from typing import Final

DATABASE: Final = "fichaat.db"
SLOTS: Final = "ranuras.json"
RECEIVED: Final = "recibidos"
"""Folder of the files that were imported, as they came."""


def has_profile(folder: Path) -> bool:
    """Whether there is a complete profile to open; a folder that cannot be read has none."""
    try:
        return (folder / DATABASE).exists() and (folder / SLOTS).exists()
    except OSError:
        return False
