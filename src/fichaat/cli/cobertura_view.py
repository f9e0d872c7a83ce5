"""Coverage for scripts, and as tables for people."""

import shutil
from collections import Counter
from collections.abc import Sequence
from io import StringIO

from fichaat.application.coverage import Avance, CoverageReport, CoverageView, porcentaje
from fichaat.cli.shapes import Shape, say
from fichaat.domain.cobertura import Cifra, CoberturaGL, Ventana
from fichaat.domain.territorio import Territorio
from fichaat.texts.cobertura_names import EXCLUSIONES
from fichaat.texts.cobertura_words import (
    beside,
    day_words,
    falta_words,
    head_lines,
    left_out_words,
    percent_words,
)

_NUMBERS = ("total", "approved", "percent", "received", "all", "others")
_PLACE = ("place", "province", "ubigeo", "diagnosis", "followup", "others", "lacks_short")
_WHOLE = (*_NUMBERS, "ubigeo", "diagnosis", "followup")
"""Columns whose words are never broken."""
_NARROW, _USUAL, _WIDE = 80, 110, 120
"""Letters of a line of the tables."""


def coverage_shape(view: CoverageView, *, practice: bool) -> Shape:
    """The shape of interface.md, and more."""
    found = view.cobertura
    since = found.acumulada
    return {
        "region": view.region,
        "provincia": view.provincia,
        "desde": None if view.desde is None else view.desde.isoformat(),
        "hasta": view.hasta.isoformat(),
        "tema": None if view.tema is None else view.tema.value,
        "corte": view.corte.isoformat(),
        "practica": practice,
        "catalogo": {"version": view.catalogo.version, "sha256": view.catalogo_sha256},
        "firmantes": view.firmantes,
        "meta": view.meta,
        "faltan": view.faltan,
        **_window(found.periodo),
        "acumulada": None if since is None else _since(since),
        "provincias": [
            {
                "provincia": item.provincia,
                "firmantes": item.firmantes,
                "estricta": _cifra(item.estricta),
                "dos_acciones": _cifra(item.dos_acciones),
            }
            for item in view.provincias
        ],
        "evolucion": [
            {"hasta": month.hasta.isoformat(), **_cifra(month.cifra), "firmantes": month.firmantes}
            for month in view.evolucion
        ],
        "gl": [_gl(gl) for gl in found.gl],
        "excluidas": [
            {"ficha": item.ficha, "motivo": item.motivo.value, "ubigeo": item.ubigeo}
            for item in found.excluidas
        ],
    }


def coverage_lines(view: CoverageView, territorio: Territorio, *, practice: bool) -> list[str]:
    """What a person needs to know first, then each local government."""
    report = CoverageReport(view, territorio, practice)
    lines = [*head_lines(report), ""]
    lines += [say("cli.cobertura_line", que=what, figura=figure) for what, figure in beside(view)]
    if view.provincias:
        codes = ("province", "total", "approved", "percent", "received", "all")
        lines += ["", *_table(codes, [_province(item, territorio) for item in view.provincias])]
        rows = [_place(gl, territorio) for gl in view.cobertura.gl]
        lines += ["", *_table(_PLACE, rows)]
    left = Counter(motivo for motivo, _ in {(x.motivo, x.ficha) for x in view.cobertura.excluidas})
    if left:
        lines += ["", say("cli.cobertura_excluded", cuantas=left_out_words(view))]
        lines += [
            say("cli.cobertura_reason", motivo=words, cantidad=left[motivo])
            for motivo, words in EXCLUSIONES.items()
            if motivo in left
        ]
    return lines


def _place(gl: CoberturaGL, territorio: Territorio) -> list[str]:
    place = territorio.lugar(gl.ubigeo)
    none = say("cobertura.nothing_held")
    return [
        place.distrito,
        place.provincia,
        gl.ubigeo,
        none if gl.diagnostico is None else day_words(gl.diagnostico),
        none if gl.seguimiento is None else day_words(gl.seguimiento),
        str(gl.otras),
        falta_words(gl) or say("cobertura.before" if gl.seguimiento_antes else "cobertura.counts"),
    ]


def _province(item: Avance, territorio: Territorio) -> list[str]:
    figure = item.estricta
    share = porcentaje(figure.aprobadas, item.firmantes)
    return [
        territorio.provincia(item.provincia) or item.provincia,
        str(item.firmantes),
        str(figure.aprobadas),
        "" if share is None else percent_words(share),
        str(figure.recibidas),
        str(figure.todas),
    ]


def _gl(gl: CoberturaGL) -> Shape:
    return {
        "ubigeo": gl.ubigeo,
        "firmo_el": gl.firmo_el.isoformat(),
        "cuenta": gl.cuenta,
        "acciones": [
            {
                "ficha": item.ficha,
                "fecha": item.fecha.isoformat(),
                "sesion": item.sesion.value,
                "estado": item.estado,
                "alcance": item.alcance.name.lower(),
                "cascada": item.cascada,
            }
            for item in gl.acciones
        ],
        "falta": [what.value for what in gl.falta],
        "seguimiento_antes": gl.seguimiento_antes,
    }


def _window(window: Ventana) -> Shape:
    return {"estricta": _cifra(window.estricta), "dos_acciones": _cifra(window.dos_acciones)}


def _since(window: Ventana) -> Shape:
    desde = None if window.desde is None else window.desde.isoformat()
    return {"desde": desde, **_window(window)}


def _cifra(figure: Cifra) -> dict[str, int]:
    return {
        "aprobadas": figure.aprobadas,
        "recibidas": figure.recibidas,
        "todas": figure.todas,
    }


def _table(codes: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """As wide as the terminal allows; what is too long goes on below."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False)
    for code in codes:
        numeric = code in _NUMBERS
        title = Text(say(f"cobertura.column_{code}"))
        table.add_column(title, justify="right" if numeric else "left", no_wrap=code in _WHOLE)
    for row in rows:
        table.add_row(*map(Text, row))
    out = StringIO()
    wide = shutil.get_terminal_size((_USUAL, 0)).columns
    width = min(max(wide, _NARROW), _WIDE)
    Console(file=out, width=width, color_system=None, legacy_windows=False).print(table)
    return [line.rstrip() for line in out.getvalue().splitlines()]
