"""The system refuses a write, once or from then on: a sentence, and the data are as before."""

import pytest

from tests.support.fault_checks import demand_a_sentence, possible
from tests.support.fault_stage import EXPORT, IMPORT, SEAL, Operation, Trial
from tests.support.fault_table import exhaustive
from tests.support.region_stage import REGION

pytestmark = pytest.mark.faults

SAMPLED = 2
"""Of each operation and kind of error, where not every point is tried."""

_KINDS = [(error, when) for error in ("ENOSPC", "EIO") for when in ("once", "ever after")]


@pytest.mark.parametrize(("error", "when"), _KINDS)
@pytest.mark.parametrize("operation", [SEAL, EXPORT, IMPORT], ids=lambda operation: operation.name)
def test_a_sentence_and_the_old_state(
    operation: Operation, error: str, when: str, trial: Trial
) -> None:
    _refuse(operation, error, when, trial, SAMPLED)


@pytest.mark.parametrize("operation", REGION, ids=lambda operation: operation.name)
def test_a_sentence_for_a_region_too(operation: Operation, trial: Trial) -> None:
    """One kind of error for each operation, another for the next, where there is little time."""
    kinds = _KINDS if exhaustive() else [_KINDS[REGION.index(operation)]]
    for error, when in kinds:
        _refuse(operation, error, when, trial, 1)


def _refuse(operation: Operation, error: str, when: str, trial: Trial, count: int) -> None:
    stage = trial.stage(operation)
    ever_after = when == "ever after"
    found = possible(stage, error, ever_after=ever_after)
    reached = 0
    for point in trial.choose(found, f"{operation.name} {error} {when}", count):
        reached += demand_a_sentence(trial, stage, point, error, ever_after=ever_after)
    how = "desde ahí" if ever_after else "una vez"
    trial.row(f"{error} {how} al {operation.name}", reached, len(found))
