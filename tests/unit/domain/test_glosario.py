"""The glossary and the code name the same things."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DOMAIN = ROOT / "src" / "fichaat" / "domain"
ROW = re.compile(r"^\| [^|]+ \| `(\w+)` \| `(\w+)` \| [^|]+ \|$", re.MULTILINE)
ERRORS = "errors"


def test_every_class_of_the_domain_stands_in_the_glossary_and_nothing_else() -> None:
    listed = ROW.findall((ROOT / "docs" / "glosario.md").read_text("utf-8"))
    written = [
        (node.name, path.stem)
        for path in sorted(DOMAIN.glob("*.py"))
        if path.stem != ERRORS
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
    assert sorted(listed) == sorted(written)


def test_every_field_named_in_the_glossary_exists() -> None:
    from fichaat.domain.ficha import Ficha

    text = (ROOT / "docs" / "glosario.md").read_text("utf-8")
    fields = re.findall(r"`Ficha\.(\w+)`", text)
    assert fields
    assert set(fields) <= set(Ficha.__struct_fields__)
