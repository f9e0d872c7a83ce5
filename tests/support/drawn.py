"""Names what is drawn: two strokes have the same name only where they are the same."""

from hashlib import sha256

from fichaat.domain.codec import encode
from fichaat.domain.firma import Trazo


def stroke_name(trazo: Trazo | None) -> str:
    """Empty where nothing is drawn."""
    return "" if trazo is None else sha256(encode(trazo)).hexdigest()[:16]
