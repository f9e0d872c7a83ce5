"""What every test run has."""

import pytest

from tests.support import attack_table, fault_table


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    attack_table.pytest_terminal_summary(terminalreporter)
    fault_table.pytest_terminal_summary(terminalreporter)
