"""What the preview of a package says: its sender, three verdicts, what misses, each record."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import Final, NamedTuple, overload

from msgspec import UNSET

from fichaat.application.preview_bundle import BundlePreview, RecordLine
from fichaat.application.verdict import BundleVerdict, RecordVerdict
from fichaat.domain.chains import Gap
from fichaat.domain.paquete import PaqueteInfo
from fichaat.domain.recepcion import Resultado
from fichaat.domain.record import Kind
from fichaat.domain.territorio import Territorio
from fichaat.gui.text import hour, say, size_words, thousands
from fichaat.texts import message

_UNOPENED: Final = frozenset(
    {
        "bundle.not_found",
        "bundle.not_a_file",
        "bundle.empty",
        "bundle.not_a_bundle",
        "bundle.encrypted",
        "bundle.encrypted_for_others",
        "bundle.encrypted_damaged",
        "bundle.newer_format",
        "bundle.unreadable",
        "bundle.changed_while_reading",
        "bundle.too_large",
    }
)
"""Nothing was found out about what is inside."""

_DISTRUST: Final = {
    "trust.exporter_pending": "paquetes.trusted_exporter",
    "trust.signer_pending": "paquetes.trusted_signer",
    "trust.records_apart": "paquetes.trusted_apart",
    "trust.exporter_revoked": "paquetes.trusted_revoked",
    "trust.region_pending": "paquetes.trusted_region",
    "trust.other_region_key": "paquetes.trusted_other_region",
    "trust.other_region_key_own": "paquetes.trusted_other_region_own",
}

_RANGES = 3
"""Gaps that are named; the request has all of them."""

LOOKS: Final = {
    Resultado.REFUSED: ("error", "rechazada"),
    Resultado.CONFLICT: ("error", "conflicto"),
    Resultado.FORK: ("error", "conflicto"),
    Resultado.WRONG_SIGNER: ("warn", "observada"),
    Resultado.OUT_OF_SCOPE: ("warn", "observada"),
    Resultado.QUARANTINED: ("warn", "observada"),
    Resultado.OPAQUE: ("warn", "observada"),
    Resultado.NEW: ("ok", "nuevo"),
    Resultado.NEW_VERSION: ("info", "reemplazada"),
    Resultado.KNOWN: ("neutral", "igual"),
}
"""Tone and icon of each result; what needs a decision comes first, what is fine may be quiet."""

_RANK: Final = {
    **{result: number for number, result in enumerate(LOOKS)},
    Resultado.NEW_VERSION: list(LOOKS).index(Resultado.NEW),
}
_CHIPS: Final = (
    Resultado.NEW,
    Resultado.NEW_VERSION,
    *(r for r in LOOKS if r not in (Resultado.NEW, Resultado.NEW_VERSION, Resultado.KNOWN)),
    Resultado.KNOWN,
)

_FEMININE: Final = frozenset(
    {
        Kind.FICHA.value,
        Kind.EVIDENCIA.value,
        Kind.ANULACION.value,
        Kind.REVISION.value,
        Kind.CREDENCIAL.value,
        Kind.REVOCACION.value,
    }
)

Entry = tuple[RecordVerdict, RecordLine]


class Box(NamedTuple):
    """One of the three verdicts."""

    title: str
    detail: str
    tone: str
    icon: str


class ChipWords(NamedTuple):
    """A count: words, tone, icon."""

    text: str
    tone: str
    icon: str


class RowWords(NamedTuple):
    """One record as the table shows it."""

    resultado: str
    tone: str
    icon: str
    tipo: str
    registro: str
    lugar: str
    detalle: str

    @property
    def spoken(self) -> str:
        """The whole row in one sentence."""
        return say(
            "paquetes.spoken",
            resultado=self.resultado,
            tipo=self.tipo,
            registro=self.registro,
            lugar=self.lugar,
            detalle=self.detalle,
        )


class GapWords(NamedTuple):
    """What misses, and how to ask for it."""

    sentence: str
    request: str


# the file


def sender_words(info: PaqueteInfo | None, size: int | None, disk: str, zone: tzinfo | None) -> str:
    """Who made it, when (in the hours of a zone), how large it is and where it lies."""
    parts = []
    if info is not None:
        sender, made = info.exportador, info.creado.astimezone(zone)
        code = "paquetes.from" if sender.nombre else "paquetes.from_nobody"
        parts.append(
            say(
                code,
                nombre=sender.nombre,
                entidad=sender.entidad,
                equipo=device_words(sender.device),
            )
        )
        parts.append(say("paquetes.prepared", fecha=made.date().isoformat(), hora=hour(made)))
        if info.volumen[1] > 1:
            parts.append(say("paquetes.volume_of", numero=info.volumen[0], total=info.volumen[1]))
    if size is not None:
        parts.append(size_words(size))
    if disk:
        parts.append(say("paquetes.on_usb", nombre=disk))
    return " · ".join(parts)


def device_words(device: str) -> str:
    """As much of a device as its files are named with."""
    return device[:8]


# the three verdicts


def boxes_of(verdict: BundleVerdict | None, own_device: str) -> tuple[Box, Box, Box]:
    """Intact, valid, trusted; None while it is being found out."""
    if verdict is None:
        wait = say("paquetes.checking_box")
        return _quiet("intact", wait), _quiet("valid", wait), _quiet("trusted", wait)
    unseen = say("paquetes.unseen")
    if not verdict.intacto:
        return _not_intact(verdict), _quiet("valid", unseen), _quiet("trusted", unseen)
    intact = _good("intact")
    if not verdict.valido:
        no = Box(say("paquetes.valid_no"), say("paquetes.valid_not"), "error", "error")
        return intact, no, _quiet("trusted", unseen)
    if verdict.confiable:
        info = verdict.info
        own = info is not None and info.exportador.device == own_device
        why = say("paquetes.trusted_own" if own else "paquetes.trusted_yes")
        return intact, _good("valid"), Box(say("paquetes.trusted"), why, "ok", "bien")
    why = say(_DISTRUST[verdict.codigo or ""])
    return intact, _good("valid"), Box(say("paquetes.trusted_no"), why, "warn", "aviso")


def refusal_words(verdict: BundleVerdict) -> str:
    """Why nothing of it may be imported."""
    return message(verdict.codigo or "", verdict.params)


def _not_intact(verdict: BundleVerdict) -> Box:
    code = verdict.codigo or ""
    if code in _UNOPENED or code.startswith("system."):
        return Box(say("paquetes.unopened"), say("paquetes.unopened_what"), "error", "error")
    return Box(say("paquetes.intact_no"), say("paquetes.intact_not"), "error", "error")


def _good(which: str) -> Box:
    return Box(say(f"paquetes.{which}"), say(f"paquetes.{which}_yes"), "ok", "bien")


def _quiet(which: str, why: str) -> Box:
    return Box(say(f"paquetes.{which}"), why, "neutral", "vacio")


# what misses


def gap_words(verdict: BundleVerdict) -> GapWords | None:
    """The records that are still to come once this bundle is here."""
    info = verdict.info
    if not verdict.huecos or info is None:
        return None
    devices = {part.chain: part.device for part in info.cadenas}
    by_device: dict[str, list[Gap]] = {}
    for gap in verdict.huecos:
        by_device.setdefault(devices.get(gap.chain, ""), []).append(gap)
    requests = [
        say(
            "paquetes.gap_request",
            equipo=device_words(device),
            nombre=info.exportador.nombre if device == info.exportador.device else "",
            tramos=ranges_words(gaps, None),
        )
        for device, gaps in by_device.items()
    ]
    if len(by_device) > 1:
        sentence = say("paquetes.gap_devices", cantidad=len(by_device))
    else:
        device, gaps = next(iter(by_device.items()))
        missing = sum(gap.hasta - gap.desde + 1 for gap in gaps)
        code = "gap" if device == info.exportador.device else "gap_device"
        sentence = say(
            f"paquetes.{code}",
            cantidad=missing,
            tramos=ranges_words(gaps, _RANGES),
            equipo=device_words(device),
        )
    return GapWords(sentence, "\n".join(requests))


def ranges_words(gaps: Sequence[Gap], most: int | None = None) -> str:
    """«14 a 16, 20 y 31 a 40»."""
    words = [
        str(gap.desde)
        if gap.desde == gap.hasta
        else say("paquetes.gap_range", desde=gap.desde, hasta=gap.hasta)
        for gap in gaps
    ]
    if most is not None and len(words) > most:
        return say("paquetes.gap_more", tramos=", ".join(words[:most]))
    if len(words) == 1:
        return words[0]
    return say("paquetes.gap_and", primero=", ".join(words[:-1]), ultimo=words[-1])


# the records


def ordered(preview: BundlePreview) -> list[Entry]:
    """Conflicts and problems first, what was here already last, else the newest first."""
    rows = list(preview.rows)
    rows.reverse()
    return sorted(rows, key=lambda row: _RANK[row[0].resultado])


def counts_of(records: Sequence[RecordVerdict]) -> list[ChipWords]:
    """How many of each result."""
    counts = Counter(item.resultado for item in records)
    return [
        ChipWords(
            say(f"paquetes.count_{result.value}", cantidad=thousands(counts[result])),
            *LOOKS[result],
        )
        for result in _CHIPS
        if counts[result]
    ]


def empty_words(verdict: BundleVerdict) -> str:
    """Why there are no records to show."""
    info = verdict.info
    asks = info is not None and info.solicitud is not UNSET
    return say("paquetes.request" if asks else "paquetes.empty")


class LazyRows(Sequence[RowWords]):
    """Words of rows, made when a row is seen: ten thousand at once would be waited for."""

    def __init__(self, entries: Sequence[Entry], territorio: Territorio) -> None:
        self._entries = entries
        self._territorio = territorio

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, index: int) -> RowWords: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[RowWords]: ...
    def __getitem__(self, index: int | slice) -> RowWords | Sequence[RowWords]:
        if isinstance(index, slice):
            return [row_words(*entry, self._territorio) for entry in self._entries[index]]
        return row_words(*self._entries[index], self._territorio)


def row_words(verdict: RecordVerdict, line: RecordLine, territorio: Territorio) -> RowWords:
    """One record."""
    tone, icon = LOOKS[verdict.resultado]
    known = verdict.kind in Kind._value2member_map_
    kind = say(f"paquetes.kind_{verdict.kind}" if known else "paquetes.kind_other")
    place = _place(line.distritos, territorio)
    return RowWords(
        _result_word(verdict),
        tone,
        icon,
        kind,
        _record_word(verdict, line, territorio),
        place,
        _detail(verdict, line),
    )


def _result_word(verdict: RecordVerdict) -> str:
    result = verdict.resultado
    if result is Resultado.NEW_VERSION:
        return say("paquetes.result_new_version", version=verdict.version)
    feminine = verdict.kind in _FEMININE and result in (Resultado.NEW, Resultado.KNOWN)
    return say(f"paquetes.result_{result.value}{'_f' if feminine else ''}")


def _record_word(verdict: RecordVerdict, line: RecordLine, territorio: Territorio) -> str:
    if line.codigo or line.nombre:
        return line.codigo or line.nombre
    if verdict.kind == Kind.CATALOGO:
        return say("paquetes.record_catalogo")
    if verdict.kind == Kind.SEGUIMIENTO:
        found = territorio.known(line.distritos[0]) if line.distritos else None
        if found is None:
            return say("paquetes.record_acuerdo_unknown")
        return say("paquetes.record_acuerdo", lugar=found.distrito)
    if verdict.kind == Kind.RECEPCION:
        return say("paquetes.record_recepcion")
    if verdict.kind in (Kind.EVIDENCIA, Kind.ANULACION):
        return say("paquetes.record_unknown")
    return verdict.id[-12:]


def _place(ubigeos: Sequence[str], territorio: Territorio) -> str:
    """«Sivia (Huanta)», «Sivia (Huanta) y 2 más»."""
    if not ubigeos:
        return ""
    found = territorio.known(ubigeos[0])
    name = ubigeos[0] if found is None else f"{found.distrito} ({found.provincia})"
    if len(ubigeos) == 1:
        return name
    return say("paquetes.places", lugar=name, cantidad=len(ubigeos) - 1)


def _detail(verdict: RecordVerdict, line: RecordLine) -> str:
    result = verdict.resultado
    if result is Resultado.KNOWN:
        feminine = verdict.kind in _FEMININE
        return say("paquetes.detail_known_f" if feminine else "paquetes.detail_known")
    if result not in (Resultado.NEW, Resultado.NEW_VERSION):
        return say(f"paquetes.detail_{result.value}", version=verdict.version)
    tell = _DETAILS.get(verdict.kind)
    return "" if tell is None else tell(line)


def _ficha_detail(line: RecordLine) -> str:
    if line.motivo:
        return say("paquetes.detail_version", motivo=" ".join(line.motivo.split()))
    sesion = say(
        "paquetes.sesion_none" if line.sesion is None else f"paquetes.sesion_{line.sesion}"
    )
    if line.fecha is None:
        return say("paquetes.detail_undated", sesion=sesion)
    return say("paquetes.detail_visit", sesion=sesion, fecha=line.fecha.isoformat())


def _evidencia_detail(line: RecordLine) -> str:
    firmas, adjuntos = line.cantidades
    parts = []
    if firmas:
        parts.append(say("paquetes.detail_firmas", firmas=firmas))
    if adjuntos:
        parts.append(say("paquetes.detail_adjuntos", adjuntos=adjuntos))
    if len(parts) == 2:
        return say("paquetes.detail_both", firmas=parts[0], adjuntos=parts[1])
    return parts[0] if parts else say("paquetes.detail_comment")


def _anulacion_detail(line: RecordLine) -> str:
    return say("paquetes.detail_anulacion", motivo=" ".join(line.motivo.split()))


def _revision_detail(line: RecordLine) -> str:
    said = say(f"lista.estado_{line.estado}") if line.estado in _SAID else ""
    return ": ".join(filter(None, (said, " ".join(line.motivo.split()))))


def _seguimiento_detail(line: RecordLine) -> str:
    if line.fecha is not None and line.estado in ("cumplido", "reprogramado"):
        day = line.fecha.isoformat()
        return say(f"paquetes.detail_{line.estado}_fecha", fecha=day)
    if line.avance is not None and line.estado == "en_proceso":
        return say("paquetes.detail_en_proceso_avance", avance=line.avance)
    return say(f"paquetes.detail_{line.estado}")


def _recepcion_detail(line: RecordLine) -> str:
    return say("paquetes.detail_recepcion", cantidad=thousands(line.cantidades[0]))


_SAID: Final = ("visada", "aprobada", "observada", "rechazada")
_DETAILS: Final[dict[str, Callable[[RecordLine], str]]] = {
    Kind.FICHA: _ficha_detail,
    Kind.EVIDENCIA: _evidencia_detail,
    Kind.ANULACION: _anulacion_detail,
    Kind.SEGUIMIENTO: _seguimiento_detail,
    Kind.RECEPCION: _recepcion_detail,
    Kind.REVISION: _revision_detail,
}


# what an import did


def imported_words(verdicts: Sequence[BundleVerdict]) -> str:
    """«Se importaron 8 registros; 2 ya estaban y 1 quedó en conflicto.»"""
    counts = Counter(item.resultado for verdict in verdicts for item in verdict.registros)
    known = counts[Resultado.KNOWN]
    taken = sum(counts.values()) - known - counts[Resultado.REFUSED]
    conflicts = counts[Resultado.CONFLICT] + counts[Resultado.FORK]
    apart = sum(
        counts[result]
        for result in (Resultado.WRONG_SIGNER, Resultado.OUT_OF_SCOPE, Resultado.QUARANTINED)
    )
    if not taken:
        asked = sum(v.info is not None and v.info.solicitud is not UNSET for v in verdicts)
        if asked:
            return say("paquetes.imported_request", cantidad=asked)
        blobs = sum(verdict.adjuntos_nuevos for verdict in verdicts)
        if blobs:
            return say("paquetes.imported_blobs", cantidad=thousands(blobs))
        return say("paquetes.imported_none")
    first = say("paquetes.imported", cantidad=thousands(taken))
    rest = [
        say(code, cantidad=thousands(count))
        for code, count in (
            ("paquetes.imported_known", known),
            ("paquetes.imported_apart", apart),
            ("paquetes.imported_conflict", conflicts),
        )
        if count
    ]
    if not rest:
        return say("paquetes.imported_plain", primero=first)
    told = rest[0]
    if len(rest) > 1:
        told = say("paquetes.gap_and", primero=", ".join(rest[:-1]), ultimo=rest[-1])
    return say("paquetes.imported_join", primero=first, resto=told)
