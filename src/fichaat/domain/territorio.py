"""Districts, provinces and departments by INEI code. Names repeat; the six digits do not."""

import csv
from collections.abc import Iterable, Mapping
from itertools import pairwise
from types import MappingProxyType

import msgspec
from msgspec import Struct, structs

from fichaat.domain.errors import SchemaError
from fichaat.domain.text import DistritoUbigeo, fold, normalise

HEADER = ("ubigeo", "departamento", "provincia", "distrito")

_CALLAO = "07"


class Distrito(Struct, frozen=True):
    """One district and where it belongs."""

    ubigeo: DistritoUbigeo
    departamento: str
    provincia: str
    distrito: str

    @property
    def is_provincial(self) -> bool:
        """Its municipality is the provincial one: the code ends in 01."""
        return self.ubigeo.endswith("01")


class _Index:
    """What one list says; it never changes."""

    def __init__(self, rows: Iterable[Distrito], former: Iterable[Distrito]) -> None:
        ordered = sorted(rows, key=lambda row: row.ubigeo)
        distritos: dict[str, Distrito] = {}
        departamentos: dict[str, str] = {}
        provincias: dict[str, str] = {}
        for row in ordered:
            names = (
                (distritos.setdefault(row.ubigeo, row), row),
                (departamentos.setdefault(row.ubigeo[:2], row.departamento), row.departamento),
                (provincias.setdefault(row.ubigeo[:4], row.provincia), row.provincia),
            )
            if any(known is not name and known != name for known, name in names):
                raise SchemaError("schema.ubigeo_contradiction", value=row.ubigeo)
        if len(distritos) != len(ordered):
            raise SchemaError("schema.ubigeo_repeated", value=_first_repeated(ordered))
        self.distritos: Mapping[str, Distrito] = MappingProxyType(distritos)
        self.conocidos: Mapping[str, Distrito] = MappingProxyType(
            {**{row.ubigeo: row for row in former}, **distritos}
        )
        self.departamentos = departamentos
        self.provincias = provincias
        self.searched = [
            (fold(row.distrito), fold(f"{row.distrito} {row.provincia}"), row) for row in ordered
        ]


