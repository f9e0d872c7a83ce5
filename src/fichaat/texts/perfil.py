"""Sentences about the profile of a data folder (codes `perfil.*`)."""

from typing import Final

MESSAGES: Final[dict[str, str]] = {
    "perfil.missing": "En esta carpeta no hay un perfil. Créelo con «fichaat perfil crear» o elija otra carpeta con --datos.",
    "perfil.exists": "En esta carpeta ya hay un perfil. Elija otra con --datos.",
    "perfil.region_unknown": "No hay una región {region}. Escriba los dos dígitos de su departamento; Ayacucho es 05.",
    "perfil.provincia_required": "El rol provincial necesita su provincia. Añada --provincia con sus cuatro dígitos.",
    "perfil.provincia_unknown": "La provincia {provincia} no es de esa región. Revise sus cuatro dígitos.",
    "perfil.provincia_unexpected": "Solo el rol provincial lleva provincia. Quítela o cambie el rol.",
    "perfil.text_required": "Escriba su {campo} en una línea de hasta {maximo} letras.",
    "perfil.practice_only": "Esta orden llena la carpeta con datos ficticios y solo vale en un perfil de práctica. Cree uno con «fichaat perfil crear --practica».",
}
