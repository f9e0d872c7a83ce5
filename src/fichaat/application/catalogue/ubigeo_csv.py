"""Reading an official list of districts, whatever program of the State wrote it."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from fichaat.domain.errors import UserFacingError
from fichaat.domain.problem import Problem, error
from fichaat.domain.territorio import HEADER, Distrito, Territorio
from fichaat.domain.text import MAX_LINE, defect, fold, normalise

MAX_FILE: Final = 5_000_000
MAX_LINES: Final = 20_000
MAX_PROBLEMS: Final = 200

_TITLES: Final[Mapping[str, str]] = {
    **{name: name for name in HEADER},
    "iddist": "ubigeo",
    "cod_ubigeo": "ubigeo",
    "ubigeo_inei": "ubigeo",
    "codigo_ubigeo": "ubigeo",
    "nombdep": "departamento",
    "nombre_departamento": "departamento",
    "nombprov": "provincia",
    "nombre_provincia": "provincia",
    "nombdist": "distrito",
    "nombre_distrito": "distrito",
}
"""Folded title -> the column of ours."""

_DELIMITERS: Final = ";,\t|"
_SMALL: Final = frozenset({"de", "del", "la", "las", "los", "y", "e", "el"})
"""Words of a name that a list in capitals does not tell apart from others."""
_DISTRICT_DIGITS: Final = 6
_WITHOUT_ZERO: Final = 5


class OfficialList(Struct, frozen=True):
    """What a file says."""

    rows: tuple[Distrito, ...]
    problems: tuple[Problem, ...]
    """Errors, each with the `fila` of the file; where there is one the rows are of no use."""


def read_official(data: bytes, known: Territorio) -> OfficialList:
    """The districts of a file in UTF-8 or Windows-1252, with ";" or "," between its columns.

    A name that differs from the known one only in case and accents stays as it is known: many
    lists are in capitals. A code that lost its first zero in a sheet gets it back.

    Raises:
        UserFacingError: "distritos.text" (no text), "distritos.header" (no such columns),
            "distritos.empty", "distritos.too_large".
    """
    if len(data) > MAX_FILE:
        raise UserFacingError("distritos.too_large", megas=MAX_FILE // 1_000_000)
    lines = list(_lines(_decoded(data)))
    if not lines:
        raise UserFacingError("distritos.empty")
    columns = _columns(lines[0][1])
    rows: dict[str, Distrito] = {}
    names: dict[str, str] = {}
    problems: list[Problem] = []
    for number, cells in lines[1:]:
        if len(problems) >= MAX_PROBLEMS:
            break
        values = {name: normalise(cells[at]) for name, at in columns.items() if at < len(cells)}
        if _is_blank(values) or _is_heading(values):
            continue
        row, problem = _row(values, number, known)
        if row is not None:
            problem = _contradiction(row, number, rows, names)
            rows.setdefault(row.ubigeo, row)
        if problem is not None:
            problems.append(problem)
    if not rows and not problems:
        raise UserFacingError("distritos.empty")
    return OfficialList(tuple(rows[code] for code in sorted(rows)), tuple(problems))


def write_official(rows: Sequence[Distrito]) -> str:
    """The list with our own header, as `parse_ubigeo_csv` reads it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows((row.ubigeo, row.departamento, row.provincia, row.distrito) for row in rows)
    return out.getvalue()


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            raise UserFacingError("distritos.text") from None
    if "\0" in text:
        raise UserFacingError("distritos.text")
    return text


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Every line that is not blank, with its number."""
    kept = text.splitlines()
    if len(kept) > MAX_LINES:
        raise UserFacingError("distritos.too_large", megas=MAX_FILE // 1_000_000)
    first = next((line for line in kept if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(kept, delimiter=delimiter)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error:
        raise UserFacingError("distritos.text") from None


def _columns(titles: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, title in enumerate(titles):
        name = _TITLES.get("_".join(fold(title).split()))
        if name is not None:
            if name in found:
                raise UserFacingError("distritos.header")
            found[name] = at
    if set(found) != set(HEADER):
        raise UserFacingError("distritos.header")
    return found


def _is_blank(values: Mapping[str, str]) -> bool:
    return not any(values.values())


def _is_heading(values: Mapping[str, str]) -> bool:
    """A line of a department or a province, as some lists have between their districts."""
    return values.get("ubigeo", "").endswith("00") and not values.get("distrito")


def _row(
    values: Mapping[str, str], number: int, known: Territorio
) -> tuple[Distrito | None, Problem | None]:
    code = values.get("ubigeo", "")
    if not code:
        return None, error("distritos.row_blank_code", "", fila=number)
    if len(code) == _WITHOUT_ZERO:
        code = f"0{code}"
    if not (code.isascii() and code.isdigit() and len(code) == _DISTRICT_DIGITS):
        return None, error("distritos.row_code", "", fila=number, valor=values["ubigeo"][:20])
    names = [values.get(name, "") for name in HEADER[1:]]
    if not all(names):
        return None, error("distritos.row_name", "", fila=number, ubigeo=code)
    if any(len(name) > MAX_LINE or defect(name, multiline=False) for name in names):
        return None, error("distritos.row_text", "", fila=number, ubigeo=code)
    before = known.get(code)
    old = (
        known.departamento(code),
        known.provincia(code),
        None if before is None else before.distrito,
    )
    return Distrito(code, *(_spelled(n, o) for n, o in zip(names, old, strict=True))), None


def _spelled(name: str, known: str | None) -> str:
    name = " ".join(name.split())
    if known is not None and fold(name) == fold(known):
        return known
    if not name.isupper():
        return name
    words = name.lower().split()
    return " ".join(
        word if at and word in _SMALL else word.capitalize() for at, word in enumerate(words)
    )


def _contradiction(
    row: Distrito, number: int, rows: Mapping[str, Distrito], names: dict[str, str]
) -> Problem | None:
    if row.ubigeo in rows:
        return error("distritos.row_repeated", "", fila=number, ubigeo=row.ubigeo)
    for code, name in ((row.ubigeo[:2], row.departamento), (row.ubigeo[:4], row.provincia)):
        if names.setdefault(code, name) != name:
            return error(
                "distritos.row_contradiction",
                "",
                fila=number,
                ubigeo=code,
                nombre=name,
                otro=names[code],
            )
    return None
