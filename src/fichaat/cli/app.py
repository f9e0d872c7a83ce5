"""The tree of commands."""

from typing import Annotated

import typer

from fichaat.cli import (
    acuerdos,
    catalogo,
    cobertura,
    credencial,
    datos,
    demo,
    ficha,
    firmas,
    paquete,
    perfil,
    plantilla,
    recepcion,
    region,
    respaldo,
    revision,
)
from fichaat.cli.answer import WrongUsageError
from fichaat.cli.command import Datos, Grupo, Json, chosen_folder, make_group
from fichaat.cli.state import Cli
from fichaat.cli.terminal import write_out


def build() -> typer.Typer:
    """The tree; nothing that a run says stays in it."""
    app = make_group()
    app.callback(invoke_without_command=True, cls=Grupo)(_root)
    for name, module in (
        ("perfil", perfil),
        ("region", region),
        ("credencial", credencial),
        ("catalogo", catalogo),
        ("ficha", ficha),
        ("plantilla", plantilla),
        ("revision", revision),
        ("acuerdos", acuerdos),
        ("paquete", paquete),
        ("recepcion", recepcion),
        ("respaldo", respaldo),
        ("datos", datos),
    ):
        group = make_group(name)
        group.callback(invoke_without_command=True, cls=Grupo)(_group)
        module.register(group)
        if name == "ficha":
            firmas.register(group)
        app.add_typer(group)
    demo.register(app)
    cobertura.register(app)
    return app


def _root(
    ctx: typer.Context,
    *,
    datos: Datos = None,
    json: Json = False,
    version: Annotated[bool, typer.Option("--version")] = False,
) -> None:
    cli = ctx.obj
    assert isinstance(cli, Cli)
    cli.json = cli.json or json
    cli.datos = chosen_folder(datos)
    if version:
        write_out(f"fichaat {cli.program.version}\n")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        write_out(ctx.get_help() + "\n")
        raise typer.Exit


def _group(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        raise WrongUsageError("cli.missing_command", grupo=ctx.command_path)
