"""The words of the window: each is used, each that is used exists, labels and sentences differ."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from fichaat import texts
from fichaat.texts import MESSAGES

PACKAGE = Path(texts.__file__).resolve().parents[1]
ROOMS = (
    "ajustes",
    "cobertura",
    "editor",
    "entrada",
    "equipos",
    "firmas",
    "importar",
    "inicio",
    "lista",
    "paquetes",
    "recepcion",
    "sellar",
    "ventana",
    "visita",
)
LABELS = {"button", "icon_button", "title", "card_title", "field_label", "Card", "QAction", "Chip"}
"""What makes a control or a heading of its words."""

_WHOLE = re.compile(r"[a-z]+\.[a-z0-9_]+")
_BEGINS = re.compile(rf"(?:{'|'.join(ROOMS)})\.[a-z0-9_]*")
_ENDS = (".", "?", "!", ")", "…", ":", "}", "»")


@cache
def _nodes() -> tuple[ast.AST, ...]:
    found = sorted(PACKAGE.rglob("*.py"))
    files = [x for x in found if x.parent.name != "texts" or x.name == "answers_words.py"]
    return tuple(node for path in files for node in ast.walk(ast.parse(path.read_text("utf-8"))))


@cache
def _literals() -> frozenset[str]:
    """Every text and number in the code, and the members of what is stored: what a code may be put
    together from.
    """
    texts_and_numbers = (node.value for node in _nodes() if isinstance(node, ast.Constant))
    found = {str(value) for value in texts_and_numbers if isinstance(value, str | int)}
    found |= {value.partition(".")[2] for value in found if _WHOLE.fullmatch(value)}
    for node in _nodes():
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return frozenset(found)


def _is_known(part: str) -> bool:
    """One of them, or several joined."""
    cuts = [number for number, char in enumerate(part) if char == "_"]
    return (
        not part
        or part in _literals()
        or any(part[:cut] in _literals() and _is_known(part[cut + 1 :]) for cut in cuts)
    )


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Codes that are put together: `f"editor.state_{state}"`."""
    found = set()
    for node in _nodes():
        if not isinstance(node, ast.JoinedStr) or not isinstance(node.values[0], ast.Constant):
            continue
        if _BEGINS.fullmatch(str(node.values[0].value)):
            parts = (
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else "([a-z0-9_]*)"
                for part in node.values
            )
            found.add("".join(parts))
    return tuple(re.compile(pattern) for pattern in sorted(found))


def _is_used(code: str) -> bool:
    literals = _literals()
    if code in literals:
        return True
    for pattern in _patterns():
        match = pattern.fullmatch(code)
        if match and all(map(_is_known, match.groups())):
            return True
    # A code without its end is handed on: "inicio.backup_".
    cuts = [number for number, char in enumerate(code, 1) if char == "_"]
    return any(code[:cut] in literals and code[cut:] in literals for cut in cuts)


@pytest.mark.parametrize("room", ROOMS)
def test_no_words_are_left_over(room: str) -> None:
    assert [code for code in MESSAGES if code.startswith(f"{room}.") and not _is_used(code)] == []


def test_every_code_that_is_put_together_leads_to_words() -> None:
    assert [p.pattern for p in _patterns() if not any(p.fullmatch(c) for c in MESSAGES)] == []


def _said(call: ast.Call) -> Iterator[str]:
    """The codes whose words a control or a heading is made of."""
    for argument in call.args:
        if isinstance(argument, ast.Call) and _name(argument) == "say" and argument.args:
            first = argument.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def test_labels_have_no_full_stop() -> None:
    calls = (node for node in _nodes() if isinstance(node, ast.Call) and _name(node) in LABELS)
    said = sorted({code for call in calls for code in _said(call)})
    assert said
    assert [code for code in said if MESSAGES[code].endswith(".")] == []


@pytest.mark.parametrize("room", ROOMS)
def test_what_holds_two_sentences_ends_as_one(room: str) -> None:
    """A label is a word or two; whoever reads two sentences expects the second to end."""
    ours = {code: text for code, text in MESSAGES.items() if code.startswith(f"{room}.")}
    # «N.º» and «p. 3» are no ends of sentences.
    several = [
        code for code, text in ours.items() if re.search(r"[a-záéíóúñ}»]{3}[.?!] [A-ZÁÉ¿{]", text)
    ]
    assert [code for code in several if not ours[code].endswith(_ENDS)] == []
