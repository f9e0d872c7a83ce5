"""What *Recepción* says of everything that waits: plain functions."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from fichaat.application.answers import Waiting
from fichaat.application.find_case import Case
from fichaat.application.party import Party
from fichaat.application.reception import Apart, Conflict, Copy, Delivered, Fork, Missing, Twice
from fichaat.application.region.devices import DeviceRow
from fichaat.domain.chains import Gap
from fichaat.domain.recepcion import Resultado
from fichaat.domain.record import Kind
from fichaat.domain.territorio import Territorio
from fichaat.gui.ficha_words import places_words
from fichaat.gui.pages.importar.words import device_words, ranges_words
from fichaat.gui.text import hour, say, thousands
from fichaat.texts.answers_words import why_words

_APART: Final = (
    Resultado.WRONG_SIGNER,
    Resultado.OUT_OF_SCOPE,
    Resultado.QUARANTINED,
    Resultado.CONFLICT,
    Resultado.OPAQUE,
)
_REGION_DECIDES: Final = ("por_aprobar", "fuera_de_ambito", "fuera_de_vigencia", "sin_derecho")
"""Why something is apart that only the key of the region settles."""
_OTHER_LINE: Final = "otra_linea"
"""Somebody else's copy of a ficha that counts."""
_HASH: Final = 16
_REGION_DIGITS: Final = 2


class DeviceWords(NamedTuple):
    """A device that waits for approval."""

    device: str
    nombre: str
    detalle: str
    registros: str
    palabras: tuple[str, ...]
    asked: bool
    """Whether its request is here: only then can it be approved."""


class ApartWords(NamedTuple):
    """A record without effect."""

    titulo: str
    detalle: str
    motivo: str
    que_hacer: str
    codigo: str
    """Of the ficha that can be opened; empty where there is none."""
    copia: str = ""
    """SHA-256 of this copy, where the code alone would open another."""


class SideWords(NamedTuple):
    """One of the copies beside each other."""

    titulo: str
    lineas: tuple[str, ...]
    codigo: str
    sha256: str


class ClashWords(NamedTuple):
    """What contradicts, and what helps."""

    titulo: str
    que_hacer: str
    lados: tuple[SideWords, ...]
    choosable: bool
    case: Case | None = None
    """Where a person who has looked may put it aside, or take it up again."""


class AsideWords(NamedTuple):
    """What was put aside."""

    cantidad: int
    shown: bool
    """Whether it stands among the others."""


class GapsWords(NamedTuple):
    """What misses of one device."""

    titulo: str
    pedido: str


class LineWords(NamedTuple):
    """A name and its data."""

    titulo: str
    detalle: str
    device: str = ""


def who_words(who: Party) -> str:
    """«Rosa Huamaní», «Equipo 1a2b3c4d»."""
    return who.nombre or say("recepcion.nameless", equipo=device_words(who.device))


def device_row(row: DeviceRow, territorio: Territorio) -> DeviceWords:
    asked = row.solicitud
    nombre = asked.nombre if asked is not None else ""
    detalle = say("recepcion.asks_nothing")
    if asked is not None:
        rol = say(f"recepcion.rol_{asked.rol.value}")
        place = scope_words(asked.ambito, territorio)
        detalle = say("recepcion.asks", rol=rol, lugar=place, entidad=asked.entidad)
    held = say("recepcion.held", cantidad=thousands(row.registros)) if row.registros else ""
    named = nombre or say("recepcion.nameless", equipo=device_words(row.device))
    return DeviceWords(row.device, named, detalle, held, row.palabras, asked is not None)


def scope_words(ambito: str, territorio: Territorio) -> str:
    """The name of a region or a province."""
    is_province = len(ambito) > _REGION_DIGITS
    name = territorio.provincia(ambito) if is_province else territorio.departamento(ambito)
    return name or ambito


def apart_row(item: Apart, territorio: Territorio, *, coordinates: bool) -> ApartWords:
    row = item.row
    place = places_words(row.distritos, territorio) if row.distritos else ""
    parts = (kind_words(row.kind), place, who_words(item.quien))
    waits = not coordinates and row.motivo in _REGION_DECIDES
    code = "recepcion.do_region" if waits else f"recepcion.do_{row.motivo}"
    return ApartWords(
        row.codigo or say("recepcion.apart_unknown"),
        " · ".join(filter(None, parts)),
        say(f"recepcion.why_{row.motivo}"),
        say(code),
        row.codigo,
        row.sha256 if row.motivo == _OTHER_LINE and row.kind == Kind.FICHA else "",
    )


