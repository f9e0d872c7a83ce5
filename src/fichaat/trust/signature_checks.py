"""Signatures of many records, verified by a second process while this one goes on.

An ECDSA verification takes about as long as everything else that is done with a record before it is
stored. Threads share the interpreter's lock, so that both sides lose by waiting for each other; a
process does not. Nothing depends on it: what it does not answer is verified here.
"""

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key

from fichaat.application.ports.keys import Answer, SignedRecord
from fichaat.system.beside import ignore_interrupts, uninterrupted
from fichaat.system.log import module_log
from fichaat.trust.record_signature import is_valid_digest

_log = module_log(__name__)

FEW: Final = 3_000
"""Up to so many are verified almost as soon as another process would have begun."""

_AT_HAND: Final = 2
"""Requests that the other process has yet to answer: one more would be done here meanwhile."""

_YES: Final = b"\1"

_Pairs = list[tuple[bytes, bytes]]
"""SHA-256 of a record, and its signature."""
_Request = list[tuple[bytes, _Pairs]]
"""By the public key, DER."""


@contextmanager
def signature_checks(number: int) -> Iterator["SignatureChecks"]:
    """See `ports.Trust.checks`."""
    helper = _start() if number > FEW and (os.cpu_count() or 1) > 1 else None
    try:
        yield SignatureChecks(helper)
    finally:
        if helper is not None:
            helper.stop()


class SignatureChecks:
    """See `ports.SignatureChecks`."""

    def __init__(self, helper: "_Helper | None") -> None:
        self._helper = helper

    def begin(self, signed: Sequence[SignedRecord]) -> Answer:
        """Hand them over where the other process is ready for more."""
        helper = self._helper
        ticket = None if helper is None else helper.take(_request(signed))
        if helper is None or ticket is None:
            return lambda: _verify(signed)
        return lambda: None if helper.holds(ticket) else _verify(signed)


def serve(connection: Connection) -> None:
    """What the other process does until nobody asks any more."""
    ignore_interrupts()
    # Whatever stops it, it ends in silence: who asks sees the end and goes on alone.
    with suppress(Exception):
        connection.send_bytes(_YES)
        while True:
            request: _Request = connection.recv()
            connection.send_bytes(_YES if _all_valid(request) else b"\0")


def _all_valid(request: _Request) -> bool:
    for der, pairs in request:
        key = load_der_public_key(der)
        assert isinstance(key, ec.EllipticCurvePublicKey)  # a verifier has no other
        if not all(is_valid_digest(key, digest, signature) for digest, signature in pairs):
            return False
    return True


def _start() -> "_Helper | None":
    from multiprocessing import get_context

    try:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs,), name="signatures", daemon=True)
        with uninterrupted():
            process.start()
        # Its end is its own alone: it learns that this process is gone.
        theirs.close()
    except Exception:  # noqa: BLE001 - no memory, no handles left: systems differ in the kind
        _log.warning("signatures are verified by one process", exc_info=True)
        return None
    return _Helper(process, ours)


class _Helper:
    """The other process, seen from here."""

    def __init__(self, process: BaseProcess, connection: Connection) -> None:
        self._process = process
        self._connection = connection
        self._ready = False
        self._broken = False
        self._sent = 0
        self._heard = 0
        self._answers: dict[int, bool] = {}

    def take(self, request: _Request) -> int | None:
        """The number under which it was handed over; None where it was not."""
        if self._broken:
            return None
        try:
            while self._connection.poll():
                self._hear()
            if not self._ready or self._sent - self._heard == _AT_HAND:
                return None
            self._connection.send(request)
        except (EOFError, OSError) as error:
            self._lose(error)
            return None
        self._sent += 1
        return self._sent

    def holds(self, ticket: int) -> bool:
        """Whether every signature of a request holds; no where nobody knows."""
        try:
            while self._heard < ticket and not self._broken:
                self._hear()
        except (EOFError, OSError) as error:
            self._lose(error)
        return self._answers.pop(ticket, False)

    def _hear(self) -> None:
        """Its first word is that it is ready; the others are answers, in the order of requests."""
        said = self._connection.recv_bytes() == _YES
        if self._ready:
            self._heard += 1
            self._answers[self._heard] = said
        self._ready = True

    def stop(self) -> None:
        self._connection.close()
        self._process.kill()
        self._process.join()
        self._process.close()

    def _lose(self, error: Exception) -> None:
        _log.warning("the process that verifies signatures is gone: %r", error)
        self._broken = True


def _request(signed: Sequence[SignedRecord]) -> _Request:
    pairs: dict[bytes, _Pairs] = defaultdict(list)
    for verifier, item in signed:
        pairs[verifier.public_key].append((bytes.fromhex(item.sha256), item.signature))
    return list(pairs.items())


def _verify(signed: Sequence[SignedRecord]) -> None:
    by_device: dict[str, list[SignedRecord]] = defaultdict(list)
    for verifier, item in signed:
        by_device[verifier.device].append((verifier, item))
    for group in by_device.values():
        group[0][0].verify_many([(item.raw, item.signature) for _, item in group])
