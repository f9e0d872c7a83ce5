"""How coverage rose, month by month."""

from bisect import bisect_right
from calendar import monthrange
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from fichaat.domain.cobertura import Alcance, Cifra, CoberturaGL, cuantas, estricta


class Mes(NamedTuple):
    """What the coverage of the period said at the end of a month."""

    hasta: date
    cifra: Cifra
    firmantes: int
    """The denominator: who had signed by then."""


def evolucion(gls: Sequence[CoberturaGL], hasta: date) -> tuple[Mes, ...]:
    """How many had received assistance by the end of each month, the last one cut off at `hasta`;
    from the month of the first action. A local government counts from the month in which it signed,
    with what it received before: so does `cobertura` of the same days.
    """
    days = [accion.fecha for gl in gls for accion in gl.acciones]
    if not days:
        return ()
    moved: dict[date, set[int]] = defaultdict(set)
    for place, gl in enumerate(gls):
        for accion in gl.acciones:
            moved[_end_of_month(accion.fecha.year, accion.fecha.month)].add(place)
        moved[_end_of_month(gl.firmo_el.year, gl.firmo_el.month)].add(place)
    reached: list[Alcance | None] = [None] * len(gls)
    found = []
    signed = sorted(gl.firmo_el for gl in gls)
    first = min(days)
    month = _end_of_month(first.year, first.month)
    while True:
        end = min(month, hasta)
        for place in moved[month]:
            reached[place] = reached_by(gls[place], end)
        found.append(Mes(end, cuantas(reached), bisect_right(signed, end)))
        if month >= hasta:
            return tuple(found)
        after = month + timedelta(days=1)
        month = _end_of_month(after.year, after.month)


def reached_by(gl: CoberturaGL, day: date) -> Alcance | None:
    """The furthest step at which it had received assistance on a day; None before it signed."""
    if gl.firmo_el > day:
        return None
    return estricta(item for item in gl.acciones if item.fecha <= day)


@lru_cache(maxsize=120)  # asked once for every action, of a few months
def _end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
