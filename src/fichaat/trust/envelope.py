"""The envelope around a bundle: age over the whole file, as the `age` command writes and opens it.

Nothing but pieces is held in memory, and nothing in an envelope is believed: its header is bounded
before it is understood, and a piece that does not hold ends the reading.
"""

from collections.abc import Sequence
from typing import Final

from fichaat.application.jobs import CancelToken
from fichaat.application.ports.bundles import Sink, Source
from fichaat.domain.errors import UserFacingError

MAGIC: Final = b"age-encryption.org/"
"""How every envelope begins, of whatever version."""

MAX_HEADER: Final = 64 * 1024
"""Bytes in which the header must end: some hundreds of recipients."""

_HEADER_END: Final = b"\n--- "
_NOT_OURS: Final = "No matching keys"


class AgeEnvelope:
    """See `ports.Envelope`. Holds nothing: no identity outlives the call it is given to."""

    head_bytes: Final = len(MAGIC)

    def is_sealed(self, head: bytes) -> bool:
        """Whether a file that begins with these bytes is an envelope."""
        return head.startswith(MAGIC)

    def seal(
        self, plain: Source, out: Sink, recipients: Sequence[str], cancel: CancelToken
    ) -> None:
        """See `ports.Envelope.seal`."""
        import pyrage

        to = [pyrage.x25519.Recipient.from_str(item) for item in recipients]
        if not to:
            raise ValueError("an envelope for nobody")
        source, sink = _Read(plain, cancel), _Written(out, None)
        try:
            pyrage.encrypt_io(source, sink, to)
        except (pyrage.EncryptError, OSError):
            _raise_own(source, sink)
            raise

    def unseal(
        self,
        sealed: Source,
        out: Sink,
        identities: Sequence[str],
        limit: int,
        cancel: CancelToken,
    ) -> None:
        """See `ports.Envelope.unseal`."""
        import pyrage

        if not identities:
            raise UserFacingError("bundle.encrypted")
        own = [pyrage.x25519.Identity.from_str(item) for item in identities]
        source, sink = _Read(sealed, cancel), _Written(out, limit)
        if _HEADER_END not in source.peek(MAX_HEADER):
            raise UserFacingError("bundle.encrypted_damaged")
        try:
            pyrage.decrypt_io(source, sink, own)
        except (pyrage.DecryptError, OSError) as error:
            _raise_own(source, sink)
            others = str(error).startswith(_NOT_OURS)
            code = "bundle.encrypted_for_others" if others else "bundle.encrypted_damaged"
            raise UserFacingError(code) from error


class _Read:
    """A file that is read from another language. An exception of ours comes back from there as one
    with other words: here it is remembered as it was.
    """

    def __init__(self, file: Source, cancel: CancelToken) -> None:
        self._file = file
        self._cancel = cancel
        self._peeked = b""
        self.failure: BaseException | None = None

    def peek(self, size: int) -> bytes:
        """The first bytes, which are read again later."""
        self._peeked = self._file.read(size)
        return self._peeked

    def read(self, size: int = -1) -> bytes:
        try:
            self._cancel.check()
            if self._peeked:
                data, self._peeked = self._peeked[:size], self._peeked[size:]
                return data
            return self._file.read(size)
        except BaseException as error:
            self.failure = error
            raise


class _Written:
    """A file that is written from another language, up to a limit; see `_Read`."""

    def __init__(self, file: Sink, limit: int | None) -> None:
        self._file = file
        self._limit = limit
        self._size = 0
        self.failure: BaseException | None = None

    def write(self, data: bytes) -> int:
        try:
            self._size += len(data)
            if self._limit is not None and self._size > self._limit:
                raise UserFacingError("bundle.too_large", limite=self._limit)
            return self._file.write(data)
        except BaseException as error:
            self.failure = error
            raise

    def flush(self) -> None:
        """Nothing is held back here: who opened the file flushes it."""


def _raise_own(*ends: _Read | _Written) -> None:
    """What a file of ours raised goes on as it was."""
    for end in ends:
        if end.failure is not None:
            raise end.failure
