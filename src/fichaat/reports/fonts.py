"""The four faces of Noto Sans as the papers use them: widths, glyphs, registration.

reportlab keeps one registry of fonts for the whole process. It is touched here only, under names
of our own, and each font file is read once.
"""

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache
from typing import Final

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from fichaat.system.paths import resource

TAB: Final = "    "

_WORD: Final = 40
"""Characters of a text whose width is worth keeping."""

INVISIBLE: Final = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})
"""General categories that a paper must not swallow: controls, bidi overrides, unassigned."""

NO_BREAK: Final = "\N{NO-BREAK SPACE}"

_SPACES: Final = str.maketrans(
    dict.fromkeys("\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000", " ")
    | dict.fromkeys("\u2007\u202f", NO_BREAK)
    | {"\t": TAB}
)
"""Blanks of any width stand as one of the two that every face has; those that hold stay so."""

_FORMLESS: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""Soft hyphen, zero-width space and joiners, byte order mark: word processors leave them in what
is pasted. They have no shape and move no letter, so printing nothing for them hides nothing.
Whatever reorders or conceals text (bidi controls, tags, selectors) is not among them."""

_BLANK_GLYPHS: Final = re.compile("[\u034f\u115f\u1160\u2800\u3164\ufe00-\ufe0f\uffa0]")
"""No format characters by category, yet nothing is seen where a font has them."""


class Face(IntEnum):
    """The hands a paper is written in."""

    REGULAR = 0
    BOLD = 1
    ITALIC = 2


_FILES: Final = {
    Face.REGULAR: "NotoSans-Regular.ttf",
    Face.BOLD: "NotoSans-Bold.ttf",
    Face.ITALIC: "NotoSans-Italic.ttf",
}

_PLAIN: Final = re.compile(r"[ -~¡-¬®-ÿ–—‘’“”…]*")
"""Latin-1 and the usual punctuation: in every face, visible, the quick path of `printable`."""


def _marker(char: str) -> str:
    return f"[U+{ord(char):04X}]"


class FontFace:
    """One face: how wide a text is and which characters it can show."""

    def __init__(self, font: TTFont) -> None:
        self.font = font
        self.name = font.fontName
        face = font.face
        self._glyphs: frozenset[int] = frozenset(face.charToGlyph)
        self._widths: dict[str, float] = {
            chr(code): width / 1000 for code, width in face.charWidths.items()
        }
        self._default: float = face.defaultWidth / 1000
        self._kept = lru_cache(maxsize=20_000)(self._summed)

    def em_width(self, text: str) -> float:
        """Width of a text at one point. Words repeat from ficha to ficha: short ones are kept."""
        return self._kept(text) if len(text) <= _WORD else self._summed(text)

    def _summed(self, text: str) -> float:
        widths = self._widths
        try:
            return sum([widths[char] for char in text], 0.0)
        except KeyError:
            return sum([widths.get(char, self._default) for char in text], 0.0)

    def shows(self, char: str) -> bool:
        """Whether the character leaves a trace a reader can recognise."""
        return (
            ord(char) in self._glyphs
            and unicodedata.category(char) not in INVISIBLE
            and not _BLANK_GLYPHS.match(char)
        )

    def printable(self, text: str) -> str:
        """The text as it can be printed: what has no glyph stands as «[U+1F389]», a tab as blanks.

        Line feeds stay: they are layout. Formless characters go, unless there is no letter or digit
        beside them: a value made of nothing else must not look like an empty one.
        """
        if _PLAIN.fullmatch(text):
            return text
        text = text.translate(_SPACES)
        bare = text.translate(_FORMLESS)
        if any(map(str.isalnum, bare)):
            text = bare
        strange = {
            ord(char): _marker(char) for char in set(text) if char != "\n" and not self.shows(char)
        }
        return text.translate(strange) if strange else text


class FontSet:
    """The faces of one renderer, read on first use."""

    def __init__(self) -> None:
        # A page as ASCII 85 is a quarter longer and slower to write, for no reader of today.
        rl_config.useA85 = 0
        self._faces = tuple(FontFace(_registered(face)) for face in Face)

    def __getitem__(self, face: Face) -> FontFace:
        return self._faces[face]


def _registered(face: Face) -> TTFont:
    """The font under our name in reportlab's registry, read from its file where it is not."""
    name = f"Fichaat-{face.name.title()}"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(resource("fonts", _FILES[face]))))
    font = pdfmetrics.getFont(name)
    assert isinstance(font, TTFont)
    return font
