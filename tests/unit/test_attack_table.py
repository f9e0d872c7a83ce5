"""The table at the end of a run says which attack got through, and which nobody tried."""

from types import SimpleNamespace

from tests.support import attack_table
from tests.support.attack_table import TITLES


class Terminal:
    def __init__(self, *rows: tuple[object, ...]) -> None:
        properties = [("attack", list(row)) for row in rows]
        self.stats: dict[str, list[object]] = {
            "passed": [SimpleNamespace(user_properties=properties)]
        }
        self.lines: list[str] = []

    def section(self, title: str) -> None:
        self.lines.append(title)

    def write_line(self, line: str) -> None:
        self.lines.append(line)


ALL = [(str(number), "tried", 1, "bundle.gap", "") for number in TITLES]


def told(terminal: Terminal, *, whole: bool) -> str:
    attack_table.pytest_terminal_summary(terminal, whole=whole)
    return "\n".join(terminal.lines)


def test_the_list_has_44() -> None:
    assert list(TITLES) == list(range(1, 45))
    assert attack_table.problems(Terminal(*ALL), whole=True) == []


def test_what_nobody_tried_fails_a_whole_run_only() -> None:
    terminal = Terminal(*ALL[:-1])
    assert attack_table.problems(terminal, whole=False) == []
    (problem,) = attack_table.problems(terminal, whole=True)
    assert problem.startswith("44 ")
    assert "NOT TRIED" in told(terminal, whole=True)
    assert attack_table.problems(Terminal(), whole=True)


def test_what_got_through_fails_any_run() -> None:
    for row in (("7b", "x", 0, "bundle.gap", ""), ("7b", "x", 2, "cli.usage", "nothing")):
        terminal = Terminal(*ALL, row)
        (problem,) = attack_table.problems(terminal, whole=False)
        assert problem.startswith("7b ")
        assert "GOT THROUGH" in told(terminal, whole=False)


def test_a_variant_that_got_through_once_is_told_whatever_came_after() -> None:
    bad, good = ("7b", "x", 0, "", ""), ("7b", "x", 1, "bundle.count", "")
    for rows in ((bad, good), (good, bad)):
        assert len(attack_table.problems(Terminal(*rows), whole=False)) == 1


def test_what_was_accepted_without_effect_is_said_so() -> None:
    terminal = Terminal(("39k", "clock ahead", 0, "", "told, tolerated"))
    assert attack_table.problems(terminal, whole=False) == []
    assert "(1 without effect)" in told(terminal, whole=False)
