"""The program as processes: one window for each data folder, also after a kill."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fichaat.gui.single_instance import hand_over

Starter = Callable[..., "subprocess.Popen[bytes]"]
_PATIENCE_MS = 60_000


@pytest.fixture
def start(folder: Path) -> Iterator[Starter]:
    """Starts the window without a screen."""
    begun: list[subprocess.Popen[bytes]] = []
    path = os.pathsep.join(sys.path)
    environ = {**os.environ, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"}

    def run(*argv: str | Path) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            [sys.executable, "-m", "fichaat", "--datos", str(folder), *map(str, argv)],
            env=environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        begun.append(process)
        return process

    yield run
    for process in begun:
        process.kill()
        process.wait()


def test_a_second_start_ends_at_once_and_a_killed_window_hinders_nobody(
    qtbot: QtBot, start: Starter, folder: Path, tmp_path: Path
) -> None:
    first = start()
    qtbot.waitUntil(lambda: hand_over(folder, ()), timeout=_PATIENCE_MS)
    second = start(tmp_path / "a.fichaat")
    assert second.wait(_PATIENCE_MS / 1000) == 0
    assert first.poll() is None
    first.kill()
    first.wait()
    assert not hand_over(folder, ())
    third = start()
    qtbot.waitUntil(lambda: hand_over(folder, ()), timeout=_PATIENCE_MS)
    assert third.poll() is None
