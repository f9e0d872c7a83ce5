"""Every Spanish sentence a person reads about a code: usted, short, what happened, what to do.

A sentence names its parameters in braces. Three formats exist besides the plain one:
`{plazo:fecha}` writes an ISO date as 20/11/2026, `{limite:tamano}` a limit in bytes as 2 MB, and
`{cantidad:acuerdo|acuerdos}` chooses between one and several.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from string import Formatter
from typing import Any, Final

from fichaat.texts import (
    acuerdos,
    ajustes,
    avisos,
    bundle,
    catalogar,
    catalogo,
    cli,
    cli_catalogo,
    cli_region,
    cobertura,
    credencial,
    editor,
    ensayo,
    entrada,
    equipos,
    ficha,
    firmas,
    hojas,
    importar,
    inicio,
    lista,
    municipalidades,
    paquetes,
    perfil,
    plantillas,
    recepcion,
    record,
    recuperacion,
    region,
    reloj,
    repositorio,
    revisar,
    revision,
    schema,
    sellar,
    storage,
    system,
    trust,
    ventana,
    visita,
)
from fichaat.texts.sizes import limit_words

MISSING: Final = "…"
"""Stands where a parameter was not given or is blank."""

FALLBACK: Final = (
    "Ocurrió algo para lo que este programa no tiene una explicación. "
    "Anote el código {code} y consulte el manual."
)

_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MAX_PARAM = 300


def merge(parts: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """One table of sentences.

    Raises:
        ValueError: two rooms have a sentence for the same code.
    """
    merged: dict[str, str] = {}
    for part in parts:
        repeated = sorted(merged.keys() & part.keys())
        if repeated:
            raise ValueError(f"two sentences for {repeated}")
        merged.update(part)
    return merged


MESSAGES: Final[Mapping[str, str]] = merge(
    module.MESSAGES
    for module in (
        acuerdos,
        ajustes,
        avisos,
        bundle,
        catalogar,
        catalogo,
        cli,
        cli_catalogo,
        cli_region,
        cobertura,
        credencial,
        editor,
        ensayo,
        entrada,
        equipos,
        ficha,
        firmas,
        hojas,
        importar,
        inicio,
        lista,
        municipalidades,
        paquetes,
        perfil,
        plantillas,
        recepcion,
        record,
        recuperacion,
        region,
        reloj,
        repositorio,
        revisar,
        revision,
        schema,
        sellar,
        storage,
        system,
        trust,
        ventana,
        visita,
    )
)


class _Sentence(Formatter):
    """Plain names only, and nothing that a parameter holds can raise or be read as a template."""

    def get_field(
        self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> tuple[Any, str]:
        del args
        return kwargs.get(field_name, MISSING), field_name

    def format_field(self, value: object, format_spec: str) -> str:
        text = str(value)[:_MAX_PARAM]
        if format_spec == "fecha":
            return _ISO_DATE.sub(r"\3/\2/\1", text)
        if format_spec == "tamano" and text.isdecimal():
            return limit_words(int(text))
        if "|" in format_spec:
            one, _, several = format_spec.partition("|")
            return one if text == "1" else several
        return text if text.strip() else MISSING


_SENTENCE: Final = _Sentence()


def message(code: str, params: Mapping[str, str | int]) -> str:
    """The sentence of a code. Never raises: an unknown code gets a sentence that names it."""
    template = MESSAGES.get(code)
    if template is None:
        return _SENTENCE.vformat(FALLBACK, (), {"code": code})
    return _SENTENCE.vformat(template, (), params)
