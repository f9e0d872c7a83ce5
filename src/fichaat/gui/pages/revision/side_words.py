"""What stands beside a ficha under review: its municipality, agreements, proofs. No Qt here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from fichaat.application.avisos import avisos
from fichaat.application.read_review import Agreement, Municipality, PastVisit, ReviewView
from fichaat.application.sign_ficha import participants
from fichaat.domain.acuerdo import EstadoAcuerdo
from fichaat.domain.authority import BELIEVED, Standing
from fichaat.domain.cobertura import Alcance, Exclusion, Falta
from fichaat.domain.ficha import Nivel
from fichaat.domain.firma import TipoFirma
from fichaat.domain.lineage import Estado
from fichaat.domain.territorio import Territorio
from fichaat.gui.ficha_words import sesion_words, short_hash
from fichaat.gui.pages.importar.words import device_words
from fichaat.gui.pages.revision.words import signed_count
from fichaat.gui.text import say, short_date
from fichaat.texts import message
from fichaat.texts.cobertura_names import EXCLUSIONES


@dataclass(frozen=True, slots=True)
class SideLine:
    """An icon, a bold line and what follows of it."""

    icon: str
    tone: str
    name: str
    detail: str = ""
    codigo: str = ""
    """A ficha that it leads to."""


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """One municipality of the ficha."""

    ubigeo: str
    name: str
    heading: str
    context: str
    lines: tuple[SideLine, ...]
    more: str
    tone: str
    """Of the sentence about what counts."""
    counts: str


@dataclass(frozen=True, slots=True)
class SideWords:
    """The three cards."""

    places: tuple[PlaceWords, ...]
    others: str
    agreements: tuple[SideLine, ...]
    checks: tuple[SideLine, ...]


_VISITS: Final = {
    "en_revision": ("revision", "info"),
    "visada": ("visada", "info"),
    "recibida": ("recibida", "info"),
    "sellada": ("sellada", "primary"),
    "aprobada": ("bien", "ok"),
    "observada": ("observada", "warn"),
    "rechazada": ("rechazada", "error"),
    "anulada": ("anulada", "neutral"),
    "reemplazada": ("reemplazada", "neutral"),
    "conflicto": ("conflicto", "error"),
    "cuarentena": ("conflicto", "neutral"),
}
_AGREEMENTS: Final = {
    EstadoAcuerdo.CUMPLIDO: ("bien", "ok"),
    EstadoAcuerdo.NO_CUMPLIDO: ("rechazada", "error"),
}


def side_of(view: ReviewView, territorio: Territorio) -> SideWords:
    """Everything at the right of a ficha."""
    return SideWords(
        tuple(_place(item, view, territorio) for item in view.municipios),
        say("revisar.other_places", cantidad=view.otros) if view.otros else "",
        tuple(_agreement(item) for item in view.acuerdos),
        tuple(_checks(view, territorio)),
    )


# the municipality


def _place(item: Municipality, view: ReviewView, territorio: Territorio) -> PlaceWords:
    found = territorio.known(item.ubigeo)
    name = item.ubigeo if found is None else found.distrito
    province = "" if found is None else found.provincia
    signed = _signed(item)
    context = " · ".join(filter(None, (province, item.ubigeo, signed)))
    versions = [visit.codigo for visit in item.visitas]
    lines = tuple(
        _visit(visit, numbered=versions.count(visit.codigo) > 1) for visit in item.visitas
    )
    more = say("revisar.older", cantidad=item.mas) if item.mas else ""
    tone, counts = _counts(item, view, name)
    heading = say("revisar.history", lugar=name)
    return PlaceWords(item.ubigeo, name, heading, context, lines, more, tone, counts)


def _signed(item: Municipality) -> str:
    if not item.catalogo:
        return ""
    if item.firmo_el is None:
        return say("revisar.not_signatory")
    return say("revisar.signatory", fecha=item.firmo_el.isoformat())


def _visit(visit: PastVisit, *, numbered: bool) -> SideLine:
    icon, tone = _VISITS.get(visit.estado, ("nota", "info"))
    day = say("revisar.no_date") if visit.fecha is None else short_date(visit.fecha)
    sesion = sesion_words([visit.sesion] if visit.sesion else []) or say("revisar.no_session")
    code = "revisar.visit_version" if numbered else "revisar.visit"
    name = say(code, fecha=day, sesion=sesion, version=visit.version)
    known = visit.estado == "en_revision"
    state = say("revisar.under_review") if known else say(f"lista.estado_{visit.estado}")
    if visit.motivo:
        detail = say("revisar.state_reason", estado=state, motivo=visit.motivo)
    else:
        nudos = say("revisar.nudos", cantidad=visit.nudos)
        acuerdos = say("revisar.agreements", cantidad=visit.acuerdos)
        detail = say("revisar.visit_detail", estado=state, nudos=nudos, acuerdos=acuerdos)
    return SideLine(icon, tone, name, detail, "" if visit.shown else visit.codigo)


def _counts(item: Municipality, view: ReviewView, name: str) -> tuple[str, str]:
    if not item.catalogo:
        return "neutral", say("revisar.no_catalogue", lugar=name)
    if item.firmo_el is None:
        return "warn", say("revisar.will_not_count", lugar=name)
    apart = _stays_out(item, view)
    if apart:
        return "warn", say("revisar.stays_out", lugar=name, motivo=apart)
    if item.antes is Alcance.APROBADAS:
        return "ok", say("revisar.counts_already", lugar=name)
    if item.despues is Alcance.APROBADAS:
        code = "revisar.counts_if_region" if view.reviewer.visa else "revisar.counts_if"
        return "ok", say(code, lugar=name)
    lacks = [say(f"revisar.lacks_{what.value}") for what in item.falta if what is not Falta.ACCION]
    return "warn", say("revisar.still_lacks", lugar=name, falta=" y ".join(lacks))


def _stays_out(item: Municipality, view: ReviewView) -> str:
    """Why this ficha counts for nobody there, whatever the region says of it; "" where it does."""
    line = view.line
    held = next((x.sesion for x in view.ficha.distritos if x.ubigeo == item.ubigeo), None)
    checks = (
        (line.estado is Estado.ANULADA, Exclusion.ANULADA),
        (line.estado is Estado.CONFLICTO or line.disputed, Exclusion.CONFLICTO),
        (
            line.estado is Estado.CUARENTENA or line.aprobacion not in BELIEVED,
            Exclusion.CUARENTENA,
        ),
        (view.ficha.ejecutor.nivel is Nivel.OTRO, Exclusion.EJECUTOR_OTRO),
        (view.ficha.fecha is None or held is None, Exclusion.INCOMPLETA),
    )
    found = next((motivo for holds, motivo in checks if holds), None)
    if found is not None:
        return EXCLUSIONES[found]
    if line.aprobacion is Standing.POR_APROBAR:
        return say("revisar.device_waits")
    return ""


# agreements


def _agreement(item: Agreement) -> SideLine:
    late = ("aviso", "warn") if item.vencido else ("reloj", "warn" if item.new else "text2")
    icon, tone = _AGREEMENTS.get(item.estado, late)
    return SideLine(icon, tone, item.descripcion or say("revisar.nameless"), _stands(item))


def _stands(item: Agreement) -> str:
    if item.estado is EstadoAcuerdo.CUMPLIDO:
        if item.cumplido_el is not None:
            return say("revisar.fulfilled_on", fecha=item.cumplido_el.isoformat())
        return say("revisar.fulfilled")
    due = _due(item.plazo, late=item.vencido)
    if item.new:
        return say("revisar.agreement_new", plazo=due)
    if item.followed:
        words = say(f"sellar.word_{item.estado.value}")
        return say("revisar.agreement_followed", estado=words, plazo=due)
    return say("revisar.agreement_open", plazo=due)


def _due(plazo: date | None, *, late: bool) -> str:
    if plazo is None:
        return say("revisar.no_due")
    return say("revisar.due_past" if late else "revisar.due", fecha=plazo.isoformat())


# proofs


def _checks(view: ReviewView, territorio: Territorio) -> Iterable[SideLine]:
    line = view.line
    device = say(
        "revisar.device",
        equipo=device_words(line.head.record.device),
        huella=short_hash(view.ficha),
    )
    if line.aprobacion is Standing.APROBADO:
        yield SideLine("confianza", "ok", say("revisar.trusted"), device)
    else:
        yield SideLine("aviso", "warn", say(f"lista.approval_{line.aprobacion.value}"), device)
    yield _signatures(view)
    sealed_at = view.line.head.record.sealed_at
    for accepted in avisos(view.ficha, sealed_at, lambda ubigeo: _place_name(ubigeo, territorio)):
        sentence = message(accepted.code, accepted.params)
        yield SideLine("aviso", "warn", sentence, say("revisar.reason", motivo=accepted.motivo))
    for codigo in view.duplicados:
        words = say("revisar.twin", codigo=codigo)
        yield SideLine("duplicar", "warn", words, say("revisar.twin_do"), codigo)
    for ubigeo, day in view.sin_diagnostico.items():
        name = _place_name(ubigeo, territorio)
        told = say("revisar.order_none") if day is None else _diagnosed(day)
        yield SideLine("aviso", "warn", say("revisar.order", lugar=name), told)
    if view.forked:
        yield SideLine("aviso", "warn", say("revisar.forked"), say("revisar.forked_do"))


def _place_name(ubigeo: str, territorio: Territorio) -> str:
    found = territorio.known(ubigeo)
    return ubigeo if found is None else found.distrito


def _diagnosed(day: date) -> str:
    return say("revisar.order_later", fecha=day.isoformat())


def _signatures(view: ReviewView) -> SideLine:
    given, total = signed_count(view.ficha)
    late = {
        firma.participante
        for firma in view.seen.firmas
        if firma.vale and firma.tipo not in (TipoFirma.PENDIENTE, TipoFirma.NO_FIRMO)
    }
    given = max(given, len(late))
    names = participants(view.ficha)
    void = [firma for firma in view.seen.firmas if not firma.vale]
    parts = [
        say(f"revisar.firma_{firma.tipo.value}", nombre=names.get(firma.participante, ""))
        + (f": {firma.motivo}" if firma.motivo else "")
        for firma in view.seen.firmas
        if firma.vale and firma.participante not in late
    ]
    if void:
        parts.append(say("revisar.firma_void", cantidad=len(void)))
    words = say("revisar.signatures", dadas=given, total=total)
    whole = given >= total and not void
    tone = "ok" if whole else "warn"
    return SideLine("firmar", tone, words, ". ".join(parts))
