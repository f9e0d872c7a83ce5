"""A bundle whose signatures another process verifies: nothing is given out before they hold."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from fichaat.application.jobs import CancelToken, no_progress
from fichaat.application.ports.keys import SignedRecord
from fichaat.bundle import checked_bundle
from fichaat.bundle.checked_bundle import CheckedBundle
from fichaat.bundle.reader import StrictBundleReader
from fichaat.domain.errors import UserFacingError
from fichaat.domain.record import SealedRecord
from fichaat.trust import signature_checks
from fichaat.trust.service import TrustService
from tests.support import bundles
from tests.support.keys import SeededKey

KEY, OTHER = SeededKey(1), SeededKey(2)
READER = StrictBundleReader(TrustService())
BATCH = 4
RECORDS = bundles.seal_chain(KEY, 20) + bundles.seal_chain(OTHER, 6, bundles.uuid7(2))
PATIENCE = 60.0
"""Seconds for another process to say its first word on a busy machine."""


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Another process has said that it is ready; how many signatures it was given."""
    start, request = signature_checks._start, signature_checks._request
    given: list[int] = []

    def patient() -> signature_checks._Helper | None:
        helper = start()
        assert helper is not None
        assert helper._connection.poll(PATIENCE)
        return helper

    def counted(signed: Sequence[SignedRecord]) -> signature_checks._Request:
        given.append(len(signed))
        return request(signed)

    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(signature_checks, "FEW", 0)
    monkeypatch.setattr(signature_checks, "_AT_HAND", 100)
    monkeypatch.setattr(signature_checks, "_start", patient)
    monkeypatch.setattr(signature_checks, "_request", counted)
    monkeypatch.setattr(checked_bundle, "_BATCH", BATCH)
    return given


def opened(folder: Path, records: Sequence[SealedRecord]) -> Iterator[CheckedBundle]:
    path = folder / "paquete.fichaat"
    path.unlink(missing_ok=True)
    bundles.write(path, KEY, bundles.members(KEY, records, certificates=[KEY, OTHER]))
    with path.open("rb") as file, READER.check(file, no_progress, CancelToken()) as bundle:
        yield bundle


def test_what_is_written_is_read(
    tmp_path: Path, asked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signature_checks, "_verify", pytest.fail)
    for bundle in opened(tmp_path, RECORDS):
        assert sorted(item.sha256 for item in bundle.records()) == sorted(
            item.sha256 for item in RECORDS
        )
    assert sum(asked) == len(RECORDS)


@pytest.mark.parametrize("row", range(0, len(RECORDS), 5))
def test_one_false_signature_in_any_batch_stops_it(tmp_path: Path, row: int) -> None:
    """Of the batches before it everything may be seen, of its own nothing."""
    false = replace(RECORDS[row], signature=KEY.sign_record(b"otra cosa"))
    changed = [*RECORDS[:row], false, *RECORDS[row + 1 :]]
    seen: list[str] = []
    for bundle in opened(tmp_path, changed):
        with pytest.raises(UserFacingError) as caught:
            seen.extend(item.sha256 for item in bundle.records())
        order = [entry.name[121:185] for entry in bundle._records[::2]]
        assert caught.value.code == "bundle.record_signature"
        assert caught.value.params == {"equipo": false.record.device}
        assert seen == order[: order.index(false.sha256) // BATCH * BATCH]


def test_a_look_that_is_broken_off_spoils_no_other(tmp_path: Path) -> None:
    """What it had asked for and never heard is not taken for the answers of the next."""
    false = replace(RECORDS[3], signature=KEY.sign_record(b"otra cosa"))
    for bundle in opened(tmp_path, [*RECORDS[:3], false, *RECORDS[4:]]):
        first = bundle.records()
        with pytest.raises(UserFacingError):
            list(bundle.records())
        with pytest.raises(UserFacingError):
            list(first)
    for bundle in opened(tmp_path, RECORDS):
        broken_off = bundle.records()
        next(broken_off)
        assert len(list(bundle.records())) == len(RECORDS)
