"""Use case: take many bundles in one go; one that is refused does not stop the others."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from fichaat.application.answers import share
from fichaat.application.changes import Changes
from fichaat.application.import_bundle import ImportBundle
from fichaat.application.jobs import CancelToken, Progress, no_progress
from fichaat.application.look import Seen, nobody_looks
from fichaat.application.verdict import BundleVerdict
from fichaat.domain.errors import CancelledError, UserFacingError


class Received(Struct, frozen=True):
    """What became of the files, in their order; those behind the last verdict were not touched."""

    verdicts: tuple[tuple[Path, BundleVerdict], ...]
    stopped: bool = False
    """The person cancelled: what was applied until then stays."""
    error: UserFacingError | None = None
    """Why it went no further: "storage.*"."""


class ReceiveBundles:
    def __init__(self, import_bundle: ImportBundle) -> None:
        self._import = import_bundle

    def __call__(
        self,
        paths: Sequence[Path],
        *,
        preview: bool = False,
        accept_clock: bool = False,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
        seen: Seen = nobody_looks,
    ) -> tuple[Received, Changes]:
        """Apply each file in a transaction of its own. Nothing is raised: it is in the answer.

        Args:
            paths: files; the same one twice is one.
            preview: find out what each would bring, and take it back.
            accept_clock: see `ImportBundle`.
            progress: units are thousandths of a file.
            cancel: looked at between files and between their members.
            seen: hears of every record.
        """
        token = cancel or CancelToken()
        files = list(dict.fromkeys(paths))
        verdicts: list[tuple[Path, BundleVerdict]] = []
        changes = Changes()
        for number, path in enumerate(files):
            try:
                token.check()
                verdict, changed = self._import(
                    path,
                    preview=preview,
                    accept_clock=accept_clock,
                    progress=share(progress, number, len(files)),
                    cancel=token,
                    seen=seen,
                )
            except CancelledError:
                return Received(tuple(verdicts), stopped=True), changes
            except UserFacingError as error:
                return Received(tuple(verdicts), error=error), changes
            verdicts.append((path, verdict))
            changes = Changes(changes | changed)
        return Received(tuple(verdicts)), changes
