"""Keeps what is being drawn: one write at a time, the last stroke wins. No Qt here."""

from collections.abc import Callable

from fichaat.application.keep_stroke import KeepStroke
from fichaat.domain.errors import UserFacingError
from fichaat.domain.firma import Trazo
from fichaat.gui.tasks import Tasks


class StrokeKeeper:
    """What is on the pad, kept for when the page comes back."""

    def __init__(
        self,
        tasks: Tasks,
        keep: KeepStroke,
        on_kept: Callable[[], object],
        on_failed: Callable[[UserFacingError], object],
    ) -> None:
        self._tasks = tasks
        self._keep_stroke = keep
        self._on_kept = on_kept
        self._on_failed = on_failed
        self._running = False
        self._waiting: tuple[str, str, Trazo | None] | None = None

    def keep(self, codigo: str, participante: str, trazo: Trazo | None) -> None:
        """Keep this instead of what was drawn before; nothing where None."""
        if self._running:
            self._waiting = (codigo, participante, trazo)
            return
        self._running = True
        self._tasks.write(
            lambda: (None, self._keep_stroke(codigo, participante, trazo)),
            self._kept,
            self._failed,
        )

    def drop(self) -> None:
        """What waits to be kept was accepted."""
        self._waiting = None

    def _kept(self, _: None) -> None:
        self._running = False
        self._on_kept()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.keep(*waiting)

    def _failed(self, error: UserFacingError) -> None:
        self._running = False
        self._waiting = None
        self._on_failed(error)
