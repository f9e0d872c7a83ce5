"""Kills the program, or lets the system refuse it something, at a chosen write.

strace counts the calls of an undisturbed run first; then every one of them is a point at which a
later run can be hurt.
"""

import os
import re
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest

from tests.support.program import Machine, Result, clean_environ
from tests.support.warm import PATIENCE, Begun, begun

CALLS = (
    "pwrite64",
    "write",
    "fdatasync",
    "fsync",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "unlink",
    "unlinkat",
    "ftruncate",
)
"""Everything by which a file of the program comes to be, changes or goes."""

_LINE = re.compile(r"^(\d+) +([a-z0-9]+)\((.*)$")
_FILE = re.compile(r"^(?:\d+<|(?:AT_FDCWD<[^>]*>, )?\")([^>\"]*)")
_STOPPED = b"--- stopped by SIGSTOP ---"
_RANDOM = re.compile(r"[0-9a-f]{6,}|[0-9]{6,}")


@dataclass(frozen=True, order=True)
class Point:
    """The `number`th time that the program makes one call, and on which file."""

    call: str
    number: int
    file: str

    @property
    def group(self) -> tuple[str, str]:
        """Points that are much alike."""
        return self.call, _RANDOM.sub("…", self.file)

    def __str__(self) -> str:
        return f"{self.call} {self.number} ({self.file})"


@dataclass(frozen=True)
class Ended(Result):
    """How a hurt run ended."""

    killed: bool
    hurt: bool
    """Whether the run came as far as the point."""


def strace() -> str:
    """The tool, or a failure that says where it comes from."""
    found = shutil.which("strace")
    if found is None:
        pytest.fail("strace is missing: `make tools` installs it", pytrace=False)
    return found


def points(
    machine: Machine, *argv: str | Path, code: int = 0, calls: Sequence[str] = CALLS
) -> list[Point]:
    """Run a command undisturbed; every call by which it changes a file below `machine.root`."""
    log = machine.root / "llamadas"
    with _traced(machine, argv, log, calls, ()) as run:
        ended = run.ended(killed=False, hurt=False)
    assert ended.code == code, ended
    found = points_in(log, machine)
    log.unlink()
    return found


def points_in(log: Path, machine: Machine) -> list[Point]:
    """The calls of a run that strace wrote down, by which it changed a file of the machine."""
    root = f"{machine.root}/"
    seen: Counter[tuple[str, str]] = Counter()
    found = set()
    for line in log.read_text("utf-8", "replace").splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        process, call, rest = match.groups()
        seen[process, call] += 1
        named = _FILE.match(rest)
        if named is None or not named[1].startswith(root) or (call == "openat" and _reads(rest)):
            continue
        found.add(Point(call, seen[process, call], named[1].removeprefix(root)))
    return sorted(found)


def _reads(rest: str) -> bool:
    return not any(flag in rest for flag in ("O_WRONLY", "O_RDWR", "O_CREAT"))


def sample_points(found: Sequence[Point], key: str, count: int | None) -> list[Point]:
    """Some points (all where None), the same for the same key: first one of every group."""
    if count is None or count >= len(found):
        return list(found)
    random = Random(key)
    shuffled = random.sample(found, len(found))
    firsts = list({point.group: point for point in reversed(shuffled)}.values())
    random.shuffle(firsts)
    rest = [point for point in shuffled if point not in set(firsts)]
    return sorted([*firsts, *rest][:count])


def killed_at(machine: Machine, point: Point, *argv: str | Path) -> Ended:
    """Run a command and kill it as it makes the call, which is not carried out."""
    return _hurt(machine, point, f"signal=KILL:when={point.number}", argv)


def refused_at(
    machine: Machine, point: Point, error: str, *argv: str | Path, ever_after: bool = False
) -> Ended:
    """Run a command; the system answers the call with an error, once or from then on."""
    when = f"{point.number}{'+' if ever_after else ''}"
    return _hurt(machine, point, f"error={error}:when={when}", argv)


@contextmanager
def stopped_at(machine: Machine, point: Point, *argv: str | Path) -> Iterator[list[Ended]]:
    """Run a command that pauses as it makes the call; it goes on, to its end, after the block."""
    log = machine.root / "llamadas"
    injection = ("-e", f"inject={point.call}:signal=STOP:when={point.number}")
    ended: list[Ended] = []
    with _traced(machine, argv, log, CALLS, injection) as run:
        _wait_for_stop(log, run.tracer, 2)
        yield ended
        run.command.go_on()
        ended.append(run.ended(killed=False, hurt=True))


def _hurt(machine: Machine, point: Point, how: str, argv: Sequence[str | Path]) -> Ended:
    log = machine.root / "llamadas"
    calls = CALLS if point.call in CALLS else (point.call,)
    with _traced(machine, argv, log, calls, ("-e", f"inject={point.call}:{how}")) as run:
        ended = run.ended(killed=False, hurt=False)
    told = log.read_text("utf-8", "replace")
    log.unlink()
    killed = ended.code == -signal.SIGKILL
    return replace(ended, killed=killed, hurt=killed or "(INJECTED)" in told)


@dataclass(frozen=True)
class _Run:
    """A command, and strace, which ends when it does."""

    command: Begun
    tracer: "subprocess.Popen[bytes]"

    def ended(self, *, killed: bool, hurt: bool) -> Ended:
        """Wait for the end."""
        _, complaint = self.tracer.communicate(timeout=PATIENCE)
        assert self.tracer.returncode == 0, complaint
        code = self.command.wait()
        out, err = (stream.decode("utf-8", "replace") for stream in self.command.said())
        return Ended(code, out, err, killed=killed, hurt=hurt)


@contextmanager
def _traced(
    machine: Machine,
    argv: Sequence[str | Path],
    log: Path,
    calls: Sequence[str],
    injection: Sequence[str],
) -> Iterator[_Run]:
    """A command under strace from its first step on."""
    with begun(argv, {**clean_environ(), **process_environ(machine)}) as command:
        tracer = subprocess.Popen(
            [*tracing(log, calls), *injection, "-p", str(command.pid)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        try:
            _wait_for_stop(log, tracer, 1)
            command.go_on()
            yield _Run(command, tracer)
        finally:
            command.kill()
            tracer.communicate(timeout=PATIENCE)


def tracing(log: Path, calls: Sequence[str]) -> list[str]:
    """strace and its options, without whom it traces: all threads, every file by its name."""
    traced = ("-qq", "-y", "-s", "256", "-o", str(log), "-e", f"trace={','.join(calls)}")
    return [strace(), "-f", *traced]


def _wait_for_stop(log: Path, tracer: "subprocess.Popen[bytes]", times: int) -> None:
    """strace says that the command is stopped: the first time because it has taken hold of it."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if log.exists() and log.read_bytes().count(_STOPPED) >= times:
            return
        if tracer.poll() is not None:
            _, complaint = tracer.communicate()
            pytest.fail(f"strace came to no stop: {complaint.decode()}", pytrace=False)
        time.sleep(0.002)
    raise AssertionError("the program did not come to the point")


def process_environ(machine: Machine) -> dict[str, str]:
    """Of a process on somebody's computer; two runs differ in nothing but what is random."""
    home = dict.fromkeys(("XDG_STATE_HOME", "LOCALAPPDATA"), str(machine.root / "cuenta"))
    source = os.pathsep.join(filter(None, (_source(), os.environ.get("PYTHONPATH"))))
    return {
        **home,
        **machine.environ,
        "PYTHONPATH": source,
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _source() -> str:
    import fichaat

    return str(Path(fichaat.__file__).parent.parent)
