"""The program is killed at a write, at every write: the data are as before or as after."""

import pytest

from tests.support.fault_checks import demand_old_or_new
from tests.support.fault_stage import EXPORT, IMPORT, SEAL, Operation, Trial
from tests.support.region_stage import REGION

pytestmark = pytest.mark.faults

SAMPLED = 26
"""Of each operation, where not every point is tried."""

SAMPLED_REGION = 3
"""Of each operation of a region."""

_PARTS = 9


@pytest.mark.parametrize("part", range(_PARTS))
@pytest.mark.parametrize("operation", [SEAL, EXPORT, IMPORT], ids=lambda operation: operation.name)
def test_old_or_new_and_the_retry_works(operation: Operation, part: int, trial: Trial) -> None:
    _kill(operation, trial, SAMPLED, part, _PARTS)


@pytest.mark.parametrize("part", range(2))
@pytest.mark.parametrize("operation", REGION, ids=lambda operation: operation.name)
def test_old_or_new_for_a_region_too(operation: Operation, part: int, trial: Trial) -> None:
    _kill(operation, trial, SAMPLED_REGION, part, 2)


def _kill(operation: Operation, trial: Trial, count: int, part: int, parts: int) -> None:
    stage = trial.stage(operation)
    reached = 0
    for point in trial.choose(stage.points, operation.name, count)[part::parts]:
        reached += demand_old_or_new(trial, stage, point)
    trial.row(f"matar al {operation.name}", reached, len(stage.points))
