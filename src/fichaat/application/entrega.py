"""Whether a sealed ficha arrived where it belongs, as far as this installation was told."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from fichaat.application.installation import Installation
from fichaat.application.ports.rows import Arrival
from fichaat.application.ports.store import Reader
from fichaat.application.selection import is_coordinators, is_pending
from fichaat.domain.authority import Authority


class Llegada(StrEnum):
    """How far a version came: the first of these that holds."""

    REGION = "region"
    """A coordinator has acknowledged it."""
    DE_LA_REGION = "de_la_region"
    """A coordinator sealed it: it is where it belongs."""
    PROVINCIA = "provincia"
    """A province has it; the region has not acknowledged it."""
    EXPORTADA = "exportada"
    """It left in a bundle of this installation, and nobody has answered."""
    SIN_EXPORTAR = "sin_exportar"
    """It waits here."""
    SIN_NOTICIA = "sin_noticia"
    """Another device has to deliver it, and nobody told here whether it did."""


class Entrega(Struct, frozen=True):
    """What is known here of the way of the newest version of a ficha."""

    estado: Llegada
    region: datetime | None
    """When a coordinator first received it, by the clock there; likewise a province."""
    provincia: datetime | None
    exportada: datetime | None
    """When it last left in a bundle of this installation."""
    visto: str
    """The one word that the list of the window has for the ficha, see `ListRow.estado`."""


def entregas(reader: Reader, here: Installation, sha256s: Collection[str]) -> dict[str, Entrega]:
    """Of newest versions by their hash; what is none is passed over."""
    authority = reader.authority()
    return {
        digest: Entrega(
            _llegada(here, found, authority),
            found.region,
            found.provincia,
            found.exportada,
            found.estado,
        )
        for digest, found in reader.arrivals(sha256s).items()
    }


def _llegada(here: Installation, found: Arrival, authority: Authority) -> Llegada:
    if found.region is not None:
        return Llegada.REGION
    if is_coordinators(found.device, authority):
        return Llegada.DE_LA_REGION
    if found.provincia is not None:
        return Llegada.PROVINCIA
    if found.exportada is not None:
        return Llegada.EXPORTADA
    waits = is_pending(here, found.device, authority)
    return Llegada.SIN_EXPORTAR if waits else Llegada.SIN_NOTICIA
