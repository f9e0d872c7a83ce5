"""What every test run has."""

import pytest
from hypothesis import HealthCheck, settings

from tests.support import attack_table, fault_table

# How fast examples are made says something about a busy machine, nothing about the program.
settings.register_profile("fichaat", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("fichaat")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    attack_table.pytest_terminal_summary(terminalreporter)
    fault_table.pytest_terminal_summary(terminalreporter)
