"""Use case: the agreements that are here, the next due first."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from fichaat.application.acuerdo_line import AcuerdoFilter, AcuerdoLine, Segmento, is_in
from fichaat.application.installation import Installation
from fichaat.domain.errors import UserFacingError
from fichaat.domain.text import fold

MIN_FRAGMENT: Final = 4
"""Letters of an id that may name an agreement."""

_NO_DATE: Final = "9999"
"""What has no date stands behind everything that has one."""

_FOLDED_MAX: Final = 20_000


class AcuerdoListing(Struct, frozen=True):
    """The agreements of one segment, and how many the others have under the same filters."""

    hoy: date
    lines: tuple[AcuerdoLine, ...]
    counts: Mapping[Segmento, int]
    responsables: tuple[str, ...]
    """Everybody who carries out one of those that are here, each name once, in order."""


class ListAcuerdos:
    def __init__(self, here: Installation) -> None:
        self._here = here
        self._folded: dict[str, str] = {}

    def __call__(self, wanted: AcuerdoFilter | None = None) -> AcuerdoListing:
        """Those that are wanted by date in force, the oldest first; without a date, last."""
        wanted = wanted or AcuerdoFilter()
        hoy = self._here.clock.now().date()
        with self._here.store.read() as reader:
            held = reader.acuerdo_lines(wanted.ambito)
        found = [line for line in held if self._has(line, wanted)]
        counts = {
            segmento: sum(is_in(line, segmento, hoy) for line in found) for segmento in Segmento
        }
        chosen = [line for line in found if is_in(line, wanted.segmento, hoy)]
        chosen.sort(key=lambda line: (line.plazo or _NO_DATE, line.nacio, line.id))
        return AcuerdoListing(hoy, tuple(chosen), counts, self._names(held))

    def disputed(self) -> int:
        """How many wait for somebody who knows both sides: the badge."""
        with self._here.store.read() as reader:
            return reader.disputed_acuerdos()

    def find(self, fragment: str) -> AcuerdoLine:
        """The agreement whose id is this, begins with it or ends with it.

        Raises:
            UserFacingError: "acuerdo.unknown", "acuerdo.ambiguous".
        """
        wanted = fragment.strip().lower()
        with self._here.store.read() as reader:
            lines = reader.acuerdo_lines()
        found = [line for line in lines if line.id == wanted] or [
            line
            for line in lines
            if len(wanted) >= MIN_FRAGMENT
            and (line.id.startswith(wanted) or line.id.endswith(wanted))
        ]
        if not found:
            raise UserFacingError("acuerdo.unknown", acuerdo=fragment)
        if len(found) > 1:
            raise UserFacingError("acuerdo.ambiguous", acuerdo=fragment, cantidad=len(found))
        return found[0]

    def _has(self, line: AcuerdoLine, wanted: AcuerdoFilter) -> bool:
        if wanted.estado is not None and line.estado != wanted.estado:
            return False
        if wanted.ficha and line.codigo != wanted.ficha:
            return False
        if wanted.responsable and not self._holds([line.responsable], wanted.responsable):
            return False
        if not wanted.texto:
            return True
        parts = [line.descripcion, line.responsable, line.codigo, *self._places(line.distritos)]
        return self._holds(parts, wanted.texto)

    def _holds(self, parts: Iterable[str], wanted: str) -> bool:
        """Every word, anywhere."""
        held = "\n".join(map(self._fold, parts))
        return all(word in held for word in fold(wanted).split())

    def _fold(self, text: str) -> str:
        folded = self._folded.get(text)
        if folded is None:
            if len(self._folded) >= _FOLDED_MAX:
                self._folded.clear()
            folded = self._folded[text] = fold(text)
        return folded

    def _places(self, ubigeos: Sequence[str]) -> list[str]:
        found = [self._here.territorio.known(ubigeo) for ubigeo in ubigeos]
        names = [f"{place.distrito} {place.provincia}" for place in found if place is not None]
        return [*ubigeos, *names]

    def _names(self, lines: Iterable[AcuerdoLine]) -> tuple[str, ...]:
        names = {line.responsable for line in lines} - {""}
        return tuple(sorted(names, key=lambda name: (self._fold(name), name)))
