"""What a catalogue offers to whoever fills in a ficha."""

from datetime import date

from fichaat.domain.catalogo import ActividadPlan, Catalogo, Indicador, PersonaDirectorio
from fichaat.domain.ficha import Tema
from fichaat.gui.pages.ficha.guide import Guide

QUINUA, TICLLAS = "050108", "050109"
PLAN = "0190a0de-0000-7000-8000-000000000001"
GONE = "0190a0de-0000-7000-8000-000000000009"
CATALOGO = Catalogo(
    3,
    "05",
    "c",
    "a",
    (),
    date(2026, 7, 1),
    indicadores=(
        Indicador("AG-01", "Agua clorada", Tema.AGUA),
        Indicador("AG-00", "Agua", Tema.AGUA, retirado=True),
    ),
    directorio=(
        PersonaDirectorio("MD Quinua", "Rosa", "Gerente", QUINUA),
        PersonaDirectorio("GORE", "Gladis", "Coordinadora"),
        PersonaDirectorio("MD Ticllas", "Elmer", "Alcalde", TICLLAS),
    ),
    actividades=(ActividadPlan(PLAN, "Visitas"),),
)


def test_without_a_catalogue_nothing_is_offered_and_codes_are_typed() -> None:
    guide = Guide()
    assert not guide.picks_indicators
    assert guide.people([QUINUA]) == []
    assert guide.activities(None) == []
    assert guide.indicator("AG-01") == "AG-01"


def test_only_what_is_in_force_is_offered_and_what_was_chosen_stays() -> None:
    guide = Guide(CATALOGO)
    assert [offer.codigo for offer in guide.offers(())] == ["AG-01"]
    kept = guide.offers(("AG-00", "ZZ"))
    assert [(offer.codigo, offer.tema) for offer in kept] == [
        ("AG-01", Tema.AGUA),
        ("AG-00", None),
        ("ZZ", None),
    ]
    assert guide.names(("AG-00", "ZZ", "AG-01")) == "Agua; Agua clorada"


def test_people_of_the_districts_come_before_those_of_the_region() -> None:
    people = Guide(CATALOGO).people([QUINUA])
    assert people == [("MD Quinua", "Rosa", "Gerente"), ("GORE", "Gladis", "Coordinadora")]


def test_an_activity_that_is_gone_is_still_shown() -> None:
    guide = Guide(CATALOGO)
    assert guide.activities(None) == [("", "Ninguna"), (PLAN, "Visitas")]
    assert guide.activities(GONE)[-1] == (GONE, "Una actividad que ya no está en el catálogo")
