"""What lists and views call the state, the place and the session of a ficha."""

from collections.abc import Sequence

from fichaat.domain.ficha import Ficha, contenido_sha256, short_huella
from fichaat.domain.territorio import Territorio
from fichaat.gui.text import say


def estado_words(estado: str) -> str:
    return say(f"lista.estado_{estado}")


def places_words(ubigeos: Sequence[str], territorio: Territorio) -> str:
    """«Quinua (Huamanga)», «3 distritos (Huamanga)», «Quinua (Huamanga) y 2 más»."""
    if not ubigeos:
        return say("lista.no_place")
    first = territorio.known(ubigeos[0])
    name = ubigeos[0] if first is None else f"{first.distrito} ({first.provincia})"
    if len(ubigeos) == 1:
        return name
    provinces = {ubigeo[:4] for ubigeo in ubigeos}
    if first is not None and len(provinces) == 1:
        return say("lista.places", cantidad=len(ubigeos), provincia=first.provincia)
    return say("lista.places_apart", distrito=name, cantidad=len(ubigeos) - 1)


def sesion_words(sesiones: Sequence[str]) -> str:
    """One word, or that there are several."""
    if not sesiones:
        return ""
    return say(f"lista.{sesiones[0]}") if len(sesiones) == 1 else say("lista.several")


def short_people(names: str) -> str:
    """«M. Ccorahua Tineo», «M. Ccorahua Tineo y 1 más», of names with a semicolon between them."""
    first, *others = names.split("; ")
    given, _, rest = first.partition(" ")
    short = f"{given[:1]}. {rest}" if rest else first
    return say("lista.people", nombre=short, cantidad=len(others)) if others else short


def short_hash(ficha: Ficha) -> str:
    """The sixteen letters of the content at the foot of the paper, in fours."""
    return short_huella(contenido_sha256(ficha))
