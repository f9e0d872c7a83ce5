"""Data folders that cannot be opened as they are: a sentence, and not a byte is changed."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from fichaat.storage.data_folder import DataFolder
from fichaat.storage.engine import connect
from fichaat.storage.slots import read_slots, unlock
from fichaat.trust.key_slots import LocalKeyWrapper
from tests.support.fault_stage import (
    OWN_FILES,
    SEAL,
    Operation,
    Stage,
    files,
    look,
    told,
)
from tests.support.program import PASSPHRASE, Machine, clean_environ
from tests.support.strace import killed_at, process_environ

pytestmark = pytest.mark.faults

_COMMANDS: tuple[tuple[str, ...], ...] = (
    ("ficha", "listar"),
    ("datos", "comprobar"),
    ("ficha", "sellar", "--todo"),
)


@pytest.fixture
def stage(stages: Callable[[Operation], Stage]) -> Stage:
    return stages(SEAL)


@pytest.fixture
def machine(stage: Stage, tmp_path: Path) -> Machine:
    """A data folder with sealed fichas and drafts."""
    return stage.case(tmp_path / "caso")


def _bytes(machine: Machine) -> dict[str, bytes]:
    """Everything in a data folder but what the lock and the log of the program write."""
    return {
        name: (machine.folder / name).read_bytes()
        for name in files(machine.folder)
        if name != "fichaat.lock" and not name.startswith("registro/")
    }


def _demand_refused(machine: Machine, code: str, *commands: tuple[str, ...]) -> None:
    before = _bytes(machine)
    for command in commands or _COMMANDS:
        assert told(machine.json(*command)) == code, command
        assert _bytes(machine) == before, command


# --- secrets -------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", ["otra frase larga", "", PASSPHRASE + " ", "ñ" * 9000])
def test_a_wrong_passphrase(machine: Machine, wrong: str) -> None:
    machine.clave.write_text(wrong + "\n", encoding="utf-8")
    _demand_refused(machine, "storage.wrong_passphrase")


def test_a_wrong_recovery_code(machine: Machine, tmp_path: Path) -> None:
    words = tmp_path / "palabras.txt"
    machine.clave.write_text("una frase nueva\n", encoding="utf-8")
    words.write_text(" ".join(LocalKeyWrapper().new_recovery_code()), encoding="utf-8")
    command = ("perfil", "abrir", "--recuperacion", str(words))
    _demand_refused(machine, "storage.wrong_recovery", command)
    words.write_text("una dos tres", encoding="utf-8")
    _demand_refused(machine, "trust.recovery_code", command)


# --- versions ------------------------------------------------------------------------------------


def _key(machine: Machine) -> bytes:
    slots = read_slots(machine.folder / "ranuras.json")
    return unlock(slots, LocalKeyWrapper(), passphrase=PASSPHRASE)


def _run_sql(machine: Machine, sql: str) -> None:
    with closing(connect(machine.folder / "fichaat.db", _key(machine))) as connection:
        connection.execute(sql)


@pytest.mark.parametrize("version", ["0002", "9999", "a1b2"])
def test_a_newer_schema(machine: Machine, version: str) -> None:
    _run_sql(machine, f"UPDATE alembic_version SET version_num = '{version}'")
    _demand_refused(machine, "storage.newer_schema")


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM alembic_version",
        "DROP TABLE alembic_version",
        "DELETE FROM settings",
        "UPDATE settings SET value = '{}' WHERE key = 'profile'",
    ],
)
def test_a_database_that_no_version_of_the_program_made(machine: Machine, sql: str) -> None:
    _run_sql(machine, sql)
    for command in _COMMANDS:
        told(machine.json(*command))


# --- key slots -----------------------------------------------------------------------------------

_SLOT = {
    "version": 1,
    "kind": "passphrase",
    "argon2": {"memory_kib": 8, "passes": 1, "lanes": 1},
    "salt": "AAAAAAAAAAAAAAAAAAAAAA==",
    "nonce": "AAAAAAAAAAAAAAAA",
    "wrapped": "A" * 64,
}


def _slots(**changes: Any) -> bytes:  # noqa: ANN401  # any JSON value
    return json.dumps({"version": 1, "slots": [{**_SLOT, **changes}]}).encode()


def _cost(memory_kib: Any, passes: Any, lanes: Any) -> bytes:  # noqa: ANN401  # any JSON value
    return _slots(argon2={"memory_kib": memory_kib, "passes": passes, "lanes": lanes})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 600,
        b"\xff\xfe garbage",
        b"null",
        b"[]",
        b'{"version": 1, "slots": []}',
        b'{"version": "1", "slots": []}',
        b'{"version": -1}',
        b"[" * 90_000,
        b'{"version": 1, "slots": [' + b"[" * 90_000,
        json.dumps({"version": 1, "slots": [_SLOT] * 17}).encode(),
        b" " * 200_000 + _slots(),
        _slots(more=1),
        _slots(kind="recovery"),
        _slots(kind="other"),
        _slots(version=2),
        _slots(argon2=None),
        _slots(salt=""),
        _slots(salt="?"),
        _slots(wrapped="A" * 60_000),
        _cost(2**40, 1, 1),
        _cost(8, 2**31, 1),
        _cost(8, 0, 1),
        _cost(0, 1, 0),
        _cost(-8, -1, -1),
        _cost(1e300, 1, 1),
        _cost(True, 1, 1),
        _cost(256 * 1024 + 1, 16, 16),
    ],
    ids=range(28),
)
def test_hostile_slots(machine: Machine, data: bytes) -> None:
    (machine.folder / "ranuras.json").write_bytes(data)
    begun = time.monotonic()
    _demand_refused(machine, "trust.key_slot", ("ficha", "listar"))
    assert time.monotonic() - begun < 5


def test_slots_of_a_newer_program(machine: Machine) -> None:
    (machine.folder / "ranuras.json").write_bytes(b'{"version": 2, "other": {}}')
    _demand_refused(machine, "storage.newer_schema")


def test_slots_cut_anywhere(machine: Machine) -> None:
    slots = machine.folder / "ranuras.json"
    whole = slots.read_bytes()
    for size in range(0, len(whole.rstrip()) - 1, 23):
        slots.write_bytes(whole[:size])
        _demand_refused(machine, "trust.key_slot", ("ficha", "listar"))


def test_slots_with_a_changed_byte(machine: Machine) -> None:
    """Whatever still looks like a slot is authenticated."""
    slots = machine.folder / "ranuras.json"
    whole = slots.read_bytes()
    codes = set()
    for place in range(0, len(whole), 7):
        if chr(whole[place]).isspace():
            continue
        slots.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        answer = machine.json("ficha", "listar")
        codes.add("" if answer.code == 0 else told(answer))
    # Not of the passphrase's slot, or bits of base64 that stand for nothing: it opens.
    assert codes == {"", "storage.wrong_passphrase", "trust.key_slot"}


def test_slots_that_are_not_there(machine: Machine) -> None:
    (machine.folder / "ranuras.json").unlink()
    _demand_refused(machine, "storage.files_missing", *_COMMANDS, ("perfil", "crear", *_PROFILE))


_PROFILE = (
    "--rol=especialista", "--region=05", "--nombre=Otra", "--cargo=Otra", "--entidad=Otra",
)  # fmt: skip


# --- the database file ---------------------------------------------------------------------------


def _plain(path: Path) -> None:
    import sqlite3

    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
        connection.commit()


_HURT: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "one byte": lambda path: path.write_bytes(b"\0"),
    "half a page": lambda path: path.write_bytes(path.read_bytes()[:2048]),
    "one page": lambda path: path.write_bytes(path.read_bytes()[:4096]),
    "garbage": lambda path: path.write_bytes(bytes(range(256)) * 600),
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "plain": _plain,
}


@pytest.mark.parametrize("hurt", _HURT.values(), ids=list(_HURT))
def test_a_database_that_is_none(machine: Machine, hurt: Callable[[Path], object]) -> None:
    hurt(machine.folder / "fichaat.db")
    _demand_refused(machine, "storage.corrupt")


def test_a_database_cut_in_the_middle(machine: Machine) -> None:
    database = machine.folder / "fichaat.db"
    database.write_bytes(database.read_bytes()[: database.stat().st_size // 2])
    for command in (("ficha", "listar"), ("ficha", "sellar", "--todo")):
        answer = machine.json(*command)
        assert answer.code == 0 or told(answer) == "storage.corrupt"
    assert machine.json("datos", "comprobar").code == 1


def test_a_database_of_another_profile(
    machine: Machine, stages: Callable[[Operation], Stage]
) -> None:
    from tests.support.fault_stage import EXPORT

    other = stages(EXPORT).root / "inicio" / "datos" / "fichaat.db"
    shutil.copy(other, machine.folder / "fichaat.db")
    _demand_refused(machine, "storage.corrupt")


def test_a_database_that_is_not_there(machine: Machine) -> None:
    (machine.folder / "fichaat.db").unlink()
    _demand_refused(machine, "storage.files_missing", *_COMMANDS, ("perfil", "crear", *_PROFILE))


def test_folders_where_files_should_be(machine: Machine) -> None:
    for name in ("fichaat.db", "ranuras.json"):
        kept = machine.folder / f"{name}.guardado"
        (machine.folder / name).rename(kept)
        (machine.folder / name).mkdir()
        for command in _COMMANDS:
            told(machine.json(*command))
        (machine.folder / name).rmdir()
        kept.rename(machine.folder / name)
    look(machine)


def test_a_file_where_the_data_folder_should_be(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.folder.write_bytes(b"x")
    for command in (*_COMMANDS, ("perfil", "crear", *_PROFILE)):
        told(machine.json(*command))
    assert machine.folder.read_bytes() == b"x"


# --- the log of the database ---------------------------------------------------------------------


@pytest.fixture
def killed(stage: Stage, machine: Machine) -> Machine:
    """Killed after the commit, before the log was folded into the database."""
    at = [point for point in stage.points if point.file == "datos/fichaat.db"]
    first = min(point for point in at if point.call == "pwrite64")
    assert killed_at(machine, first, *stage.argv(machine)).killed
    assert (machine.folder / "fichaat.db-wal").stat().st_size > 0
    return machine


def test_a_log_brings_back_what_was_sealed(stage: Stage, killed: Machine) -> None:
    assert look(killed) == stage.after
    assert files(killed.folder) == OWN_FILES


@pytest.mark.parametrize("shm", [b"", b"\0", b"\xff" * 32768, bytes(range(256)) * 200])
def test_the_index_of_the_log_is_made_anew(stage: Stage, killed: Machine, shm: bytes) -> None:
    (killed.folder / "fichaat.db-shm").write_bytes(shm)
    assert look(killed) == stage.after


def test_without_its_log_the_database_is_as_before(stage: Stage, killed: Machine) -> None:
    for log in ("-wal", "-shm"):
        (killed.folder / f"fichaat.db{log}").unlink()
    assert look(killed) == stage.before


def test_a_log_of_garbage_counts_for_nothing(stage: Stage, killed: Machine) -> None:
    log = killed.folder / "fichaat.db-wal"
    for garbage in (b"\0", b"x" * 5000, bytes(range(256)) * 100):
        log.write_bytes(garbage)
        assert look(killed) == stage.before


def test_a_log_cut_or_changed_counts_up_to_there(stage: Stage, killed: Machine) -> None:
    """Never a mixture: what was committed whole counts, or nothing of it."""
    whole = (killed.folder / "fichaat.db-wal").read_bytes()
    database = (killed.folder / "fichaat.db").read_bytes()
    size = len(whole)
    for place in (0, 8, 16, 31, 32, 40, 56, size // 3, size // 2, size - 2000, size - 1):
        changed = whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :]
        for log in (whole[:place], changed):
            (killed.folder / "fichaat.db").write_bytes(database)
            (killed.folder / "fichaat.db-shm").unlink(missing_ok=True)
            (killed.folder / "fichaat.db-wal").write_bytes(log)
            assert look(killed) in (stage.before, stage.after), place


# --- a second program ----------------------------------------------------------------------------

_HOLD = """
import sys
from pathlib import Path
from fichaat.bootstrap import Program
from fichaat.system.settings import Settings
with Program(Settings()).open(Path(sys.argv[1]), sys.argv[2]):
    print("open", flush=True)
    sys.stdin.read()
