"""1,000 regions of chance: the program and the oracle of Anexo N°2 name the same figures."""

from datetime import date, timedelta
from random import Random
from typing import Any, Final

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import to_builtins
from msgspec.structs import replace

from fichaat.application.coverage import ReadCoverage
from fichaat.domain.authority import Standing
from fichaat.domain.catalogo import Firmante
from fichaat.domain.cobertura import Visita
from fichaat.domain.ficha import Nivel, Sesion, Tema
from fichaat.domain.lineage import Estado
from fichaat.domain.revision import Veredicto
from fichaat.system.territorio_file import load_territorio
from tests.support import coverage_oracle
from tests.support.coverage_region import CoverageRegion, catalogo_of
from tests.support.coverage_words import program_says

PLACES: Final = ("050101", "050108", "050114", "050107", "050401", "050402")
"""Two provinces."""
FIRST: Final = date(2026, 1, 1)
DAYS: Final = [FIRST + timedelta(days=days) for days in range(0, 365, 13)]
TERRITORIO: Final = load_territorio()

_STANDS: Final = {
    "vigente": (Estado.SELLADA, False),
    "anulada": (Estado.ANULADA, False),
    "conflicto": (Estado.CONFLICTO, False),
    "disputada": (Estado.SELLADA, True),
    "cuarentena": (Estado.CUARENTENA, False),
}
_WORDS: Final = ("aprobada", "visada", "observada", "rechazada", "retirada")


def a_ficha(random: Random, number: int) -> dict[str, Any]:
    """Mostly one that counts: what is rare in a region is rare here."""
    plain = random.random() < 0.6
    places = random.sample(PLACES, random.choice([1, 1, 1, 2, 4]))
    word = random.choice([None, "aprobada", "aprobada", *_WORDS])
    return {
        "id": f"05-2026-K7Q2MX-{number:04d}",
        "fecha": random.choice(DAYS).isoformat(),
        "ejecutor": "regional" if plain else random.choice(["regional", "provincial", "otro"]),
        "distritos": {place: random.choice(list(Sesion)).value for place in places},
        "temas": random.sample([tema.value for tema in Tema], random.randrange(3)),
        "destino": "vigente" if plain else random.choice(list(_STANDS)),
        "equipo_aprobado": plain or random.random() < 0.7,
        "recibida": word in ("aprobada", "observada", "rechazada") or random.random() < 0.6,
        "veredicto": word,
    }


def a_catalogue(random: Random) -> dict[str, Any]:
    signed = random.sample(PLACES, random.randint(0, len(PLACES)))
    begins = random.choice([None, *DAYS[:12]])
    return {
        "firmantes": {place: random.choice(DAYS[:20]).isoformat() for place in signed},
        "inicio_plan": None if begins is None else begins.isoformat(),
    }


def visita_of(ficha: dict[str, Any]) -> Visita:
    estado, disputada = _STANDS[ficha["destino"]]
    word = ficha["veredicto"]
    return Visita(
        id=ficha["id"],
        codigo=ficha["id"],
        fecha=date.fromisoformat(ficha["fecha"]),
        nivel=Nivel(ficha["ejecutor"]),
        estado=estado,
        aprobacion=Standing.APROBADO if ficha["equipo_aprobado"] else Standing.POR_APROBAR,
        disputada=disputada,
        revision=None if word is None else Veredicto(word),
        recibida=ficha["recibida"],
        distritos=tuple((place, Sesion(held)) for place, held in ficha["distritos"].items()),
        temas=tuple(Tema(tema) for tema in ficha["temas"]),
    )


def seen(fichas: list[dict[str, Any]], catalogue: dict[str, Any]) -> ReadCoverage:
    """The same region, as the page, the command and the reports read it."""
    begins = catalogue["inicio_plan"]
    return CoverageRegion(
        territorio=TERRITORIO,
        catalogo=replace(
            catalogo_of([]),
            firmantes=tuple(
                Firmante(place, date.fromisoformat(day))
                for place, day in catalogue["firmantes"].items()
            ),
            inicio_plan=None if begins is None else date.fromisoformat(begins),
        ),
        visitas=[visita_of(ficha) for ficha in fichas],
    ).read


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**40), st.integers(1, 40))
def test_every_month_has_the_figures_of_its_own_period(seed: int, many: int) -> None:
    random = Random(seed)
    fichas = [a_ficha(random, number) for number in range(1, many + 1)]
    catalogue = a_catalogue(random)
    since, to = sorted(random.sample(DAYS, 2))
    province = random.choice([None, "0501"])
    read = seen(fichas, catalogue)
    for end, figure, whole in read(since, to, provincia=province).evolucion:
        expected = coverage_oracle.coverage(
            fichas,
            catalogue,
            since.isoformat(),
            end.isoformat(),
            theme=None,
            province=province or "",
        )
        assert whole == expected["firmantes"]
        assert to_builtins(figure) == expected["estricta"]
        assert read(since, end, provincia=province).cobertura.periodo.estricta == figure


@settings(max_examples=1_000, deadline=None)
@given(st.integers(0, 2**40), st.integers(0, 40))
def test_a_region_of_chance_has_the_figures_of_the_oracle(seed: int, many: int) -> None:
    random = Random(seed)
    fichas = [a_ficha(random, number) for number in range(1, many + 1)]
    catalogue = a_catalogue(random)
    since, to = sorted(random.sample(DAYS, 2))
    theme = random.choice([None, None, *(tema.value for tema in Tema)])
    province = random.choice([None, None, "0501", "0504"])
    tema = None if theme is None else Tema(theme)
    view = seen(fichas, catalogue)(since, to, tema=tema, provincia=province)
    expected = coverage_oracle.coverage(
        fichas,
        catalogue,
        since.isoformat(),
        to.isoformat(),
        theme=theme,
        province=province or "",
    )
    assert program_says(view) == expected
