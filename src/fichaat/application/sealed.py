"""Finding the sealed ficha that a code means on this installation."""

from fichaat.application.ports.rows import FichaRow
from fichaat.application.ports.store import Reader
from fichaat.domain.authority import continues
from fichaat.domain.errors import UserFacingError
from fichaat.domain.lineage import History, Lineage, history
from fichaat.domain.rol import Rol


def find_lineage(reader: Reader, codigo: str, device: str) -> Lineage:
    """The lineage a person means by a code: the own one where several share it.

    Raises:
        UserFacingError: "ficha.unknown", or "ficha.not_sealed" where only a draft is.
    """
    rows = reader.fichas_with_codigo(codigo)
    if not rows:
        drafted = reader.draft(codigo) is not None
        raise UserFacingError("ficha.not_sealed" if drafted else "ficha.unknown", codigo=codigo)
    row = min(rows, key=lambda r: (r.origin != device, r.estado != "sellada", r.id, r.origin))
    return lineage_of(reader, row)


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
