"""What was asked for: the window, or a command. The window is shown before the rest is loaded."""

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from fichaat.application.wanted import BUNDLE_SUFFIX, WindowWanted
from fichaat.system.outside import Outside
from fichaat.system.settings import Settings

if TYPE_CHECKING:
    from fichaat import bootstrap
    from fichaat.application.program import Program

_NEW_OBJECTS = 50_000
"""Between two looks for garbage in a command. It makes next to none that needs them, and a look
after every 700, as Python has it, was a thirtieth of a large import."""

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def run(argv: Sequence[str], environ: Mapping[str, str] | None = None) -> int:
    """Do what the arguments ask; the exit code.

    Args:
        argv: the arguments after the program's name.
        environ: where `FICHAAT_*` is looked up; the environment of the process where None.
    """
    wanted = window_wanted(argv)
    if wanted is None:
        from fichaat.bootstrap import run as run_command

        look_seldom_for_garbage()
        return run_command(argv, environ)
    environ = os.environ if environ is None else environ
    if not has_display(sys.platform, environ):
        return _refuse("cli.no_display")
    # Nothing becomes garbage while the window is built; it is looked for once that is painted.
    gc.disable()
    from fichaat.gui.app import run_window

    program = LaunchedProgram(Settings.of(environ))
    try:
        return run_window(cast("Program", program), wanted)
    finally:
        gc.enable()
        program.close()


def look_seldom_for_garbage() -> None:
    """As it suits a command; the window looks when its own thread is idle."""
    gc.set_threshold(_NEW_OBJECTS)


def window_wanted(argv: Sequence[str]) -> WindowWanted | None:
    """What the window is opened with; None where the arguments are a command.

    The window opens for nothing, for a data folder, and for bundles: a double click on a file
    passes its path.
    """
    rest = list(argv)
    folder: str | None = None
    if rest[:1] == ["--datos"] and len(rest) > 1 and rest[1].strip():
        folder = rest[1]
        rest = rest[2:]
    if all(name.lower().endswith(BUNDLE_SUFFIX) for name in rest):
        return WindowWanted(folder, tuple(Path(name).absolute() for name in rest))
    return None


def has_display(platform: str, environ: Mapping[str, str]) -> bool:
    """Whether a window can be shown: Qt ends the process where it cannot."""
    return platform != "linux" or any(environ.get(name) for name in _DISPLAYS)


class LaunchedProgram(Outside):
    """`program.Program`, of which only what the first picture needs is loaded at once."""

    @cached_property
    def _whole(self) -> "bootstrap.Program":
        from fichaat.bootstrap import Program

        return Program(self._settings)

    def __getattr__(self, name: str) -> object:
        """What is not known outside is asked of the whole program, which is loaded for that."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._whole, name)


def _refuse(code: str) -> int:
    from fichaat.cli.terminal import prepare_streams, write_err
    from fichaat.texts import message

    prepare_streams()
    write_err(message(code, {}))
    return 1
