"""The index of a repository: one line for each municipality of each ficha."""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from fichaat.application.repository.choose import Chosen
from fichaat.application.repository.manifest import FichaEntregada
from fichaat.application.resumen import neutral
from fichaat.application.sheets import CellKind, Column, Sheet, Value, Workbook
from fichaat.domain.errors import Param
from fichaat.domain.territorio import Territorio

Sentence = Callable[[str, dict[str, Param]], str]
_COLUMNS: Final = (
    ("provincia", CellKind.TEXTO),
    ("distrito", CellKind.TEXTO),
    ("ubigeo", CellKind.TEXTO),
    ("fecha", CellKind.FECHA),
    ("ficha", CellKind.TEXTO),
    ("version", CellKind.ENTERO),
    ("sesion", CellKind.TEXTO),
    ("modalidad", CellKind.TEXTO),
    ("responsables", CellKind.TEXTO_LARGO),
    ("entidad", CellKind.TEXTO_LARGO),
    ("estado", CellKind.TEXTO),
    ("papel", CellKind.TEXTO),
    ("escaneos", CellKind.ENTERO),
    ("sha256", CellKind.TEXTO),
)


class IndexLine(Struct, frozen=True):
    """One ficha in one district."""

    provincia: str
    distrito: str
    ubigeo: str
    fecha: date | None
    ficha: str
    version: int
    sesion: str
    modalidad: str
    responsables: tuple[str, ...]
    entidades: tuple[str, ...]
    aprobada: bool
    papel: str
    """Name of its paper: a group ficha stands in the folder of its first district only."""
    escaneos: int
    sha256: str
    """Of the paper."""


def index_lines(
    chosen: Chosen, delivered: FichaEntregada, territorio: Territorio
) -> list[IndexLine]:
    ficha = chosen.ficha
    lines: dict[str, IndexLine] = {}
    for item in ficha.distritos:
        place = territorio.known(item.ubigeo)
        lines.setdefault(
            item.ubigeo,
            IndexLine(
                provincia="" if place is None else place.provincia,
                distrito="" if place is None else place.distrito,
                ubigeo=item.ubigeo,
                fecha=ficha.fecha,
                ficha=ficha.codigo,
                version=delivered.version,
                sesion=item.sesion or "",
                modalidad=ficha.modalidad or "",
                responsables=tuple(dict.fromkeys(x.nombre for x in ficha.responsables)),
                entidades=tuple(dict.fromkeys(x.entidad for x in ficha.responsables)),
                aprobada=chosen.aprobada,
                papel=delivered.archivos[0].ruta,
                escaneos=len(delivered.archivos) - 1,
                sha256=delivered.archivos[0].sha256,
            ),
        )
    return list(lines.values())


class Index:
    """Both forms of the same lines, in the words of the program."""

    def __init__(self, lines: Sequence[IndexLine], region: str, sentence: Sentence) -> None:
        """`region`: its name."""
        self._lines = sorted(lines, key=_order)
        self._region = region
        self._sentence = sentence

    def workbook(self) -> Workbook:
        """The lines, and how many fichas each municipality has."""
        title = self._say("title")
        lead = (title, self._say("lead", region=self._region, cantidad=self._fichas))
        columns = tuple(Column(self._say(f"col_{code}"), kind) for code, kind in _COLUMNS)
        rows = [self._cells(line) for line in self._lines]
        counted = (
            Column(self._say("col_provincia")),
            Column(self._say("col_distrito")),
            Column(self._say("col_ubigeo")),
            Column(self._say("col_fichas"), CellKind.ENTERO),
        )
        sheets = (
            Sheet(self._say("sheet_fichas"), columns, rows, lead),
            Sheet(self._say("sheet_distritos"), counted, self._by_district(), lead),
        )
        return Workbook(title, sheets)

    def csv(self) -> bytes:
        """UTF-8 with BOM and «;», as Excel in Peru opens it; formulas neutralised."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
        writer.writerow([self._say(f"col_{code}") for code, _ in _COLUMNS])
        for line in self._lines:
            writer.writerow([neutral(_text(cell)) for cell in self._cells(line)])
        return out.getvalue().encode("utf-8-sig")

    @property
    def _fichas(self) -> int:
        return len({line.papel for line in self._lines})

    def _by_district(self) -> list[Sequence[Value]]:
        found: dict[tuple[str, str, str], int] = defaultdict(int)
        for line in self._lines:
            found[line.provincia, line.distrito, line.ubigeo] += 1
        return [(*place, count) for place, count in sorted(found.items(), key=lambda x: x[0][2])]

    def _cells(self, line: IndexLine) -> Sequence[Value]:
        return (
            line.provincia,
            line.distrito,
            line.ubigeo,
            line.fecha,
            line.ficha,
            line.version,
            self._sentence(f"lista.{line.sesion}", {}) if line.sesion else None,
            self._sentence(f"lista.{line.modalidad}", {}) if line.modalidad else None,
            "; ".join(filter(None, line.responsables)) or None,
            "; ".join(filter(None, line.entidades)) or None,
            self._say("aprobada" if line.aprobada else "sin_aprobar"),
            line.papel,
            line.escaneos,
            line.sha256,
        )

    def _say(self, code: str, **params: Param) -> str:
        return self._sentence(f"repositorio.{code}", params)


def _order(line: IndexLine) -> tuple[str, date, str]:
    return line.ubigeo, line.fecha or date.min, line.ficha


def _text(cell: Value) -> str:
    if cell is None:
        return ""
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)
