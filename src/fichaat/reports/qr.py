"""The QR code of a paper's footer."""

from typing import Final

from reportlab.graphics.barcode import qrencoder

_VERSION: Final = 4
"""62 bytes at level M: eight of ours, a codigo of up to 24, a version, 16 of the hash."""
_MASK: Final = 2
"""Any of the eight masks decodes. Scoring all of them costs as much as the rest of the paper."""


def qr_rows(text: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of the code of level M that holds the text, dark ones true.

    Raises:
        ValueError: the text has more than 62 bytes.
    """
    if len(text.encode()) > 62:
        raise ValueError(text)
    code = qrencoder.QRCode(_VERSION, qrencoder.QRErrorCorrectLevel.M)
    code.addData(qrencoder.QR8bitByte(text))
    code.makeImpl(False, _MASK)
    return tuple(tuple(bool(module) for module in row) for row in code.modules)
