"""Use case: keep what is being drawn on the signature pad, so that nothing ends it but the person.

What is kept is not a signature: nobody accepted it. It leaves with the signature or when cleared.
"""

import msgspec
from msgspec.structs import replace

from fichaat.application.changes import Changes
from fichaat.application.installation import Installation
from fichaat.application.ports.store import Reader, Transaction
from fichaat.domain.codec import encode
from fichaat.domain.firma import Trazo

LATE_STROKE_SETTING = "late_stroke"
"""What is drawn for a sealed ficha, which has no draft to keep it in."""


class _LateStroke(msgspec.Struct, frozen=True):
    codigo: str
    participante: str
    trazo: Trazo


class KeepStroke:
    def __init__(self, here: Installation) -> None:
        self._store = here.store

    def __call__(self, codigo: str, participante: str, trazo: Trazo | None) -> Changes:
        """Keep what this participant has drawn so far; nothing where None.

        No page shows what is kept but the pad itself: nothing changed for anyone else. A draft
        that is no longer there has nothing to be kept for.

        Raises:
            UserFacingError: those of `Store.write`.
        """
        with self._store.write() as tx:
            draft = tx.draft(codigo)
            if draft is not None:
                kept = None if trazo is None else (participante, trazo)
                if trazo is not None or (draft.trazo and draft.trazo[0] == participante):
                    tx.put_draft(replace(draft, trazo=kept))
            elif trazo is not None:
                late = _LateStroke(codigo, participante, trazo)
                tx.set_setting(LATE_STROKE_SETTING, encode(late).decode())
            else:
                forget_late_stroke(tx, codigo, participante)
        return Changes()


def kept_late_stroke(reader: Reader, codigo: str) -> tuple[str, Trazo] | None:
    """Participant, and what was drawn for a sealed ficha but not accepted."""
    late = _read(reader)
    return (late.participante, late.trazo) if late is not None and late.codigo == codigo else None


def forget_late_stroke(tx: Transaction, codigo: str, participante: str) -> None:
    """It was accepted, or cleared."""
    late = _read(tx)
    if late is not None and (late.codigo, late.participante) == (codigo, participante):
        tx.set_setting(LATE_STROKE_SETTING, "")


def _read(reader: Reader) -> _LateStroke | None:
    text = reader.setting(LATE_STROKE_SETTING)
    return msgspec.json.decode(text, type=_LateStroke) if text else None
