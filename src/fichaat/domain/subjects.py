"""What a record is about: the ids whose history it belongs to."""

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


def acuerdo_ids(record: Record[object]) -> list[str]:
    """The agreements that a record bears or follows up."""
    content = record.content
    if isinstance(content, EventoAcuerdo):
        return [content.acuerdo]
    if not isinstance(content, Ficha):
        return []
    found = [acuerdo.id for acuerdo in content.acuerdos]
    found += [event.acuerdo for event in content.seguimientos if event.acuerdo is not None]
    return found


def subjects_of(record: Record[object]) -> frozenset[str]:
    """Every id in whose history the record stands."""
    found = acuerdo_ids(record)
    ficha = ficha_id(record)
    if ficha is not None:
        found.append(ficha)
    return frozenset(found)
