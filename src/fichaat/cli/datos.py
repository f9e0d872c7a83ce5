"""Commands about the stored data as a whole."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Final

import typer

from fichaat.application.seed_fichas import MAX_SEEDED
from fichaat.cli.answer import OK, REFUSED, Answer
from fichaat.cli.command import command
from fichaat.cli.ficha import read_number
from fichaat.cli.progress import busy
from fichaat.cli.shapes import integrity_shape, say, shortened
from fichaat.cli.state import Cli

_TOLD_OF_A_KIND: Final = 5
"""Differences of one kind that a person gets; --json has all of them."""


def register(group: typer.Typer) -> None:
    command(group, "comprobar")(comprobar)
    command(group, "reconstruir")(reconstruir)
    command(group, "sembrar")(sembrar)


def comprobar(cli: Cli) -> Answer:
    with cli.session() as session, busy(say("cli.doing_check")) as job:
        found = session.check(job.progress, job.cancel)
    data = integrity_shape(found)
    data["diferencias"] = [
        {"codigo": code, "detalle": detail, "mensaje": say(code, detalle=detail)}
        for code, detail in found.differences
    ]
    if not found.differences:
        return Answer(data, [say("cli.check_ok", registros=found.records)], OK)
    lines = [say("cli.check_differs", cantidad=len(found.differences))]
    lines += _difference_lines(found.differences)
    return Answer(data, shortened(lines), REFUSED)


def _difference_lines(differences: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The first of each kind, and how many more there are."""
    kinds: dict[str, list[str]] = {}
    for code, detail in differences:
        kinds.setdefault(code, []).append(detail)
    for code, details in kinds.items():
        for detail in details[:_TOLD_OF_A_KIND]:
            yield f"  {say(code, detalle=detail)}"
        if len(details) > _TOLD_OF_A_KIND:
            yield say("cli.check_more", cantidad=len(details) - _TOLD_OF_A_KIND)


def reconstruir(cli: Cli) -> Answer:
    with cli.session() as session, busy(say("cli.doing_rebuild")) as job:
        found = session.rebuild(job.progress, job.cancel)
    huella = found.projections_sha256
    return Answer(
        integrity_shape(found), [say("cli.rebuilt", registros=found.records, huella=huella)]
    )


def sembrar(
    cli: Cli,
    *,
    fichas: Annotated[str, typer.Option("--fichas", metavar="N")],
    semilla: Annotated[str, typer.Option("--semilla", metavar="N")] = "1",
) -> Answer:
    count = read_number(fichas, "--fichas", 1, MAX_SEEDED)
    seed = read_number(semilla, "--semilla", 0, 1_000_000_000)
    with cli.session() as session, busy(say("cli.doing_seed")) as job:
        sealed, _ = session.seed(count, seed, progress=job.progress, cancel=job.cancel)
    return Answer({"selladas": sealed}, [say("cli.seeded", cantidad=sealed)])
