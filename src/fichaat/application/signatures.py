"""Query: who signs a ficha, how far each of them got, and what stands in the way of signing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from fichaat.application.installation import Installation
from fichaat.application.keep_stroke import kept_late_stroke
from fichaat.application.ports.rows import Draft
from fichaat.application.ports.store import Reader
from fichaat.application.queries import late_firmas
from fichaat.application.save_draft import is_void
from fichaat.application.seal_ficha import Validator
from fichaat.application.sealed import find_lineage
from fichaat.application.sign_ficha import people
from fichaat.application.strokes import read_stroke
from fichaat.domain.authority import continues
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import Ficha, contenido_sha256
from fichaat.domain.firma import ClaseAdjunto, Evidencia, Firma, TipoFirma, Trazo
from fichaat.domain.lineage import Estado, Lineage
from fichaat.domain.problem import Problem, Severity

_WITHOUT = (TipoFirma.PENDIENTE, TipoFirma.NO_FIRMO)
_NOT_SIGNED = frozenset({"ficha.blob_missing"})
"""Errors whose correction changes nothing that anyone signs."""
_CLOSED = {Estado.ANULADA: "ficha.annulled", Estado.CONFLICTO: "ficha.conflict"}


class EstadoFirma(StrEnum):
    """How far one participant got."""

    FALTA = "falta"
    SIN_VALIDEZ = "sin_validez"  # signed another content
    PENDIENTE = "pendiente"
    NO_FIRMO = "no_firmo"
    FIRMADA = "firmada"
    PAPEL = "papel"
    PAPEL_SIN_ESCANEO = "papel_sin_escaneo"


class Signer(Struct, frozen=True):
    """A participant, and the signature that stands for that person."""

    id: str
    nombre: str
    cargo: str
    entidad: str
    responsable: bool
    """Gave the assistance; the others received it."""
    estado: EstadoFirma
    firma: Firma | None = None
    trazo: Trazo | None = None
    """What was drawn, where its bytes are here."""

    @property
    def waits(self) -> bool:
        """Whether a signature is still to be asked for."""
        return self.estado in (EstadoFirma.FALTA, EstadoFirma.SIN_VALIDEZ)

    @property
    def given(self) -> bool:
        """Whether a signature stands."""
        return self.estado in (
            EstadoFirma.FIRMADA,
            EstadoFirma.PAPEL,
            EstadoFirma.PAPEL_SIN_ESCANEO,
        )


class SigningView(Struct, frozen=True):
    """Everything the signatures page shows of one ficha."""

    ficha: Ficha
    signers: tuple[Signer, ...]
    sealed: bool
    """Signatures come late, as `evidencia`."""
    now: datetime
    gobierno_regional: str
    distritos: tuple[str, ...]
    """Their names."""
    problems: tuple[Problem, ...] = ()
    """What must be corrected first: every correction would void what was signed."""
    closed: str | None = None
    """Code of why nothing may be added to a sealed ficha here."""
    kept: tuple[str, Trazo] | None = None
    """Participant, and what was drawn but not accepted."""


class Signatures:
    def __init__(self, here: Installation) -> None:
        self._here = here
        self._validator = Validator(here)

    def __call__(self, codigo: str) -> SigningView:
        """The signatures of a draft, or of the newest sealed version.

        Raises:
            UserFacingError: "ficha.unknown".
        """
        with self._here.store.read() as reader:
            draft = reader.draft(codigo)
            if draft is not None:
                return self._of_draft(reader, draft)
            device = self._here.key.device
            return self._of_line(reader, find_lineage(reader, codigo, device), device)

    def _of_draft(self, reader: Reader, draft: Draft) -> SigningView:
        firmas = (*draft.void_firmas, *draft.ficha.firmas)
        problems = tuple(
            problem
            for problem in self._validator(reader, draft)
            if problem.severity is not Severity.WARNING
            and not problem.code.startswith("ficha.firma_")
            and problem.code not in _NOT_SIGNED
        )
        signers = _signers(reader, draft.ficha, firmas, scanned=False)
        return self._view(draft.ficha, signers, sealed=False, problems=problems, kept=draft.trazo)

    def _of_line(self, reader: Reader, line: Lineage, device: str) -> SigningView:
        ficha = line.ficha
        closed = _CLOSED.get(line.estado)
        if closed is None and not continues(device, line.origin, reader.authority()):
            closed = "ficha.not_author"
        firmas = (*ficha.firmas, *late_firmas(line))
        signers = _signers(reader, ficha, firmas, scanned=_scan_came(line))
        kept = kept_late_stroke(reader, ficha.codigo)
        return self._view(ficha, signers, sealed=True, closed=closed, kept=kept)

    def _view(
        self,
        ficha: Ficha,
        signers: Sequence[Signer],
        *,
        sealed: bool,
        problems: tuple[Problem, ...] = (),
        closed: str | None = None,
        kept: tuple[str, Trazo] | None = None,
    ) -> SigningView:
        # Before the seal a signature that stands may be drawn again.
        drawing = {signer.id for signer in signers if not (sealed and signer.given)}
        territorio = self._here.territorio
        region = ficha.gobierno_regional or self._here.profile.region
        places = [(item.ubigeo, territorio.known(item.ubigeo)) for item in ficha.distritos]
        return SigningView(
            ficha=ficha,
            signers=tuple(signers),
            sealed=sealed,
            now=self._here.clock.now(),
            gobierno_regional=territorio.gobierno_regional(region) or region,
            distritos=tuple(u if place is None else place.distrito for u, place in places),
            problems=problems,
            closed=closed,
            kept=kept if kept is not None and kept[0] in drawing else None,
        )


def _signers(
    reader: Reader, ficha: Ficha, firmas: Sequence[Firma], *, scanned: bool
) -> list[Signer]:
    """Everyone on the paper, in its order.

    Args:
        reader: where strokes are looked up.
        ficha: whose people.
        firmas: oldest first.
        scanned: whether a scan of the signed paper came after the seal.
    """
    contenido = contenido_sha256(ficha)
    chosen = _chosen(firmas, contenido)
    blobs = {f.blob for f in chosen.values() if f.tipo is TipoFirma.TRAZO and f.blob is not None}
    strokes = reader.blobs(blobs) if blobs else {}
    made = []
    for number, person in enumerate(people(ficha)):
        firma = chosen.get(person.id)
        made.append(
            Signer(
                id=person.id,
                nombre=person.nombre,
                cargo=person.cargo,
                entidad=person.entidad,
                responsable=number < len(ficha.responsables),
                estado=_estado(firma, contenido, scanned=scanned),
                firma=firma,
                trazo=None if firma is None else _stroke(strokes, firma.blob),
            )
        )
    return made


def _chosen(firmas: Iterable[Firma], contenido: str) -> dict[str, Firma]:
    """What stands for each participant: the newest signature that holds, else the newest word,
    else the newest void signature.
    """

    def rank(firma: Firma) -> int:
        if is_void(firma, contenido):
            return 0
        return 1 if firma.tipo in _WITHOUT else 2

    chosen: dict[str, Firma] = {}
    for firma in firmas:
        known = chosen.get(firma.participante)
        if known is None or rank(firma) >= rank(known):
            chosen[firma.participante] = firma
    return chosen


def _estado(firma: Firma | None, contenido: str, *, scanned: bool) -> EstadoFirma:
    if firma is None:
        return EstadoFirma.FALTA
    if is_void(firma, contenido):
        return EstadoFirma.SIN_VALIDEZ
    match firma.tipo:
        case TipoFirma.PENDIENTE:
            return EstadoFirma.PENDIENTE
        case TipoFirma.NO_FIRMO:
            return EstadoFirma.NO_FIRMO
        case TipoFirma.PAPEL if firma.blob is None and not scanned:
            return EstadoFirma.PAPEL_SIN_ESCANEO
        case TipoFirma.PAPEL:
            return EstadoFirma.PAPEL
    return EstadoFirma.FIRMADA


def _stroke(strokes: Mapping[str, bytes], blob: str | None) -> Trazo | None:
    """What was drawn, where its bytes are here and readable."""
    data = strokes.get(blob or "")
    if data is None:
        return None
    try:
        return read_stroke(data)
    except UserFacingError:
        return None


def _scan_came(line: Lineage) -> bool:
    """Whether the signed paper was added to the newest version after its seal."""
    return any(
        adjunto.clase is ClaseAdjunto.FICHA_FIRMADA
        for item in line.evidencias
        if isinstance(item.record.content, Evidencia)
        and item.record.content.sujeto.sha256 == line.head.sha256
        for adjunto in item.record.content.adjuntos
    )
