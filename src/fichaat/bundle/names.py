"""The names a container may hold, and the one order in which they stand in it."""

import re
from enum import IntEnum
from typing import Final

from msgspec import Struct

from fichaat.domain.record import SIGNED_BYTES_MAX

MIMETYPE: Final = "mimetype"
MIMETYPE_VALUE: Final = b"application/vnd.etsi.asic-e+zip"
PAQUETE: Final = "paquete.json"
RESUMEN: Final = "resumen.csv"
MANIFEST: Final = "META-INF/ASiCManifest001.xml"
SIGNATURE: Final = "META-INF/signature001.p7s"


class Part(IntEnum):
    """What a member is. The values follow the order of the file."""

    MIMETYPE = 1
    PAQUETE = 2
    RECORD = 3
    RECORD_SIGNATURE = 4
    CERTIFICATE = 5
    BLOB = 6
    PDF = 7
    RESUMEN = 8
    MANIFEST = 9
    SIGNATURE = 10


_HEX64 = "[0-9a-f]{64}"
_UUID7 = "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
_PLACE = f"registros/{_HEX64}/{_UUID7}/(?!00000000)[0-9]{{8}}\\.{_HEX64}"
_CODIGO = "[0-9]{2}-[0-9]{4}-[0-9A-HJKMNP-TV-Z]{6}-[0-9]{4,9}"

# One group per Part, in its order, so that `lastindex` is the Part. A record and its signature
# differ in their last letters only: the long place before them is looked at once.
NAME: Final = re.compile(
    "|".join(
        (
            f"({re.escape(MIMETYPE)})",
            f"({re.escape(PAQUETE)})",
            f"{_PLACE}\\.(?:(json)|(sig))",
            f"(certificados/{_HEX64}\\.pem)",
            f"(adjuntos/{_HEX64})",
            f"(pdf/{_CODIGO}\\.v[1-9][0-9]{{0,3}}\\.[0-9a-f]{{8}}\\.pdf)",
            f"({re.escape(RESUMEN)})",
            f"({re.escape(MANIFEST)})",
            f"({re.escape(SIGNATURE)})",
        )
    ).encode()
)

MAX_NAME: Final = 190
"""Bytes of the longest name, a record's."""

MAX_MANIFEST_LINE: Final = 400
"""More than the manifest needs for one member."""

_MB = 1_000_000

_LIMITS = {
    Part.MIMETYPE: len(MIMETYPE_VALUE),
    Part.PAQUETE: 24 * _MB,
    Part.RECORD: SIGNED_BYTES_MAX,  # the codec holds each kind to its own, smaller limit
    Part.RECORD_SIGNATURE: 80,
    Part.CERTIFICATE: 4_000,
    Part.BLOB: 50 * _MB,
    Part.PDF: 50 * _MB,
    Part.RESUMEN: 50 * _MB,
    Part.MANIFEST: 50_000 * MAX_MANIFEST_LINE,
    Part.SIGNATURE: 16_000,
}
LIMITS: Final = (0, *(_LIMITS[part] for part in Part))
"""Most bytes of a member, by Part."""

RANKS: Final = (0, 1, 2, 3, 3, 5, 6, 7, 8, 9, 10)
"""Order of the file by Part; equal ranks are sorted by name, so that a record's signature follows
its record."""


class RecordName(Struct, frozen=True, gc=False):
    """The place in a chain that the name of a record claims."""

    device: str
    chain: str
    sequence: int
    sha256: str


def part_of(name: bytes) -> int:
    """The Part of a name, or 0 where the profile has no such name."""
    match = NAME.fullmatch(name)
    return 0 if match is None else match.lastindex or 0


def order_key(name: str) -> tuple[int, str]:
    """Sorts members into the order of the file.

    Raises:
        ValueError: no name of the profile.
    """
    part = part_of(name.encode())
    if not part:
        raise ValueError(f"not a name of the profile: {name!r}")
    return RANKS[part], name


def record_name(device: str, chain: str, sequence: int, sha256: str) -> str:
    return f"registros/{device}/{chain}/{sequence:08d}.{sha256}.json"


def records_folder(device: str) -> str:
    """With it begin the names of all records of a device, and of their signatures."""
    return f"registros/{device}/"


def record_signature_name(device: str, chain: str, sequence: int, sha256: str) -> str:
    return f"registros/{device}/{chain}/{sequence:08d}.{sha256}.sig"


def parse_record_name(name: str) -> RecordName:
    """The parts of a name that is known to be a record's: every width is fixed."""
    return RecordName(name[10:74], name[75:111], int(name[112:120]), name[121:185])


def certificate_name(device: str) -> str:
    return f"certificados/{device}.pem"


def parse_certificate_name(name: str) -> str:
    return name[13:77]


def blob_name(sha256: str) -> str:
    return f"adjuntos/{sha256}"


def parse_blob_name(name: str) -> str:
    return name[9:]


def parse_pdf_name(name: str) -> str:
    """The eight letters of its record's hash."""
    return name[-12:-4]


def pdf_name(codigo: str, version: int, record_sha256: str) -> str:
    """The official paper of one version of a ficha."""
    return f"pdf/{codigo}.v{version}.{record_sha256[:8]}.pdf"
