"""Commands about packages: the signed files that carry sealed work."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from fichaat.application.program import Program
from fichaat.application.verdict import BundleVerdict
from fichaat.cli.answer import NOT_TRUSTED, OK, REFUSED, Answer, WrongUsageError, shown
from fichaat.cli.command import command
from fichaat.cli.ficha import read_number
from fichaat.cli.files import make_folder
from fichaat.cli.progress import Job, busy
from fichaat.cli.shapes import (
    Shape,
    applied_line,
    bundle_file_shape,
    say,
    verdict_exit,
    verdict_lines,
    verdict_shape,
)
from fichaat.cli.state import Cli

MAX_VOLUME_MB = 1024
_WORST_FIRST = (REFUSED, NOT_TRUSTED, OK)

Archivos = Annotated[list[str], typer.Argument(metavar="ARCHIVO")]


def register(group: typer.Typer) -> None:
    command(group, "exportar")(exportar)
    command(group, "verificar")(verificar)
    command(group, "importar")(importar)


def exportar(
    cli: Cli,
    *,
    salida: Annotated[str, typer.Option("-o", "--salida", metavar="DIR")],
    pendiente: Annotated[bool, typer.Option("--pendiente")] = False,
    todo: Annotated[bool, typer.Option("--todo")] = False,
    volumen: Annotated[str | None, typer.Option("--volumen", metavar="MB")] = None,
    sin_cifrar: Annotated[bool, typer.Option("--sin-cifrar")] = False,  # noqa: ARG001  # plain until a catalogue names recipients
) -> Answer:
    if todo and pendiente:
        raise WrongUsageError("cli.pending_or_all")
    limit = None
    if volumen is not None:
        limit = read_number(volumen, "--volumen", 1, MAX_VOLUME_MB) * 1_000_000
    with cli.session() as session:
        folder = make_folder(salida)
        with busy(say("cli.doing_export")) as job:
            files, _ = session.export(
                folder,
                everything=todo,
                volume_bytes=limit,
                progress=job.progress,
                cancel=job.cancel,
            )
    lines = [
        say(
            "cli.exported",
            archivo=shown(str(file.path)),
            registros=file.records,
            kilobytes=-(-file.bytes // 1000),
        )
        for file in files
    ]
    return Answer({"archivos": [bundle_file_shape(file) for file in files]}, lines)


def verificar(cli: Cli, *, archivos: Archivos) -> Answer:
    with cli.session_if_any() as session:
        here = None if session is None else session.here
        return _each(
            cli,
            archivos,
            say("cli.doing_verify"),
            lambda path, job: cli.program.verify(path, here, job.progress, job.cancel),
            verdict_shape,
        )


def importar(
    cli: Cli,
    *,
    archivos: Archivos,
    previa: Annotated[bool, typer.Option("--previa")] = False,
) -> Answer:
    with cli.session() as session:
        return _each(
            cli,
            archivos,
            say("cli.doing_bundle"),
            lambda path, job: session.import_bundle(
                path, preview=previa, progress=job.progress, cancel=job.cancel
            )[0],
            lambda verdict, program: {
                **verdict_shape(verdict, program),
                "aplicado": verdict.aplicado,
            },
            applies=not previa,
        )


def _each(
    cli: Cli,
    archivos: Sequence[str],
    title: str,
    judge: Callable[[Path, Job], BundleVerdict],
    shape: Callable[[BundleVerdict, Program], Shape],
    *,
    applies: bool = False,
) -> Answer:
    shapes, lines, codes = [], list[str](), set[int]()
    for path in _paths(archivos):
        with busy(title) as job:
            verdict = judge(path, job)
        shapes.append(shape(verdict, cli.program))
        lines.extend(verdict_lines(verdict, cli.program))
        if applies:
            lines.append(applied_line(verdict))
        codes.add(verdict_exit(verdict))
    worst = next(code for code in _WORST_FIRST if code in codes)
    return Answer(shapes[0] if len(shapes) == 1 else shapes, lines, worst)


def _paths(archivos: Sequence[str]) -> list[Path]:
    """The files; a pattern that the shell left alone (Windows) is looked up."""
    paths: list[Path] = []
    for name in archivos:
        path = Path(name)
        pattern = "*" in path.name and not path.exists()
        paths.extend((sorted(path.parent.glob(path.name)) if pattern else []) or [path])
    return paths
