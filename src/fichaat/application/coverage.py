"""Use case: which local governments of the region received assistance in a period.

The one place where coverage is read: the page, the command and the reports show this view, so that
a figure is the same everywhere.
"""

from collections import defaultdict
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil
from typing import Final, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from fichaat.application.installation import Installation
from fichaat.application.ports.store import Reader
from fichaat.domain.catalogo import Catalogo, PeriodoVerificacion
from fichaat.domain.cobertura import (
    Cifra,
    Cobertura,
    CoberturaGL,
    Visita,
    cifra,
    cobertura,
)
from fichaat.domain.errors import UserFacingError
from fichaat.domain.evolucion import Mes, evolucion
from fichaat.domain.ficha import Tema
from fichaat.domain.territorio import Territorio

_TENTH: Final = Decimal("0.1")
_SECOND_HALF: Final = 7
"""The month in which it begins."""


class Avance(Struct, frozen=True):
    """A province, in the strict reading."""

    provincia: str
    """Its four digits."""
    firmantes: int
    estricta: Cifra
    dos_acciones: Cifra


class LeftOut(NamedTuple):
    """Fichas of which something was left out, by their codes."""

    enteras: frozenset[str]
    """Those that count nowhere."""
    en_parte: frozenset[str]
    """Those that count in another of their districts."""


class CoverageView(Struct, frozen=True):
    """Coverage of one period as this installation knows it."""

    region: str
    desde: date | None
    """From the beginning, where None."""
    hasta: date
    corte: datetime
    """When it was read: nothing that came later is in it."""
    catalogo: Catalogo
    catalogo_sha256: str
    meta: str | None
    """Goal in percent of the verification period in which `hasta` lies, as the catalogue has it."""
    tema: Tema | None
    cobertura: Cobertura
    provincia: str | None = None
    """Its four digits, where only one province was asked for: every figure is then of it."""

    @property
    def firmantes(self) -> int:
        """The denominator of every figure."""
        return self.cobertura.firmantes

    @property
    def aprobadas(self) -> int:
        """The headline: the strict reading, approved by the region, in the period."""
        return self.cobertura.periodo.estricta.aprobadas

    @property
    def faltan(self) -> int | None:
        """How many local governments the goal still lacks; None without a goal, and in a single
        province or theme, which has none of its own.
        """
        if self.meta is None or self.provincia is not None or self.tema is not None:
            return None
        return max(0, needed(self.meta, self.firmantes) - self.aprobadas)

    @property
    def provincias(self) -> tuple[Avance, ...]:
        """Every province with a signatory, by its code."""
        groups: dict[str, list[CoberturaGL]] = defaultdict(list)
        for gl in self.cobertura.gl:
            groups[gl.ubigeo[:4]].append(gl)
        return tuple(
            Avance(code, len(gls), cifra(gls), cifra(gls, dos_acciones=True))
            for code, gls in sorted(groups.items())
        )

    @property
    def left_out(self) -> LeftOut:
        """What was left out, whole or only in some districts of a ficha."""
        found = self.cobertura
        codes = frozenset(item.ficha for item in found.excluidas)
        counted = {accion.ficha for gl in found.gl for accion in gl.acciones}
        return LeftOut(codes - counted, codes & counted)

    @property
    def evolucion(self) -> tuple[Mes, ...]:
        """How many had received assistance by the end of each month of the period, of those
        that had signed by then: until today, or until the last action where a clock was ahead.
        """
        gls = self.cobertura.gl
        last = max((item.fecha for gl in gls for item in gl.acciones), default=self.hasta)
        return evolucion(gls, max(min(self.hasta, self.corte.date()), last))


class CoverageReport(NamedTuple):
    """What a report of coverage is made of."""

    view: CoverageView
    territorio: Territorio
    practice: bool
    """Nobody in it exists, and it says so."""


