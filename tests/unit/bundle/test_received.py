"""The bytes of what was imported: kept whole or not at all."""

import errno
import io
import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from unittest.mock import patch

import pytest

from fichaat.application.jobs import CancelToken
from fichaat.application.ports.bundles import KeptFiles, OpenBundle, ReceivedFiles
from fichaat.bundle.received import ReceivedFolder
from fichaat.domain.errors import CancelledError, UserFacingError
from fichaat.domain.record import sha256_hex
from fichaat.system import atomic
from fichaat.trust.age_key import create_age_identity
from fichaat.trust.envelope import AgeEnvelope

IDENTITY, RECIPIENT = create_age_identity()
CONTENT = b"PK\x03\x04" + bytes(3_000_000)
ENVELOPE = AgeEnvelope()
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def bundle(data: bytes = CONTENT, *, cifrado: bool = False) -> OpenBundle:
    """As much of one as is looked at."""
    return cast(OpenBundle, SimpleNamespace(sha256=sha256_hex(data), cifrado=cifrado))


@pytest.fixture
def incoming(tmp_path: Path) -> Path:
    path = tmp_path / "usb.fichaat"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "datos" / "recibidos"


@pytest.fixture
def received(folder: Path) -> ReceivedFiles:
    folder.parent.mkdir()
    return ReceivedFolder(folder, ENVELOPE)


def opened(path: Path) -> bytes:
    out = io.BytesIO()
    with path.open("rb") as file:
        ENVELOPE.unseal(file, out, [IDENTITY], 1 << 30, CancelToken())
    return out.getvalue()


def keep(received: ReceivedFiles, path: Path, what: OpenBundle) -> None:
    with received.keeping() as keep_it:
        keep_it(path, what, RECIPIENT, CancelToken())


def refused(received: ReceivedFiles, path: Path, what: OpenBundle) -> str:
    with pytest.raises(UserFacingError) as refusal:
        keep(received, path, what)
    return refusal.value.code


def test_a_plain_file_is_kept_in_an_envelope(
    received: ReceivedFiles, folder: Path, incoming: Path
) -> None:
    keep(received, incoming, bundle())
    (kept,) = folder.iterdir()
    assert kept.name == f"{sha256_hex(CONTENT)}.fichaat"
    assert opened(kept) == CONTENT


def test_an_envelope_is_kept_as_it_came(
    received: ReceivedFiles, folder: Path, incoming: Path
) -> None:
    keep(received, incoming, bundle(cifrado=True))
    (kept,) = folder.iterdir()
    assert kept.read_bytes() == CONTENT


def test_once_is_enough(received: ReceivedFiles, folder: Path, incoming: Path) -> None:
    keep(received, incoming, bundle())
    (kept,) = folder.iterdir()
    before = kept.read_bytes()
    keep(received, incoming, bundle())
    assert [kept.read_bytes() for kept in folder.iterdir()] == [before]


def test_what_failed_afterwards_takes_it_back(
    received: ReceivedFiles, folder: Path, incoming: Path, tmp_path: Path
) -> None:
    other = tmp_path / "otro.fichaat"
    other.write_bytes(b"antes")
    keep(received, other, bundle(b"antes"))
    with suppress(ZeroDivisionError), received.keeping() as keep_it:
        keep_it(incoming, bundle(), RECIPIENT, CancelToken())
        keep_it(other, bundle(b"antes"), RECIPIENT, CancelToken())
        raise ZeroDivisionError
    assert [kept.stem for kept in folder.iterdir()] == [sha256_hex(b"antes")]


@pytest.mark.parametrize("cifrado", [False, True])
def test_a_file_that_changed_is_not_kept(
    received: ReceivedFiles, folder: Path, incoming: Path, *, cifrado: bool
) -> None:
    what = bundle(b"otra cosa", cifrado=cifrado)
    assert refused(received, incoming, what) == "bundle.changed_while_reading"
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("cifrado", [False, True])
@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "storage.no_space"),
        (errno.EROFS, "storage.read_only"),
        (errno.EIO, "storage.io"),
    ],
)
def test_a_bad_disk_is_the_fault_of_the_disk(
    received: ReceivedFiles, folder: Path, incoming: Path, number: int, code: str, *, cifrado: bool
) -> None:
    create = atomic._create

    def bad(temporary: Path, mode: int) -> Any:  # noqa: ANN401  # a file that fails
        file = create(temporary, mode)
        file.write = lambda _: (_ for _ in ()).throw(OSError(number, os.strerror(number)))  # type: ignore[method-assign]
        return file

    with patch.object(atomic, "_create", bad):
        assert refused(received, incoming, bundle(cifrado=cifrado)) == code
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_made_has_a_code(folder: Path, incoming: Path) -> None:
    assert refused(ReceivedFolder(folder, ENVELOPE), incoming, bundle()) == "storage.io"


@pytest.mark.parametrize("cifrado", [False, True])
def test_the_person_may_stop(
    received: ReceivedFiles, folder: Path, incoming: Path, *, cifrado: bool
) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError), received.keeping() as keep_it:
        keep_it(incoming, bundle(cifrado=cifrado), RECIPIENT, cancel)
    assert list(folder.iterdir()) == []


def put(path: Path, days_ago: int, data: bytes = b"1234") -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    moment = (NOW - timedelta(days=days_ago)).timestamp()
    os.utime(path, (moment, moment))
    return path


def test_only_what_it_wrote_itself_is_counted_and_removed(tmp_path: Path) -> None:
    folder = tmp_path / "recibidos"
    received = ReceivedFolder(folder, ENVELOPE)
    assert received.held() == KeptFiles()
    assert received.remove(NOW) == KeptFiles()
    old = put(folder / f"{'a' * 64}.fichaat", 9)
    new = put(folder / f"{'b' * 64}.fichaat", 1)
    others = [
        put(folder / "mis notas.txt", 9),
        put(folder / f"{'c' * 64}.fichaat.bak", 9),
        put(folder / ".recibiendo.parcial", 9),
    ]
    (folder / f"{'d' * 64}.fichaat").mkdir()
    assert received.held() == KeptFiles(2, 8)
    assert received.held(NOW - timedelta(days=3)) == KeptFiles(1, 4)
    assert received.remove(NOW - timedelta(days=3)) == KeptFiles(1, 4)
    assert not old.exists()
    assert all(path.exists() for path in (new, *others))
    assert received.held() == KeptFiles(1, 4)
