"""What stands between a content and its publication. Errors block it; warnings are only told.

Texts, lengths and types are the schema's matter (`content.read_json`), not of these rules.
"""

from collections.abc import Callable, Iterator
from datetime import date
from difflib import SequenceMatcher
from typing import Final

from msgspec import Struct

from fichaat.application.catalogue.content import CatalogueContent
from fichaat.domain.catalogo import Indicador, MetaIndicador, PeriodoVerificacion, dated
from fichaat.domain.problem import Problem, error, warning
from fichaat.domain.territorio import Territorio
from fichaat.domain.text import fold

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2199
"""Dates of a catalogue lie between; what XLSX calls 1900 is nearly always an empty cell."""

_SAME_NAME: Final = 0.6
"""Two names that share less than this are held to be two indicators."""


class RulesContext(Struct, frozen=True):
    """Everything outside the content that a rule looks at."""

    hoy: date
    region: str
    """Two digits."""
    territorio: Territorio
    before: CatalogueContent
    """The content in force."""


Rule = Callable[[CatalogueContent, RulesContext], Iterator[Problem]]


def judge(content: CatalogueContent, contexto: RulesContext) -> list[Problem]:
    """All problems, in the order of the content's members."""
    return [problem for rule in RULES for problem in rule(content, contexto)]


def check_dates(content: CatalogueContent, _: RulesContext) -> Iterator[Problem]:
    """No date lies outside the centuries of this Pacto."""
    sections = {
        "firmantes": content.firmantes,
        "metas": content.metas,
        "verificaciones": content.verificaciones,
    }
    for path, day in dated(content.inicio_plan, sections):
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            yield error("catalogo.date_range", path, fecha=day.isoformat())


def check_inicio(content: CatalogueContent, _: RulesContext) -> Iterator[Problem]:
    """Accumulated figures need their beginning (X05)."""
    if content.inicio_plan is None:
        yield warning("catalogo.inicio_plan_missing", "/inicio_plan")


def check_provincias(content: CatalogueContent, contexto: RulesContext) -> Iterator[Problem]:
    """Provinces in cascade are known, of this region, and stand once (R091)."""
    seen: set[str] = set()
    for row, code in enumerate(content.provincias):
        path = f"/provincias/{row}"
        if contexto.territorio.provincia(code) is None:
            yield error("catalogo.provincia_unknown", path, provincia=code)
        elif not code.startswith(contexto.region):
            yield error("catalogo.provincia_outside", path, provincia=code)
        if code in seen:
            yield error("catalogo.provincia_repeated", path, provincia=code)
        seen.add(code)


def check_firmantes(content: CatalogueContent, contexto: RulesContext) -> Iterator[Problem]:
    """Signatories are districts of this region, each once, that signed until today (R010)."""
    seen: set[str] = set()
    for row, item in enumerate(content.firmantes):
        path = f"/firmantes/{row}/ubigeo"
        yield from place_problems(item.ubigeo, path, contexto)
        if item.ubigeo in seen:
            yield error("catalogo.firmante_repeated", path, **_named(item.ubigeo, contexto))
        seen.add(item.ubigeo)
        if item.firmo_el > contexto.hoy:
            yield error(
                "catalogo.firma_future",
                f"/firmantes/{row}/firmo_el",
                fecha=item.firmo_el.isoformat(),
                **_named(item.ubigeo, contexto),
            )
    if not content.firmantes:
        yield warning("catalogo.firmantes_empty", "/firmantes")


def check_indicadores(content: CatalogueContent, contexto: RulesContext) -> Iterator[Problem]:
    """A code stands for one indicator for ever (R015): retired, never reused."""
    before = {item.codigo: item for item in contexto.before.indicadores}
    seen: set[str] = set()
    for row, item in enumerate(content.indicadores):
        path = f"/indicadores/{row}"
        if item.codigo in seen:
            yield error("catalogo.indicador_repeated", f"{path}/codigo", indicador=item.codigo)
        seen.add(item.codigo)
        known = before.get(item.codigo)
        if known is not None:
            yield from _same_indicator(known, item, path)
    kept = len(content.indicadores)
    for code, gone in before.items():
        if code not in seen and not gone.retirado:
            yield warning("catalogo.indicador_kept", f"/indicadores/{kept}", indicador=code)