"""


@contextmanager
def _holder(machine: Machine) -> Iterator["subprocess.Popen[str]"]:
    """Another process that has the data folder open."""
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(machine.folder), PASSPHRASE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**clean_environ(), **process_environ(machine)},
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def test_a_second_program_is_told_so(machine: Machine, stage: Stage) -> None:
    with _holder(machine):
        for command in (*_COMMANDS, ("perfil", "clave", "--nueva", str(machine.clave))):
            assert told(machine.json(*command)) == "storage.in_use"
        process = machine.process("ficha", "listar")
        assert process.code == 1
        assert "El programa ya usa esta carpeta" in process.err
    assert look(machine) == stage.before


def test_a_killed_program_hinders_nobody(machine: Machine, stage: Stage) -> None:
    with _holder(machine) as process:
        process.kill()
        process.wait()
        assert (machine.folder / "fichaat.lock").exists()
        assert look(machine) == stage.before


def test_the_lock_of_one_folder_is_for_all_who_name_it(machine: Machine, tmp_path: Path) -> None:
    link = tmp_path / "atajo"
    link.symlink_to(machine.folder)
    with _holder(machine):
        keys = LocalKeyWrapper()
        with pytest.raises(Exception, match=r"storage\.in_use"):
            DataFolder(link, keys).open(passphrase=PASSPHRASE)
