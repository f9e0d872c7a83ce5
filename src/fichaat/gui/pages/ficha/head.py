"""What the header and the card of signatures say."""

from dataclasses import dataclass

from fichaat.application.ports import Draft
from fichaat.application.sign_ficha import people
from fichaat.domain.errors import UserFacingError
from fichaat.domain.firma import Firma, TipoFirma
from fichaat.domain.territorio import Territorio
from fichaat.gui.pages.ficha.autosave import Saving
from fichaat.gui.pages.ficha.form import is_given
from fichaat.gui.text import hour, say
from fichaat.texts import message


@dataclass(frozen=True, slots=True)
class Head:
    """Title and state."""

    title: str
    context: str
    brief: str
    """The context where there is little room."""
    chip: str
    signatures: str
    rectifies: str = ""
    """What a new version corrects, and why."""


@dataclass(frozen=True, slots=True)
class Status:
    """An icon and words of one tone."""

    words: str
    tone: str
    icon: str


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody of the visit and their signature."""

    name: str
    entity: str
    status: Status


def head_of(draft: Draft, territorio: Territorio) -> Head:
    """The name of the visit, then its data."""
    ficha = draft.ficha
    places = [territorio.get(item.ubigeo) for item in ficha.distritos]
    names = [place.distrito for place in places if place is not None]
    if not names:
        title = say("editor.title_empty")
        brief = context = say("editor.context_empty", codigo=ficha.codigo)
    else:
        sesion = ficha.distritos[0].sesion
        words = say("editor.title_no_session" if sesion is None else f"editor.{sesion.value}")
        code = "editor.title" if len(names) == 1 else "editor.title_group"
        title = say(code, distrito=names[0], cantidad=len(names) - 1, sesion=words.lower())
        first = next(place for place in places if place is not None)
        context = say("editor.context", codigo=ficha.codigo, provincia=first.provincia)
        brief = say("editor.context_brief", codigo=ficha.codigo, provincia=first.provincia)
    replaced = draft.supersedes
    return Head(
        title,
        context,
        brief,
        say("editor.draft") if draft.version == 1 else say("editor.version", version=draft.version),
        say("editor.signatures", dadas=given_count(draft), total=len(people(ficha))),
        ""
        if replaced is None
        else say("editor.rectifies", version=replaced.version, motivo=replaced.reason),
    )


def given_count(draft: Draft) -> int:
    """Signatures that hold for what stands there now."""
    return sum(is_given(firma) for firma in draft.ficha.firmas)


def saving_status(saving: Saving) -> Status:
    """«Guardado 10:32», «Guardando…», or what keeps it from being saved."""
    if saving.error is not None:
        return Status(_why_not(saving.error), "error", "no_guardado")
    if saving.at is None:
        return Status(say("editor.saving"), "neutral", "guardando")
    return Status(say("editor.saved", hora=hour(saving.at)), "ok", "guardado")


def signers_of(draft: Draft) -> list[Signer]:
    """Everyone of the paper, with what is known of their signature."""
    firmas = {firma.participante: firma for firma in draft.ficha.firmas}
    return [
        Signer(
            person.nombre or say("editor.firma_nameless"),
            person.entidad,
            _signature(firmas.get(person.id)),
        )
        for person in people(draft.ficha)
    ]


def _signature(firma: Firma | None) -> Status:
    if firma is None:
        return Status(say("editor.firma_missing"), "neutral", "vacio")
    if firma.tipo is TipoFirma.PENDIENTE:
        return Status(say("editor.firma_pending"), "warn", "reloj")
    if firma.tipo is TipoFirma.NO_FIRMO:
        return Status(say("editor.firma_refused"), "warn", "aviso")
    if firma.tipo is TipoFirma.PAPEL or firma.firmado_en is None:
        return Status(say("editor.firma_paper"), "ok", "papel")
    return Status(say("editor.firma_signed", hora=hour(firma.firmado_en)), "ok", "bien")


_FULL = ("storage.no_space", "system.no_space")
_READ_ONLY = ("storage.read_only", "system.read_only", "system.no_permission")


def _why_not(error: UserFacingError) -> str:
    if error.code in _FULL:
        return say("editor.not_saved_full")
    if error.code in _READ_ONLY:
        return say("editor.not_saved_read_only")
    return say("editor.not_saved", motivo=message(error.code, error.params))


def void_question(count: int) -> str:
    """What a change of the content does to the signatures given."""
    if count == 1:
        return say("editor.void_one")
    return say("editor.void_several", cantidad=count)
