"""The table of attacks: a row for each, printed at the end of the run, also under xdist.

A test calls `attack_row` with what happened; a row that was not refused fails the test.
"""

from itertools import takewhile
from typing import Protocol

import pytest

_PROPERTY = "attack"


class _Terminal(Protocol):
    stats: dict[str, list[object]]

    def section(self, title: str) -> None: ...

    def write_line(self, line: str) -> None: ...


def attack_row(
    request: pytest.FixtureRequest, number: str, title: str, exit_code: int, code: str
) -> None:
    """Add a row, and fail where the attack succeeded.

    Args:
        request: of the test that tried it.
        number: of the list of attacks ("16b").
        title: what was tried, in a few words.
        exit_code: 1 refused, 3 kept apart; 0 means that it was accepted.
        code: of the sentence that the person reads.
    """
    request.node.user_properties.append((_PROPERTY, [number, title, exit_code, code]))
    assert exit_code in {1, 3}, f"attack {number} ({title}) was not refused: exit {exit_code}"
    assert code, f"attack {number} ({title}) has no code"


def pytest_terminal_summary(terminalreporter: _Terminal) -> None:
    rows = {
        (str(row[0]), str(row[1])): row
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, row in getattr(report, "user_properties", ())
        if name == _PROPERTY
    }
    if not rows:
        return
    terminalreporter.section("attack · exit · code")
    for key in sorted(rows, key=_order):
        number, title, exit_code, code = rows[key]
        mark = "" if exit_code in {1, 3} else "   <-- NOT REFUSED"
        terminalreporter.write_line(f"{number:<5} {title:<62} · {exit_code} · {code}{mark}")
    terminalreporter.write_line(f"{len(rows)} rows")


def _order(key: tuple[str, str]) -> tuple[int, str, str]:
    digits = "".join(takewhile(str.isdigit, key[0]))
    return int(digits or 0), key[0], key[1]
