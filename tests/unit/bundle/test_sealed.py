"""Bundles in an envelope: opened like any other, and nothing left where they were opened."""

import errno
import os
import stat
from pathlib import Path
from tempfile import TemporaryFile
from unittest.mock import patch

import pytest

from fichaat.application.jobs import CancelToken, no_progress
from fichaat.application.ports.bundles import BundleReader, BundleWriter, OpenBundle
from fichaat.bundle import sealed
from fichaat.bundle.reader import StrictBundleReader
from fichaat.bundle.sealed import SealedBundleReader, SealedBundleWriter
from fichaat.bundle.streams import Outgoing, nameless_file
from fichaat.domain.errors import CancelledError, UserFacingError
from fichaat.domain.record import sha256_hex
from fichaat.trust.age_key import create_age_identity
from fichaat.trust.envelope import AgeEnvelope
from fichaat.trust.service import TrustService
from tests.support import bundles
from tests.support.keys import SeededKey

KEY = SeededKey(1)
RECORDS = bundles.seal_chain(KEY, 3)
BLOBS = [b"foto" * 100_000]
MINE, OTHERS = create_age_identity(), create_age_identity()
STRICT = StrictBundleReader(TrustService())
ENVELOPE = AgeEnvelope()


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    folder = tmp_path / "datos"
    folder.mkdir()
    return folder


def reader(scratch: Path, *identities: str) -> BundleReader:
    return SealedBundleReader(STRICT, ENVELOPE, lambda: identities, scratch)


def write(folder: Path, scratch: Path, *to: str) -> Path:
    path = folder / "paquete.fichaat"
    writer: BundleWriter = SealedBundleWriter(ENVELOPE, to or (MINE[1],), scratch)
    file = writer.write(path, bundles.members(KEY, RECORDS, blobs=BLOBS), KEY, bundles.AT)
    assert file.cifrado
    assert file.bytes == path.stat().st_size
    assert file.sha256 == sha256_hex(path.read_bytes())
    assert file.records == len(RECORDS)
    return path


def read(opening: BundleReader, path: Path) -> OpenBundle:
    with opening.open(path, no_progress, CancelToken()) as bundle:
        assert list(bundle.records()) == RECORDS
        assert bundle.blob(sha256_hex(BLOBS[0])) == BLOBS[0]
        return bundle


def refused(opening: BundleReader, path: Path) -> str:
    with (
        pytest.raises(UserFacingError) as refusal,
        opening.open(path, no_progress, CancelToken()) as bundle,
    ):
        list(bundle.records())
    return refusal.value.code


def test_what_is_sealed_is_read(tmp_path: Path, scratch: Path) -> None:
    path = write(tmp_path, scratch)
    bundle = read(reader(scratch, OTHERS[0], MINE[0]), path)
    assert bundle.cifrado
    assert bundle.sha256 == sha256_hex(path.read_bytes())
    assert not list(scratch.iterdir())


def test_a_plain_bundle_is_read_without_asking_for_identities(
    tmp_path: Path, scratch: Path
) -> None:
    path = tmp_path / "llano.fichaat"
    data = bundles.write(path, KEY, bundles.members(KEY, RECORDS, blobs=BLOBS))

    def asked() -> tuple[str, ...]:
        raise AssertionError

    bundle = read(SealedBundleReader(STRICT, ENVELOPE, asked, scratch), path)
    assert not bundle.cifrado
    assert bundle.sha256 == sha256_hex(data)


def test_whom_it_is_not_for_and_who_has_no_profile(tmp_path: Path, scratch: Path) -> None:
    path = write(tmp_path, scratch)
    assert refused(reader(scratch, OTHERS[0]), path) == "bundle.encrypted_for_others"
    assert refused(SealedBundleReader(STRICT, ENVELOPE), path) == "bundle.encrypted"
    assert refused(STRICT, path) == "bundle.encrypted"
    assert not list(scratch.iterdir())


def test_damage_has_a_code_and_leaves_nothing(tmp_path: Path, scratch: Path) -> None:
    data = write(tmp_path, scratch).read_bytes()
    path, opening = tmp_path / "malo.fichaat", reader(scratch, MINE[0])
    for place in [*range(0, 400, 9), *range(400, len(data), 20_011)]:
        flipped = bytearray(data)
        flipped[place] ^= 0x10
        path.write_bytes(flipped)
        assert refused(opening, path).startswith("bundle.")
        path.write_bytes(data[:place])
        assert refused(opening, path).startswith("bundle.")
    assert not list(scratch.iterdir())


