"""What a record is about: the ids whose history it belongs to."""

from typing import Final

from fichaat.domain.acuerdo import EventoAcuerdo
from fichaat.domain.catalogo import Catalogo
from fichaat.domain.credencial import Credencial, Relevo, Revocacion
from fichaat.domain.ficha import Ficha
from fichaat.domain.firma import Anulacion, Evidencia
from fichaat.domain.record import Record
from fichaat.domain.revision import Revision


def ficha_id(record: Record[object]) -> str | None:
    """The ficha that a record seals, proves, annuls or judges; None for any other kind."""
    content = record.content
    if isinstance(content, Ficha):
        return record.id
    if isinstance(content, Evidencia | Anulacion | Revision):
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


def device_ids(record: Record[object]) -> list[str]:
    """The devices that a record of the region key is about."""
    content = record.content
    if isinstance(content, Credencial | Revocacion):
        return [content.device]
    if isinstance(content, Relevo):
        return [content.anterior, content.nuevo]
    return []


CATALOGUE_SUBJECT: Final = "catalogo"
"""Every version of the catalogue is about the same thing."""


def subjects_of(record: Record[object]) -> frozenset[str]:
    """Every id in whose history the record stands."""
    if isinstance(record.content, Ficha):
        return frozenset((record.id, *acuerdo_ids(record)))
    found = acuerdo_ids(record) + device_ids(record)
    ficha = ficha_id(record)
    if ficha is not None:
        found.append(ficha)
    if isinstance(record.content, Catalogo):
        found.append(CATALOGUE_SUBJECT)
    return frozenset(found)
