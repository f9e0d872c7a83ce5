"""Which records an installation says to have received, and when."""

from datetime import datetime

from msgspec import Struct

from fichaat.domain.recepcion import Recepcion, Resultado
from fichaat.domain.record import SealedRecord


class ReceptionRow(Struct, frozen=True, gc=False):
    """One line of one reception."""

    sha256: str
    """The record received."""
    device: str
    n: int
    """Number of the record that says so, on this installation."""
    by: str
    """Its hash."""
    en: datetime


def reception_rows(n: int, item: SealedRecord) -> list[ReceptionRow]:
    """Every record that this one says to keep, whatever it made of it."""
    content = item.record.content
    if not isinstance(content, Recepcion):
        return []
    kept = {
        received.sha256
        for received in content.registros
        if received.resultado is not Resultado.REFUSED
    }
    return [
        ReceptionRow(digest, item.record.device, n, item.sha256, content.recibido_en)
        for digest in sorted(kept)
    ]
