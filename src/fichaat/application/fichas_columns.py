"""The sheets of a workbook of fichas: one line for each ficha, and one for each thing in it.

Titles, notes and options are sentences (codes `plantilla.*`); an import finds a column by its title
and an option by its word.
"""

from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct

from fichaat.application.sheets import CellKind, Column
from fichaat.domain.acuerdo import EstadoAcuerdo
from fichaat.domain.catalogo import Indicador
from fichaat.domain.ficha import Modalidad, Sesion, Tema
from fichaat.domain.firma import TipoFirma
from fichaat.domain.territorio import Distrito

Sentence = Callable[[str, Mapping[str, str | int]], str]
"""The Spanish sentence of a code."""

NUMERO: Final = "numero"
"""The column that joins the sheets: what the person calls a ficha in this file."""

_YES_NO = ("si", "no")
_FIRMAS = (TipoFirma.PAPEL.value, TipoFirma.PENDIENTE.value, TipoFirma.NO_FIRMO.value)


class Field(Struct, frozen=True):
    """One column: the member of the content it becomes."""

    member: str
    kind: CellKind = CellKind.TEXTO
    options: tuple[str, ...] = ()
    """Values, of which the sheet shows the words."""
    lookup: str = ""
    """"distrito", "indicador" or "acuerdo": a list that depends on what is known here."""
    required: bool = False
    typed: int = 0
    """Letters that people usually write there."""


class SheetSpec(Struct, frozen=True):
    """One sheet; its code leads to its name."""

    code: str
    fields: tuple[Field, ...]


_WORD: Final = 18
_NAME: Final = 28
_ENTITY: Final = 36
"""Letters of a short word, of a person or a district, of an institution."""

_KEY = Field(NUMERO, required=True)
_DISTRITO = Field("distrito", lookup="distrito", typed=_NAME)
_INDICADOR = Field("indicador", lookup="indicador", typed=_NAME)
_LONG = CellKind.TEXTO_LARGO
_PERSON = (
    Field("entidad", typed=_ENTITY),
    Field("nombre", typed=_NAME),
    Field("cargo", typed=_NAME),
    Field("firma", options=_FIRMAS),
    Field("motivo_firma", _LONG),
)

FICHAS: Final = SheetSpec(
    "fichas",
    (
        _KEY,
        Field("fecha", CellKind.FECHA),
        Field("hora_inicio", CellKind.HORA),
        Field("hora_fin", CellKind.HORA),
        Field("modalidad", options=tuple(item.value for item in Modalidad)),
        Field("lugar", typed=_ENTITY),
        Field("plataforma", typed=_WORD),
        *(Field(tema.value, options=_YES_NO) for tema in Tema),
        Field("indicadores", typed=_WORD),
        Field("papel", options=_YES_NO),
        Field("observaciones", _LONG),
    ),
)
DISTRITOS: Final = SheetSpec(
    "distritos",
    (
        _KEY,
        Field("distrito", lookup="distrito", required=True, typed=_NAME),
        Field("sesion", options=tuple(item.value for item in Sesion)),
    ),
)
RESPONSABLES: Final = SheetSpec("responsables", (_KEY, *_PERSON))
DESTINATARIOS: Final = SheetSpec("destinatarios", (_KEY, _DISTRITO, *_PERSON))
NUDOS: Final = SheetSpec(
    "nudos",
    (_KEY, Field("descripcion", _LONG), Field("orientacion", _LONG), _DISTRITO, _INDICADOR),
)
ACUERDOS: Final = SheetSpec(
    "acuerdos",
    (
        _KEY,
        Field("descripcion", _LONG),
        Field("responsable", typed=_NAME),
        Field("plazo", CellKind.FECHA),
        _DISTRITO,
        _INDICADOR,
        Field("nudo", CellKind.ENTERO),
    ),
)
SEGUIMIENTOS: Final = SheetSpec(
    "seguimientos",
    (
        _KEY,
        Field("descripcion", _LONG),
        Field("estado", options=tuple(item.value for item in EstadoAcuerdo)),
        Field("avance", CellKind.PORCENTAJE),
        Field("cumplido_el", CellKind.FECHA),
        Field("nuevo_plazo", CellKind.FECHA),
        Field("motivo", _LONG),
        Field("comentario", _LONG),
        Field("acuerdo", lookup="acuerdo", typed=_NAME),
    ),
)

SPECS: Final = (FICHAS, DISTRITOS, RESPONSABLES, DESTINATARIOS, NUDOS, ACUERDOS, SEGUIMIENTOS)


class FichasWords:
    """Names, titles and options of the sheets as people read them."""

    def __init__(self, sentence: Sentence) -> None:
        self._sentence = sentence

    def say(self, code: str, **params: str | int) -> str:
        """The words of a code of the room "plantilla"."""
        return self._sentence(f"plantilla.{code}", params)

    def name(self, spec: SheetSpec) -> str:
        """Of a sheet."""
        return self.say(f"hoja_{spec.code}")

    def title(self, spec: SheetSpec, field: Field) -> str:
        """Of a column."""
        if field.member == NUMERO:
            return self.say(NUMERO)
        return self.say(f"{spec.code}_{field.member}")

    def note(self, spec: SheetSpec, field: Field) -> str:
        """What to write in a column."""
        if field.member == NUMERO:
            return self.say("numero_nota" if spec is FICHAS else "numero_union_nota")
        return self.say(f"{spec.code}_{field.member}_nota")

    def options(self, field: Field) -> dict[str, str]:
        """Word -> value of a column's list."""
        return {self.say(f"opcion_{value}"): value for value in field.options}

    def column(self, spec: SheetSpec, field: Field, choices: tuple[str, ...] = ()) -> Column:
        """A column as it is written or read; `choices` are those of its lookup."""
        return Column(
            self.title(spec, field),
            field.kind,
            choices or tuple(self.options(field)),
            self.note(spec, field),
            field.required,
            free=bool(field.lookup),
            typed=field.typed,
        )


def distrito_choice(distrito: Distrito) -> str:
    """How a district stands in a list: names repeat, codes do not."""
    return f"{distrito.ubigeo} {distrito.distrito} ({distrito.provincia})"


def indicador_choice(indicador: Indicador) -> str:
    """How an indicator stands in a list."""
    return f"{indicador.codigo} {indicador.nombre}"
