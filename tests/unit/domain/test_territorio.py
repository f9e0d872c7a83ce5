"""Districts by code and by what people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fichaat.domain.errors import SchemaError
from fichaat.domain.territorio import Distrito, Territorio, parse_ubigeo_csv
from fichaat.system.territorio_file import load_territorio

HEAD = "ubigeo,departamento,provincia,distrito\n"


@pytest.fixture(scope="module")
def territorio() -> Territorio:
    return load_territorio()


def test_the_shipped_list_is_whole(territorio: Territorio) -> None:
    assert len(territorio.distritos) == 1891
    assert len(territorio.regiones) == 25
    assert sum(len(territorio.provincias(region)) for region in territorio.regiones) == 196
    assert all(territorio.gobierno_regional(region) for region in territorio.regiones)
    assert load_territorio() is territorio


def test_a_code_that_is_gone_keeps_its_name_in_its_province() -> None:
    rows = [Distrito("050199", "Ayacucho", "Huamanga", "Quinua")]
    gone = [
        Distrito("050108", "Ayacucho", "Guamanga", "Quinua"),
        Distrito("050901", "Ayacucho", "Sucre", "Querobamba"),
    ]
    made = Territorio(rows, gone)
    assert made.known("050199") == made.lugar("050199") == rows[0]
    named = made.lugar("050108")
    assert (named.distrito, named.provincia, named.ubigeo) == ("Quinua", "Huamanga", "050108")
    assert made.lugar("050901") == gone[1]
    assert made.get("050108") is None
    assert made.known("050177") is None
    assert made.lugar("050177") == Distrito("050177", "Ayacucho", "Huamanga", "050177")
    assert made.lugar("999999") == Distrito("999999", "99", "9999", "999999")


@pytest.mark.parametrize(
    ("region", "name"),
    [
        ("05", "Gobierno Regional de Ayacucho"),
        ("02", "Gobierno Regional de Áncash"),
        ("07", "Gobierno Regional del Callao"),
        ("13", "Gobierno Regional de La Libertad"),
        ("15", "Gobierno Regional de Lima"),
        ("17", "Gobierno Regional de Madre de Dios"),
        ("22", "Gobierno Regional de San Martín"),
        ("99", None),
        ("0501", None),
    ],
)
def test_names_of_regional_governments(
    territorio: Territorio, region: str, name: str | None
) -> None:
    assert territorio.gobierno_regional(region) == name


def test_looking_up(territorio: Territorio) -> None:
    quinua = territorio.get("050108")
    assert quinua == Distrito("050108", "Ayacucho", "Huamanga", "Quinua")
    assert not quinua.is_provincial
    assert territorio.get("059999") is None
    assert territorio.provincia("050108") == territorio.provincia("0501") == "Huamanga"
    assert territorio.departamento("050108") == "Ayacucho"
    assert territorio.municipalidad("050108") == "Municipalidad Distrital de Quinua"
    assert territorio.municipalidad("050101") == "Municipalidad Provincial de Huamanga"
    assert territorio.municipalidad("059999") is None
    assert {row.ubigeo[:4] for row in territorio.distritos_of("0501")} == {"0501"}


@pytest.mark.parametrize("typed", ["quinua", "QUINUA", " Quínua ", "quinua huamanga", "050108"])
def test_searching_forgives_accents_case_and_order(territorio: Territorio, typed: str) -> None:
    assert territorio.search(typed)[0].ubigeo == "050108"


def test_searching_repeated_names(territorio: Territorio) -> None:
    everywhere = territorio.search("santa rosa", limit=500)
    assert len({row.provincia for row in everywhere}) > 3
    here = territorio.search("santa rosa", region="05")
    assert here
    assert all(row.departamento == "Ayacucho" for row in here)
    assert territorio.search("naupari") == []
    assert territorio.search("") == territorio.search("  ") == []
    assert len(territorio.search("san", limit=7)) == 7
    assert territorio.search("0501", region="03") == []


@given(st.text(max_size=20))
def test_any_typed_text_is_answered(text: str) -> None:
    assert len(load_territorio().search(text, limit=5)) <= 5


def test_parsing_normalises_and_ignores_empty_lines() -> None:
    text = (
        "\ufeff"
        + HEAD
        + "050101, Ayacucho ,Huamanga,San\u0303a\r\n\r\n050102,Ayacucho,Huamanga,B\n"
    )
    assert [row.distrito for row in parse_ubigeo_csv(text)] == ["Saña", "B"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "ubigeo_header"),
        ("ubigeo;departamento;provincia;distrito\n", "ubigeo_header"),
        (HEAD, "ubigeo_empty"),
        (HEAD + "50101,A,B,C\n", "ubigeo_row"),
        (HEAD + "0501011,A,B,C\n", "ubigeo_row"),
        (HEAD + "05010x,A,B,C\n", "ubigeo_row"),
        (HEAD + "050101,A,B\n", "ubigeo_row"),
        (HEAD + "050101,A,B,C,D\n", "ubigeo_row"),
        (HEAD + "050101,A,B, \n", "ubigeo_row"),
        (HEAD + '050101,A,B,"C\n', "ubigeo_row"),
        (HEAD + "050101,A,B,C\n050101,A,B,C\n", "ubigeo_repeated"),
        (HEAD + "050101,A,B,C\n050101,A,B,D\n", "ubigeo_contradiction"),
        (HEAD + "050101,A,B,C\n050201,Z,B,D\n", "ubigeo_contradiction"),
        (HEAD + "050101,A,B,C\n050102,A,Z,D\n", "ubigeo_contradiction"),
    ],
)
def test_a_wrong_list_is_refused(text: str, code: str) -> None:
    with pytest.raises(SchemaError) as caught:
        Territorio(parse_ubigeo_csv(text))
    assert caught.value.code == f"schema.{code}"


@given(st.text(max_size=60))
def test_any_text_is_a_list_or_refused(text: str) -> None:
    for whole in (text, HEAD + text):
        try:
            rows = parse_ubigeo_csv(whole)
        except SchemaError:
            continue
        assert rows
