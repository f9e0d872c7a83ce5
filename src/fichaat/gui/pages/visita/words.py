"""How *Nueva visita* tells what is known about a municipality: plain functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fichaat.application.ports.rows import AcuerdoRow, Profile
from fichaat.application.start_visit import Brief, PastVisit, Proposal
from fichaat.domain.ficha import Sesion
from fichaat.domain.lineage import Estado
from fichaat.domain.territorio import Distrito, Territorio
from fichaat.domain.text import fold
from fichaat.gui.pages.visita.highlight import Span, spans
from fichaat.gui.text import say, short_date, thousands, weekday

_SHOWN_ACUERDOS = 6
_SHOWN_LETTERS = 160


@dataclass(frozen=True, slots=True)
class Pacto:
    """Whether a municipality signed."""

    firmo: bool
    texto: str
    """«Firmó el Pacto»."""
    largo: str
    """With the day."""

    @property
    def look(self) -> tuple[str, str]:
        """Tone and icon of its chip."""
        return ("ok", "aprobada") if self.firmo else ("neutral", "quitado")


@dataclass(frozen=True, slots=True)
class ListRow:
    """One municipality of the list."""

    ubigeo: str
    nombre: str
    nombre_spans: tuple[Span, ...]
    resto: str
    """Its province, and its region where that is another one."""
    resto_spans: tuple[Span, ...]
    detalle: str
    pacto: Pacto | None = None
    """None while no signatory is known, and outside the region."""

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return say(
            "visita.row_name",
            distrito=self.nombre,
            provincia=self.resto,
            ubigeo=self.ubigeo,
            detalle=self.detalle_con_pacto,
        )

    @property
    def detalle_con_pacto(self) -> str:
        """Where there is no room for a chip."""
        parts = ("" if self.pacto is None else self.pacto.texto, self.detalle)
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Notice:
    """The one banner of the page."""

    tone: str
    sentence: str
    what: str


@dataclass(frozen=True, slots=True)
class Line:
    """An icon, its colour, and words."""

    icon: str
    color: str
    text: str


@dataclass(frozen=True, slots=True)
class Panel:
    """The chosen municipality."""

    nombre: str
    donde: str
    aviso: Notice
    historia: tuple[Line, ...]
    acuerdos: tuple[Line, ...]
    empieza: tuple[tuple[str, str], ...]
    """What the ficha begins with: label and value."""
    boton: str
    puede: bool
    """Whether a ficha can be begun, or gone on with."""
    otra: bool
    """Whether beginning another one is offered besides."""
    pacto: Pacto | None = None


def pacto_of(ubigeo: str, region: str, firmantes: Mapping[str, date] | None) -> Pacto | None:
    """Whether a municipality of the region signed, as far as is known here."""
    if firmantes is None or not ubigeo.startswith(region):
        return None
    signed = firmantes.get(ubigeo)
    if signed is None:
        return Pacto(False, say("visita.not_signed"), say("visita.not_signed"))
    return Pacto(True, say("visita.signed"), say("visita.signed_on", fecha=signed.isoformat()))


def list_row(
    distrito: Distrito, region: str, typed: str, detalle: str, pacto: Pacto | None = None
) -> ListRow:
    """A municipality with what matches marked; it says its region where that is another one."""
    rest = _province(distrito, region)
    # Only the name of the province was looked into, not the words around it; and it is not
    # why the municipality was found where its own name holds everything.
    start = rest.index(distrito.provincia)
    named = all(word in fold(distrito.distrito) for word in fold(typed).split())
    marked = [] if named else spans(distrito.provincia, typed)
    return ListRow(
        distrito.ubigeo,
        distrito.distrito,
        tuple(spans(distrito.distrito, typed)),
        rest,
        tuple((start + first, start + last) for first, last in marked),
        detalle,
        pacto,
    )


def brief_words(brief: Brief, today: date) -> str:
    """«Última visita: 12/08/2026 · 2 acuerdos abiertos»."""
    opened = say("visita.row_open", cantidad=brief.abiertos)
    if brief.borrador:
        day = brief.dia_borrador
        draft = say("visita.row_draft")
        if day is None:
            return draft.capitalize()
        when = say("visita.row_today") if day == today else short_date(day)
        return f"{when} · {draft}"
    if brief.ultima is None:
        never = say("visita.row_never")
        return f"{never} · {opened}" if brief.abiertos else never
    last = say("visita.row_last", fecha=brief.ultima.isoformat())
    return f"{last} · {opened if brief.abiertos else say('visita.row_no_open')}"


def panel(
    proposal: Proposal,
    profile: Profile,
    territorio: Territorio,
    copied: str | None,
    pacto: Pacto | None = None,
) -> Panel:
    """Everything at the right of the page."""
    found = territorio.get(proposal.ubigeo)
    assert found is not None  # only known districts are in the list
    going_on = proposal.hoy is not None and not proposal.ajena
    return Panel(
        nombre=found.distrito,
        donde=_where(found, profile.region),
        aviso=_notice(proposal, found, profile, territorio, pacto),
        historia=_history(proposal),
        acuerdos=_acuerdos(proposal.acuerdos, proposal.fecha),
        empieza=_begins(proposal, copied),
        boton=say("visita.continue" if going_on else "visita.start"),
        puede=not proposal.ajena,
        otra=going_on,
        # Said once: the banner may have said it.
        pacto=pacto if pacto is not None and (pacto.firmo or going_on) else None,
    )


def _province(distrito: Distrito, region: str) -> str:
    if distrito.ubigeo.startswith(region):
        return say("visita.province", provincia=distrito.provincia)
    return say(
        "visita.province_region",
        provincia=distrito.provincia,
        departamento=distrito.departamento,
    )


def _where(distrito: Distrito, region: str) -> str:
    if distrito.ubigeo.startswith(region):
        return say("visita.where", provincia=distrito.provincia, ubigeo=distrito.ubigeo)
    return say(
        "visita.where_region",
        provincia=distrito.provincia,
        departamento=distrito.departamento,
        ubigeo=distrito.ubigeo,
    )


def _notice(
    proposal: Proposal,
    distrito: Distrito,
    profile: Profile,
    territorio: Territorio,
    pacto: Pacto | None,
) -> Notice:
    name = distrito.distrito
    if proposal.ajena:
        provincial = profile.provincia is not None
        code = "visita.outside_province" if provincial else "visita.outside_region"
        ambito = (
            territorio.provincia(profile.provincia)
            if profile.provincia is not None
            else territorio.departamento(profile.region)
        )
        return Notice("warn", say("visita.outside", distrito=name), say(code, ambito=ambito or ""))
    if proposal.hoy is not None:
        return Notice("warn", say("visita.today", distrito=name), say("visita.today_what"))
    if pacto is not None and not pacto.firmo:
        return Notice("warn", say("visita.unsigned", distrito=name), say("visita.unsigned_what"))
    if not proposal.falta:
        return Notice("ok", say("visita.lacks_nothing"), say("visita.lacks_nothing_what"))
    lacking = "both" if len(proposal.falta) > 1 else proposal.falta[0].value
    code = f"visita.lacks_{lacking}"
    return Notice("info", say(code), say(f"{code}_what"))


def _history(proposal: Proposal) -> tuple[Line, ...]:
    lines = [_visit(visit) for visit in proposal.historia]
    if not lines:
        return (Line("vacio", "text3", say("visita.history_none")),)
    older = proposal.visitas - len(lines)
    if older > 0:
        more = say("visita.history_more", cantidad=thousands(older))
        lines.append(Line("historia", "text3", more))
    return tuple(lines)


def _visit(visit: PastVisit) -> Line:
    day = say("visita.undated") if visit.fecha is None else short_date(visit.fecha)
    session = session_words(visit.sesion)
    state = say(f"visita.estado_{visit.estado}")
    text = say("visita.history_state", fecha=day, sesion=session, estado=state)
    if visit.estado == Estado.ANULADA:
        return Line("anulada", "neutral", text)
    if visit.estado != Estado.SELLADA:
        return Line("conflicto", "error", text)
    counts = visit.sesion in (Sesion.DIAGNOSTICO, Sesion.SEGUIMIENTO)
    return Line("bien" if counts else "vacio", "ok" if counts else "text3", text)


def session_words(sesion: Sesion | None) -> str:
    """«Diagnóstico»."""
    return say("visita.sesion_none" if sesion is None else f"visita.sesion_{sesion.value}")


def _acuerdos(rows: Sequence[AcuerdoRow], today: date) -> tuple[Line, ...]:
    lines = [_acuerdo(row, today) for row in rows[:_SHOWN_ACUERDOS]]
    if len(rows) > len(lines):
        more = say("visita.acuerdos_more", cantidad=thousands(len(rows) - len(lines)))
        lines.append(Line("mas", "text3", more))
    return tuple(lines) or (Line("vacio", "text3", say("visita.acuerdos_none")),)


def _acuerdo(row: AcuerdoRow, today: date) -> Line:
    words = " ".join(row.descripcion.split())
    if len(words) > _SHOWN_LETTERS:
        words = words[:_SHOWN_LETTERS].rstrip() + "…"
    elif words and words[-1].isalnum():
        words += "."
    if not row.plazo:
        return Line("reloj", "text3", say("visita.acuerdo_undated", descripcion=words))
    code, icon, color = (
        ("overdue", "error", "error")
        if row.plazo < today.isoformat()
        else ("today", "reloj", "warn")
        if row.plazo == today.isoformat()
        else ("due", "reloj", "warn")
    )
    return Line(icon, color, say(f"visita.acuerdo_{code}", descripcion=words, plazo=row.plazo))


def _begins(proposal: Proposal, copied: str | None) -> tuple[tuple[str, str], ...]:
    day = say("visita.fecha_value", dia=weekday(proposal.fecha), fecha=proposal.fecha.isoformat())
    lines = [
        (say("visita.fecha"), day),
        (
            say("visita.sesion"),
            say("visita.sesion_value", sesion=session_words(proposal.sesion)),
        ),
        (say("visita.responsable"), "; ".join(p.nombre for p in proposal.responsables)),
        (say("visita.destinatarios"), _recipients(len(proposal.destinatarios), copied)),
        (say("visita.seguimiento"), _follow_up(len(proposal.acuerdos))),
    ]
    if copied is not None:
        lines.append((say("visita.contenido"), say("visita.contenido_value", codigo=copied)))
    return tuple(lines)


def _recipients(count: int, copied: str | None) -> str:
    if not count:
        return say("visita.destinatarios_none")
    code = "visita.destinatarios_value" if copied is None else "visita.destinatarios_copy"
    return say(code, cantidad=count)


def _follow_up(count: int) -> str:
    if not count:
        return say("visita.seguimiento_none")
    return say("visita.seguimiento_value", cantidad=count)
