"""One fault at one point of one operation, and what must hold after it."""

from typing import Final

from tests.support.fault_stage import Stage, Trial, demand_retry, look, told
from tests.support.strace import Point, killed_at, refused_at

_NO_SPACE_ON: Final = {"pwrite64", "write", "fsync", "rename"}
"""Calls that a full disk refuses: removing and shortening always work."""

_CODES: Final = {
    "ENOSPC": {"storage.no_space", "system.no_space"},
    "EIO": {"storage.io", "system.removed"},
}


def demand_old_or_new(trial: Trial, stage: Stage, point: Point) -> bool:
    """Kill at a point: the data are as before or as after, and the retry works.

    Returns:
        Whether the run came as far as the point.
    """
    with trial.case(stage) as machine:
        ended = killed_at(machine, point, *stage.argv(machine))
        view = look(machine)
        if ended.killed:
            assert view in stage.states, point
        else:  # a run may need one write less than the one that was counted
            assert (ended.code, view) == (stage.operation.code, stage.after), (point, ended)
        demand_retry(stage, machine, view)
        return ended.killed


def demand_a_sentence(
    trial: Trial, stage: Stage, point: Point, error: str, *, ever_after: bool
) -> bool:
    """The system refuses a call: a sentence, the data are as before, and the retry works.

    Returns:
        Whether the run came as far as the point.
    """
    with trial.case(stage) as machine:
        ended = refused_at(machine, point, error, *stage.argv(machine), ever_after=ever_after)
        view = look(machine)
        if ended.code == stage.operation.code:  # the program could do without that call
            assert view == stage.after, point
        else:
            code = told(ended)
            assert code in _CODES[error] or (code == "storage.io" and _is_untold(point)), point
            allowed = [view for view in stage.states if view != stage.after]
            if ever_after and point.call == "fsync" and point.file.endswith("-wal"):
                # All of it stands in the log, and nothing that could take it back works any
                # more: whoever opens it on a sound disk finds it done.
                allowed.append(stage.after)
            assert view in allowed, (point, ended)
        demand_retry(stage, machine, view)
        return ended.hurt


def possible(stage: Stage, error: str, *, ever_after: bool) -> list[Point]:
    """The points at which the system may say this."""
    return [point for point in stage.points if _is_possible(point, error, ever_after=ever_after)]


def _is_possible(point: Point, error: str, *, ever_after: bool) -> bool:
    if error == "ENOSPC" and point.call not in _NO_SPACE_ON:
        return False
    return not (ever_after and point.call == "write")  # that would silence the program too


def _is_untold(point: Point) -> bool:
    """SQLite says "I/O error" here, whatever the system said; a disk that is full is looked at."""
    return point.call == "fsync" or point.file.endswith("-shm")
