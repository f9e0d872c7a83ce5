"""What a catalogue lets others know: rules, papers and lists ask here, so that all read it alike.

A list that the catalogue leaves empty is unknown, not empty: a region's first catalogue, which is
made with its key, names nobody yet.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from fichaat.domain.catalogo import Catalogo
from fichaat.domain.ficha import Tema

TEMAS: Final[Mapping[Tema, str]] = {
    Tema.SALUD: "Salud",
    Tema.AGUA: "Agua",
    Tema.EDUCACION: "Educación",
    Tema.ARTICULACION: "Articulación territorial",
}
"""As the paper and the sheets write them (R083)."""


def known_firmantes(catalogo: Catalogo | None) -> dict[str, date] | None:
    """Every signatory and when it signed: a visit before that day counts in each period that ends
    after it. None where none is known.
    """
    if catalogo is None or not catalogo.firmantes:
        return None
    return {item.ubigeo: item.firmo_el for item in catalogo.firmantes}


def known_indicadores(catalogo: Catalogo | None) -> frozenset[str] | None:
    """Every code that ever stood for an indicator, retired ones too: the visit may be older than
    the retirement. None where none is known.
    """
    if catalogo is None or not catalogo.indicadores:
        return None
    return frozenset(item.codigo for item in catalogo.indicadores)


def paper_firmantes(catalogo: Catalogo | None, ubigeos: Iterable[str]) -> dict[str, str]:
    """District -> "Sí, 14/06/2023" or "No"; nothing while no signatory is known."""
    known = known_firmantes(catalogo)
    if known is None:
        return {}
    return {
        ubigeo: f"Sí, {known[ubigeo]:%d/%m/}{known[ubigeo].year:04d}" if ubigeo in known else "No"
        for ubigeo in ubigeos
    }


def paper_indicadores(
    catalogo: Catalogo | None, codes: Iterable[str]
) -> dict[str, tuple[str, str]]:
    """Code -> (name, theme) of those that a catalogue has."""
    wanted = set(codes)
    if catalogo is None or not wanted:
        return {}
    return {
        item.codigo: (item.nombre, TEMAS[item.tema])
        for item in catalogo.indicadores
        if item.codigo in wanted
    }


def paper_actividad(catalogo: Catalogo | None, id_: str | None) -> str:
    """What the plan calls an activity; blank where no catalogue says it."""
    if catalogo is None or id_ is None:
        return ""
    return next((item.nombre for item in catalogo.actividades if item.id == id_), "")
