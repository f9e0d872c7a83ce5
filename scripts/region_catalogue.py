"""A catalogue for the region of the pictures: signatories, indicators, goals, people. Nobody in it
exists; the periods are those of the source, moved to the year of the pictures.
"""

from datetime import date, timedelta
from typing import Final

from fichaat.application.catalogue.content import CatalogueContent
from fichaat.domain.catalogo import (
    ActividadPlan,
    Firmante,
    Indicador,
    MetaIndicador,
    PeriodoVerificacion,
    PersonaDirectorio,
)
from fichaat.domain.ficha import Tema
from fichaat.domain.territorio import Territorio

SIGNED: Final = 48
"""Signatories of the region of the pictures."""

_FIRST: Final = date(2025, 6, 14)
_INDICADORES: Final = (
    Indicador("SA-01", "Niñas y niños menores de 12 meses con paquete integrado", Tema.SALUD),
    Indicador("SA-02", "Gestantes con atenciones prenatales completas", Tema.SALUD),
    Indicador("AG-01", "Centros poblados con agua clorada", Tema.AGUA),
    Indicador("AG-02", "Registro mensual de cloro residual", Tema.AGUA),
    Indicador("ED-01", "Servicios de educación inicial con asistencia oportuna", Tema.EDUCACION),
    Indicador("AR-01", "Padrón nominal homologado", Tema.ARTICULACION),
    Indicador("AR-00", "Padrón nominal actualizado", Tema.ARTICULACION, retirado=True),
)
_PEOPLE: Final = (
    ("Rosmery Taipe Cuba", "Subgerenta de Programas Sociales"),
    ("Elmer Pariona Cconislla", "Gerente de Desarrollo Social"),
    ("Yesenia Rúa Mendívil", "Responsable del Área Técnica Municipal"),
    ("Wilber Ayme Palomino", "Coordinador de la Instancia de Articulación Local"),
)
_NOT_SIGNED: Final = frozenset({"050109", "050407"})
_VERIFICACIONES: Final = (
    PeriodoVerificacion(
        numero=1,
        desde=date(2026, 7, 1),
        hasta=date(2026, 12, 31),
        corte=date(2026, 12, 31),
        corte_acuerdos=date(2026, 12, 30),
        meta="70",
        minimo_analisis=2,
        minimo_socializacion=1,
        plan_desde=date(2026, 7, 1),
        plan_hasta=date(2026, 9, 30),
        valida_desde=date(2026, 11, 1),
        valida_hasta=date(2026, 12, 31),
    ),
    PeriodoVerificacion(
        numero=2,
        desde=date(2027, 1, 1),
        hasta=date(2027, 6, 30),
        corte=date(2027, 6, 30),
        corte_acuerdos=date(2027, 6, 30),
        meta="80",
        minimo_analisis=4,
        minimo_socializacion=2,
        minimo_evaluacion=1,
        minimo_compromisos="50",
    ),
)


def a_content(territorio: Territorio, region: str = "05") -> CatalogueContent:
    """What the coordinator of the pictures published."""
    places = [row.ubigeo for row in territorio.distritos_of(region)]
    signed = sorted([code for code in places if code not in _NOT_SIGNED][:SIGNED])
    return CatalogueContent(
        inicio_plan=date(2026, 7, 1),
        provincias=tuple(sorted(territorio.provincias(region))),
        firmantes=tuple(
            Firmante(code, _FIRST + timedelta(days=3 * n)) for n, code in enumerate(signed)
        ),
        indicadores=_INDICADORES,
        metas=tuple(
            MetaIndicador(code, place, meta, date(2026, 7, 1), date(2026, 12, 31))
            for place in signed[:6]
            for code, meta in (("SA-01", "62.5"), ("AG-01", "12"))
        ),
        verificaciones=_VERIFICACIONES,
        directorio=tuple(
            PersonaDirectorio(territorio.municipalidad(place) or place, nombre, cargo, place)
            for place in signed[:12]
            for nombre, cargo in _PEOPLE[:2]
        ),
        actividades=tuple(
            ActividadPlan(f"0190a0de-0000-7000-8000-{n:012x}", nombre)
            for n, nombre in enumerate(
                (
                    "Asistencia técnica presencial a municipalidades priorizadas",
                    "Jornadas de homologación del padrón nominal",
                    "Seguimiento virtual de acuerdos",
                ),
                start=1,
            )
        ),
    )
