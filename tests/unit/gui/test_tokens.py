import re
from itertools import product

import pytest

from fichaat.gui.theme.tokens import DARK, INK, LIGHT, PAPER, Tokens, Tone

THEMES = {"light": LIGHT, "dark": DARK}

# (ink, ground) -> what WCAG 2 AA asks: 4.5 for words, 3 for the edge of a control.
_WORDS = [
    *product(["text"], ["bg", "surface", "surface2", "side", "desk", "sel"]),
    *product(["text2"], ["bg", "surface", "surface2", "side", "desk", "sel"]),
    *product(["text3"], ["bg", "surface", "surface2", "side", "sel", "errort"]),
    *product(["primary"], ["surface", "ptint", "bg", "side", "sel", "surface2"]),
    *product(["onprimary"], ["primary", "primary_hover", "primary_pressed"]),
    *product(["error", "warn", "ok"], ["bg", "surface", "sel"]),
]


def _linear(channel: int) -> float:
    part = channel / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _luminance(color: str) -> float:
    assert re.fullmatch("#[0-9A-F]{6}", color)
    red, green, blue = (_linear(int(color[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_knows_black_on_white() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("ink", "ground"), _WORDS)
def test_words_can_be_read(name: str, ink: str, ground: str) -> None:
    tokens = THEMES[name]
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", THEMES.values(), ids=list(THEMES))
@pytest.mark.parametrize("tone", Tone)
def test_every_tone_can_be_read_on_its_tint(tokens: Tokens, tone: Tone) -> None:
    assert contrast(tokens.ink(tone), tokens.tint(tone)) >= 4.5
    assert contrast(tokens.text, tokens.tint(tone)) >= 4.5


@pytest.mark.parametrize("tokens", THEMES.values(), ids=list(THEMES))
@pytest.mark.parametrize("ground", ["surface", "bg", "surface2"])
def test_the_edge_of_a_control_can_be_seen(tokens: Tokens, ground: str) -> None:
    assert contrast(tokens.strong, getattr(tokens, ground)) >= 3
    assert contrast(tokens.primary, getattr(tokens, ground)) >= 3


def test_ink_on_paper() -> None:
    assert contrast(INK, PAPER) >= 7
