"""What is wrong with a ficha, where, and when it is told: never while the field is being typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from fichaat.domain.ficha import Ficha
from fichaat.domain.problems import Problem, Severity, unanswered
from fichaat.domain.territorio import Territorio
from fichaat.gui.pages.ficha.paths import moved, section_row
from fichaat.gui.text import say
from fichaat.texts import MESSAGES, message

SECTIONS: Final = (
    "datos",
    "responsables",
    "destinatarios",
    "nudos",
    "acuerdos",
    "seguimiento",
    "firmas",
    "adjuntos",
    "complementarios",
)
"""In the order of the paper; what has no place there comes last."""

_SECTION_OF: Final = {
    "responsables": "responsables",
    "destinatarios": "destinatarios",
    "nudos_criticos": "nudos",
    "acuerdos": "acuerdos",
    "seguimientos": "seguimiento",
    "firmas": "firmas",
    "adjuntos": "adjuntos",
    "gobierno_regional": "complementarios",
    "ejecutor": "complementarios",
    "origen": "complementarios",
    "observaciones": "complementarios",
}
_FILLED: Final[Mapping[str, Callable[[Ficha], bool]]] = {
    "datos": lambda _: True,
    "responsables": lambda ficha: bool(ficha.responsables),
    "destinatarios": lambda ficha: bool(ficha.destinatarios),
    "nudos": lambda ficha: bool(ficha.nudos_criticos),
    "acuerdos": lambda ficha: bool(ficha.acuerdos),
    "seguimiento": lambda ficha: bool(ficha.seguimientos),
    "firmas": lambda ficha: bool(ficha.firmas),
    "adjuntos": lambda ficha: bool(ficha.adjuntos),
    "complementarios": lambda ficha: bool(ficha.observaciones),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One problem in the list."""

    path: str
    section: str
    tone: str
    """"error" or "warn"."""
    place: str
    """«Nudo 3, orientación»."""
    sentence: str
    answered: bool = False
    """A warning whose reason is written already."""


@dataclass(frozen=True, slots=True)
class Note:
    """What stands below a field or in a cell."""

    tone: str
    sentence: str
    brief: str
    """For narrow fields."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything the page says about problems."""

    lines: tuple[Line, ...] = ()
    count: str = ""
    sections: Mapping[str, str] = field(default_factory=dict)
    """Section -> "error", "warn", "ok" or "empty"."""
    notes: Mapping[str, Note] = field(default_factory=dict)
    """Pointer -> what its field says, where the person has been there."""


class Board:
    """Problems as last found, and where the person has been."""

    def __init__(self, territorio: Territorio) -> None:
        self._territorio = territorio
        self._problems: tuple[Problem, ...] = ()
        self._visited: set[str] = set()
        self._typing: str | None = None
        self._all = False

    def found(self, problems: Sequence[Problem]) -> None:
        """What the rules say now."""
        self._problems = tuple(problems)

    def typing(self, path: str) -> None:
        """Somebody types there: nothing is said about it until they leave."""
        self._typing = path

    def visited(self, path: str) -> None:
        """Somebody left that field."""
        self._visited.add(path)
        if self._typing == path:
            self._typing = None

    def reviewed(self) -> None:
        """*Revisar*: everything is said."""
        self._all = True
        self._typing = None

    def rows_moved(self, section: str, at: int, by: int) -> None:
        """Rows below `at` have other numbers."""
        places = (moved(path, section, at, by) for path in self._visited)
        self._visited = {path for path in places if path is not None}

    def shown(self, ficha: Ficha) -> Shown:
        """What to say now."""
        open_ = {(p.code, p.path) for p in unanswered(ficha, self._problems)}
        lines = [self._line(p, ficha, answered=(p.code, p.path) not in open_) for p in self._sorted]
        return Shown(
            tuple(lines), count_words(lines), self._sections(ficha, lines), self._notes(lines)
        )

    @property
    def _sorted(self) -> list[Problem]:
        """Errors first, each in the order of the paper."""
        return sorted(self._problems, key=lambda p: p.severity is Severity.WARNING)

    def _line(self, problem: Problem, ficha: Ficha, *, answered: bool) -> Line:
        warned = problem.severity is Severity.WARNING
        return Line(
            problem.path,
            section_of(problem),
            "warn" if warned else "error",
            self._place(problem, ficha),
            in_place(problem),
            answered=warned and answered,
        )

    def _place(self, problem: Problem, ficha: Ficha) -> str:
        section, row, member = section_row(problem.path)
        if problem.code.startswith("ficha.firma_"):
            return say("editor.section_firmas")
        if problem.code == "ficha.destinatario_required":
            return say("editor.section_destinatarios")
        if row is None:
            code = f"editor.place_{section}" + (f"_{member}" if member else "")
            return say(code) if code in MESSAGES else say("editor.place_ficha")
        if section == "distritos":
            known = row < len(ficha.distritos)
            place = self._territorio.get(ficha.distritos[row].ubigeo) if known else None
            name = "" if place is None else place.distrito
            return say(f"editor.place_{member or 'ubigeo'}", distrito=name)
        whole = say(f"editor.place_row_{section}", fila=row + 1)
        part = f"editor.part_{member}"
        return f"{whole}, {say(part)}" if part in MESSAGES else whole

    def _sections(self, ficha: Ficha, lines: Sequence[Line]) -> dict[str, str]:
        states = {name: "ok" if _FILLED[name](ficha) else "empty" for name in SECTIONS}
        for line in reversed(lines):  # errors last: they win
            if not line.answered:
                states[line.section] = line.tone
        return states

    def _notes(self, lines: Sequence[Line]) -> dict[str, Note]:
        notes: dict[str, Note] = {}
        for problem, line in zip(self._sorted, lines, strict=True):
            told = self._all or problem.path in self._visited
            # A missing signature is no fault of the cell in which the person's name stands.
            elsewhere = line.section == "firmas" and not problem.path.startswith("/firmas")
            if told and problem.path != self._typing and not (line.answered or elsewhere):
                notes.setdefault(
                    problem.path, Note(line.tone, line.sentence, _brief(problem, line.sentence))
                )
        return notes


def section_of(problem: Problem) -> str:
    """Under which heading a problem stands."""
    if problem.code.startswith("ficha.firma_"):
        return "firmas"
    if problem.code == "ficha.destinatario_required":
        return "destinatarios"
    return _SECTION_OF.get(section_row(problem.path)[0], "datos")


def in_place(problem: Problem) -> str:
    """The sentence beside the name of its place: shorter than one that stands alone."""
    code = f"editor.in_{problem.code.partition('.')[2]}"
    return message(code if code in MESSAGES else problem.code, problem.params)


def _brief(problem: Problem, sentence: str) -> str:
    code = f"editor.brief_{problem.code.partition('.')[2]}"
    return message(code, problem.params) if code in MESSAGES else sentence


def count_words(lines: Sequence[Line]) -> str:
    """«3 errores, 1 aviso»."""
    errors = sum(line.tone == "error" for line in lines)
    warnings = sum(line.tone == "warn" and not line.answered for line in lines)
    if errors and warnings:
        return say("editor.count_both", errores=errors, avisos=warnings)
    if errors:
        return say("editor.count_errors", errores=errors)
    if warnings:
        return say("editor.count_warnings", avisos=warnings)
    return say("editor.count_none")
