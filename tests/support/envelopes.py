"""Envelopes around anything, for whoever a test names."""

from io import BytesIO

from fichaat.application.jobs import CancelToken
from fichaat.trust.envelope import AgeEnvelope


def in_envelope(plain: bytes, *recipients: str) -> bytes:
    """What any tool makes that knows these recipients."""
    out = BytesIO()
    AgeEnvelope().seal(BytesIO(plain), out, recipients, CancelToken())
    return out.getvalue()