class Territorio:
    """An index of districts, in the order of their codes.

    Another list takes the place of the one that it holds only as a whole (`renew`): everybody who
    has this index then reads the new one, in any thread, and nobody half of each.
    """

    def __init__(self, rows: Iterable[Distrito], former: Iterable[Distrito] = ()) -> None:
        """
        Args:
            rows: the districts that there are.
            former: those of earlier lists, which may be gone by now.

        Raises:
            SchemaError: a code stands twice, or a department or province has two names.
        """
        self._index = _Index(rows, former)

    def copy(self) -> "Territorio":
        """One of its own: what renews it leaves this one as it is."""
        made = Territorio(())
        made.renew(self)
        return made

    def renew(self, other: "Territorio") -> None:
        """From now on what another one says."""
        self._index = other._index  # noqa: SLF001  # of its own kind

    @property
    def distritos(self) -> Mapping[str, Distrito]:
        """Every district by its code."""
        return self._index.distritos

    @property
    def conocidos(self) -> Mapping[str, Distrito]:
        """Every district by its code, those of earlier lists too: what was written when they were
        districts stays valid.
        """
        return self._index.conocidos

    @property
    def regiones(self) -> tuple[str, ...]:
        """Two-digit codes, in order."""
        return tuple(self._index.departamentos)

    def get(self, ubigeo: str) -> Distrito | None:
        return self._index.distritos.get(ubigeo)

    def known(self, ubigeo: str) -> Distrito | None:
        """A district that is or was, to be named: a code that is gone keeps its name, in its
        province as that is called today. None for a code that no list ever had.
        """
        index = self._index
        row = index.distritos.get(ubigeo)
        if row is not None:
            return row
        gone = index.conocidos.get(ubigeo)
        if gone is None:
            return None
        return structs.replace(gone, provincia=index.provincias.get(ubigeo[:4], gone.provincia))

    def lugar(self, ubigeo: str) -> Distrito:
        """As `known`; what no list names is called by its code."""
        return self.known(ubigeo) or Distrito(
            ubigeo,
            self.departamento(ubigeo) or ubigeo[:2],
            self.provincia(ubigeo) or ubigeo[:4],
            ubigeo,
        )

    def departamento(self, region: str) -> str | None:
        """The name of a department."""
        return self._index.departamentos.get(region[:2])

    def provincia(self, ubigeo: str) -> str | None:
        """The name of the province of a four-digit or six-digit code."""
        return self._index.provincias.get(ubigeo[:4])

    def provincias(self, region: str) -> dict[str, str]:
        """Four-digit code -> name, of one region."""
        return {
            code: name
            for code, name in self._index.provincias.items()
            if code.startswith(region[:2])
        }

    def distritos_of(self, prefix: str) -> tuple[Distrito, ...]:
        """The districts of a region (two digits) or a province (four)."""
        return tuple(row for code, row in self._index.distritos.items() if code.startswith(prefix))

    def gobierno_regional(self, region: str) -> str | None:
        """The official name ("Gobierno Regional de Ayacucho"), None for an unknown region."""
        name = self._index.departamentos.get(region)
        if name is None:
            return None
        return f"Gobierno Regional {'del' if region == _CALLAO else 'de'} {name}"

    def municipalidad(self, ubigeo: str) -> str | None:
        """The name of a municipality: provincial where the code ends in 01."""
        row = self._index.distritos.get(ubigeo)
        if row is None:
            return None
        if row.is_provincial:
            return f"Municipalidad Provincial de {row.provincia}"
        return f"Municipalidad Distrital de {row.distrito}"

    def search(self, text: str, region: str = "", limit: int = 50) -> list[Distrito]:
        """Districts whose code begins with the text, or whose name and province hold its words.

        Accents and case do not matter; names that begin with the text come first.

        Args:
            text: what a person typed ("quinua", "050108", "santa rosa la mar").
            region: two digits (or four) that the code must begin with.
            limit: how many at most.
        """
        index = self._index
        words = fold(text).split()
        if not words:
            return []
        if len(words) == 1 and words[0].isdecimal():
            found = [row for code, row in index.distritos.items() if code.startswith(words[0])]
            return [row for row in found if row.ubigeo.startswith(region)][:limit]
        typed = " ".join(words)
        ranked = [
            (0 if name == typed else 1 if name.startswith(typed) else 2, name, row.ubigeo)
            for name, whole, row in index.searched
            if row.ubigeo.startswith(region) and all(word in whole for word in words)
        ]
        return [index.distritos[ubigeo] for _, _, ubigeo in sorted(ranked)[:limit]]


def parse_ubigeo_csv(text: str) -> tuple[Distrito, ...]:
    """The rows of `resources/ubigeo.csv` or of a newer official list with the same columns.

    Raises:
        SchemaError: wrong header, a wrong row (with its number), no rows.
    """
    reader = csv.reader(text.removeprefix("\ufeff").splitlines(), strict=True)
    try:
        lines = list(reader)
    except csv.Error:
        raise SchemaError("schema.ubigeo_row", fila=reader.line_num) from None
    if not lines or tuple(normalise(cell).lower() for cell in lines[0]) != HEADER:
        raise SchemaError("schema.ubigeo_header")
    rows = [_parse_row(number, cells) for number, cells in enumerate(lines[1:], start=2) if cells]
    if not rows:
        raise SchemaError("schema.ubigeo_empty")
    return tuple(rows)


def _parse_row(number: int, cells: list[str]) -> Distrito:
    names = [normalise(cell) for cell in cells]
    if len(names) != len(HEADER) or not all(names):
        raise SchemaError("schema.ubigeo_row", fila=number)
    try:
        return msgspec.convert(dict(zip(HEADER, names, strict=True)), Distrito)
    except msgspec.ValidationError:
        raise SchemaError("schema.ubigeo_row", fila=number) from None


def _first_repeated(ordered: list[Distrito]) -> str:
    return next(a.ubigeo for a, b in pairwise(ordered) if a.ubigeo == b.ubigeo)
