"""Commands about packages: the signed files that carry sealed work."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from fichaat.application.answers import Answer as SenderAnswer
from fichaat.application.ports.bundles import BundleFile
from fichaat.application.repository.choose import Wanted
from fichaat.application.session import Session
from fichaat.application.verdict import BundleVerdict
from fichaat.cli.answer import NOT_TRUSTED, OK, REFUSED, Answer, WrongUsageError, shown
from fichaat.cli.command import command
from fichaat.cli.ficha import read_number
from fichaat.cli.files import make_folder
from fichaat.cli.moments import read_day
from fichaat.cli.progress import Job, busy
from fichaat.cli.repository_view import repository_lines, repository_shape
from fichaat.cli.shapes import (
    Shape,
    applied_line,
    bundle_file_shape,
    party_shape,
    say,
    shortened,
    verdict_exit,
    verdict_lines,
    verdict_shape,
)
from fichaat.cli.state import Cli
from fichaat.cli.terminal import write_err
from fichaat.domain.errors import CancelledError
from fichaat.system.bundle_files import bundle_files

MAX_VOLUME_MB = 1024
MIN_PART_MB, MAX_PART_MB = 5, 100_000
"""A part holds at least the largest record; a hard disk is the largest part."""

_WORST_FIRST = (REFUSED, NOT_TRUSTED, OK)

Archivos = Annotated[list[str], typer.Argument(metavar="ARCHIVO")]


def register(group: typer.Typer) -> None:
    command(group, "exportar")(exportar)
    command(group, "verificar")(verificar)
    command(group, "importar")(importar)
    command(group, "responder")(responder)
    command(group, "repositorio")(repositorio)


def exportar(
    cli: Cli,
    *,
    salida: Annotated[str, typer.Option("-o", "--salida", metavar="DIR")],
    pendiente: Annotated[bool, typer.Option("--pendiente")] = False,
    todo: Annotated[bool, typer.Option("--todo")] = False,
    volumen: Annotated[str | None, typer.Option("--volumen", metavar="MB")] = None,
    sin_cifrar: Annotated[bool, typer.Option("--sin-cifrar")] = False,
    para: Annotated[str | None, typer.Option("--para", metavar="EQUIPO")] = None,
) -> Answer:
    if pendiente and (todo or para is not None):
        raise WrongUsageError("cli.pending_or_all")
    limit = None
    if volumen is not None:
        limit = read_number(volumen, "--volumen", 1, MAX_VOLUME_MB) * 1_000_000
    with cli.session() as session:
        device = None if para is None else session.devices.find(para)
        folder = make_folder(salida)
        with busy(say("cli.doing_export")) as job:
            files, _ = session.export(
                folder,
                everything=todo,
                para=device,
                plain=sin_cifrar,
                volume_bytes=limit,
                progress=job.progress,
                cancel=job.cancel,
            )
        cifrado = all(file.cifrado for file in files)
        # All that a delivery holds is looked up for it: only where the answer is told.
        asks = cifrado and para is None
        provincia = session.delivery().destino.provincia if asks else 0
    lines = [_file_line(file) for file in files]
    lines.append(_secrecy(cifrado=cifrado, para=para is not None, provincia=provincia))
    data = {"archivos": [bundle_file_shape(file) for file in files], "cifrado": cifrado}
    return Answer(data, lines)


def _secrecy(*, cifrado: bool, para: bool, provincia: int) -> str:
    """Who can read what was written."""
    if not cifrado:
        return say("cli.export_plain")
    if para:
        return say("cli.answer_sealed")
    if provincia:
        return say("cli.export_sealed_province", cantidad=provincia)
    return say("cli.export_sealed")


def responder(
    cli: Cli, *, salida: Annotated[str, typer.Option("-o", "--salida", metavar="DIR")]
) -> Answer:
    with cli.session() as session:
        return Answer(*told_answers(write_answers(session, salida)))


def repositorio(
    cli: Cli,
    *,
    salida: Annotated[str, typer.Option("-o", "--salida", metavar="DIR")],
    desde: Annotated[str | None, typer.Option("--desde", metavar="AAAA-MM-DD")] = None,
    hasta: Annotated[str | None, typer.Option("--hasta", metavar="AAAA-MM-DD")] = None,
    volumen: Annotated[str | None, typer.Option("--volumen", metavar="MB")] = None,
    solo_aprobadas: Annotated[bool, typer.Option("--solo-aprobadas")] = False,
    todas: Annotated[bool, typer.Option("--todas")] = False,
) -> Answer:
    if solo_aprobadas and todas:
        raise WrongUsageError("cli.approved_or_all")
    wanted = Wanted(
        None if desde is None else read_day(desde, "--desde"),
        None if hasta is None else read_day(hasta, "--hasta"),
        todas,
    )
    limit = None if volumen is None else read_number(volumen, "--volumen", MIN_PART_MB, MAX_PART_MB)
    with cli.session() as session:
        session.build_repository.check(wanted)
        folder = make_folder(salida)
        with busy(say("cli.doing_repository")) as job:
            found = session.build_repository(
                folder, wanted, volume_mb=limit, progress=job.progress, cancel=job.cancel
            )
    return Answer(repository_shape(found), repository_lines(found))


def write_answers(
    session: Session, salida: str, devices: Sequence[str] | None = None
) -> list[SenderAnswer]:
    """An answer for each of these devices; for everybody that waits where None.

    Raises:
        UserFacingError: "bundle.nothing_to_answer", as `AnswerSenders`.
    """
    folder = make_folder(salida)
    with busy(say("cli.doing_answers")) as job:
        answers, _ = session.answer_senders(folder, devices, job.progress, job.cancel)
    return answers


def told_answers(answers: Sequence[SenderAnswer]) -> tuple[Shape, list[str]]:
    """What was written for whom."""
    shapes, lines = [], []
    for item in answers:
        files = [bundle_file_shape(file) for file in item.files]
        shapes.append({**party_shape(item.quien), "archivos": files})
        name = item.quien.nombre or item.quien.device[:8]
        lines.append(say("cli.answered", nombre=name))
        lines.extend("  " + _file_line(file) for file in item.files)
    return {"respuestas": shapes}, shortened(lines)


def _file_line(file: BundleFile) -> str:
    return say(
        "cli.exported",
        archivo=shown(str(file.path)),
        registros=file.records,
        kilobytes=-(-file.bytes // 1000),
    )


def verificar(cli: Cli, *, archivos: Archivos) -> Answer:
    with cli.session_if_any() as session:
        here = None if session is None else session.here
        return _each(
            cli,
            archivos,
            say("cli.doing_verify"),
            lambda path, job: cli.program.verify(path, here, job.progress, job.cancel),
        )


def importar(
    cli: Cli,
    *,
    archivos: Archivos,
    previa: Annotated[bool, typer.Option("--previa")] = False,
    con_este_reloj: Annotated[bool, typer.Option("--con-este-reloj")] = False,
) -> Answer:
    with cli.session() as session:
        paths = bundle_files(_paths(archivos))
        with busy(say("cli.doing_bundle")) as job:
            received, _ = session.receive_bundles(
                paths,
                preview=previa,
                accept_clock=con_este_reloj,
                progress=job.progress,
                cancel=job.cancel,
            )
    verdicts = [verdict for _, verdict in received.verdicts]
    lines = []
    for verdict in verdicts:
        lines.extend(verdict_lines(verdict, cli.program))
        if not previa:
            lines.append(applied_line(verdict))
    if received.error is not None or received.stopped:
        # What was taken before it stays, and is told before why it went no further.
        if lines:
            write_err("\n".join(lines))
        raise received.error or CancelledError
    shapes = [
        {**verdict_shape(verdict, cli.program), "aplicado": verdict.aplicado}
        for verdict in verdicts
    ]
    return _answer(archivos, shapes, lines, verdicts)


def _each(
    cli: Cli,
    archivos: Sequence[str],
    title: str,
    judge: Callable[[Path, Job], BundleVerdict],
) -> Answer:
    verdicts, lines = [], list[str]()
    for path in bundle_files(_paths(archivos)):
        with busy(title) as job:
            verdict = judge(path, job)
        verdicts.append(verdict)
        lines.extend(verdict_lines(verdict, cli.program))
    shapes = [verdict_shape(item, cli.program) for item in verdicts]
    return _answer(archivos, shapes, lines, verdicts)


def _answer(
    archivos: Sequence[str],
    shapes: Sequence[Shape],
    lines: Sequence[str],
    verdicts: Sequence[BundleVerdict],
) -> Answer:
    """One object for one file that was named; a list for several, or for a folder."""
    codes = {verdict_exit(verdict) for verdict in verdicts}
    worst = next(code for code in _WORST_FIRST if code in codes)
    alone = len(shapes) == len(archivos) == 1 and not Path(archivos[0]).is_dir()
    return Answer(shapes[0] if alone else shapes, lines, worst)


def _paths(archivos: Sequence[str]) -> list[Path]:
    """The files; a pattern that the shell left alone (Windows) is looked up."""
    paths: list[Path] = []
    for name in archivos:
        path = Path(name)
        pattern = "*" in path.name and not path.exists()
        paths.extend((sorted(path.parent.glob(path.name)) if pattern else []) or [path])
    return paths
