"""What a part of a workbook holds, where it is written as nearly every program writes it.

`sheet_scan` hears every element of a part, which takes several times as long as reading its values.
A part of which everything that matters has this one form needs only a look at its bytes; the
caller still has its XML proved. Whatever differs in the least is left to be heard.
"""

import re
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

_HEAD: Final = re.compile(
    rb'<\?xml version="1\.0" encoding="(?:UTF|utf)-8"(?: standalone="yes")?\?>'
)
_LINE: Final = rb"(?:[1-4][0-9]{4}|50000|[1-9][0-9]{0,3})"
"""Up to `sheet_scan.MAX_ROWS`."""
_PLACE: Final = b'<c r="(?:[A-Z]|[AB][A-Z]|C[A-V])' + _LINE + b'"(?: s="[0-9]{1,5}")?'
"""Up to `sheet_scan.MAX_COLUMNS`."""
_NUMBER: Final = rb"-?[0-9]{1,11}(?:\.[0-9]{1,20})?(?:[Ee]-[0-9]{1,3})?"
"""None of them below `sheet_scan.LOWEST`."""
_TEXT: Final = rb'<t(?: xml:space="preserve")?>[^<]*</t>'
_CELL: Final = b"".join(
    (
        _PLACE,
        rb'(?:(?: t="n")?><v>',
        _NUMBER,
        rb'</v></c>| t="s"><v>[0-9]{1,7}</v></c>|/>',
        rb'| t="(?:str|b)"><v>[^<]*</v></c>| t="inlineStr"><is>',
        _TEXT,
        rb"</is></c>)",
    )
)
_BEGIN: Final = b'<row(?: r="' + _LINE + rb'")?(?: (?!r=)[\w:]+="[^"<>&]*")*+'
_ROW: Final = re.compile(_BEGIN + b"(?:/>|>(?:" + _CELL + b")*+</row>)")
_SHARED: Final = re.compile(b"<si>" + _TEXT + b"</si>")
_LETTERS: Final = re.compile("<si><t[^>]*>([^<]*)<")
_NAMED: Final = re.compile(rb' t="s"><v>([0-9]+)')
_ENTITY: Final = re.compile(r"&[^;<]*;")
_LEFT: Final = re.compile(rb"<(?:!|\?|(?:[^\s<>/]*:)?(?:row|c|v|f|is|si)[\s/>])")
"""What `sheet_scan` looks at, or what could hide it."""


class PlainPart(Struct, frozen=True):
    """What one part adds to what a workbook holds; no cell of it is odd."""

    cells: int
    """With a value."""
    named: Iterable[int]
    """For each cell that shares its text, which one it is."""
    shared: list[int]
    """Letters of each text that cells may share."""


def plain_part(data: bytes) -> PlainPart | None:
    """What a part holds, if its XML is well formed; None where it has to be heard."""
    head = _HEAD.match(data)
    if head is None or b"\r" in data[head.end() + 2 :]:
        return None
    rest = _ROW.sub(b"", _SHARED.sub(b"", data[head.end() :]))
    if _LEFT.search(rest) is not None:
        return None
    texts = _LETTERS.findall(_ENTITY.sub("&", data.decode())) if b"<si>" in data else []
    cells = data.count(b"<v>") + data.count(b"<is>")
    if texts and cells:
        return None
    return PlainPart(cells, map(int, _NAMED.findall(data)), list(map(len, texts)))
