"""What the header and the card of signatures say."""

from dataclasses import dataclass

from fichaat.application.ports.rows import Draft
from fichaat.application.sign_ficha import people
from fichaat.domain.firma import Firma, TipoFirma
from fichaat.domain.territorio import Territorio
from fichaat.gui.pages.ficha.form import is_given
from fichaat.gui.saving.status import Status
from fichaat.gui.text import hour, say


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
class Signer:
    """Somebody of the visit and their signature."""

    name: str
    entity: str
    status: Status


def head_of(draft: Draft, territorio: Territorio) -> Head:
    """The name of the visit, then its data."""
    ficha = draft.ficha
    places = [territorio.known(item.ubigeo) for item in ficha.distritos]
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


def void_question(count: int) -> str:
    """What a change of the content does to the signatures given."""
    if count == 1:
        return say("editor.void_one")
    return say("editor.void_several", cantidad=count)
