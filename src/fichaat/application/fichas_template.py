"""The empty workbook in which people write fichas (`plantilla fichas`)."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import count

from fichaat.application.fichas_columns import (
    SPECS,
    FichasWords,
    SheetSpec,
    distrito_choice,
    indicador_choice,
)
from fichaat.application.find_acuerdo import OpenAcuerdo
from fichaat.application.sheets import CellKind, Column, Sheet, Workbook
from fichaat.domain.catalogo import Indicador
from fichaat.domain.territorio import Distrito

_STEPS = 9


def fichas_template(
    words: FichasWords,
    distritos: Iterable[Distrito],
    indicadores: Iterable[Indicador],
    abiertos: Sequence[OpenAcuerdo] = (),
) -> Workbook:
    """A template whose lists are those of one region.

    Args:
        words: what people read.
        distritos: those that the installation may register.
        indicadores: those of the catalogue in force.
        abiertos: the agreements that a visit may follow up; where there are some, a sheet of their
            own tells them.
    """
    lookups = {
        "distrito": tuple(map(distrito_choice, distritos)),
        "indicador": tuple(indicador_choice(i) for i in indicadores if not i.retirado),
        "acuerdo": tuple(item.choice for item in abiertos),
    }
    reference = (_reference(words, abiertos),) if abiertos else ()
    sheets = (_sheet(words, spec, lookups) for spec in SPECS)
    return Workbook(words.say("titulo"), (_instructions(words), *sheets, *reference), template=True)


def _sheet(words: FichasWords, spec: SheetSpec, lookups: Mapping[str, tuple[str, ...]]) -> Sheet:
    columns = (words.column(spec, field, lookups.get(field.lookup, ())) for field in spec.fields)
    return Sheet(words.name(spec), tuple(columns))


def _reference(words: FichasWords, abiertos: Sequence[OpenAcuerdo]) -> Sheet:
    columns = (
        Column(words.say("abiertos_municipalidad")),
        Column(words.say("abiertos_descripcion"), CellKind.TEXTO_LARGO),
        Column(words.say("abiertos_responsable")),
        Column(words.say("abiertos_plazo"), CellKind.FECHA),
        Column(words.say("abiertos_codigo")),
    )
    rows = tuple((a.municipalidad, a.descripcion, a.responsable, a.plazo, a.id) for a in abiertos)
    return Sheet(words.say("hoja_abiertos"), columns, rows)


def _instructions(words: FichasWords) -> Sheet:
    columns = (
        Column(words.say("paso")),
        Column(words.say("que_hacer"), CellKind.TEXTO_LARGO),
    )
    steps = zip(count(1), (words.say(f"paso_{n}") for n in range(1, _STEPS + 1)), strict=False)
    return Sheet(words.say("hoja_instrucciones"), columns, tuple(steps), read_only=True)
