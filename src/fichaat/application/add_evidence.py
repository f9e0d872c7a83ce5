"""Use case: a signature, scan or photo that comes after the seal (record kind `evidencia`)."""

from collections.abc import Sequence

from msgspec import Struct

from fichaat.application.changes import Changes, Kind
from fichaat.application.installation import Installation
from fichaat.application.keep_stroke import forget_late_stroke
from fichaat.application.ports.store import Transaction
from fichaat.application.recorder import Recorder, ToSeal
from fichaat.application.sealed import demand_author, find_lineage
from fichaat.application.sign_ficha import (
    Scan,
    make_attachment,
    participants,
    read_proof,
    signed_sheet,
)
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import Ficha, contenido_sha256
from fichaat.domain.firma import Adjunto, ClaseAdjunto, Evidencia, Firma, Sujeto, TipoFirma
from fichaat.domain.record import Kind as RecordKind
from fichaat.domain.record import SealedRecord
from fichaat.domain.text import normalise


class LateSignature(Struct, frozen=True):
    """Who signed after the seal, and how."""

    participante: str
    tipo: TipoFirma
    stroke: bytes | None = None
    scan: Scan | None = None


class AddEvidence:
    def __init__(self, here: Installation) -> None:
        self._store = here.store
        self._clock = here.clock
        self._recorder = Recorder(here)

    def __call__(
        self,
        codigo: str,
        *,
        signature: LateSignature | None = None,
        files: Sequence[tuple[Scan, ClaseAdjunto]] = (),
        comentario: str = "",
    ) -> tuple[SealedRecord, Changes]:
        """Seal what came late about the newest version.

        Raises:
            UserFacingError: "ficha.evidence_empty", "ficha.participante_unknown",
                "ficha.stroke_*", "ficha.file_refused", "ficha.blob_too_large", "ficha.unknown",
                "ficha.not_sealed", "ficha.not_author".
        """
        if signature is None and not files:
            raise UserFacingError("ficha.evidence_empty")
        with self._store.write() as tx:
            line = find_lineage(tx, codigo, self._recorder.device)
            demand_author(tx, line, self._recorder.device, or_coordinator=True)
            firmas, attachments = self._proofs(tx, line.ficha, signature, files)
            sujeto = Sujeto(line.id, line.head.record.version, line.head.sha256)
            content = Evidencia(sujeto, firmas, attachments, normalise(comentario))
            item = ToSeal(RecordKind.EVIDENCIA, content, self._recorder.new_id())
            record = self._recorder.seal(tx, [item])[0]
            tx.add_records([record], self._recorder.certificates())
            if signature is not None:
                forget_late_stroke(tx, codigo, signature.participante)
        return record, Changes.of(Kind.FICHA)

    def _proofs(
        self,
        tx: Transaction,
        ficha: Ficha,
        signature: LateSignature | None,
        files: Sequence[tuple[Scan, ClaseAdjunto]],
    ) -> tuple[tuple[Firma, ...], tuple[Adjunto, ...]]:
        """The late signature and the attachments, their bytes kept."""
        firmas: tuple[Firma, ...] = ()
        attachments: list[Adjunto] = []
        if signature is not None:
            if signature.participante not in participants(ficha):
                raise UserFacingError(
                    "ficha.participante_unknown", participante=signature.participante
                )
            blob, attachment = read_proof(signature.tipo, signature.stroke, signature.scan)
            if blob is None:
                raise UserFacingError("ficha.evidence_empty")
            tx.add_blob(*blob)
            attachments.extend([] if attachment is None else [attachment])
            firmas = (self._firma(signature, contenido_sha256(ficha), blob[0]),)
        for scan, clase in files:
            is_sheet = clase is ClaseAdjunto.FICHA_FIRMADA
            attached = signed_sheet(scan) if is_sheet else make_attachment(scan, clase, "")
            tx.add_blob(attached.sha256, scan[2])
            attachments.append(attached)
        return firmas, tuple(attachments)

    def _firma(self, signature: LateSignature, contenido: str, blob: str) -> Firma:
        return Firma(
            signature.participante,
            signature.tipo,
            firmado_en=self._clock.now().replace(microsecond=0),
            contenido=contenido,
            blob=blob,
        )
