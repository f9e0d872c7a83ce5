"""What every test run has."""

from tests.support.attack_table import pytest_terminal_summary

__all__ = ["pytest_terminal_summary"]
