from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.fault_stage import Operation, Stage, Trial, stage_of
from tests.support.fault_table import fault_row, seed_of


@pytest.fixture(scope="session")
def stages(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Operation], Stage]:
    """The stage of each operation, shared by all processes of the run."""
    base = tmp_path_factory.getbasetemp()
    root = base.parent if hasattr(request.config, "workerinput") else base
    return lambda operation: stage_of(operation, root / f"fallas-{operation.name}")


@pytest.fixture
def trial(
    request: pytest.FixtureRequest, stages: Callable[[Operation], Stage], tmp_path: Path
) -> Trial:
    """Stages, a seeded choice of points, a folder for cases, a row of the table."""
    return Trial(
        stages,
        seed_of(request.config),
        tmp_path,
        lambda title, tried, total: fault_row(request, title, tried, total),
    )
