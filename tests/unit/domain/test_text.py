"""Texts that may and may not stand in a record."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fichaat.domain.text import clean, defect, fold, normalise

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
BLANKS = [
    chr(code) for code in range(0x110000) if chr(code).isspace() and not 0xD800 <= code < 0xE000
]


@given(ANY)
def test_normalising_is_idempotent_and_leaves_only_what_people_must_retype(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert defect(once, multiline=True) in (None, "schema.control_character")


@given(ANY, st.booleans())
def test_what_has_no_defect_is_already_normal(text: str, multiline: bool) -> None:  # noqa: FBT001
    if defect(text, multiline=multiline) is None:
        assert normalise(text) == text
        assert multiline or "\n" not in text


@pytest.mark.parametrize("blank", BLANKS, ids=lambda char: f"{ord(char):04x}")
def test_no_blank_of_unicode_stands_at_an_edge(blank: str) -> None:
    for text in (blank, f"{blank}a", f"a{blank}"):
        assert defect(text, multiline=True) is not None
        assert defect(text, multiline=False) is not None
    assert normalise(f"{blank}a{blank}") == "a"


@pytest.mark.parametrize("code", [*range(0x20), *range(0x7F, 0xA0)])
def test_control_characters(code: int) -> None:
    text = f"a{chr(code)}b"
    assert defect(text, multiline=False) == "schema.control_character"
    expected = None if chr(code) in "\n\t" else "schema.control_character"
    assert defect(text, multiline=True) == expected


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb", "\ud83d\ud83d"])
def test_lone_surrogates(text: str) -> None:
    assert defect(text, multiline=True) == "schema.lone_surrogate"


@pytest.mark.parametrize("text", ["n\u0303", "e\u0301a", "\u212b", "\u1100\u1161"])
def test_decomposed_texts(text: str) -> None:
    assert defect(text, multiline=False) == "schema.not_nfc"
    assert defect(normalise(text), multiline=False) is None


@given(st.text(), st.booleans())
def test_what_is_cleaned_may_stand_in_a_record(text: str, multiline: bool) -> None:  # noqa: FBT001
    cleaned = clean(text, multiline=multiline)
    assert defect(cleaned, multiline=multiline) is None
    assert clean(cleaned, multiline=multiline) == cleaned


def test_line_ends_become_one_kind() -> None:
    assert normalise("a\r\nb\rc\nd\r\n") == "a\nb\nc\nd"


def test_what_people_write_has_no_defect() -> None:
    for text in ("", "Ñaupari", "«¿Qué?» – “sí”", "qʼeqchiʼ", "👩‍👧", "שלום", "a\u200bb"):  # noqa: RUF001
        assert defect(text, multiline=False) is None
    assert defect("uno\n\tdos", multiline=True) is None


def test_folding_finds_what_people_type() -> None:
    assert fold("Ñaupari") == "naupari"
    assert fold("HUÁNUCO") == fold("huanuco") == fold("Hua\u0301nuco")
    assert fold("STRASSE") == fold("straße")


@given(ANY)
def test_folding_forgets_case_and_composition(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert fold(fold(text)) == fold(text)


def test_folding_twice_is_folding_once_for_every_character() -> None:
    again = [
        hex(code)
        for code in range(0x110000)
        if not 0xD800 <= code < 0xE000 and fold(once := fold(chr(code))) != once
    ]
    assert again == []
    assert fold("\U0001d410uinua") == "quinua"
