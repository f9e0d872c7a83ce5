"""What coverage says in words, alike on a screen, in a terminal and on paper."""

from datetime import date, datetime
from decimal import Decimal
from typing import Final

from fichaat.application.coverage import CoverageReport, CoverageView, porcentaje
from fichaat.domain.cobertura import CoberturaGL, Falta
from fichaat.domain.ficha import Tema
from fichaat.texts import message
from fichaat.texts.cobertura_names import TEMAS

_FALTA: Final = {
    (True, True): "municipalidades.falta_ambas",
    (True, False): "municipalidades.falta_diagnostico",
    (False, True): "municipalidades.falta_seguimiento",
}
_PASOS: Final = {
    "corregir": "municipalidades.falta_corregir",
    "recibir": "municipalidades.falta_recibir",
    "equipo": "municipalidades.falta_equipo",
    "aprobar": "municipalidades.falta_aprobar",
}


def falta_words(gl: CoberturaGL) -> str:
    """What keeps a local government from counting: «Sesión de seguimiento», «Aprobar 1 ficha»;
    empty where it counts.
    """
    lacks = _FALTA.get((Falta.DIAGNOSTICO in gl.falta, Falta.SEGUIMIENTO in gl.falta))
    if lacks is not None:
        return message(lacks, {})
    words = ""
    for paso, count in gl.pasos:
        told = message(_PASOS[paso.value], {"cantidad": count})
        if words:
            later = told[:1].lower() + told[1:]
            words = message("municipalidades.falta_dos", {"primero": words, "segundo": later})
        else:
            words = told
    return words


def percent_words(value: Decimal) -> str:
    """«60,4»."""
    return f"{value}".replace(".", ",")


def goal_words(meta: str) -> str:
    """A goal of a catalogue as it is read: «62,5»."""
    return meta.replace(".", ",")


def day_words(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def moment_words(moment: datetime) -> str:
    """«20/11/2026 17:30», in the moment's own offset."""
    return f"{day_words(moment.date())} {moment:%H:%M}"


def title_of(report: CoverageReport) -> str:
    """What the report is called."""
    view = report.view
    if view.provincia is None:
        return message("cobertura.title", {})
    name = report.territorio.provincia(view.provincia) or view.provincia
    return message("cobertura.title_province", {"provincia": name})


def region_of(report: CoverageReport) -> str:
    """«Gobierno Regional de Ayacucho»."""
    region = report.view.region
    return report.territorio.gobierno_regional(region) or region


def period_of(view: CoverageView) -> str:
    params = {"hasta": view.hasta.isoformat()}
    if view.desde is None:
        return message("cobertura.period_open", params)
    return message("cobertura.period", {**params, "desde": view.desde.isoformat()})


def catalog_of(view: CoverageView) -> str:
    """Its version and the first digits of its record."""
    version, digest = view.catalogo.version, _fours(view.catalogo_sha256)
    return message("cobertura.catalog", {"version": version, "huella": digest})


def theme_word(tema: Tema | None) -> str:
    return message("cobertura.tema_all", {}) if tema is None else TEMAS[tema]


def figure_of(count: int, view: CoverageView) -> str:
    """«29 de 48»."""
    return message("cobertura.of", {"parte": count, "total": view.firmantes})


def share_of(count: int, view: CoverageView) -> str:
    """«60,4 %»."""
    share = porcentaje(count, view.firmantes)
    return message("cobertura.no_share", {}) if share is None else f"{percent_words(share)} %"


def goal_of(view: CoverageView) -> str:
    """«Meta 70 % · faltan 5»."""
    if view.meta is None:
        return message("cobertura.goal_none", {})
    told = {"meta": goal_words(view.meta)}
    if view.faltan is None:
        return message("cobertura.goal_region", told)
    goal = message("cobertura.goal", told)
    code = "cobertura.goal_lacks" if view.faltan else "cobertura.goal_reached"
    return f"{goal} · {message(code, {'cantidad': view.faltan})}"


def no_since_words(view: CoverageView) -> str:
    """Why nothing accumulates: nobody says since when, or the plan begins after the last day."""
    begins = view.catalogo.inicio_plan
    if begins is None:
        return _word("since_none")
    return message("cobertura.since_later", {"dia": begins.isoformat()})


def left_out_words(view: CoverageView) -> str:
    """«67 fichas no cuentan», «1 ficha cuenta solo en algunos de sus distritos», or both; empty where
    nothing was left out.
    """
    left = view.left_out
    counts = (("whole", len(left.enteras)), ("partly", len(left.en_parte)))
    told = [
        message(f"cobertura.left_{code}", {"cantidad": count}) for code, count in counts if count
    ]
    if len(told) < len(counts):
        return "".join(told)
    return message("cobertura.left_both", {"unas": told[0], "otras": told[1]})


def head_lines(report: CoverageReport) -> list[str]:
    """What the report is about, a line each; the first is its title."""
    view = report.view
    lines = [title_of(report)]
    if report.practice:
        lines.append(message("cobertura.practice", {}))
    rows = (
        ("region", region_of(report)),
        ("period", period_of(view)),
        ("theme", theme_word(view.tema)),
        ("cutoff", moment_words(view.corte)),
        ("catalog", catalog_of(view)),
        ("headline", f"{figure_of(view.aprobadas, view)} · {share_of(view.aprobadas, view)}"),
    )
    told = (f"{_word(f'row_{code}')}: {words}" for code, words in rows)
    return [*lines, *told, goal_of(view)]


def beside(view: CoverageView) -> list[tuple[str, str]]:
    """The figures that stand beside the headline."""
    window, since = view.cobertura.periodo, view.cobertura.acumulada
    figures = [
        (_word("received"), window.estricta.recibidas),
        (_word("all"), window.estricta.todas),
        (_word("two"), window.dos_acciones.aprobadas),
    ]
    told = [(words, figure_of(count, view)) for words, count in figures]
    if since is None or since.desde is None:
        return [*told, (no_since_words(view), _word("nothing_held"))]
    words = message("cobertura.since", {"dia": since.desde.isoformat()})
    return [
        *told,
        (words, figure_of(since.estricta.aprobadas, view)),
        (_word("since_two"), figure_of(since.dos_acciones.aprobadas, view)),
    ]


def _word(code: str) -> str:
    return message(f"cobertura.{code}", {})


def _fours(digest: str) -> str:
    """The first sixteen hexadecimal digits, in groups of four."""
    return " ".join(digest[start : start + 4] for start in range(0, 16, 4))
