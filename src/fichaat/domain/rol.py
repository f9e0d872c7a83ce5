"""What a device may do for its region."""

from enum import StrEnum


class Rol(StrEnum):
    ESPECIALISTA = "especialista"
    PROVINCIAL = "provincial"
    COORDINADOR = "coordinador"
