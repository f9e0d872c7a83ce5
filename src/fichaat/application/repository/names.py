"""Names of files and folders that Windows, a USB stick and a web page all take."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Final

from fichaat.domain.territorio import Territorio

MANIFEST: Final = "MANIFIESTO.json"
CHECKSUMS: Final = "MANIFIESTO.sha256"
INDEX_XLSX: Final = "INDICE.xlsx"
INDEX_CSV: Final = "INDICE.csv"
_FIXED: Final = frozenset({MANIFEST, CHECKSUMS, INDEX_XLSX, INDEX_CSV})

MAX_NAME: Final = 200
"""Characters of a whole name: a web page or a drive adds its own before it."""

_MAX_WORD = 40
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)
_SEGMENT = r"[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,78}[A-Za-z0-9_])?"
_SAFE = re.compile(rf"(?:{_SEGMENT}/){{0,5}}{_SEGMENT}")
_PART = r"(?:PARTE-[0-9]{2,}/)?"
_PAPER = re.compile(
    rf"{_PART}[A-Za-z0-9-]+_?/[0-9]{{6}}-[A-Za-z0-9-]+/[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}/"
    r"[0-9]{2}-[0-9]{4}-[A-Z0-9]{6}-[0-9]{4,}(?:-[0-9a-f]{8})?-v[0-9]+"
    r"(?:-firmada-[0-9]+)?\.[a-z0-9]+"
)
_RECORDS = re.compile(rf"{_PART}paquetes/registros-[0-9]{{4,}}\.fichaat")


def plain(text: str) -> str:
    """A word of ASCII letters, digits and hyphens that no system keeps for itself."""
    decomposed = unicodedata.normalize("NFKD", text)
    ascii_only = "".join(char for char in decomposed if not unicodedata.combining(char))
    word = _NOT_PLAIN.sub("-", ascii_only).strip("-")[:_MAX_WORD].strip("-") or "sin-nombre"
    return f"{word}_" if _RESERVED.fullmatch(word) else word


def is_safe(name: str) -> bool:
    """Whether a name stays inside its folder and means the same on every system."""
    parts = name.split("/")
    return (
        len(name) < MAX_NAME
        and _SAFE.fullmatch(name) is not None
        and not any(_RESERVED.fullmatch(part.partition(".")[0]) for part in parts)
    )


def is_ours(name: str) -> bool:
    """Whether only this program gives such a name."""
    return name in _FIXED or any(p.fullmatch(name) is not None for p in (_PAPER, _RECORDS))


def ficha_folder(territorio: Territorio, ubigeo: str, day: date) -> str:
    """Provincia/ubigeo-Distrito/AAAA-MM-DD."""
    found = territorio.lugar(ubigeo)
    distrito = "distrito" if found.distrito == ubigeo else found.distrito
    return f"{plain(found.provincia)}/{ubigeo}-{plain(distrito)}/{day.isoformat()}"


def part_folder(part: int) -> str:
    """Before every name of a part; nothing where there are none."""
    return f"PARTE-{part:02d}/" if part else ""


def records_name(number: int) -> str:
    return f"paquetes/registros-{number:04d}.fichaat"


def records_number(name: str) -> int:
    """The number in a `records_name`, wherever it stands."""
    return int(name.rpartition("-")[2].partition(".")[0])


_EXTENSIONS: Final[Sequence[tuple[bytes, str]]] = (
    (b"%PDF", "pdf"),
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG", "png"),
    (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"),
)
_WEBP = (b"RIFF", b"WEBP")
_HEIC = b"ftyp"


def extension(data: bytes) -> str:
    """How the name of a scan ends, by what it is and not by how somebody called it."""
    if data[:4] == _WEBP[0] and data[8:12] == _WEBP[1]:
        return "webp"
    if data[4:8] == _HEIC:
        return "heic"
    return next((end for start, end in _EXTENSIONS if data.startswith(start)), "bin")
