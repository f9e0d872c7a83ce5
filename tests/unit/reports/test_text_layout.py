"""Wrapping: whole texts, lines that fit, characters that show."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fichaat.reports.fonts import Face, FontSet
from fichaat.reports.text_layout import Line, Measure, Span

MEASURE = Measure(FontSet())

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"])
    | st.sampled_from("áéñ \u0301\u202e\u200b\t\n\u00a0🎉"),
    max_size=200,
)


def shown(lines: tuple[Line, ...]) -> str:
    return "".join(piece.text for line in lines for piece in line.pieces)


def squeezed(text: str) -> str:
    return text.replace(" ", "").replace("\n", "").replace("\u00a0", "")


@given(st.lists(st.builds(Span, TEXT, st.sampled_from(Face)), max_size=4), st.floats(60, 500))
def test_nothing_is_lost_and_every_line_fits(spans: list[Span], width: float) -> None:
    lines = MEASURE.wrap(spans, width, 9)
    expected = "".join(MEASURE.printable(span.text, span.face) for span in spans)
    assert squeezed(shown(lines)) == squeezed(expected)
    for line in lines:
        assert line.width <= width + 0.01
        pieces = line.pieces
        ends = [piece.x + MEASURE.width(piece.text, piece.face, 9) for piece in pieces]
        assert all(end <= line.width + 0.01 for end in ends)
        assert [piece.x for piece in pieces] == sorted(piece.x for piece in pieces)


@given(TEXT, st.sampled_from(Face))
def test_every_printed_character_can_be_seen(text: str, face: Face) -> None:
    font = MEASURE.fonts[face]
    for char in font.printable(text):
        assert char == "\n" or font.shows(char)


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P"]), max_size=300))
@settings(max_examples=30)
def test_one_line_keeps_the_text(text: str) -> None:
    line = MEASURE.one_line([Span(text)], 9)
    assert shown((line,)) == text
    assert line.width == pytest.approx(MEASURE.width(text, Face.REGULAR, 9))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("fiesta 🎉", "fiesta [U+1F389]"),
        ("a\u202eb", "a[U+202E]b"),
        ("a\u00adb\u200bc\u200cd\u200de\ufefff\u2060g", "abcdefg"),
        ("\u200b", "[U+200B]"),
        ("\u00ad \ufeff", "[U+00AD] [U+FEFF]"),
        ("a\u200eb\u2066c\u2069", "a[U+200E]b[U+2066]c[U+2069]"),
        ("a\u034fb\ufe0fc\u3164d\u2800e", "a[U+034F]b[U+FE0F]c[U+3164]d[U+2800]e"),
        ("a\u2028b", "a[U+2028]b"),
        ("a\u2003b\u2009c\u3000d", "a b c d"),
        ("a\u00a0b\u202fc\u2007d", "a\u00a0b\u00a0c\u00a0d"),
        ("\x07", "[U+0007]"),
        ("学", "[U+5B66]"),
        ("Ñaupari, Curi y Qué", "Ñaupari, Curi y Qué"),
        ("48 % – «sí» …", "48 % – «sí» …"),
        ("a\tb", "a    b"),
    ],
)
def test_what_has_no_glyph_is_named(typed: str, printed: str) -> None:
    assert MEASURE.printable(typed, Face.REGULAR) == printed


def test_a_mark_is_never_parted_from_its_letter() -> None:
    text = "m\u0303" * 300  # has no composed form
    assert unicodedata.is_normalized("NFC", text)
    for line in MEASURE.wrap([Span(text)], 100, 9):
        assert line.pieces[0].text.startswith("m")
        assert line.pieces[-1].text.endswith("\u0303")


def test_a_named_character_stays_in_one_line() -> None:
    lines = MEASURE.wrap([Span("🎉" * 50)], 100, 9)
    assert len(lines) > 10
    assert all(shown((line,)).count("[") == shown((line,)).count("]") for line in lines)


def test_a_long_word_begins_where_the_line_is() -> None:
    first, *_rest = MEASURE.wrap([Span("1. "), Span("A" * 200)], 200, 9)
    assert shown((first,)).startswith("1. AAAA")


def test_line_feeds_and_inner_blanks_stay() -> None:
    lines = MEASURE.wrap([Span("uno\n\n  dos   tres")], 300, 9)
    assert [shown((line,)) for line in lines] == ["uno", "", "  dos   tres"]


def test_a_non_breaking_space_does_not_break() -> None:
    text = "Plazo:\u00a015/12/2026."
    width = MEASURE.width(text, Face.REGULAR, 9) + 1
    lines = MEASURE.wrap([Span(f"Hasta {text}")], width, 9)
    assert [shown((line,)) for line in lines] == ["Hasta", text]


def test_a_text_pasted_with_non_breaking_spaces_only_breaks_at_them() -> None:
    text = "El padrón nominal tiene 14 niñas y niños sin número de DNI registrado."
    plain = MEASURE.wrap([Span("1. "), Span(text)], 100, 9)
    held = MEASURE.wrap([Span("1. "), Span(text.replace(" ", "\u00a0"))], 100, 9)
    assert [shown((line,)) for line in held] == [shown((line,)) for line in plain]


def test_justified_lines_reach_both_edges() -> None:
    spans = (Span("En negrita:", Face.BOLD), Span(" una frase que ocupa varias líneas." * 4))
    *full, last = MEASURE.justified(spans, 200, 9)
    assert full
    for line in full:
        piece = line.pieces[-1]
        assert piece.x + MEASURE.width(piece.text, piece.face, 9) == pytest.approx(200)
    assert last.width < 200
