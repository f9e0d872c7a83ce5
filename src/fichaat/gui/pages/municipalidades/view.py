"""What the page of coverage shows, and what is chosen in it. No Qt here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from fichaat.application.coverage import CoverageView
from fichaat.application.ports.keys import Clock
from fichaat.domain.catalogo import PeriodoVerificacion
from fichaat.domain.ficha import Tema
from fichaat.domain.territorio import Territorio
from fichaat.gui.pages.municipalidades.figures import Bar, Figures, Goal, Timeline
from fichaat.gui.pages.municipalidades.lines import GLColumn, Line
from fichaat.gui.pages.municipalidades.periods import Days
from fichaat.gui.pages.municipalidades.visit import Visit, VisitSources
from fichaat.gui.text import say, thousands

FALTA: Final = "falta"
TODAS: Final = "todas"
PROVINCIAS: Final = "provincias"
EVOLUCION: Final = "evolucion"
LINEA: Final = "linea"
CHARTS: Final = (PROVINCIAS, EVOLUCION, LINEA)

Options = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Choices:
    """What is looked at; it lasts as long as the window."""

    periodo: str = ""
    days: Days | None = None
    """Of the period; the usual one where None."""
    provincia: str = ""
    sesion: str = ""
    tema: str = ""
    grafico: str = PROVINCIAS
    lista: str = FALTA
    """What it lacks, all, a `Behind`, or who counted by a day in ISO."""
    ubigeo: str = ""
    column: GLColumn = GLColumn.FALTA
    ascending: bool = True

    @property
    def listed_day(self) -> date | None:
        """By which day who is listed had counted; None where something else is listed."""
        return date.fromisoformat(self.lista) if self.lista[:1].isdigit() else None


class Filters(NamedTuple):
    periodo: Options
    provincia: Options
    sesion: Options
    tema: Options


class Shown(NamedTuple):
    """Which lines the table has, in words."""

    falta: str
    todas: str
    note: str
    """What else chooses among them; "" for nothing."""


class Charts(NamedTuple):
    provincias: tuple[Bar, ...]
    meses: tuple[Bar, ...]
    goal: Goal | None
    goal_meses: Goal | None
    """A single province has none of its own."""
    firmantes: int


class GlFicha(NamedTuple):
    codigo: str
    words: str
    detail: str
    estado: str


class GlWords(NamedTuple):
    """One municipality and the fichas behind its line."""

    ubigeo: str
    lugar: str
    sentence: str
    warning: str
    signed: str
    fichas: tuple[GlFicha, ...]
    waiting: str = ""
    """Code of the oldest that waits for a verdict, where it can be given here."""
    visit: bool = False
    """Whether a visit may be begun here."""


class Reason(NamedTuple):
    """Fichas that do not count, by why."""

    words: str
    total: int
    fichas: tuple[tuple[str, str], ...]
    """Code, and the place where it is only about that one."""

    @property
    def title(self) -> str:
        """«Fuera del periodo: 12»."""
        return say("municipalidades.behind", palabras=self.words, cantidad=thousands(self.total))


class MunicipalidadesView(Protocol):
    def show_filters(self, filters: Filters, choices: Choices) -> None: ...
    def show_cutoff(self, words: str, context: str) -> None: ...
    def show_figures(self, figures: Figures) -> None: ...
    def show_charts(self, charts: Charts) -> None: ...
    def show_timeline(self, timeline: Timeline | None) -> None: ...
    def show_lines(
        self, lines: Sequence[Line], shown: Shown, choices: Choices, empty: str
    ) -> None: ...
    def show_visit(self, visit: Visit | None) -> None:
        """Of the chosen line; None where there is none."""
        ...

    def show_excluded(self, words: str, *, any_: bool) -> None: ...
    def show_nothing(self, sentence: str, action: str) -> None:
        """Instead of everything else; "" for no action."""
        ...

    def ask_dates(self, days: Days) -> None: ...
    def ask_where(self, name: str, kind: str, on_chosen: Callable[[Path], object]) -> None: ...
    def open_gl(self, words: GlWords) -> None: ...
    def open_excluded(self, what: str, reasons: Sequence[Reason]) -> None: ...


@dataclass(frozen=True, slots=True)
class MunicipalidadesSources:
    """What the presenter asks of the program."""

    territorio: Territorio
    clock: Clock
    coordinates: bool
    provincia: str
    """Whose work is done here; "" for the whole region."""
    read: Callable[[Days, Tema | None, str | None], CoverageView]
    """Days, theme, province."""
    periods: Callable[[], Sequence[PeriodoVerificacion]]
    default_period: Callable[[], tuple[date, date]]
    write: Callable[[str, CoverageView, Path], None]
    """As "xlsx" or "pdf"."""
    visits: VisitSources
