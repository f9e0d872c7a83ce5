"""Finding the sealed ficha that a code means on this installation."""

from fichaat.application.ports import FichaRow, Reader
from fichaat.domain.authority import Authority, continues
from fichaat.domain.errors import UserFacingError
from fichaat.domain.lineage import Lineage, history


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
    lines = history(reader.records_about([row.id]), Authority()).lineages
    return next(line for line in lines if line.origin == row.origin)


def demand_author(line: Lineage, device: str) -> None:
    """Raises:
    UserFacingError: "ficha.not_author": only who sealed it corrects it.
    """
    if not continues(device, line.origin, Authority()):
        raise UserFacingError("ficha.not_author", codigo=line.ficha.codigo)
