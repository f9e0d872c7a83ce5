"""What stands between a draft and its seal: the rules of the official form as pure functions.

Errors block sealing, warnings ask for a reason; drafts can always be saved (data-model.md).
"""

from collections.abc import Callable, Iterable
from typing import Final

from fichaat.domain.ficha import Ficha
from fichaat.domain.problem import ContextoValidacion, Problem, Severity, blank
from fichaat.domain.problems_contenido import (
    check_acuerdos,
    check_adjuntos,
    check_indicadores,
    check_nudos,
    check_open_acuerdos,
    check_seguimientos,
    check_seguimientos_plausible,
)
from fichaat.domain.problems_firmas import (
    check_firma_destinatarios,
    check_firma_responsable,
    check_firmas,
)
from fichaat.domain.problems_visita import (
    check_destinatarios,
    check_distritos,
    check_ejecutor,
    check_fecha,
    check_gobierno_regional,
    check_horas,
    check_lugar,
    check_modalidad,
    check_plataforma,
    check_possible_duplicate,
    check_provincia,
    check_responsables,
    check_sesiones,
    check_signatories,
    check_temas,
)
from fichaat.domain.text import fold

__all__ = [
    "RULES",
    "ContextoValidacion",
    "Problem",
    "Severity",
    "blocks_sealing",
    "only_signature_errors",
    "overlaps",
    "unanswered",
    "validate",
]

Rule = Callable[[Ficha, ContextoValidacion], Iterable[Problem]]

RULES: Final[tuple[Rule, ...]] = (
    check_gobierno_regional,
    check_ejecutor,
    check_fecha,
    check_possible_duplicate,
    check_horas,
    check_lugar,
    check_plataforma,
    check_distritos,
    check_provincia,
    check_signatories,
    check_sesiones,
    check_modalidad,
    check_temas,
    check_responsables,
    check_destinatarios,
    check_indicadores,
    check_nudos,
    check_acuerdos,
    check_seguimientos,
    check_seguimientos_plausible,
    check_open_acuerdos,
    check_firma_responsable,
    check_firma_destinatarios,
    check_firmas,
    check_adjuntos,
)
"""In the order of the paper; data without a place there stand beside what they qualify."""


def validate(ficha: Ficha, contexto: ContextoValidacion) -> list[Problem]:
    """All problems of a ficha, in the order of the paper."""
    return [problem for rule in RULES for problem in rule(ficha, contexto)]


def unanswered(ficha: Ficha, problems: Iterable[Problem]) -> list[Problem]:
    """The warnings for which nobody has given a reason yet."""
    reasons = {(item.code, item.path) for item in ficha.advertencias if not blank(item.motivo)}
    return [
        problem
        for problem in problems
        if problem.severity is Severity.WARNING and (problem.code, problem.path) not in reasons
    ]


def blocks_sealing(ficha: Ficha, problems: Iterable[Problem]) -> bool:
    """An error, or a warning without its reason."""
    found = list(problems)
    return any(problem.severity is not Severity.WARNING for problem in found) or bool(
        unanswered(ficha, found)
    )


def only_signature_errors(problems: Iterable[Problem]) -> bool:
    """Nothing is wrong but signatures: the paper may be printed to be signed.

    Also true of a draft without any error.
    """
    return all(
        problem.code.startswith("ficha.firma_")
        for problem in problems
        if problem.severity is not Severity.WARNING
    )


def overlaps(a: Ficha, b: Ficha) -> bool:
    """Whether two fichas may record one visit twice: same district, day and responsible,
    overlapping hours, another code. Hours that only touch are two visits.
    """
    if a.codigo == b.codigo or a.fecha is None or a.fecha != b.fecha:
        return False
    if a.hora_inicio is None or a.hora_fin is None or b.hora_inicio is None or b.hora_fin is None:
        return False
    return (
        a.hora_inicio < b.hora_fin
        and b.hora_inicio < a.hora_fin
        and bool({item.ubigeo for item in a.distritos} & {item.ubigeo for item in b.distritos})
        and bool(_people(a) & _people(b))
    )


def _people(ficha: Ficha) -> set[str]:
    """Names of the responsible, comparable; several blanks are one."""
    return {" ".join(fold(person.nombre).split()) for person in ficha.responsables} - {""}
