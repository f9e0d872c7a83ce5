"""The envelope of everything sealed, and the kinds of content it may hold (data-model.md)."""

import hashlib
from enum import StrEnum
from typing import Annotated, Generic, TypeVar

from msgspec import Meta, Struct

from fichaat.domain.acuerdo import EventoAcuerdo
from fichaat.domain.catalogo import Catalogo
from fichaat.domain.credencial import Credencial, Relevo, Revocacion
from fichaat.domain.ficha import FICHA_SCHEMA, MAX_CONTENT, Ficha
from fichaat.domain.firma import Anulacion, Evidencia
from fichaat.domain.persona import Autor
from fichaat.domain.recepcion import Recepcion
from fichaat.domain.revision import Revision
from fichaat.domain.text import Instant, LongText, Region, Sha256, Uuid7

Content = (
    Ficha
    | Evidencia
    | Anulacion
    | EventoAcuerdo
    | Recepcion
    | Revision
    | Credencial
    | Revocacion
    | Relevo
    | Catalogo
)
C = TypeVar("C")

MAX_AFTER = 1000

MAX_OTHER_CONTENT = 16_000_000
"""Bytes of the canonical content of any kind but `ficha`."""

MAX_ENVELOPE = 200_000
"""Bytes that the envelope may add around a content."""

SIGNED_BYTES_MAX = MAX_OTHER_CONTENT + MAX_ENVELOPE

MAX_OPAQUE_VALUES = 500_000
"""Commas and opening brackets of a record that this version keeps without understanding: its
values take up to thirty times their bytes in memory."""


class Kind(StrEnum):
    """The kinds this version reads; any other is kept opaque."""

    FICHA = "ficha"
    EVIDENCIA = "evidencia"
    ANULACION = "anulacion"
    SEGUIMIENTO = "seguimiento"
    RECEPCION = "recepcion"
    REVISION = "revision"
    CREDENCIAL = "credencial"
    REVOCACION = "revocacion"
    RELEVO = "relevo"
    CATALOGO = "catalogo"


REGION_KEY_KINDS = frozenset({Kind.CREDENCIAL, Kind.REVOCACION, Kind.RELEVO})
"""What the region key seals, and nobody else; it seals nothing else."""


class KindSpec(Struct, frozen=True):
    """The newest schema this version reads, its type and the size of its content."""

    schema: int
    type: type[Struct]
    max_bytes: int


KINDS: dict[str, KindSpec] = {
    Kind.FICHA: KindSpec(FICHA_SCHEMA, Ficha, MAX_CONTENT),
    Kind.EVIDENCIA: KindSpec(1, Evidencia, MAX_OTHER_CONTENT),
    Kind.ANULACION: KindSpec(1, Anulacion, MAX_OTHER_CONTENT),
    Kind.SEGUIMIENTO: KindSpec(1, EventoAcuerdo, MAX_OTHER_CONTENT),
    Kind.RECEPCION: KindSpec(1, Recepcion, MAX_OTHER_CONTENT),
    Kind.REVISION: KindSpec(1, Revision, MAX_OTHER_CONTENT),
    Kind.CREDENCIAL: KindSpec(1, Credencial, MAX_OTHER_CONTENT),
    Kind.REVOCACION: KindSpec(1, Revocacion, MAX_OTHER_CONTENT),
    Kind.RELEVO: KindSpec(1, Relevo, MAX_OTHER_CONTENT),
    Kind.CATALOGO: KindSpec(1, Catalogo, MAX_OTHER_CONTENT),
}


class Supersedes(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """The version that a rectification replaces, and why."""

    version: Annotated[int, Meta(ge=1, le=9999)]
    sha256: Sha256
    reason: Annotated[LongText, Meta(min_length=1)]


class CatalogRef(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """The catalogue a record was written under."""

    version: Annotated[int, Meta(ge=1)]
    sha256: Sha256


class Record(Struct, Generic[C], frozen=True, forbid_unknown_fields=True, gc=False):
    """What is sealed: immutable, signed by its device, in one place of that device's chain."""

    kind: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,39}(?!\n)$")]
    schema: Annotated[int, Meta(ge=1, le=9999)]
    id: Uuid7
    version: Annotated[int, Meta(ge=1, le=9999)]
    supersedes: Supersedes | None
    after: Annotated[tuple[Sha256, ...], Meta(max_length=MAX_AFTER)]
    """Sorted hashes of the latest records about the same subject that the author knew."""
    region: Region
    practice: bool
    chain: Uuid7
    sequence: Annotated[int, Meta(ge=1, le=99_999_999)]
    previous: Sha256 | None
    device: Sha256
    sealed_at: Instant
    """A claim of the device's clock: never used to order or to trust."""
    author: Autor
    catalog: CatalogRef | None
    app: Annotated[str, Meta(min_length=1, max_length=40)]
    content: C


class SealedRecord(Struct, frozen=True, gc=False):
    """A decoded record beside the exact bytes that were signed.

    `record.content` is a domain Struct, or plain built-ins where the record is opaque.
    """

    raw: bytes
    signature: bytes
    sha256: str
    record: Record[object]
    opaque: bool = False

    @property
    def place(self) -> tuple[str, str, int]:
        """Device, chain and sequence: where the record stands."""
        return self.record.device, self.record.chain, self.record.sequence


def sha256_hex(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
