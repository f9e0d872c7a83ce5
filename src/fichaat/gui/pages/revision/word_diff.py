"""Which words of a field were taken away, and which were put in their place. No Qt here."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

_TOKEN: Final = re.compile(r"\s+|\d+(?:[:/.,-]\d+)+|[^\W_]+|[\W_]")
"""Hours and dates are one word each."""
_SHORT: Final = 3
"""Letters: what is common between two changes and no longer is read as part of them."""
_MAX_TOKENS: Final = 3000
"""Of longer texts the whole is shown as replaced: comparing them word by word takes too long."""
_ALIKE: Final = 0.35
"""Below this share of common words two texts are read as a whole."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text."""

    text: str
    changed: bool = False


Pieces = tuple[Piece, ...]


def word_diff(before: str, after: str) -> tuple[Pieces, Pieces]:
    """Both texts in stretches; what is in one and not in the other is marked as changed."""
    if before == after:
        return _whole(before, changed=False), _whole(after, changed=False)
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if not old or not new or len(old) + len(new) > _MAX_TOKENS:
        return _whole(before), _whole(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    common = sum(
        len(token)
        for block in matcher.get_matching_blocks()
        for token in old[block.a : block.a + block.size]
        if not token.isspace()
    )
    longest = max(len("".join(text.split())) for text in (before, after))
    if common < _ALIKE * longest:
        return _whole(before), _whole(after)
    was: list[Piece] = []
    now: list[Piece] = []
    codes = matcher.get_opcodes()
    for place, (tag, old_from, old_to, new_from, new_to) in enumerate(codes):
        shared = "".join(new[new_from:new_to])
        inner = 0 < place < len(codes) - 1
        # What little stands between two changes is read as part of them, on both sides.
        changed = tag != "equal" or (inner and len(shared.strip()) <= _SHORT)
        _add(was, "".join(old[old_from:old_to]), changed=changed)
        _add(now, shared, changed=changed)
    return tuple(was), tuple(now)


def _whole(text: str, *, changed: bool = True) -> Pieces:
    return (Piece(text, changed),) if text else ()


def _add(pieces: list[Piece], text: str, *, changed: bool) -> None:
    if not text:
        return
    if pieces and pieces[-1].changed == changed:
        text = pieces.pop().text + text
    pieces.append(Piece(text, changed))
