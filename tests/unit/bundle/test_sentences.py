"""Every code that a container can be refused with has its sentence, and no sentence is idle."""

import re
from pathlib import Path

import fichaat
from fichaat.texts import bundle, message, system

PACKAGE = Path(fichaat.__file__).parent
MARK = re.compile(r'"((?:bundle|system)\.[a-z_]+)"')


def raised() -> set[str]:
    return {
        code
        for path in PACKAGE.rglob("*.py")
        if path.parent.name != "texts"
        for code in MARK.findall(path.read_text("utf-8"))
    }


def test_every_code_has_its_sentence() -> None:
    own = {code for code in raised() if code.startswith("bundle.")}
    assert own - bundle.MESSAGES.keys() == set()
    assert raised() - own - system.MESSAGES.keys() == set()


def test_no_sentence_is_idle() -> None:
    assert (bundle.MESSAGES.keys() | system.MESSAGES.keys()) - raised() == set()


def test_sentences_read_well() -> None:
    for code in (*bundle.MESSAGES, *system.MESSAGES):
        text = message(code, {"miembro": "a", "archivo": "b", "limite": 1, "detalle": "c"})
        assert text[0].isupper() or text[0] == "«", code
        assert text.endswith("."), code
        assert "  " not in text, code
