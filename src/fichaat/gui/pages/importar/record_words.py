"""What the preview of a package says of its records: how many of each result, and each in a row."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, overload

from fichaat.application.preview_bundle import BundlePreview, RecordLine
from fichaat.application.verdict import RecordVerdict
from fichaat.domain.recepcion import Resultado
from fichaat.domain.record import Kind
from fichaat.domain.territorio import Territorio
from fichaat.gui.text import say, thousands

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
