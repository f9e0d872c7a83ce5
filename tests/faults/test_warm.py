"""The process that forks for every kill: what it starts is the program, as if started anew."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.fault_stage import SEAL, Operation, Stage
from tests.support.program import Machine, clean_environ
from tests.support.strace import CALLS, points_in, process_environ, tracing
from tests.support.warm import begun

pytestmark = pytest.mark.faults


def _run(machine: Machine, *argv: str) -> tuple[int, bytes, bytes]:
    with begun(argv, {**clean_environ(), **process_environ(machine)}) as command:
        command.go_on()
        return command.wait(), *command.said()


def test_a_command_answers_as_a_process_of_its_own(
    stages: Callable[[Operation], Stage], tmp_path: Path
) -> None:
    machine = stages(SEAL).case(tmp_path / "caso")
    empty = Machine(tmp_path, "nada")
    for one, argv in ((machine, ("ficha", "listar", "--json")), (empty, ("ficha", "listar"))):
        alone = one.process(*argv)
        assert _run(one, *argv) == (alone.code, alone.out.encode(), alone.err.encode()), argv


def test_a_command_that_nobody_lets_go_on_is_gone(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    with begun(("--help",), process_environ(machine)) as command:
        os.kill(command.pid, 0)
        assert command.said() == (b"", b"")
    with pytest.raises(ProcessLookupError):
        os.kill(command.pid, 0)


def test_no_point_is_lost_because_the_program_is_loaded(
    stages: Callable[[Operation], Stage], tmp_path: Path
) -> None:
    """Started anew, the same calls on the same files in the same order; only their numbers differ,
    by what libraries write elsewhere while they are loaded.
    """
    stage = stages(SEAL)
    machine = stage.case(tmp_path / "caso")
    log = tmp_path / "llamadas"
    subprocess.run(
        [
            *(*tracing(log, CALLS), "--seccomp-bpf"),
            *(sys.executable, "-m", "fichaat", *map(str, stage.argv(machine))),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env={**clean_environ(), **process_environ(machine)},
        start_new_session=True,
        timeout=100,
        check=True,
    )
    anew = [point.group for point in points_in(log, machine)]
    assert anew == [point.group for point in stage.points]
