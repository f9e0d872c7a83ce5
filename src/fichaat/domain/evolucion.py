"""How coverage rose, month by month."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from fichaat.domain.cobertura import Alcance, Cifra, CoberturaGL, cuantas, estricta


def evolucion(gls: Sequence[CoberturaGL], hasta: date) -> tuple[tuple[date, Cifra], ...]:
    """How many had received assistance by the end of each month, the last one cut off at `hasta`;
    from the month of the first action.
    """
    days = [accion.fecha for gl in gls for accion in gl.acciones]
    if not days:
        return ()
    moved: dict[date, set[int]] = defaultdict(set)
    for place, gl in enumerate(gls):
        for accion in gl.acciones:
            moved[_end_of_month(accion.fecha.year, accion.fecha.month)].add(place)
    reached: list[Alcance | None] = [None] * len(gls)
    found = []
    first = min(days)
    month = _end_of_month(first.year, first.month)
    while True:
        end = min(month, hasta)
        for place in moved[month]:
            reached[place] = estricta(item for item in gls[place].acciones if item.fecha <= end)
        found.append((end, cuantas(reached)))
        if month >= hasta:
            return tuple(found)
        after = month + timedelta(days=1)
        month = _end_of_month(after.year, after.month)


@lru_cache(maxsize=120)  # asked once for every action, of a few months
def _end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
