"""Contents of catalogues: one that is right, and any that the rules and the sheets can hold."""

from datetime import date

from hypothesis import strategies as st

from fichaat.application.catalogue.columns import Scope
from fichaat.application.catalogue.content import CatalogueContent, canonical_decimal
from fichaat.domain.catalogo import (
    DEFAULT_VERIFICACIONES,
    ActividadPlan,
    Firmante,
    Indicador,
    MetaIndicador,
    PeriodoVerificacion,
    PersonaDirectorio,
)
from fichaat.domain.ficha import Tema
from fichaat.system.territorio_file import load_territorio
from tests.support.fichas import uuid7
from tests.support.strategies import lines, uuids

REGION = "05"
TERRITORIO = load_territorio()
SCOPE = Scope(REGION, TERRITORIO)
DISTRITOS = tuple(row.ubigeo for row in TERRITORIO.distritos_of(REGION))

COMPLETE = CatalogueContent(
    inicio_plan=date(2026, 1, 1),
    provincias=("0501", "0504"),
    firmantes=(
        Firmante("050101", date(2023, 6, 14)),
        Firmante("050108", date(2023, 6, 14)),
        Firmante("050401", date(2024, 2, 1)),
    ),
    indicadores=(
        Indicador("I-01", "Gestantes con seis controles", Tema.SALUD),
        Indicador("I-02", "Hogares con agua clorada", Tema.AGUA),
        Indicador("I-09", "Escuelas con internet", Tema.EDUCACION, retirado=True),
    ),
    metas=(
        MetaIndicador("I-01", "050101", "80.5", date(2026, 1, 1), date(2026, 6, 30)),
        MetaIndicador("I-01", "050101", "90", date(2026, 7, 1), date(2026, 12, 31)),
        MetaIndicador("I-02", "050108", "1250", date(2026, 1, 1), date(2026, 12, 31)),
    ),
    verificaciones=DEFAULT_VERIFICACIONES,
    directorio=(
        PersonaDirectorio("Municipalidad Provincial de Huanta", "Rosa Ñaupari", "Jefa", "050401"),
        PersonaDirectorio("Red de Salud Huamanga"),
    ),
    actividades=(ActividadPlan(uuid7(7), "Socialización del Pacto"),),
)
"""As a region has it, without a problem."""

days = st.dates(date(2000, 1, 1), date(2199, 12, 31))
amounts = st.decimals(0, 999_999_999, places=4).map(canonical_decimal)
shares = st.decimals(1, 100, places=2).map(canonical_decimal) | st.just("0")
codes = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,12}", fullmatch=True)
filled = lines.filter(lambda text: bool(text) and not text.isspace())
distritos = st.sampled_from(DISTRITOS)
maybe_day = days | st.none()

firmantes = st.builds(Firmante, distritos, days)
indicadores = st.builds(Indicador, codes, filled, st.sampled_from(Tema), st.booleans())
metas = st.builds(MetaIndicador, codes, distritos, amounts, days, days)
verificaciones = st.builds(
    PeriodoVerificacion,
    numero=st.integers(1, 99),
    desde=days,
    hasta=days,
    corte=days,
    corte_acuerdos=days,
    meta=shares | st.none(),
    minimo_acuerdos=shares,
    minimo_analisis=st.integers(0, 99),
    minimo_socializacion=st.integers(0, 99),
    minimo_evaluacion=st.integers(0, 99),
    minimo_compromisos=shares | st.none(),
    plan_desde=maybe_day,
    plan_hasta=maybe_day,
    valida_desde=maybe_day,
    valida_hasta=maybe_day,
    evalua_desde=maybe_day,
    evalua_hasta=maybe_day,
)
personas = st.builds(PersonaDirectorio, filled, lines, lines, distritos | st.none())
actividades = st.builds(ActividadPlan, uuids, filled)
provincias = st.sampled_from(sorted(TERRITORIO.provincias(REGION)))


def _some(items: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(items, max_size=4).map(tuple)


contents: st.SearchStrategy[CatalogueContent] = st.builds(
    CatalogueContent,
    inicio_plan=maybe_day,
    provincias=_some(provincias),
    firmantes=_some(firmantes),
    indicadores=_some(indicadores),
    metas=_some(metas),
    verificaciones=_some(verificaciones),
    directorio=_some(personas),
    actividades=_some(actividades),
)
"""Any that the schema allows, right or wrong by the rules."""
