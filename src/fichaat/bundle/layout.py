"""The fixed layout of the ZIP: all that is not a name, a size, a CRC or a place."""

from struct import Struct as Layout
from typing import BinaryIO, Final

from msgspec import Struct

from fichaat.domain.errors import UserFacingError

# Version needed 1.0, no flags, stored, 1980-01-01 00:00, the earliest date of the format.
_FIXED = b"\x0a\0\0\0\0\0\0\0\x21\0"
LOCAL_FIXED = b"PK\x03\x04" + _FIXED
CENTRAL_FIXED = b"PK\x01\x02\x0a\0" + _FIXED
CENTRAL_TAIL = bytes(12)  # no extra field, comment, second disk or attributes
END_FIXED = b"PK\x05\x06" + bytes(4)

LOCAL: Final = Layout("<14s3I2H")
"""Fixed fields, CRC, both sizes, length of the name, length of the extra field."""
CENTRAL: Final = Layout("<16s3IH12sI")
"""Fixed fields, CRC, both sizes, length of the name, fixed fields, offset."""
END: Final = Layout("<8s2H2IH")
"""Fixed fields, count on this disk, count, size and offset of the directory, comment length."""


class Entry(Struct, frozen=True, gc=False):
    """One member as the directory describes it."""

    name: str
    part: int
    crc: int
    size: int
    offset: int
    start: int
    """Where its data begins."""
    end: int
    local: bytes
    """The only local header it may have."""


def local_header(name: bytes, crc: int, size: int) -> bytes:
    return LOCAL.pack(LOCAL_FIXED, crc, size, size, len(name), 0) + name


def read_at(file: BinaryIO, offset: int, size: int) -> bytes:
    """Exactly these bytes.

    Raises:
        UserFacingError: "bundle.changed_while_reading": the file became shorter meanwhile;
            "bundle.unreadable": the disk or the USB stick failed.
    """
    try:
        file.seek(offset)
        data = file.read(size)
    except OSError as error:
        raise UserFacingError("bundle.unreadable") from error
    if len(data) != size:
        raise UserFacingError("bundle.changed_while_reading")
    return data
