"""From an argument list to an exit code. Nothing English and no traceback reaches a person."""

import errno
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import typer
from typer.exceptions import TyperException

from fichaat.application.program import Program
from fichaat.cli.answer import CANCELLED, OK, REFUSED, WRONG_USAGE, Answer, WrongUsageError, shown
from fichaat.cli.app import build
from fichaat.cli.state import Cli
from fichaat.cli.terminal import prepare_streams, write_err, write_out
from fichaat.domain.errors import CancelledError, SchemaError, UserFacingError
from fichaat.system.atomic import NO_SPACE, system_error
from fichaat.texts import message

_UNEXPLAINED = frozenset({"system.io", "system.passphrase_unreadable"})
"""Sentences that do not tell the cause: what the system said goes to the log."""


def run(program: Program, argv: Sequence[str]) -> int:
    """Do what the arguments ask.

    Returns:
        0 done, 1 refused, 2 wrong usage, 3 intact but not trusted, 130 interrupted.
    """
    prepare_streams()
    cli = Cli(program, json="--json" in argv)
    try:
        return _answer(cli, _invoke(cli, argv))
    except WrongUsageError as error:
        return _refuse(cli, error, WRONG_USAGE)
    except CancelledError as error:
        return _refuse(cli, error, CANCELLED)
    except UserFacingError as error:
        if error.code in _UNEXPLAINED:
            _log(cli, error)
        return _refuse(cli, error, REFUSED)
    except KeyboardInterrupt:
        return _refuse(cli, CancelledError(), CANCELLED)
    except OSError as error:
        return _refuse(cli, _file_error(cli, error), REFUSED)
    except (Exception, RecursionError) as error:  # noqa: BLE001  # the one place that keeps bugs
        return _refuse(cli, _bug(cli, error), REFUSED)


def _invoke(cli: Cli, argv: Sequence[str]) -> object:
    """Runs the command: an `Answer`, or an exit code of typer's own (help, version).

    Raises:
        WrongUsageError: what typer's parser says in English.
    """
    try:
        return _tree()(args=list(argv), prog_name="fichaat", standalone_mode=False, obj=cli)
    except TyperException as error:
        raise wrong_usage(error) from None
    except typer.Abort:
        raise UserFacingError("cli.input_closed") from None


@cache
def _tree() -> Any:  # noqa: ANN401  # a command of typer's parser
    """The parser, which keeps nothing of a run: what a run says is in its `Cli`."""
    return typer.main.get_command(build())


def wrong_usage(error: TyperException) -> WrongUsageError:
    """The Spanish code behind a usage error of typer's parser."""
    option = getattr(error, "option_name", None)
    param = getattr(error, "param", None)
    kind = type(error).__name__
    if kind == "NoSuchOption":
        near = sorted(getattr(error, "possibilities", None) or ())
        code = "cli.unknown_option_near" if near else "cli.unknown_option"
        return WrongUsageError(code, opcion=shown(str(option)), parecida=near[0] if near else "")
    if kind == "BadOptionUsage":
        takes = "does not take" not in error.message
        code = "cli.option_needs_value" if takes else "cli.option_without_value"
        return WrongUsageError(code, opcion=shown(str(option)))
    if kind == "MissingParameter" and param is not None:
        if param.param_type_name == "argument":
            return WrongUsageError("cli.missing_argument", dato=str(param.metavar))
        return WrongUsageError("cli.missing_option", opcion=max(param.opts, key=len))
    if param is not None:
        return WrongUsageError("cli.bad_value", dato=str(param.metavar or param.opts[0]))
    return WrongUsageError("cli.wrong_usage")


def _answer(cli: Cli, result: object) -> int:
    if not isinstance(result, Answer):
        if result == CANCELLED:
            raise KeyboardInterrupt
        return result if isinstance(result, int) else OK
    if cli.json:
        write_out(msgspec.json.encode(result.data) + b"\n")
    else:
        write_out("".join(f"{line}\n" for line in result.lines))
    return result.exit_code


def _refuse(cli: Cli, error: UserFacingError, exit_code: int) -> int:
    """Say what happened, where the person or the script looks."""
    sentence = message(error.code, error.params)
    if cli.json and not error.code.startswith("cli.output_"):
        told = {"error": {"code": error.code, "mensaje": sentence}}
        if isinstance(error, SchemaError):
            told["error"]["path"] = shown(error.path)
        try:
            write_out(msgspec.json.encode(told) + b"\n")
        except UserFacingError as second:
            write_err(message(second.code, second.params))
        return exit_code
    write_err(sentence)
    if isinstance(error, WrongUsageError):
        write_err(message("cli.see_help", {}))
    return exit_code


def _file_error(cli: Cli, error: OSError) -> UserFacingError:
    """A file that some command did not expect to fail."""
    _log(cli, error)
    if error.filename is None and error.errno == errno.EPIPE:
        return UserFacingError("cli.output_closed")
    if error.filename is None and error.errno in NO_SPACE:
        return UserFacingError("cli.output_full")
    return system_error(error, Path(shown(str(error.filename or "fichaat"))))


def _bug(cli: Cli, error: BaseException) -> UserFacingError:
    place = _log(cli, error)
    if place is None:
        return UserFacingError("cli.bug_unlogged")
    return UserFacingError("cli.bug", registro=shown(str(place)))


def _log(cli: Cli, error: BaseException) -> Path | None:
    try:
        folder = cli.folder
    except (UserFacingError, OSError, ValueError):
        folder = None
    return cli.program.log_bug(error, folder)
