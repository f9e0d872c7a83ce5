"""What a province or the region says of a sealed version (record kind `revision`)."""

from enum import StrEnum

from msgspec import Struct

from fichaat.domain.firma import Sujeto
from fichaat.domain.text import Fecha, LongText


class Veredicto(StrEnum):
    VISADA = "visada"  # a province has seen it
    APROBADA = "aprobada"
    OBSERVADA = "observada"
    RECHAZADA = "rechazada"
    RETIRADA = "retirada"  # takes an earlier verdict of the region back
    ELEGIDA = "elegida"  # of several valid copies of one version, this one counts


class Revision(Struct, frozen=True, forbid_unknown_fields=True):
    """`visada` is the province's, everything else the coordinators'."""

    sujeto: Sujeto
    veredicto: Veredicto
    motivo: LongText
    """Required where something is asked of the author: `observada`, `rechazada`, `retirada`."""
    plazo: Fecha | None
    """Until when an observation wants its rectification."""
