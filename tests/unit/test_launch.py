"""What opens the window, what is a command, and what is said where no window can be."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from fichaat.application.wanted import WindowWanted
from fichaat.launch import has_display, run, window_wanted


@pytest.mark.parametrize(
    ("argv", "wanted"),
    [
        ([], WindowWanted()),
        (["--datos", "d"], WindowWanted("d")),
        (["a.fichaat"], WindowWanted(None, (Path("a.fichaat").absolute(),))),
        (["--datos", "d", "a.FICHAAT"], WindowWanted("d", (Path("a.FICHAAT").absolute(),))),
    ],
)
def test_the_window_opens_for_nothing_a_folder_and_bundles(
    argv: list[str], wanted: WindowWanted
) -> None:
    assert window_wanted(argv) == wanted


@pytest.mark.parametrize(
    "argv",
    [["--help"], ["--version"], ["ficha"], ["--datos"], ["--datos", "d", "ficha"], ["a.pdf"]],
)
def test_everything_else_is_a_command(argv: list[str]) -> None:
    assert window_wanted(argv) is None


def test_a_display_is_looked_for_where_it_may_be_missing() -> None:
    assert not has_display("linux", {})
    assert not has_display("linux", {"DISPLAY": ""})
    assert has_display("linux", {"WAYLAND_DISPLAY": "wayland-0"})
    assert has_display("linux", {"QT_QPA_PLATFORM": "offscreen"})
    assert has_display("win32", {})


def test_without_a_display_a_sentence_and_no_abort(capfd: pytest.CaptureFixture[str]) -> None:
    assert run([], {}) == 1 if sys.platform == "linux" else True
    assert "No hay pantalla" in capfd.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_the_program_without_a_display_ends_with_one_line(tmp_path: Path) -> None:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environ = {key: value for key, value in os.environ.items() if key not in hidden}
    ended = subprocess.run(
        [sys.executable, "-m", "fichaat", "--datos", str(tmp_path / "d")],
        env=environ,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 1
    assert ended.stdout == b""
    assert ended.stderr.decode().count("\n") == 1
    assert "No hay pantalla" in ended.stderr.decode()
    assert not (tmp_path / "d").exists()


def test_a_process_that_renders_papers_does_not_run_the_command_again() -> None:
    """It imports the file that was started under another name than `__main__`."""
    program = Path(sys.prefix, "bin", "fichaat")
    if not program.is_file():
        pytest.skip("not installed by scripts/setup.sh")
    runpy.run_path(str(program), run_name="__mp_main__")
