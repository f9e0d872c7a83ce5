"""What *Revisión* says of the queue and of the ficha that is shown. No Qt here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Final

from fichaat.application.ports.rows import QueueRow, QueueTab
from fichaat.application.queries import firma_views
from fichaat.application.read_review import Answered, ReviewView
from fichaat.application.sign_ficha import people
from fichaat.domain.authority import Standing
from fichaat.domain.ficha import Ficha
from fichaat.domain.firma import TipoFirma
from fichaat.domain.lineage import Estado
from fichaat.domain.record import SealedRecord
from fichaat.domain.revision import Veredicto
from fichaat.domain.territorio import Territorio
from fichaat.gui.diff_words import ChangeLine, change_lines
from fichaat.gui.ficha_words import places_words, sesion_words
from fichaat.gui.pages.revision.word_diff import Pieces, word_diff
from fichaat.gui.pages.ver_ficha.words import verdict_words
from fichaat.gui.text import say, short_date, thousands

SHOWN_CHANGES: Final = 60

SESIONES: Final = ("diagnostico", "seguimiento", "especifica")

_WITHOUT: Final = (TipoFirma.PENDIENTE, TipoFirma.NO_FIRMO)
_OF_RETRACTED: Final = {
    Veredicto.APROBADA: "revisar.retract_aprobada",
    Veredicto.OBSERVADA: "revisar.retract_observada",
    Veredicto.RECHAZADA: "revisar.retract_rechazada",
}


@dataclass(frozen=True, slots=True)
class CardWords:
    """One line of the queue."""

    codigo: str
    name: str
    detail: str
    icon: str
    tone: str

    @property
    def spoken(self) -> str:
        """For who hears it, or points at it: also which ficha it is."""
        return say("revisar.card_spoken", nombre=self.name, detalle=self.detail, codigo=self.codigo)


@dataclass(frozen=True, slots=True)
class Head:
    """Name and state of the ficha that is shown."""

    title: str
    context: str
    estado: str
    place: str
    """What is said of it where there is little room, and below that `short`."""
    short: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands before all else; no tone for nothing."""

    tone: str = ""
    sentence: str = ""
    rest: str = ""
    inbox: bool = False
    """*Recepción* is where it is resolved."""


@dataclass(frozen=True, slots=True)
class DiffRow:
    """One field in both versions."""

    name: str
    before: Pieces
    after: Pieces
    changed: bool


@dataclass(frozen=True, slots=True)
class ChangesWords:
    """Two versions beside each other; no rows where there is only one."""

    before: str = ""
    after: str = ""
    rows: tuple[DiffRow, ...] = ()
    more: str = ""
    sentence: str = ""
    """In place of the rows."""


@dataclass(frozen=True, slots=True)
class Deeds:
    """What may be said of it here."""

    main: Veredicto | None = None
    observe: bool = False
    reject: bool = False
    retract: str = ""
    """What the button says; "" where there is nothing to take back."""
    hint: str = ""
    keys: str = ""

    @property
    def any(self) -> bool:
        return self.main is not None or self.observe or self.reject or bool(self.retract)


# the queue


def tab_words(counts: dict[QueueTab, int]) -> list[tuple[str, str]]:
    """(value, words) of every tab."""
    return [
        (tab.value, say(f"revisar.tab_{tab.value}", cantidad=thousands(counts.get(tab, 0))))
        for tab in QueueTab
    ]


def card_of(row: QueueRow, territorio: Territorio, now: datetime, tab: QueueTab) -> CardWords:
    """«Iguain (Huanta)», «Versión 2 · llegó hoy»."""
    name = places_words(row.distritos.split(), territorio)
    waited = waited_words(_day(row.llegada, now.tzinfo), now.date())
    if tab is QueueTab.DECIDIDAS or (tab is QueueTab.OBSERVADAS and row.revision):
        icon, tone = row.revision, _TONES.get(row.revision, "text2")
        detail = f"{say(f'lista.estado_{row.revision}')} · {_visit_day(row.fecha)}"
    elif row.version > 1:
        icon, tone = "reemplazada", "primary"
        detail = say("revisar.card_version", version=row.version, espera=waited)
    else:
        icon, tone = "hoja", "text2"
        sesion = sesion_words(row.sesion.split()) or say("revisar.no_session")
        detail = f"{sesion} · {waited}"
    if row.revision == Veredicto.VISADA and tab is QueueTab.POR_REVISAR:
        detail = say("revisar.card_seen", detalle=detail)
    return CardWords(row.codigo, name, detail, icon, tone)


