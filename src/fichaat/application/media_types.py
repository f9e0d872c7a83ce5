"""What a photo or scan is: its bytes say so, and its name only what somebody called it."""

from typing import Final

from fichaat.domain.errors import UserFacingError

_BEGINNINGS: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_HEIF_BRANDS: Final = (b"heic", b"heix", b"heif", b"mif1", b"msf1")


def media_type(name: str, data: bytes) -> str:
    """What a file is, by its first bytes.

    Raises:
        UserFacingError: "ficha.file_refused": neither a photo, nor a scan, nor a PDF.
    """
    for beginning, found in _BEGINNINGS:
        if data.startswith(beginning):
            return found
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return "image/heic"
    raise UserFacingError("ficha.file_refused", nombre=name)
