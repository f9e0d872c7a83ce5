"""What a record is about: the ids whose history it belongs to."""

from collections.abc import Iterator

from fichaat.domain.acuerdo import EventoAcuerdo
from fichaat.domain.ficha import Ficha
from fichaat.domain.firma import Anulacion, Evidencia
from fichaat.domain.record import Record


def ficha_id(record: Record[object]) -> str | None:
    """The ficha that a record seals, proves or annuls; None for any other kind."""
    content = record.content
    if isinstance(content, Ficha):
        return record.id
    if isinstance(content, Evidencia | Anulacion):
        return content.sujeto.id
    return None


def acuerdo_ids(record: Record[object]) -> Iterator[str]:
    """The agreements that a record bears or follows up."""
    content = record.content
    if isinstance(content, EventoAcuerdo):
        yield content.acuerdo
    elif isinstance(content, Ficha):
        yield from (acuerdo.id for acuerdo in content.acuerdos)
        yield from (event.acuerdo for event in content.seguimientos if event.acuerdo is not None)


def subjects_of(record: Record[object]) -> frozenset[str]:
    """Every id in whose history the record stands."""
    ficha = ficha_id(record)
    own = () if ficha is None else (ficha,)
    return frozenset((*own, *acuerdo_ids(record)))