_TONES: Final = {"visada": "info", "aprobada": "ok", "observada": "warn", "rechazada": "error"}


def waited_words(arrived: date, today: date) -> str:
    """«hoy», «ayer», «hace 7 días»."""
    days = (today - arrived).days
    if days <= 0:
        return say("revisar.today")
    return say("revisar.yesterday") if days == 1 else say("revisar.days_ago", cantidad=days)


def _visit_day(fecha: str) -> str:
    return short_date(fecha) if fecha else say("revisar.no_date")


def _day(instant: str, zone: tzinfo | None) -> date:
    return datetime.fromisoformat(instant).astimezone(zone).date()


# the ficha


def head_of(view: ReviewView, territorio: Territorio) -> Head:
    """«Iguain (Huanta) · seguimiento del 14/11/2026»."""
    ficha, record = view.ficha, view.line.head.record
    place = places_words([item.ubigeo for item in ficha.distritos], territorio)
    sesiones = [item.sesion.value for item in ficha.distritos if item.sesion is not None]
    title = say(
        "revisar.title",
        lugar=place,
        sesion=(sesion_words(list(dict.fromkeys(sesiones))) or say("revisar.no_session")).lower(),
        fecha="" if ficha.fecha is None else short_date(ficha.fecha),
    )
    context = say(
        "revisar.context",
        codigo=ficha.codigo,
        version=record.version,
        nombre=view.quien.nombre or record.author.nombre,
    )
    short = say("revisar.short", codigo=ficha.codigo, version=record.version)
    return Head(title, context, view.seen.estado, place, short)


def notice_of(view: ReviewView) -> Notice:
    """The one thing to know first."""
    line = view.line
    if line.estado is Estado.CONFLICTO or line.disputed:
        return Notice("warn", say("revisar.conflict"), say("revisar.conflict_do"), inbox=True)
    if line.estado is Estado.CUARENTENA:
        return Notice("warn", say("lista.quarantined_banner"), inbox=True)
    if line.estado is Estado.ANULADA:
        return Notice("info", say("lista.annulled_banner"))
    if line.contradicha:
        return Notice("warn", say("revisar.contradicted"), say("revisar.contradicted_do"))
    if line.revision in (Veredicto.OBSERVADA, Veredicto.RECHAZADA, Veredicto.APROBADA):
        return _said_notice(view)
    if view.before is None or line.head.record.supersedes is None:
        return Notice()
    sentence = _answer_words(view, view.answered)
    reason = line.head.record.supersedes.reason
    return Notice("info", sentence, say("revisar.correction_why", motivo=reason))


def _said_notice(view: ReviewView) -> Notice:
    if view.line.revision is Veredicto.APROBADA:
        return Notice("ok", say("revisar.approved"))
    return Notice("warn", verdict_words(view.seen))


def _answer_words(view: ReviewView, answered: Answered | None) -> str:
    version, changes = view.line.head.record.version, len(view.seen.changes)
    replaced = view.line.head.record.supersedes
    before = version - 1 if replaced is None else replaced.version
    if answered is None:
        return say("revisar.correction", version=version, cantidad=changes, anterior=before)
    code = "revisar.correction_own" if answered.own else "revisar.correction_answer"
    return say(
        code,
        version=version,
        cantidad=changes,
        anterior=before,
        fecha=answered.fecha.isoformat(),
        quien=answered.quien.nombre,
    )


def changes_of(view: ReviewView, territorio: Territorio, zone: tzinfo | None) -> ChangesWords:
    """What differs, and for orientation three fields that may not."""
    if view.before is None:
        code = "revisar.first" if view.line.head.record.version == 1 else "revisar.before_missing"
        return ChangesWords(sentence=say(code))
    before, after = view.before, view.line.head
    lines = change_lines(view.seen.changes, territorio)
    rows = [_changed_row(line) for line in lines[:SHOWN_CHANGES]]
    more = len(lines) - SHOWN_CHANGES
    return ChangesWords(
        _version_words(before, zone),
        _version_words(after, zone),
        (*rows, *_same_rows(view, before, zone)),
        say("sellar.changes_more", cantidad=more) if more > 0 else "",
    )


