"""What the types alone cannot say of a record: ids that do not repeat, indexes that point to
something, days that calendars can follow, members that fit each other.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from fichaat.domain.acuerdo import EventoAcuerdo
from fichaat.domain.catalogo import Catalogo
from fichaat.domain.credencial import Credencial, Revocacion
from fichaat.domain.errors import SchemaError
from fichaat.domain.ficha import Ficha, duplicate_ids
from fichaat.domain.firma import Evidencia
from fichaat.domain.paquete import PaqueteInfo
from fichaat.domain.recepcion import Recepcion
from fichaat.domain.record import Record
from fichaat.domain.revision import Revision
from fichaat.domain.rol import Rol

FIRST_YEAR = 1900
LAST_YEAR = 2199


def check_envelope(record: Record[object], *, versioned: bool) -> None:
    """A first version replaces nothing, a later one the version before; likewise in the chain.

    Raises:
        SchemaError: with the pointer to what is wrong.
    """
    replaced = record.supersedes
    if (record.version == 1) != (replaced is None) or (
        replaced is not None and replaced.version != record.version - 1
    ):
        raise SchemaError("schema.supersedes", "/supersedes")
    if record.version > 1 and not versioned:
        raise SchemaError("schema.version", "/version")
    if record.sequence > 1 and record.previous is None:
        raise SchemaError("schema.previous", "/previous")
    if any(a >= b for a, b in pairwise(record.after)):
        raise SchemaError("schema.after_order", "/after")
    if not FIRST_YEAR <= record.sealed_at.year <= LAST_YEAR:
        raise SchemaError("schema.date", "/sealed_at")


def check_content(content: object, path: str) -> None:
    """The members of one content fit each other, and its days lie in range.

    Raises:
        SchemaError: with the pointer to what is wrong.
    """
    if isinstance(content, Ficha):
        if _surely_sound(content):
            return
        _check_ficha(content, path)
    if isinstance(content, Credencial):
        _check_credencial(content, path)
    if isinstance(content, Catalogo):
        _check_years((path + pointer, day) for pointer, day in content.fechas())
    _check_years(_dates(content, path))


def _surely_sound(ficha: Ficha) -> bool:
    """True only where no id repeats, every index is valid and every year lies in range: one look
    without pointers, which nearly every ficha passes.
    """
    ids = [item.id for item in ficha.responsables]
    ids += [item.id for item in ficha.destinatarios]
    days: list[date | None] = [ficha.fecha]
    nudos = len(ficha.nudos_criticos)
    for acuerdo in ficha.acuerdos:
        if acuerdo.nudo is not None and acuerdo.nudo >= nudos:
            return False
        ids.append(acuerdo.id)
        days.append(acuerdo.plazo)
    for event in ficha.seguimientos:
        days += (event.cumplido_el, event.nuevo_plazo)
    days += [firma.firmado_en for firma in ficha.firmas]
    for day in days:
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            return False
    return len(set(ids)) == len(ids)


def _check_ficha(ficha: Ficha, path: str) -> None:
    for pointer in duplicate_ids(ficha):
        raise SchemaError("schema.duplicate_id", path + pointer)
    for row, acuerdo in enumerate(ficha.acuerdos):
        if acuerdo.nudo is not None and acuerdo.nudo >= len(ficha.nudos_criticos):
            raise SchemaError("schema.nudo_index", f"{path}/acuerdos/{row}/nudo")


def _check_credencial(credencial: Credencial, path: str) -> None:
    """A province is the scope of provincial devices only; a validity has a beginning and an end."""
    if len(credencial.ambito) != (4 if credencial.rol is Rol.PROVINCIAL else 2):
        raise SchemaError("schema.scope", f"{path}/ambito")
    if credencial.emisor and credencial.rol is not Rol.COORDINADOR:
        raise SchemaError("schema.scope", f"{path}/emisor")
    if credencial.hasta <= credencial.desde:
        raise SchemaError("schema.date", f"{path}/hasta")


def _check_years(dated: Iterable[tuple[str, date | None]]) -> None:
    """Every day and moment lies where the calendars of all systems can follow."""
    for pointer, day in dated:
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise SchemaError("schema.date", pointer)


def _dates(content: object, path: str) -> Iterator[tuple[str, date | None]]:
    if isinstance(content, Ficha):
        yield f"{path}/fecha", content.fecha
        for row, acuerdo in enumerate(content.acuerdos):
            yield f"{path}/acuerdos/{row}/plazo", acuerdo.plazo
        for row, event in enumerate(content.seguimientos):
            yield f"{path}/seguimientos/{row}/cumplido_el", event.cumplido_el
            yield f"{path}/seguimientos/{row}/nuevo_plazo", event.nuevo_plazo
    if isinstance(content, Ficha | Evidencia):
        for row, firma in enumerate(content.firmas):
            yield f"{path}/firmas/{row}/firmado_en", firma.firmado_en
    elif isinstance(content, EventoAcuerdo):
        yield f"{path}/cumplido_el", content.cumplido_el
        yield f"{path}/nuevo_plazo", content.nuevo_plazo
    elif isinstance(content, Recepcion):
        yield f"{path}/recibido_en", content.recibido_en
    elif isinstance(content, PaqueteInfo):
        yield f"{path}/creado", content.creado
    elif isinstance(content, Revision):
        yield f"{path}/plazo", content.plazo
    elif isinstance(content, Credencial):
        yield f"{path}/desde", content.desde
        yield f"{path}/hasta", content.hasta
    elif isinstance(content, Revocacion):
        yield f"{path}/desde", content.desde
