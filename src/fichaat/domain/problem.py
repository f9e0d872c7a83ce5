"""What a rule says about a ficha (a code, never a sentence) and what the rules may know."""

from collections.abc import Mapping, Set
from datetime import date
from enum import StrEnum

from msgspec import Struct

from fichaat.domain.errors import Param
from fichaat.domain.territorio import Distrito


class Severity(StrEnum):
    ERROR = "error"  # blocks sealing
    WARNING = "warning"  # asks for a reason, kept in the record
    REFUSED = "refused"  # not even a draft: the value has the wrong shape


class Problem(Struct, frozen=True, forbid_unknown_fields=True):
    """One finding. `texts.message(code, params)` is its Spanish sentence."""

    code: str
    severity: Severity
    path: str
    """RFC 6901 pointer into the content."""
    params: dict[str, Param] = {}


class ContextoValidacion(Struct, frozen=True):
    """Everything outside the ficha that a rule looks at, gathered by the application."""

    hoy: date
    region: str
    """The two digits of the installation's region."""
    distritos_conocidos: Mapping[str, Distrito]
    """Every district of the country, now or before (`Territorio.conocidos`)."""
    firmantes: Mapping[str, date] | None = None
    """Signatories of the Pacto and when they signed; None while no catalogue is known."""
    indicadores: Set[str] | None = None
    """Codes of the catalogue; None while no catalogue is known."""
    primer_diagnostico: Mapping[str, date] = {}
    """The earliest diagnóstico of each local government that *other* fichas record."""
    acuerdos_conocidos: Set[str] = frozenset()
    """Agreements born in other fichas."""
    acuerdos_abiertos: Mapping[str, Set[str]] = {}
    """District -> its open agreements, of other fichas."""
    acuerdos_ajenos: Mapping[str, str] = {}
    """Agreement of this ficha whose id another sealed one bears -> the code of that one."""
    posibles_duplicados: tuple[str, ...] = ()
    """Codes of the fichas that `problems.overlaps` finds."""
    blobs: Set[str] = frozenset()
    """Hashes of the scans, photos and strokes that are here."""
    version: int = 1
    """Above 1 the ficha is a rectification."""


def error(code: str, path: str, **params: Param) -> Problem:
    return Problem(code, Severity.ERROR, path, params)


def warning(code: str, path: str, **params: Param) -> Problem:
    return Problem(code, Severity.WARNING, path, params)


def blank(text: str | None) -> bool:
    """Nothing that a reader would see."""
    return not text or text.isspace()
