"""Agreements of visits and their events. Order is causal; clocks never decide (data-model.md)."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from fichaat.domain.text import Code, DistritoUbigeo, Fecha, Line, LongText, Uuid7


class EstadoAcuerdo(StrEnum):
    PENDIENTE = "pendiente"
    EN_PROCESO = "en_proceso"
    CUMPLIDO = "cumplido"
    NO_CUMPLIDO = "no_cumplido"
    REPROGRAMADO = "reprogramado"


Avance = Annotated[int, Meta(ge=0, le=100)]
"""Progress in per cent."""


class Acuerdo(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """«Acuerdos/compromisos» (R106), with the full date and the responsible that R060–R061 ask."""

    id: Uuid7
    descripcion: LongText = ""
    responsable: Line = ""
    plazo: Fecha | None = None
    distrito: DistritoUbigeo | None = None
    indicador: Code | None = None
    nudo: Annotated[int, Meta(ge=0, le=199)] | None = None
    """Index of the nudo crítico it attends (R036)."""


class Seguimiento(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """«Seguimiento de acuerdos/compromisos anteriores» (R107); `acuerdo` null: of the paper era."""

    acuerdo: Uuid7 | None = None
    descripcion: LongText | None = None
    estado: EstadoAcuerdo = EstadoAcuerdo.PENDIENTE
    avance: Avance | None = None
    cumplido_el: Fecha | None = None
    comentario: LongText = ""
    nuevo_plazo: Fecha | None = None
    motivo: LongText | None = None


class EventoAcuerdo(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """An agreement event outside a visit (record kind `seguimiento`)."""

    acuerdo: Uuid7
    estado: EstadoAcuerdo
    avance: Avance | None = None
    cumplido_el: Fecha | None = None
    comentario: LongText = ""
    nuevo_plazo: Fecha | None = None
    motivo: LongText | None = None
