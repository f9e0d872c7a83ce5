"""Reading a drawn signature from outside: the stroke blob's one form."""

from fichaat.domain.codec import convert, decode_as, encode
from fichaat.domain.errors import SchemaError, UserFacingError
from fichaat.domain.firma import Trazo, draws_something, within_canvas
from fichaat.domain.foreign_json import parse_foreign

MAX_STROKE = 2_000_000
"""Bytes: far above what a pen draws in a minute."""


def read_stroke(data: bytes) -> Trazo:
    """The stroke in a stored blob.

    Raises:
        UserFacingError: "ficha.stroke_invalid".
    """
    try:
        if len(data) > MAX_STROKE:
            raise SchemaError("schema.too_large", limit=MAX_STROKE)
        return decode_as(data, Trazo)
    except SchemaError as error:
        raise UserFacingError("ficha.stroke_invalid", path=error.path) from None


def stroke_blob(foreign: bytes) -> bytes:
    """The canonical blob of a stroke that another program wrote.

    Raises:
        UserFacingError: "ficha.stroke_invalid".
    """
    try:
        if len(foreign) > MAX_STROKE:
            raise SchemaError("schema.too_large", limit=MAX_STROKE)
        return encode(convert(parse_foreign(foreign), Trazo))
    except SchemaError as error:
        raise UserFacingError("ficha.stroke_invalid", path=error.path) from None


def signing_blob(foreign: bytes) -> bytes:
    """The same for what somebody signs with now, on the pad or elsewhere.

    Raises:
        UserFacingError: "ficha.stroke_invalid", and those of `demand_signature`.
    """
    blob = stroke_blob(foreign)
    demand_signature(read_stroke(blob))
    return blob


def demand_signature(trazo: Trazo) -> None:
    """What is already sealed is shown as it is; only what is new must be a signature.

    Raises:
        UserFacingError: "ficha.stroke_outside", "ficha.stroke_empty".
    """
    if not within_canvas(trazo):
        raise UserFacingError("ficha.stroke_outside", ancho=trazo.ancho, alto=trazo.alto)
    if not draws_something(trazo):
        raise UserFacingError("ficha.stroke_empty")
