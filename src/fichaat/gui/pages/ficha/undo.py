"""*Deshacer* and *Rehacer* over all that a page edits: one step a field and burst of typing."""

from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

PAUSE: Final = 1.5
"""Seconds without typing after which the next key begins another step."""
_MOST: Final = 500

F = TypeVar("F")
"""All that is edited, as it stands at one moment; it never changes."""


@dataclass(frozen=True, slots=True)
class Step(Generic[F]):
    """How all was, and where the change was made."""

    form: F
    path: str
    mark: object = field(default_factory=object, compare=False)
    """Of the change, also once it was undone and made again."""


class History(Generic[F]):
    """The forms before and after; every one is whole, they share what did not change."""

    def __init__(self) -> None:
        self._before: list[Step[F]] = []
        self._after: list[Step[F]] = []
        self._burst: tuple[str, float] | None = None
        self._group: bool | None = None
        """While many changes are one step: whether it was begun."""

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        return bool(self._after)

    def undoes_to(self, form: F) -> bool:
        """Whether the next step back leads to this very form."""
        return bool(self._before) and self._before[-1].form == form

    def holds(self, mark: object) -> bool:
        """Whether a change stands: it is neither undone nor forgotten."""
        return any(step.mark is mark for step in self._before)

    def is_last(self, mark: object) -> bool:
        """Whether the next step back undoes this very change."""
        return bool(self._before) and self._before[-1].mark is mark

    def remember(self, form: F, path: str, now: float, *, whole: bool = False) -> object:
        """The form as it was before a change.

        Args:
            form: before the change.
            path: what changed.
            now: seconds of a clock that only goes on.
            whole: the change is a step of its own (a row, a file), not one key of many.

        Returns:
            The mark of the step that undoes it.
        """
        self._after.clear()
        goes_on = (
            not whole
            and self._burst is not None
            and self._burst[0] == path
            and now - self._burst[1] < PAUSE
        )
        if self._group is not None:
            goes_on, self._group = self._group, True
        if not goes_on:
            self._before = [*self._before[-_MOST + 1 :], Step(form, path)]
        self._burst = None if whole else (path, now)
        return self._before[-1].mark

    def undo(self, now: F) -> Step[F] | None:
        """The step to go back to."""
        return self._turn(self._before, self._after, now)

    def redo(self, now: F) -> Step[F] | None:
        """The step to go forward to."""
        return self._turn(self._after, self._before, now)

    def open_group(self) -> None:
        """Whatever changes until `close_group` is one step."""
        self._group = False

    def close_group(self) -> None:
        self._group = None
        self._burst = None

    def end_burst(self) -> None:
        """The next key begins a step of its own: the field was left."""
        self._burst = None

    def _turn(self, source: list[Step[F]], target: list[Step[F]], now: F) -> Step[F] | None:
        if not source:
            return None
        self._burst = None
        step = source.pop()
        target.append(Step(now, step.path, step.mark))
        return step
