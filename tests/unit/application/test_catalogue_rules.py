"""What stands between a catalogue and its publication, rule by rule."""

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace

from fichaat.application.catalogue.content import CatalogueContent, keep_retired
from fichaat.application.catalogue.rules import RulesContext, judge
from fichaat.domain.catalogo import ActividadPlan, Firmante, Indicador, MetaIndicador
from fichaat.domain.ficha import Tema
from fichaat.domain.problem import Severity
from fichaat.texts import message
from tests.support.catalogues import COMPLETE, REGION, TERRITORIO
from tests.support.fichas import uuid7

HOY = date(2026, 11, 21)

Change = Callable[[CatalogueContent], CatalogueContent]


def found(
    content: CatalogueContent, before: CatalogueContent = COMPLETE
) -> list[tuple[str, str, bool]]:
    """(code, path, blocks) of every problem; each has a whole sentence."""
    problems = judge(content, RulesContext(HOY, REGION, TERRITORIO, before))
    for problem in problems:
        assert "…" not in message(problem.code, problem.params)
    return [(p.code, p.path, p.severity is Severity.ERROR) for p in problems]


def firmante(row: int, **values: object) -> Change:
    def change(content: CatalogueContent) -> CatalogueContent:
        items = list(content.firmantes)
        items[row] = replace(items[row], **values)
        return replace(content, firmantes=tuple(items))

    return change


def meta(row: int, **values: object) -> Change:
    def change(content: CatalogueContent) -> CatalogueContent:
        items = list(content.metas)
        items[row] = replace(items[row], **values)
        return replace(content, metas=tuple(items))

    return change


def verificacion(row: int, **values: object) -> Change:
    def change(content: CatalogueContent) -> CatalogueContent:
        items = list(content.verificaciones)
        items[row] = replace(items[row], **values)
        return replace(content, verificaciones=tuple(items))

    return change


def indicador(row: int, **values: object) -> Change:
    def change(content: CatalogueContent) -> CatalogueContent:
        items = list(content.indicadores)
        items[row] = replace(items[row], **values)
        return replace(content, indicadores=tuple(items))

    return change


def other(**values: object) -> Change:
    return lambda content: replace(content, **values)


def test_a_complete_catalogue_has_no_problem() -> None:
    assert found(COMPLETE) == []


