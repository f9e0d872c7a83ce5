"""Reads the list of districts: the shipped one, or a newer official one that a person gives."""

from functools import cache
from pathlib import Path

from fichaat.domain.errors import SchemaError
from fichaat.domain.territorio import Territorio, parse_ubigeo_csv
from fichaat.system.paths import resource


def load_territorio(path: Path | None = None) -> Territorio:
    """The index of a CSV file with the columns ubigeo, departamento, provincia, distrito.

    Args:
        path: a file of the person; without it, the shipped list (read once).

    Raises:
        SchemaError: the file is not such a list.
        OSError: the file cannot be read.
    """
    return _shipped() if path is None else _read(path)


@cache
def _shipped() -> Territorio:
    return _read(resource("ubigeo.csv"))


def _read(path: Path) -> Territorio:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise SchemaError("schema.not_utf8") from None
    return Territorio(parse_ubigeo_csv(text))
