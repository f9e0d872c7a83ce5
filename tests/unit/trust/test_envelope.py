"""The envelope: what is hidden comes back whole, to whom it is for, or not at all."""

import errno
import io
from random import Random

import pyrage
import pytest

from fichaat.application.jobs import CancelToken
from fichaat.domain.errors import CancelledError, UserFacingError
from fichaat.trust.age_key import create_age_identity
from fichaat.trust.envelope import MAX_HEADER, AgeEnvelope

MINE, THEIRS, STRANGERS = (create_age_identity() for _ in range(3))
CONTENT = Random(1).randbytes(200_000)
ENVELOPE = AgeEnvelope()
LIMIT = 1 << 20


def sealed(content: bytes = CONTENT, *to: str) -> bytes:
    out = io.BytesIO()
    ENVELOPE.seal(io.BytesIO(content), out, to or (MINE[1],), CancelToken())
    return out.getvalue()


def opened(data: bytes, *identities: str, limit: int = LIMIT) -> bytes:
    out = io.BytesIO()
    ENVELOPE.unseal(io.BytesIO(data), out, identities, limit, CancelToken())
    return out.getvalue()


def refused(data: bytes, *identities: str, limit: int = LIMIT) -> str:
    with pytest.raises(UserFacingError) as refusal:
        opened(data, *identities, limit=limit)
    return refusal.value.code


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 200_000])
def test_what_is_sealed_is_opened(size: int) -> None:
    data = sealed(CONTENT[:size])
    assert ENVELOPE.is_sealed(data[: ENVELOPE.head_bytes])
    assert opened(data, MINE[0]) == CONTENT[:size]


def test_each_recipient_opens_it_alone_and_with_other_identities() -> None:
    data = sealed(CONTENT, MINE[1], THEIRS[1])
    assert opened(data, MINE[0]) == opened(data, STRANGERS[0], THEIRS[0]) == CONTENT


def test_it_is_what_the_age_command_reads_and_writes() -> None:
    assert pyrage.decrypt(sealed(), [pyrage.x25519.Identity.from_str(MINE[0])]) == CONTENT
    theirs = pyrage.encrypt(CONTENT, [pyrage.x25519.Recipient.from_str(MINE[1])])
    assert opened(theirs, MINE[0]) == CONTENT


def test_a_zip_is_no_envelope() -> None:
    assert not ENVELOPE.is_sealed(b"PK\x03\x04")
    assert not ENVELOPE.is_sealed(b"")


def test_a_stranger_opens_nothing() -> None:
    assert refused(sealed(), STRANGERS[0]) == "bundle.encrypted_for_others"
    assert refused(sealed()) == "bundle.encrypted"


def test_an_envelope_for_nobody_is_a_bug() -> None:
    with pytest.raises(ValueError, match="nobody"):
        ENVELOPE.seal(io.BytesIO(), io.BytesIO(), (), CancelToken())


def test_every_cut_has_its_code() -> None:
    data = sealed()
    cuts = [*range(22, 500), *range(500, len(data), 7_919), len(data) - 1]
    assert {refused(data[:cut], MINE[0]) for cut in cuts} == {"bundle.encrypted_damaged"}


def test_every_flipped_bit_has_its_code() -> None:
    data = sealed()
    for place in [*range(22, 500), *range(500, len(data), 3_989), len(data) - 1]:
        flipped = bytearray(data)
        flipped[place] ^= 1 << place % 8
        code = refused(bytes(flipped), MINE[0])
        assert code in {"bundle.encrypted_damaged", "bundle.encrypted_for_others"}, place


@pytest.mark.parametrize("added", [b"\0", b"PK\x03\x04", bytes(70_000)])
def test_nothing_may_follow(added: bytes) -> None:
    assert refused(sealed() + added, MINE[0]) == "bundle.encrypted_damaged"


def test_a_header_without_end_is_not_read_into_memory() -> None:
    endless = b"age-encryption.org/v1\n" + b"-> X25519 " + b"a" * (2 * MAX_HEADER)
    source = io.BytesIO(endless + b"\n--- " + bytes(100))
    with pytest.raises(UserFacingError) as refusal:
        ENVELOPE.unseal(source, io.BytesIO(), [MINE[0]], LIMIT, CancelToken())
    assert refusal.value.code == "bundle.encrypted_damaged"
    assert source.tell() <= MAX_HEADER


def test_a_passphrase_of_endless_cost_is_never_computed() -> None:
    stanza = b"-> scrypt AAAAAAAAAAAAAAAAAAAAAA 40\n" + b"A" * 43 + b"\n--- " + b"A" * 43 + b"\n"
    data = b"age-encryption.org/v1\n" + stanza + bytes(100)
    assert refused(data, MINE[0]).startswith("bundle.encrypted_")


def test_it_stops_at_the_limit() -> None:
    out = io.BytesIO()
    with pytest.raises(UserFacingError) as refusal:
        ENVELOPE.unseal(io.BytesIO(sealed()), out, [MINE[0]], 100_000, CancelToken())
    assert refusal.value.code == "bundle.too_large"
    assert len(out.getvalue()) <= 100_000
    assert opened(sealed(), MINE[0], limit=len(CONTENT)) == CONTENT


class Failing(io.BytesIO):
    """A disk that is full, a stick that is pulled out."""

    def __init__(self, data: bytes, after: int, error: int) -> None:
        super().__init__(data)
        self._after = after
        self._error = error

    def _count(self) -> None:
        self._after -= 1
        if self._after < 0:
            raise OSError(self._error, "no")

    def read(self, size: int | None = -1, /) -> bytes:
        self._count()
        return super().read(size)

    def write(self, data: object, /) -> int:
        self._count()
        return super().write(data)  # type: ignore[arg-type]


@pytest.mark.parametrize("after", [0, 1, 3])
def test_what_the_system_says_is_passed_on(after: int) -> None:
    cancel = CancelToken()
    full = Failing(b"", after, errno.ENOSPC)
    with pytest.raises(OSError, match="no") as caught:
        ENVELOPE.seal(io.BytesIO(CONTENT), full, [MINE[1]], cancel)
    assert caught.value.errno == errno.ENOSPC
    with pytest.raises(OSError, match="no") as caught:
        ENVELOPE.seal(Failing(CONTENT, after, errno.EIO), io.BytesIO(), [MINE[1]], cancel)
    assert caught.value.errno == errno.EIO
    data, full = sealed(), Failing(b"", after, errno.ENOSPC)
    with pytest.raises(OSError, match="no") as caught:
        ENVELOPE.unseal(io.BytesIO(data), full, [MINE[0]], LIMIT, cancel)
    assert caught.value.errno == errno.ENOSPC
    with pytest.raises(OSError, match="no") as caught:
        ENVELOPE.unseal(Failing(data, after, errno.EIO), io.BytesIO(), [MINE[0]], LIMIT, cancel)
    assert caught.value.errno == errno.EIO


def test_the_person_may_stop() -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        ENVELOPE.seal(io.BytesIO(CONTENT), io.BytesIO(), [MINE[1]], cancel)
    with pytest.raises(CancelledError):
        ENVELOPE.unseal(io.BytesIO(sealed()), io.BytesIO(), [MINE[0]], LIMIT, cancel)
