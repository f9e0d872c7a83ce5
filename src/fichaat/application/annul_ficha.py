"""Use case: annul a sealed ficha. It stays visible and stops counting."""

from fichaat.application.changes import Changes, Kind
from fichaat.application.installation import Installation
from fichaat.application.recorder import Recorder, ToSeal
from fichaat.application.rectify_ficha import demand_living
from fichaat.application.sealed import demand_author, find_lineage
from fichaat.domain.errors import UserFacingError
from fichaat.domain.firma import Anulacion, Sujeto
from fichaat.domain.record import Kind as RecordKind
from fichaat.domain.record import SealedRecord
from fichaat.domain.text import normalise


class AnnulFicha:
    def __init__(self, here: Installation) -> None:
        self._store = here.store
        self._recorder = Recorder(here)

    def __call__(self, codigo: str, motivo: str) -> tuple[SealedRecord, Changes]:
        """Seal the annulment of the newest version.

        Raises:
            UserFacingError: "ficha.motivo_required", "ficha.unknown", "ficha.not_sealed",
                "ficha.not_author", "ficha.annulled", "ficha.conflict", "ficha.quarantined_*".
        """
        reason = normalise(motivo)
        if not reason:
            raise UserFacingError("ficha.motivo_required")
        with self._store.write() as tx:
            line = find_lineage(tx, codigo, self._recorder.device)
            demand_author(tx, line, self._recorder.device, or_coordinator=True)
            demand_living(line)
            sujeto = Sujeto(line.id, line.head.record.version, line.head.sha256)
            item = ToSeal(RecordKind.ANULACION, Anulacion(sujeto, reason), self._recorder.new_id())
            record = self._recorder.seal(tx, [item])[0]
            tx.add_records([record], self._recorder.certificates())
        return record, Changes.of(Kind.FICHA, Kind.ACUERDO)
