"""A ZIP of which every byte of structure has one legal value (bundle.md).

Members are stored, contiguous from the first byte and listed in the order in which they lie; dates,
flags, attributes and versions are constants; there are no extra fields, comments, data descriptors
or ZIP64. So a member's name, CRC, size and place determine all the rest.
"""

import hashlib
import os
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from typing import BinaryIO, Final, Self

from msgspec import Struct

from fichaat.application.jobs import CancelToken, Progress
from fichaat.bundle import diagnosis, layout, names
from fichaat.bundle.layout import Entry, read_at
from fichaat.domain.errors import UserFacingError
from fichaat.domain.paquete import MAX_BUNDLE, MAX_MEMBERS

CHUNK: Final = 1 << 20
"""Bytes held at once while a file is read."""

_WORTH_A_THREAD = 1 << 16
"""Bytes under which a piece is small: it is copied to save calls."""


class Scan(Struct, frozen=True):
    """What one pass over the whole file computed."""

    digests: tuple[bytes, ...]
    """SHA-256 of each member, in the order of the file."""
    sha256: str
    """Of the whole file."""


class ZipWriter:
    """Writes members one after another; the same members give the same bytes."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._whole = _WholeHash()
        self._directory: list[bytes] = []
        self._directory_size = 0
        self._offset = 0
        self._last: tuple[int, str] = (0, "")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._whole.close()

    @property
    def sha256(self) -> str:
        """Of everything written so far."""
        return self._whole.hexdigest()

    @property
    def size(self) -> int:
        return self._offset

    def add(self, name: str, data: bytes) -> int:
        """The Part of the member.

        Raises:
            ValueError: no name of the profile, or not after the member before it.
            UserFacingError: "bundle.too_many", "bundle.size", "bundle.too_large".
        """
        raw = name.encode()
        part = names.part_of(raw)
        key = (names.RANKS[part], name)
        if not part:
            raise ValueError(f"not a name of the profile: {name!r}")
        if key <= self._last:
            raise ValueError(f"{name!r} does not follow {self._last[1]!r}")
        self._last = key
        size = len(data)
        if size > names.LIMITS[part]:
            raise UserFacingError("bundle.size", miembro=name, limite=names.LIMITS[part])
        if len(self._directory) >= MAX_MEMBERS:
            raise UserFacingError("bundle.too_many", limite=MAX_MEMBERS)
        crc = zlib.crc32(data)
        central = layout.CENTRAL.pack(
            layout.CENTRAL_FIXED, crc, size, size, len(raw), layout.CENTRAL_TAIL, self._offset
        )
        entry = central + raw
        header = layout.local_header(raw, crc, size)
        self._directory.append(entry)
        self._directory_size += len(entry)
        end = self._offset + len(header) + size
        if end + self._directory_size + layout.END.size > MAX_BUNDLE:
            raise UserFacingError("bundle.too_large", limite=MAX_BUNDLE)
        if size < _WORTH_A_THREAD:
            self._write(header + data)  # in one piece: most members are small
        else:
            self._write(header)
            self._write(data)
        return part

    def finish(self) -> None:
        """Write the directory; nothing may be added afterwards."""
        count, start = len(self._directory), self._offset
        directory = b"".join(self._directory)
        self._write(directory)
        self._write(layout.END.pack(layout.END_FIXED, count, count, len(directory), start, 0))

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._whole.update(data)
        self._offset += len(data)


def read_directory(file: BinaryIO) -> list[Entry]:
    """The members of a file, once its directory is the only one they could have.

    Raises:
        UserFacingError: "bundle.*": which rule of the structure is broken.
    """
    size = file.seek(0, os.SEEK_END)
    diagnosis.check_kind(file, size)
    end = read_at(file, size - layout.END.size, layout.END.size)
    fixed, here, count, length, start, comment = layout.END.unpack(end)
    if fixed != layout.END_FIXED or comment or start + length + layout.END.size != size:
        raise diagnosis.bad_end(file, size)
    if here != count:
        raise UserFacingError("bundle.count")
    if count > MAX_MEMBERS:
        raise UserFacingError("bundle.too_many", limite=MAX_MEMBERS)
    if length > count * (layout.CENTRAL.size + names.MAX_NAME):
        raise UserFacingError("bundle.count")
    directory = read_at(file, start, length)
    entries = _parse(directory, count)
    _check_bounds(entries, start)
    return entries


def scan(file: BinaryIO, entries: Sequence[Entry], progress: Progress, cancel: CancelToken) -> Scan:
    """Read the whole file once, compare every local header and CRC, and hash everything.

    Raises:
        UserFacingError: "bundle.header_mismatch", "bundle.crc", "bundle.changed_while_reading".
        CancelledError: the person cancelled.
    """
    total = file.seek(0, os.SEEK_END)
    digests: list[bytes] = []
    with closing(_WholeHash()) as whole:
        for run in _runs(entries):
            cancel.check()
            if run[-1].end - run[0].offset > CHUNK:
                digests.append(_scan_large(file, run[0], whole))
            else:
                data = read_at(file, run[0].offset, run[-1].end - run[0].offset)
                whole.update(data)
                digests.extend(_scan_small(data, run))
            progress(run[-1].end, total)
        if digests[0] != hashlib.sha256(names.MIMETYPE_VALUE).digest():
            raise UserFacingError("bundle.mimetype")
        directory_start = entries[-1].end
        whole.update(read_at(file, directory_start, total - directory_start))
        progress(total, total)
        return Scan(tuple(digests), whole.hexdigest())


class _WholeHash:
    """SHA-256 of the file, computed beside the work on its pieces: hashing frees the interpreter
    lock, so that it costs no time where a second core is idle.
    """

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="sha256")
        self._pending: Future[None] | None = None
        self._small: list[bytes] = []
        self._small_size = 0

    def close(self) -> None:
        self._executor.shutdown()

    def update(self, data: bytes) -> None:
        """Small pieces are gathered; at most one large one waits, so that memory stays small."""
        size = len(data)
        if size < _WORTH_A_THREAD:
            self._small.append(data)
            self._small_size += size
            if self._small_size >= CHUNK:
                self._pass_on_small()
        else:
            self._pass_on_small()
            self._pass_on(data)

    def hexdigest(self) -> str:
        self._pass_on_small()
        self._wait()
        return self._sha256.hexdigest()

    def _pass_on_small(self) -> None:
        if self._small:
            self._pass_on(b"".join(self._small))
            self._small, self._small_size = [], 0

    def _pass_on(self, data: bytes) -> None:
        self._wait()
        if len(data) < _WORTH_A_THREAD:
            self._sha256.update(data)
        else:
            self._pending = self._executor.submit(self._sha256.update, data)

    def _wait(self) -> None:
        if self._pending is not None:
            self._pending.result()
            self._pending = None


def contents(file: BinaryIO, entries: Sequence[Entry]) -> Iterator[tuple[Entry, bytes]]:
    """The data of members that lie one after another, read in large pieces."""
    for run in _runs(entries):
        base = run[0].offset
        data = read_at(file, base, run[-1].end - base)
        for entry in run:
            yield entry, data[entry.start - base : entry.end - base]


def read_member(file: BinaryIO, entry: Entry) -> bytes:
    return read_at(file, entry.start, entry.size)


def _parse(directory: bytes, count: int) -> list[Entry]:
    """Entries of the directory; their data must lie in this order without gaps.

    One pass without calls that could be avoided: a file may hold 50,000 members.
    """
    entries: list[Entry] = []
    position = offset = last_rank = 0
    last_name = ""
    unpack, match_name = layout.CENTRAL.unpack_from, names.NAME.fullmatch
    ranks, limits = names.RANKS, names.LIMITS
    central_fixed, tail_fixed = layout.CENTRAL_FIXED, layout.CENTRAL_TAIL
    header, local_header = layout.CENTRAL.size, layout.LOCAL.size
    while position + header <= len(directory) and len(entries) < count:
        fixed, crc, packed, size, length, tail, place = unpack(directory, position)
        begin = position + header
        raw = directory[begin : begin + length]
        match = match_name(raw)
        part = (match and match.lastindex) or 0
        if not part or fixed != central_fixed or tail != tail_fixed or packed != size:
            raise diagnosis.bad_entry(directory, position, entries)
        name = raw.decode("ascii")
        rank = ranks[part]
        if rank < last_rank or (rank == last_rank and name <= last_name):
            raise diagnosis.bad_order(name, entries)
        if size > limits[part]:
            raise UserFacingError("bundle.size", miembro=name, limite=limits[part])
        if place != offset:
            raise UserFacingError(
                "bundle.overlap" if place < offset else "bundle.gap", miembro=name
            )
        start = offset + local_header + length
        # CRC, sizes and length of the name stand side by side in both headers.
        local = layout.LOCAL_FIXED + directory[position + 16 : position + 30] + b"\0\0" + raw
        entries.append(Entry(name, part, crc, size, offset, start, start + size, local))
        last_rank, last_name, offset = rank, name, start + size
        position = begin + length
    if len(entries) != count or position != len(directory):
        raise UserFacingError("bundle.count")
    return entries


def _check_bounds(entries: Sequence[Entry], directory_start: int) -> None:
    if not entries or entries[0].name != names.MIMETYPE:
        raise UserFacingError("bundle.mimetype")
    held = {entry.name for entry in entries if entry.part in _REQUIRED}
    for name in (names.PAQUETE, names.MANIFEST, names.SIGNATURE):
        if name not in held:
            raise UserFacingError("bundle.required_member", miembro=name)
    if entries[-1].end != directory_start:
        code = "bundle.overlap" if entries[-1].end > directory_start else "bundle.gap"
        raise UserFacingError(code, miembro=entries[-1].name)


_REQUIRED = frozenset({names.Part.PAQUETE, names.Part.MANIFEST, names.Part.SIGNATURE})


def _runs(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    """Neighbours that are read together: up to CHUNK bytes, or one larger member."""
    first = 0
    limit = end = -1
    for index, entry in enumerate(entries):
        if entry.end > limit or entry.offset != end:
            if index > first:
                yield entries[first:index]
            first, limit = index, entry.offset + CHUNK
        end = entry.end
    if entries:
        yield entries[first:]


def _scan_small(data: bytes, run: Sequence[Entry]) -> Iterator[bytes]:
    view = memoryview(data)
    crc32, sha256 = zlib.crc32, hashlib.sha256
    base = run[0].offset
    for entry in run:
        body = entry.start - base
        if data[entry.offset - base : body] != entry.local:
            raise diagnosis.bad_local(data[entry.offset - base : body], entry.name)
        content = view[body : entry.end - base]
        if crc32(content) != entry.crc:
            raise UserFacingError("bundle.crc", miembro=entry.name)
        yield sha256(content).digest()


def _scan_large(file: BinaryIO, entry: Entry, whole: _WholeHash) -> bytes:
    local = read_at(file, entry.offset, entry.start - entry.offset)
    if local != entry.local:
        raise diagnosis.bad_local(local, entry.name)
    whole.update(local)
    own = hashlib.sha256()
    crc = 0
    for position in range(entry.start, entry.end, CHUNK):
        piece = read_at(file, position, min(CHUNK, entry.end - position))
        whole.update(piece)
        own.update(piece)
        crc = zlib.crc32(piece, crc)
    if crc != entry.crc:
        raise UserFacingError("bundle.crc", miembro=entry.name)
    return own.digest()
