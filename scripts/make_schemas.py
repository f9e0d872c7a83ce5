"""Writes docs/esquemas/: JSON Schemas of everything that is stored or travels, from the Structs.

A schema says the shape; the canonical form (docs/decisiones/0001) says the rest: sorted keys, every
member present, normal texts.

    make_schemas.py             writes the schemas
    make_schemas.py --check     exit 1 when a committed schema differs
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import msgspec

from fichaat.domain.firma import Trazo
from fichaat.domain.paquete import PaqueteInfo
from fichaat.domain.record import KINDS, Record

TARGET = Path(__file__).resolve().parent.parent / "docs" / "esquemas"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> Iterator[tuple[str, dict[str, Any]]]:
    """File name and schema, one for each record kind, then `paquete.json` and the stroke."""
    for kind, spec in sorted(KINDS.items()):
        schema = _schema(cast(Any, Record)[spec.type])
        envelope = schema["$defs"][schema["$ref"].rpartition("/")[2]]
        envelope["properties"]["kind"] = {"const": str(kind)}
        envelope["properties"]["schema"] = {"const": spec.schema}
        yield f"registro-{kind}.v{spec.schema}.json", schema
    yield "paquete.v1.json", _schema(PaqueteInfo)
    yield "trazo.v1.json", _schema(Trazo)


def _schema(type_: Any) -> dict[str, Any]:  # noqa: ANN401 - msgspec takes any type
    schema = msgspec.json.schema(type_)
    for definition in schema["$defs"].values():
        _require_what_has_a_default(definition)
    return {"$schema": DIALECT, **schema}


def _require_what_has_a_default(definition: dict[str, Any]) -> None:
    """A default serves a draft in memory; in stored bytes every member stands."""
    properties = definition.get("properties", {})
    required = set(definition.get("required", ()))
    for name, member in properties.items():
        if "default" in member:
            del member["default"]
            required.add(name)
    if properties:
        definition["required"] = [name for name in properties if name in required]


def render(schema: dict[str, Any]) -> bytes:
    return json.dumps(schema, ensure_ascii=False, indent=2).encode() + b"\n"


def main() -> int:
    """Writes the schemas, or compares them with --check."""
    made = {name: render(schema) for name, schema in schemas()}
    if "--check" in sys.argv[1:]:
        found = {path.name: path.read_bytes() for path in TARGET.glob("*.json")}
        return 0 if found == made else 1
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, data in made.items():
        (TARGET / name).write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
