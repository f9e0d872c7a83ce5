"""What the signatures page says, from what is known of a ficha: words and tones, no Qt."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from fichaat.application.signatures import EstadoFirma, Signer, SigningView
from fichaat.domain.ficha import Ficha
from fichaat.domain.text import fold
from fichaat.gui.text import hour, say, short_date
from fichaat.texts import message

_SHOWN_PROBLEMS: Final = 5
_PARTICLES: Final = frozenset({"de", "del", "la", "las", "los", "y"})

_STATES: Final = {
    EstadoFirma.FIRMADA: ("firmas.state_signed", "bien", "ok"),
    EstadoFirma.PAPEL: ("firmas.state_paper", "papel", "ok"),
    EstadoFirma.PAPEL_SIN_ESCANEO: ("firmas.state_paper_no_scan", "papel", "warn"),
    EstadoFirma.PENDIENTE: ("firmas.state_pending", "reloj", "warn"),
    EstadoFirma.NO_FIRMO: ("firmas.state_refused", "quitado", "neutral"),
    EstadoFirma.SIN_VALIDEZ: ("firmas.state_void", "aviso", "warn"),
    EstadoFirma.FALTA: ("firmas.state_after", "vacio", "neutral"),
}
"""Words, icon and tone of each state."""


class Mode(Enum):
    """What the middle of the page is."""

    PAD = auto()  # this person signs now
    SHOWN = auto()  # the signature that was drawn, to look at
    MESSAGE = auto()  # nothing to draw on


class Deed(Enum):
    """What the large button does."""

    ACCEPT = auto()
    NEXT = auto()
    FINISH = auto()
    FIX = auto()
    ATTACH = auto()


@dataclass(frozen=True, slots=True)
class PersonChip:
    """One participant in the head."""

    id: str
    short: str
    name: str
    words: str
    icon: str
    tone: str
    current: bool


@dataclass(frozen=True, slots=True)
class Note:
    """What is said above the pad, or instead of it."""

    tone: str
    bold: str
    rest: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Screen:
    """The whole page but for what is drawn."""

    title: str
    context: str
    people: tuple[PersonChip, ...]
    person: tuple[str, str, str, str]
    """Name, position, entity, role of who signs."""
    facts: tuple[tuple[str, str], ...]
    """Icon and words of what is signed."""
    notice: str
    mode: Mode
    deed: Deed
    deed_words: str
    note: Note | None = None
    may_refuse: bool = False
    """Whether *no firmó* and *firmará después* can be said."""
    may_repeat: bool = False
    """Whether the signature that stands can be given again."""
    may_paper: bool = False


def find(view: SigningView, id_: str | None) -> Signer | None:
    """The participant with an id."""
    return next((signer for signer in view.signers if signer.id == id_), None)


def first_to_sign(view: SigningView, wanted: str | None) -> Signer | None:
    """Who is asked when the page opens: who was drawing, who was asked for, who still lacks."""
    kept = None if view.kept is None else view.kept[0]
    for id_ in (kept, wanted):
        known = find(view, id_)
        if known is not None:
            return known
    waiting = next((signer for signer in view.signers if signer.waits), None)
    if waiting is None and view.sealed:
        waiting = next((signer for signer in view.signers if not signer.given), None)
    return waiting or next(iter(view.signers), None)


def next_to_sign(view: SigningView, after: str | None) -> Signer | None:
    """The next participant without a signature, round the list; None where nobody is left."""
    ids = [signer.id for signer in view.signers]
    at = ids.index(after) + 1 if after in ids else 0
    ordered = (*view.signers[at:], *view.signers[:at])
    return next((signer for signer in ordered if signer.waits and signer.id != after), None)


def make_screen(
    view: SigningView,
    signer: Signer | None,
    *,
    again: bool = False,
    trouble: Note | None = None,
) -> Screen:
    """What is shown of one participant.

    Args:
        view: the ficha and everyone who signs it.
        signer: who is asked now; None where the ficha has no participants.
        again: a signature that stands is being replaced.
        trouble: what went wrong with what is on the pad: said before all else there.
    """
    person = ("", "", "", "")
    if signer is not None:
        role = "firmas.as_responsable" if signer.responsable else "firmas.as_destinatario"
        person = (signer.nombre, signer.cargo, signer.entidad, say(role))
    mode, note = _middle(view, signer, again=again)
    deed, words = _deed(view, signer, mode)
    given = signer is not None and signer.given
    return Screen(
        title=_title(view, signer, mode),
        context=_context(view, signer),
        people=tuple(_chip(view, item, current=item is signer) for item in view.signers),
        person=person,
        facts=_facts(view.ficha, "" if signer is None else signer.nombre),
        notice=say("firmas.notice_text", gobierno=view.gobierno_regional),
        mode=mode,
        deed=deed,
        deed_words=words,
        note=trouble if trouble is not None and mode is Mode.PAD else note,
        may_refuse=not view.sealed and signer is not None and (mode is Mode.PAD or _blocked(view)),
        may_repeat=given and mode is not Mode.PAD and not view.sealed and not _blocked(view),
        may_paper=mode is Mode.PAD,
    )


def short_name(name: str) -> str:
    """«Wilber Ayme» of «Wilber Ayme Palomino»: a given name and the first family name."""
    tokens: list[str] = []
    glued = ""
    for word in name.split():
        glued = f"{glued} {word}".strip()
        if word.lower() not in _PARTICLES:
            tokens.append(glued)
            glued = ""
    if len(tokens) < 3:
        return name
    return f"{tokens[0]} {tokens[1 if len(tokens) == 3 else 2]}"


def _blocked(view: SigningView) -> bool:
    return bool(view.problems) or view.closed is not None


def _title(view: SigningView, signer: Signer | None, mode: Mode) -> str:
    if view.closed is not None:
        return say("firmas.closed")
    if view.problems or signer is None:
        return say("firmas.not_yet")
    code = "firmas.sign_here" if mode is Mode.PAD else "firmas.has_signed"
    return say(code, nombre=signer.nombre)


def _context(view: SigningView, signer: Signer | None) -> str:
    numbers = {item.id: number for number, item in enumerate(view.signers, start=1)}
    place = view.distritos[0] if view.distritos else ""
    if len(view.distritos) > 1:
        place = say("firmas.more_places", distrito=place, cantidad=len(view.distritos) - 1)
    return say(
        "firmas.context_late" if view.sealed else "firmas.context",
        numero=0 if signer is None else numbers[signer.id],
        total=len(view.signers),
        codigo=view.ficha.codigo,
        lugar=place,
        fecha="" if view.ficha.fecha is None else view.ficha.fecha.isoformat(),
    )


def _chip(view: SigningView, signer: Signer, *, current: bool) -> PersonChip:
    code, icon, tone = _STATES[signer.estado]
    if current and signer.waits and not _blocked(view):
        code, icon, tone = "firmas.state_now", "firmar", "primary"
    words = say(code, cuando=_when(view, signer))
    return PersonChip(
        signer.id, short_name(signer.nombre), signer.nombre, words, icon, tone, current
    )


def _when(view: SigningView, signer: Signer) -> str:
    """The hour of a signature of today, else its day."""
    at = None if signer.firma is None else signer.firma.firmado_en
    if at is None:
        return ""
    at = at.astimezone(view.now.tzinfo)
    return hour(at) if at.date() == view.now.date() else short_date(at.date())


def _middle(view: SigningView, signer: Signer | None, *, again: bool) -> tuple[Mode, Note | None]:
    if view.closed is not None:
        return Mode.MESSAGE, Note("info", message(view.closed, {"codigo": view.ficha.codigo}))
    if view.problems:
        return Mode.MESSAGE, _incomplete(view)
    if signer is None:
        return Mode.MESSAGE, Note("warn", say("firmas.nobody"))
    if signer.given and not again:
        return _given(view, signer)
    return Mode.PAD, _above_pad(view, signer)


def _incomplete(view: SigningView) -> Note:
    said = [message(problem.code, problem.params) for problem in view.problems]
    lines = list(dict.fromkeys(said))
    shown = lines[:_SHOWN_PROBLEMS]
    if len(lines) > len(shown):
        shown.append(say("firmas.more_problems", cantidad=len(lines) - len(shown)))
    return Note("error", say("firmas.incomplete"), say("firmas.incomplete_what"), tuple(shown))


def _given(view: SigningView, signer: Signer) -> tuple[Mode, Note]:
    match signer.estado:
        case EstadoFirma.PAPEL:
            done = Note("ok", say("firmas.paper_done"), say("firmas.paper_done_what"))
            return Mode.MESSAGE, done
        case EstadoFirma.PAPEL_SIN_ESCANEO:
            lacking = Note("warn", say("firmas.paper_no_scan"), say("firmas.paper_no_scan_what"))
            return Mode.MESSAGE, lacking
    at = None if signer.firma is None else signer.firma.firmado_en
    signed = say("firmas.signed")
    if at is not None:
        at = at.astimezone(view.now.tzinfo)
        signed = say("firmas.signed_at", fecha=at.date().isoformat(), hora=hour(at))
    if signer.trazo is None:
        return Mode.MESSAGE, Note("ok", signed, say("firmas.stroke_away"))
    return Mode.SHOWN, Note("ok", signed)


def _above_pad(view: SigningView, signer: Signer) -> Note | None:
    motivo = "" if signer.firma is None else signer.firma.motivo or ""
    if signer.estado is EstadoFirma.SIN_VALIDEZ:
        return Note("warn", say("firmas.void"), say("firmas.void_what"))
    if view.sealed:
        return Note("info", say("firmas.late"), say("firmas.late_what"))
    if signer.estado is EstadoFirma.PENDIENTE:
        return Note("info", say("firmas.was_pending", motivo=motivo), say("firmas.sign_now"))
    if signer.estado is EstadoFirma.NO_FIRMO:
        return Note("info", say("firmas.was_refused", motivo=motivo), say("firmas.sign_now"))
    return None


def _deed(view: SigningView, signer: Signer | None, mode: Mode) -> tuple[Deed, str]:
    if view.problems or (signer is None and view.closed is None):
        return Deed.FIX, say("firmas.fix")
    if mode is Mode.PAD:
        return Deed.ACCEPT, say("firmas.accept")
    if signer is not None and signer.estado is EstadoFirma.PAPEL_SIN_ESCANEO and not view.closed:
        return Deed.ATTACH, say("firmas.attach")
    following = None if view.closed or signer is None else next_to_sign(view, signer.id)
    if following is not None:
        return Deed.NEXT, say("firmas.next", nombre=short_name(following.nombre))
    return Deed.FINISH, say("firmas.finish")


def _facts(ficha: Ficha, name: str) -> tuple[tuple[str, str], ...]:
    """What is signed, in a few lines."""
    visit = say(
        "firmas.visit",
        fecha="" if ficha.fecha is None else ficha.fecha.isoformat(),
        inicio=ficha.hora_inicio or "",
        fin=ficha.hora_fin or "",
    )
    facts = [
        ("fecha", visit),
        ("conflicto", say("firmas.nudos", cantidad=len(ficha.nudos_criticos))),
    ]
    own = sum(_names(acuerdo.responsable, name) for acuerdo in ficha.acuerdos)
    if not ficha.acuerdos:
        agreed = say("firmas.no_acuerdos")
    elif own:
        agreed = say("firmas.acuerdos_own", cantidad=len(ficha.acuerdos), propios=own)
    else:
        agreed = say("firmas.acuerdos", cantidad=len(ficha.acuerdos))
    facts.append(("acuerdos", agreed))
    if ficha.seguimientos:
        facts.append(("historia", say("firmas.seguimientos", cantidad=len(ficha.seguimientos))))
    return tuple(facts)


def _names(responsable: str, name: str) -> bool:
    """Whether who answers for an agreement is this person, written in full or in short."""
    written, own = set(fold(responsable).split()), set(fold(name).split())
    return len(written & own) > 1 and (written <= own or own <= written)
