"""Where a run works: a temporary folder on a real disk, data folders and bare databases in it."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

from fichaat.application.installation import Installation
from fichaat.application.ports.rows import Profile
from fichaat.application.recorder import CHAIN_PREVIOUS_SETTING, CHAIN_SETTING
from fichaat.domain.rol import Rol
from fichaat.storage.engine import connect
from fichaat.storage.schema import make
from fichaat.storage.store import SqlStore
from fichaat.system.clock import LimaClock
from fichaat.system.ids import Uuid7Ids
from fichaat.system.territorio_file import load_territorio
from fichaat.trust.device_key import LocalDeviceKey, create_device_key

KEY = bytes(range(32))
PLAIN = "SQLite"
CIPHER = "SQLCipher"

_MEMORY = frozenset({"tmpfs", "ramfs"})
PROFILE = Profile(
    Rol.ESPECIALISTA,
    "05",
    None,
    "Marleni Ñahui Inventado",
    "Especialista en articulación",
    "Gobierno Regional de Ayacucho",
)


class Workshop:
    """Everything that rows share: the folder, an empty database to copy, numbered names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made = 0
        self._empty = folder / "vacia.db"
        make(self._empty, KEY)

    def new_path(self, suffix: str = ".db") -> Path:
        self._made += 1
        return self.folder / f"{self._made:04d}{suffix}"

    def installation(self, base: Path | None = None) -> Installation:
        """A new laptop, or one that stands on a copy of another's database."""
        path = self.new_path()
        shutil.copy(base or self._empty, path)
        here = Installation(
            SqlStore(path, KEY),
            PROFILE,
            LocalDeviceKey(create_device_key(LimaClock().now())),
            LimaClock(),
            Uuid7Ids(),
            load_territorio(),
            "1.0.0",
        )
        with here.store.write() as tx:
            tx.set_setting(CHAIN_SETTING, here.ids.new_id())
            tx.set_setting(CHAIN_PREVIOUS_SETTING, "")
        return here

    def bare(self, label: str, path: Path | None = None) -> Any:  # noqa: ANN401  # of either library
        """An empty database of the library alone, told what the program tells its own."""
        path = path or self.new_path()
        if label == CIPHER:
            return connect(path, KEY, create=True)
        connection = sqlite3.connect(path, isolation_level=None)
        for pragma in (
            "synchronous = FULL",
            "foreign_keys = ON",
            "cache_size = -65536",
            "journal_mode = WAL",
        ):
            connection.execute(f"PRAGMA {pragma}").fetchone()
        return connection


def database_of(here: Installation) -> Path:
    """The file of an installation that `Workshop.installation` made."""
    store = here.store
    assert isinstance(store, SqlStore)
    return store._path


@contextmanager
def workshop(folder: Path | None) -> Iterator[Workshop]:
    """A folder that goes when the run ends.

    Raises:
        SystemExit: the folder is kept in memory, where a commit costs nothing.
    """
    base = folder or Path(gettempdir())
    if _file_system(base) in _MEMORY:
        raise SystemExit(f"{base} is kept in memory; name another with --folder")
    with TemporaryDirectory(prefix="fichaat-bench-", dir=base) as name:
        yield Workshop(Path(name))


def _file_system(folder: Path) -> str:
    """The kind of file system below a folder, where Linux tells."""
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return ""
    held = folder.resolve()
    found = ""
    longest = -1
    for line in mounts.read_text().splitlines():
        _, place, kind = line.split()[:3]
        if held.is_relative_to(place) and len(place) > longest:
            found, longest = kind, len(place)
    return found
