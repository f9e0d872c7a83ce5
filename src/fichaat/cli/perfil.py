"""Commands about who works in a data folder."""

from pathlib import Path
from typing import Annotated

import typer

from fichaat.application.profiles import PRACTICE, NewProfile
from fichaat.application.session import Session
from fichaat.cli.answer import Answer, WrongUsageError, shown
from fichaat.cli.command import command
from fichaat.cli.files import Reemplazar, target_file
from fichaat.cli.progress import busy
from fichaat.cli.recuperacion import abrir, pedir_recuperacion
from fichaat.cli.region_view import region_lines, region_shape
from fichaat.cli.shapes import Shape, bundle_file_shape, say
from fichaat.cli.state import Cli
from fichaat.cli.terminal import ask_new_passphrase, ask_secret, checked_passphrase, demand
from fichaat.domain.errors import UserFacingError
from fichaat.domain.rol import Rol
from fichaat.system.settings import first_line
from fichaat.texts.ordenes import ROLES


def register(group: typer.Typer) -> None:
    command(group, "crear")(crear)
    command(group, "mostrar")(mostrar)
    command(group, "solicitud")(solicitud)
    command(group, "abrir")(abrir)
    command(group, "pedir-recuperacion")(pedir_recuperacion)
    command(group, "clave")(clave)


def crear(
    cli: Cli,
    *,
    rol: Annotated[str | None, typer.Option("--rol", metavar="ROL")] = None,
    region: Annotated[str | None, typer.Option("--region", metavar="NN")] = None,
    provincia: Annotated[str | None, typer.Option("--provincia", metavar="NNNN")] = None,
    nombre: Annotated[str | None, typer.Option("--nombre")] = None,
    cargo: Annotated[str | None, typer.Option("--cargo")] = None,
    entidad: Annotated[str | None, typer.Option("--entidad")] = None,
    practica: Annotated[bool, typer.Option("--practica")] = False,
) -> Answer:
    if practica:
        wanted = NewProfile(
            rol=PRACTICE.rol if rol is None else read_rol(rol),
            region=region or PRACTICE.region,
            provincia=provincia,
            nombre=nombre or PRACTICE.nombre,
            cargo=cargo or PRACTICE.cargo,
            entidad=entidad or PRACTICE.entidad,
            practice=True,
        )
        folder = cli.program.practice_folder(cli.datos)
    else:
        wanted = NewProfile(
            rol=read_rol(demand(rol, "--rol", say("cli.ask_rol"))),
            region=demand(region, "--region", say("cli.ask_region")),
            provincia=provincia,
            nombre=demand(nombre, "--nombre", say("cli.ask_nombre")),
            cargo=demand(cargo, "--cargo", say("cli.ask_cargo")),
            entidad=demand(entidad, "--entidad", say("cli.ask_entidad")),
        )
        folder = cli.folder
    if cli.program.exists(folder):
        raise UserFacingError("perfil.exists")
    _check(cli, wanted)
    passphrase = cli.new_passphrase()
    recovery = cli.program.create(folder, wanted, passphrase)
    cli.program.note(folder)
    with cli.program.open(folder, passphrase) as session:
        data = {**_profile_shape(cli, session), "recuperacion": list(recovery)}
        lines = [say("cli.profile_made", carpeta=shown(str(folder))), *_profile_lines(cli, session)]
    numbered = [f"{number:>4}. {word}" for number, word in enumerate(recovery, 1)]
    return Answer(data, [*lines, "", say("cli.recovery_words"), *numbered])


def _check(cli: Cli, wanted: NewProfile) -> None:
    """Raises:
    WrongUsageError: "perfil.*", "schema.*": all of it was said on the command line.
    """
    try:
        cli.program.check_profile(wanted)
    except UserFacingError as error:
        raise WrongUsageError(error.code, **error.params) from None


def mostrar(cli: Cli) -> Answer:
    with cli.session() as session:
        return Answer(_profile_shape(cli, session), _profile_lines(cli, session))


def solicitud(
    cli: Cli,
    *,
    salida: Annotated[str | None, typer.Option("-o", "--salida", metavar="ARCHIVO")] = None,
    reemplazar: Reemplazar = False,
) -> Answer:
    with cli.session() as session:
        usual = f"solicitud-{session.here.key.device[:8]}.fichaat"
        target = target_file(salida, usual, replace=reemplazar)
        with busy(say("cli.doing_request")):
            file = session.request(target)
        words = cli.program.fingerprint_words(session.here.key.device)
    data = {**bundle_file_shape(file), "palabras": list(words)}
    lines = [
        say("cli.request_made", archivo=shown(str(file.path))),
        say("cli.words", palabras=" ".join(words)),
    ]
    return Answer(data, lines)


def clave(
    cli: Cli,
    *,
    nueva: Annotated[str | None, typer.Option("--nueva", metavar="ARCHIVO")] = None,
) -> Answer:
    folder = cli.folder
    cli.program.demand(folder)
    kept = cli.program.passphrase_in_file()
    current = ask_secret("cli.ask_passphrase") if kept is None else kept
    new = ask_new_passphrase() if nueva is None else checked_passphrase(first_line(Path(nueva)))
    cli.program.change_passphrase(folder, current, new)
    return Answer({"cambiada": True}, [say("cli.passphrase_changed")])


def read_rol(text: str) -> Rol:
    """Raises:
    WrongUsageError: "cli.bad_choice".
    """
    try:
        return Rol(text.strip().lower())
    except ValueError:
        options = ", ".join(rol.value for rol in Rol)
        raise WrongUsageError("cli.bad_choice", valor=shown(text), opciones=options) from None


def _profile_shape(cli: Cli, session: Session) -> Shape:
    profile = session.here.profile
    device = session.here.key.device
    return {
        "rol": profile.rol.value,
        "region": profile.region,
        "provincia": profile.provincia,
        "nombre": profile.nombre,
        "cargo": profile.cargo,
        "entidad": profile.entidad,
        "practice": profile.practice,
        "device": device,
        "palabras": list(cli.program.fingerprint_words(device)),
        "carpeta": shown(str(session.folder)),
        "region_estado": region_shape(session.read_region()),
    }


def _profile_lines(cli: Cli, session: Session) -> list[str]:
    profile = session.here.profile
    words = cli.program.fingerprint_words(session.here.key.device)
    place = profile.provincia or profile.region
    lines = [
        say("cli.profile_who", nombre=profile.nombre, cargo=profile.cargo),
        say("cli.profile_where", entidad=profile.entidad, rol=ROLES[profile.rol], ambito=place),
        say("cli.words", palabras=" ".join(words)),
    ]
    lines += region_lines(session.read_region())
    return [*lines, say("cli.profile_practice")] if profile.practice else lines
