"""The colours, sizes and distances of the window. Pages name a token, never a value.

Contrast of every pair that is used is computed again by a test (WCAG 2, AA).
"""

from enum import StrEnum
from typing import Final, NamedTuple


class Tone(StrEnum):
    """What a colour says, always beside an icon and a word."""

    PRIMARY = "primary"  # sealed
    OK = "ok"  # finished
    WARN = "warn"  # needs a person
    ERROR = "error"  # blocks
    INFO = "info"  # news, received
    VIOLET = "violet"  # exported
    NEUTRAL = "neutral"  # draft, void, replaced


class Tokens(NamedTuple):
    """One theme."""

    bg: str
    surface: str
    surface2: str
    side: str
    desk: str
    border: str
    strong: str
    text: str
    text2: str
    text3: str
    primary: str
    primary_hover: str
    primary_pressed: str
    onprimary: str
    ptint: str
    sel: str
    error: str
    errort: str
    warn: str
    warnt: str
    ok: str
    okt: str
    info: str
    infot: str
    violet: str
    violett: str
    neutral: str
    neutralt: str

    def ink(self, tone: Tone) -> str:
        """The colour of an icon and a word of this tone."""
        return str(getattr(self, tone.value))

    def tint(self, tone: Tone) -> str:
        """What lies behind them."""
        if tone is Tone.PRIMARY:
            return self.ptint
        return str(getattr(self, f"{tone.value}t"))


LIGHT: Final = Tokens(
    bg="#F3F5F6",
    surface="#FFFFFF",
    surface2="#EAEEF0",
    side="#E6EBED",
    desk="#DDE3E6",
    border="#C8D1D7",
    strong="#6A7A86",
    text="#15202A",
    text2="#3F4D59",
    text3="#566470",
    primary="#0B5C6B",
    primary_hover="#094C59",
    primary_pressed="#073D48",
    onprimary="#FFFFFF",
    ptint="#DDEEF1",
    sel="#D3E8EC",
    error="#A8201A",
    errort="#FBE9E7",
    warn="#7F4600",
    warnt="#FFF1DB",
    ok="#17653A",
    okt="#E2F3E8",
    info="#1C5596",
    infot="#E5EFFA",
    violet="#573A94",
    violett="#EEE9FA",
    neutral="#3F4D59",
    neutralt="#E4E9EC",
)

DARK: Final = Tokens(
    bg="#11171C",
    surface="#1A2229",
    surface2="#232D35",
    side="#0D1317",
    desk="#0B1013",
    border="#36434D",
    strong="#7F8F9B",
    text="#EAF0F4",
    text2="#BCC8D0",
    text3="#9CAAB5",
    primary="#63C7D6",
    primary_hover="#7BD3E0",
    primary_pressed="#4FB3C2",
    onprimary="#04252B",
    ptint="#173840",
    sel="#193D45",
    error="#FF9187",
    errort="#3B1F1E",
    warn="#F3B861",
    warnt="#36290F",
    ok="#7FD39A",
    okt="#16301F",
    info="#8FBDF4",
    infot="#18293E",
    violet="#C5AEF7",
    violett="#2B2242",
    neutral="#BCC8D0",
    neutralt="#2A353E",
)

PAPER: Final = "#FFFFFF"
"""The paper and the signature pad stay white in the dark."""
INK: Final = "#15202A"
"""What is drawn on them."""

# Points at 96 dpi, so that they follow the system's scale: 10.5 pt are 14 logical pixels.
TITLE_PT: Final = 15.75  # 21 px bold: page title
CARD_TITLE_PT: Final = 12.0  # 16 px bold
BODY_PT: Final = 10.5  # 14 px: body, inputs, buttons
SMALL_PT: Final = 9.75  # 13 px: labels, hints, table heads, chips
BADGE_PT: Final = 9.0  # 12 px: key caps, badges
FIGURE_PT: Final = 25.5  # 34 px bold: the one figure of a screen
FIGURE2_PT: Final = 16.5  # 22 px bold

GRID: Final = 4
MARGIN: Final = 24
MARGIN_NARROW: Final = 16
GAP: Final = 12
CARD_PAD: Final = 16

RADIUS: Final = 8
RADIUS_SMALL: Final = 6
HEIGHT: Final = 36
HEIGHT_ACTION: Final = 46
HEIGHT_BIG: Final = 60
HEIGHT_NAV: Final = 38
HEIGHT_ROW: Final = 34
HEIGHT_ROW2: Final = 57
HEIGHT_SIGN: Final = 56
SIDEBAR: Final = 212
RAIL: Final = 56

NARROW: Final = 1200
"""Below this width every sidebar is a rail and the paper preview starts closed."""
SHORT: Final = 700
"""Below this height the problem list is a strip at the foot."""
