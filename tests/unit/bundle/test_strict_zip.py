import hashlib
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fichaat.application.jobs import CancelToken, no_progress
from fichaat.bundle import names, strict_zip
from fichaat.bundle.strict_zip import ZipWriter
from fichaat.domain.errors import CancelledError, UserFacingError

REQUIRED = (names.PAQUETE, names.MANIFEST, names.SIGNATURE)


def container(blobs: list[bytes] | None = None) -> tuple[bytes, dict[str, bytes]]:
    """A structure that holds; nothing in it is signed."""
    parts = {names.MIMETYPE: names.MIMETYPE_VALUE} | dict.fromkeys(REQUIRED, b"x")
    for blob in blobs or []:
        parts[names.blob_name(hashlib.sha256(blob).hexdigest())] = blob
    out = BytesIO()
    writer = ZipWriter(out)
    for name in sorted(parts, key=names.order_key):
        writer.add(name, parts[name])
    writer.finish()
    assert writer.sha256 == hashlib.sha256(out.getvalue()).hexdigest()
    assert writer.size == len(out.getvalue())
    return out.getvalue(), parts


blobs = st.lists(st.binary(max_size=3000), max_size=8)


@given(blobs)
def test_what_is_written_is_read(contents: list[bytes]) -> None:
    data, parts = container(contents)
    file = BytesIO(data)
    entries = strict_zip.read_directory(file)
    assert [entry.name for entry in entries] == sorted(parts, key=names.order_key)
    scan = strict_zip.scan(file, entries, no_progress, CancelToken())
    assert scan.sha256 == hashlib.sha256(data).hexdigest()
    assert scan.digests == tuple(hashlib.sha256(parts[entry.name]).digest() for entry in entries)
    assert {entry.name: body for entry, body in strict_zip.contents(file, entries)} == parts
    every_other = entries[::2]
    assert [entry for entry, _ in strict_zip.contents(file, every_other)] == every_other


@given(blobs)
def test_other_programs_read_it_too(contents: list[bytes]) -> None:
    data, parts = container(contents)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {info.filename: archive.read(info) for info in archive.infolist()} == parts


def test_the_same_members_give_the_same_bytes() -> None:
    assert container([b"a", b"b"])[0] == container([b"a", b"b"])[0]


def test_large_members_are_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_zip, "CHUNK", 100)
    data, parts = container([bytes(1000), b"a", b"b" * 99, b"c" * 350])
    sizes = []

    class Watched(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            sizes.append(size or 0)
            return super().read(size)

    file = Watched(data)
    entries = strict_zip.read_directory(file)
    sizes.clear()
    scan = strict_zip.scan(file, entries, no_progress, CancelToken())
    directory = len(data) - entries[-1].end
    assert max(size for size in sizes if size != directory) <= 120  # a header or a piece
    assert scan.sha256 == hashlib.sha256(data).hexdigest()
    assert scan.digests == tuple(hashlib.sha256(parts[entry.name]).digest() for entry in entries)
    broken = bytearray(data)
    broken[entries[2].start + 500] ^= 1
    with pytest.raises(UserFacingError, match=r"bundle\.crc"):
        strict_zip.scan(BytesIO(broken), entries, no_progress, CancelToken())
    broken = bytearray(data)
    broken[entries[2].offset] ^= 1
    with pytest.raises(UserFacingError, match=r"bundle\.structure"):
        strict_zip.scan(BytesIO(broken), entries, no_progress, CancelToken())


def test_progress_ends_at_the_total_and_cancelling_stops() -> None:
    data, _ = container([bytes(10)])
    entries = strict_zip.read_directory(BytesIO(data))
    seen: list[tuple[int, int]] = []
    strict_zip.scan(
        BytesIO(data), entries, lambda done, total: seen.append((done, total)), CancelToken()
    )
    assert seen[-1] == (len(data), len(data))
    assert seen == sorted(seen)
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        strict_zip.scan(BytesIO(data), entries, no_progress, cancel)


def test_a_file_that_became_shorter_is_noticed() -> None:
    data, _ = container([bytes(5000)])
    entries = strict_zip.read_directory(BytesIO(data))
    with pytest.raises(UserFacingError, match=r"bundle\.changed_while_reading"):
        strict_zip.scan(BytesIO(data[:3000]), entries, no_progress, CancelToken())


@pytest.mark.parametrize(
    "sequence",
    [
        [names.PAQUETE, names.PAQUETE],
        [names.RESUMEN, names.PAQUETE],
        ["../x"],
        ["x.txt"],
        ["paquete.json/"],
    ],
)
def test_the_writer_refuses_what_the_reader_would(sequence: list[str]) -> None:
    writer = ZipWriter(BytesIO())
    for name in sequence[:-1]:
        writer.add(name, b"")
    with pytest.raises(ValueError, match=r"not a name|does not follow"):
        writer.add(sequence[-1], b"")


def test_sizes_are_errors_that_a_person_can_act_on(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserFacingError, match=r"bundle\.size"):
        ZipWriter(BytesIO()).add(names.certificate_name("0" * 64), bytes(4001))
    data, _ = container()
    monkeypatch.setattr(strict_zip, "MAX_MEMBERS", 1)
    writer = ZipWriter(BytesIO())
    writer.add(names.MIMETYPE, names.MIMETYPE_VALUE)
    with pytest.raises(UserFacingError, match=r"bundle\.too_many"):
        writer.add(names.PAQUETE, b"")
    with pytest.raises(UserFacingError, match=r"bundle\.too_many"):
        strict_zip.read_directory(BytesIO(data))


@pytest.mark.parametrize("spare", [0, 1])
def test_a_container_may_just_reach_the_limit(spare: int, monkeypatch: pytest.MonkeyPatch) -> None:
    data, _ = container([b"x"])
    monkeypatch.setattr(strict_zip, "MAX_BUNDLE", len(data) - 1 + spare)
    if spare:
        assert container([b"x"])[0] == data
    else:
        with pytest.raises(UserFacingError, match=r"bundle\.too_large"):
            container([b"x"])
