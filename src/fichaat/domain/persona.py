"""People as the official paper names them: entity, name, position. No DNI (data minimisation)."""

from msgspec import Struct

from fichaat.domain.text import DistritoUbigeo, Line, Uuid7


class Autor(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Who sealed a record, as of that day: people change posts."""

    nombre: Line
    cargo: Line
    entidad: Line


class Responsable(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """«Responsable de la asistencia técnica» (R102)."""

    id: Uuid7
    entidad: Line = ""
    nombre: Line = ""
    cargo: Line = ""


class Destinatario(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """«Destinatario(s) de la asistencia técnica» (R103), of one of the listed districts."""

    id: Uuid7
    distrito: DistritoUbigeo | None = None
    entidad: Line = ""
    nombre: Line = ""
    cargo: Line = ""
