"""What is typed but not understood yet: it blocks the seal like an error, in its own place."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Final

from fichaat.domain.problem import Problem, error
from fichaat.domain.text import MAX_LINE, MAX_LONG

_SHOWN: Final = 60
"""Characters of the text that a sentence quotes."""

ORDER: Final = (
    "gobierno_regional",
    "ejecutor",
    "fecha",
    "hora_inicio",
    "hora_fin",
    "lugar",
    "plataforma",
    "distritos",
    "modalidad",
    "temas",
    "responsables",
    "destinatarios",
    "indicadores",
    "nudos_criticos",
    "acuerdos",
    "seguimientos",
    "firmas",
    "adjuntos",
    "observaciones",
)
"""The members of a ficha as `problems.RULES` goes through them."""


def unread(path: str, text: str) -> Problem:
    """The problem of one text: too long, or not what its field asks for."""
    if len(text) > MAX_LINE:
        # Nothing that long is a date, an hour or a number: only its length keeps it out.
        most = MAX_LONG if len(text) > MAX_LONG else MAX_LINE
        return error("ficha.text_too_long", path, letras=len(text), maximo=most)
    return error("ficha.unread_text", path, texto=text[:_SHOWN])


def with_unread(problems: Sequence[Problem], textos: Mapping[str, str]) -> list[Problem]:
    """The problems with those of texts that cannot be read, in the order of the paper.

    Args:
        problems: of the ficha, where the members of these texts are empty.
        textos: pointer -> what stands there on the screen.
    """
    if not textos:
        return list(problems)
    # «Escriba la hora fin» is no answer to someone who wrote one.
    kept = [problem for problem in problems if problem.path not in textos]
    typed = sorted((unread(path, text) for path, text in textos.items()), key=_place)
    merged: list[Problem] = []
    for problem in kept:
        while typed and _rank(typed[0]) <= _rank(problem):
            merged.append(typed.pop(0))
        merged.append(problem)
    return list(chain(merged, typed))


def _rank(problem: Problem) -> int:
    if problem.code.startswith("ficha.firma_"):
        return ORDER.index("firmas")
    member = problem.path.split("/")[1] if problem.path else ""
    return ORDER.index(member) if member in ORDER else -1


def _place(problem: Problem) -> tuple[int, int, str]:
    steps = problem.path.split("/")
    row = int(steps[2]) if len(steps) > 2 and steps[2].isdecimal() else 0
    return _rank(problem), row, problem.path
