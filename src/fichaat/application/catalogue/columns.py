"""The columns of the workbook of a catalogue: what stands in each cell, and how it is read."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Final, NamedTuple

from msgspec import Struct

from fichaat.application.catalogue.content import canonical_decimal
from fichaat.application.known_catalogue import TEMAS
from fichaat.application.sheets import CellKind, Column, Value
from fichaat.domain.catalogo import (
    ActividadPlan,
    Firmante,
    Indicador,
    MetaIndicador,
    PeriodoVerificacion,
    PersonaDirectorio,
)
from fichaat.domain.ficha import Tema
from fichaat.domain.territorio import Territorio

HELP: Final = "Instrucciones"
"""A sheet for people; reading passes it over."""

HELP_TITLES: Final = ("Paso", "Qué hacer")
HELP_LINES: Final = (
    "Llene las hojas que quiera cambiar: una hoja sin filas no cambia nada.",
    "Una hoja con filas reemplaza a toda esa parte del catálogo en vigor.",
    "En Distrito y Provincia elija de la lista. También vale el código, sin el nombre.",
    "Fechas con día, mes y año (14/06/2023). Porcentajes de 0 a 100, sin el signo.",
    "El código de un indicador no se usa otra vez. Para dejar uno de lado, ponga Sí en Retirado.",
    "No cambie los nombres de las hojas ni los títulos.",
    "En fichaat abra Catálogo, «Cargar de un archivo…»: verá qué cambia antes de publicar.",
    "Si algo está mal, se dice en qué celda y no se carga nada.",
)

_CODE: Final = 12
_NAME: Final = 28
_ID: Final = 36
_SENTENCE: Final = 40
"""Letters that a code, a person, an identifier and a line usually have."""

SINGLE: Final = "inicio_plan"
"""The section that is one value."""


class Scope(NamedTuple):
    """Whose districts stand in the drop-down lists."""

    region: str
    territorio: Territorio


class RefusedError(Exception):
    """A cell whose text is not what its column wants; the argument is the code."""


class Cell(NamedTuple):
    """One member of an entry and its column."""

    member: str
    column: Column
    read: Callable[[Value], object]
    write: Callable[[Any, Scope], Value]
    lists: str = ""
    """Whose drop-down list it has: "distritos", "provincias", "indicadores"."""


class Table(NamedTuple):
    """One sheet: a section of the content."""

    name: str
    section: str
    type: type[Struct] | None
    """None: the only cell of a row is the entry itself."""
    cells: tuple[Cell, ...]


def list_distritos(scope: Scope) -> Iterator[str]:
    for row in scope.territorio.distritos_of(scope.region):
        yield _shown_distrito(row.ubigeo, scope)


def list_provincias(scope: Scope) -> Iterator[str]:
    for code in scope.territorio.provincias(scope.region):
        yield _shown_provincia(code, scope)


def _shown_distrito(ubigeo: str, scope: Scope) -> str:
    row = scope.territorio.get(ubigeo)
    return ubigeo if row is None else f"{ubigeo} {row.distrito} ({row.provincia})"


def _written_distrito(ubigeo: str | None, scope: Scope) -> Value:
    return None if ubigeo is None else _shown_distrito(ubigeo, scope)


def _shown_provincia(code: str, scope: Scope) -> str:
    name = scope.territorio.provincia(code)
    return code if name is None else f"{code} {name}"


_LEADING_DIGITS: Final = re.compile(r"([0-9]+)(?:\s.*)?", re.DOTALL)


def _read_code(value: Value, digits: int) -> str:
    """The code before a name; a sheet that took it for a number has dropped its first zero."""
    match = _LEADING_DIGITS.fullmatch(str(value).strip())
    if match is not None and len(match[1]) in (digits - 1, digits):
        return match[1].zfill(digits)
    raise RefusedError("catalogo.distrito_form" if digits == 6 else "catalogo.provincia_form")


def _read_number(value: Value) -> str:
    if isinstance(value, int | Decimal):
        return canonical_decimal(Decimal(value))
    raise RefusedError("hoja.number")


def _written(value: Any, _: Scope) -> Value:  # noqa: ANN401  # any member
    return value if isinstance(value, int | date) else None if value in (None, "") else str(value)


def _written_number(value: str | None, _: Scope) -> Value:
    if value is None:
        return None
    number = Decimal(value)
    return int(number) if number == number.to_integral_value() else number


def _as_is(value: Value) -> object:
    return value


_TEMAS: Final[Mapping[str, Tema]] = {word: tema for tema, word in TEMAS.items()}
_YES, _NO = "Sí", "No"


def _text(
    member: str, title: str, note: str = "", *, required: bool = False, typed: int = 0
) -> Cell:
    column = Column(title, CellKind.TEXTO, note=note, required=required, typed=typed)
    return Cell(member, column, str, _written)


def _fecha(member: str, title: str, note: str = "", *, required: bool = False) -> Cell:
    column = Column(title, CellKind.FECHA, note=note, required=required)
    return Cell(member, column, _as_is, _written)


def _entero(member: str, title: str, note: str = "", *, required: bool = False) -> Cell:
    column = Column(title, CellKind.ENTERO, note=note, required=required)
    return Cell(member, column, _as_is, _written)


def _porcentaje(member: str, title: str, note: str = "") -> Cell:
    column = Column(title, CellKind.PORCENTAJE, note=note)
    return Cell(member, column, _read_number, _written_number)


def _distrito(member: str, title: str, *, required: bool = True) -> Cell:
    note = "Elija el distrito de la lista. También vale su ubigeo de seis cifras."
    column = Column(title, CellKind.TEXTO, note=note, required=required)
    return Cell(member, column, partial(_read_code, digits=6), _written_distrito, "distritos")


_PROVINCIA: Final = Cell(
    "",
    Column(
        "Provincia", CellKind.TEXTO, note="Provincia que puede actuar en cascada.", required=True
    ),
    partial(_read_code, digits=4),
    _shown_provincia,
    "provincias",
)

TABLES: Final[Sequence[Table]] = (
    Table(
        "General",
        "inicio_plan",
        None,
        (_fecha("", "Inicio del plan", "Desde ese día cuentan las cifras acumuladas."),),
    ),
    Table(
        "Firmantes",
        "firmantes",
        Firmante,
        (
            _distrito("ubigeo", "Distrito"),
            _fecha("firmo_el", "Fecha de firma", "Día en que firmó el Pacto.", required=True),
        ),
    ),
    Table(
        "Indicadores",
        "indicadores",
        Indicador,
        (
            _text(
                "codigo",
                "Código",
                "Letras, cifras, punto o guion. No se usa otra vez para otro indicador.",
                required=True,
                typed=_CODE,
            ),
            _text("nombre", "Nombre", required=True, typed=_SENTENCE),
            Cell(
                "tema",
                Column(
                    "Tema",
                    choices=tuple(_TEMAS),
                    note="Tema al que pertenece el indicador. Elíjalo de la lista.",
                    required=True,
                ),
                lambda value: _TEMAS[str(value)].value,
                lambda tema, _: TEMAS[tema],
            ),
            Cell(
                "retirado",
                Column("Retirado", choices=(_YES, _NO), note="Sí: ya no se elige en fichas."),
                lambda value: value == _YES,
                lambda value, _: _YES if value else _NO,
            ),
        ),
    ),
    Table(
        "Metas",
        "metas",
        MetaIndicador,
        (
            Cell(
                "indicador",
                Column(
                    "Indicador", note="Código de la hoja Indicadores.", required=True, typed=_CODE
                ),
                str,
                _written,
                "indicadores",
            ),
            _distrito("distrito", "Distrito"),
            Cell(
                "meta",
                Column("Meta", CellKind.DECIMAL, note="En la unidad del indicador.", required=True),
                _read_number,
                _written_number,
            ),
            _fecha("mide_desde", "Mide desde", "Primer día en que se mide la meta.", required=True),
            _fecha("mide_hasta", "Mide hasta", "Último día en que se mide la meta.", required=True),
        ),
    ),
    Table(
        "Verificaciones",
        "verificaciones",
        PeriodoVerificacion,
        (
            _entero("numero", "Número", required=True),
            _fecha("desde", "Desde", "Primer día en que cuentan las acciones.", required=True),
            _fecha("hasta", "Hasta", "Último día en que cuentan las acciones.", required=True),
            _fecha("corte", "Corte", "Corte de la verificación.", required=True),
            _fecha(
                "corte_acuerdos",
                "Corte de acuerdos",
                "Los acuerdos que vencen hasta ese día entran al porcentaje.",
                required=True,
            ),
            _porcentaje("meta", "Meta de GL (%)", "Gobiernos locales que recibieron asistencia."),
            _porcentaje("minimo_acuerdos", "Acuerdos cumplidos (%)", "En blanco vale 80."),
            _entero("minimo_analisis", "Sesiones de análisis"),
            _entero("minimo_socializacion", "Sesiones de socialización"),
            _entero("minimo_evaluacion", "Sesiones de evaluación"),
            _porcentaje("minimo_compromisos", "Compromisos del CAD (%)"),
            _fecha("plan_desde", "Plan desde", "Ventana en que se aprueba el plan."),
            _fecha("plan_hasta", "Plan hasta", "Ventana en que se aprueba el plan."),
            _fecha("valida_desde", "Valida desde", "Meses en que se valida el porcentaje."),
            _fecha("valida_hasta", "Valida hasta", "Meses en que se valida el porcentaje."),
            _fecha("evalua_desde", "Evalúa desde", "Meses en que se evalúan las metas."),
            _fecha("evalua_hasta", "Evalúa hasta", "Meses en que se evalúan las metas."),
        ),
    ),
    Table("Provincias", "provincias", None, (_PROVINCIA,)),
    Table(
        "Directorio",
        "directorio",
        PersonaDirectorio,
        (
            _text("entidad", "Entidad", required=True, typed=_SENTENCE),
            _text("nombre", "Nombre", typed=_NAME),
            _text("cargo", "Cargo", typed=_NAME),
            _distrito("distrito", "Distrito", required=False),
        ),
    ),
    Table(
        "Actividades",
        "actividades",
        ActividadPlan,
        (
            _text("nombre", "Actividad", "Como la nombra el plan.", required=True, typed=_SENTENCE),
            _text("id", "Identificador", "Lo pone el programa. No lo cambie.", typed=_ID),
        ),
    ),
)
