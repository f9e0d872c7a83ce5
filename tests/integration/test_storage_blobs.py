"""The blobs of a backup: away, damaged or of somebody else when it is brought back."""

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from fichaat.application.jobs import CancelToken, no_progress
from fichaat.application.ports.rows import Draft
from fichaat.domain.errors import UserFacingError
from fichaat.domain.firma import Adjunto, Firma, TipoFirma
from fichaat.domain.record import sha256_hex
from fichaat.storage.data_folder import DataFolder
from fichaat.storage.store import SqlStore
from tests.integration.test_storage_backup import NEW_CHAIN, NOW
from tests.support.databases import PASSPHRASE, RECOVERY, cheap_keys
from tests.support.records import FakeDevice, FakeTrust, make_ficha, make_uuid7

SCAN, STROKE, PHOTO = b"escaneo" * 3_000, b"trazo" * 3_000, b"foto" * 3_000
HASHES = tuple(sha256_hex(data) for data in (SCAN, STROKE, PHOTO))


def folder(path: Path) -> DataFolder:
    return DataFolder(path, cheap_keys())


def differences(store: SqlStore) -> tuple[tuple[str, str], ...]:
    return store.check(FakeTrust(), no_progress, CancelToken()).differences


def snapshot_in(usb: Path, home: DataFolder) -> Path:
    """A profile whose record names two blobs and whose draft names a third, and its backup."""
    device = FakeDevice()
    store = home.create(PASSPHRASE, RECOVERY)
    scan, stroke, photo = HASHES
    sealed = msgspec.structs.replace(
        make_ficha(1),
        adjuntos=(Adjunto(scan, "a.pdf", "application/pdf", len(SCAN)),),
        firmas=(Firma(make_uuid7("p"), TipoFirma.TRAZO, blob=stroke),),
    )
    begun = msgspec.structs.replace(
        make_ficha(2), adjuntos=(Adjunto(photo, "a.jpg", "image/jpeg", len(PHOTO)),)
    )
    with store.write() as tx:
        for digest, data in zip(HASHES, (SCAN, STROKE, PHOTO), strict=True):
            tx.add_blob(digest, data)
        tx.add_records([device.ficha(sealed)], device.certificates)
        tx.put_draft(Draft(make_uuid7("draft"), begun, NOW))
    assert differences(store) == ()
    made = store.backup(usb, NOW, no_progress)
    store.close()
    return made


def test_blobs_that_stayed_away_are_counted_and_the_check_names_those_of_records(
    tmp_path: Path,
) -> None:
    home, usb = folder(tmp_path / "a"), tmp_path / "usb"
    snapshot = snapshot_in(usb, home)
    (usb / "blobs.db").unlink()
    other = folder(tmp_path / "b")
    done = other.restore(snapshot, NEW_CHAIN, NOW, passphrase=PASSPHRASE)
    assert (done.aside, done.missing_blobs) == (None, 3)
    store = other.open(passphrase=PASSPHRASE)
    assert differences(store) == tuple(
        ("storage.blob_missing", digest) for digest in sorted(HASHES[:2])
    )
    store.close()


def test_a_whole_backup_misses_nothing_and_tells_where_the_earlier_data_went(
    tmp_path: Path,
) -> None:
    home = folder(tmp_path / "a")
    snapshot = snapshot_in(tmp_path / "usb", home)
    done = home.restore(snapshot, NEW_CHAIN, NOW, passphrase=PASSPHRASE)
    assert done.missing_blobs == 0
    assert done.aside == home.path / "anterior-20261120T170000Z"
    folder(done.aside).open(passphrase=PASSPHRASE).close()
    store = home.open(passphrase=PASSPHRASE)
    assert differences(store) == ()
    store.close()


def flipped(data: bytes, offset: int) -> bytes:
    damaged = bytearray(data)
    damaged[offset] ^= 1
    return bytes(damaged)


@pytest.mark.parametrize(
    "change",
    [
        lambda _: b"",
        lambda _: b"\0",
        lambda _: b"no es una base de datos",
        lambda data: bytes(len(data)),
        lambda data: os.urandom(len(data)),
        lambda data: data[: len(data) // 2],
        lambda data: flipped(data, 0),
        lambda data: flipped(data, 5_000),
        lambda data: flipped(data, len(data) - 5_000),
    ],
)
def test_damaged_blobs_are_refused_before_anything_moves(
    tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    home, usb = folder(tmp_path / "a"), tmp_path / "usb"
    snapshot = snapshot_in(usb, home)
    archive = usb / "blobs.db"
    damaged = change(archive.read_bytes())
    archive.write_bytes(damaged)
    before = {path.name: path.read_bytes() for path in home.path.iterdir()}
    with pytest.raises(UserFacingError) as caught:
        home.restore(snapshot, NEW_CHAIN, NOW, passphrase=PASSPHRASE)
    assert caught.value.code == "storage.backup_corrupt"
    assert {path.name: path.read_bytes() for path in home.path.iterdir()} == before
    assert archive.read_bytes() == damaged
    store = home.open(passphrase=PASSPHRASE)
    assert differences(store) == ()
    store.close()


def test_blobs_that_cannot_be_opened_or_are_of_another_profile(tmp_path: Path) -> None:
    home, usb = folder(tmp_path / "a"), tmp_path / "usb"
    snapshot = snapshot_in(usb, home)
    snapshot_in(tmp_path / "otro usb", folder(tmp_path / "b"))
    shutil.copy(tmp_path / "otro usb" / "blobs.db", usb / "blobs.db")
    with pytest.raises(UserFacingError) as caught:
        home.restore(snapshot, NEW_CHAIN, NOW, passphrase=PASSPHRASE)
    assert caught.value.code == "storage.backup_corrupt"
    (usb / "blobs.db").unlink()
    (usb / "blobs.db").mkdir()
    with pytest.raises(UserFacingError) as caught:
        home.restore(snapshot, NEW_CHAIN, NOW, passphrase=PASSPHRASE)
    assert caught.value.code == "storage.backup_corrupt"
    assert not list(home.path.glob("*restaurada*"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_every_database_is_its_owners_alone(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        home = folder(tmp_path / "a")
        snapshot = snapshot_in(tmp_path / "usb", home)
        home.restore(snapshot, NEW_CHAIN, NOW, passphrase=PASSPHRASE)
        store = home.open(passphrase=PASSPHRASE)
        with store.write() as tx:
            tx.set_setting("a", "b")
        found = {
            path.name: stat.S_IMODE(path.stat().st_mode)
            for path in tmp_path.rglob("*")
            if ".db" in path.name or path.suffix == ".json"
        }
        store.close()
    finally:
        os.umask(before)
    assert {"fichaat.db", "fichaat.db-wal", "fichaat.db-shm", "blobs.db"} <= set(found)
    assert set(found.values()) == {0o600}
