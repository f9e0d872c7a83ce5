"""A catalogue in JSON: strict where a mistake hides, lenient where people differ."""

import json
from typing import Any

import pytest
from msgspec.structs import replace

from fichaat.application.catalogue.content import CatalogueContent
from fichaat.application.catalogue.json_content import MAX_PROBLEMS, JsonContent, read_json
from fichaat.system.ids import Uuid7Ids
from fichaat.texts import message
from tests.support.catalogues import COMPLETE
from tests.support.fichas import uuid7

FIRMANTE = {"ubigeo": "050101", "firmo_el": "2023-06-14"}
META = {
    "indicador": "I-01",
    "distrito": "050101",
    "mide_desde": "2026-01-01",
    "mide_hasta": "2026-06-30",
}


PERIODO = {
    "numero": 1,
    "desde": "2026-01-01",
    "hasta": "2026-06-30",
    "corte": "2026-06-30",
    "corte_acuerdos": "2026-06-30",
}


def judged(value: Any, base: CatalogueContent = COMPLETE) -> JsonContent:  # noqa: ANN401
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return read_json(data, base, Uuid7Ids())


def read(value: Any, base: CatalogueContent = COMPLETE) -> CatalogueContent:  # noqa: ANN401
    found = judged(value, base)
    assert found.problems == ()
    assert found.content is not None
    return found.content


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
        (problem,) = judged({"metas": [{**META, "meta": typed}]}).problems
        assert problem.code == "catalogo.want_cantidad"
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
        (b"{", "catalogo.not_json", ""),
        (b'{"metas": [1,\n 2 3]}', "catalogo.not_json", ""),
        (b"[]", "catalogo.want_catalogo", ""),
        (b"null", "catalogo.want_catalogo", ""),
        (b"NaN", "catalogo.want_catalogo", ""),
        (b'{"metas": [], "metas": []}', "schema.duplicate_member", "/metas"),
        (b"[" * 5000, "schema.nesting", ""),
        ({"firmantes": "todos"}, "catalogo.want_lista", "/firmantes"),
        ({"firmantes": [["050101"]]}, "catalogo.want_fila", "/firmantes/0"),
        ({"firmantes": [{**FIRMANTE, "dia": 1}]}, "schema.unknown_member", "/firmantes/0/dia"),
        ({"version": 3}, "schema.unknown_member", "/version"),
        ({"firmantes": [{"ubigeo": "050101"}]}, "schema.missing_member", "/firmantes/0/firmo_el"),
        (
            {"firmantes": [FIRMANTE, {**FIRMANTE, "ubigeo": "5"}]},
            "catalogo.want_ubigeo",
            "/firmantes/1/ubigeo",
        ),
        (
            {"firmantes": [{**FIRMANTE, "firmo_el": "14/06/2023"}]},
            "catalogo.want_fecha",
            "/firmantes/0/firmo_el",
        ),
        ({"inicio_plan": "ayer"}, "catalogo.want_fecha", "/inicio_plan"),
        ({"provincias": ["0501\n"] * 201}, "catalogo.too_many_rows", "/provincias"),
        ({"provincias": ["05"]}, "catalogo.want_provincia", "/provincias/0"),
        (
            {"directorio": [{"entidad": "a\u0007b"}]},
            "schema.control_character",
            "/directorio/0/entidad",
        ),
        (
            b'{"directorio": [{"entidad": "a\\ud800b"}]}',
            "schema.lone_surrogate",
            "/directorio/0/entidad",
        ),
        ({"directorio": [{"entidad": "a" * 301}]}, "hoja.too_long", "/directorio/0/entidad"),
        ({"directorio": [{"entidad": ""}]}, "catalogo.want_texto", "/directorio/0/entidad"),
        (
            {"actividades": [{"nombre": "A", "id": "7"}]},
            "catalogo.want_id",
            "/actividades/0/id",
        ),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(value: Any, code: str, path: str) -> None:  # noqa: ANN401
    assert [(item.code, item.path) for item in judged(value).problems] == [(code, path)]


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ("80.5", "catalogo.float", "80.5"),
        ("NaN", "catalogo.want_cantidad", "NaN"),
        ("-Infinity", "catalogo.want_cantidad", "-Infinity"),
        ("1e3", "catalogo.want_cantidad", "1e3"),
        ("-3", "catalogo.want_cantidad", "-3"),
        ('"-3"', "catalogo.want_cantidad", "«-3»"),
        ('"0.123456"', "catalogo.want_cantidad", "«0.123456»"),
        ("9" * 5000, "catalogo.want_cantidad", f"{'9' * 60}… (5000 cifras)"),
        (f'"{"9" * 5000}"', "catalogo.want_cantidad", f"«{'9' * 60}… (5000 letras)»"),
        ("true", "catalogo.want_cantidad", "true"),
        ("null", "catalogo.want_cantidad", "null"),
        ("[]", "catalogo.want_cantidad", "una lista entre corchetes"),
    ],
)
def test_a_goal_that_is_none_is_quoted_with_what_goes_there(
    typed: str, code: str, words: str
) -> None:
    row = json.dumps(META)[:-1] + f', "meta": {typed}}}'
    (problem,) = judged(f'{{"metas": [{row}]}}'.encode()).problems
    assert (problem.code, problem.path) == (code, "/metas/0/meta")
    assert words in message(problem.code, problem.params)


