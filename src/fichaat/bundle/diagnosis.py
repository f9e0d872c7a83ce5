"""Why a ZIP is refused: the strict reader only knows *that*; here the reason gets its code."""

import re
import unicodedata
from collections.abc import Sequence
from struct import Struct as Layout
from typing import BinaryIO, Final

from fichaat.bundle import layout, names
from fichaat.bundle.layout import Entry, read_at
from fichaat.domain.errors import UserFacingError

_LOCAL_SIGNATURE = b"PK\x03\x04"
_CENTRAL_SIGNATURE = b"PK\x01\x02"
_END_SIGNATURE = b"PK\x05\x06"
_AGE = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED")
_CHUNK = 1 << 20
_SYMLINK, _FILE_TYPE = 0o120000, 0o170000
_MAX_EXTRA = 65_535

_CENTRAL = Layout("<4s6H3I5H2I")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:[. ].*)?", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:")

MAX_SHOWN: Final = 120
"""Characters of a hostile name that an error repeats."""


def check_kind(file: BinaryIO, size: int) -> None:
    """Refuse what does not even begin as a container.

    Raises:
        UserFacingError: "bundle.empty", "bundle.encrypted", "bundle.prepended",
            "bundle.not_a_bundle", "bundle.truncated".
    """
    if size == 0:
        raise UserFacingError("bundle.empty")
    begin = read_at(file, 0, min(size, 64))
    if begin.startswith(_AGE):
        raise UserFacingError("bundle.encrypted")
    if not begin.startswith(_LOCAL_SIGNATURE):
        whole = size > layout.END.size and _end_at(file, size - layout.END.size, size) is not None
        raise UserFacingError("bundle.prepended" if whole else "bundle.not_a_bundle")
    if size < layout.END.size + layout.LOCAL.size:
        raise UserFacingError("bundle.truncated")


def bad_end(file: BinaryIO, size: int) -> UserFacingError:
    """Why the last bytes are not the one legal end record."""
    last = size - layout.END.size
    end = _end_at(file, last, size)
    if end is not None:
        return _bad_last_end(file, last, end)
    for position in _end_positions(file, size):
        end = _end_at(file, position, size)
        if end is not None and end[0] + end[1] == position:
            rest = size - position - layout.END.size
            return UserFacingError("bundle.comment" if end[2] == rest else "bundle.trailing_data")
    return UserFacingError("bundle.truncated")


def bad_entry(directory: bytes, position: int, before: Sequence[Entry]) -> UserFacingError:
    """Why one entry of the directory is refused."""
    if len(directory) < position + _CENTRAL.size:
        return UserFacingError("bundle.count")
    fields = _CENTRAL.unpack_from(directory, position)
    (signature, _, _, flags, method, _, _, _, packed, size, length, extra, comment) = fields[:13]
    attributes = fields[15]
    if signature != _CENTRAL_SIGNATURE:
        return UserFacingError("bundle.structure")
    start = position + _CENTRAL.size
    raw = directory[start : start + length]
    if not names.part_of(raw):
        return UserFacingError(_bad_name(raw, before), miembro=shown(raw))
    member = shown(raw)
    if raw == names.MIMETYPE.encode() and (method or packed != size or extra):
        return UserFacingError("bundle.mimetype")
    if flags & 1:
        return UserFacingError("bundle.encrypted_member", miembro=member)
    if method:
        return UserFacingError("bundle.method", miembro=member)
    if extra:
        return UserFacingError("bundle.extra_field", miembro=member)
    if comment:
        return UserFacingError("bundle.comment")
    if packed != size:
        return UserFacingError("bundle.size_differs", miembro=member)
    if attributes >> 16 & _FILE_TYPE == _SYMLINK:
        return UserFacingError("bundle.symlink", miembro=member)
    return UserFacingError("bundle.structure")


def bad_order(name: str, before: Sequence[Entry]) -> UserFacingError:
    """Why a name that exists in the profile may not stand here."""
    if any(entry.name == name for entry in before):
        return UserFacingError("bundle.duplicate_name", miembro=name)
    if name == names.MIMETYPE:
        return UserFacingError("bundle.mimetype")
    return UserFacingError("bundle.order", miembro=name)


def bad_local(found: bytes, name: str) -> UserFacingError:
    """A local header that is not the one its entry in the directory demands."""
    if found.startswith(_LOCAL_SIGNATURE):
        return UserFacingError("bundle.header_mismatch", miembro=name)
    return UserFacingError("bundle.structure")


def shown(raw: bytes) -> str:
    """A hostile name as it may stand in a sentence."""
    text = raw[: MAX_SHOWN * 4].decode("utf-8", "replace")[:MAX_SHOWN]
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def _bad_last_end(file: BinaryIO, last: int, end: tuple[int, int, int]) -> UserFacingError:
    """The file ends with an end record whose numbers do not fit."""
    start, length, _ = end
    shift = last - length - start
    if shift == 0:
        return UserFacingError("bundle.structure")
    if shift > 0 and read_at(file, start + shift, 4) == _CENTRAL_SIGNATURE:
        earlier = shift - layout.END.size
        if earlier > 0 and _end_at(file, earlier, last) is not None:
            return UserFacingError("bundle.concatenated")
        if read_at(file, shift, 4) == _LOCAL_SIGNATURE:
            return UserFacingError("bundle.prepended")
    return UserFacingError("bundle.directory_offset")


def _end_at(file: BinaryIO, position: int, size: int) -> tuple[int, int, int] | None:
    """Start and size of the directory and length of the comment, where an end record stands."""
    if position < 0 or position + layout.END.size > size:
        return None
    fixed, _, _, length, start, comment = layout.END.unpack(
        read_at(file, position, layout.END.size)
    )
    return (start, length, comment) if fixed.startswith(_END_SIGNATURE) else None


def _end_positions(file: BinaryIO, size: int) -> list[int]:
    """Where the signature of an end record stands, the last first."""
    found = []
    overlap = len(_END_SIGNATURE) - 1
    for base in range(0, size, _CHUNK):
        piece = read_at(file, base, min(_CHUNK + overlap, size - base))
        at = piece.find(_END_SIGNATURE)
        while at >= 0:
            found.append(base + at)
            at = piece.find(_END_SIGNATURE, at + 1)
        del found[:-_MAX_EXTRA]
    return found[::-1]


def _bad_name(raw: bytes, before: Sequence[Entry]) -> str:
    """The code of a name that the profile does not have."""
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        return "bundle.name"
    parts = re.split(r"[/\\]", name)
    if name[:1] in {"/", "\\"} or "\\" in name or ".." in parts or _DRIVE.match(name):
        return "bundle.name_traversal"
    if any(_DEVICE.fullmatch(part) for part in parts):
        return "bundle.name_device"
    if not unicodedata.is_normalized("NFC", name):
        return "bundle.name_nfd"
    held = [entry.name for entry in before]
    if any(name.casefold() == other.casefold() for other in held):
        return "bundle.case_clash"
    stem = name.rstrip("/")
    if name.endswith("/") or any(
        other.startswith(f"{stem}/") or stem.startswith(f"{other}/") for other in held
    ):
        return "bundle.name_folder"
    return "bundle.name"
