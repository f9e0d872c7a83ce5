"""Lines, filters and lists of the page of coverage in words. No Qt here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from fichaat.application.coverage import CoverageView
from fichaat.domain.cobertura import Alcance, CoberturaGL, Exclusion
from fichaat.domain.evolucion import reached_by
from fichaat.domain.ficha import Sesion
from fichaat.domain.territorio import Territorio
from fichaat.gui.pages.municipalidades import periods
from fichaat.gui.pages.municipalidades.figures import ROWS, Behind, stands_behind
from fichaat.gui.pages.municipalidades.lines import Line
from fichaat.gui.pages.municipalidades.periods import Period
from fichaat.gui.pages.municipalidades.view import (
    FALTA,
    TODAS,
    Choices,
    Filters,
    GlFicha,
    GlWords,
    Reason,
)
from fichaat.gui.text import say
from fichaat.texts.cobertura_names import EXCLUSIONES, SESIONES, TEMAS

_WITHOUT: Final = "sin_"
_SESSIONS: Final = (
    "sin_diagnostico",
    "sin_seguimiento",
    "con_diagnostico",
    "con_seguimiento",
    "con_especifica",
)
_NAMED_TOGETHER: Final = 40
"""Fichas of one reason; the rest is counted."""


def make_filters(offered: Iterable[Period], provincias: Mapping[str, str]) -> Filters:
    """What can be chosen, everything first.

    Args:
        offered: periods.
        provincias: those with a signatory, their names by their codes.
    """
    return Filters(
        [
            *((item.value, item.words) for item in offered),
            (periods.ASK, say("municipalidades.period_ask")),
        ],
        [
            ("", say("municipalidades.all_provincia")),
            *sorted(provincias.items(), key=lambda item: item[1]),
        ],
        [
            ("", say("municipalidades.all_sesion")),
            *((name, say(f"municipalidades.{name}")) for name in _SESSIONS),
        ],
        [
            ("", say("municipalidades.all_tema")),
            *(
                (tema.value, say("municipalidades.tema", tema=words))
                for tema, words in TEMAS.items()
            ),
        ],
    )


def excluded_words(view: CoverageView) -> str:
    """What those that are left out have in common."""
    whole, partly = view.left_out
    if not partly:
        return say("municipalidades.excluded_what")
    code = "excluded_partly" if not whole else "excluded_some"
    return say(f"municipalidades.{code}", enteras=len(whole), parte=len(partly))


def excluded_reasons(view: CoverageView, territorio: Territorio) -> list[Reason]:
    """What is left out, by why."""
    partly = view.left_out.en_parte
    groups: dict[Exclusion, dict[str, str]] = defaultdict(dict)
    for item in view.cobertura.excluidas:
        place = None if item.ubigeo is None else territorio.known(item.ubigeo)
        told = "" if place is None else f"{place.distrito} ({place.provincia})"
        held = groups[item.motivo].get(item.ficha)
        groups[item.motivo][item.ficha] = told if not held else f"{held}, {told}"
    return [
        Reason(
            words,
            len(groups[motivo]),
            tuple(
                (
                    codigo,
                    say("municipalidades.excluded_only", lugar=told) if codigo in partly else told,
                )
                for codigo, told in sorted(groups[motivo].items())[:_NAMED_TOGETHER]
            ),
        )
        for motivo, words in EXCLUSIONES.items()
        if motivo in groups
    ]


def is_listed(gl: CoberturaGL, chosen: Choices) -> bool:
    """Whether the table has a line for it."""
    day = chosen.listed_day
    if chosen.lista == FALTA:
        listed = not gl.cuenta
    elif chosen.lista == TODAS:
        listed = True
    elif day is not None:
        listed = reached_by(gl, day) is Alcance.APROBADAS
    else:
        listed = stands_behind(Behind(chosen.lista), gl)
    if not listed or not chosen.sesion:
        return listed
    held = {item.sesion for item in gl.acciones}
    has = Sesion(chosen.sesion[len(_WITHOUT) :]) in held
    return has is not chosen.sesion.startswith(_WITHOUT)


def list_note(chosen: Choices, count: int) -> str:
    """Which lines are shown, where neither segment says so."""
    if chosen.sesion:
        return say("municipalidades.filtered", cantidad=count)
    if chosen.lista in (FALTA, TODAS):
        return ""
    if chosen.listed_day is not None:
        return say("municipalidades.by_month", dia=chosen.lista, cantidad=count)
    words = say(ROWS[Behind(chosen.lista)])
    return say("municipalidades.behind", palabras=words, cantidad=count)


def gl_words(line: Line, *, coordinates: bool, visit: bool) -> GlWords:
    """One municipality, the newest ficha first.

    Args:
        line: its line.
        coordinates: whether who looks may approve.
        visit: whether who looks may visit it.
    """
    waiting = [item.ficha for item in line.gl.acciones if item.alcance is Alcance.RECIBIDAS]
    sentence = say("municipalidades.gl_counts")
    if not line.gl.cuenta:
        sentence = say("municipalidades.gl_lacks", falta=line.need.words)
    return GlWords(
        line.ubigeo,
        line.lugar,
        sentence,
        say("municipalidades.gl_before") if line.gl.seguimiento_antes else "",
        say("municipalidades.gl_signed", fecha=line.gl.firmo_el.isoformat()),
        tuple(
            GlFicha(
                item.ficha,
                say(
                    "municipalidades.gl_ficha",
                    fecha=item.fecha.isoformat(),
                    sesion=SESIONES[item.sesion],
                ),
                say("municipalidades.gl_cascade", ficha=item.ficha) if item.cascada else item.ficha,
                item.estado,
            )
            for item in reversed(line.gl.acciones)
        ),
        waiting[0] if coordinates and waiting else "",
        visit,
    )
