"""Snapshots, what they cost, which stay, and the way back from one."""

import errno
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from fichaat.application.jobs import CancelToken, no_progress
from fichaat.application.ports.rows import Draft, FichaFilter
from fichaat.domain.errors import UserFacingError
from fichaat.domain.record import sha256_hex
from fichaat.storage import backup as backup_module
from fichaat.storage import data_folder
from fichaat.storage.backup import list_backups, prune
from fichaat.storage.data_folder import DataFolder
from fichaat.storage.store import SqlStore
from tests.support.databases import PASSPHRASE, RECOVERY, cheap_keys
from tests.support.records import FakeDevice, FakeTrust, make_ficha, make_uuid7

LIMA = timezone(timedelta(hours=-5))
NOW = datetime(2026, 11, 20, 12, tzinfo=LIMA)
BLOB = b"escaneo" * 300_000
NEW_CHAIN = make_uuid7("the new chain")


@pytest.fixture
def home(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "datos", cheap_keys())


@pytest.fixture
def device() -> FakeDevice:
    return FakeDevice()


@pytest.fixture
def store(home: DataFolder, device: FakeDevice) -> Iterator[SqlStore]:
    opened = home.create(PASSPHRASE, RECOVERY)
    with opened.write() as tx:
        tx.set_setting("chain", device.chain)
        tx.set_setting("chain_previous", "")
        tx.set_setting("device_certificate", device.certificates[device.device].decode())
        tx.add_records([device.ficha(make_ficha(n)) for n in range(5)], device.certificates)
        tx.add_blob(sha256_hex(BLOB), BLOB)
        tx.put_draft(Draft(make_uuid7("draft"), make_ficha(77), NOW))
        tx.next_numbers(device.chain, 2026, 12)
        tx.put_paper("p", b"%PDF" * 1000)
    yield opened
    opened.close()


def differences(store: SqlStore) -> tuple[tuple[str, str], ...]:
    return store.check(FakeTrust(), no_progress, CancelToken()).differences


def test_a_snapshot_is_small_encrypted_and_has_its_slots(home: DataFolder, store: SqlStore) -> None:
    told: list[tuple[int, int]] = []
    path = store.backup(home.backups, NOW, lambda a, b: told.append((a, b)))
    assert path.name == "fichaat-20261120T170000Z.db"
    assert sorted(p.name for p in home.backups.iterdir()) == [
        "blobs.db",
        "fichaat-20261120T170000Z.db",
        "ranuras-20261120T170000Z.json",
    ]
    assert told == [(1, 1)]
    assert path.stat().st_size < len(BLOB)
    assert b"SQLite format" not in path.read_bytes()
    [found] = list_backups(home.backups)
    assert (found.path, found.instant, found.bytes) == (path, NOW, path.stat().st_size)
    size = (home.backups / "blobs.db").stat().st_size
    second = store.backup(home.backups, NOW, no_progress)
    assert second.name == "fichaat-20261120T170001Z.db"
    assert (home.backups / "blobs.db").stat().st_size == size


def test_restoring_brings_everything_back_in_a_new_chain(
    home: DataFolder, store: SqlStore, device: FakeDevice
) -> None:
    snapshot = store.backup(home.backups, NOW, no_progress)
    with store.write() as tx:
        later = device.ficha(make_ficha(50))
        tx.add_records([later], device.certificates)
    with store.read() as reader:
        records = [item.sha256 for item in reader.records()]
    store.close()
    lost = (home.path / "fichaat.db").read_bytes()
    home.restore(snapshot, NEW_CHAIN, NOW, passphrase=PASSPHRASE)
    restored = home.open(passphrase=PASSPHRASE)
    with restored.read() as reader:
        assert reader.setting("chain") == NEW_CHAIN
        head = reader.chain_head(device.device, device.chain)
        assert head is not None
        assert (head.sequence, reader.setting("chain_previous")) == (5, head.sha256)
        assert {item.sha256 for item in reader.records()} == set(records) - {later.sha256}
        assert reader.blob(sha256_hex(BLOB)) == BLOB
        assert reader.draft(make_ficha(77).codigo) is not None
        assert reader.papers(["p"]) == {}
        assert len(reader.fichas(FichaFilter())) == 5
        assert len(reader.search("sala")) == 5
    with restored.write() as tx:
        assert tx.next_numbers(device.chain, 2026, 1) == 13
        tx.add_records([later], device.certificates)  # comes back from a bundle
    assert differences(restored) == ()
    restored.close()
    [aside] = [path for path in home.path.iterdir() if path.name.startswith("anterior-")]
    assert (aside / "fichaat.db").read_bytes() == lost
    kept = DataFolder(aside, cheap_keys()).open(passphrase=PASSPHRASE)
    with kept.read() as reader:
        assert {item.sha256 for item in reader.records()} == set(records)
    kept.close()


