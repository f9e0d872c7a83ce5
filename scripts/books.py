"""Workbooks of fichas as people fill them in: complete, or with the slips that people make."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Final

from msgspec.structs import replace

from fichaat.application.sheets import Value, Workbook

Row = Mapping[str, Value]
"""Title -> what stands below it."""

_NUMERO: Final = "N.º de ficha"
_QUINUA: Final = "050108 Quinua (Huamanga)"
_MARLENI: Final = "Marleni Ccorahua Tineo"
_WILBER: Final = "Wilber Ayme Palomino"


def fill(blank: Workbook, rows: Mapping[str, Sequence[Row]]) -> Workbook:
    """The template with these rows.

    Raises:
        KeyError: a title that no column has.
    """
    sheets = []
    for sheet in blank.sheets:
        titles = [column.title for column in sheet.columns]
        lines = []
        for row in rows.get(sheet.name, ()):
            line: list[Value] = [None] * len(titles)
            for title, value in row.items():
                line[titles.index(title)] = value
            lines.append(line)
        sheets.append(replace(sheet, rows=lines) if sheet.name in rows else sheet)
    return replace(blank, sheets=tuple(sheets))


def visits(count: int) -> dict[str, list[Row]]:
    """So many visits, of which only signatures on paper have to be scanned."""
    made: dict[str, list[Row]] = {name: [] for name in SHEETS}
    for n in range(1, count + 1):
        for name, row in _visit(n).items():
            made[name].append({_NUMERO: n, **row})
    return made


def slips(count: int) -> dict[str, list[Row]]:
    """So many visits, with the slips that people make."""
    made = visits(count)
    made["Fichas"][0] = {**made["Fichas"][0], "Fecha": "31/02/2026"}
    made["Fichas"][1] = {**made["Fichas"][1], "Hora fin": "a medio día", "Modalidad": "Telefónica"}
    made["Distritos"][2] = {**made["Distritos"][2], "Distrito": "Santa Rosa de Lima"}
    made["Acuerdos"][0] = {**made["Acuerdos"][0], "Plazo": "fin de mes"}
    made["Nudos"].append({_NUMERO: count + 7, "Nudo crítico o dificultad": "Falta el padrón."})
    made["Seguimientos"][1] = {**made["Seguimientos"][1], "Avance (%)": 140}
    return made


SHEETS: Final = (
    "Fichas",
    "Distritos",
    "Responsables",
    "Destinatarios",
    "Nudos",
    "Acuerdos",
    "Seguimientos",
)


def _visit(n: int) -> dict[str, Row]:
    day = date(2026, 10, 1 + n % 28)
    return {
        "Fichas": {
            "Fecha": day,
            "Hora de inicio": time(9),
            "Hora fin": time(11, 30),
            "Modalidad": "Presencial",
            "Lugar": "Sala de regidores",
            "Salud": "Sí",
            "Viene de una ficha en papel": "Sí",
            "Observaciones": f"Transcrita de la ficha en papel número {n}.",
        },
        "Distritos": {"Distrito": _QUINUA, "Sesión": "Diagnóstico"},
        "Responsables": {
            "Entidad": "Gobierno Regional de Ayacucho",
            "Nombres y apellidos": _MARLENI,
            "Cargo": "Especialista en articulación territorial",
            "Firma": "Firmó en papel",
        },
        "Destinatarios": {
            "Distrito": _QUINUA,
            "Entidad": "Municipalidad Distrital de Quinua",
            "Nombres y apellidos": _WILBER,
            "Cargo": "Gerente de Desarrollo Social",
            "Firma": "Firmó en papel",
        },
        "Nudos": {
            "Nudo crítico o dificultad": "14 niñas y niños no tienen DNI.",
            "Orientaciones brindadas": "Programar la jornada de DNI.",
        },
        "Acuerdos": {
            "Acuerdo o compromiso": "Jornada de DNI en Patahuayco",
            "Responsable de cumplirlo": _WILBER,
            "Plazo": date(2026, 12, 15),
            "Nudo que atiende": 1,
        },
        "Seguimientos": {
            "Acuerdo anterior": "Homologar el padrón nominal",
            "Estado": "En proceso",
            "Avance (%)": 40,
        },
    }
