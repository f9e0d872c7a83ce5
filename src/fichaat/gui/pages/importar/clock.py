"""What the preview says about clocks: this computer's own, and those of others."""

from collections.abc import Sequence
from typing import NamedTuple

from fichaat.application.verdict import BundleVerdict
from fichaat.gui.text import say
from fichaat.texts.clock_words import doubt_words, remedy_words, window_words


class ClockWords(NamedTuple):
    """A banner."""

    sentence: str
    what: str
    tone: str


def clock_banner(verdict: BundleVerdict | None) -> ClockWords | None:
    """Before an import: what speaks against this computer's clock, else against those of others."""
    if verdict is None:
        return None
    doubt = verdict.reloj_propio
    if doubt is not None:
        return ClockWords(doubt_words(doubt), window_words(doubt), "warn")
    if not verdict.relojes:
        return None
    sentence = say("reloj.ahead", cantidad=len(verdict.relojes))
    return ClockWords(sentence, say("reloj.ahead_what"), "info")


def clock_question(verdicts: Sequence[BundleVerdict | None]) -> str:
    """What the person is asked before these are imported; "" where no clock stops them."""
    for verdict in verdicts:
        doubt = None if verdict is None else verdict.reloj_propio
        if doubt is not None and doubt.detiene:
            return say("reloj.ask", duda=doubt_words(doubt))
    return ""


def clock_after(verdicts: Sequence[BundleVerdict]) -> str:
    """After an import: what still speaks against the clock and nobody was asked about."""
    for verdict in verdicts:
        doubt = verdict.reloj_propio
        if doubt is not None and not doubt.detiene:
            return f"{doubt_words(doubt)} {remedy_words(verdict)}"
    return ""
