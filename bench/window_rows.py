"""The window: its first picture, *Inicio*, memory; each side is a process of its own.

Floor: the same libraries with an empty QMainWindow of the same size, from the start of the process
to its first picture. *Inicio* is measured from the moment the passphrase has given its key (its
cost is a decision, not a delay) to the page with everything on it; what the gate loads while the
passphrase is typed is loaded before. The platform is "offscreen": no screen is waited for.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench import fichas, search_rows
from bench.harness import MEGABYTES, Case, Side, timed
from bench.places import KEY, PROFILE, Workshop, database_of
from fichaat.application.installation import Installation
from fichaat.application.profiles import NewProfile, found_profile
from fichaat.bootstrap import Program
from fichaat.storage.store import SqlStore
from fichaat.system.settings import Settings
from fichaat.trust.age_key import create_age_identity
from fichaat.trust.device_key import LocalDeviceKey, create_device_key

_FICHAS = 10_000
_LISTED = 100_000
_MAY_GROW = 150e6
"""Bytes that the list of 100,000 fichas may take beside the window itself."""

_CHILD = "bench.window_child"
_EMPTY = "empty QMainWindow"
_TABLE = "every row in memory"
_FORM = "the same controls, Qt alone"


def window(work: Workshop, *, full: bool) -> Iterator[Case]:  # noqa: ARG001  # one size each
    environ = environ_of(work)
    yield Case(
        "first paint of the gate",
        1.3,
        {_EMPTY: _process(environ, "empty"), _FORM: _process(environ, "form")},
        _process(environ, "gate", _data_folder(work)),
        rounds=7,
        calls=3,
        informs=(_FORM,),
    )
    here = _own(work)
    fichas.seal_many(here, _FICHAS)
    here.store.close()
    yield Case(
        f"Inicio usable, {_FICHAS:,} fichas",
        3,
        {_EMPTY: _process(environ, "empty")},
        told(environ, "inicio", database_of(here)),
        rounds=5,
        calls=3,
    )
    empty, listed = told(environ, "empty-memory"), _listed(work)
    yield Case(
        f"first paint of the list, {_LISTED:,} fichas",
        0.2,
        {_TABLE: told(environ, "table", listed)},
        told(environ, "lista", listed),
        rounds=5,
        calls=3,
    )
    yield Case(
        f"memory, list of {_LISTED:,} fichas",
        1,
        {f"{_EMPTY} + 150 MB": lambda: empty() + _MAY_GROW},
        told(environ, "memory", listed),
        rounds=3,
        unit=MEGABYTES,
    )


def environ_of(work: Workshop) -> dict[str, str]:
    """An account of its own, without a screen."""
    home = str(work.new_path(""))
    own = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"), home)
    return {**os.environ, **own, "QT_QPA_PLATFORM": "offscreen"}


def _process(environ: dict[str, str], *argv: str | Path) -> Side:
    return lambda: timed(lambda: _run(environ, *argv))


def told(environ: dict[str, str], *argv: str | Path, module: str = _CHILD) -> Side:
    """What the process itself measures."""
    return lambda: float(_run(environ, *argv, module=module))


def _run(environ: dict[str, str], *argv: str | Path, module: str = _CHILD) -> bytes:
    return subprocess.run(
        [sys.executable, "-m", module, *map(str, argv)],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    ).stdout


def _data_folder(work: Workshop) -> Path:
    """A real one: the gate asks for its passphrase."""
    folder = work.new_path("")
    wanted = NewProfile(
        PROFILE.rol, PROFILE.region, None, PROFILE.nombre, PROFILE.cargo, PROFILE.entidad
    )
    Program(Settings()).create(folder, wanted, "una frase para medir")
    return folder


def _own(work: Workshop) -> Installation:
    """An installation whose database holds its profile and its device key."""
    other = work.installation()
    path = database_of(other)
    other.store.close()
    stored = create_device_key(other.clock.now())
    here = Installation(
        SqlStore(path, KEY),
        PROFILE,
        LocalDeviceKey(stored),
        other.clock,
        other.ids,
        other.territorio,
        other.app,
    )
    with here.store.write() as tx:
        found_profile(tx, PROFILE, stored, create_age_identity(), here.ids.new_id())
    return here


def _listed(work: Workshop) -> Path:
    """A list of that many fichas, without their records: no list looks at one."""
    filled = search_rows.listed(work, _LISTED)
    filled.store.close()
    here = _own(work)
    here.store.close()
    path = work.new_path()
    shutil.copy(database_of(filled), path)
    _copy_profile(database_of(here), path)
    return path


def _copy_profile(source: Path, target: Path) -> None:
    from fichaat.storage.engine import connect

    rows = connect(source, KEY).execute("SELECT key, value FROM settings").fetchall()
    connection = connect(target, KEY)
    connection.executemany("INSERT OR REPLACE INTO settings VALUES (?, ?)", rows)
    connection.close()
