"""A region whose coverage is the one of the design's picture: 48 signatories, 29 of them counted.

`ReadCoverage` is the real one; only what lies below it is held in memory. Nobody here exists.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from types import SimpleNamespace
from typing import Any, Final, cast

from fichaat.application.coverage import ReadCoverage
from fichaat.application.installation import Installation
from fichaat.domain.authority import Standing
from fichaat.domain.catalogo import Catalogo, Firmante, PeriodoVerificacion
from fichaat.domain.cobertura import Visita
from fichaat.domain.ficha import Nivel, Sesion, Tema
from fichaat.domain.lineage import Estado
from fichaat.domain.revision import Veredicto
from fichaat.domain.territorio import Territorio
from fichaat.system.territorio_file import load_territorio
from tests.support.fichas import LIMA

NOW: Final = datetime(2026, 11, 20, 17, 30, tzinfo=LIMA)
SIGNED: Final = date(2023, 6, 14)
PLAN: Final = date(2023, 8, 1)
HALF: Final = PeriodoVerificacion(
    numero=2,
    desde=date(2026, 7, 1),
    hasta=date(2026, 12, 31),
    corte=date(2026, 12, 31),
    corte_acuerdos=date(2026, 12, 31),
    meta="70",
)
BEFORE: Final = PeriodoVerificacion(
    numero=1,
    desde=date(2026, 1, 1),
    hasta=date(2026, 6, 30),
    corte=date(2026, 6, 30),
    corte_acuerdos=date(2026, 6, 30),
    meta="50",
)
PROVINCES: Final = {
    "0501": (14, 11, 1),
    "0504": (10, 8, 1),
    "0505": (8, 5, 1),
    "0506": (9, 3, 1),
    "0503": (3, 1, 1),
    "0502": (4, 1, 0),
}
"""How many signed, how many are approved, how many more only received."""
D, S, E = Sesion.DIAGNOSTICO, Sesion.SEGUIMIENTO, Sesion.ESPECIFICA


def catalogo_of(ubigeos: Iterator[str] | list[str]) -> Catalogo:
    """As a region would publish it."""
    return Catalogo(
        version=3,
        gobierno_regional="05",
        certificado="MA==",
        age="age1",
        provincias=("0504",),
        inicio_plan=PLAN,
        firmantes=tuple(Firmante(ubigeo, SIGNED) for ubigeo in ubigeos),
        verificaciones=(BEFORE, HALF),
    )


@dataclass
class CoverageRegion:
    """What is known of a region, and the use case that reads it."""

    territorio: Territorio = field(default_factory=load_territorio)
    catalogo: Catalogo | None = None
    visitas: list[Visita] = field(default_factory=list)
    now: datetime = NOW
    reads: int = 0

    def __post_init__(self) -> None:
        self._numbers = count(1)

    @property
    def read(self) -> ReadCoverage:
        here = SimpleNamespace(
            store=SimpleNamespace(read=self._read),
            profile=SimpleNamespace(region="05", practice=False),
            territorio=self.territorio,
            clock=SimpleNamespace(now=lambda: self.now),
        )
        return ReadCoverage(cast("Installation", here))

    def visit(self, ubigeo: str, day: date, sesion: Sesion, **changes: Any) -> str:  # noqa: ANN401
        """One that the region approved, unless something else is said; its code."""
        codigo = f"05-2026-K7Q2MX-{next(self._numbers):04d}"
        plain: dict[str, Any] = {
            "id": codigo,
            "codigo": codigo,
            "fecha": day,
            "nivel": Nivel.REGIONAL,
            "estado": Estado.SELLADA,
            "aprobacion": Standing.APROBADO,
            "disputada": False,
            "revision": Veredicto.APROBADA,
            "recibida": True,
            "distritos": ((ubigeo, sesion),),
            "temas": (Tema.SALUD,),
        }
        self.visitas.append(Visita(**{**plain, **changes}))
        return codigo

    def both(self, ubigeo: str, first: date, second: date, **changes: Any) -> None:  # noqa: ANN401
        """A diagnosis and a follow-up."""
        self.visit(ubigeo, first, D)
        self.visit(ubigeo, second, S, **changes)

    @contextmanager
    def _read(self) -> Iterator[object]:
        self.reads += 1
        found = None if self.catalogo is None else (self.catalogo, "ab" * 32)
        yield SimpleNamespace(catalogo=lambda: found, visitas=lambda: list(self.visitas))


def picture() -> CoverageRegion:
    """29 of 48; 34 with what is received; 31 with two actions; 41 since the plan began."""
    region = CoverageRegion()
    signed: list[str] = []
    since = 0
    for province, (whole, approved, received) in PROVINCES.items():
        codes = [item.ubigeo for item in region.territorio.distritos_of(province)][:whole]
        signed += codes
        for place, code in enumerate(codes):
            first = date(2026, 7, 6 + place)
            if place < approved:
                region.both(code, first, date(2026, 8 + place % 4, 3 + place % 14))
            elif place < approved + received:
                region.both(code, first, date(2026, 11, 13), revision=None)
            elif since < 12:
                since += 1
                region.both(code, date(2025, 3, 4), date(2025, 9, 9))
                if since % 3 == 0:
                    region.visit(code, date(2026, 9, 12), S)
                elif since % 3 == 1:
                    region.visit(code, date(2026, 8, 12), D)
                if since in (1, 4):
                    region.visit(code, date(2026, 10, 2), E)
    region.visit("050101", date(2026, 9, 1), E, revision=Veredicto.RECHAZADA)
    region.visit("050101", date(2026, 10, 1), E, estado=Estado.ANULADA)
    region.catalogo = catalogo_of(signed)
    return region
