"""A reception stops soon after the person says so: how often it looks is counted, not timed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fichaat.application import look
from fichaat.application.jobs import CancelToken, no_progress
from fichaat.application.verdict import BundleVerdict
from fichaat.bootstrap import Session
from fichaat.bundle.received import ReceivedFolder
from fichaat.domain.errors import CancelledError
from fichaat.domain.firma import Adjunto
from fichaat.domain.record import SealedRecord, sha256_hex
from fichaat.storage.transaction import SqlTransaction
from tests.support.envelopes import in_envelope
from tests.support.fault_stage import files, opened
from tests.support.hostile import Sealer, package
from tests.support.program import Machine
from tests.support.records import make_ficha
from tests.support.region_scene import state

RECORDS, BLOBS, BLOB_BYTES = 600, 6, 500_000
BATCH = 100


class WatchingToken(CancelToken):
    """Counts looks; cancels at one of them; hears of work done in between."""

    def __init__(self, at: int | None = None) -> None:
        super().__init__()
        self.looks = 0
        self.records = 0
        self.blobs = 0
        self.most_records = 0
        self.most_blobs = 0
        self._at = at

    def check(self) -> None:
        self.looks += 1
        self.records = self.blobs = 0
        if self.looks == self._at:
            self.cancel()
        super().check()

    def stop_after(self, looks: int) -> None:
        """Cancel at one of the next looks."""
        self._at = self.looks + looks

    @property
    def left(self) -> int:
        """Looks until it cancels."""
        return (self._at or 0) - self.looks

    def worked(self, *, records: int = 0, blobs: int = 0) -> None:
        self.records += records
        self.blobs += blobs
        self.most_records = max(self.most_records, self.records)
        self.most_blobs = max(self.most_blobs, self.blobs)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """Whoever receives; a reception that is cancelled leaves it as it was."""
    made = Machine(tmp_path_factory.mktemp("recibe"))
    made.create()
    return made


@pytest.fixture(scope="module", params=["plain", "closed"])
def bundle(
    request: pytest.FixtureRequest, machine: Machine, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Several batches and megabytes of attachments, in an envelope and in none."""
    folder = tmp_path_factory.mktemp("envio")
    sealer = Sealer(71)
    blobs = [bytes([number]) * BLOB_BYTES for number in range(BLOBS)]
    attached = tuple(
        Adjunto(sha256_hex(blob), "foto.jpg", "image/jpeg", len(blob)) for blob in blobs
    )
    first = sealer.seal(make_ficha(0, adjuntos=attached))
    parcels = [first, *(sealer.seal(make_ficha(number)) for number in range(1, RECORDS))]
    path = package(folder / "grande.fichaat", sealer.key, parcels, blobs=blobs)
    if request.param == "closed":
        machine.done("perfil", "solicitud", "-o", folder / "s.fichaat")
        asked = machine.done("paquete", "verificar", folder / "s.fichaat")
        path.write_bytes(in_envelope(path.read_bytes(), asked["paquete"]["solicitud"]["age"]))
    return path


def receive(session: Session, path: Path, token: CancelToken) -> BundleVerdict:
    verdict, _ = session.import_bundle(path, progress=no_progress, cancel=token)
    return verdict


def watch(monkeypatch: pytest.MonkeyPatch, token: WatchingToken) -> None:
    """Let the token hear of everything that is stored."""
    monkeypatch.setattr(look, "_BATCH", BATCH)
    add_records: Callable[..., Any] = SqlTransaction.add_records
    add_blob: Callable[..., Any] = SqlTransaction.add_blob

    def records(tx: SqlTransaction, items: list[SealedRecord], *rest: Any) -> None:  # noqa: ANN401
        token.worked(records=len(items))
        add_records(tx, items, *rest)

    def blob(tx: SqlTransaction, *rest: Any) -> None:  # noqa: ANN401  # of the method
        token.worked(blobs=1)
        add_blob(tx, *rest)

    monkeypatch.setattr(SqlTransaction, "add_records", records)
    monkeypatch.setattr(SqlTransaction, "add_blob", blob)


def test_a_reception_looks_often_and_stops_wherever_it_looks(
    bundle: Path, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, there = state(machine), files(machine.folder)
    counting = WatchingToken()
    with opened(machine) as session:
        session.preview_bundle(bundle, no_progress, CancelToken())
        with monkeypatch.context() as patch:
            watch(patch, counting)
            verdict, _ = session.import_bundle(bundle, preview=True, cancel=counting)
    assert len(verdict.registros) == RECORDS
    # Every record and every attachment on its own, and every piece of the file.
    assert counting.looks > 2 * RECORDS + BLOBS
    assert counting.most_records <= BATCH
    assert counting.most_blobs == 1
    monkeypatch.setattr(look, "_BATCH", BATCH)
    step = counting.looks // 12
    for number in [1, 2, *range(step, counting.looks, step), counting.looks]:
        with opened(machine) as session, pytest.raises(CancelledError):
            receive(session, bundle, WatchingToken(at=number))
    assert state(machine) == before
    assert files(machine.folder) == there


def test_it_stops_while_the_bytes_are_kept(
    bundle: Path, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last thing that a reception does: everything is taken back."""
    before, there = state(machine), files(machine.folder)
    copy: Callable[..., Any] = ReceivedFolder._copy
    for later in (1, 3):
        token = WatchingToken()

        def begin(*given: Any, token: WatchingToken = token, later: int = later) -> None:  # noqa: ANN401  # of the method
            token.stop_after(later)
            copy(*given)

        monkeypatch.setattr(ReceivedFolder, "_copy", begin)
        with opened(machine) as session, pytest.raises(CancelledError):
            receive(session, bundle, token)
        assert token.left == 0
    assert state(machine) == before
    assert files(machine.folder) == there
