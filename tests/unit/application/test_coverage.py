"""Which period is meant, which goal holds, and what is refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from random import Random
from types import SimpleNamespace
from typing import Any, cast

import pytest

from fichaat.application.coverage import ReadCoverage, needed, porcentaje
from fichaat.application.installation import Installation
from fichaat.domain.catalogo import Catalogo, Firmante, PeriodoVerificacion
from fichaat.domain.cobertura import Visita
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import Tema
from fichaat.system.clock import LIMA
from fichaat.system.territorio_file import load_territorio
from tests.support.coverage import random_report, random_visitas

SIGNED = date(2023, 6, 14)


def period(number: int, desde: str, hasta: str, meta: str | None = None) -> PeriodoVerificacion:
    first, last = date.fromisoformat(desde), date.fromisoformat(hasta)
    return PeriodoVerificacion(number, first, last, last, last, meta=meta)


def catalogue(*periods: PeriodoVerificacion, firmantes: tuple[str, ...] = ()) -> Catalogo:
    signed = tuple(Firmante(ubigeo, SIGNED) for ubigeo in firmantes)
    age = "age1" + "q" * 58
    return Catalogo(1, "05", "AAAA", age, (), firmantes=signed, verificaciones=periods)


def reading(
    catalogo: Catalogo | None,
    visitas: list[Visita] | None = None,
    today: str = "2026-11-21",
) -> ReadCoverage:
    """On a database that holds just this."""
    reader = SimpleNamespace(
        catalogo=lambda: None if catalogo is None else (catalogo, "ab" * 32),
        visitas=lambda: visitas or [],
    )

    @contextmanager
    def read() -> Iterator[Any]:
        yield reader

    here = SimpleNamespace(
        store=SimpleNamespace(read=read),
        clock=SimpleNamespace(
            now=lambda: datetime.fromisoformat(f"{today}T10:00").replace(tzinfo=LIMA)
        ),
        profile=SimpleNamespace(region="05"),
        territorio=load_territorio(),
    )
    return ReadCoverage(cast(Installation, here))


HALVES = (
    period(2, "2027-01-01", "2027-06-30", "80"),
    period(1, "2026-07-01", "2026-12-31", "62.5"),
)


@pytest.mark.parametrize(
    ("periods", "today", "wanted"),
    [
        (HALVES, "2026-11-21", ("2026-07-01", "2026-12-31")),
        (HALVES, "2026-07-01", ("2026-07-01", "2026-12-31")),
        (HALVES, "2026-12-31", ("2026-07-01", "2026-12-31")),
        (HALVES, "2027-01-01", ("2027-01-01", "2027-06-30")),
        (HALVES, "2030-01-01", ("2027-01-01", "2027-06-30")),
        (HALVES, "2020-01-01", ("2026-07-01", "2026-12-31")),
        ((), "2026-06-30", ("2026-01-01", "2026-06-30")),
        ((), "2026-07-01", ("2026-07-01", "2026-12-31")),
    ],
)
def test_the_usual_period(
    periods: tuple[PeriodoVerificacion, ...], today: str, wanted: tuple[str, str]
) -> None:
    found = reading(catalogue(*periods), today=today).default_period()
    assert tuple(day.isoformat() for day in found) == wanted


def test_periods_stand_in_the_order_in_which_they_end() -> None:
    assert [item.numero for item in reading(catalogue(*HALVES)).periods()] == [1, 2]


@pytest.mark.parametrize(
    ("desde", "hasta", "meta"),
    [
        ("2026-07-01", "2026-12-31", "62.5"),
        ("2020-01-01", "2026-07-01", "62.5"),
        ("2026-07-01", "2027-01-01", "80"),
        (None, "2027-06-30", "80"),
        ("2026-07-01", "2027-07-01", None),
        ("2026-01-01", "2026-06-30", None),
    ],
)
def test_the_goal_is_that_of_the_last_day(desde: str | None, hasta: str, meta: str | None) -> None:
    first = None if desde is None else date.fromisoformat(desde)
    assert reading(catalogue(*HALVES))(first, date.fromisoformat(hasta)).meta == meta


def test_of_overlapping_periods_the_one_that_was_asked_for_has_the_goal() -> None:
    whole = period(3, "2026-01-01", "2026-12-31", "90")
    read = reading(catalogue(*HALVES, whole))
    assert read(date(2026, 1, 1), date(2026, 12, 31)).meta == "90"
    assert read(date(2026, 7, 1), date(2026, 12, 31)).meta == "62.5"


@pytest.mark.parametrize(
    ("meta", "firmantes", "count"),
    [("70", 48, 34), ("50", 48, 24), ("100", 7, 7), ("0", 7, 0), ("33.34", 3, 2), ("66.66", 3, 2)],
)
def test_how_many_reach_a_goal(meta: str, firmantes: int, count: int) -> None:
    assert needed(meta, firmantes) == count


@pytest.mark.parametrize(
    ("part", "whole", "wanted"),
    [(29, 48, "60.4"), (1, 3, "33.3"), (2, 3, "66.7"), (1, 16, "6.3"), (5, 5, "100.0")],
)
def test_a_share_has_one_decimal(part: int, whole: int, wanted: str) -> None:
    assert porcentaje(part, whole) == Decimal(wanted)
    assert porcentaje(part, 0) is None


def test_what_the_goal_lacks() -> None:
    for seed in range(5):
        view = random_report(seed).view
        assert view.faltan == max(0, needed("70", view.firmantes) - view.aprobadas)
    assert random_report(1, meta=None).view.faltan is None
    assert random_report(1, provincia="0501").view.faltan is None


def test_one_province_is_counted_as_if_there_were_no_other() -> None:
    known = [item.ubigeo for item in load_territorio().distritos_of("05")]
    places = Random(5).sample(known, 40)
    visitas = random_visitas(Random(5), places, 200)
    read = reading(catalogue(*HALVES, firmantes=tuple(places[:30])), visitas)
    span = (date(2026, 7, 1), date(2026, 12, 31))
    whole = read(*span)
    parts = [read(*span, provincia=item.provincia) for item in whole.provincias]
    assert [part.cobertura.periodo.estricta for part in parts] == [
        item.estricta for item in whole.provincias
    ]
    assert [gl for part in parts for gl in part.cobertura.gl] == list(whole.cobertura.gl)
    assert all(
        item.ubigeo is None or item.ubigeo.startswith(part.provincia or "")
        for part in parts
        for item in part.cobertura.excluidas
    )
    about = read(*span, tema=Tema.AGUA)
    assert about.aprobadas <= whole.aprobadas
    assert (about.tema, about.meta, about.faltan) == (Tema.AGUA, "62.5", None)


@pytest.mark.parametrize(
    ("catalogo", "arguments", "code"),
    [
        (None, {}, "cobertura.sin_catalogo"),
        (catalogue(), {"desde": date(2027, 1, 1)}, "cobertura.periodo_invertido"),
        (catalogue(), {"provincia": "1501"}, "cobertura.provincia_desconocida"),
    ],
)
def test_what_is_refused(catalogo: Catalogo | None, arguments: dict[str, Any], code: str) -> None:
    wanted = {"desde": date(2026, 7, 1), "hasta": date(2026, 12, 31), **arguments}
    with pytest.raises(UserFacingError) as error:
        reading(catalogo)(**wanted)
    assert error.value.code == code


def test_without_a_catalogue_there_are_no_periods() -> None:
    for ask in (reading(None).periods, reading(None).default_period):
        with pytest.raises(UserFacingError) as error:
            ask()
        assert error.value.code == "cobertura.sin_catalogo"
