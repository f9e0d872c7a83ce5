"""Attack 44: an import that dies half way leaves everything as it was, and the retry works."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3

from fichaat.application import look
from fichaat.application.import_bundle import ImportBundle
from fichaat.application.jobs import CancelToken
from fichaat.domain.firma import Adjunto
from fichaat.domain.record import sha256_hex
from fichaat.storage.session import Session
from fichaat.storage.store import SqlStore
from fichaat.storage.transaction import SqlTransaction
from fichaat.texts import MESSAGES
from tests.support.attack_table import attack_row
from tests.support.hostile import Parcel
from tests.support.records import make_ficha
from tests.support.scene import Scene, verdicts

RECORDS = 7


def full_disk() -> Exception:
    error = sqlcipher3.dbapi2.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error  # type: ignore[no-any-return]  # published without types


def failing(original: Callable[..., Any], error: Exception, *, at: int) -> Callable[..., Any]:
    """Does its work, and dies right behind the `at`-th time."""
    times = 0

    def method(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  # of anything
        nonlocal times
        found = original(*args, **kwargs)
        times += 1
        if times == at:
            raise error
        return found

    return method


def dying_before_commit(error: Exception) -> Callable[..., Any]:
    write = SqlStore.write

    @contextmanager
    def dying(store: SqlStore, cancel: CancelToken | None = None) -> Iterator[SqlTransaction]:
        with write(store, cancel) as tx:
            yield tx
            raise error

    return dying


Break = Callable[[pytest.MonkeyPatch], None]


def at_batch(number: int, error: Callable[[], Exception]) -> Break:
    def set_up(patch: pytest.MonkeyPatch) -> None:
        method = failing(SqlTransaction.add_records, error(), at=number)
        patch.setattr(SqlTransaction, "add_records", method)

    return set_up


def at_blob(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(SqlTransaction, "add_blob", failing(SqlTransaction.add_blob, full_disk(), at=1))


def at_reception(patch: pytest.MonkeyPatch) -> None:
    method = failing(ImportBundle._receive, RuntimeError("power cut"), at=1)
    patch.setattr(ImportBundle, "_receive", method)


def at_commit(error: Callable[[], Exception]) -> Break:
    return lambda patch: patch.setattr(SqlStore, "write", dying_before_commit(error()))


CRASHES: dict[str, tuple[str, Break, str]] = {
    "44.01": ("dies after the first batch", at_batch(1, lambda: RuntimeError("x")), "cli.bug"),
    "44.02": ("dies between two batches", at_batch(2, lambda: RuntimeError("x")), "cli.bug"),
    "44.03": ("no memory between two batches", at_batch(3, MemoryError), "cli.bug"),
    "44.04": ("disk full between two batches", at_batch(2, full_disk), "storage.no_space"),
    "44.05": ("disk full at an attachment", at_blob, "storage.no_space"),
    "44.06": ("dies after its reception", at_reception, "cli.bug"),
    "44.07": ("dies right before the commit", at_commit(lambda: RuntimeError("x")), "cli.bug"),
    "44.08": ("disk full right before the commit", at_commit(full_disk), "storage.no_space"),
}


def work(scene: Scene) -> tuple[Path, list[Parcel]]:
    """A package of several batches with an attachment."""
    photo = b"\xff\xd8\xff foto"
    adjunto = Adjunto(sha256_hex(photo), "foto.jpg", "image/jpeg", len(photo))
    parcels = [scene.ana.seal(make_ficha(number, adjuntos=(adjunto,))) for number in range(RECORDS)]
    path = scene.ana.package(scene.file("trabajo"), parcels, blobs=[photo])
    return path, parcels


def retry(scene: Scene, path: Path, before: tuple[int, str]) -> None:
    """Nothing happened; the same command now does everything."""
    assert scene.state() == before
    assert len(scene.listed()) == 1
    answer = scene.casa.done("paquete", "importar", path, code=3)
    assert verdicts(answer) == [("new", "record.device_pending")] * RECORDS
    records, after = scene.state()
    assert records == before[0] + RECORDS + 1
    assert after != before[1]
    scene.rebuilt_alike()


@pytest.mark.parametrize("number", CRASHES)
def test_a_crash_leaves_the_old_state(
    number: str, scene: Scene, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    title, set_up, code = CRASHES[number]
    path, _ = work(scene)
    before = scene.state()
    with monkeypatch.context() as patch:
        patch.setattr(look, "_BATCH", 2)
        set_up(patch)
        result = scene.casa.json("paquete", "importar", path)
    attack_row(request, number, title, result.code, result.error)
    assert (result.code, result.error) == (1, code)
    assert code in MESSAGES
    assert "Traceback" not in result.out + result.err
    retry(scene, path, before)


def test_the_disk_fills_up_at_any_write(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """The same import again and again, each time one write further, until it is done."""
    path, _ = work(scene)
    before = scene.state()
    monkeypatch.setattr(look, "_BATCH", 2)
    run_many = Session.run_many
    for number in range(1, 1000):
        monkeypatch.setattr(Session, "run_many", failing(run_many, full_disk(), at=number))
        result = scene.casa.json("paquete", "importar", path)
        monkeypatch.setattr(Session, "run_many", run_many)
        if result.code == 3:
            break
        assert (result.code, result.error) == (1, "storage.no_space")
        assert scene.state() == before
    else:
        raise AssertionError("never done")
    attack_row(request, "44.09", "disk full at any write", 1, "storage.no_space")
    assert number > 50
    assert scene.state()[0] == before[0] + RECORDS + 1
    scene.rebuilt_alike()


def test_the_person_interrupts(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    path, _ = work(scene)
    before = scene.state()
    with monkeypatch.context() as patch:
        patch.setattr(look, "_BATCH", 2)
        at_batch(2, KeyboardInterrupt)(patch)  # type: ignore[arg-type]  # no Exception
        result = scene.casa.json("paquete", "importar", path)
    assert (result.code, result.error) == (130, "job.cancelled")
    retry(scene, path, before)


def test_the_second_of_two_files_dies(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file is its own transaction: the first stays, the second leaves no trace."""
    first = scene.from_ana(scene.ana.seal(make_ficha(20)), name="primero")
    path, _ = work(scene)
    before = scene.state()
    with monkeypatch.context() as patch:
        at_batch(3, lambda: RuntimeError("x"))(patch)  # work, reception, work
        result = scene.casa.json("paquete", "importar", first, path)
    assert result.code == 1
    assert scene.state()[0] == before[0] + 2
    again = scene.casa.done("paquete", "importar", first, path, code=3)
    assert verdicts(again[0]) == [("known", None)]
    assert {result for result, _ in verdicts(again[1])} == {"new"}


def test_a_damaged_copy_then_a_good_one(scene: Scene) -> None:
    path, _ = work(scene)
    before = scene.state()
    whole = path.read_bytes()
    for cut in (0, 1, 100, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:cut])
        assert scene.casa.json("paquete", "importar", path).code == 1
        assert scene.state() == before
    path.write_bytes(whole)
    retry(scene, path, before)
