"""The program is killed at a write, at every write: the data are as before or as after."""

import pytest

from tests.support.fault_stage import EXPORT, IMPORT, SEAL, Operation, Trial, demand_retry, look
from tests.support.strace import killed_at

pytestmark = pytest.mark.faults

SAMPLED = 26
"""Of each operation, where not every point is tried."""

_PARTS = 9


@pytest.mark.parametrize("part", range(_PARTS))
@pytest.mark.parametrize("operation", [SEAL, EXPORT, IMPORT], ids=lambda operation: operation.name)
def test_old_or_new_and_the_retry_works(operation: Operation, part: int, trial: Trial) -> None:
    stage = trial.stage(operation)
    reached = 0
    for point in trial.choose(stage.points, operation.name, SAMPLED)[part::_PARTS]:
        with trial.case(stage) as machine:
            ended = killed_at(machine, point, *stage.argv(machine))
            reached += ended.killed
            view = look(machine)
            if ended.killed:
                assert view in (stage.before, stage.after), point
            else:  # a run may need one write less than the one that was counted
                assert (ended.code, view) == (operation.code, stage.after), (point, ended)
            demand_retry(stage, machine, view)
    trial.row(f"matar al {operation.name}", reached, len(stage.points))
