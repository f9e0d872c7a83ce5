"""What fault injection tried, printed at the end of the run, also under xdist."""

import os
from collections import Counter
from typing import Protocol

import pytest

_PROPERTY = "faults"
DEFAULT_SEED = 20261121


class _Terminal(Protocol):
    config: pytest.Config
    stats: dict[str, list[object]]

    def section(self, title: str) -> None: ...

    def write_line(self, line: str) -> None: ...


def exhaustive() -> bool:
    """Whether every point is tried, not a sample."""
    return os.environ.get("FICHAAT_FAULTS") == "all"


def seed_of(config: pytest.Config) -> int:
    """What chooses the sample: FICHAAT_FAULTS_SEED, else the seed of the order of the tests."""
    named = os.environ.get("FICHAAT_FAULTS_SEED")
    if named:
        return int(named)
    given = getattr(config.option, "randomly_seed", None)
    return given if isinstance(given, int) else DEFAULT_SEED


def fault_row(request: pytest.FixtureRequest, title: str, tried: int, total: int) -> None:
    """Add to a row: how many points were tried, of how many that there are."""
    request.node.user_properties.append((_PROPERTY, [title, tried, total]))


def pytest_terminal_summary(terminalreporter: _Terminal) -> None:
    tried: Counter[str] = Counter()
    total: dict[str, int] = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", None) != "call":
                continue
            for name, row in getattr(report, "user_properties", ()):
                if name == _PROPERTY:
                    tried[row[0]] += row[1]
                    total[row[0]] = row[2]
    if not tried:
        return
    terminalreporter.section("fault injection")
    for title in sorted(tried):
        terminalreporter.write_line(f"{title}: {tried[title]} de {total[title]} puntos")
    seed = seed_of(terminalreporter.config)
    terminalreporter.write_line(f"semilla {seed} (FICHAAT_FAULTS_SEED={seed} elige los mismos)")
