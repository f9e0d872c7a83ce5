"""What stands between a draft and its seal: the rules of the official form as pure functions.

Errors block sealing, warnings ask for a reason; drafts can always be saved (data-model.md).
"""

from collections.abc import Callable, Iterable
from typing import Final

from fichaat.domain.ficha import Advertencia, Ficha
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
    "only_signature_errors",
    "overlaps",
    "said_with_signatures",
    "unanswered",
    "validate",
    "waiting",
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


_SAID_WITH_SIGNATURE: Final = frozenset({"ficha.firma_pending", "ficha.firma_refused"})


def validate(ficha: Ficha, contexto: ContextoValidacion) -> list[Problem]:
    """All problems of a ficha, in the order of the paper."""
    return [problem for rule in RULES for problem in rule(ficha, contexto)]


def said_with_signatures(ficha: Ficha, problems: Iterable[Problem]) -> tuple[Advertencia, ...]:
    """The reasons that signatures themselves give: who wrote why somebody did not sign has
    answered the warning about it, unless another reason stands among `advertencias`.
    """
    reasons = _reasons(ficha)
    firmas = {f"/firmas/{row}": firma.motivo for row, firma in enumerate(ficha.firmas)}
    return tuple(
        Advertencia(problem.code, problem.path, motivo)
        for problem in problems
        if problem.code in _SAID_WITH_SIGNATURE
        and (problem.code, problem.path) not in reasons
        and (motivo := firmas.get(problem.path)) is not None
        and not blank(motivo)
    )


def unanswered(ficha: Ficha, problems: Iterable[Problem]) -> list[Problem]:
    """The warnings for which nobody has given a reason yet, there or with the signature."""
    found = list(problems)
    reasons = _reasons(ficha)
    reasons |= {(item.code, item.path) for item in said_with_signatures(ficha, found)}
    return [
        problem
        for problem in found
        if problem.severity is Severity.WARNING and (problem.code, problem.path) not in reasons
    ]


def _reasons(ficha: Ficha) -> set[tuple[str, str]]:
    return {(item.code, item.path) for item in ficha.advertencias if not blank(item.motivo)}


def waiting(ficha: Ficha, problems: Iterable[Problem]) -> list[Problem]:
    """What keeps a ficha from being sealed: the errors and the warnings without a reason."""
    found = list(problems)
    open_ = {(problem.code, problem.path) for problem in unanswered(ficha, found)}
    return [
        problem
        for problem in found
        if problem.severity is not Severity.WARNING or (problem.code, problem.path) in open_
    ]


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
