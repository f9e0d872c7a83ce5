"""Data folders: making, opening, re-keying, and every way in which that can be interrupted."""

import errno
import json
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from fichaat.application.ports.slots import RegionSlot
from fichaat.domain.errors import UserFacingError
from fichaat.storage import data_folder, files, schema, slots
from fichaat.storage.data_folder import DataFolder
from fichaat.storage.store import SqlStore
from fichaat.storage.transaction import SqlTransaction
from fichaat.trust.words import recovery_words
from tests.support.databases import PASSPHRASE, RECOVERY, cheap_keys

ROOT = Path(__file__).resolve().parents[2]
OTHER_RECOVERY = " ".join(recovery_words(bytes(range(16))))


def folder(path: Path) -> DataFolder:
    return DataFolder(path, cheap_keys())


def found(tx: SqlTransaction) -> None:
    tx.set_setting("profile", "{}")


def make(path: Path) -> DataFolder:
    made = folder(path)
    made.create(PASSPHRASE, RECOVERY, found).close()
    return made


def code_of(error: pytest.ExceptionInfo[UserFacingError]) -> str:
    return error.value.code


def test_a_folder_is_made_once_and_opened_with_either_secret(tmp_path: Path) -> None:
    path = tmp_path / "Mis datos ñ 100%" / "Perfil"
    made = folder(path)
    assert not made.exists()
    with pytest.raises(UserFacingError) as caught:
        made.open(passphrase=PASSPHRASE)
    assert code_of(caught) == "storage.missing"
    store = made.create(PASSPHRASE, RECOVERY, found)
    with store.write() as tx:
        tx.set_setting("a", "b")
    store.close()
    assert made.exists()
    assert sorted(p.name for p in path.iterdir() if p.suffix != ".lock") == [
        "fichaat.db",
        "ranuras.json",
    ]
    for passphrase, recovery in ((PASSPHRASE, None), (None, RECOVERY.upper())):
        store = folder(path).open(passphrase=passphrase, recovery=recovery)
        with store.read() as reader:
            assert (reader.setting("a"), reader.setting("profile")) == ("b", "{}")
        store.close()
    with pytest.raises(UserFacingError) as caught:
        made.create("otra", RECOVERY)
    assert code_of(caught) == "storage.exists"
    assert PASSPHRASE not in (path / "ranuras.json").read_text()


@pytest.mark.parametrize(
    ("passphrase", "recovery", "code"),
    [
        ("otra", None, "storage.wrong_passphrase"),
        ("", None, "storage.wrong_passphrase"),
        (None, "ábaco " * 12, "trust.recovery_code"),
        (None, OTHER_RECOVERY, "storage.wrong_recovery"),
        (None, None, "storage.no_secret"),
    ],
)
def test_a_wrong_secret_opens_nothing(
    tmp_path: Path, passphrase: str | None, recovery: str | None, code: str
) -> None:
    made = make(tmp_path)
    with pytest.raises(UserFacingError) as caught:
        made.open(passphrase=passphrase, recovery=recovery)
    assert code_of(caught) == code
    made.open(passphrase=PASSPHRASE).close()


def test_the_passphrase_changes_in_one_step(tmp_path: Path) -> None:
    made = make(tmp_path)
    with pytest.raises(UserFacingError):
        made.change_passphrase("nueva", passphrase="otra")
    made.change_passphrase("nueva", passphrase=PASSPHRASE)
    with pytest.raises(UserFacingError):
        made.open(passphrase=PASSPHRASE)
    made.open(passphrase="nueva").close()
    made.change_passphrase("tercera", recovery=RECOVERY)
    store = made.open(passphrase="tercera")
    made.change_passphrase("cuarta", passphrase="tercera")  # while it is open here
    store.close()
    made.open(passphrase="cuarta").close()
    made.open(recovery=RECOVERY).close()


def test_one_program_per_folder(tmp_path: Path) -> None:
    store = make(tmp_path).open(passphrase=PASSPHRASE)
    with pytest.raises(UserFacingError) as caught:
        folder(tmp_path).open(passphrase=PASSPHRASE)
    assert code_of(caught) == "storage.in_use"
    with pytest.raises(UserFacingError) as caught:
        folder(tmp_path).change_passphrase("x", passphrase=PASSPHRASE)
    assert code_of(caught) == "storage.in_use"
    store.close()
    folder(tmp_path).open(passphrase=PASSPHRASE).close()


def test_a_wrong_passphrase_lets_go_of_the_folder(tmp_path: Path) -> None:
    made = make(tmp_path)
    with pytest.raises(UserFacingError):
        made.open(passphrase="otra")
    folder(tmp_path).open(passphrase=PASSPHRASE).close()


