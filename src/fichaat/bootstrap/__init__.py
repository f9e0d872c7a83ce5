"""The only composition root: joins settings, engine, adapters and use cases for whoever asks."""

import os
from collections.abc import Mapping, Sequence

from fichaat.bootstrap.program import Program
from fichaat.bootstrap.session import Session
from fichaat.system.settings import Settings

__all__ = ["Program", "Session", "run"]


def run(argv: Sequence[str], environ: Mapping[str, str] | None = None) -> int:
    """Run one command; its exit code.

    Args:
        argv: the arguments after the program's name.
        environ: where `FICHAAT_*` is looked up; the environment of the process where None.
    """
    program = Program(Settings.of(os.environ if environ is None else environ))
    try:
        from fichaat.cli.runner import run as run_command

        return run_command(program, argv)
    finally:
        program.close()
