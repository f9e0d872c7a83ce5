"""The lists of a ficha that are edited as tables: their rows, and which pointer a cell has."""

from dataclasses import dataclass
from typing import Final

from msgspec import Struct

from fichaat.application.ports.keys import IdGenerator
from fichaat.application.ports.rows import Profile
from fichaat.domain.acuerdo import Acuerdo, Seguimiento
from fichaat.domain.ficha import Ficha, NudoCritico
from fichaat.domain.persona import Destinatario, Responsable
from fichaat.domain.territorio import Territorio
from fichaat.gui.pages.ficha.form import Form, shown
from fichaat.gui.pages.ficha.paths import section_row
from fichaat.gui.text import say

PERSONAS: Final = "personas"
NUDOS: Final = "nudos_criticos"
ACUERDOS: Final = "acuerdos"

_KEYS: Final = {
    "responsables": ("entidad", "nombre", "cargo"),
    "destinatarios": ("distrito", "entidad", "nombre", "cargo"),
    NUDOS: ("descripcion", "orientacion", "distrito", "indicador"),
    ACUERDOS: ("descripcion", "responsable", "plazo", "distrito", "nudo", "indicador"),
}
TABLES: Final = (PERSONAS, NUDOS, ACUERDOS)
ROLE: Final = "rol"


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in one of the tables."""

    table: str
    row: int
    key: str


def rows_of(form: Form, table: str) -> list[dict[str, str]]:
    """The texts of a table."""
    if table != PERSONAS:
        return _section_rows(form, table)
    people = [
        {ROLE: say("editor.responsable"), **row} for row in _section_rows(form, "responsables")
    ]
    people += [
        {ROLE: say("editor.destinatario"), **row} for row in _section_rows(form, "destinatarios")
    ]
    return people


def path_of(ficha: Ficha, table: str, row: int, key: str) -> str:
    """The pointer of a cell."""
    section, number = place_of(ficha, table, row)
    return f"/{section}/{number}/{key}"


def place_of(ficha: Ficha, table: str, row: int) -> tuple[str, int]:
    """The list and the row in it behind a row of a table: people stand in two lists."""
    if table != PERSONAS:
        return table, row
    above = len(ficha.responsables)
    return ("responsables", row) if row < above else ("destinatarios", row - above)


def cell_of(ficha: Ficha, path: str) -> Cell | None:
    """Where a pointer stands in a table: its first cell where it names a row or a list only."""
    section, row, key = section_row(path)
    if section not in _KEYS:
        return None
    above = len(ficha.responsables) if section == "destinatarios" else 0
    table = PERSONAS if section in ("responsables", "destinatarios") else section
    keys = _KEYS[section]
    first = "entidad" if table == PERSONAS else keys[0]
    return Cell(table, above + (row or 0), key if key in keys else first)


def new_row(
    section: str, ficha: Ficha, ids: IdGenerator, profile: Profile, territorio: Territorio
) -> Struct:
    """A row with what is known already: of a single district there is nothing to choose."""
    only = ficha.distritos[0].ubigeo if len(ficha.distritos) == 1 else None
    match section:
        case "responsables":
            return Responsable(ids.new_id(), entidad=profile.entidad)
        case "destinatarios":
            entidad = "" if only is None else territorio.municipalidad(only) or ""
            return Destinatario(ids.new_id(), only, entidad)
        case "nudos_criticos":
            return NudoCritico()
        case "acuerdos":
            nudo = 0 if len(ficha.nudos_criticos) == 1 else None
            return Acuerdo(ids.new_id(), nudo=nudo)
    return Seguimiento(descripcion="")


def shows_districts(ficha: Ficha) -> bool:
    """Whether rows must say which district they are of."""
    listed = {item.ubigeo for item in ficha.distritos}
    named = {row.distrito for row in ficha.destinatarios}
    named |= {row.distrito for row in ficha.nudos_criticos}
    named |= {row.distrito for row in ficha.acuerdos}
    return len(listed) > 1 or bool(named - listed - {None})


def shows_indicators(ficha: Ficha) -> bool:
    """Whether rows may name an indicator: only where the visit has any."""
    named = {row.indicador for row in ficha.nudos_criticos}
    named |= {row.indicador for row in ficha.acuerdos}
    return bool(ficha.indicadores) or bool(named - {None})


def _section_rows(form: Form, section: str) -> list[dict[str, str]]:
    return [
        {key: shown(form, f"/{section}/{row}/{key}") for key in _KEYS[section]}
        for row in range(len(getattr(form.ficha, section)))
    ]