def _changed_row(line: ChangeLine) -> DiffRow:
    before, after = word_diff(line.before, line.after)
    return DiffRow(line.name, before, after, changed=True)


def _same_rows(view: ReviewView, before: SealedRecord, zone: tzinfo | None) -> Iterable[DiffRow]:
    old, new = before.record.content, view.ficha
    assert isinstance(old, Ficha)  # versions of a ficha hold nothing else
    touched = {change.field.partition(".")[0] for change in view.seen.changes}
    if "lugar" not in touched:
        yield _plain("sellar.field_lugar", old.lugar or "", new.lugar or "")
    if "destinatarios" not in touched:
        counts = [say("revisar.people", cantidad=len(item.destinatarios)) for item in (old, new)]
        yield _plain("revisar.addressees", *counts)
    yield _plain(
        "sellar.signatures", _signatures(before, old, zone), _signatures(view.line.head, new, zone)
    )


def _plain(code: str, before: str, after: str) -> DiffRow:
    blank = say("sellar.change_blank")
    was, _ = word_diff(before or blank, before or blank)
    now, _ = word_diff(after or blank, after or blank)
    return DiffRow(say(code), was, now, changed=False)


def _signatures(item: SealedRecord, ficha: Ficha, zone: tzinfo | None) -> str:
    day = short_date(item.record.sealed_at.astimezone(zone).date())
    given, total = signed_count(ficha)
    return say("revisar.signed", dadas=given, total=total, fecha=day)


def signed_count(ficha: Ficha) -> tuple[int, int]:
    """How many signed this content, and of how many."""
    views = firma_views(ficha)
    given = {view.participante for view in views if view.vale and view.tipo not in _WITHOUT}
    return len(given), len(people(ficha))


def _version_words(item: SealedRecord, zone: tzinfo | None) -> str:
    day = short_date(item.record.sealed_at.astimezone(zone).date())
    return say("revisar.version_of", version=item.record.version, fecha=day)


# what may be said


def deeds_of(view: ReviewView) -> Deeds:
    """What this person may say of this version."""
    reviewer, line = view.reviewer, view.line
    if reviewer.veredicto is None:
        return Deeds(hint=say("revisar.not_reviewer"))
    if reviewer.impedimento:
        return Deeds(hint=say(reviewer.impedimento))
    living = line.estado is Estado.SELLADA and not line.disputed
    if not living or line.aprobacion is not Standing.APROBADO:
        return Deeds(hint=say("revisar.not_here"))
    name = (view.quien.nombre or line.head.record.author.nombre).partition(" ")[0]
    hint = say("revisar.sent", nombre=name)
    if reviewer.visa:
        return _visa_deeds(view, hint)
    said = line.revision
    retract = say(_OF_RETRACTED[said]) if said in _OF_RETRACTED else ""
    approves = said is not Veredicto.APROBADA
    return Deeds(
        Veredicto.APROBADA if approves else None,
        observe=said is not Veredicto.OBSERVADA,
        reject=said is not Veredicto.RECHAZADA,
        retract=retract,
        hint=hint,
        keys=say("revisar.keys_approve") if approves else "",
    )


def _visa_deeds(view: ReviewView, hint: str) -> Deeds:
    places = view.ficha.distritos
    inside = all(item.ubigeo.startswith(view.reviewer.ambito) for item in places)
    if not inside:
        return Deeds(hint=say("revisar.out_of_scope"))
    if view.line.revision is not None:
        return Deeds(hint=say("revisar.seen_already"))
    return Deeds(Veredicto.VISADA, hint=hint, keys=say("revisar.keys_see"))


def done_words(veredicto: Veredicto, names: Sequence[str]) -> str:
    """What was done."""
    if len(names) == 1:
        return say(f"revisar.done_{veredicto.value}", lugar=names[0])
    return say("revisar.done_several", cantidad=len(names))