def test_a_killed_program_hinders_nobody(tmp_path: Path) -> None:
    make(tmp_path)
    program = """
        import os, sys
        from pathlib import Path
        from tests.support.databases import PASSPHRASE, cheap_keys
        from fichaat.storage.data_folder import DataFolder
        store = DataFolder(Path(sys.argv[1]), cheap_keys()).open(passphrase=PASSPHRASE)
        with store.write() as tx:
            tx.set_setting("kept", "yes")
        context = store.write()
        tx = context.__enter__()
        tx.set_setting("lost", "yes")
        os.kill(os.getpid(), 9)
    """
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        check=False,
    )
    assert run.returncode != 0
    assert (tmp_path / "fichaat.lock").exists()
    store = folder(tmp_path).open(passphrase=PASSPHRASE)
    with store.read() as reader:
        assert (reader.setting("kept"), reader.setting("lost")) == ("yes", None)
    store.close()


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EROFS, "storage.read_only"),
        (errno.EACCES, "storage.read_only"),
        (errno.ENOSPC, "storage.no_space"),
        (errno.EIO, "storage.io"),
    ],
)
def test_a_folder_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    made = make(tmp_path / "hecho")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("filelock.FileLock.acquire", refuse)
    # Who only opens has nothing to save.
    opening = "storage.no_space_to_read" if number == errno.ENOSPC else code
    for use, said in (
        (lambda: made.open(passphrase=PASSPHRASE), opening),
        (lambda: folder(tmp_path / "nuevo").create(PASSPHRASE, RECOVERY), code),
        (lambda: made.change_passphrase("x", passphrase=PASSPHRASE), code),
    ):
        with pytest.raises(UserFacingError) as caught:
            use()
        assert code_of(caught) == said


@pytest.mark.parametrize("lost", ["fichaat.db", "ranuras.json"])
def test_half_a_profile_is_never_written_over(tmp_path: Path, lost: str) -> None:
    made = make(tmp_path)
    (tmp_path / lost).unlink()
    left = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(UserFacingError) as caught:
        made.open(passphrase=PASSPHRASE)
    assert code_of(caught) == "storage.files_missing"
    with pytest.raises(UserFacingError) as caught:
        made.create(PASSPHRASE, RECOVERY)
    assert code_of(caught) == "storage.files_missing"
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == left


@pytest.mark.parametrize("data", [b"", b"\0" * 5000])
def test_an_emptied_database_is_damaged_not_new(tmp_path: Path, data: bytes) -> None:
    made = make(tmp_path)
    (tmp_path / "fichaat.db").write_bytes(data)
    with pytest.raises(UserFacingError) as caught:
        made.open(passphrase=PASSPHRASE)
    assert code_of(caught) == "storage.corrupt"
    assert (tmp_path / "fichaat.db").read_bytes() == data


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "trust.key_slot"),
        (b"{", "trust.key_slot"),
        (b"[]", "trust.key_slot"),
        (b'{"version": 1, "slots": []}', "trust.key_slot"),
        (b'{"version": 1, "slots": [{}]}', "trust.key_slot"),
        (b'{"version": 2, "whatever": 1}', "storage.newer_schema"),
        (b"\xff\xfe", "trust.key_slot"),
        (b"[" * 90_000, "trust.key_slot"),
    ],
)
def test_a_damaged_slots_file(tmp_path: Path, data: bytes, code: str) -> None:
    made = make(tmp_path)
    (tmp_path / "ranuras.json").write_bytes(data)
    with pytest.raises(UserFacingError) as caught:
        made.open(passphrase=PASSPHRASE)
    assert code_of(caught) == code


def test_an_altered_slot_opens_nothing(tmp_path: Path) -> None:
    made = make(tmp_path)
    path = tmp_path / "ranuras.json"
    sound = json.loads(path.read_bytes())
    for field, value in (
        ("wrapped", "A" * 64),
        ("salt", "A" * 22 + "=="),
        ("argon2", {"memory_kib": 2**40, "passes": 1, "lanes": 1}),
        ("kind", "recovery"),
        ("version", 9),
    ):
        altered = json.loads(json.dumps(sound))
        altered["slots"][0][field] = value
        path.write_text(json.dumps(altered))
        with pytest.raises(UserFacingError) as caught:
            made.open(passphrase=PASSPHRASE)
        assert code_of(caught) in ("storage.wrong_passphrase", "trust.key_slot")


class Killed(BaseException):
    """The process ends here; nothing is cleaned up after it."""


STEPS = (
    (data_folder, "new_slots"),
    (schema, "make"),
    (SqlStore, "__init__"),
    (data_folder, "flush"),
    (data_folder, "write_slots"),
    (Path, "replace"),
)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(("place", "name"), STEPS)
def test_an_interrupted_creation_can_be_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: object, name: str, *, after: bool
) -> None:
    real = getattr(place, name)

    def dies(*args: object, **kwargs: object) -> object:
        if after:
            real(*args, **kwargs)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(place, name, dies)
        with pytest.raises(Killed):
            folder(tmp_path).create(PASSPHRASE, RECOVERY, found)
    again = folder(tmp_path)
    store = (
        again.open(passphrase=PASSPHRASE)
        if again.exists()
        else again.create(PASSPHRASE, RECOVERY, found)
    )
    with store.read() as reader:
        assert reader.setting("profile") == "{}"
    store.close()
    assert not (tmp_path / "fichaat.db.nueva").exists()


