"""Databases for tests: one is migrated, the others are copies of it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from fichaat.application.ports.slots import Argon2Cost
from fichaat.storage import schema
from fichaat.storage.store import SqlStore
from fichaat.trust.key_slots import LocalKeyWrapper

KEY = bytes(range(32))
PASSPHRASE = "frase de acceso de prueba"
RECOVERY = "ábaco ábaco ábaco ábaco ábaco ábaco ábaco ábaco ábaco ábaco ábaco abierto"


@cache
def _template() -> bytes:
    folder = Path(mkdtemp(prefix="fichaat-plantilla-"))
    path = folder / "fichaat.db"
    try:
        schema.make(path, KEY)
        return path.read_bytes()
    finally:
        shutil.rmtree(folder)


def new_database(folder: Path) -> Path:
    """A new, empty database of the present schema."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "fichaat.db"
    path.write_bytes(_template())
    return path


@contextmanager
def empty_store() -> Iterator[SqlStore]:
    """A new database, opened, in a folder that goes with it."""
    with TemporaryDirectory(prefix="fichaat-") as folder:
        store = SqlStore(new_database(Path(folder)), KEY)
        try:
            yield store
        finally:
            store.close()


def cheap_keys() -> LocalKeyWrapper:
    """The program's own key wrapper, with a passphrase that costs nothing to guess."""
    return LocalKeyWrapper(cost=Argon2Cost(memory_kib=8, passes=1, lanes=1))
