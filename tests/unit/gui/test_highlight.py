"""What is marked in a name is what was typed, whatever its accents and case."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fichaat.domain.text import fold
from fichaat.gui.pages.visita.highlight import spans
from fichaat.system.territorio_file import load_territorio

LETTERS = st.text("aáeéiñnNÑoOúü' -ﬁß½", max_size=14)


def marked(text: str, typed: str) -> list[str]:
    return [text[start:end] for start, end in spans(text, typed)]


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("San José de Ticllas", "san jose", ["San José"]),
        ("San José de Ticllas", "jose TICLL", ["José", "Ticll"]),
        ("Ñahuimpuquio", "nahui", ["Ñahui"]),
        ("Quinua", "quinoa", []),
        ("Quinua", "", []),
        ("Ocros", "050103", []),
        ("Anana", "ana", ["Anana"]),
    ],
)
def test_names_are_marked(text: str, typed: str, found: list[str]) -> None:
    assert marked(text, typed) == found


@given(LETTERS, LETTERS)
def test_every_word_that_is_there_is_marked_and_nothing_else(text: str, typed: str) -> None:
    text = unicodedata.normalize("NFC", text)
    covered = {place for start, end in spans(text, typed) for place in range(start, end)}
    present = [word for word in fold(typed).split() if word in fold(text)]
    assert bool(covered) == bool(present)
    for word in present:
        assert any(word in fold(part) for part in marked(text, typed))
    ends = [place for span in spans(text, typed) for place in span]
    assert ends == sorted(set(ends))
    assert all(0 <= place <= len(text) for place in ends)


def test_every_district_is_found_by_its_own_name_and_marked_whole() -> None:
    territorio = load_territorio()
    for row in territorio.distritos.values():
        found = territorio.search(fold(row.distrito), limit=100)
        assert row in found
        assert marked(row.distrito, fold(row.distrito)) == [row.distrito]
