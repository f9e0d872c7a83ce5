"""Commands with which a province or the region says what it thinks of a ficha."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer

from fichaat.application.review_ficha import Target
from fichaat.cli.answer import Answer, WrongUsageError
from fichaat.cli.command import command
from fichaat.cli.ficha import Codigo, read_number
from fichaat.cli.moments import read_day
from fichaat.cli.shapes import say
from fichaat.cli.state import Cli
from fichaat.domain.record import SealedRecord
from fichaat.domain.revision import Revision, Veredicto
from fichaat.texts.ordenes import VEREDICTOS

MAX_VERSION = 9999

Codigos = Annotated[list[str], typer.Argument(metavar="CODIGO")]
Motivo = Annotated[str, typer.Option("--motivo")]
Version = Annotated[str | None, typer.Option("--version", metavar="N")]
Copia = Annotated[str | None, typer.Option("--sha256", metavar="HUELLA")]


def register(group: typer.Typer) -> None:
    command(group, "visar")(visar)
    command(group, "aprobar")(aprobar)
    command(group, "observar")(observar)
    command(group, "rechazar")(rechazar)
    command(group, "retirar")(retirar)
    command(group, "elegir")(elegir)


def visar(
    cli: Cli,
    *,
    codigos: Codigos,
    motivo: Motivo = "",
    version: Version = None,
    sha256: Copia = None,
) -> Answer:
    return _review_all(cli, Veredicto.VISADA, codigos, motivo, version=version, sha256=sha256)


def aprobar(
    cli: Cli,
    *,
    codigos: Codigos,
    motivo: Motivo = "",
    version: Version = None,
    sha256: Copia = None,
) -> Answer:
    return _review_all(cli, Veredicto.APROBADA, codigos, motivo, version=version, sha256=sha256)


def observar(
    cli: Cli,
    *,
    codigo: Codigo,
    motivo: Motivo,
    plazo: Annotated[str | None, typer.Option("--plazo", metavar="AAAA-MM-DD")] = None,
    version: Version = None,
    sha256: Copia = None,
) -> Answer:
    day = None if plazo is None else read_day(plazo, "--plazo")
    return _review(
        cli, Veredicto.OBSERVADA, codigo, motivo, version=version, sha256=sha256, plazo=day
    )


def rechazar(
    cli: Cli, *, codigo: Codigo, motivo: Motivo, version: Version = None, sha256: Copia = None
) -> Answer:
    return _review(cli, Veredicto.RECHAZADA, codigo, motivo, version=version, sha256=sha256)


def retirar(
    cli: Cli, *, codigo: Codigo, motivo: Motivo, version: Version = None, sha256: Copia = None
) -> Answer:
    return _review(cli, Veredicto.RETIRADA, codigo, motivo, version=version, sha256=sha256)


def elegir(
    cli: Cli,
    *,
    codigo: Codigo,
    sha256: Annotated[str, typer.Option("--sha256", metavar="HUELLA")],
    motivo: Motivo = "",
    version: Version = None,
) -> Answer:
    return _review(cli, Veredicto.ELEGIDA, codigo, motivo, version=version, sha256=sha256)


def _review(
    cli: Cli,
    veredicto: Veredicto,
    codigo: str,
    motivo: str,
    *,
    version: str | None,
    sha256: str | None,
    plazo: date | None = None,
) -> Answer:
    number = None if version is None else read_number(version, "--version", 1, MAX_VERSION)
    with cli.session() as session:
        record, _ = session.review(
            codigo, veredicto, motivo, plazo=plazo, version=number, sha256=sha256
        )
    return _answer([codigo], [record])


def _review_all(
    cli: Cli,
    veredicto: Veredicto,
    codigos: Sequence[str],
    motivo: str,
    *,
    version: str | None,
    sha256: str | None,
) -> Answer:
    """All of them or none; which version or copy is meant can only be said of one."""
    if len(codigos) == 1:
        return _review(cli, veredicto, codigos[0], motivo, version=version, sha256=sha256)
    for option, given in (("--version", version), ("--sha256", sha256)):
        if given is not None:
            raise WrongUsageError("cli.only_of_one", opcion=option)
    targets = [Target(codigo) for codigo in codigos]
    with cli.session() as session:
        sealed, _ = session.review.several(targets, veredicto, motivo)
    return _answer(codigos, sealed)


def _answer(codigos: Sequence[str], sealed: Sequence[SealedRecord]) -> Answer:
    """A list where several were asked for."""
    shapes, told = [], []
    for codigo, record in zip(codigos, sealed, strict=True):
        content = record.record.content
        assert isinstance(content, Revision)  # what the use case seals
        shapes.append(
            {
                "codigo": codigo,
                "version": content.sujeto.version,
                "veredicto": content.veredicto.value,
                "copia": content.sujeto.sha256,
                "plazo": None if content.plazo is None else content.plazo.isoformat(),
                "sha256": record.sha256,
            }
        )
        verdict = VEREDICTOS[content.veredicto]
        told.append(say("cli.reviewed", codigo=codigo, veredicto=verdict))
    return Answer(shapes[0] if len(shapes) == 1 else shapes, told)
