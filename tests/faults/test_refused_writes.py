"""The system refuses a write, once or from then on: a sentence, and the data are as before."""

import pytest

from tests.support.fault_stage import (
    EXPORT,
    IMPORT,
    SEAL,
    Operation,
    Trial,
    demand_retry,
    look,
    told,
)
from tests.support.strace import Point, refused_at

pytestmark = pytest.mark.faults

SAMPLED = 2
"""Of each operation and kind of error, where not every point is tried."""

_NO_SPACE_ON = {"pwrite64", "write", "fsync", "rename"}
"""Calls that a full disk refuses: removing and shortening always work."""

_CODES = {
    "ENOSPC": {"storage.no_space", "system.no_space"},
    "EIO": {"storage.io", "system.removed"},
}


@pytest.mark.parametrize("when", ["once", "ever after"])
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
@pytest.mark.parametrize("operation", [SEAL, EXPORT, IMPORT], ids=lambda operation: operation.name)
def test_a_sentence_and_the_old_state(
    operation: Operation, error: str, when: str, trial: Trial
) -> None:
    stage = trial.stage(operation)
    ever_after = when == "ever after"
    possible = [
        point for point in stage.points if _is_possible(point, error, ever_after=ever_after)
    ]
    reached = 0
    for point in trial.choose(possible, f"{operation.name} {error} {when}", SAMPLED):
        with trial.case(stage) as machine:
            argv = stage.argv(machine)
            ended = refused_at(machine, point, error, *argv, ever_after=ever_after)
            reached += ended.hurt
            view = look(machine)
            if ended.code == operation.code:  # the program could do without that call
                assert view == stage.after, point
            else:
                code = told(ended)
                assert code in _CODES[error] or (code == "storage.io" and _is_untold(point)), point
                allowed = [stage.before]
                if ever_after and point.call == "fsync" and point.file.endswith("-wal"):
                    # All of it stands in the log, and nothing that could take it back works any
                    # more: whoever opens it on a sound disk finds it done.
                    allowed.append(stage.after)
                assert view in allowed, (point, ended)
            demand_retry(stage, machine, view)
    how = "desde ahí" if ever_after else "una vez"
    trial.row(f"{error} {how} al {operation.name}", reached, len(possible))


def _is_possible(point: Point, error: str, *, ever_after: bool) -> bool:
    if error == "ENOSPC" and point.call not in _NO_SPACE_ON:
        return False
    return not (ever_after and point.call == "write")  # that would silence the program too


def _is_untold(point: Point) -> bool:
    """SQLite says "I/O error" here, whatever the system said; a disk that is full is looked at."""
    return point.call == "fsync" or point.file.endswith("-shm")
