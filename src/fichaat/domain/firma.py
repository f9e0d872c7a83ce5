"""Signatures of the people of a visit. A drawn stroke is a *simple electronic signature*."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from fichaat.domain.text import MAX_LIST, Instant, Line, LongText, Sha256, Uuid7

MAX_BLOB = 50 * 1024 * 1024
"""Bytes of one scan, photo or stroke."""

Coordinate = Annotated[int, Meta(ge=0, le=32767)]


class TipoFirma(StrEnum):
    TRAZO = "trazo"  # drawn on the screen
    PAPEL = "papel"  # ink on the printed ficha, its scan attached now or later
    DIGITAL = "digital"
    PENDIENTE = "pendiente"
    NO_FIRMO = "no_firmo"


class ClaseAdjunto(StrEnum):
    FOTO = "foto"
    LISTA_ASISTENCIA = "lista_asistencia"
    FICHA_FIRMADA = "ficha_firmada"
    OTRO = "otro"


class Firma(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One participant's signature, or the reason why there is none (R108, R109)."""

    participante: Uuid7
    tipo: TipoFirma
    motivo: LongText | None = None
    firmado_en: Instant | None = None
    contenido: Sha256 | None = None
    """The content that was signed (`ficha.contenido_sha256`); another content makes it void."""
    blob: Sha256 | None = None


class Adjunto(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    sha256: Sha256
    nombre: Line
    tipo: Line
    bytes: Annotated[int, Meta(ge=0, le=MAX_BLOB)]
    descripcion: LongText = ""
    clase: ClaseAdjunto = ClaseAdjunto.OTRO


class Trazo(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """The blob of a drawn signature: polylines only, no timing and no pressure (biometric data)."""

    ancho: Annotated[int, Meta(ge=1, le=32767)]
    alto: Annotated[int, Meta(ge=1, le=32767)]
    trazos: Annotated[
        tuple[Annotated[tuple[tuple[Coordinate, Coordinate], ...], Meta(min_length=1)], ...],
        Meta(min_length=1, max_length=2000),
    ]


def within_canvas(trazo: Trazo) -> bool:
    """Whether every point lies on the canvas that the stroke declares."""
    return all(x <= trazo.ancho and y <= trazo.alto for line in trazo.trazos for x, y in line)


def draws_something(trazo: Trazo) -> bool:
    """Whether there is more than the dot of a pen: something as long as a hundredth of the canvas's
    longer side.
    """
    xs = [x for line in trazo.trazos for x, _ in line]
    ys = [y for line in trazo.trazos for _, y in line]
    longest = max(max(xs) - min(xs), max(ys) - min(ys))
    return 100 * longest >= max(trazo.ancho, trazo.alto)


class Sujeto(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """The exact sealed version that a record is about."""

    id: Uuid7
    version: Annotated[int, Meta(ge=1)]
    sha256: Sha256


class Evidencia(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Late signatures, scans or photos of a sealed version (record kind `evidencia`)."""

    sujeto: Sujeto
    firmas: Annotated[tuple[Firma, ...], Meta(max_length=MAX_LIST)] = ()
    adjuntos: Annotated[tuple[Adjunto, ...], Meta(max_length=MAX_LIST)] = ()
    comentario: LongText = ""


class Anulacion(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A sealed ficha stays visible and stops counting (record kind `anulacion`)."""

    sujeto: Sujeto
    motivo: Annotated[LongText, Meta(min_length=1)]
