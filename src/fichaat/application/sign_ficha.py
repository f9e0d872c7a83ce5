"""Use case: a participant of a draft signs, signs on paper, will sign later, or does not."""

import hashlib
from collections.abc import Sequence

from msgspec.structs import replace

from fichaat.application.changes import Changes, Kind
from fichaat.application.installation import Installation
from fichaat.application.media_types import media_type
from fichaat.application.ports.rows import Draft
from fichaat.application.seal_ficha import find_draft
from fichaat.application.strokes import signing_blob
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import Ficha, contenido_sha256
from fichaat.domain.firma import MAX_BLOB, Adjunto, ClaseAdjunto, Firma, TipoFirma, Trazo
from fichaat.domain.persona import Destinatario, Responsable
from fichaat.domain.text import MAX_LINE, MAX_LIST, normalise

Scan = tuple[str, str, bytes]
"""Name, media type and bytes of a file."""


class SignFicha:
    def __init__(self, here: Installation) -> None:
        self._store = here.store
        self._clock = here.clock

    def __call__(
        self,
        codigo: str,
        participante: str,
        tipo: TipoFirma,
        *,
        stroke: bytes | None = None,
        scan: Scan | None = None,
        pages: Sequence[Scan] = (),
        motivo: str | None = None,
    ) -> tuple[Draft, Changes]:
        """Give or replace one participant's signature over the content as it is now.

        Args:
            codigo: a draft.
            participante: id of a responsable or destinatario of that draft.
            tipo: kind of signature.
            stroke: JSON of the drawn stroke (trazo).
            scan: name, media type and bytes of the signed paper (papel; may come later).
            pages: its other pages, where they are files of their own.
            motivo: why there is none (pendiente, no_firmo).

        Raises:
            UserFacingError: "ficha.participante_unknown", "ficha.firma_motivo_required",
                "ficha.stroke_*", "ficha.file_refused", "ficha.blob_too_large",
                "ficha.draft_unknown", "ficha.list_full".
        """
        reason = normalise(motivo or "") or None
        if tipo in (TipoFirma.PENDIENTE, TipoFirma.NO_FIRMO) and reason is None:
            raise UserFacingError("ficha.firma_motivo_required")
        with self._store.write() as tx:
            draft = find_draft(tx, codigo)
            if participante not in participants(draft.ficha):
                raise UserFacingError("ficha.participante_unknown", participante=participante)
            blob, attachment = read_proof(tipo, stroke, scan)
            firma = self._firma(draft.ficha, participante, tipo, reason, blob)
            if blob is not None:
                tx.add_blob(blob[0], blob[1])
            attachments = [] if attachment is None else [attachment]
            for page in pages:
                attachments.append(signed_sheet(page))
                tx.add_blob(attachments[-1].sha256, page[2])
            signed = _with_signature(draft.ficha, firma, attachments)
            saved = replace(
                draft,
                ficha=signed,
                updated_at=self._clock.now(),
                trazo=_other_stroke(draft, participante),
            )
            tx.put_draft(saved)
        return saved, Changes.of(Kind.DRAFT)

    def _firma(
        self,
        ficha: Ficha,
        participante: str,
        tipo: TipoFirma,
        motivo: str | None,
        blob: tuple[str, bytes] | None,
    ) -> Firma:
        if tipo in (TipoFirma.PENDIENTE, TipoFirma.NO_FIRMO):
            return Firma(participante, tipo, motivo=motivo)
        return Firma(
            participante,
            tipo,
            motivo=motivo,
            firmado_en=self._clock.now().replace(microsecond=0),
            contenido=contenido_sha256(ficha),
            blob=None if blob is None else blob[0],
        )


def people(ficha: Ficha) -> list[Responsable | Destinatario]:
    """Everyone on the paper, who gave the assistance first."""
    return [*ficha.responsables, *ficha.destinatarios]


def participants(ficha: Ficha) -> dict[str, str]:
    """Name of every person of the paper by id."""
    return {person.id: person.nombre for person in people(ficha)}


def read_proof(
    tipo: TipoFirma, stroke: bytes | None, scan: Scan | None
) -> tuple[tuple[str, bytes] | None, Adjunto | None]:
    """The blob of a signature with its hash, and the attachment it makes.

    Raises:
        UserFacingError: "ficha.stroke_*", "ficha.file_refused", "ficha.blob_too_large".
    """
    if tipo is TipoFirma.TRAZO:
        data = signing_blob(stroke or b"")
        return (hashlib.sha256(data).hexdigest(), data), None
    if tipo is TipoFirma.PAPEL and scan is not None:
        attachment = signed_sheet(scan)
        return (attachment.sha256, scan[2]), attachment
    return None, None


def signed_sheet(scan: Scan) -> Adjunto:
    """The attachment of a page that somebody signed with ink.

    Raises:
        UserFacingError: "ficha.file_refused" (neither picture nor PDF), "ficha.blob_too_large".
    """
    name, _, data = scan
    return make_attachment((name, media_type(name, data), data), ClaseAdjunto.FICHA_FIRMADA, "")


def make_attachment(scan: Scan, clase: ClaseAdjunto, descripcion: str) -> Adjunto:
    """The attachment of a file's name, media type and bytes.

    Raises:
        UserFacingError: "ficha.blob_too_large".
    """
    name, media_type, data = scan
    if len(data) > MAX_BLOB:
        raise UserFacingError("ficha.blob_too_large", sha256="")
    return Adjunto(
        sha256=hashlib.sha256(data).hexdigest(),
        nombre=_file_name(name),
        tipo=media_type,
        bytes=len(data),
        descripcion=normalise(descripcion),
        clase=clase,
    )


def _file_name(name: str) -> str:
    """A file's name as a line: what no line may hold becomes "_", the end is kept."""
    printable = "".join(char if char.isprintable() else "_" for char in name)
    return normalise(normalise(printable)[-MAX_LINE:]) or "adjunto"


def _other_stroke(draft: Draft, participante: str) -> tuple[str, Trazo] | None:
    """What somebody else has drawn: what this participant drew is settled now."""
    return None if draft.trazo is None or draft.trazo[0] == participante else draft.trazo


def _with_signature(ficha: Ficha, firma: Firma, attachments: Sequence[Adjunto]) -> Ficha:
    """The scan that only the earlier signature named goes with it; other pages of that sheet, which
    no signature names, stay until somebody takes them away.

    Raises:
        UserFacingError: "ficha.list_full": a list as long as no ficha may have.
    """
    others = tuple(f for f in ficha.firmas if f.participante != firma.participante)
    firmas = (*others, firma)
    named = {f.blob for f in firmas} | {item.sha256 for item in attachments}
    gone = {f.blob for f in ficha.firmas} - named
    kept = tuple(
        item
        for item in ficha.adjuntos
        if item.clase is not ClaseAdjunto.FICHA_FIRMADA or item.sha256 not in gone
    )
    known = {adjunto.sha256 for adjunto in kept}
    new = {item.sha256: item for item in attachments if item.sha256 not in known}
    adjuntos = (*kept, *new.values())
    if max(len(firmas), len(adjuntos)) > MAX_LIST:
        raise UserFacingError("ficha.list_full", maximo=MAX_LIST)
    return replace(ficha, firmas=firmas, adjuntos=adjuntos)
