"""The ficha of Anexo N°3: every field of the paper and the data it has no place for (R095–R110)."""

import hashlib
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from fichaat.domain.acuerdo import Acuerdo, Seguimiento
from fichaat.domain.firma import Adjunto, Firma
from fichaat.domain.persona import Destinatario, Responsable
from fichaat.domain.text import (
    MAX_LIST,
    Code,
    DistritoUbigeo,
    Fecha,
    Hora,
    Line,
    LongText,
    Region,
    Ubigeo,
    Uuid7,
)

FICHA_SCHEMA = 1
MAX_CONTENT = 1_000_000
"""Bytes of the canonical content of a ficha."""

Codigo = Annotated[str, Meta(pattern=r"^[0-9]{2}-[0-9]{4}-[0-9A-HJKMNP-TV-Z]{6}-[0-9]{4,9}(?!\n)$")]
"""region-year-tag-number: the handle people use, not the identity."""

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Origen(StrEnum):
    PROGRAMA = "programa"
    PAPEL = "papel"  # transcribed from an old paper ficha, its scan attached


class Nivel(StrEnum):
    REGIONAL = "regional"
    PROVINCIAL = "provincial"
    OTRO = "otro"  # national, NGO: kept, never counts


class Modalidad(StrEnum):
    """R084: exactly three."""

    PRESENCIAL = "presencial"
    VIRTUAL = "virtual"
    MIXTA = "mixta"


class Sesion(StrEnum):
    """R079, R080, R082."""

    DIAGNOSTICO = "diagnostico"
    SEGUIMIENTO = "seguimiento"
    ESPECIFICA = "especifica"


class Tema(StrEnum):
    """R083."""

    SALUD = "salud"
    AGUA = "agua"
    EDUCACION = "educacion"
    ARTICULACION = "articulacion"


class Ejecutor(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Who gave the assistance: the region, or a province in cascade (R091)."""

    nivel: Nivel
    ubigeo: Ubigeo | None = None
    entidad: Line = ""


class DistritoAtendido(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A local government of the visit and which session it was for it (R100, R110)."""

    ubigeo: DistritoUbigeo
    sesion: Sesion | None = None


class NudoCritico(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """«Nudo crítico y/o dificultad» beside its «Orientaciones brindadas» (R104, R105)."""

    descripcion: LongText = ""
    orientacion: LongText = ""
    distrito: DistritoUbigeo | None = None
    indicador: Code | None = None


class Advertencia(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """The reason given for a warning, so that a reviewer reads it."""

    code: Code
    path: Line
    motivo: LongText


class Ficha(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """The content of a record of kind `ficha`, schema 1; a draft is the same type, incomplete.

    Empty texts and nulls are allowed here; `problems.validate` says what sealing lacks.
    """

    codigo: Codigo
    ejecutor: Ejecutor
    origen: Origen = Origen.PROGRAMA
    gobierno_regional: Region | None = None
    fecha: Fecha | None = None
    hora_inicio: Hora | None = None
    hora_fin: Hora | None = None
    modalidad: Modalidad | None = None
    lugar: Line | None = None
    plataforma: Line | None = None
    distritos: Annotated[tuple[DistritoAtendido, ...], Meta(max_length=MAX_LIST)] = ()
    temas: Annotated[tuple[Tema, ...], Meta(max_length=MAX_LIST)] = ()
    indicadores: Annotated[tuple[Code, ...], Meta(max_length=MAX_LIST)] = ()
    actividad_plan: Uuid7 | None = None
    responsables: Annotated[tuple[Responsable, ...], Meta(max_length=MAX_LIST)] = ()
    destinatarios: Annotated[tuple[Destinatario, ...], Meta(max_length=MAX_LIST)] = ()
    nudos_criticos: Annotated[tuple[NudoCritico, ...], Meta(max_length=MAX_LIST)] = ()
    acuerdos: Annotated[tuple[Acuerdo, ...], Meta(max_length=MAX_LIST)] = ()
    seguimientos: Annotated[tuple[Seguimiento, ...], Meta(max_length=MAX_LIST)] = ()
    firmas: Annotated[tuple[Firma, ...], Meta(max_length=MAX_LIST)] = ()
    adjuntos: Annotated[tuple[Adjunto, ...], Meta(max_length=MAX_LIST)] = ()
    advertencias: Annotated[tuple[Advertencia, ...], Meta(max_length=MAX_LIST)] = ()
    observaciones: LongText = ""


_NOT_SIGNED = frozenset({"firmas", "adjuntos", "advertencias"})


def contenido_sha256(ficha: Ficha) -> str:
    """What a participant signs: the hash of the canonical content without signatures,
    attachments and reasons for warnings, so that none of them voids a signature.
    """
    signed = {
        name: getattr(ficha, name) for name in ficha.__struct_fields__ if name not in _NOT_SIGNED
    }
    return hashlib.sha256(msgspec.json.encode(signed, order="sorted")).hexdigest()


def short_huella(contenido: str) -> str:
    """The first sixteen digits of the hash of a content, in groups of four: what the foot of the
    paper, the window and the command line show of it.
    """
    return " ".join(contenido[start : start + 4] for start in range(0, 16, 4))


def chain_tag(chain: str) -> str:
    """Six Crockford letters that tell one chain's codes from another's: the first 30 bits of
    SHA-256 of the 16 bytes of the chain id.
    """
    digest = hashlib.sha256(bytes.fromhex(chain.replace("-", ""))).digest()
    bits = int.from_bytes(digest[:4], "big") >> 2
    return "".join(_CROCKFORD[(bits >> shift) & 31] for shift in range(25, -1, -5))


def make_codigo(region: str, year: int, chain: str, number: int) -> str:
    """The code of the `number`-th ficha that a chain began in a year."""
    return f"{region}-{year:04d}-{chain_tag(chain)}-{number:04d}"


def duplicate_ids(ficha: Ficha) -> list[str]:
    """Pointers to ids that stand twice in the ficha (people and agreements share one space)."""
    ids = [item.id for item in ficha.responsables]
    ids += [item.id for item in ficha.destinatarios]
    ids += [item.id for item in ficha.acuerdos]
    if len(set(ids)) == len(ids):
        return []
    seen: set[str] = set()
    repeated = []
    for section in ("responsables", "destinatarios", "acuerdos"):
        for row, item in enumerate(getattr(ficha, section)):
            if item.id in seen:
                repeated.append(f"/{section}/{row}/id")
            seen.add(item.id)
    return repeated
