from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.program import Machine


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A computer where nobody has worked yet."""
    return Machine(tmp_path)


@pytest.fixture
def office(machine: Machine) -> Machine:
    """A specialist's computer with its profile."""
    machine.create()
    return machine


@pytest.fixture
def another(tmp_path: Path) -> Callable[[str], Machine]:
    """Further computers with a profile of their own."""

    def make(name: str) -> Machine:
        other = Machine(tmp_path, name)
        other.create()
        return other

    return make
