"""Databases for tests: one is migrated, the others are copies of it."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from fichaat.application.ports import Argon2Cost
from fichaat.storage import schema
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


def cheap_keys() -> LocalKeyWrapper:
    """The program's own key wrapper, with a passphrase that costs nothing to guess."""
    return LocalKeyWrapper(cost=Argon2Cost(memory_kib=8, passes=1, lanes=1))
