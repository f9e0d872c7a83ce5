"""Between which days is counted: what the catalogue verifies, this half-year, the plan. No Qt."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from fichaat.domain.catalogo import PeriodoVerificacion
from fichaat.gui.text import say
from fichaat.texts.cobertura_names import MESES

PLAN: Final = "plan"
OWN: Final = "propio"
"""Days that the person chose."""
ASK: Final = "elegir"
"""Opens the question for them."""
_HALF: Final = "semestre"
_SECOND_HALF: Final = 7


class Days(NamedTuple):
    """First and last day; without the first, from the beginning."""

    desde: date | None
    hasta: date


class Period(NamedTuple):
    """A line of the filter."""

    value: str
    words: str
    days: Days


def offered(
    periods: Sequence[PeriodoVerificacion],
    default: Days,
    today: date,
    plan: date | None,
    own: Days | None,
) -> list[Period]:
    """What can be chosen, the usual one first.

    Args:
        periods: what the catalogue verifies.
        default: what is shown unless something is chosen.
        today: whose half of the year is offered.
        plan: when the plan began; it is accumulated until the last day of `default`.
        own: what was chosen by its days.
    """
    found = [
        Period(
            f"v{item.numero}-{item.desde.isoformat()}",
            say(
                "municipalidades.period_verification",
                rango=range_words(Days(item.desde, item.hasta)),
                numero=item.numero,
            ),
            Days(item.desde, item.hasta),
        )
        for item in periods
    ]
    half = half_of(today)
    if half not in [item.days for item in found]:
        words = say("municipalidades.period_half", rango=range_words(half))
        found.append(Period(_HALF, words, half))
    usual = [item for item in found if item.days == default]
    found = [*usual, *(item for item in found if item not in usual)]
    if plan is not None and plan <= default.hasta:
        words = say("municipalidades.period_plan")
        found.append(Period(PLAN, words, Days(plan, default.hasta)))
    if own is not None:
        words = say("municipalidades.period", rango=range_words(own))
        found.append(Period(OWN, words, own))
    return found


def half_of(day: date) -> Days:
    """The half of the year in which a day lies."""
    if day.month < _SECOND_HALF:
        return Days(date(day.year, 1, 1), date(day.year, 6, 30))
    return Days(date(day.year, 7, 1), date(day.year, 12, 31))


def range_words(days: Days) -> str:
    """«jul – dic 2026», or the days where they are not whole months."""
    desde, hasta = days
    if desde is None:
        return say("municipalidades.range_until", hasta=hasta.isoformat())
    if desde.day != 1 or hasta.day != monthrange(hasta.year, hasta.month)[1]:
        return say("municipalidades.range_days", desde=desde.isoformat(), hasta=hasta.isoformat())
    first, last = MESES[desde.month - 1], MESES[hasta.month - 1]
    if (desde.year, desde.month) == (hasta.year, hasta.month):
        return say("municipalidades.range_same", mes=first, anio=hasta.year)
    if desde.year == hasta.year:
        return say("municipalidades.range_year", mes=first, otro=last, anio=hasta.year)
    return say(
        "municipalidades.range_years",
        mes=first,
        anio=desde.year,
        otro=last,
        despues=hasta.year,
    )


def month_words(day: date) -> str:
    """«nov 2026»."""
    return say("municipalidades.range_same", mes=MESES[day.month - 1], anio=day.year)
