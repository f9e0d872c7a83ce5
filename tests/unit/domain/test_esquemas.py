"""The published schemas are those of the code, and a real record satisfies what they say."""

from typing import Any

import pytest

from fichaat.domain.record import KINDS
from scripts import make_schemas

SCHEMAS = dict(make_schemas.schemas())


def test_making_them_again_changes_nothing() -> None:
    committed = {path.name: path.read_bytes() for path in make_schemas.TARGET.iterdir()}
    assert committed == {name: make_schemas.render(schema) for name, schema in SCHEMAS.items()}


def test_there_is_one_for_each_kind() -> None:
    kinds = {f"registro-{kind}.v{spec.schema}.json" for kind, spec in KINDS.items()}
    assert SCHEMAS.keys() == kinds | {"paquete.v1.json", "trazo.v1.json"}


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_objects_are_closed_and_complete(name: str) -> None:
    """Only `solicitud`, which makes a bundle a request, may be absent from stored bytes."""
    definitions: dict[str, Any] = SCHEMAS[name]["$defs"]
    for title, definition in definitions.items():
        if definition.get("type") != "object":
            continue
        assert definition["additionalProperties"] is False, title
        optional = set(definition["properties"]) - set(definition["required"])
        assert optional == ({"solicitud"} if title == "PaqueteInfo" else set())
        assert not any("default" in member for member in definition["properties"].values())
