"""What a run of `paquete repositorio` found and did, as lines and as data."""

from collections.abc import Sequence
from typing import Final

from fichaat.application.repository.build import Delivered
from fichaat.cli.answer import shown
from fichaat.cli.shapes import Shape, say

_NAMED: Final = 20
"""Fichas that one line names."""


def repository_shape(found: Delivered) -> Shape:
    return {
        "carpeta": shown(str(found.folder)),
        "fichas": found.fichas,
        "nuevas": found.nuevas,
        "cambiadas": found.cambiadas,
        "retiradas": list(found.retiradas),
        "archivos": found.archivos,
        "escritos": found.escritos,
        "bytes": found.bytes,
        "partes": found.partes,
        "sin_escaneo": list(found.sin_escaneo),
        "ajenos": found.ajenos,
        "grandes": list(found.grandes),
    }


def repository_lines(found: Delivered) -> list[str]:
    megas = -(-found.bytes // 1_000_000)
    lines = [
        say(
            "cli.repository",
            carpeta=shown(str(found.folder)),
            fichas=found.fichas,
            archivos=found.archivos,
            megas=megas,
        )
    ]
    if found.partes:
        lines.append(say("cli.repository_parts", partes=found.partes))
    if found.grandes:
        lines.append(say("cli.repository_large", cuales=_named(found.grandes)))
    if found.escritos or found.retiradas:
        lines.append(
            say(
                "cli.repository_wrote",
                nuevas=found.nuevas,
                cambiadas=found.cambiadas,
                escritos=found.escritos,
            )
        )
    else:
        lines.append(say("cli.repository_same"))
    if found.retiradas:
        lines.append(say("cli.repository_gone", fichas=_named(found.retiradas)))
    if found.sin_escaneo:
        lines.append(say("cli.repository_scans", fichas=_named(found.sin_escaneo)))
    if found.ajenos:
        lines.append(say("cli.repository_foreign", cantidad=found.ajenos))
    return lines


def _named(codes: Sequence[str]) -> str:
    """The first ones; the data name them all."""
    more = "" if len(codes) <= _NAMED else " …"
    return ", ".join(codes[:_NAMED]) + more
