"""Signatures verified by another process: the same answers, whoever gives them, whatever fails."""

import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, Pipe
from pathlib import Path

import pytest
from msgspec.structs import replace

from fichaat.application.ports.keys import Answer, SignedRecord
from fichaat.domain.errors import UserFacingError
from fichaat.trust import signature_checks as checks
from fichaat.trust.service import TrustService
from tests.support.keys import SeededKey
from tests.support.records import FakeDevice, make_ficha

TRUST = TrustService()
KEYS = [SeededKey(1), SeededKey(2)]
VERIFIERS = [TRUST.verifier(key.certificate_pem) for key in KEYS]
PATIENCE = 60.0
"""Seconds for another process to say its first word on a busy machine."""

MANY = checks.FEW + 1


def sealed(number: int) -> list[SignedRecord]:
    """Records of two devices, in turn."""
    device = FakeDevice()
    items = [device.ficha(make_ficha(n)) for n in range(number)]
    return [
        (VERIFIERS[n % 2], replace(item, signature=KEYS[n % 2].sign_record(item.raw)))
        for n, item in enumerate(items)
    ]


GOOD = sealed(6)


def spoiled(row: int) -> list[SignedRecord]:
    """One of them bears the signature of the next, which another device made."""
    found = [*GOOD]
    verifier, item = found[row]
    found[row] = verifier, replace(item, signature=found[row + 1][1].signature)
    return found


def refused(answer: Answer, row: int) -> bool:
    with pytest.raises(UserFacingError) as caught:
        answer()
    return (caught.value.code, caught.value.params) == (
        "bundle.record_signature",
        {"equipo": VERIFIERS[row % 2].device},
    )


@pytest.fixture
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


@pytest.fixture
def helpers(
    monkeypatch: pytest.MonkeyPatch, two_processors: None
) -> Iterator[list[checks._Helper]]:
    """The other processes that were started; each has said its first word."""
    start, made = checks._start, []

    def patient() -> checks._Helper | None:
        helper = start()
        assert helper is not None
        assert helper._connection.poll(PATIENCE)
        made.append(helper)
        return helper

    monkeypatch.setattr(checks, "_start", patient)
    yield made
    for helper in made:
        with pytest.raises(ValueError, match="closed"):
            helper._process.is_alive()


@pytest.fixture
def not_here(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on this process verifies nothing that holds."""
    verify = checks._verify

    def only_bad(signed: list[SignedRecord]) -> None:
        verify(signed)
        pytest.fail("the other process had been asked")

    return lambda: monkeypatch.setattr(checks, "_verify", only_bad)


def test_the_other_process_answers_for_good_and_bad(
    helpers: list[checks._Helper], not_here: Callable[[], None]
) -> None:
    not_here()
    with TRUST.checks(MANY) as asked:
        asked.begin(GOOD)()
        for row in range(len(GOOD) - 1):
            assert refused(asked.begin(spoiled(row)), row)
        asked.begin(GOOD)()
        asked.begin([])()
    assert len(helpers) == 1


def test_an_answer_that_nobody_asks_for_is_nobody_elses(
    helpers: list[checks._Helper], not_here: Callable[[], None]
) -> None:
    not_here()
    with TRUST.checks(MANY) as asked:
        for _ in range(3):
            asked.begin(GOOD)
            assert refused(asked.begin(spoiled(2)), 2)
            asked.begin(spoiled(1))
            asked.begin(GOOD)()
        late, bad = asked.begin(GOOD), asked.begin(spoiled(3))
        assert refused(bad, 3)
        late()
    assert len(helpers) == 1


def test_another_key_is_another_answer(helpers: list[checks._Helper]) -> None:
    """The same records, said to be the other device's."""
    swapped = [(VERIFIERS[1 - n % 2], item) for n, (_, item) in enumerate(GOOD)]
    with TRUST.checks(MANY) as asked:
        assert refused(asked.begin(swapped), 1)
        assert refused(asked.begin([(GOOD[0][0], GOOD[2][1]), (GOOD[0][0], GOOD[1][1])]), 0)
    assert len(helpers) == 1


@pytest.mark.usefixtures("two_processors")
def test_a_few_need_no_other_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "_start", pytest.fail)
    with TRUST.checks(checks.FEW) as asked:
        asked.begin(GOOD)()
        assert refused(asked.begin(spoiled(0)), 0)


def test_one_processor_needs_no_other_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.setattr(checks, "_start", pytest.fail)
    with TRUST.checks(MANY) as asked:
        asked.begin(GOOD)()
        assert refused(asked.begin(spoiled(0)), 0)


@pytest.mark.usefixtures("two_processors")
def test_where_no_process_starts_this_one_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError("no process here")

    monkeypatch.setattr(checks, "uninterrupted", refuse)
    with TRUST.checks(MANY) as asked:
        asked.begin(GOOD)()
        assert refused(asked.begin(spoiled(4)), 4)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing tells")
