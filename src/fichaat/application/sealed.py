"""Finding the sealed ficha that a code means on this installation."""

from collections.abc import Sequence

from msgspec.structs import replace

from fichaat.application.ports.rows import FichaRow
from fichaat.application.ports.store import Reader
from fichaat.domain.authority import Standing, continues
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import Ficha
from fichaat.domain.firma import Anulacion, Evidencia
from fichaat.domain.lineage import Estado, History, Lineage, history
from fichaat.domain.record import SealedRecord
from fichaat.domain.revision import Revision
from fichaat.domain.rol import Rol


def find_lineage(reader: Reader, codigo: str, device: str, newest: str = "") -> Lineage:
    """The lineage a person means by a code. Codes are not unique: a copied laptop gives the same
    twice, and a stranger may write any. The own one is meant before those that the region knows,
    and these before all others.

    Args:
        reader: where to look.
        codigo: as the paper shows it.
        device: of this installation.
        newest: SHA-256 of the newest version, where it is known which one is meant.

    Raises:
        UserFacingError: "ficha.unknown", or "ficha.not_sealed" where only a draft is.
    """
    rows = reader.fichas_with_codigo(codigo)
    if not rows:
        drafted = reader.draft(codigo) is not None
        raise UserFacingError("ficha.not_sealed" if drafted else "ficha.unknown", codigo=codigo)
    row = min(rows, key=lambda row: (row.sha256 != newest, *_rank(row, device)))
    return lineage_of(reader, row)


def demand_one(reader: Reader, codigo: str) -> None:
    """Whether a code alone says which ficha is meant.

    Raises:
        UserFacingError: "ficha.same_codigo": several that the region knows have it.
    """
    known = {
        row.id
        for row in reader.fichas_with_codigo(codigo)
        if row.aprobacion == Standing.APROBADO and row.estado != Estado.CUARENTENA
    }
    if len(known) > 1:
        raise UserFacingError("ficha.same_codigo", codigo=codigo, cantidad=len(known))


def _rank(row: FichaRow, device: str) -> tuple[object, ...]:
    return (
        row.origin != device,
        row.aprobacion != Standing.APROBADO,
        row.estado == Estado.CUARENTENA,
        row.estado != Estado.SELLADA,
        row.id,
        row.origin,
    )


def find_copy(reader: Reader, codigo: str, sha256: str) -> Lineage:
    """The lineage of one copy of a ficha, as if that copy alone were its newest version.

    Raises:
        UserFacingError: "ficha.unknown".
    """
    for row in reader.fichas_with_codigo(codigo):
        for line in history_of(reader, row.id).lineages:
            for item in (*line.versions, *(apart.item for apart in line.apartados)):
                if item.sha256 == sha256 and isinstance(item.record.content, Ficha):
                    return _as_head(line, item)
    raise UserFacingError("ficha.unknown", codigo=codigo)


def _as_head(line: Lineage, item: SealedRecord) -> Lineage:
    """With what was said and sealed of this copy: another's late signatures are not its own."""
    return replace(
        line,
        head=item,
        revision=line.revision if item.sha256 == line.head.sha256 else None,
        evidencias=about(line.evidencias, item),
        anulaciones=about(line.anulaciones, item),
        revisiones=about(line.revisiones, item),
    )


def about(later: Sequence[SealedRecord], item: SealedRecord) -> tuple[SealedRecord, ...]:
    """Those that name exactly this version as what they are about."""
    return tuple(
        sealed
        for sealed in later
        if isinstance(content := sealed.record.content, Evidencia | Anulacion | Revision)
        and content.sujeto.sha256 == item.sha256
    )


def lineage_of(reader: Reader, row: FichaRow) -> Lineage:
    """The lineage behind one line of the list."""
    return next(line for line in history_of(reader, row.id).lineages if line.origin == row.origin)


def history_of(reader: Reader, id_: str) -> History:
    """Everything that is held about one ficha."""
    records = reader.records_about([id_])
    return history(records, reader.authority(records))


def demand_author(
    reader: Reader, line: Lineage, device: str, *, or_coordinator: bool = False
) -> None:
    """Raises:
    UserFacingError: "ficha.not_author": only who sealed it (or its relevo) corrects it; a
        coordinator may annul it and add evidence.
    """
    authority = reader.authority()
    grant = authority.grant(device)
    coordinates = grant is not None and grant.rol is Rol.COORDINADOR
    if not (continues(device, line.origin, authority) or (or_coordinator and coordinates)):
        raise UserFacingError("ficha.not_author", codigo=line.ficha.codigo)