@pytest.mark.parametrize(
    ("change", "code", "path", "blocks"),
    [
        (firmante(1, ubigeo="059999"), "distrito_unknown", "/firmantes/1/ubigeo", True),
        (firmante(2, ubigeo="150101"), "distrito_outside", "/firmantes/2/ubigeo", True),
        (firmante(2, ubigeo="050101"), "firmante_repeated", "/firmantes/2/ubigeo", True),
        (firmante(0, firmo_el=date(2026, 11, 22)), "firma_future", "/firmantes/0/firmo_el", True),
        (firmante(0, firmo_el=date(1900, 1, 1)), "date_range", "/firmantes/0/firmo_el", True),
        (indicador(1, codigo="I-01"), "indicador_repeated", "/indicadores/1/codigo", True),
        (
            indicador(0, nombre="Niños con control de crecimiento"),
            "indicador_reused",
            "/indicadores/0/nombre",
            True,
        ),
        (indicador(0, tema=Tema.AGUA), "indicador_reused", "/indicadores/0/tema", True),
        (
            indicador(0, nombre="Gestantes con seis controles completos"),
            "indicador_renamed",
            "/indicadores/0/nombre",
            False,
        ),
        (
            indicador(2, nombre="Escuelas con internet propio"),
            "indicador_reused",
            "/indicadores/2/nombre",
            True,
        ),
        (indicador(2, retirado=False), "indicador_back", "/indicadores/2/retirado", False),
        (meta(2, indicador="I-77"), "meta_indicador", "/metas/2/indicador", True),
        (meta(2, indicador="I-09"), "meta_retired", "/metas/2/indicador", False),
        (meta(2, distrito="050102"), "meta_distrito", "/metas/2/distrito", True),
        (meta(2, mide_hasta=date(2025, 1, 1)), "meta_inverted", "/metas/2/mide_hasta", True),
        (meta(1, mide_desde=date(2026, 6, 30)), "meta_repeated", "/metas/1/indicador", True),
        (
            verificacion(1, numero=1),
            "verificacion_repeated",
            "/verificaciones/1/numero",
            True,
        ),
        (
            verificacion(1, desde=date(2023, 12, 31)),
            "verificacion_overlap",
            "/verificaciones/1/desde",
            True,
        ),
        (
            verificacion(1, hasta=date(2023, 12, 31)),
            "ventana_inverted",
            "/verificaciones/1/hasta",
            True,
        ),
        (
            verificacion(0, plan_hasta=None),
            "ventana_half",
            "/verificaciones/0/plan_hasta",
            True,
        ),
        (
            verificacion(1, corte=date(2024, 7, 1)),
            "corte_outside",
            "/verificaciones/1/corte",
            True,
        ),
        (
            verificacion(0, corte_acuerdos=date(2023, 7, 31)),
            "corte_outside",
            "/verificaciones/0/corte_acuerdos",
            True,
        ),
        (
            verificacion(0, minimo_acuerdos="0.8"),
            "porcentaje",
            "/verificaciones/0/minimo_acuerdos",
            True,
        ),
        (other(provincias=("0599",)), "provincia_unknown", "/provincias/0", True),
        (other(provincias=("0501", "1501")), "provincia_outside", "/provincias/1", True),
        (other(provincias=("0501", "0501")), "provincia_repeated", "/provincias/1", True),
        (other(inicio_plan=None), "inicio_plan_missing", "/inicio_plan", False),
        (other(firmantes=(), metas=()), "firmantes_empty", "/firmantes", False),
        (
            other(directorio=(COMPLETE.directorio[1], COMPLETE.directorio[1])),
            "directorio_repeated",
            "/directorio/1/entidad",
            False,
        ),
        (
            other(actividades=(*COMPLETE.actividades, ActividadPlan(uuid7(7), "Otra"))),
            "actividad_id",
            "/actividades/1/id",
            True,
        ),
        (
            other(
                actividades=(
                    *COMPLETE.actividades,
                    ActividadPlan(uuid7(8), "SOCIALIZACIÓN  del pacto."),
                )
            ),
            "actividad_repeated",
            "/actividades/1/nombre",
            False,
        ),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(
    change: Change, code: str, path: str, *, blocks: bool
) -> None:
    assert (f"catalogo.{code}", path, blocks) in found(change(COMPLETE))


def test_a_slip_of_capitals_and_marks_is_no_new_name() -> None:
    assert found(indicador(0, nombre="GESTANTES, con seis controles.")(COMPLETE)) == []


def test_a_code_of_the_first_catalogue_is_free() -> None:
    assert found(COMPLETE, CatalogueContent()) == []


def test_an_indicator_that_disappears_stays_as_retired() -> None:
    left = replace(
        COMPLETE,
        indicadores=COMPLETE.indicadores[1:2],
        metas=COMPLETE.metas[2:],
    )
    assert found(left) == [("catalogo.indicador_kept", "/indicadores/1", False)]
    whole, retired = keep_retired(left, COMPLETE)
    assert retired == ("I-01",)
    assert {item.codigo: item.retirado for item in whole.indicadores} == {
        "I-02": False,
        "I-01": True,
        "I-09": True,
    }
    assert keep_retired(whole, whole) == (whole, ())


def test_a_goal_may_name_an_indicator_that_is_kept() -> None:
    left = replace(COMPLETE, indicadores=COMPLETE.indicadores[1:])
    codes = [code for code, _, _ in found(left)]
    assert codes == ["catalogo.indicador_kept"]


def test_goals_of_other_days_or_districts_are_other_goals() -> None:
    more = (
        *COMPLETE.metas,
        MetaIndicador("I-01", "050108", "70", date(2026, 1, 1), date(2026, 6, 30)),
    )
    assert found(replace(COMPLETE, metas=more)) == []


def test_every_row_is_looked_at() -> None:
    wrong = replace(
        COMPLETE,
        firmantes=(*COMPLETE.firmantes, *(Firmante("050199", HOY) for _ in range(3))),
        indicadores=(*COMPLETE.indicadores, Indicador("I-02", "Otra cosa", Tema.SALUD)),
    )
    codes = [code for code, _, _ in found(wrong)]
    assert codes.count("catalogo.distrito_unknown") == 3
    assert codes.count("catalogo.firmante_repeated") == 2
    assert "catalogo.indicador_repeated" in codes
