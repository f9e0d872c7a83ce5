"""What is told of a sealed ficha: facts and history, in sentences."""

from dataclasses import dataclass
from datetime import tzinfo
from typing import Final

from fichaat.application.observed import last_word
from fichaat.application.queries import FirmaView
from fichaat.application.read_sealed import Event, Happening, SealedView
from fichaat.application.sign_ficha import participants, people
from fichaat.domain.firma import TipoFirma
from fichaat.domain.revision import Revision, Veredicto
from fichaat.domain.territorio import Territorio
from fichaat.gui.ficha_words import places_words, short_hash
from fichaat.gui.text import hour, say

_ICONS: Final = {
    Happening.VERSION: ("sellada", "primary"),
    Happening.EVIDENCIA: ("adjunto", "text2"),
    Happening.ANULACION: ("anulada", "error"),
    Happening.EXPORTADA: ("exportada", "violet"),
    Happening.RECIBIDA: ("recibida", "info"),
    Happening.REVISION: ("visada", "info"),
}
_REVIEWS: Final = {
    Veredicto.VISADA: ("visada", "info"),
    Veredicto.APROBADA: ("aprobada", "ok"),
    Veredicto.OBSERVADA: ("observada", "warn"),
    Veredicto.RECHAZADA: ("rechazada", "error"),
}
_WITHOUT: Final = (TipoFirma.PENDIENTE, TipoFirma.NO_FIRMO)


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what is known."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One thing that happened."""

    icon: str
    tone: str
    words: str
    when: str
    chip: str = ""
    """State of what it made, where that no longer holds."""


def facts_of(seen: SealedView, territorio: Territorio, zone: tzinfo | None) -> list[Fact]:
    """What was sealed, when, by whom."""
    ficha, record = seen.lineage.ficha, seen.lineage.head.record
    sealed = record.sealed_at.astimezone(zone)
    visit = say(
        "sellar.visit_words",
        fecha="" if ficha.fecha is None else ficha.fecha.isoformat(),
        inicio=ficha.hora_inicio or "",
        fin=ficha.hora_fin or "",
        modalidad="" if ficha.modalidad is None else say(f"sellar.word_{ficha.modalidad.value}"),
        lugar=places_words([item.ubigeo for item in ficha.distritos], territorio),
    )
    facts = [
        Fact(say("lista.fact_visit"), visit),
        Fact(
            say("lista.fact_sealed"),
            say(
                "lista.fact_sealed_words",
                fecha=sealed.date().isoformat(),
                hora=hour(sealed),
                nombre=record.author.nombre,
                entidad=record.author.entidad,
            ),
        ),
    ]
    if record.supersedes is not None:
        words = say(
            "lista.fact_version_words",
            version=record.version,
            anterior=record.supersedes.version,
            motivo=record.supersedes.reason,
        )
        facts.append(Fact(say("lista.fact_version"), words))
    return [
        *facts,
        Fact(say("lista.fact_signatures"), _signatures(seen)),
        Fact(say("lista.fact_approval"), say(f"lista.approval_{seen.lineage.aprobacion.value}")),
        Fact(say("lista.fact_hash"), short_hash(ficha)),
    ]


def verdict_words(seen: SealedView) -> str:
    """Why the region does not take it as it is."""
    said = last_word(seen.lineage)
    content = None if said is None else said.record.content
    if not isinstance(content, Revision):
        return ""
    if content.veredicto is Veredicto.RECHAZADA:
        return say("lista.rejected_banner", motivo=content.motivo)
    if content.plazo is None:
        return say("lista.observed_banner", motivo=content.motivo)
    return say("lista.observed_until", motivo=content.motivo, plazo=content.plazo.isoformat())


def story_of(seen: SealedView, zone: tzinfo | None) -> list[StoryLine]:
    """Oldest first."""
    names = participants(seen.lineage.ficha)
    return [line for event in seen.events for line in _lines(event, names, zone)]


def _lines(event: Event, names: dict[str, str], zone: tzinfo | None) -> list[StoryLine]:
    icon, tone = _ICONS[event.what]
    when = _when(event, zone)
    if event.what is Happening.EVIDENCIA:
        return _late_lines(event, names, when)
    if event.what is Happening.VERSION:
        code = "lista.story_corrected" if event.reason else "lista.story_sealed"
        words = say(code, version=event.version, motivo=event.reason)
        return [StoryLine(icon, tone, words, when, "reemplazada" if event.replaced else "")]
    if event.what is Happening.REVISION and event.veredicto is not None:
        return [_review_line(event, event.veredicto, when)]
    if event.what is Happening.ANULACION:
        return [StoryLine(icon, tone, say("lista.story_annulled", motivo=event.reason), when)]
    if event.what is Happening.RECIBIDA and event.who is not None:
        who = event.who
        words = say("lista.story_received", nombre=who.nombre, entidad=who.entidad)
        return [StoryLine(icon, tone, words, _moment(event, zone))]
    return [StoryLine(icon, tone, say("lista.story_exported"), when)]


def _review_line(event: Event, veredicto: Veredicto, when: str) -> StoryLine:
    icon, tone = _REVIEWS.get(veredicto, ("nota", "info"))
    plazo = "" if event.plazo is None else event.plazo.isoformat()
    code = "observada_hasta" if plazo else veredicto.value
    words = say(f"lista.story_{code}", motivo=event.reason, plazo=plazo)
    return StoryLine(icon, tone, words, when)


def _late_lines(event: Event, names: dict[str, str], when: str) -> list[StoryLine]:
    lines = []
    if event.firmas:
        signed = ", ".join(names.get(id_, id_) for id_ in event.firmas)
        words = say("lista.story_signed", cantidad=len(event.firmas), nombres=signed)
        lines.append(StoryLine("firmar", "ok", words, when))
    if event.adjuntos:
        words = say("lista.story_attached", nombres=", ".join(event.adjuntos))
        lines.append(StoryLine("adjunto", "text2", words, when))
    return lines


def _when(event: Event, zone: tzinfo | None) -> str:
    moment = _moment(event, zone)
    if event.who is None:
        return moment
    return say("lista.story_who", cuando=moment, nombre=event.who.nombre)


def _moment(event: Event, zone: tzinfo | None) -> str:
    local = event.at.astimezone(zone)
    return say("lista.story_when", fecha=local.date().isoformat(), hora=hour(local))


def _signatures(seen: SealedView) -> str:
    total = len(people(seen.lineage.ficha))
    given = {firma.participante for firma in seen.firmas if _is_given(firma)}
    ficha = seen.lineage.ficha
    in_time = {firma.participante for firma in ficha.firmas if firma.tipo not in _WITHOUT}
    late = len(given - in_time)
    code = "lista.signatures_late" if late else "lista.signatures_words"
    return say(code, dadas=len(given), total=total, tardias=late)


def _is_given(firma: FirmaView) -> bool:
    return firma.vale and firma.tipo not in _WITHOUT
