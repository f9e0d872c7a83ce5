"""`resumen.csv`: one line per ficha for people with a spreadsheet and without the program."""

import csv
import io
from collections.abc import Iterable, Sequence

from fichaat.application.extracto import Extracto, ExtractoFicha
from fichaat.domain.territorio import Territorio

_HEAD = (
    "Ficha",
    "Versión",
    "Fecha",
    "Hora inicio",
    "Hora fin",
    "Modalidad",
    "Distritos",
    "Sesiones",
    "Responsables",
    "Destinatarios",
    "Nudos críticos",
    "Acuerdos",
    "Sellada el",
    "Registro SHA-256",
)

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def resumen_csv(lines: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with BOM (accents survive in Excel), formulas neutralised."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEAD)
    writer.writerows([neutral(cell) for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def neutral(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.startswith(_FORMULA_STARTS) else cell


def resumen_line(
    sha256: str, record: Extracto[object], ficha: ExtractoFicha, territorio: Territorio
) -> tuple[str, ...]:
    """The cells of a ficha, in the order of the head."""
    return (
        ficha.codigo,
        str(record.version),
        "" if ficha.fecha is None else f"{ficha.fecha:%d/%m/%Y}",
        ficha.hora_inicio or "",
        ficha.hora_fin or "",
        ficha.modalidad or "",
        "; ".join([_place(item.ubigeo, territorio) for item in ficha.distritos]),
        "; ".join([item.sesion or "" for item in ficha.distritos]),
        "; ".join([f"{p.nombre} ({p.entidad})" for p in ficha.responsables]),
        "; ".join([f"{p.nombre} ({p.entidad})" for p in ficha.destinatarios]),
        str(len(ficha.nudos_criticos)),
        str(len(ficha.acuerdos)),
        record.sealed_at.isoformat(),
        sha256,
    )


def _place(ubigeo: str, territorio: Territorio) -> str:
    found = territorio.known(ubigeo)
    return ubigeo if found is None else f"{ubigeo} {found.distrito} ({found.provincia})"