def test_an_envelope_hides_no_attack(tmp_path: Path, scratch: Path) -> None:
    """What the strict reader refuses, it refuses in an envelope too."""
    data = bundles.good(tmp_path, KEY)
    for content, code in (
        (data + b"x", "bundle.trailing_data"),
        (b"", "bundle.empty"),
        (b"hola" * 100, "bundle.not_a_bundle"),
        (write(tmp_path, scratch).read_bytes(), "bundle.encrypted"),  # one inside the other
    ):
        path, plain = tmp_path / "ataque.fichaat", tmp_path / "contenido"
        plain.write_bytes(content)
        with plain.open("rb") as source, path.open("wb") as out:
            ENVELOPE.seal(source, out, [MINE[1]], CancelToken())
        assert refused(reader(scratch, MINE[0]), path) == code
    assert not list(scratch.iterdir())


def test_what_was_opened_has_no_name_and_no_other_reader(scratch: Path) -> None:
    with nameless_file(scratch) as file:
        assert not list(scratch.iterdir())
        if os.name != "nt":
            assert stat.S_IMODE(os.fstat(file.fileno()).st_mode) == 0o600


def test_a_folder_that_is_gone_has_a_code(tmp_path: Path, scratch: Path) -> None:
    path = write(tmp_path, scratch)
    gone = reader(tmp_path / "nada", MINE[0])
    assert refused(gone, path) == "storage.io"


def test_who_stops_while_it_is_closed_leaves_nothing(tmp_path: Path, scratch: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    writer = SealedBundleWriter(ENVELOPE, [MINE[1]], scratch, cancel)
    with pytest.raises(CancelledError):
        writer.write(tmp_path / "b.fichaat", bundles.members(KEY, RECORDS), KEY, bundles.AT)
    assert [item.name for item in tmp_path.iterdir()] == ["datos"]


class _Full:
    """A disk that takes so many bytes."""

    def __init__(self, file: object, room: int) -> None:
        self._file = file
        self._room = room

    def write(self, data: bytes) -> int:
        self._room -= len(data)
        if self._room < 0:
            raise OSError(errno.ENOSPC, "full")
        return self._file.write(data)  # type: ignore[attr-defined,no-any-return]

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)


@pytest.mark.parametrize("room", [0, 1000, 300_000])
def test_a_full_disk_leaves_no_target(tmp_path: Path, scratch: Path, room: int) -> None:
    old = tmp_path / "paquete.fichaat"
    old.write_bytes(b"antes")
    with (
        patch.object(sealed, "Outgoing", lambda out: Outgoing(_Full(out, room))),
        pytest.raises(UserFacingError) as refusal,
    ):
        write(tmp_path, scratch)
    assert refusal.value.code == "system.no_space"
    assert old.read_bytes() == b"antes"
    assert sorted(item.name for item in tmp_path.iterdir()) == ["datos", "paquete.fichaat"]
    assert not list(scratch.iterdir())


@pytest.mark.parametrize("room", [0, 300_000])
def test_a_full_scratch_folder_has_a_code(tmp_path: Path, scratch: Path, room: int) -> None:
    path = write(tmp_path, scratch)
    path.rename(tmp_path / "otro.fichaat")
    where = "fichaat.bundle.streams.TemporaryFile"
    with patch(where, lambda **at: _Full(TemporaryFile(**at), room)):
        assert refused(reader(scratch, MINE[0]), tmp_path / "otro.fichaat") == "storage.no_space"
        with pytest.raises(UserFacingError) as refusal:
            write(tmp_path, scratch)
    assert refusal.value.code == "storage.no_space"
    assert not path.exists()
    assert not list(scratch.iterdir())


def test_the_whole_file_is_counted_once(tmp_path: Path, scratch: Path) -> None:
    path = write(tmp_path, scratch)
    told: list[int] = []
    opening = reader(scratch, MINE[0])
    with opening.open(path, lambda done, _: told.append(done), CancelToken()):
        pass
    assert told == sorted(told)
    assert told[-1] <= path.stat().st_size


def test_the_person_may_stop_while_it_is_opened(tmp_path: Path, scratch: Path) -> None:
    path, cancel = write(tmp_path, scratch), CancelToken()
    opening = reader(scratch, MINE[0])
    with pytest.raises(CancelledError), opening.open(path, lambda *_: cancel.cancel(), cancel):
        pass
    assert not list(scratch.iterdir())
