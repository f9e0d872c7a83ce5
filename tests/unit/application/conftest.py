"""One laptop with a real database for the tests of use cases."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.installations import Laptop, template_store


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return template_store(tmp_path_factory.mktemp("plantilla"))


@pytest.fixture
def laptop(tmp_path: Path, template: Path) -> Iterator[Laptop]:
    made = Laptop(tmp_path / "a", template, skew=timedelta(0), number=1)
    yield made
    made.close()


@pytest.fixture
def other(tmp_path: Path, template: Path) -> Iterator[Laptop]:
    made = Laptop(tmp_path / "b", template, skew=timedelta(0), number=2)
    yield made
    made.close()
