"""A ZIP as an attacker writes it: every field can lie, on one side or on both."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from struct import Struct

_LOCAL = Struct("<4s5H3I2H")
_CENTRAL = Struct("<4s6H3I5H2I")
_END = Struct("<4s4H2IH")
DATE = 0x21


@dataclass(frozen=True)
class Member:
    """A member; the fields after `data` are what the directory says, `local_*` what its header says
    where it says something else."""

    name: bytes
    data: bytes
    crc: int | None = None
    size: int | None = None
    packed: int | None = None
    method: int = 0
    flags: int = 0
    extra: bytes = b""
    comment: bytes = b""
    attributes: int = 0
    made_by: int = 10
    offset: int | None = None
    local_name: bytes | None = None
    local_crc: int | None = None
    local_size: int | None = None
    local_method: int | None = None
    local_extra: bytes | None = None
    gap: bytes = b""
    """Bytes between the member before and this one."""
    headless: bool = False
    """Listed in the directory only."""

    def change(self, **fields: object) -> "Member":
        return replace(self, **fields)  # type: ignore[arg-type]  # names are checked by replace

    def _crc(self) -> int:
        return zlib.crc32(self.data) if self.crc is None else self.crc

    def _size(self) -> int:
        return len(self.data) if self.size is None else self.size

    def local(self) -> bytes:
        name = self.name if self.local_name is None else self.local_name
        extra = self.extra if self.local_extra is None else self.local_extra
        crc = self._crc() if self.local_crc is None else self.local_crc
        size = self._size() if self.local_size is None else self.local_size
        packed = (self.packed or size) if self.local_size is None else self.local_size
        method = self.method if self.local_method is None else self.local_method
        fixed = _LOCAL.pack(
            b"PK\3\4", 10, self.flags, method, 0, DATE, crc, packed, size, len(name), len(extra)
        )
        return fixed + name + extra + self.data

    def central(self, offset: int) -> bytes:
        fixed = _CENTRAL.pack(
            b"PK\1\2",
            self.made_by,
            10,
            self.flags,
            self.method,
            0,
            DATE,
            self._crc(),
            self._size() if self.packed is None else self.packed,
            self._size(),
            len(self.name),
            len(self.extra),
            len(self.comment),
            0,
            0,
            self.attributes,
            offset if self.offset is None else self.offset,
        )
        return fixed + self.name + self.extra + self.comment


def assemble(
    members: Sequence[Member],
    *,
    before: bytes = b"",
    before_directory: bytes = b"",
    count: int | None = None,
    shift: int = 0,
    comment: bytes = b"",
) -> bytes:
    """The file; `shift` is added to the place of the directory."""
    body = bytearray(before)
    directory = bytearray()
    for member in members:
        body += member.gap
        directory += member.central(len(body))
        if not member.headless:
            body += member.local()
    body += before_directory
    many = len(members) if count is None else count
    start = len(body) + shift
    end = _END.pack(b"PK\5\6", 0, 0, many, many, len(directory), start, len(comment))
    return bytes(body + directory + end + comment)


def disassemble(data: bytes) -> list[Member]:
    """The members of a good file."""
    _, _, _, _, count, _, position, _ = _END.unpack(data[-_END.size :])
    members = []
    for _ in range(count):
        fields = _CENTRAL.unpack_from(data, position)
        size, name_length, offset = fields[9], fields[10], fields[16]
        name = data[position + _CENTRAL.size :][:name_length]
        start = offset + _LOCAL.size + name_length
        members.append(Member(name, data[start : start + size]))
        position += _CENTRAL.size + name_length
    return members
