"""Commands about backups."""

from pathlib import Path
from typing import Annotated

import typer

from fichaat.cli.answer import Answer, shown
from fichaat.cli.command import command
from fichaat.cli.files import make_folder
from fichaat.cli.progress import busy
from fichaat.cli.shapes import say
from fichaat.cli.state import Cli
from fichaat.domain.errors import UserFacingError
from fichaat.system.clock import LIMA

Carpeta = Annotated[str | None, typer.Option("-o", "--salida", metavar="DIR")]


def register(group: typer.Typer) -> None:
    command(group, "crear")(crear)
    command(group, "listar")(listar)
    command(group, "restaurar")(restaurar)


def crear(cli: Cli, *, salida: Carpeta = None) -> Answer:
    with cli.session() as session, busy(say("cli.doing_backup")) as job:
        folder = None if salida is None else make_folder(salida)
        path = session.backup(folder, job.progress)
    made = next(item for item in cli.program.backups(path.parent) if item.path == path)
    files = [shown(str(file)) for file in made.files]
    _, slots, blobs = (shown(file.name) for file in made.files)
    line = say("cli.backup_made", archivo=files[0], claves=slots, adjuntos=blobs)
    return Answer({"ruta": files[0], "archivos": files}, [line])


def listar(cli: Cli, *, salida: Carpeta = None) -> Answer:
    folder = cli.program.backup_folder(cli.folder) if salida is None else Path(salida)
    if folder.is_file():
        raise UserFacingError("cli.not_a_folder", archivo=shown(str(folder)))
    found = cli.program.backups(folder)
    data = {
        "respaldos": [
            {
                "ruta": shown(str(item.path)),
                "creado": item.instant.astimezone(LIMA).isoformat(),
                "bytes": item.bytes,
            }
            for item in found
        ]
    }
    lines = [
        say(
            "cli.backup_line",
            archivo=shown(str(item.path)),
            momento=f"{item.instant.astimezone(LIMA):%d/%m/%Y %H:%M}",
            kilobytes=-(-item.bytes // 1000),
        )
        for item in found
    ]
    return Answer(data, lines or [say("cli.no_backups", carpeta=shown(str(folder)))])


def restaurar(cli: Cli, *, respaldo: Annotated[str, typer.Argument(metavar="RESPALDO")]) -> Answer:
    folder = cli.folder
    snapshot = Path(respaldo)
    if not snapshot.exists():
        # As `respaldo listar` shows it, without its folder.
        snapshot = cli.program.backup_folder(folder) / respaldo
    cli.program.note(folder)
    passphrase = cli.passphrase()
    with busy(say("cli.doing_restore")) as job:
        done = cli.program.restore(snapshot.absolute(), folder, passphrase, job.progress)
    aside = None if done.aside is None else shown(str(done.aside))
    shape = {
        "restaurado": True,
        "carpeta": shown(str(folder)),
        "anterior": aside,
        "adjuntos_faltantes": done.missing_blobs,
    }
    lines = [say("cli.restored", carpeta=shown(str(folder)))]
    if aside is not None:
        lines.append(say("cli.restored_aside", carpeta=aside))
    if done.missing_blobs:
        lines.append(say("cli.restored_without_blobs", cantidad=done.missing_blobs))
    return Answer(shape, lines)
