"""What every test run has."""

import pytest
from hypothesis import HealthCheck, settings

from tests.support import attack_table, fault_table

# How fast examples are made says something about a busy machine, nothing about the program.
settings.register_profile("fichaat", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("fichaat")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """An attack that nobody tried, or that got through, is no green run."""
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if terminal is None or session.exitstatus != pytest.ExitCode.OK:
        return
    if attack_table.problems(terminal, whole=_is_whole(session.config)):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    config = terminalreporter.config
    attack_table.pytest_terminal_summary(
        terminalreporter, whole=_is_whole(config), verbose=config.option.verbose > 0
    )
    fault_table.pytest_terminal_summary(terminalreporter)


_CHOICES = ("keyword", "markexpr", "lf", "deselect", "ignore", "ignore_glob")
"""Options with which somebody chooses among the tests."""


def _is_whole(config: pytest.Config) -> bool:
    """Whether nobody chose among the tests."""
    chosen = any(getattr(config.option, name, None) for name in (*_CHOICES, "collectonly"))
    return config.args_source is pytest.Config.ArgsSource.TESTPATHS and not chosen