class ReadCoverage:
    def __init__(self, here: Installation) -> None:
        self._here = here

    def __call__(
        self,
        desde: date | None,
        hasta: date,
        *,
        tema: Tema | None = None,
        provincia: str | None = None,
    ) -> CoverageView:
        """Args:
            desde: first day of the period; from the beginning where None.
            hasta: last day of the period.
            tema: only visits about it.
            provincia: only this province, by its four digits.

        Raises:
            UserFacingError: "cobertura.sin_catalogo", "cobertura.periodo_invertido",
                "cobertura.provincia_desconocida".
        """
        self._check(desde, hasta, provincia)
        here = self._here
        region = here.profile.region
        with here.store.read() as reader:
            catalogo, sha256 = _catalogo(reader)
            visitas = reader.visitas()
        ambito = provincia or region
        firmantes = catalogo.firmantes_al(hasta)
        return CoverageView(
            region=region,
            desde=desde,
            hasta=hasta,
            corte=here.clock.now(),
            catalogo=catalogo,
            catalogo_sha256=sha256,
            meta=_meta(catalogo, desde, hasta),
            tema=tema,
            cobertura=cobertura(
                visitas if provincia is None else _within(visitas, provincia),
                {code: day for code, day in firmantes.items() if code.startswith(ambito)},
                desde,
                hasta,
                inicio_plan=catalogo.inicio_plan,
                tema=tema,
            ),
            provincia=provincia,
        )

    def _check(self, desde: date | None, hasta: date, provincia: str | None) -> None:
        if desde is not None and desde > hasta:
            raise UserFacingError(
                "cobertura.periodo_invertido", desde=desde.isoformat(), hasta=hasta.isoformat()
            )
        known = self._here.territorio.provincias(self._here.profile.region)
        if provincia is not None and provincia not in known:
            raise UserFacingError("cobertura.provincia_desconocida", provincia=provincia)

    def periods(self) -> tuple[PeriodoVerificacion, ...]:
        """The verification periods of the catalogue, by their last day.

        Raises:
            UserFacingError: "cobertura.sin_catalogo".
        """
        with self._here.store.read() as reader:
            catalogo, _ = _catalogo(reader)
        return _periods(catalogo)

    def default_period(self) -> tuple[date, date]:
        """First and last day of the verification period in which today lies; else of the last one
        that has begun; without any, of this half of the year.

        Raises:
            UserFacingError: "cobertura.sin_catalogo".
        """
        today = self._here.clock.now().date()
        periods = self.periods()
        running = [item for item in periods if item.desde <= today <= item.hasta]
        begun = [item for item in periods if item.desde <= today]
        for found in (running[:1], begun[-1:], periods[:1]):
            if found:
                return found[0].desde, found[0].hasta
        if today.month < _SECOND_HALF:
            return date(today.year, 1, 1), date(today.year, 6, 30)
        return date(today.year, 7, 1), date(today.year, 12, 31)


def porcentaje(part: int, whole: int) -> Decimal | None:
    """In percent with one decimal, halves up; None of nothing."""
    if whole == 0:
        return None
    return (Decimal(100 * part) / whole).quantize(_TENTH, ROUND_HALF_UP)


def needed(meta: str, firmantes: int) -> int:
    """The fewest local governments that reach a goal in percent."""
    return ceil(Fraction(meta) * firmantes / 100)


def _catalogo(reader: Reader) -> tuple[Catalogo, str]:
    found = reader.catalogo()
    if found is None:
        raise UserFacingError("cobertura.sin_catalogo")
    return found


def _periods(catalogo: Catalogo) -> tuple[PeriodoVerificacion, ...]:
    return tuple(sorted(catalogo.verificaciones, key=lambda x: (x.hasta, x.desde, x.numero)))


def _meta(catalogo: Catalogo, desde: date | None, hasta: date) -> str | None:
    """Of exactly this period; else of the first to end in which its last day lies."""
    found = [item for item in _periods(catalogo) if item.desde <= hasta <= item.hasta]
    exact = [item for item in found if (item.desde, item.hasta) == (desde, hasta)]
    return next((item.meta for item in (*exact, *found)), None)


def _within(visitas: list[Visita], provincia: str) -> list[Visita]:
    """What these visits are for one province; those that are nothing for it are left out."""
    found = []
    for visita in visitas:
        here = tuple(item for item in visita.distritos if item[0].startswith(provincia))
        if here:
            found.append(replace(visita, distritos=here))
    return found
