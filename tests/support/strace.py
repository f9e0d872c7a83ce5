"""Kills the program, or lets the system refuse it something, at a chosen write.

strace counts the calls of an undisturbed run first; then every one of them is a point at which a
later run can be hurt.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from tests.support.program import Machine, Result, clean_environ

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
_STOPPED = re.compile(r"^(\d+) +--- stopped by SIGSTOP ---$", re.MULTILINE)
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
    ended = _run(machine, argv, log, calls, ())
    assert ended.returncode == code, _failed(ended)
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
    log.unlink()
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
    process = subprocess.Popen(
        _command(argv, log, CALLS, injection),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**clean_environ(), **process_environ(machine)},
        start_new_session=True,
    )
    ended: list[Ended] = []
    try:
        stopped = _wait_for(log, _STOPPED, process)
        yield ended
        os.kill(int(stopped[1]), signal.SIGCONT)
        out, err = (stream.decode("utf-8", "replace") for stream in process.communicate(timeout=60))
        ended.append(Ended(process.returncode, out, err, killed=False, hurt=True))
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()


def _wait_for(
    log: Path, wanted: "re.Pattern[str]", process: "subprocess.Popen[bytes]"
) -> "re.Match[str]":
    for _ in range(3000):
        found = wanted.search(log.read_text("utf-8", "replace")) if log.exists() else None
        if found is not None:
            return found
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)
    raise AssertionError("the program did not come to the point")


def _hurt(machine: Machine, point: Point, how: str, argv: Sequence[str | Path]) -> Ended:
    log = machine.root / "llamadas"
    calls = CALLS if point.call in CALLS else (point.call,)
    ended = _run(machine, argv, log, calls, ("-e", f"inject={point.call}:{how}"))
    told = log.read_text("utf-8", "replace")
    log.unlink()
    killed = ended.returncode in {-signal.SIGKILL, 128 + signal.SIGKILL}
    return Ended(
        ended.returncode,
        ended.stdout.decode("utf-8", "replace"),
        ended.stderr.decode("utf-8", "replace"),
        killed=killed,
        hurt=killed or "(INJECTED)" in told,
    )


def _run(
    machine: Machine,
    argv: Sequence[str | Path],
    log: Path,
    calls: Sequence[str],
    injection: Sequence[str],
) -> "subprocess.CompletedProcess[bytes]":
    ended = subprocess.run(
        _command(argv, log, calls, injection),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env={**clean_environ(), **process_environ(machine)},
        start_new_session=True,
        timeout=100,
        check=False,
    )
    if not log.exists() or b"ptrace(" in ended.stderr:
        pytest.fail(f"strace cannot work here: {_failed(ended)}", pytrace=False)
    return ended


def _command(
    argv: Sequence[str | Path], log: Path, calls: Sequence[str], injection: Sequence[str]
) -> list[str]:
    # Where only the calls that matter stop the program it is quicker, but signals get lost.
    quick = () if any("signal=" in option for option in injection) else ("--seccomp-bpf",)
    traced = ("-qq", "-y", "-s", "256", "-o", str(log), "-e", f"trace={','.join(calls)}")
    program = (sys.executable, "-m", "fichaat", *map(str, argv))
    return [strace(), "-f", *quick, *traced, *injection, *program]


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


def _failed(ended: "subprocess.CompletedProcess[bytes]") -> str:
    told = (ended.stdout + ended.stderr).decode("utf-8", "replace")
    return f"exit {ended.returncode}: {told[:3000]}"
