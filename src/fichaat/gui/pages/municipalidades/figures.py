"""The figures of a view in words: what the card, the bars and the months show. No Qt here."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from fichaat.application.coverage import CoverageView
from fichaat.domain.cobertura import Alcance, Cifra, CoberturaGL
from fichaat.domain.ficha import Sesion
from fichaat.domain.territorio import Territorio
from fichaat.gui.pages.municipalidades.lines import Line
from fichaat.gui.pages.municipalidades.periods import month_words
from fichaat.gui.text import say
from fichaat.texts.cobertura_names import ESTADOS_ACCION, SESIONES
from fichaat.texts.cobertura_words import goal_of, goal_words, no_since_words, share_of


class Behind(StrEnum):
    """A figure, and so the local governments of which it speaks."""

    APROBADAS = "aprobadas"
    RECIBIDAS = "recibidas"
    TODAS = "selladas"
    DOS_ACCIONES = "dos_acciones"
    ACUMULADA = "acumulada"
    """They may be others than those of the period."""


BESIDE: Final = (Behind.RECIBIDAS, Behind.TODAS, Behind.DOS_ACCIONES, Behind.ACUMULADA)
"""Those that stand beside the headline, in their order."""


class FigureRow(NamedTuple):
    """A figure beside the headline."""

    behind: Behind
    words: str
    figure: str
    leads: str
    """What a click does; "" where there is nothing to see."""
    more: str = ""
    """The same at the other steps, told where one points at it."""


class Figures(NamedTuple):
    title: str
    headline: str
    percent: str
    goal: str
    rows: tuple[FigureRow, ...]


class Bar(NamedTuple):
    """How many approved, and how many more that only wait for it."""

    key: str
    name: str
    aprobadas: int
    recibidas: int
    firmantes: int

    @property
    def figure(self) -> str:
        """«11 de 14»."""
        return _of(self.aprobadas, self.firmantes)

    @property
    def sentence(self) -> str:
        """For who cannot see it."""
        return say(
            "municipalidades.bar", nombre=self.name, figura=self.figure, recibidas=self.recibidas
        )


class Mark(NamedTuple):
    """A ficha on the time line of a municipality."""

    ficha: str
    fecha: date
    sesion: Sesion
    approved: bool
    sentence: str


class Timeline(NamedTuple):
    """The visits of one municipality."""

    lugar: str
    marks: tuple[Mark, ...]
    desde: date
    hasta: date


class Goal(NamedTuple):
    """A dashed line."""

    percent: float
    words: str


ROWS: Final = {
    Behind.APROBADAS: "cobertura.headline",
    Behind.RECIBIDAS: "cobertura.received",
    Behind.TODAS: "cobertura.all",
    Behind.DOS_ACCIONES: "cobertura.two",
    Behind.ACUMULADA: "municipalidades.period_plan_figure",
}
"""What each figure counts."""

_REACHED: Final[dict[Behind, Callable[[CoberturaGL], bool]]] = {
    Behind.APROBADAS: lambda gl: gl.cuenta,
    Behind.RECIBIDAS: lambda gl: gl.estricta is not None and gl.estricta >= Alcance.RECIBIDAS,
    Behind.TODAS: lambda gl: gl.estricta is not None,
    Behind.DOS_ACCIONES: lambda gl: gl.dos_acciones is Alcance.APROBADAS,
    Behind.ACUMULADA: lambda gl: gl.acumulada is Alcance.APROBADAS,
}


def stands_behind(figure: Behind, gl: CoberturaGL) -> bool:
    """Whether a figure counts a local government."""
    return _REACHED[figure](gl)


def make_figures(view: CoverageView, territorio: Territorio) -> Figures:
    """Those of the card."""
    strict, whole = view.cobertura.periodo.estricta, view.firmantes
    see = say("municipalidades.see")
    two = view.cobertura.periodo.dos_acciones
    rows = [
        FigureRow(behind, say(ROWS[behind]), _of(part, whole), see, more)
        for behind, part, more in (
            (Behind.RECIBIDAS, strict.recibidas, ""),
            (Behind.TODAS, strict.todas, ""),
            (Behind.DOS_ACCIONES, two.aprobadas, _more("beside", two, whole)),
        )
    ]
    title = say("cobertura.headline")
    if view.provincia is not None:
        place = territorio.provincia(view.provincia) or view.provincia
        title = say("municipalidades.figures_of", lugar=place)
    return Figures(
        title,
        _of(view.aprobadas, whole),
        share_of(view.aprobadas, view),
        goal_of(view),
        (*rows, _accumulated(view)),
    )


def make_goal(view: CoverageView) -> Goal | None:
    """None without a goal; a single province and a theme have none of their own."""
    if view.meta is None or view.faltan is None:
        return None
    words = say("cobertura.goal_word", meta=goal_words(view.meta))
    return Goal(float(view.meta), words)


def province_bars(view: CoverageView, territorio: Territorio) -> tuple[Bar, ...]:
    """The most approved first."""
    bars = [
        Bar(
            item.provincia,
            territorio.provincia(item.provincia) or item.provincia,
            item.estricta.aprobadas,
            item.estricta.recibidas - item.estricta.aprobadas,
            item.firmantes,
        )
        for item in view.provincias
    ]
    return tuple(
        sorted(bars, key=lambda bar: (-bar.aprobadas, -bar.aprobadas / bar.firmantes, bar.name))
    )


def month_bars(view: CoverageView) -> tuple[Bar, ...]:
    """One for the end of each month, of those that had signed by then."""
    return tuple(
        Bar(
            day.isoformat(),
            month_words(day),
            found.aprobadas,
            found.recibidas - found.aprobadas,
            firmantes,
        )
        for day, found, firmantes in view.evolucion
    )


def make_timeline(line: Line, view: CoverageView) -> Timeline:
    """From the first day of the period, or of the visits, until the cut-off."""
    acciones = line.gl.acciones
    first = min((item.fecha for item in acciones), default=view.hasta)
    last = max((item.fecha for item in acciones), default=first)
    marks = tuple(
        Mark(
            item.ficha,
            item.fecha,
            item.sesion,
            item.alcance is Alcance.APROBADAS,
            say(
                "municipalidades.mark",
                fecha=item.fecha.isoformat(),
                sesion=SESIONES[item.sesion],
                ficha=item.ficha,
                estado=ESTADOS_ACCION[item.estado].lower(),
            ),
        )
        for item in acciones
    )
    until = max(last, min(view.hasta, view.corte.date()))
    return Timeline(line.lugar, marks, min(view.desde or first, until), until)


def _accumulated(view: CoverageView) -> FigureRow:
    window = view.cobertura.acumulada
    if window is None:
        words = no_since_words(view)
        return FigureRow(Behind.ACUMULADA, words, say("municipalidades.none"), "")
    assert window.desde is not None  # it begins with the plan
    return FigureRow(
        Behind.ACUMULADA,
        say("cobertura.since", dia=window.desde.isoformat()),
        _of(window.estricta.aprobadas, view.firmantes),
        say("municipalidades.see"),
        " ".join(
            (
                _more("beside", window.estricta, view.firmantes),
                _more("beside_two", window.dos_acciones, view.firmantes),
            )
        ),
    )


def _more(code: str, figure: Cifra, whole: int) -> str:
    return say(
        f"municipalidades.{code}",
        aprobadas=_of(figure.aprobadas, whole),
        recibidas=_of(figure.recibidas, whole),
        todas=_of(figure.todas, whole),
    )


def _of(part: int, whole: int) -> str:
    return say("cobertura.of", parte=part, total=whole)
