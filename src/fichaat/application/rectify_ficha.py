"""Use case: correct a sealed ficha by a new version with a reason, signed anew."""

from typing import Final

from msgspec.structs import replace

from fichaat.application.changes import Changes, Kind
from fichaat.application.installation import Installation
from fichaat.application.ports.rows import Draft
from fichaat.application.ports.store import Transaction
from fichaat.application.sealed import demand_author, find_lineage
from fichaat.domain.authority import Standing
from fichaat.domain.codec import check_shape
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import Ficha
from fichaat.domain.lineage import Estado, Lineage
from fichaat.domain.record import Supersedes
from fichaat.domain.text import normalise

_QUARANTINED: Final = {
    Standing.REVOCADO: "ficha.quarantined_revocado",
    Standing.FUERA_DE_AMBITO: "ficha.quarantined_fuera_de_ambito",
    Standing.FUERA_DE_VIGENCIA: "ficha.quarantined_fuera_de_vigencia",
    Standing.SIN_DERECHO: "ficha.quarantined_sin_derecho",
}


class RectifyFicha:
    def __init__(self, here: Installation) -> None:
        self._store = here.store
        self._clock = here.clock
        self._ids = here.ids
        self._device = here.key.device

    def __call__(
        self, codigo: str, motivo: str, content: Ficha | None = None
    ) -> tuple[Draft, Changes]:
        """A draft of the next version; the sealed one stays as it is until this one is sealed.

        Args:
            codigo: a sealed ficha of this device.
            motivo: why it is corrected; it travels in the record.
            content: the corrected content; that of the version before where None.

        Raises:
            UserFacingError: "ficha.motivo_required", "ficha.unknown", "ficha.not_sealed",
                "ficha.not_author", "ficha.annulled", "ficha.conflict", "ficha.quarantined_*",
                "ficha.rectification_open".
        """
        reason = normalise(motivo)
        if not reason:
            raise UserFacingError("ficha.motivo_required")
        with self._store.write() as tx:
            line = find_lineage(tx, codigo, self._device)
            demand_author(tx, line, self._device)
            demand_living(line)
            if tx.draft(codigo) is not None:
                raise UserFacingError("ficha.rectification_open", codigo=codigo)
            draft = Draft(
                id=line.id,
                ficha=_unsigned(content or line.ficha, codigo),
                updated_at=self._clock.now(),
                version=line.head.record.version + 1,
                supersedes=Supersedes(line.head.record.version, line.head.sha256, reason),
            )
            self._make_room_in_bin(tx, line.id)
            tx.put_draft(draft)
        return draft, Changes.of(Kind.DRAFT)

    def _make_room_in_bin(self, tx: Transaction, id_: str) -> None:
        """An earlier correction stays in the bin, though the new one takes its id: that of the
        record. `RestoreDraft` gives it back.
        """
        binned = next((draft for draft in tx.drafts(discarded=True) if draft.id == id_), None)
        if binned is not None:
            tx.put_draft(replace(binned, id=self._ids.new_id()))


def demand_living(line: Lineage) -> None:
    """Raises:
    UserFacingError: as `why_closed`.
    """
    code = why_closed(line)
    if code is not None:
        raise UserFacingError(code, codigo=line.ficha.codigo)


def why_closed(line: Lineage) -> str | None:
    """Code of why a sealed ficha takes no correction: "ficha.annulled", "ficha.conflict" or
    "ficha.quarantined_*", after its standing; None where it takes one.
    """
    if line.estado is Estado.SELLADA:
        return None
    if line.estado is Estado.ANULADA:
        return "ficha.annulled"
    if line.estado is Estado.CONFLICTO:
        return "ficha.conflict"
    # A believed one is apart only because another device's lineage has the right to its id.
    return _QUARANTINED.get(line.aprobacion, "ficha.quarantined_otra_linea")


def _unsigned(ficha: Ficha, codigo: str) -> Ficha:
    """A new version is signed anew, and its warnings are explained anew."""
    draft = replace(ficha, codigo=codigo, firmas=(), advertencias=())
    check_shape(draft)
    return draft