def test_a_profile_that_is_refused_leaves_nothing_to_open(tmp_path: Path) -> None:
    def refuses(tx: SqlTransaction) -> None:
        raise UserFacingError("perfil.text_required", campo="nombre", maximo=300)

    with pytest.raises(UserFacingError):
        folder(tmp_path).create(PASSPHRASE, RECOVERY, refuses)
    assert not folder(tmp_path).exists()
    make(tmp_path)


@pytest.mark.skipif(shutil.which("mount") is None or os.name == "nt", reason="needs tmpfs")
def test_a_full_disk_leaves_the_old_state(tmp_path: Path) -> None:
    small = tmp_path / "pequeno"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(small)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("no right to mount")
    try:
        store = make(small / "datos").open(passphrase=PASSPHRASE)
        with store.write() as tx:
            tx.set_setting("a", "b")
        for number in range(3):
            with pytest.raises(UserFacingError) as caught, store.write() as tx:  # noqa: PT012
                tx.set_setting("a", "c")
                for part in range(40):
                    tx.add_blob(f"{number}-{part}", os.urandom(100_000))
            assert code_of(caught) == "storage.no_space"
        with store.read() as reader:
            assert reader.setting("a") == "b"
        store.close()
        store = folder(small / "datos").open(passphrase=PASSPHRASE)
        with store.write() as tx:
            tx.set_setting("a", "d")
        store.close()
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_putting_aside_never_writes_over(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / "f").write_text(str(number))
        files.move_aside(tmp_path / "f", tmp_path / "aparte")
    files.move_aside(tmp_path / "f", tmp_path / "aparte")
    assert sorted(p.read_text() for p in (tmp_path / "aparte").iterdir()) == ["0", "1", "2"]


def test_slots_are_written_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make(tmp_path)
    before = (tmp_path / "ranuras.json").read_bytes()

    def full(*_: object, **__: object) -> None:
        raise UserFacingError("system.no_space", archivo="ranuras.json", detalle="")

    monkeypatch.setattr(slots, "atomic_write", full)
    with pytest.raises(UserFacingError):
        made.change_passphrase("x", passphrase=PASSPHRASE)
    assert (tmp_path / "ranuras.json").read_bytes() == before
    made.open(passphrase=PASSPHRASE).close()


def test_the_regions_slot_stays_whatever_else_changes(tmp_path: Path) -> None:
    made = make(tmp_path / "datos")
    assert made.region_slot() is None
    keys: list[bytes] = []

    def wrap(key: bytes) -> RegionSlot:
        keys.append(key)
        return RegionSlot("age1x", b"envuelta")

    store = made.open(passphrase=PASSPHRASE)
    opened = made.open_slots(store)
    assert opened.region_recipient() is None
    opened.put_region_slot(wrap)
    assert opened.region_recipient() == "age1x"
    assert not opened.is_region_slot_used()
    made.rekey("otra frase nueva", passphrase=PASSPHRASE)
    # It still opens for who forgets at once; whoever opens the data next makes it anew.
    assert opened.is_region_slot_used()
    opened.put_region_slot(wrap)
    assert not opened.is_region_slot_used()
    store.close()
    assert made.region_slot() == RegionSlot("age1x", b"envuelta")
    made.open(passphrase="otra frase nueva").close()
    made.open(recovery=RECOVERY).close()
    slot = cheap_keys().wrap_with_recovery(keys[0], OTHER_RECOVERY)
    made.recover("tercera frase", slot, OTHER_RECOVERY)
    made.open(passphrase="tercera frase").close()
    assert made.region_slot() == RegionSlot("age1x", b"envuelta")


@pytest.mark.parametrize(
    ("key", "words", "code"),
    [
        (bytes(32), OTHER_RECOVERY, "storage.corrupt"),
        (None, RECOVERY, "storage.wrong_recovery"),
        (None, "no son", "trust.recovery_code"),
    ],
)
def test_a_foreign_slot_changes_nothing_unless_it_holds_the_key(
    tmp_path: Path, key: bytes | None, words: str, code: str
) -> None:
    made = make(tmp_path / "datos")
    if key is None:
        store = made.open(passphrase=PASSPHRASE)
        key = store.key
        store.close()
    before = (tmp_path / "datos" / "ranuras.json").read_bytes()
    slot = cheap_keys().wrap_with_recovery(key, OTHER_RECOVERY)
    with pytest.raises(UserFacingError) as caught:
        made.recover("frase nueva", slot, words)
    assert code_of(caught) == code
    assert (tmp_path / "datos" / "ranuras.json").read_bytes() == before
    made.open(passphrase=PASSPHRASE).close()
