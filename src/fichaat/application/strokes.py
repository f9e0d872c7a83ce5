"""Reading a drawn signature from outside: the stroke blob's one form."""

from fichaat.domain.codec import convert, decode_as, encode, parse_foreign
from fichaat.domain.errors import SchemaError, UserFacingError
from fichaat.domain.firma import Trazo

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