def test_a_snapshot_opens_with_the_passphrase_of_its_day(
    home: DataFolder, store: SqlStore, tmp_path: Path
) -> None:
    snapshot = store.backup(home.backups, NOW, no_progress)
    store.close()
    home.change_passphrase("nueva", passphrase=PASSPHRASE)
    elsewhere = DataFolder(tmp_path / "otro equipo", cheap_keys())
    with pytest.raises(UserFacingError) as caught:
        elsewhere.restore(snapshot, NEW_CHAIN, NOW, passphrase="nueva")
    assert caught.value.code == "storage.wrong_passphrase"
    assert not (tmp_path / "otro equipo").exists()
    elsewhere.restore(snapshot, NEW_CHAIN, NOW, recovery=RECOVERY)
    opened = elsewhere.open(passphrase=PASSPHRASE)
    assert differences(opened) == ()
    opened.close()


def test_a_chain_without_records_hands_on_what_it_followed(
    home: DataFolder, store: SqlStore
) -> None:
    with store.write() as tx:
        tx.set_setting("chain", make_uuid7("unused"))
        tx.set_setting("chain_previous", "ab" * 32)
    snapshot = store.backup(home.backups, NOW, no_progress)
    store.close()
    home.restore(snapshot, NEW_CHAIN, NOW, passphrase=PASSPHRASE)
    restored = home.open(passphrase=PASSPHRASE)
    with restored.read() as reader:
        assert reader.setting("chain_previous") == "ab" * 32
    restored.close()


def test_a_stranger_in_the_same_chain_is_not_the_old_head(
    home: DataFolder, store: SqlStore, device: FakeDevice
) -> None:
    stranger = FakeDevice("other", chain=device.chain, sequence=900, previous="ab" * 32)
    with store.write() as tx:
        tx.add_records([stranger.ficha(make_ficha(60))], stranger.certificates)
    snapshot = store.backup(home.backups, NOW, no_progress)
    store.close()
    home.restore(snapshot, NEW_CHAIN, NOW, passphrase=PASSPHRASE)
    restored = home.open(passphrase=PASSPHRASE)
    with restored.read() as reader:
        assert reader.setting("chain_previous") == device.previous
    restored.close()


def test_an_open_folder_is_not_restored_into(home: DataFolder, store: SqlStore) -> None:
    snapshot = store.backup(home.backups, NOW, no_progress)
    with pytest.raises(UserFacingError) as caught:
        DataFolder(home.path, cheap_keys()).restore(snapshot, NEW_CHAIN, NOW, passphrase=PASSPHRASE)
    assert caught.value.code == "storage.in_use"
    assert differences(store) == ()


@pytest.mark.parametrize("offset", [0, 5000, -1])
def test_a_damaged_snapshot_is_refused_before_anything_moves(
    home: DataFolder, store: SqlStore, offset: int
) -> None:
    snapshot = store.backup(home.backups, NOW, no_progress)
    store.close()
    data = bytearray(snapshot.read_bytes())
    data[offset] ^= 1
    snapshot.write_bytes(data)
    with pytest.raises(UserFacingError) as caught:
        home.restore(snapshot, NEW_CHAIN, NOW, passphrase=PASSPHRASE)
    assert caught.value.code == "storage.snapshot_corrupt"
    opened = home.open(passphrase=PASSPHRASE)
    assert differences(opened) == ()
    opened.close()


@pytest.mark.parametrize("made", [True, False])
def test_a_damaged_snapshot_leaves_nothing_in_a_new_folder(
    tmp_path: Path,
    home: DataFolder,
    store: SqlStore,
    made: bool,  # noqa: FBT001
) -> None:
    snapshot = store.backup(home.backups, NOW, no_progress)
    store.close()
    snapshot.write_bytes(snapshot.read_bytes()[:-1] + b"x")
    fresh = tmp_path / "equipo-nuevo"
    if made:
        fresh.mkdir()
    with pytest.raises(UserFacingError) as caught:
        DataFolder(fresh, cheap_keys()).restore(snapshot, NEW_CHAIN, NOW, passphrase=PASSPHRASE)
    assert caught.value.code == "storage.snapshot_corrupt"
    assert fresh.exists() is made
    assert not made or list(fresh.iterdir()) == []


def test_what_is_no_snapshot(home: DataFolder, store: SqlStore) -> None:
    snapshot = store.backup(home.backups, NOW, no_progress)
    store.close()
    (home.backups / "fichaat-mañana.db").write_bytes(b"")
    (home.backups / "fichaat-20260101T000000Z.db").write_bytes(b"without its slots")
    assert [found.path for found in list_backups(home.backups)] == [snapshot]
    assert list_backups(home.path / "nada") == []
    for wrong in ("fichaat-20260101T000000Z.db", "nada.db", "blobs.db"):
        with pytest.raises(UserFacingError) as caught:
            home.restore(home.backups / wrong, NEW_CHAIN, NOW, passphrase=PASSPHRASE)
        assert caught.value.code == "storage.backup_missing"