def check_metas(content: CatalogueContent, contexto: RulesContext) -> Iterator[Problem]:
    """Goals are those of known indicators and of signatories, one at a time (R015, R032)."""
    codes = {item.codigo: item.retirado for item in contexto.before.indicadores}
    codes.update({item.codigo: item.retirado for item in content.indicadores})
    signed = {item.ubigeo for item in content.firmantes}
    periods: dict[tuple[str, str], list[MetaIndicador]] = {}
    for row, item in enumerate(content.metas):
        path = f"/metas/{row}"
        if item.indicador not in codes:
            yield error("catalogo.meta_indicador", f"{path}/indicador", indicador=item.indicador)
        elif codes[item.indicador]:
            yield warning("catalogo.meta_retired", f"{path}/indicador", indicador=item.indicador)
        if item.distrito not in signed:
            yield error(
                "catalogo.meta_distrito", f"{path}/distrito", **_named(item.distrito, contexto)
            )
        if item.mide_hasta < item.mide_desde:
            yield error("catalogo.meta_inverted", f"{path}/mide_hasta", **_span(item))
        others = periods.setdefault((item.indicador, item.distrito), [])
        if any(_meet(item, other) for other in others):
            yield error(
                "catalogo.meta_repeated",
                f"{path}/indicador",
                indicador=item.indicador,
                **_named(item.distrito, contexto),
            )
        others.append(item)


def check_verificaciones(content: CatalogueContent, _: RulesContext) -> Iterator[Problem]:
    """Each verification has its number, and a period that no other has a day of (ART-01)."""
    seen: set[int] = set()
    periods: list[PeriodoVerificacion] = []
    for row, item in enumerate(content.verificaciones):
        path = f"/verificaciones/{row}"
        if item.numero in seen:
            yield error("catalogo.verificacion_repeated", f"{path}/numero", numero=item.numero)
        seen.add(item.numero)
        yield from _windows(item, path)
        yield from _thresholds(item, path)
        for other in periods:
            if item.desde <= other.hasta and other.desde <= item.hasta:
                yield error(
                    "catalogo.verificacion_overlap",
                    f"{path}/desde",
                    numero=item.numero,
                    otra=other.numero,
                )
        periods.append(item)


def check_directorio(content: CatalogueContent, contexto: RulesContext) -> Iterator[Problem]:
    """Entries of the directory name known districts of the region, and stand once."""
    seen: set[tuple[str, str, str]] = set()
    for row, item in enumerate(content.directorio):
        path = f"/directorio/{row}"
        if item.distrito is not None:
            yield from place_problems(item.distrito, f"{path}/distrito", contexto)
        entry = (_plain(item.entidad), _plain(item.nombre), item.distrito or "")
        if entry in seen:
            yield warning(
                "catalogo.directorio_repeated",
                f"{path}/entidad",
                persona=item.nombre or item.entidad,
            )
        seen.add(entry)


def check_actividades(content: CatalogueContent, _: RulesContext) -> Iterator[Problem]:
    """An activity of the plan has an id of its own (R018)."""
    ids: set[str] = set()
    names: set[str] = set()
    for row, item in enumerate(content.actividades):
        if item.id in ids:
            yield error("catalogo.actividad_id", f"/actividades/{row}/id", nombre=item.nombre)
        ids.add(item.id)
        name = _plain(item.nombre)
        if name in names:
            yield warning(
                "catalogo.actividad_repeated", f"/actividades/{row}/nombre", nombre=item.nombre
            )
        names.add(name)