@pytest.mark.parametrize("typed", ["0.5", '"0.5"', "2.0", "100", "-1", '"2"', "NaN", "9" * 5000])
def test_what_is_no_whole_number_is_told_with_the_limits(typed: str) -> None:
    row = json.dumps(PERIODO)[:-1] + f', "minimo_analisis": {typed}}}'
    (problem,) = judged(f'{{"verificaciones": [{row}]}}'.encode()).problems
    assert (problem.code, problem.path) == (
        "catalogo.want_entero",
        "/verificaciones/0/minimo_analisis",
    )
    assert "un número entero de 0 a 99" in message(problem.code, problem.params)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    found = judged(
        {
            "inicio_plan": 2026,
            "firmantes": [FIRMANTE, {"ubigeo": 50101, "firmo_el": "ayer", "x": 1}, 7],
            "metas": [{"meta": -1}],
            "otra": [],
            "provincias": {},
        }
    )
    assert [(item.code, item.path) for item in found.problems] == [
        ("catalogo.want_fecha", "/inicio_plan"),
        ("catalogo.want_ubigeo", "/firmantes/1/ubigeo"),
        ("catalogo.want_fecha", "/firmantes/1/firmo_el"),
        ("schema.unknown_member", "/firmantes/1/x"),
        ("catalogo.want_fila", "/firmantes/2"),
        ("catalogo.want_cantidad", "/metas/0/meta"),
        ("schema.missing_member", "/metas/0/indicador"),
        ("schema.missing_member", "/metas/0/distrito"),
        ("schema.missing_member", "/metas/0/mide_desde"),
        ("schema.missing_member", "/metas/0/mide_hasta"),
        ("schema.unknown_member", "/otra"),
        ("catalogo.want_lista", "/provincias"),
    ]
    assert found.content is not None
    assert found.content.firmantes == COMPLETE.firmantes[:1]
    assert (found.kept["firmantes"], found.kept["metas"]) == ((0,), ())
    # Under a name that nobody knows, any section that is not named may stand.
    assert found.short == set(CatalogueContent.__struct_fields__)


def test_problems_have_an_end_and_the_rest_is_counted() -> None:
    found = judged({"firmantes": [7] * (MAX_PROBLEMS + 5)})
    assert len(found.problems) == MAX_PROBLEMS + 1
    assert (found.problems[-1].code, found.problems[-1].params) == (
        "catalogo.more_problems",
        {"cantidad": 5},
    )
