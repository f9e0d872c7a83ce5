"""The few members of a record that an export reads.

A record is judged once, in full, before it is kept (`codec.decode_record`). Bytes with the hash
under which it was kept are that record: to judge them again would say nothing new and cost six
times as much. So these types repeat no rule, and pass over every member that they do not name.
"""

from datetime import date, datetime
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct

from fichaat.domain.codec import known_kind
from fichaat.domain.errors import UserFacingError
from fichaat.domain.record import Kind, sha256_hex

C = TypeVar("C")


class ExtractoCatalogo(Struct, frozen=True, gc=False):
    sha256: str


class Extracto(Struct, Generic[C], frozen=True, gc=False):
    """Of a record."""

    id: str
    version: int
    sealed_at: datetime
    catalog: ExtractoCatalogo | None
    content: C


class ExtractoFirma(Struct, frozen=True, gc=False):
    blob: str | None


class ExtractoAdjunto(Struct, frozen=True, gc=False):
    sha256: str


class ExtractoEvidencia(Struct, frozen=True, gc=False):
    firmas: tuple[ExtractoFirma, ...]
    adjuntos: tuple[ExtractoAdjunto, ...]


class ExtractoDistrito(Struct, frozen=True, gc=False):
    ubigeo: str
    sesion: str | None


class ExtractoPersona(Struct, frozen=True, gc=False):
    nombre: str
    entidad: str
    distrito: str | None = None
    """Of a *destinatario* only."""


class ExtractoSeguimiento(Struct, frozen=True, gc=False):
    acuerdo: str | None


class ExtractoAdvertencia(Struct, frozen=True, gc=False):
    code: str
    path: str


class Contado(Struct, frozen=True, gc=False):
    """Of which only the number counts."""


class ExtractoFicha(Struct, frozen=True, gc=False):
    codigo: str
    gobierno_regional: str | None
    fecha: date | None
    hora_inicio: str | None
    hora_fin: str | None
    modalidad: str | None
    distritos: tuple[ExtractoDistrito, ...]
    indicadores: tuple[str, ...]
    actividad_plan: str | None
    responsables: tuple[ExtractoPersona, ...]
    destinatarios: tuple[ExtractoPersona, ...]
    nudos_criticos: tuple[Contado, ...]
    acuerdos: tuple[Contado, ...]
    seguimientos: tuple[ExtractoSeguimiento, ...]
    firmas: tuple[ExtractoFirma, ...]
    adjuntos: tuple[ExtractoAdjunto, ...]
    advertencias: tuple[ExtractoAdvertencia, ...]


_decoders: dict[str | None, msgspec.json.Decoder[Any]] = {
    Kind.FICHA: msgspec.json.Decoder(Extracto[ExtractoFicha]),
    Kind.EVIDENCIA: msgspec.json.Decoder(Extracto[ExtractoEvidencia]),
}
_envelope = msgspec.json.Decoder(Extracto[msgspec.Raw])


def extract(raw: bytes, sha256: str) -> Extracto[object]:
    """What the kept bytes of a record say: of `ficha` and `evidencia` beside the envelope, of any
    other kind and of opaque records the envelope alone.

    Raises:
        UserFacingError: "storage.corrupt": not the record that was kept under this hash.
    """
    if sha256_hex(raw) != sha256:
        raise UserFacingError("storage.corrupt")
    try:
        found: Extracto[object] = _decoders.get(known_kind(raw), _envelope).decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise UserFacingError("storage.corrupt") from None
    return found
