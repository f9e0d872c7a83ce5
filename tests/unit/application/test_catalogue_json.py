"""A catalogue in JSON: strict where a mistake hides, lenient where people differ."""

import json
from typing import Any

import pytest
from msgspec.structs import replace

from fichaat.application.catalogue.content import CatalogueContent, read_json
from fichaat.domain.errors import SchemaError
from fichaat.system.ids import Uuid7Ids
from tests.support.catalogues import COMPLETE
from tests.support.fichas import uuid7

FIRMANTE = {"ubigeo": "050101", "firmo_el": "2023-06-14"}
META = {
    "indicador": "I-01",
    "distrito": "050101",
    "mide_desde": "2026-01-01",
    "mide_hasta": "2026-06-30",
}


def read(value: Any, base: CatalogueContent = COMPLETE) -> CatalogueContent:  # noqa: ANN401
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return read_json(data, base, Uuid7Ids())


def test_what_a_file_does_not_name_stays_as_it_is_in_force() -> None:
    found = read({"firmantes": [FIRMANTE]})
    assert found == replace(COMPLETE, firmantes=COMPLETE.firmantes[:1])
    assert read({}) == COMPLETE


def test_an_empty_list_empties_the_section() -> None:
    found = read({"metas": [], "inicio_plan": None})
    assert (found.metas, found.inicio_plan) == ((), None)
    assert found.firmantes == COMPLETE.firmantes


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(80, "80"), ("80.50", "80.5"), ("80,5", "80.5"), ("007", "7"), ("0.0", "0"), ("1e2", None)],
)
def test_numbers_become_their_one_form(typed: Any, kept: str | None) -> None:  # noqa: ANN401
    if kept is None:
        with pytest.raises(SchemaError) as refused:
            read({"metas": [{**META, "meta": typed}]})
        assert refused.value.code == "schema.pattern"
    else:
        assert read({"metas": [{**META, "meta": typed}]}).metas[0].meta == kept


def test_an_activity_finds_its_id_by_its_name() -> None:
    found = read({"actividades": [{"nombre": "socialización DEL pacto"}, {"nombre": "Otra"}]})
    assert found.actividades[0].id == uuid7(7)
    assert found.actividades[1].id != uuid7(7)


def test_texts_are_normalised() -> None:
    typed = {"entidad": "  Red de Salu\u0301d ", "nombre": "n\u0303andu\u0301"}
    (person,) = read({"directorio": [typed]}).directorio
    assert (person.entidad, person.nombre) == ("Red de Salúd", "ñandú")


@pytest.mark.parametrize(
    ("value", "code", "path"),
    [
        (b"\xff\xfe", "schema.not_utf8", ""),
        (b"{", "schema.not_json", ""),
        (b"[]", "schema.type", ""),
        (b"null", "schema.type", ""),
        (b'{"metas": [], "metas": []}', "schema.duplicate_member", "/metas"),
        (b'{"metas": [{"meta": 80.5}]}', "catalogo.float", ""),
        (b"[" * 5000, "schema.nesting", ""),
        ({"firmantes": "todos"}, "schema.type", "/firmantes"),
        ({"firmantes": [{**FIRMANTE, "dia": 1}]}, "schema.unknown_member", "/firmantes/0/dia"),
        ({"version": 3}, "schema.unknown_member", "/version"),
        ({"firmantes": [{"ubigeo": "050101"}]}, "schema.missing_member", "/firmantes/0/firmo_el"),
        (
            {"firmantes": [FIRMANTE, {**FIRMANTE, "ubigeo": "5"}]},
            "schema.pattern",
            "/firmantes/1/ubigeo",
        ),
        (
            {"firmantes": [{**FIRMANTE, "firmo_el": "14/06/2023"}]},
            "schema.date",
            "/firmantes/0/firmo_el",
        ),
        ({"provincias": ["0501\n"] * 201}, "schema.length", "/provincias"),
        (
            {"directorio": [{"entidad": "a\u0007b"}]},
            "schema.control_character",
            "/directorio/0/entidad",
        ),
        (
            {"directorio": [{"entidad": "a" * 301}]},
            "schema.length",
            "/directorio/0/entidad",
        ),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(value: Any, code: str, path: str) -> None:  # noqa: ANN401
    with pytest.raises(SchemaError) as refused:
        read(value)
    assert (refused.value.code, refused.value.path) == (code, path)
