"""The empty workbook in which people write fichas (`plantilla fichas`)."""

from collections.abc import Iterable, Mapping
from itertools import count

from fichaat.application.fichas_columns import (
    SPECS,
    FichasWords,
    SheetSpec,
    distrito_choice,
    indicador_choice,
)
from fichaat.application.sheets import CellKind, Column, Sheet, Workbook
from fichaat.domain.catalogo import Indicador
from fichaat.domain.territorio import Distrito

_STEPS = 8


def fichas_template(
    words: FichasWords, distritos: Iterable[Distrito], indicadores: Iterable[Indicador]
) -> Workbook:
    """A template whose lists are those of one region.

    Args:
        words: what people read.
        distritos: those that the installation may register.
        indicadores: those of the catalogue in force.
    """
    lookups = {
        "distrito": tuple(map(distrito_choice, distritos)),
        "indicador": tuple(indicador_choice(i) for i in indicadores if not i.retirado),
    }
    sheets = (_sheet(words, spec, lookups) for spec in SPECS)
    return Workbook(words.say("titulo"), (_instructions(words), *sheets), template=True)


def _sheet(words: FichasWords, spec: SheetSpec, lookups: Mapping[str, tuple[str, ...]]) -> Sheet:
    columns = (words.column(spec, field, lookups.get(field.lookup, ())) for field in spec.fields)
    return Sheet(words.name(spec), tuple(columns))


def _instructions(words: FichasWords) -> Sheet:
    columns = (
        Column(words.say("paso")),
        Column(words.say("que_hacer"), CellKind.TEXTO_LARGO),
    )
    steps = zip(count(1), (words.say(f"paso_{n}") for n in range(1, _STEPS + 1)), strict=False)
    return Sheet(words.say("hoja_instrucciones"), columns, tuple(steps))