@pytest.mark.usefixtures("two_processors")
def test_it_hears_no_interrupt_from_its_first_moment_on() -> None:
    """Nor where it is the first process that is spawned at all."""
    resource_tracker._resource_tracker._stop()  # type: ignore[attr-defined]
    helper = checks._start()
    assert helper is not None
    try:
        status = Path(f"/proc/{helper._process.pid}/status").read_text()
        (blocked,) = re.findall(r"^SigBlk:\s*([0-9a-f]+)", status, re.MULTILINE)
        assert int(blocked, 16) >> (signal.SIGINT - 1) & 1
    finally:
        helper.stop()
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_a_killed_process_is_done_without(
    helpers: list[checks._Helper], capfd: pytest.CaptureFixture[str]
) -> None:
    with TRUST.checks(MANY) as asked:
        asked.begin(GOOD)()
        good, bad = asked.begin(GOOD), asked.begin(spoiled(0))
        (helper,) = helpers
        helper._process.kill()
        helper._process.join()
        good()
        assert refused(bad, 0)
        asked.begin(GOOD)()
        assert refused(asked.begin(spoiled(1)), 1)
    assert capfd.readouterr() == ("", "")


def test_it_hears_no_interrupt(
    helpers: list[checks._Helper],
    not_here: Callable[[], None],
    capfd: pytest.CaptureFixture[str],
) -> None:
    not_here()
    with TRUST.checks(MANY) as asked:
        pid = helpers[0]._process.pid
        assert pid is not None
        os.kill(pid, signal.SIGINT)
        asked.begin(GOOD)()
        assert refused(asked.begin(spoiled(0)), 0)
    assert capfd.readouterr().err == ""


class _Nobody:
    """A process that is only spoken of."""

    def kill(self) -> None: ...
    def join(self) -> None: ...
    def close(self) -> None: ...


@pytest.fixture
def scripted() -> Iterator[tuple[checks.SignatureChecks, Connection]]:
    """The other end of the line is the test's."""
    ours, theirs = Pipe()
    with closing(theirs):
        helper = checks._Helper(_Nobody(), ours)  # type: ignore[arg-type]  # says nothing
        yield checks.SignatureChecks(helper), theirs
        helper.stop()


def test_before_its_first_word_nothing_is_handed_over(
    scripted: tuple[checks.SignatureChecks, Connection],
) -> None:
    asked, other = scripted
    asked.begin(GOOD)()
    assert not other.poll()
    other.send_bytes(b"\1")
    asked.begin(GOOD)
    assert len(other.recv()) == len(KEYS)


def test_no_more_is_handed_over_than_it_has_to_have_at_hand(
    scripted: tuple[checks.SignatureChecks, Connection],
) -> None:
    asked, other = scripted
    other.send_bytes(b"\1")
    waiting = [asked.begin(GOOD) for _ in range(checks._AT_HAND)]
    assert refused(asked.begin(spoiled(0)), 0)
    for _ in waiting:
        other.recv()
    assert not other.poll()
    other.send_bytes(b"\1")
    last = asked.begin(GOOD)
    other.recv()
    other.send_bytes(b"\1")
    other.send_bytes(b"\1")
    for answer in (*waiting, last):
        answer()


@pytest.mark.parametrize("said", [b"", b"\0", b"\2", b"yes", b"\1\1"])
def test_only_a_clear_yes_spares_the_look_here(
    scripted: tuple[checks.SignatureChecks, Connection], said: bytes
) -> None:
    asked, other = scripted
    other.send_bytes(b"\1")
    answer = asked.begin(spoiled(0))
    other.send_bytes(said)
    assert refused(answer, 0)


def test_a_line_that_breaks_is_no_answer(
    scripted: tuple[checks.SignatureChecks, Connection],
) -> None:
    asked, other = scripted
    other.send_bytes(b"\1")
    good, bad = asked.begin(GOOD), asked.begin(spoiled(0))
    other.close()
    assert refused(bad, 0)
    good()
    assert refused(asked.begin(spoiled(0)), 0)


@pytest.mark.parametrize("last", [None, 7, [(b"no key", [(b"", b"")])]])
def test_the_other_process_ends_in_silence(last: object, capfd: pytest.CaptureFixture[str]) -> None:
    """Nobody speaks any more, or what is said makes no sense."""
    ours, theirs = Pipe()
    before = signal.getsignal(signal.SIGINT)
    try:
        with closing(theirs), closing(ours):
            ours.send(checks._request(GOOD))
            ours.send(checks._request(spoiled(0)))
            if last is None:
                ours.close()
            else:
                ours.send(last)
            checks.serve(theirs)
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
            if last is not None:
                assert [ours.recv_bytes() for _ in range(3)] == [b"\1", b"\1", b"\0"]
                assert not ours.poll()
    finally:
        signal.signal(signal.SIGINT, before)
    assert capfd.readouterr() == ("", "")
