"""Floor and program side by side: alternating, medians, and no figure of a busy machine.

A *round* runs every floor and the program in turn. It is discarded when other processes used more
than 15 % of the machine meanwhile, and repeated a few times; where the machine stays busy the line
says so. The ratio is the median of the rounds' own ratios, so that a machine that changes its pace
between rounds changes nothing.
"""

import gc
import os
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

BUSY = 0.15
"""Share of the machine that others may use during a round."""

_ATTEMPTS = 3
"""A round is tried so many times, on the whole."""

_PATIENCE = 12.0
"""Seconds after which a busy machine is no longer waited for."""

_STAT = Path("/proc/stat")
_IDLE_FIELDS = (3, 4)  # idle, iowait

MEGABYTES = "MB"
"""Unit of rows that measure memory."""

Side = Callable[[], float]
"""Does the job once and answers the seconds it took; what it prepares is not counted."""


@dataclass(frozen=True)
class Case:
    """One job, what bare libraries need for it, and what the program may need."""

    job: str
    goal: float | None
    """The program's time over a floor's, at most; None where the figure only informs."""
    floors: Mapping[str, Side]
    ours: Side
    rounds: int = 5
    calls: int = 1
    """How often a round runs each side; their median counts."""
    informs: Collection[str] = ()
    """Floors that the goal does not speak of: their ratio only informs."""
    unit: str = "s"
    """What the sides answer in: seconds, or bytes shown as `MEGABYTES`."""


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    job: str
    goal: float | None
    label: str
    floor: float
    ours: float
    ratio: float
    quiet: int
    rounds: int
    unit: str = "s"

    @property
    def noisy(self) -> bool:
        return self.quiet < self.rounds

    @property
    def holds(self) -> bool | None:
        return None if self.goal is None else self.ratio <= self.goal


@dataclass
class _Round:
    seconds: dict[str, float] = field(default_factory=dict)
    others: float = 0.0


_OURS = ""


def timed(work: Callable[[], object]) -> float:
    """The seconds that a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(case: Case) -> list[Line]:
    """One line for each floor."""
    sides = {**case.floors, _OURS: case.ours}
    gc.collect()
    gc.freeze()  # what a row prepared is not searched for garbage while it is measured
    try:
        for side in sides.values():
            side()  # warm: caches, lazy imports, prepared statements
        rounds: list[_Round] = []
        quiet: list[_Round] = []
        start = time.perf_counter()
        while len(quiet) < case.rounds and len(rounds) < case.rounds * _ATTEMPTS:
            if len(rounds) >= case.rounds and time.perf_counter() - start > _PATIENCE:
                break
            found = _round(sides, case.calls, backwards=bool(len(rounds) % 2))
            rounds.append(found)
            if found.others <= BUSY:
                quiet.append(found)
    finally:
        gc.unfreeze()
    # Too few quiet ones: the least busy are shown, and marked.
    shown = sorted(rounds, key=lambda found: found.others)[: case.rounds]
    return [_line(case, label, shown, len(quiet)) for label in case.floors]


def table(lines: Sequence[Line]) -> str:
    """As `docs/rendimiento.md` reads it."""
    header = ("job", "goal", "floor", "ours", "ratio", "holds")
    rows = [header, *(_cells(line) for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(header))]
    out = [
        " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    out.insert(1, "-|-".join("-" * width for width in widths))
    return "\n".join(out)


def shown(figure: float, unit: str) -> str:
    """A figure with its unit."""
    return f"{figure / 1e6:.0f} MB" if unit == MEGABYTES else shown_time(figure)


def shown_time(seconds: float) -> str:
    """With the unit that leaves few digits."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size or unit == "µs":
            return f"{seconds / size:.3g} {unit}"
    raise AssertionError


def machine_seconds() -> float | None:
    """Processor seconds that everything on this machine has used; None where no file tells."""
    with suppress(OSError):
        ticks = [int(word) for word in _STAT.read_text().partition("\n")[0].split()[1:9]]
        busy = sum(ticks) - sum(ticks[place] for place in _IDLE_FIELDS)
        return busy / os.sysconf("SC_CLK_TCK")
    return None


def _round(sides: Mapping[str, Side], calls: int, *, backwards: bool) -> _Round:
    order = list(sides)[:: -1 if backwards else 1]
    spent: dict[str, list[float]] = {label: [] for label in sides}
    gc.collect()
    before, own, start = machine_seconds(), _own_seconds(), time.perf_counter()
    for _ in range(calls):
        for label in order:
            spent[label].append(sides[label]())
    wall = time.perf_counter() - start
    after = machine_seconds()
    others = 0.0
    if before is not None and after is not None:
        used = after - before - (_own_seconds() - own)
        others = max(0.0, used) / (wall * (os.cpu_count() or 1))
    return _Round({label: median(times) for label, times in spent.items()}, others)


def _own_seconds() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _line(case: Case, label: str, rounds: Sequence[_Round], quiet: int) -> Line:
    return Line(
        job=case.job,
        goal=None if label in case.informs else case.goal,
        label=label,
        floor=median(found.seconds[label] for found in rounds),
        ours=median(found.seconds[_OURS] for found in rounds),
        ratio=median(found.seconds[_OURS] / found.seconds[label] for found in rounds),
        quiet=quiet,
        rounds=case.rounds,
        unit=case.unit,
    )


def _cells(line: Line) -> tuple[str, ...]:
    holds = {None: "–", True: "yes", False: "NO"}[line.holds]
    if line.noisy:
        holds += f" (busy machine: {line.quiet} of {line.rounds} rounds quiet)"
    return (
        line.job,
        "" if line.goal is None else f"{line.goal:g}x",
        f"{shown(line.floor, line.unit)} {line.label}",
        shown(line.ours, line.unit),
        f"{line.ratio:.3g}x",
        holds,
    )
