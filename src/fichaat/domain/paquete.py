"""`paquete.json`: what a bundle says of itself (bundle.md)."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from fichaat.domain.credencial import AgeRecipient
from fichaat.domain.recepcion import Remitente
from fichaat.domain.rol import Rol
from fichaat.domain.text import Instant, Line, Region, Sha256, Ubigeo, Uuid7

FORMATO = 1
MAX_MEMBERS = 50_000
MAX_BUNDLE = 1024**3
"""Bytes of one file."""

Count = Annotated[int, Meta(ge=0, le=MAX_MEMBERS)]
Place = Annotated[int, Meta(ge=1, le=99_999_999)]


class TramoCadena(Struct, frozen=True, forbid_unknown_fields=True):
    """The first and last sequence of a chain that the file holds."""

    device: Sha256
    chain: Uuid7
    desde: Place
    hasta: Place


class Omitido(Struct, frozen=True, forbid_unknown_fields=True):
    """A record left out on purpose."""

    chain: Uuid7
    sequence: Place
    sha256: Sha256


class Solicitud(Struct, frozen=True, forbid_unknown_fields=True):
    """What a device asks the region to approve: its role, its scope, its age recipient."""

    nombre: Line
    cargo: Line
    entidad: Line
    rol: Rol
    ambito: Ubigeo
    """The region for a specialist or coordinator, the province for a provincial device."""
    age: AgeRecipient


class PaqueteInfo(Struct, frozen=True, forbid_unknown_fields=True):
    """Counts speak of this file only."""

    formato: Annotated[int, Meta(ge=1, le=9999)]
    id: Uuid7
    region: Region
    exportador: Remitente
    creado: Instant
    volumen: tuple[
        Annotated[int, Meta(ge=1, le=MAX_MEMBERS)], Annotated[int, Meta(ge=1, le=MAX_MEMBERS)]
    ]
    registros: Count
    cadenas: Annotated[tuple[TramoCadena, ...], Meta(max_length=MAX_MEMBERS)] = ()
    omitidos: Annotated[tuple[Omitido, ...], Meta(max_length=MAX_MEMBERS)] = ()
    practice: bool = False
    solicitud: Solicitud | UnsetType = UNSET
    """Present only in a credential request, which holds no records."""
