"""Many files in one go: what becomes of each, and of those behind."""

from pathlib import Path
from typing import Any

from fichaat.application.changes import Changes, Kind
from fichaat.application.import_bundle import ImportBundle
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.receive_bundles import ReceiveBundles, Received
from fichaat.application.verdict import BundleVerdict, refusal
from fichaat.domain.errors import CancelledError, UserFacingError

A, B, C = Path("a.fichaat"), Path("b.fichaat"), Path("c.fichaat")


class Importer:
    """Takes every file but those that are said to fail."""

    def __init__(self, failing: dict[Path, Exception | str] | None = None) -> None:
        self.failing = failing or {}
        self.asked: list[Path] = []
        self.accepted: list[bool] = []

    def __call__(
        self,
        path: Path,
        *,
        preview: bool,
        accept_clock: bool,
        progress: Progress,
        cancel: CancelToken,
        seen: Any,  # noqa: ANN401  # not called here
    ) -> tuple[BundleVerdict, Changes]:
        del preview, cancel, seen
        self.accepted.append(accept_clock)
        self.asked.append(path)
        progress(1, 2)
        progress(2, 2)
        why = self.failing.get(path)
        if isinstance(why, Exception):
            raise why
        if why is not None:
            return refusal(str(path), UserFacingError(why), None), Changes()
        verdict = BundleVerdict(str(path), True, True, True, None, {}, None, aplicado=True)
        return verdict, Changes.of(Kind.FICHA)


def receive(
    importer: Importer, *paths: Path, cancel: CancelToken | None = None
) -> tuple[Received, Changes, list[tuple[int, int]]]:
    told: list[tuple[int, int]] = []
    use_case = ReceiveBundles(_as_use_case(importer))
    received, changes = use_case(
        paths, progress=lambda done, total: told.append((done, total)), cancel=cancel
    )
    return received, changes, told


def _as_use_case(importer: Importer) -> ImportBundle:
    return importer  # type: ignore[return-value]  # called the same way


def applied(received: Received) -> list[tuple[Path, bool]]:
    return [(path, verdict.aplicado) for path, verdict in received.verdicts]


def test_a_refused_file_does_not_stop_the_others() -> None:
    received, changes, _ = receive(Importer({B: "bundle.zip"}), A, B, C)
    assert applied(received) == [(A, True), (B, False), (C, True)]
    assert changes == Changes.of(Kind.FICHA)
    assert (received.stopped, received.error) == (False, None)


def test_a_full_disk_stops_and_what_was_taken_stays() -> None:
    full = UserFacingError("storage.no_space")
    received, changes, _ = receive(Importer({B: full}), A, B, C)
    assert applied(received) == [(A, True)]
    assert received.error is full
    assert changes == Changes.of(Kind.FICHA)


def test_cancel_within_a_file_and_between_files() -> None:
    received, _, _ = receive(Importer({B: CancelledError()}), A, B, C)
    assert (applied(received), received.stopped) == ([(A, True)], True)
    token = CancelToken()
    token.cancel()
    importer = Importer()
    received, changes, _ = receive(importer, A, cancel=token)
    assert (received.verdicts, received.stopped, importer.asked) == ((), True, [])
    assert not changes


def test_progress_goes_over_all_files_and_a_file_twice_is_one() -> None:
    importer = Importer()
    _, _, told = receive(importer, A, A, B)
    assert importer.asked == [A, B]
    assert told == [(500, 2000), (1000, 2000), (1500, 2000), (2000, 2000)]


def test_the_person_answers_once_for_the_clock_of_all() -> None:
    importer = Importer()
    ReceiveBundles(_as_use_case(importer))((A, B))
    ReceiveBundles(_as_use_case(importer))((C,), accept_clock=True)
    assert importer.accepted == [False, False, True]
