"""Regions of visits, made up: what a report of coverage is made of."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from fichaat.application.coverage import CoverageReport, CoverageView
from fichaat.domain.authority import Standing
from fichaat.domain.catalogo import Catalogo, Firmante, PeriodoVerificacion
from fichaat.domain.cobertura import Visita, cobertura
from fichaat.domain.ficha import Nivel, Sesion, Tema
from fichaat.domain.lineage import Estado
from fichaat.domain.revision import Veredicto
from fichaat.system.clock import LIMA
from fichaat.system.territorio_file import load_territorio

DESDE, HASTA = date(2026, 7, 1), date(2026, 12, 31)
CORTE = datetime(2026, 11, 20, 17, 30, tzinfo=LIMA)
SIGNED = date(2023, 6, 14)
_FIRST = date(2026, 5, 1)
_SAID = (None, Veredicto.VISADA, Veredicto.APROBADA, Veredicto.OBSERVADA, Veredicto.RECHAZADA)


def random_visitas(
    random: Random, places: list[str], number: int, first: date = _FIRST
) -> list[Visita]:
    """Visits from a day until the cut-off; a few of them count nowhere."""
    days = (CORTE.date() - first).days + 1
    return [
        Visita(
            id=f"{n}",
            codigo=f"05-2026-K7Q2MX-{n:04d}",
            fecha=first + timedelta(days=random.randrange(days)),
            nivel=random.choices(list(Nivel), (80, 20, 3))[0],
            estado=random.choices(list(Estado), (200, 10, 3, 4))[0],
            aprobacion=random.choices((Standing.APROBADO, Standing.POR_APROBAR), (20, 1))[0],
            disputada=False,
            revision=random.choices(_SAID, (8, 2, 18, 2, 1))[0],
            recibida=random.random() < 0.9,
            distritos=tuple(
                (ubigeo, random.choices(list(Sesion), (4, 4, 1))[0])
                for ubigeo in random.sample(places, random.choice((1, 1, 2, 3)))
            ),
            temas=tuple(random.sample(list(Tema), 2)),
        )
        for n in range(1, number + 1)
    ]


def random_report(
    seed: int,
    *,
    firmantes: int = 24,
    fichas: int = 90,
    first: date = _FIRST,
    **view: Any,  # noqa: ANN401  # of `CoverageView`
) -> CoverageReport:
    """Ayacucho; three in four of the visited districts signed."""
    random = Random(seed)
    territorio = load_territorio()
    known = [item.ubigeo for item in territorio.distritos_of("05")]
    places = random.sample(known, min(len(known), max(3, firmantes * 4 // 3)))
    inicio = view.pop("inicio_plan", date(2026, 1, 1))
    meta = view.pop("meta", "70")
    desde = view.pop("desde", DESDE)
    catalogo = Catalogo(
        3,
        "05",
        "AAAA",
        "age1" + "q" * 58,
        (),
        inicio_plan=inicio,
        firmantes=tuple(Firmante(ubigeo, SIGNED) for ubigeo in sorted(places[:firmantes])),
        verificaciones=(PeriodoVerificacion(1, DESDE, HASTA, HASTA, HASTA, meta=meta),),
    )
    visitas = random_visitas(random, places, fichas, first)
    found = cobertura(visitas, catalogo.firmantes_al(HASTA), desde, HASTA, inicio_plan=inicio)
    made = CoverageView("05", desde, HASTA, CORTE, catalogo, "ab12" * 16, meta, None, found, **view)
    return CoverageReport(made, territorio, practice=False)
