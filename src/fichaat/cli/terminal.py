"""The streams of a process, made safe: any locale, closed or full streams, no echo of secrets."""

import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from fichaat.application.passphrase import MAX_PASSPHRASE, MIN_PASSPHRASE
from fichaat.cli.answer import WrongUsageError, shown
from fichaat.domain.errors import UserFacingError
from fichaat.domain.text import fold
from fichaat.system.atomic import NO_SPACE
from fichaat.texts import message


def prepare_streams() -> None:
    """Print whatever happens: no letter that a terminal lacks and no closed stream is an error."""
    _missing.clear()
    if sys.stdout is None:
        _missing.add("stdout")
    sys.stdin = sys.stdin or _nowhere("r")
    sys.stdout = sys.stdout or _nowhere("w")
    sys.stderr = sys.stderr or _nowhere("w")
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


_missing = set[str]()
"""Streams that were closed when the process began."""


def write_out(data: bytes | str) -> None:
    """Print on the standard output; bytes as they are, whatever the locale.

    Raises:
        UserFacingError: "cli.output_full", "cli.output_failed", "cli.output_closed".
    """
    try:
        if isinstance(data, bytes):
            if _missing:
                raise ValueError("closed")
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
        else:
            sys.stdout.write(data)
        sys.stdout.flush()
    except (BrokenPipeError, ValueError):
        abandon(sys.stdout)
        raise UserFacingError("cli.output_closed") from None
    except OSError as error:
        abandon(sys.stdout)
        full = error.errno in NO_SPACE
        raise UserFacingError("cli.output_full" if full else "cli.output_failed") from None


def write_err(text: str) -> None:
    """Print on the standard error; where even that fails there is nobody to tell."""
    try:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        abandon(sys.stderr)


def abandon(stream: TextIO) -> None:
    """Send the rest of a broken stream nowhere: Python would complain in English at its end."""
    with suppress(OSError, ValueError):
        descriptor = os.open(os.devnull, os.O_WRONLY)
        os.dup2(descriptor, stream.fileno())
        os.close(descriptor)


def has_terminal() -> bool:
    """Whether there is a person to ask."""
    if os.name == "nt":
        return sys.stdin.isatty()
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


def ask(question: str) -> str:
    """One line from the keyboard; only where `sys.stdin` is a terminal."""
    sys.stderr.write(f"{question}: ")
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise UserFacingError("cli.input_closed")
    return line.strip()


def confirm(question: str) -> None:
    """Go on only where the person says so; where nobody can be asked, who wrote the command did.

    Raises:
        UserFacingError: "cli.not_confirmed".
    """
    if sys.stdin.isatty() and fold(ask(question)) not in ("s", "si"):
        raise UserFacingError("cli.not_confirmed")


def ask_secret(code: str) -> str:
    """A secret from the keyboard, not shown.

    Raises:
        UserFacingError: "cli.no_passphrase": nobody to ask and no file named.
    """
    from getpass import getpass

    if not has_terminal():
        raise UserFacingError("cli.no_passphrase")
    try:
        return getpass(message(code, {}) + " ", stream=sys.stderr)
    except EOFError:
        raise UserFacingError("cli.input_closed") from None


def ask_new_passphrase(code: str = "cli.ask_new_passphrase") -> str:
    """A new passphrase, typed twice.

    Args:
        code: the question.

    Raises:
        UserFacingError: "cli.passphrase_short", "cli.passphrase_differs", "cli.no_passphrase".
    """
    first = checked_passphrase(ask_secret(code))
    if ask_secret("cli.ask_passphrase_again") != first:
        raise UserFacingError("cli.passphrase_differs")
    return first


def checked_passphrase(text: str) -> str:
    """Raises:
    UserFacingError: "cli.passphrase_short", "cli.passphrase_long".
    """
    if len(text.strip()) < MIN_PASSPHRASE:
        raise UserFacingError("cli.passphrase_short", minimo=MIN_PASSPHRASE)
    if len(text) > MAX_PASSPHRASE:
        raise UserFacingError("cli.passphrase_long", maximo=MAX_PASSPHRASE)
    return text


def demand(value: str | None, option: str, question: str) -> str:
    """An option that is required: asked for where somebody can answer.

    Raises:
        WrongUsageError: "cli.missing_option".
    """
    if value is not None:
        return value
    if not sys.stdin.isatty():
        raise WrongUsageError("cli.missing_option", opcion=shown(option))
    return ask(question)


def _nowhere(mode: str) -> TextIO:
    opened = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115  # for the whole process
    assert isinstance(opened, io.TextIOWrapper)
    return opened
