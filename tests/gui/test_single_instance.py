"""A second start on the same data brings the first window to the front."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from fichaat.gui.single_instance import SingleInstance, hand_over

_SECOND = """
import json, sys
from pathlib import Path
from fichaat.gui.single_instance import hand_over
folder, *bundles = map(Path, sys.argv[1:])
print(json.dumps(hand_over(folder, bundles)))
"""
_KILLED = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QObject
from fichaat.gui.single_instance import SingleInstance
app = QCoreApplication([])
first = SingleInstance(app)
first.claim(Path(sys.argv[1]))
print(first.listening, flush=True)
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    place = tmp_path / "datos ñ"
    place.mkdir()
    return place


@pytest.fixture
def first(qapp: QObject, place: Path) -> Iterator[SingleInstance]:
    made = SingleInstance(qapp)
    made.claim(place)
    yield made
    made.close()


def second(place: Path, *bundles: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", _SECOND, str(place), *map(str, bundles)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def answer(process: "subprocess.Popen[bytes]") -> object:
    out, _ = process.communicate(timeout=30)
    return json.loads(out)


def test_without_a_first_window_nothing_is_handed_over(place: Path) -> None:
    assert not hand_over(place, ())
    assert not hand_over(place / "falta", ())


def test_the_first_window_hears_of_the_bundles(
    qtbot: QtBot, first: SingleInstance, place: Path
) -> None:
    assert first.listening
    bundles = (Path("/usb/uno ñ.fichaat"), Path("/usb/dos\nlíneas.fichaat"))
    with qtbot.waitSignal(first.called, timeout=30_000) as heard:
        process = second(place, *bundles)
    assert heard.args == [bundles]
    assert answer(process) is True
    with qtbot.waitSignal(first.called, timeout=30_000) as heard:
        process = second(place / ".." / place.name)
    assert heard.args == [()]
    assert answer(process) is True


def test_another_folder_is_another_window(first: SingleInstance, tmp_path: Path) -> None:
    other = tmp_path / "otra"
    other.mkdir()
    assert not hand_over(other, ())
    first.claim(other)
    assert first.listening


def test_what_a_killed_window_left_hinders_nobody(qapp: QObject, place: Path) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, str(place)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
        timeout=30,
    )
    assert killed.stdout == b"True\n"
    assert not hand_over(place, ())
    made = SingleInstance(qapp)
    made.claim(place)
    assert made.listening
    made.close()


def test_what_is_no_start_of_this_program_is_ignored(
    qtbot: QtBot, first: SingleInstance, place: Path
) -> None:
    from PySide6.QtNetwork import QLocalSocket

    from fichaat.gui.single_instance import _name

    heard: list[object] = []
    first.called.connect(heard.append)
    socket = QLocalSocket()
    name = _name(place)
    assert name is not None
    socket.connectToServer(name)
    qtbot.waitUntil(lambda: bool(first._heard))
    socket.write(b"x" * 1_000_001)
    qtbot.waitUntil(lambda: not first._heard)
    assert heard == []