def conflict_row(item: Conflict, territorio: Territorio, *, coordinates: bool) -> ClashWords:
    code = "recepcion.conflict_wait"
    if item.por_aprobar:
        code = "recepcion.conflict_approve"
    elif coordinates:
        code = "recepcion.conflict_choose"
    sides = tuple(_side(copy, territorio) for copy in item.lados)
    title = say("recepcion.conflict", codigo=item.codigo)
    return ClashWords(title, say(code), sides, coordinates and not item.por_aprobar)


def fork_row(item: Fork, territorio: Territorio) -> ClashWords:
    title = say("recepcion.fork", equipo=who_words(item.quien), numero=item.sequence)
    sides = tuple(_side(copy, territorio) for copy in item.lados)
    what = say("recepcion.fork_what")
    if item.visto_en is not None:
        what = say("recepcion.aside_since", fecha=item.visto_en.date().isoformat())
    return ClashWords(title, what, sides, choosable=False, case=item)


def twice_row(pair: Twice, territorio: Territorio) -> ClashWords:
    first, second = pair.lados
    shared = [ubigeo for ubigeo in first.distritos if ubigeo in second.distritos]
    place = places_words(shared, territorio)
    title, what = say("recepcion.twice_one", lugar=place), say("recepcion.twice_what")
    if pair.visto_en is not None:
        title = say("recepcion.twice_seen", lugar=place)
        what = say("recepcion.twice_since", fecha=pair.visto_en.date().isoformat())
    sides = tuple(_side(copy, territorio) for copy in pair.lados)
    return ClashWords(title, what, sides, choosable=False, case=pair)


def of_case(what: str, case: Case) -> str:
    """The text that says `what` of records in one place, or of two visits."""
    return f"recepcion.{'aside' if isinstance(case, Fork) else 'twice'}_{what}"


def gap_rows(missing: Sequence[Missing]) -> list[GapsWords]:
    """One line for each device."""
    by_device: dict[str, tuple[Party, list[Gap]]] = {}
    for item in missing:
        by_device.setdefault(item.quien.device, (item.quien, []))[1].append(item.gap)
    return [_gap_row(who, gaps) for who, gaps in by_device.values()]


def delivered_row(item: Delivered) -> LineWords:
    name = item.quien.nombre
    if not name:
        name = say("recepcion.says", nombre=item.dice or device_words(item.quien.device))
    detail = say(
        "recepcion.received_line",
        fecha=item.en.date().isoformat(),
        hora=hour(item.en),
        cantidad=thousands(item.registros),
    )
    apart = sum(item.resultados.get(result, 0) for result in _APART)
    if apart:
        detail += " · " + say("recepcion.received_apart", aparte=thousands(apart))
    return LineWords(name, detail, item.quien.device)


def waiting_row(item: Waiting) -> LineWords:
    detail = why_words(item, thousands)
    return LineWords(who_words(item.quien), detail, item.quien.device)


def kind_words(kind: str) -> str:
    known = kind in Kind._value2member_map_
    return say(f"paquetes.kind_{kind}" if known else "paquetes.kind_other")


def _side(copy: Copy, territorio: Territorio) -> SideWords:
    lines = []
    if copy.codigo:
        day = say(
            "recepcion.side_version", version=copy.version, fecha=copy.fecha, horas=copy.horas
        )
        lines += [copy.codigo, places_words(copy.distritos, territorio), day]
        if copy.responsable != copy.quien.nombre:
            lines.append(copy.responsable)
        if copy.sellada_en is not None:
            sealed = copy.sellada_en.date().isoformat()
            lines.append(say("recepcion.side_sealed", fecha=sealed))
    elif copy.sellada_en is not None:
        sealed = copy.sellada_en.date().isoformat()
        lines.append(say("recepcion.side_record", tipo=kind_words(copy.kind), fecha=sealed))
    if copy.quien.verified:
        lines.append(say("recepcion.nameless", equipo=device_words(copy.quien.device)))
    lines.append(say("recepcion.side_hash", huella=_short(copy.sha256)))
    return SideWords(who_words(copy.quien), tuple(filter(None, lines)), copy.codigo, copy.sha256)


def _short(sha256: str) -> str:
    return " ".join(sha256[start : start + 4] for start in range(0, _HASH, 4))


def _gap_row(who: Party, gaps: Sequence[Gap]) -> GapsWords:
    missing = sum(gap.hasta - gap.desde + 1 for gap in gaps)
    request = say(
        "paquetes.gap_request",
        equipo=device_words(who.device),
        nombre=who.nombre or say("recepcion.unverified"),
        tramos=ranges_words(gaps),
    )
    title = say(
        "recepcion.gap", cantidad=missing, tramos=ranges_words(gaps, 3), equipo=who_words(who)
    )
    return GapsWords(title, request)
