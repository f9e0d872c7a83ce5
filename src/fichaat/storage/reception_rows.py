"""Which records another installation says to have received, and which installation says so."""

from collections.abc import Sequence

from fichaat.domain.recepcion import Recepcion, Resultado
from fichaat.domain.record import SealedRecord
from fichaat.storage.session import Session


def add_receptions(session: Session, fresh: Sequence[SealedRecord]) -> None:
    """Take in what these records say to have received; nothing ever takes it back."""
    rows = {row for item in fresh for row in reception_rows(item)}
    session.run_many(
        "INSERT INTO recepciones (sha256, device) VALUES (?, ?) ON CONFLICT DO NOTHING",
        sorted(rows),
    )


def reception_rows(item: SealedRecord) -> set[tuple[str, str]]:
    """(record, device) of every record that this one says to keep, whatever it made of it."""
    content = item.record.content
    if not isinstance(content, Recepcion):
        return set()
    return {
        (received.sha256, item.record.device)
        for received in content.registros
        if received.resultado is not Resultado.REFUSED
    }
