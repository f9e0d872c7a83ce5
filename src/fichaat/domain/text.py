"""Texts as they may stand in a record: NFC, no outer blanks, no control characters (data-model.md).

A *line* is single-line; a *long text* may hold LF and TAB.
"""

import re
import unicodedata
from datetime import date, datetime
from typing import Annotated

from msgspec import Meta

MAX_LINE = 300
MAX_LONG = 20_000
MAX_LIST = 200

Line = Annotated[str, Meta(max_length=MAX_LINE)]
"""One line typed by a person."""

LongText = Annotated[str, Meta(max_length=MAX_LONG, extra={"multiline": True})]
"""Several lines typed by a person; LF and TAB allowed."""

Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}(?!\n)$")]
"""A SHA-256 in lower-case hexadecimal."""

Uuid7 = Annotated[
    str,
    Meta(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}(?!\n)$"),
]
"""UUID version 7 (RFC 9562), lower case."""

Hora = Annotated[str, Meta(pattern=r"^(?:[01][0-9]|2[0-3]):[0-5][0-9](?!\n)$")]
"""Local time of a visit, HH:MM, America/Lima."""

Ubigeo = Annotated[str, Meta(pattern=r"^[0-9]{2}(?:[0-9]{2}(?:[0-9]{2})?)?(?!\n)$")]
"""INEI code: two digits a department, four a province, six a district."""

Region = Annotated[str, Meta(pattern=r"^[0-9]{2}(?!\n)$")]
DistritoUbigeo = Annotated[str, Meta(pattern=r"^[0-9]{6}(?!\n)$")]
Code = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}(?!\n)$")]
"""A catalogue or problem code."""

Fecha = date
"""A day, YYYY-MM-DD."""

Instant = Annotated[datetime, Meta(tz=True)]
"""A moment with its offset, ISO 8601."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_CONTROL_IN_LONG = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def normalise(text: str) -> str:
    """The normal form of a typed or imported text: NFC, LF line ends, no outer blanks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text).strip()


def clean(text: str, *, multiline: bool) -> str:
    """The normal form of what a person typed or pasted, without what no record may hold: control
    characters and half characters, which nobody sees. A line keeps its line ends as blanks.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not multiline:
        text = text.replace("\n", " ").replace("\t", " ")
    return normalise(_SURROGATE.sub("", _CONTROL_IN_LONG.sub("", text)))


def defect(text: str, *, multiline: bool) -> str | None:
    """Why a text may not stand in a record: a schema code, or None where it is normal."""
    pattern = _CONTROL_IN_LONG if multiline else _CONTROL
    if pattern.search(text):
        return "schema.control_character"
    if _SURROGATE.search(text):
        return "schema.lone_surrogate"
    if not unicodedata.is_normalized("NFC", text):
        return "schema.not_nfc"
    if text != text.strip():
        return "schema.outer_blanks"
    return None


def fold(text: str) -> str:
    """Case and accents removed, for comparing and searching ("Ñaupari" finds "naupari")."""
    if text.isascii():
        return text.lower()
    # Decomposed before and after: mathematical letters have a case only once decomposed.
    folded = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(char for char in decomposed if not unicodedata.combining(char))
