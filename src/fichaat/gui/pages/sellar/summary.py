"""What is about to be sealed, line by line, and what still keeps it from that."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fichaat.application.ports.rows import Draft
from fichaat.application.sign_ficha import people
from fichaat.domain.ficha import Ficha
from fichaat.domain.firma import Firma, TipoFirma
from fichaat.domain.problems import Problem, Severity, unanswered
from fichaat.domain.territorio import Territorio
from fichaat.gui.draft_words import districts, whole_place
from fichaat.gui.text import say
from fichaat.texts import message

_SESSION: Final = "session"
_GROUPS: Final = {
    "visit": (
        "gobierno_regional",
        "ejecutor",
        "fecha",
        "hora_inicio",
        "hora_fin",
        "lugar",
        "plataforma",
        "distritos",
        "modalidad",
    ),
    "content": ("nudos_criticos", "acuerdos", "seguimientos", "indicadores", "observaciones"),
    "signatures": ("firmas", "responsables", "destinatarios"),
    "attachments": ("adjuntos",),
}


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One thing that is sealed; `wrong` where an error stands in its way."""

    name: str
    words: str
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """An error, and where it is mended."""

    sentence: str
    path: str
    signature: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """A warning that asks why."""

    code: str
    path: str
    sentence: str
    motivo: str


def summary_of(
    draft: Draft, problems: Sequence[Problem], territorio: Territorio
) -> list[SummaryLine]:
    """In the order of the paper."""
    ficha = draft.ficha
    wrong = {_group(problem.path) for problem in problems if problem.severity is Severity.ERROR}
    lines = [
        SummaryLine(say("sellar.visit"), _visit(ficha, territorio), "visit" in wrong),
        SummaryLine(say("sellar.session"), _sessions(ficha, territorio), _SESSION in wrong),
        SummaryLine(say("sellar.content"), _content(ficha), "content" in wrong),
        SummaryLine(say("sellar.signatures"), _signatures(ficha), "signatures" in wrong),
        SummaryLine(say("sellar.attachments"), _attachments(ficha), "attachments" in wrong),
    ]
    if draft.supersedes is not None:
        words = say(
            "sellar.correction_words",
            version=draft.supersedes.version,
            motivo=draft.supersedes.reason,
        )
        lines.insert(0, SummaryLine(say("sellar.correction"), words))
    return lines


def missing_of(problems: Sequence[Problem]) -> list[Missing]:
    """The errors: each blocks the seal."""
    return [
        Missing(
            message(problem.code, problem.params),
            problem.path,
            problem.code.startswith("ficha.firma_"),
        )
        for problem in problems
        if problem.severity is not Severity.WARNING
    ]


def reasons_of(ficha: Ficha, problems: Sequence[Problem]) -> list[Reason]:
    """The warnings, with the reasons given so far."""
    given = {(item.code, item.path): item.motivo for item in ficha.advertencias}
    return [
        Reason(
            problem.code,
            problem.path,
            message(problem.code, problem.params),
            given.get((problem.code, problem.path), ""),
        )
        for problem in problems
        if problem.severity is Severity.WARNING
    ]


def unexplained(ficha: Ficha, problems: Sequence[Problem]) -> int:
    return len(unanswered(ficha, problems))


def _group(path: str) -> str:
    steps = path.split("/")
    section = steps[1] if len(steps) > 1 else ""
    if section == "temas" or (section == "distritos" and steps[-1] == "sesion"):
        return _SESSION
    return next((name for name, sections in _GROUPS.items() if section in sections), "visit")


def _visit(ficha: Ficha, territorio: Territorio) -> str:
    return say(
        "sellar.visit_words",
        fecha="" if ficha.fecha is None else ficha.fecha.isoformat(),
        inicio=ficha.hora_inicio or "",
        fin=ficha.hora_fin or "",
        modalidad="" if ficha.modalidad is None else say(f"sellar.word_{ficha.modalidad.value}"),
        lugar=whole_place(districts(ficha), territorio),
    )


def _sessions(ficha: Ficha, territorio: Territorio) -> str:
    """One word where it is the same for all."""
    words = [
        "…" if item.sesion is None else say(f"sellar.word_{item.sesion.value}")
        for item in ficha.distritos
    ]
    if len(set(words)) == 1:
        return words[0].capitalize()
    return "; ".join(
        say("sellar.session_of", distrito=_name(item.ubigeo, territorio), sesion=word)
        for item, word in zip(ficha.distritos, words, strict=True)
    )


def _name(ubigeo: str, territorio: Territorio) -> str:
    found = territorio.known(ubigeo)
    return ubigeo if found is None else found.distrito


def _content(ficha: Ficha) -> str:
    parts = [
        say("sellar.nudos", cantidad=len(ficha.nudos_criticos)),
        say("sellar.acuerdos", cantidad=len(ficha.acuerdos))
        if ficha.acuerdos
        else say("sellar.acuerdos_none"),
    ]
    if ficha.seguimientos:
        parts.append(say("sellar.seguimientos", cantidad=len(ficha.seguimientos)))
    return ", ".join(parts)


def _signatures(ficha: Ficha) -> str:
    present = people(ficha)
    if not present:
        return say("sellar.signatures_none")
    signed = {firma.participante for firma in ficha.firmas if _is_given(firma)}
    who = [
        say(f"sellar.{kind}", cantidad=len(rows))
        for kind, rows in (
            ("responsables", ficha.responsables),
            ("destinatarios", ficha.destinatarios),
        )
        if rows
    ]
    both = who[0] if len(who) == 1 else say("sellar.who", responsables=who[0], destinatarios=who[1])
    given = sum(person.id in signed for person in present)
    return say("sellar.signatures_words", dadas=given, total=len(present), quienes=both)


def _is_given(firma: Firma) -> bool:
    return firma.tipo not in (TipoFirma.PENDIENTE, TipoFirma.NO_FIRMO)


def _attachments(ficha: Ficha) -> str:
    if not ficha.adjuntos:
        return say("sellar.attachments_none")
    return say(
        "sellar.attachments_words",
        cantidad=len(ficha.adjuntos),
        tamano=size_words(sum(item.bytes for item in ficha.adjuntos)),
    )


def size_words(size: int) -> str:
    """«412 kB», «1,3 MB»."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000)) if size else 0} kB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")
