"""Official lists of districts, as the programs of the State write them."""

from collections.abc import Sequence

import pytest

from fichaat.application.catalogue.ubigeo_csv import MAX_FILE, read_official, write_official
from fichaat.domain.errors import UserFacingError
from fichaat.domain.territorio import Distrito, parse_ubigeo_csv
from fichaat.system.territorio_file import load_territorio
from fichaat.texts import message

KNOWN = load_territorio()
OWN = "ubigeo,departamento,provincia,distrito\n"


def rows(data: bytes) -> Sequence[Distrito]:
    found = read_official(data, KNOWN)
    assert found.problems == ()
    return found.rows


def wrong(text: str) -> list[tuple[str, object]]:
    """(code, row) of every problem; each has a whole sentence."""
    problems = read_official(text.encode(), KNOWN).problems
    for problem in problems:
        assert "…" not in message(problem.code, problem.params)
    return [(problem.code, problem.params["fila"]) for problem in problems]


def refused(data: bytes) -> str:
    with pytest.raises(UserFacingError) as caught:
        read_official(data, KNOWN)
    return caught.value.code


AYACUCHO = Distrito("050101", "Ayacucho", "Huamanga", "Ayacucho")
NUEVO = Distrito("050199", "Ayacucho", "Huamanga", "Santa Rosa de la Ñusta")


@pytest.mark.parametrize(
    "data",
    [
        (OWN + "050101,Ayacucho,Huamanga,Ayacucho\n").encode(),
        (OWN + "050101,Ayacucho,Huamanga,Ayacucho\n").encode("utf-8-sig"),
        b"IDDIST;NOMBDEP;NOMBPROV;NOMBDIST\r\n050101;AYACUCHO;HUAMANGA;AYACUCHO\r\n",
        b'"NOMBDIST"\t"UBIGEO"\t"NOMBDEP"\t"NOMBPROV"\nAYACUCHO\t050101\tAYACUCHO\tHUAMANGA\n',
        b"OBJECTID,IDDPTO,NOMBDEP,IDDIST,NOMBPROV,NOMBDIST\n1,05,AYACUCHO,050101,HUAMANGA,AYACUCHO",
        b"\n Ubigeo ; Departamento ;Provincia; Distrito \n\n 50101 ; ayacucho ;Huamanga;Ayacucho\n",
        (
            b"UBIGEO;DEPARTAMENTO;PROVINCIA;DISTRITO\n050000;AYACUCHO;;\n"
            b"050100;AYACUCHO;HUAMANGA;\n050101;AYACUCHO;HUAMANGA;AYACUCHO\n"
        ),
    ],
)
def test_columns_are_found_by_their_titles(data: bytes) -> None:
    assert rows(data) == (AYACUCHO,)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_capitals_become_names_and_known_names_stay(encoding: str) -> None:
    text = (
        "IDDIST;NOMBDEP;NOMBPROV;NOMBDIST\n"
        "050199;AYACUCHO;HUAMANGA;SANTA ROSA DE LA ÑUSTA\n"
        "050605;AYACUCHO;LUCANAS;CHAVINA\n"
    )
    chavina = KNOWN.distritos["050605"]
    assert rows(text.encode(encoding)) == (NUEVO, chavina)
    assert chavina.distrito == "Chaviña"


def test_names_in_mixed_case_stay_as_they_are_written() -> None:
    text = OWN + "050199,Ayacucho,Huamanga,  Alto   de la Alianza \n"
    assert rows(text.encode())[0].distrito == "Alto de la Alianza"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("5010,Ayacucho,Huamanga,Ayacucho", "distritos.row_code"),
        ("05010a,Ayacucho,Huamanga,Ayacucho", "distritos.row_code"),
        ("\u0660\u0665\u0660\u0661\u0660\u0661,Ayacucho,Huamanga,Ayacucho", "distritos.row_code"),
        (",Ayacucho,Huamanga,Ayacucho", "distritos.row_blank_code"),
        ("050101,Ayacucho,Huamanga,", "distritos.row_name"),
        ("050101,Ayacucho,Huamanga", "distritos.row_name"),
        ("050101,Ayacucho,Huamanga,Aya\u0007cucho", "distritos.row_text"),
        (f"050101,Ayacucho,Huamanga,{'a' * 301}", "distritos.row_text"),
        ("050102,Ayacucho,Huamanga,Otro", "distritos.row_repeated"),
        ("050103,Ayacucho,Huanta,Otro", "distritos.row_contradiction"),
        ("050103,Áncash,Huamanga,Otro", "distritos.row_contradiction"),
    ],
)
def test_a_wrong_row_is_told_with_its_number(row: str, code: str) -> None:
    assert wrong(f"{OWN}050102,Ayacucho,Huamanga,Acocro\n\n{row}\n") == [(code, 4)]


def test_every_wrong_row_is_told() -> None:
    assert wrong(OWN + "1,a,b,c\n2,a,b,c\n050101,a,b,c\n") == [
        ("distritos.row_code", 2),
        ("distritos.row_code", 3),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "distritos.empty"),
        (b"\n \n", "distritos.empty"),
        (OWN.encode(), "distritos.empty"),
        (b"codigo,nombre\n1,2\n", "distritos.header"),
        (b"ubigeo,iddist,departamento,provincia,distrito\n", "distritos.header"),
        ((OWN + "050101,Ayacucho,Huamanga,Ayacucho\n").encode("utf-16"), "distritos.text"),
        (b"PK\x03\x04\x00\x00\x81\x8d", "distritos.text"),
        (b"a" * (MAX_FILE + 1), "distritos.too_large"),
        (OWN.encode() + b"\n" * 20_001, "distritos.too_large"),
        (OWN.encode() + b'"' + b"a" * 200_000, "distritos.text"),
    ],
)
def test_what_is_no_list_is_refused(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_what_is_kept_is_read_back() -> None:
    kept = (AYACUCHO, NUEVO, Distrito("050201", "Ayacucho", "Cangallo", 'Los "Morochucos", alto'))
    assert parse_ubigeo_csv(write_official(kept)) == kept
