"""Commands on typer: Spanish help and errors, and the options that every command shares.

A command is a function from `Cli` and its options to an `Answer`. What typer and its parser say in
English is never shown: usage errors become `WrongUsageError`, help is written here.
"""

import inspect
import textwrap
from collections.abc import Callable
from difflib import get_close_matches
from typing import Annotated, Any, get_type_hints

import typer
from typer.core import TyperCommand, TyperGroup

from fichaat.cli.answer import Answer, WrongUsageError, shown
from fichaat.cli.state import Cli
from fichaat.texts.ordenes import COMMON, OPTIONS, ORDERS, PLACES

HELP_NAMES = {"help_option_names": ["--help", "--ayuda", "-h"]}
WIDTH = 88

Datos = Annotated[str | None, typer.Option("--datos", metavar="DIR")]
Json = Annotated[bool, typer.Option("--json")]


def command(group: typer.Typer, name: str) -> Callable[[Callable[..., Answer]], None]:
    """Put a function into a group of commands; it gains --datos and --json."""

    def register(function: Callable[..., Answer]) -> None:
        group.command(name, cls=Orden, context_settings=HELP_NAMES)(_with_common(function))

    return register


def make_group(name: str | None = None) -> typer.Typer:
    """A group that explains itself in Spanish."""
    return typer.Typer(
        name=name,
        cls=Grupo,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=HELP_NAMES,
    )


class Orden(TyperCommand):
    """One command."""

    allow_extra_args = True  # so that `parse_args` says in Spanish which ones are too many

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]  # its public name
        return command_help(ctx)

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]  # its public name
        rest = super().parse_args(ctx, args)
        if rest:
            raise WrongUsageError("cli.extra_argument", texto=shown(" ".join(rest)))
        return rest


class Grupo(TyperGroup):
    """A group of commands."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]  # its public name
        return group_help(ctx, self)

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:  # type: ignore[override]  # noqa: ANN401  # typer's own tuple
        wanted = args[0]
        if wanted not in self.commands:
            near = get_close_matches(wanted, self.commands, n=1)
            code = "cli.unknown_command_near" if near else "cli.unknown_command"
            raise WrongUsageError(
                code, orden=shown(wanted), parecida=near[0] if near else "", grupo=ctx.command_path
            )
        return super().resolve_command(ctx, args)


def _with_common(function: Callable[..., Answer]) -> Callable[..., Answer]:
    own = list(inspect.signature(function).parameters.values())[1:]
    hints = get_type_hints(function, include_extras=True)
    added = {"ctx": typer.Context, "datos": Datos, "json": Json}
    defaults = {"ctx": inspect.Parameter.empty, "datos": None, "json": False}

    def run(**values: Any) -> Answer:  # noqa: ANN401  # the options of any command
        cli = values.pop("ctx").obj
        assert isinstance(cli, Cli)
        cli.datos = chosen_folder(values.pop("datos")) or cli.datos
        cli.json = values.pop("json") or cli.json
        return function(cli, **values)

    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [p.replace(kind=keyword, annotation=hints[p.name]) for p in own]
    parameters += [
        inspect.Parameter(name, keyword, default=defaults[name], annotation=hint)
        for name, hint in added.items()
    ]
    run.__name__ = function.__name__
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # read by typer
    return run


def chosen_folder(datos: str | None) -> str | None:
    """What --datos says: a blank one, of a variable without a value, would mean another folder.

    Raises:
        WrongUsageError: "cli.blank_folder".
    """
    if datos is not None and not datos.strip():
        raise WrongUsageError("cli.blank_folder", opcion="--datos")
    return datos


def command_help(ctx: typer.Context) -> str:
    """Everything about one command."""
    path = order_name(ctx)
    places = [p for p in ctx.command.params if p.param_type_name == "argument"]
    options = [p for p in ctx.command.params if p.param_type_name == "option"]
    usage = " ".join(["Uso:", ctx.command_path, *(_place(p) for p in places), "[OPCIONES]"])
    lines = [usage, "", *_wrap(ORDERS[path], "")]
    if places:
        lines += ["", "Argumentos:"]
        lines += _table([(_place(p), PLACES[path, str(p.metavar)]) for p in places])
    rows = [(option_names(p), option_help(path, p)) for p in options]
    return "\n".join([*lines, "", "Opciones:", *_table([*rows, _HELP_ROW])])


def group_help(ctx: typer.Context, group: TyperGroup) -> str:
    """The commands of a group."""
    path = order_name(ctx)
    lines = [f"Uso: {ctx.command_path} ORDEN [OPCIONES]", "", *_wrap(ORDERS[path], "")]
    rows = [
        (name, ORDERS[f"{path} {name}".strip()].partition(". ")[0].rstrip("."))
        for name in group.commands
    ]
    lines += ["", "Órdenes:", *_table(rows)]
    options = [(option_names(p), option_help(path, p)) for p in group.params]
    return "\n".join([*lines, "", "Opciones:", *_table([*options, _HELP_ROW])])


_HELP_ROW = (", ".join(HELP_NAMES["help_option_names"]), COMMON["--help"])


def order_name(ctx: typer.Context) -> str:
    """The part after the program: "ficha importar" of "fichaat ficha importar"."""
    return ctx.command_path.partition(" ")[2]


def option_names(param: Any) -> str:  # noqa: ANN401  # a parameter of typer's parser
    """All names of an option and what it takes: "-o, --salida DIR"."""
    names = ", ".join(sorted(param.opts, key=len))
    return names if param.is_flag else f"{names} {param.metavar or 'TEXTO'}"


def option_help(path: str, param: Any) -> str:  # noqa: ANN401  # a parameter of typer's parser
    """What an option is for, in Spanish."""
    name = str(max(param.opts, key=len))
    return OPTIONS.get((path, name)) or COMMON[name]


def _place(param: Any) -> str:  # noqa: ANN401  # a parameter of typer's parser
    name = f"{param.metavar}..." if param.nargs == -1 else str(param.metavar)
    return name if param.required else f"[{name}]"


def _table(rows: list[tuple[str, str]]) -> list[str]:
    wide = min(28, max(len(left) for left, _ in rows))
    lines = []
    for left, right in rows:
        wrapped = _wrap(right, " " * (wide + 4))
        if len(left) > wide:
            lines += [f"  {left}", *wrapped]
        else:
            lines += [f"  {left:<{wide}}  {wrapped[0].strip()}", *wrapped[1:]]
    return lines


def _wrap(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent)
