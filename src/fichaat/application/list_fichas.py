"""The list of the window: drafts and sealed fichas together, a page of it at a time."""

from array import array
from collections.abc import Callable, Collection, Hashable
from operator import itemgetter
from typing import Any

from msgspec import Struct

from fichaat.application.installation import Installation
from fichaat.application.ports.rows import ListColumn, ListFilter, ListRow
from fichaat.domain.text import fold

ESTADOS = (
    "borrador",
    "sellada",
    "exportada",
    "recibida",
    "visada",
    "observada",
    "rechazada",
    "aprobada",
    "conflicto",
    "cuarentena",
    "anulada",
)
"""Of a line, in the order of its life."""

SESIONES = ("diagnostico", "seguimiento", "especifica")
MODALIDADES = ("presencial", "virtual", "mixta")


class Listing(Struct, frozen=True):
    """Which lines there are, as numbers in their order; `ListFichas.rows` has what they show."""

    numbers: "array[int]"
    kept: int | None = None
    """Where the line that was asked for now stands."""


class Kept(Struct, frozen=True):
    """A line that was chosen before: numbers change, codes do not."""

    codigo: str
    draft: bool


class ListFichas:
    def __init__(self, here: Installation) -> None:
        self._store = here.store
        self._territorio = here.territorio

    def __call__(
        self,
        wanted: ListFilter,
        column: ListColumn = ListColumn.FECHA,
        *,
        ascending: bool = False,
        keep: Kept | None = None,
    ) -> Listing:
        """Every line that is wanted, by one column; what is equal there stays newest first."""
        with self._store.read() as reader:
            found, cells = reader.listed(wanted, column)
            chosen = None if keep is None else reader.list_number(keep.codigo, draft=keep.draft)
        if column is not ListColumn.FECHA:
            found = self._sorted(found, cells, column, ascending=ascending)
        elif ascending:
            found.reverse()
        numbers = array("q", found)
        kept = None
        if chosen is not None and chosen in numbers:
            kept = numbers.index(chosen)
        return Listing(numbers, kept)

    def rows(self, numbers: Collection[int]) -> dict[int, ListRow]:
        """The lines with these numbers; one that is gone has none."""
        with self._store.read() as reader:
            return reader.list_rows(numbers)

    def _sorted(
        self, numbers: list[int], cells: list[Any], column: ListColumn, *, ascending: bool
    ) -> list[int]:
        # Few values are different: each is made comparable once.
        order = self._order(column)
        ranks: dict[Hashable, Any] = {value: order(value) for value in set(cells)}
        lines = zip(map(ranks.__getitem__, cells), numbers, strict=True)
        ordered = sorted(lines, key=itemgetter(0), reverse=not ascending)
        return [number for _, number in ordered]

    def _order(self, column: ListColumn) -> Callable[[Any], Any]:
        match column:
            case ListColumn.DISTRITO:
                return self._place
            case ListColumn.RESPONSABLE:
                return fold
            case ListColumn.ESTADO:
                return _rank_in(ESTADOS)
            case ListColumn.SESION:
                return _rank_in(SESIONES)
            case ListColumn.MODALIDAD:
                return _rank_in(MODALIDADES)
        return lambda value: value

    def _place(self, ubigeos: str) -> str:
        """The name of the first district, comparable."""
        first = ubigeos.partition(" ")[0]
        found = self._territorio.known(first)
        return first if found is None else fold(f"{found.distrito} {found.provincia}")


def _rank_in(names: tuple[str, ...]) -> Callable[[str], tuple[int, ...]]:
    """The places of the words of a cell among these names; what is none of them stands last."""
    places = {name: place for place, name in enumerate(names)}
    return lambda cell: tuple(places.get(word, len(names)) for word in cell.split())
