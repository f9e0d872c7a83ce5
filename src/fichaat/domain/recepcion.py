"""What an installation did with a bundle it imported (record kind `recepcion`)."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from fichaat.domain.text import Code, Instant, Line, Sha256, Uuid7


class Resultado(StrEnum):
    """The outcome of one record of a bundle."""

    NEW = "new"
    KNOWN = "known"
    NEW_VERSION = "new_version"
    CONFLICT = "conflict"
    FORK = "fork"
    WRONG_SIGNER = "wrong_signer"
    OUT_OF_SCOPE = "out_of_scope"
    QUARANTINED = "quarantined"
    OPAQUE = "opaque"
    REFUSED = "refused"


class Remitente(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Who says to have exported the bundle; the names are unverified claims."""

    device: Sha256
    nombre: Line = ""
    entidad: Line = ""


class Recibido(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    sha256: Sha256
    resultado: Resultado
    codigo: Code | None = None


class Recepcion(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """`paquete` is the SHA-256 of the received file; known records are not listed again."""

    paquete: Sha256
    paquete_id: Uuid7
    recibido_en: Instant
    remitente: Remitente
    registros: Annotated[tuple[Recibido, ...], Meta(max_length=50_000)] = ()
