"""Commands about the region: its key, which installations believe it."""

from pathlib import Path
from typing import Annotated

import typer

from fichaat.application.session import Session
from fichaat.cli.answer import Answer, shown
from fichaat.cli.command import command
from fichaat.cli.progress import busy
from fichaat.cli.recuperacion import recuperar
from fichaat.cli.region_view import region_lines, region_shape
from fichaat.cli.shapes import say
from fichaat.cli.state import Cli
from fichaat.domain.errors import UserFacingError
from fichaat.system.chosen_target import demand_place

Llave = Annotated[str, typer.Option("--llave", metavar="ARCHIVO")]
Reemplaza = Annotated[bool, typer.Option("--reemplaza")]


def register(group: typer.Typer) -> None:
    command(group, "crear")(crear)
    command(group, "abrir")(abrir)
    command(group, "aceptar")(aceptar)
    command(group, "mostrar")(mostrar)
    command(group, "recuperar")(recuperar)


def crear(
    cli: Cli,
    *,
    llave: Llave,
    region: Annotated[str | None, typer.Option("--region", metavar="NN")] = None,
    reemplaza: Reemplaza = False,
) -> Answer:
    target = Path(llave)
    demand_place(target)
    with cli.session() as session:
        own = session.here.profile.region
        if region is not None and region != own:
            raise UserFacingError("region.profile_differs", region=shown(region), propia=own)
        passphrase = cli.new_region_passphrase()
        with busy(say("cli.doing_region")):
            session.create_region(target, passphrase, replace=reemplaza)
            session.keep_region_slot.attempt()
        state = session.read_region()
    data = {**region_shape(state), "llave": shown(str(target))}
    lines = [say("cli.region_made", archivo=shown(str(target))), *region_lines(state)]
    return Answer(data, [*lines, say("cli.region_copies")])


def abrir(cli: Cli, *, llave: Llave, reemplaza: Reemplaza = False) -> Answer:
    with cli.session() as session:
        key = cli.region_key(llave)
        with busy(say("cli.doing_region")):
            session.open_region(key, replace=reemplaza)
        return _believed(session, say("cli.region_opened"))


def aceptar(
    cli: Cli,
    *,
    palabras: Annotated[list[str], typer.Argument(metavar="PALABRA")],
    reemplaza: Reemplaza = False,
) -> Answer:
    with cli.session() as session:
        with busy(say("cli.doing_region")):
            session.accept_region(" ".join(palabras), replace=reemplaza)
        return _believed(session, say("cli.region_accepted"))


def mostrar(cli: Cli) -> Answer:
    with cli.session() as session:
        return _state(session)


def _believed(session: Session, line: str) -> Answer:
    """The catalogue that is in force now may be the first: the person is told what follows."""
    made = session.keep_region_slot.attempt()
    return _state(session, line, *([say("cli.region_slot")] if made else []))


def _state(session: Session, *first: str) -> Answer:
    state = session.read_region()
    return Answer(region_shape(state), [*first, *region_lines(state)])