def test_two_profiles_do_not_share_a_folder_of_backups(
    home: DataFolder, store: SqlStore, tmp_path: Path
) -> None:
    store.backup(tmp_path / "usb", NOW, no_progress)
    other = DataFolder(tmp_path / "otra", cheap_keys()).create(PASSPHRASE, RECOVERY)
    before = sorted(path.name for path in (tmp_path / "usb").iterdir())
    with pytest.raises(UserFacingError) as caught:
        other.backup(tmp_path / "usb", NOW + timedelta(hours=1), no_progress)
    other.close()
    assert caught.value.code == "storage.backup_foreign"
    assert sorted(path.name for path in (tmp_path / "usb").iterdir()) == before


def test_a_folder_that_cannot_be_written_is_the_one_that_is_named(
    home: DataFolder, store: SqlStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(backup_module, "make_private", refuse)
    for folder, code, params in (
        (tmp_path / "usb", "storage.backup_read_only", {"carpeta": "usb"}),
        (home.backups, "storage.read_only", {}),
    ):
        with pytest.raises(UserFacingError) as refused:
            store.backup(folder, NOW, no_progress)
        assert (refused.value.code, refused.value.params) == (code, params)


def test_older_snapshots_thin_out(home: DataFolder, store: SqlStore) -> None:
    for day in range(0, 40, 2):
        store.backup(home.backups, NOW + timedelta(days=day), no_progress)
    found = [
        item.instant.astimezone(LIMA).date().isoformat() for item in list_backups(home.backups)
    ]
    assert found[0] == "2026-12-28"
    assert 8 <= len(found) <= 14
    assert "2026-11-30" in found
    slots = {path.name[8:-5] for path in home.backups.glob("ranuras-*.json")}
    assert slots == {path.name[8:-3] for path in home.backups.glob("fichaat-*.db")}
    assert prune(home.backups, NOW + timedelta(days=38)) == []


def test_a_reader_and_a_backup_do_not_disturb_each_other(home: DataFolder, store: SqlStore) -> None:
    with store.read() as reader:
        count = reader.record_count()
        store.backup(home.backups, NOW, no_progress)
        assert reader.record_count() == count


class Killed(BaseException):
    """The process ends here; nothing is cleaned up after it."""


@pytest.mark.parametrize("name", ["_write_snapshot", "_write_blobs", "flush", "atomic_write"])
def test_an_interrupted_backup_leaves_no_half_snapshot(
    home: DataFolder, store: SqlStore, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    real = getattr(backup_module, name)

    def dies(*args: object, **kwargs: object) -> None:
        real(*args, **kwargs)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(backup_module, name, dies)
        patched.setattr(backup_module, "discard", lambda _: None)  # the process is gone
        with pytest.raises(Killed):
            store.backup(home.backups, NOW, no_progress)
    assert list_backups(home.backups) == []
    snapshot = store.backup(home.backups, NOW, no_progress)
    store.close()
    home.restore(snapshot, NEW_CHAIN, NOW, passphrase=PASSPHRASE)
    restored = home.open(passphrase=PASSPHRASE)
    assert differences(restored) == ()
    restored.close()


STEPS = (
    (data_folder, "prepare"),
    (data_folder, "copy_file"),
    (data_folder, "move_aside"),
    (data_folder, "write_slots"),
    (Path, "replace"),
    (Path, "rename"),
)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(("place", "name"), STEPS)
def test_an_interrupted_restore_loses_nothing_and_can_be_repeated(
    home: DataFolder,
    store: SqlStore,
    monkeypatch: pytest.MonkeyPatch,
    place: object,
    name: str,
    *,
    after: bool,
) -> None:
    snapshot = store.backup(home.backups, NOW, no_progress)
    with store.read():
        shutil.copy(home.path / "fichaat.db-wal", home.path.parent / "wal")
    store.close()
    shutil.copy(home.path.parent / "wal", home.path / "fichaat.db-wal")  # as a crash leaves it
    before = {path.read_bytes() for path in home.path.glob("fichaat.db*")}
    real = getattr(place, name)

    def dies(*args: object, **kwargs: object) -> object:
        if after:
            real(*args, **kwargs)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(place, name, dies)
        with pytest.raises(Killed):
            home.restore(snapshot, NEW_CHAIN, NOW, passphrase=PASSPHRASE)
    again = DataFolder(home.path, cheap_keys())
    again.restore(snapshot, NEW_CHAIN, NOW + timedelta(seconds=5), passphrase=PASSPHRASE)
    kept = {path.read_bytes() for path in home.path.rglob("anterior-*/fichaat.db*")}
    assert before <= kept | {(home.path / "fichaat.db").read_bytes()}
    restored = again.open(passphrase=PASSPHRASE)
    with restored.read() as reader:
        assert reader.setting("chain") == NEW_CHAIN
    assert differences(restored) == ()
    restored.close()


def test_instants_are_told_in_utc(home: DataFolder, store: SqlStore) -> None:
    store.backup(home.backups, NOW, no_progress)
    assert list_backups(home.backups)[0].instant.tzinfo is UTC
