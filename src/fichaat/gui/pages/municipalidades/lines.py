"""One line for each local government that signed: its sessions and what it lacks. No Qt here."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final, NamedTuple

from fichaat.domain.cobertura import CoberturaGL, Falta, Paso
from fichaat.domain.territorio import Territorio
from fichaat.domain.text import fold
from fichaat.gui.text import say, short_date
from fichaat.texts.cobertura_words import falta_words


class GLColumn(StrEnum):
    """Of the table."""

    NOMBRE = "nombre"
    PROVINCIA = "provincia"
    UBIGEO = "ubigeo"
    DIAGNOSTICO = "diagnostico"
    SEGUIMIENTO = "seguimiento"
    OTRAS = "otras"
    FALTA = "falta"


class Need(NamedTuple):
    """What a local government lacks to count, most urgent first by `rank`."""

    rank: int
    words: str
    tone: str
    icon: str


class Line(NamedTuple):
    """A local government as the table shows it."""

    gl: CoberturaGL
    nombre: str
    provincia: str
    need: Need

    @property
    def ubigeo(self) -> str:
        return self.gl.ubigeo

    @property
    def lugar(self) -> str:
        """«Quinua (Huamanga)»."""
        return f"{self.nombre} ({self.provincia})"

    def words(self, column: GLColumn) -> str:
        """What stands in a cell."""
        return _WORDS[column](self)


_LOOKS: Final = {
    Paso.CORREGIR: ("warn", "observada"),
    Paso.RECIBIR: ("warn", "recibida"),
    Paso.EQUIPO: ("warn", "equipo"),
    Paso.APROBAR: ("warn", "revision"),
}
"""The most urgent first."""
_FIRST_STEP: Final = 3
"""Ranks before it are sessions that nobody held."""
_LAST: Final = _FIRST_STEP + len(_LOOKS)


def make_lines(gls: Iterable[CoberturaGL], territorio: Territorio) -> list[Line]:
    """In the order they are given."""
    return [_line(gl, territorio) for gl in gls]


def sort_lines(lines: Sequence[Line], column: GLColumn, *, ascending: bool) -> list[Line]:
    """By a column; by name and ubigeo where that says nothing."""
    named = sorted(lines, key=lambda line: (fold(line.nombre), line.ubigeo))
    return sorted(named, key=_KEYS[column], reverse=not ascending)


def need_of(gl: CoberturaGL) -> Need:
    """What has to happen next: a session, or what fichas wait for."""
    words = falta_words(gl)
    lacks = (Falta.DIAGNOSTICO in gl.falta, Falta.SEGUIMIENTO in gl.falta)
    if any(lacks):
        look = ("error", "error") if lacks[0] else ("warn", "aviso")
        rank = 0 if all(lacks) else 1 + lacks[1]
        return Need(rank, words, *look)
    if gl.pasos:
        paso, _ = gl.pasos[0]
        return Need(_FIRST_STEP + list(_LOOKS).index(paso), words, *_LOOKS[paso])
    if gl.seguimiento_antes:
        return Need(_LAST, say("municipalidades.cuenta_antes"), "warn", "aviso")
    return Need(_LAST + 1, say("municipalidades.cuenta"), "ok", "bien")


def _line(gl: CoberturaGL, territorio: Territorio) -> Line:
    place = territorio.lugar(gl.ubigeo)
    return Line(
        gl,
        place.distrito,
        place.provincia,
        need_of(gl),
    )


def _day(day: date | None) -> str:
    return say("municipalidades.none") if day is None else short_date(day)


_WORDS: Final[dict[GLColumn, Callable[[Line], str]]] = {
    GLColumn.NOMBRE: lambda line: line.nombre,
    GLColumn.PROVINCIA: lambda line: line.provincia,
    GLColumn.UBIGEO: lambda line: line.ubigeo,
    GLColumn.DIAGNOSTICO: lambda line: _day(line.gl.diagnostico),
    GLColumn.SEGUIMIENTO: lambda line: _day(line.gl.seguimiento),
    GLColumn.OTRAS: lambda line: str(line.gl.otras),
    GLColumn.FALTA: lambda line: line.need.words,
}
_KEYS: Final[dict[GLColumn, Callable[[Line], Any]]] = {
    GLColumn.NOMBRE: lambda line: fold(line.nombre),
    GLColumn.PROVINCIA: lambda line: fold(line.provincia),
    GLColumn.UBIGEO: lambda line: line.ubigeo,
    GLColumn.DIAGNOSTICO: lambda line: line.gl.diagnostico or date.min,
    GLColumn.SEGUIMIENTO: lambda line: line.gl.seguimiento or date.min,
    GLColumn.OTRAS: lambda line: line.gl.otras,
    GLColumn.FALTA: lambda line: line.need.rank,
}
