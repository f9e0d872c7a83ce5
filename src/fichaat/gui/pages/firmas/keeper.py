"""Keeps what is being drawn: one write in line, which takes the last stroke. No Qt here."""

from collections.abc import Callable
from threading import Lock

from fichaat.application.changes import Changes
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
        self._alone = Lock()
        self._latest: tuple[str, str, Trazo | None] | None = None
        """What the work in line will keep."""

    def keep(self, codigo: str, participante: str, trazo: Trazo | None) -> None:
        """Keep this instead of what was drawn before; nothing where None.

        From here on it is in line: it is kept also when the page goes, or the window closes.
        """
        with self._alone:
            waits = self._latest is not None
            self._latest = (codigo, participante, trazo)
        if not waits:
            self._tasks.write(self._write, self._kept, self._failed)

    def drop(self) -> None:
        """What waits to be kept was accepted."""
        with self._alone:
            self._latest = None

    def _write(self) -> tuple[None, Changes]:
        with self._alone:
            latest, self._latest = self._latest, None
        return None, Changes() if latest is None else self._keep_stroke(*latest)

    def _kept(self, _: None) -> None:
        self._on_kept()

    def _failed(self, error: UserFacingError) -> None:
        self.drop()  # who hears of it asks again
        self._on_failed(error)
