"""Who appears in the rehearsal. Everybody is made up; all their work is practice."""

from enum import StrEnum
from typing import Final

from fichaat.application.profiles import NewProfile
from fichaat.domain.rol import Rol

REGION: Final = "05"
HUAMANGA: Final = "0501"
CANGALLO: Final = "0502"
HUANTA: Final = "0504"
LA_MAR: Final = "0505"

_GORE: Final = "Gobierno Regional de Ayacucho (FICTICIO)"


class Who(StrEnum):
    """One laptop each; the value names its data folder."""

    COORDINADORA = "coordinadora"
    HUAMANGA = "huamanga"
    HUAMANGA_CAMPO = "huamanga-campo"
    HUANTA = "huanta"
    HUANTA_CAMPO = "huanta-campo"
    LA_MAR = "la-mar"
    CUMPLIDA = "cumplida"
    ROBADA = "robada"
    VIEJA = "vieja"
    NUEVA = "nueva"
    RESTAURADA = "restaurada"
    VENCIDA = "vencida"
    # nobody of the region
    COPIA = "huanta-campo-copia"
    IMPOSTOR = "impostor"
    FALSA = "region-falsa"
    REVISORA = "revisora"


REGION_DEVICES: Final = tuple(Who)[:12]
"""The laptops that the region approves."""


def _person(
    nombre: str,
    cargo: str,
    rol: Rol = Rol.ESPECIALISTA,
    provincia: str | None = None,
    entidad: str = _GORE,
) -> NewProfile:
    return NewProfile(rol, REGION, provincia, nombre, cargo, entidad, practice=True)


def _province(nombre: str, provincia: str, name: str) -> NewProfile:
    entidad = f"Municipalidad Provincial de {name} (FICTICIA)"
    return _person(nombre, "Responsable provincial", Rol.PROVINCIAL, provincia, entidad)


_COORDINATOR: Final = _person("Abdón Ejemplar Inventado", "Coordinador regional", Rol.COORDINADOR)
_SPECIALIST: Final = _person("Marleni Ficticia Ñahui", "Especialista territorial")

CAST: Final = {
    Who.COORDINADORA: _COORDINATOR,
    Who.HUAMANGA: _province("Rosaura Supuesta Ñañez", HUAMANGA, "Huamanga"),
    Who.HUAMANGA_CAMPO: _province("Félix Imaginario Quispe", HUAMANGA, "Huamanga"),
    Who.HUANTA: _province("Nieves Inventada Huamán", HUANTA, "Huanta"),
    Who.HUANTA_CAMPO: _province("Edwin Ficticio Ccorahua", HUANTA, "Huanta"),
    Who.LA_MAR: _province("Yolanda Ejemplar Poma", LA_MAR, "La Mar"),
    Who.CUMPLIDA: _SPECIALIST,
    Who.ROBADA: _person("Wilber Supuesto Rojas", "Especialista en salud"),
    Who.VIEJA: _person("Ñusta Imaginaria Sulca", "Especialista en agua"),
    Who.NUEVA: _person("Ñusta Imaginaria Sulca", "Especialista en agua"),
    Who.RESTAURADA: _person("Teófilo Inventado Pariona", "Especialista en educación"),
    Who.VENCIDA: _person("Irma Ficticia Medina", "Especialista por contrato"),
    # With the very names of those whom they claim to be.
    Who.IMPOSTOR: _SPECIALIST,
    Who.FALSA: _COORDINATOR,
    Who.REVISORA: _person("Zenobia Supuesta Arango", "Coordinadora suplente", Rol.COORDINADOR),
}

FIRST_VISITS: Final = {
    Who.HUAMANGA: 30,
    Who.HUAMANGA_CAMPO: 50,
    Who.HUANTA: 30,
    Who.HUANTA_CAMPO: 50,
    Who.LA_MAR: 40,
    Who.CUMPLIDA: 40,
    Who.ROBADA: 40,
    Who.VIEJA: 40,
    Who.RESTAURADA: 40,
    Who.VENCIDA: 30,
}
"""Fichas that each laptop seals before the region knows it."""

LATER_VISITS: Final = {
    Who.HUAMANGA_CAMPO: (30,),
    Who.HUANTA_CAMPO: (10,),
    Who.COPIA: (10,),
    Who.LA_MAR: (20,),
    Who.CUMPLIDA: (30,),
    Who.ROBADA: (10,),
    Who.VIEJA: (20, 10),
    Who.NUEVA: (20,),
    Who.RESTAURADA: (5, 5, 20),
    Who.VENCIDA: (10, 10),
}
"""And afterwards, in one or several goes."""

FICHAS: Final = sum(FIRST_VISITS.values()) + sum(map(sum, LATER_VISITS.values()))
"""Sealed by the region's own people; forged ones come besides."""

STOLEN: Final = 12
FORGED: Final = 8
"""What a thief and an impostor seal."""
