"""The table of attacks of bundle.md, 1 to 44: a line for each at the end of the run, also under
xdist.

A test calls `attack_row` with what happened to one variant; one that got through fails the test,
and a number that nobody tried fails a run of the whole suite.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import takewhile
from typing import Protocol

import pytest

_PROPERTY = "attack"

TITLES = {
    1: "truncated",
    2: "trailing data",
    3: "prepended data",
    4: "two archives concatenated",
    5: "hidden gap",
    6: "end record inside the comment",
    7: "wrong count",
    8: "wrong directory offset",
    9: "duplicate name",
    10: "names equal but for case",
    11: "../, absolute, backslash",
    12: "Windows device name",
    13: "NFD name",
    14: "symlink",
    15: "file/folder clash",
    16: "local header differs",
    17: "overlapping members",
    18: "ratio bomb",
    19: "lying size",
    20: "encrypted or unknown method",
    21: "0x7075 extra field",
    22: "mimetype missing, not first or compressed",
    23: "data byte flipped",
    24: "member not listed",
    25: "listed member missing",
    26: "listed twice",
    27: "weaker digest",
    28: "DOCTYPE/entities",
    29: "manifest byte flipped",
    30: "SigReference to another file",
    31: "signature bit flipped",
    32: "attribute confusion",
    33: "no signing-certificate",
    34: "two signers",
    35: "embedded content",
    36: "truncated or trailing DER",
    37: "SHA-1",
    38: "unknown root, same-name impostor",
    39: "expired, not yet valid, backdated",
    40: "region key seals work, device certificate as CA",
    41: "outside its scope, role escalation",
    42: "revoked device, revocation removed or replayed",
    43: "records that are not what they say",
    44: "crash or full disk half way",
}

Row = tuple[str, str, int, str, str]
"""Number, title, exit code, code, what held where it was neither refused nor kept apart."""


class _Terminal(Protocol):
    stats: dict[str, list[object]]

    def section(self, title: str) -> None: ...

    def write_line(self, line: str) -> None: ...


def attack_row(
    request: pytest.FixtureRequest,
    number: str,
    title: str,
    exit_code: int,
    code: str,
    *,
    held: str = "",
) -> None:
    """Add a row, and fail where the attack succeeded.

    Args:
        request: of the test that tried it.
        number: of the list of attacks ("16b").
        title: what was tried, in a few words.
        exit_code: 1 refused, 3 kept apart; 0 means that it was accepted.
        code: of the sentence that the person reads.
        held: of what was accepted and had no effect: what stayed as it was, once the test saw it.
    """
    row: Row = number, title, exit_code, code, held
    request.node.user_properties.append((_PROPERTY, list(row)))
    assert not _got_through(row), f"attack {number} ({title}) got through: exit {exit_code}"
    assert code or held, f"attack {number} ({title}) has no code"


def _got_through(row: Row) -> bool:
    _, _, exit_code, _, held = row
    return exit_code not in {1, 3} and not (exit_code == 0 and held)


def pytest_terminal_summary(
    terminalreporter: _Terminal, *, whole: bool, verbose: bool = False
) -> None:
    """One line for every number that was tried.

    Args:
        terminalreporter: who heard of every test.
        whole: all tests ran: a number that nobody tried is told, too.
        verbose: a line for every variant instead.
    """
    rows = _rows(terminalreporter)
    if not rows and not whole:
        return
    terminalreporter.section("attack · exit · code")
    if verbose:
        for number, title, exit_code, code, held in rows:
            mark = (
                "   <-- GOT THROUGH" if _got_through((number, title, exit_code, code, held)) else ""
            )
            terminalreporter.write_line(
                f"{number:<6} {title:<66} · {exit_code} · {code or held}{mark}"
            )
    else:
        for line in _lines(rows):
            terminalreporter.write_line(line)
    terminalreporter.write_line(f"{len(rows)} variants of {len(_by_number(rows))} attacks")
    for problem in problems(terminalreporter, whole=whole):
        terminalreporter.write_line(f"<-- {problem}")


def problems(terminalreporter: _Terminal, *, whole: bool) -> list[str]:
    """Why a run may not be called green, whatever its tests say."""
    rows = _rows(terminalreporter)
    found = [f"{row[0]} ({row[1]}): GOT THROUGH" for row in rows if _got_through(row)]
    if whole:
        tried = _by_number(rows)
        found += [f"{n} ({TITLES[n]}): NOT TRIED" for n in TITLES if n not in tried]
    return found


def _rows(terminalreporter: _Terminal) -> list[Row]:
    found: dict[tuple[str, str], Row] = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", ()):
                if name == _PROPERTY:
                    number, title, exit_code, code, held = value
                    row: Row = str(number), str(title), int(exit_code), str(code), str(held)
                    kept = found.get(row[:2])
                    # The same variant through several commands: the worst is what counts.
                    if kept is None or not _got_through(kept):
                        found[row[:2]] = row
    return sorted(found.values(), key=lambda row: (_number(row), row[:2]))


def _number(row: Row) -> int:
    return int("".join(takewhile(str.isdigit, row[0])) or 0)


def _by_number(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[_number(row)].append(row)
    return found


def _lines(rows: Iterable[Row]) -> Iterable[str]:
    for number, group in sorted(_by_number(rows).items()):
        exits = ",".join(sorted({str(row[2]) for row in group}, reverse=True))
        codes = sorted({row[3] for row in group if row[3]})
        held = sum(1 for row in group if not row[3] or row[2] == 0)
        told = ", ".join(codes[:_CODES])
        more = f" +{len(codes) - _CODES}" if len(codes) > _CODES else ""
        stood = f" ({held} without effect)" if held else ""
        mark = "   <-- GOT THROUGH" if any(_got_through(row) for row in group) else ""
        title = f"{TITLES.get(number, '')} ×{len(group)}"
        yield f"{number:>2} {title:<58} · {exits:<3} · {told}{more}{stood}{mark}"


_CODES = 4
"""Different codes shown of one attack."""