RULES: Final[tuple[Rule, ...]] = (
    check_dates,
    check_inicio,
    check_provincias,
    check_firmantes,
    check_indicadores,
    check_metas,
    check_verificaciones,
    check_directorio,
    check_actividades,
)


def _same_indicator(known: Indicador, item: Indicador, path: str) -> Iterator[Problem]:
    """Whether a code still means what it meant: a slip of the pen may be mended, another
    indicator needs another code.
    """
    old, new = _plain(known.nombre), _plain(item.nombre)
    alike = old == new or (
        not known.retirado and SequenceMatcher(None, old, new).ratio() >= _SAME_NAME
    )
    if known.tema != item.tema or not alike:
        place = "nombre" if known.tema == item.tema else "tema"
        yield error(
            "catalogo.indicador_reused",
            f"{path}/{place}",
            indicador=item.codigo,
            nombre=known.nombre,
        )
        return
    if old != new:
        yield warning(
            "catalogo.indicador_renamed",
            f"{path}/nombre",
            indicador=item.codigo,
            nombre=known.nombre,
        )
    if known.retirado and not item.retirado:
        yield warning("catalogo.indicador_back", f"{path}/retirado", indicador=item.codigo)


_WINDOWS: Final = (
    ("desde", "hasta"),
    ("plan_desde", "plan_hasta"),
    ("valida_desde", "valida_hasta"),
    ("evalua_desde", "evalua_hasta"),
)


def _windows(item: PeriodoVerificacion, path: str) -> Iterator[Problem]:
    for first, last in _WINDOWS:
        begins, ends = getattr(item, first), getattr(item, last)
        if (begins is None) != (ends is None):
            missing = first if begins is None else last
            yield error("catalogo.ventana_half", f"{path}/{missing}", numero=item.numero)
        elif begins is not None and ends < begins:
            yield error(
                "catalogo.ventana_inverted",
                f"{path}/{last}",
                numero=item.numero,
                desde=begins.isoformat(),
                hasta=ends.isoformat(),
            )


def _thresholds(item: PeriodoVerificacion, path: str) -> Iterator[Problem]:
    """Cut-offs lie within the period; a share below one is a slip of the pen."""
    if item.hasta >= item.desde:
        for name in ("corte", "corte_acuerdos"):
            if not item.desde <= getattr(item, name) <= item.hasta:
                yield error("catalogo.corte_outside", f"{path}/{name}", numero=item.numero)
    for name in ("meta", "minimo_acuerdos", "minimo_compromisos"):
        share = getattr(item, name)
        if share is not None and share.startswith("0."):
            yield error("catalogo.porcentaje", f"{path}/{name}", numero=item.numero, valor=share)


def place_problems(ubigeo: str, path: str, contexto: RulesContext) -> Iterator[Problem]:
    """What is wrong with a district of the region."""
    if ubigeo not in contexto.territorio.conocidos:
        yield error("catalogo.distrito_unknown", path, ubigeo=ubigeo)
    elif contexto.territorio.get(ubigeo) is None:
        yield warning("catalogo.distrito_gone", path, **_named(ubigeo, contexto))
    elif not ubigeo.startswith(contexto.region):
        yield error("catalogo.distrito_outside", path, **_named(ubigeo, contexto))


def _named(ubigeo: str, contexto: RulesContext) -> dict[str, str]:
    known = contexto.territorio.conocidos.get(ubigeo)
    return {"ubigeo": ubigeo, "distrito": ubigeo if known is None else known.distrito}


def _span(item: MetaIndicador) -> dict[str, str]:
    return {
        "indicador": item.indicador,
        "desde": item.mide_desde.isoformat(),
        "hasta": item.mide_hasta.isoformat(),
    }


def _meet(a: MetaIndicador, b: MetaIndicador) -> bool:
    return a.mide_desde <= b.mide_hasta and b.mide_desde <= a.mide_hasta


def _plain(text: str) -> str:
    """A name without case, accents, and marks between its words."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())
