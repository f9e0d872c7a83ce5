"""Where a name holds what was typed, accents and case ignored."""

from fichaat.domain.text import fold

Span = tuple[int, int]
"""Of a text: from this character up to, not including, that one."""


def spans(text: str, typed: str) -> list[Span]:
    """The parts of a text that match a word of what was typed, in order, none touching another."""
    folded, places = _folded(text)
    marked: set[int] = set()
    for word in fold(typed).split():
        start = folded.find(word)
        while start >= 0:
            marked.update(places[start : start + len(word)])
            start = folded.find(word, start + 1)
    return _joined(text, marked)


def _folded(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the one of the text it comes from."""
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for letter in fold(char):
            letters.append(letter)
            places.append(place)
    return "".join(letters), places


def _joined(text: str, marked: set[int]) -> list[Span]:
    found: list[Span] = []
    for place in sorted(marked):
        if found and not text[found[-1][1] : place].strip():
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return found
